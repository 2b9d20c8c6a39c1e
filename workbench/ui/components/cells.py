"""A table of which each cell may lead to the claims behind it, and the same as a CSV file."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from db.queries.search import ClaimFilter
from exports.csv import guarded
from workbench.ui import state
from workbench.ui.components import asset
from workbench.workflow.filtering import to_query

Cell = str | dict[str, Any] | None
_component = st.components.v2.component(
    "factcheck_cells",
    html=asset("cells.html"),
    css=asset("cells.css"),
    js=asset("cells.js"),
    isolate_styles=False,
)


def cells(
    key: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    full: bool = False,
) -> None:
    """Draw the table; the first cell of a row is its heading. `full` is as wide as the page."""
    data = {"caption": caption, "columns": columns, "rows": rows, "full": full}
    _component(key=key, data=data, height="content", width="stretch")


def number(text: str, wanted: ClaimFilter | None = None, **looks: Any) -> dict[str, Any]:
    """A cell that is a link to the claims that `wanted` finds, if there is one."""
    return {"text": text, **looks} | (
        {"query": claims_link(wanted, state.project_id())} if wanted else {}
    )


def claims_link(wanted: ClaimFilter, project_id: int | None) -> str:
    """The address of the project's claims found, as seen from another page.

    >>> claims_link(ClaimFilter(stage="verdict", labels=("a", "b")), 2)
    'claims?project=2&stage=verdict&labels=a&labels=b'
    """
    return f"claims?{urlencode({'project': project_id, **to_query(wanted)}, doseq=True)}"


def csv_button(title: str, file_name: str, rows: Sequence[dict[str, Any]], *, key: str) -> None:
    """Take the rows away as a CSV file, made at the click: none of its cells runs as a formula."""
    st.download_button(
        title,
        lambda: csv_of(rows),
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def csv_of(rows: Sequence[dict[str, Any]]) -> bytes:
    """The rows with a line of headings.

    >>> csv_of([{"outlet": "=1+1", "claims": 2, "value": None}])
    b"outlet,claims,value\\r\\n'=1+1,2,\\r\\n"
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows({name: guarded(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()
