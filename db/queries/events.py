"""The history: who did what to what, in the order in which it happened.

An event leads its action or is `part_of_id` its leader. A leader is *taken back* while an undo
names it (`undoes_id`) that no redo names in turn; otherwise it holds.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from db.models import Event, Review
from db.queries import chain

PORTION = 5_000


def add_events(session: Session, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add many events at once, given as their columns, to be sealed with the unit; their ids."""
    ids: list[int] = []
    for at in range(0, len(rows), PORTION):
        added = session.execute(_ADD, rows[at : at + PORTION]).scalars()
        ids += [id for id in added if id is not None]
    chain.note_new(session, ids)
    return ids


def of_subject(session: Session, *, subject: str, subject_id: int) -> list[Event]:
    """Everything that happened to one row of the table `subject`, the oldest first."""
    query = (
        select(Event)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(col(Event.id))
    )
    return list(session.exec(query))


def newest_kind(session: Session, *, subject: str, subject_id: int) -> str | None:
    """The kind of the last thing that happened to the row."""
    query = (
        select(Event.kind)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.exec(query).first()


def latest(session: Session, *, project_id: int, limit: int = 50) -> list[Event]:
    """The project's newest events, the newest first."""
    query = (
        select(Event)
        .where(Event.project_id == project_id)
        .order_by(col(Event.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))


def n_of_kind(session: Session, *, project_id: int, kind: str) -> int:
    """How many events of this kind the project has."""
    query = (
        select(func.count())
        .select_from(Event)
        .where(Event.project_id == project_id, Event.kind == kind)
    )
    return session.exec(query).one()


def last_done(
    session: Session, *, project_id: int, user_id: int, kinds: Collection[str]
) -> Event | None:
    """The newest action of one of these kinds that the person did and that holds."""
    params = {"project_id": project_id, "user_id": user_id, "kinds": list(kinds)}
    return session.exec(_DONE, params=params).first()


def last_undone(
    session: Session, *, project_id: int, user_id: int, kinds: Collection[str]
) -> Event | None:
    """The newest undo of the person that can be redone: they did nothing of these kinds since."""
    params = {"project_id": project_id, "user_id": user_id, "kinds": list(kinds)}
    return session.exec(_UNDONE, params=params).first()


def of_action(session: Session, *, leader_id: int) -> list[Event]:
    """All events of the action that this one leads, in the order in which they happened."""
    query = (
        select(Event)
        .where(or_(col(Event.id) == leader_id, col(Event.part_of_id) == leader_id))
        .order_by(col(Event.id))
    )
    return list(session.exec(query))


def later_on_claim(
    session: Session, *, claim_id: int, after_id: int, without: Collection[str]
) -> Event | None:
    """What was done to the claim or its reviews after the event, by whomever, and holds."""
    leader = aliased(Event)
    reviews = select(Review.id).where(Review.claim_id == claim_id)
    on_claim = (col(Event.subject) == "claim") & (col(Event.subject_id) == claim_id)
    on_review = (col(Event.subject) == "review") & col(Event.subject_id).in_(reviews)
    query = (
        select(Event)
        .join(leader, col(leader.id) == func.coalesce(Event.part_of_id, Event.id))
        .where(or_(on_claim, on_review), col(Event.id) > after_id)
        .where(col(leader.id) != after_id, col(leader.undoes_id).is_(None))
        .where(col(Event.kind).not_in(without), ~taken_back(leader))
        .order_by(col(Event.id))
        .limit(1)
    )
    return session.exec(query).first()


def taken_back(event: Any) -> ColumnElement[bool]:
    """That an undo names the event which no redo names in turn."""
    undo, redo = aliased(Event), aliased(Event)
    redone = exists().where(col(redo.undoes_id) == col(undo.id))
    return exists().where(col(undo.undoes_id) == col(event.id), ~redone)


# Built once: putting a statement together costs more than SQLite needs to answer it.
_OWN = (
    col(Event.project_id) == bindparam("project_id"),
    col(Event.user_id) == bindparam("user_id"),
    col(Event.part_of_id).is_(None),
)
_LEADS = (
    *_OWN,
    col(Event.kind).in_(bindparam("kinds", expanding=True)),
    col(Event.undoes_id).is_(None),
)
_NEWEST_LEADER = select(func.max(Event.id)).where(*_LEADS).scalar_subquery()
_REVERSED, _REDO = aliased(Event), aliased(Event)
_DONE = select(Event).where(*_LEADS, ~taken_back(Event)).order_by(col(Event.id).desc()).limit(1)
_UNDONE = (
    select(Event)
    .join(_REVERSED, col(_REVERSED.id) == col(Event.undoes_id))
    .where(*_OWN, col(_REVERSED.undoes_id).is_(None), col(Event.id) > _NEWEST_LEADER)
    .where(~exists().where(col(_REDO.undoes_id) == col(Event.id)))
    .order_by(col(Event.id).desc())
    .limit(1)
)
_ADD = insert(Event).returning(col(Event.id), sort_by_parameter_order=True)
