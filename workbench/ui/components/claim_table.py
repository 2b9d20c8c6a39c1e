"""One page of the claims found, as a table: rows to select, claims to open."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from urllib.parse import urlencode

import streamlit as st

from db.queries.search import Hit
from workbench.ui import state
from workbench.ui.components import asset

_KEY = "claim-table"
_component = st.components.v2.component(
    "factcheck_claim_table",
    html=asset("claim_table.html"),
    css=asset("claim_table.css"),
    js=asset("claim_table.js"),
    isolate_styles=False,
)


def claim_table(
    hits: list[Hit],
    query: dict[str, list[str]],
    current: int | None,
    *,
    on_open: Callable[[int], None],
    narrow: bool,
) -> None:
    """Draw the claims; `query` is their filter's link, and `selected_of` tells which are selected.

    `narrow` leaves out what the page shows elsewhere. A row is opened by its link, which also
    works in a tab of its own.
    """

    def open_row() -> None:
        asked = state.component_value(_KEY, "open")
        if asked:
            on_open(int(asked["id"]))

    _component(
        key=_KEY,
        data={
            "rows": [asdict(hit) for hit in hits],
            "query": urlencode(query, doseq=True),
            "batch": str([hit.id for hit in hits]),
            "current": current,
            "narrow": narrow,
        },
        default={"selected": []},
        on_selected_change=lambda: None,
        on_open_change=open_row,
        height="content",
        width="stretch",
    )


def selected_of(ids: Sequence[int]) -> list[int]:
    """Which of these rows are selected by now; in a callback, also those that no page has shown."""
    selected = state.component_value(_KEY, "selected") or []
    return [id for id in ids if id in selected]
