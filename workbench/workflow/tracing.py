"""The history for who may see it: filters as links, and all that is found as files."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import history
from db.queries.history import EventFilter, EventRow
from db.queries.search import Viewer
from exports.csv import guarded
from workbench.workflow import permitting
from workbench.workflow.narrating import Names, names_of, words

MAX_CHARACTERS = 300
NAMES = {"claim_id": "claim", "person": "by", "day_from": "from", "day_to": "to"}
COLUMNS = (
    "id", "number", "at", "project", "user", "words", "kind", "subject", "subject_id", "claim_id",
    "op_id", "undoes_id", "part_of_id", "before", "after", "hash",
)  # fmt: skip
"""What a file says of an event; in CSV `before` and `after` are a JSON object in a cell each."""
Query = Mapping[str, Sequence[str]]


def reader(session: Session, *, project_id: int, user_id: int) -> Viewer:
    """The person as one who reads the project's history; raises `NotPermitted`."""
    permitting.require(session, project_id=project_id, user_id=user_id, activity="see history")
    return permitting.viewer(session, project_id=project_id, user_id=user_id)


def from_query(query: Query) -> EventFilter:
    """The filter that an address's query describes; what it cannot hold is left out.

    >>> from_query({"claim": ["12"], "by": ["ada"], "from": ["soon"]})
    EventFilter(claim_id=12, person='ada', subject='', kind='', day_from=None, day_to=None,\
 drafts=False)
    """
    given: dict[str, Any] = {}
    for field in fields(EventFilter):
        values = query.get(NAMES.get(field.name, field.name), ())
        value = _parsed(field.name, values[0]) if values else None
        if value is not None:
            given[field.name] = value
    return EventFilter(**given)


def to_query(wanted: EventFilter) -> dict[str, list[str]]:
    """The parts of an address's query, each only if it asks for something.

    >>> to_query(EventFilter(claim_id=12, day_to=date(2026, 1, 15)))
    {'claim': ['12'], 'to': ['2026-01-15']}
    """
    return {
        NAMES.get(field.name, field.name): ["1" if value is True else str(value)]
        for field in fields(EventFilter)
        if (value := getattr(wanted, field.name)) != field.default
    }


def _parsed(name: str, value: str) -> Any:
    if name == "claim_id":
        is_id = value.isascii() and value.isdigit() and len(value) <= 15
        return int(value) if is_id else None
    if name == "drafts":
        return value == "1"
    if name.startswith("day_"):
        return _day(value)
    return value[:MAX_CHARACTERS].strip()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


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
