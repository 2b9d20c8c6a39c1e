"""The history as people read it: filtered, newest first, and nothing in it that is not theirs.

In a blind project who gives verdicts reads of a claim that they have not judged yet only what was
done to the claim itself, and what they did: not what others said, nor the final verdict. Drafts of
others are nobody's to read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select, true, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, and_, col, func, or_

from db.models import Event, HistoryLink, User
from db.queries.blindness import is_open
from db.queries.search import Viewer

PORTION = 1_000
HOW = ("", ".undone", ".redone")
"""What an event's kind ends in: done, taken back, and that taken back."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What the events must have in common; what is empty or None asks for nothing.

    `person` is a user's name, `kind` holds for its undo and redo as well. `claim_id` asks for all
    on the claim: its reviews, comments and flags, and what was done to sources with them. Days are
    inclusive, UTC. Only with `drafts` are one's own drafts among them.
    """

    claim_id: int | None = None
    person: str = ""
    subject: str = ""
    kind: str = ""
    day_from: date | None = None
    day_to: date | None = None
    drafts: bool = False


EVERYTHING = EventFilter()


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. `number` and `hash` are those of its link, `claim_id` the claim it is about.

    `user` is the name of who did it, `display_name` that on the screen; empty for the workbench.
    """

    id: int
    number: int | None
    at: datetime
    user: str
    display_name: str
    kind: str
    subject: str
    subject_id: int
    claim_id: int | None
    op_id: str | None
    undoes_id: int | None
    part_of_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    hash: str


def page(
    session: Session,
    viewer: Viewer,
    wanted: EventFilter,
    *,
    limit: int,
    before_id: int | None = None,
) -> list[EventRow]:
    """The newest events found, the newest first; with `before_id`, of those before that one."""
    query = _found(viewer, wanted).order_by(col(Event.id).desc()).limit(limit)
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    return [EventRow(*row) for row in session.connection().execute(query)]


def stream(session: Session, viewer: Viewer, wanted: EventFilter) -> Iterator[EventRow]:
    """All events found, the oldest first, a portion in memory at a time."""
    query = _found(viewer, wanted).order_by(col(Event.id))
    rows = session.connection().execute(query.execution_options(yield_per=PORTION))
    return (EventRow(*row) for row in rows)


def _found(viewer: Viewer, wanted: EventFilter) -> Select[Any]:
    return (
        select(*_ROW)
        .join(HistoryLink, col(HistoryLink.event_id) == col(Event.id), isouter=True)
        .join(User, col(User.id) == col(Event.user_id), isouter=True)
        .join(_LEADER, col(_LEADER.id) == col(Event.part_of_id), isouter=True)
        .where(col(Event.project_id) == viewer.project_id, *_by_filter(wanted))
        .where(_is_no_draft_of_others(viewer), _may_see(viewer), _may_know(viewer))
    )


def _by_filter(wanted: EventFilter) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.claim_id is not None:
        rules.append(col(Event.id).in_(_on_claim(wanted.claim_id)))
    if wanted.person:
        rules.append(col(User.name) == wanted.person)
    if wanted.subject:
        rules.append(col(Event.subject) == wanted.subject)
    if wanted.kind:
        rules.append(col(Event.kind).in_([wanted.kind + how for how in HOW]))
    elif not wanted.drafts:
        rules.append(~_IS_DRAFT)
    if wanted.day_from is not None:
        rules.append(col(Event.at) >= _midnight(wanted.day_from))
    if wanted.day_to is not None and wanted.day_to < date.max:
        rules.append(col(Event.at) < _midnight(wanted.day_to + timedelta(days=1)))
    return rules


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _on_claim(claim_id: int) -> Select[Any]:
    """The ids of all events on the claim; of an action, also what else it did for it."""
    about = [
        select(col(Event.id)).where(
            col(Event.subject) == "claim", col(Event.subject_id) == claim_id
        ),
        *(
            select(col(Event.id)).where(
                col(Event.subject) == name,
                col(Event.subject_id).in_(select(table.c.id).where(table.c.claim_id == claim_id)),
            )
            for name, table in _HANGS_ON_CLAIM.items()
        ),
    ]
    found = union(*about).cte("on_claim")
    beside = select(col(_PART.id)).where(
        col(_PART.part_of_id).in_(select(found.c.id)),
        col(_PART.subject).not_in(("claim", *_HANGS_ON_CLAIM)),
    )
    return select(union(select(found.c.id), beside).subquery().c.id)


def _is_no_draft_of_others(viewer: Viewer) -> ColumnElement[bool]:
    return or_(~_IS_DRAFT, col(Event.user_id) == viewer.user_id)


def _may_see(viewer: Viewer) -> ColumnElement[bool]:
    """What is open to all, one's own, and everything on claims that one has judged."""
    if viewer.sees_all:
        return true()
    opened = partial(is_open, _CLAIM_ID, project_id=viewer.project_id, user_id=viewer.user_id)
    return or_(
        col(Event.user_id) == viewer.user_id,
        col(Event.subject).in_(_OPEN_SUBJECTS),
        and_(col(Event.subject) == "claim", col(Event.kind).in_(_OPEN_KINDS)),
        and_(_IS_TALK, opened(talk=True)),
        opened(),
    )


def _may_know(viewer: Viewer) -> ColumnElement[bool]:
    """Which claims are hidden gold, and which are given once more, is not for who judges them."""
    if viewer.sees_gold:
        return true()
    return and_(~col(Event.kind).like("gold.%"), ~col(Event.kind).like("repeat.%"))


# What is not named here is hidden until the claim is judged: a new kind of event is hidden first.
_OPEN_SUBJECTS = ("article", "guideline", "job", "project", "worthiness")
_OPEN_KINDS = tuple(
    f"claim.{done}{how}"
    for done in (
        "proposed", "accepted", "rejected", "retired", "restored", "rewritten", "described",
        "moved", "merge", "split", "created", "assigned", "unassigned",
    )
    for how in HOW
)  # fmt: skip
_IS_TALK = col(Event.subject).in_(("comment", "flag"))
_IS_DRAFT = col(Event.kind).like("%.drafted")
_HANGS_ON_CLAIM = {
    name: table
    for name, table in sorted(SQLModel.metadata.tables.items())
    if "claim_id" in table.c and "id" in table.c
}
"""The tables whose rows belong to a claim, by their names."""
_LEADER, _PART = aliased(Event), aliased(Event)


def _claim_of(event: Any) -> ColumnElement[Any]:
    """The claim that the event is about, NULL for none."""
    hanging = (
        (
            event.subject == name,
            select(table.c.claim_id).where(table.c.id == event.subject_id).scalar_subquery(),
        )
        for name, table in _HANGS_ON_CLAIM.items()
    )
    return case((event.subject == "claim", event.subject_id), *hanging, else_=None)


_CLAIM_ID = case(
    (col(Event.subject).in_(("claim", *_HANGS_ON_CLAIM)), _claim_of(Event)),
    else_=_claim_of(_LEADER),
)
_ROW: tuple[Any, ...] = (
    col(Event.id),
    col(HistoryLink.number),
    col(Event.at),
    func.coalesce(col(User.name), ""),
    func.coalesce(col(User.display_name), ""),
    col(Event.kind),
    col(Event.subject),
    col(Event.subject_id),
    _CLAIM_ID,
    col(Event.op_id),
    col(Event.undoes_id),
    col(Event.part_of_id),
    col(Event.before),
    col(Event.after),
    func.coalesce(col(HistoryLink.hash), ""),
)
