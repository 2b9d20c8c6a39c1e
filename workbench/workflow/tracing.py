"""The history for who may see it: filters as links, and all that is found as files."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import history
from db.queries.history import EventFilter, EventRow
from db.queries.search import Viewer
from exports.csv import guarded
from workbench.workflow import addressing
from workbench.workflow.addressing import Query
from workbench.workflow.narrating import Names, names_of, words

NAMES = {"claim_id": "claim", "person": "by", "day_from": "from", "day_to": "to"}
COLUMNS = (
    "id", "number", "at", "project", "user", "words", "kind", "subject", "subject_id", "claim_id",
    "op_id", "undoes_id", "part_of_id", "before", "after", "hash",
)  # fmt: skip
"""What a file says of an event; in CSV `before` and `after` are a JSON object in a cell each."""


def from_query(query: Query) -> EventFilter:
    """The filter that an address's query describes; what it cannot hold is left out.

    >>> from_query({"claim": ["12"], "by": ["ada"], "from": ["soon"]})
    EventFilter(claim_id=12, person='ada', subject='', kind='', day_from=None, day_to=None,\
 drafts=False)
    """
    return addressing.read(EventFilter, query, NAMES, _parsed)


def to_query(wanted: EventFilter) -> dict[str, list[str]]:
    """The parts of an address's query, each only if it asks for something.

    >>> from datetime import date
    >>> to_query(EventFilter(claim_id=12, day_to=date(2026, 1, 15)))
    {'claim': ['12'], 'to': ['2026-01-15']}
    """
    return addressing.written(wanted, NAMES)


def _parsed(name: str, _default: Any, values: Sequence[str]) -> Any:
    if name == "claim_id":
        return addressing.number(values[0])
    if name == "drafts":
        return values[0] == "1"
    if name.startswith("day_"):
        return addressing.day(values[0])
    return addressing.words(values[0])


def lines(session: Session, viewer: Viewer, wanted: EventFilter) -> Iterator[dict[str, Any]]:
    """Every event found as plain JSON values by `COLUMNS`, the oldest first."""
    project = session.get_one(Project, viewer.project_id).name
    names = names_of(session, project_id=viewer.project_id)
    for row in history.stream(session, viewer, wanted):
        yield _line(row, project, names)


def _line(row: EventRow, project: str, names: Names) -> dict[str, Any]:
    said = asdict(row) | {"project": project, "words": words(row, names)}
    said["at"] = row.at.isoformat()
    return {name: said[name] for name in COLUMNS}


def write_jsonl(found: Iterator[dict[str, Any]], path: Path) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in found:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def write_csv(found: Iterator[dict[str, Any]], path: Path) -> None:
    """A header, then one row an event; no cell begins as a formula would (`exports.csv`)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for line in found:
            table.writerow([guarded(_cell(line[name])) for name in COLUMNS])


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


WRITERS = {"jsonl": write_jsonl, "csv": write_csv}
"""The formats of the history's files by their suffix."""
