"""Many claims at once: which ones an action would change, and the change itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, insert, not_, select, update
from sqlmodel import Session, and_, col, exists, func, or_

from db.models import Assignment, Claim, Event
from db.queries import search, slots
from db.queries.events import add_events
from db.queries.search import ClaimFilter, Viewer

# Events about a claim that leave the claim itself as it is.
BESIDE = (
    "claim.skipped", "claim.resolved", "claim.unresolved", "claim.assigned", "claim.unassigned",
    "claim.adjudicated", "claim.advanced", "claim.reopened", "claim.sent_back",
)  # fmt: skip
PORTION = 5_000


def last_event(session: Session) -> int:
    """The newest event's id: what has a greater one happened later."""
    return session.connection().execute(select(func.max(col(Event.id)))).scalar() or 0


def to_put(states: Collection[str]) -> ColumnElement[bool]:
    """Claims in one of these states."""
    return col(Claim.state).in_(states)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody whom claims may be given, and which they may not have: recused or own ones."""

    user_id: int
    name: str
    recused: ColumnElement[bool]
    own: ColumnElement[bool]

    @property
    def on_queue(self) -> ColumnElement[bool]:
        """That the claim is on their queue, or was."""
        return exists().where(
            col(Assignment.claim_id) == col(Claim.id), col(Assignment.user_id) == self.user_id
        )

    @property
    def may_have(self) -> ColumnElement[bool]:
        """That nothing keeps them from it."""
        return not_(or_(self.on_queue, self.own, self.recused))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Claims that none of the people can be given, each counted once, in this order: rejected or
    retired ones, those on everybody's queue already, then those that the rest wrote, and those
    that the rest are recused from."""

    n_put_away: int = 0
    n_on_queue: int = 0
    n_own: int = 0
    n_recused: int = 0


def to_assign(takers: Sequence[Taker], states: Collection[str]) -> ColumnElement[bool]:
    """Claims in one of these states that at least one of the people may have."""
    return and_(col(Claim.state).in_(states), or_(false(), *(one.may_have for one in takers)))


def left_out(
    session: Session,
    viewer: Viewer,
    wanted: ClaimFilter,
    takers: Sequence[Taker],
    states: Collection[str],
) -> LeftOut:
    """How many of the claims found none of the people can be given, and why."""
    away = col(Claim.state).not_in(states)
    on_queue = and_(*(one.on_queue for one in takers))
    own = and_(*(or_(one.on_queue, one.own) for one in takers))
    barred = and_(*(not_(one.may_have) for one in takers))
    reason = case((away, 1), (on_queue, 2), (own, 3), (barred, 4), else_=0)
    each = _matching(session, viewer, wanted, reason.label("reason")).subquery()
    query = select(*(func.count(case((each.c.reason == number, 1))) for number in range(1, 5)))
    counts: Any = session.connection().execute(query).one()
    return LeftOut(*counts)


def who_may_have(
    session: Session, ids: Sequence[int], takers: Sequence[Taker]
) -> dict[int, list[int]]:
    """Claim to the people who may have it, of these claims and people."""
    found: dict[int, list[int]] = {}
    query: Any = select(col(Claim.id), *(one.may_have for one in takers))
    for portion in _portions(ids):
        for id, *may in session.connection().execute(query.where(col(Claim.id).in_(portion))):
            found[int(id)] = [one.user_id for one, yes in zip(takers, may, strict=True) if yes]
    return found


def n_dealt(session: Session, *, op_id: str, takers: Sequence[Taker]) -> dict[int, int]:
    """Person to how many claims this operation has put on their queue so far."""
    dealt = select(col(Event.subject_id)).where(col(Event.op_id) == op_id)
    query = (
        select(col(Assignment.user_id), func.count().label("n"))
        .where(
            col(Assignment.claim_id).in_(dealt),
            col(Assignment.user_id).in_([one.user_id for one in takers]),
            col(Assignment.how) == "assigned",
        )
        .group_by(col(Assignment.user_id))
    )
    return {one.user_id: one.n for one in session.connection().execute(query)}


def n_to_change(
    session: Session, viewer: Viewer, wanted: ClaimFilter, rule: ColumnElement[bool]
) -> int:
    """How many of the claims found the action would change."""
    query = _matching(session, viewer, wanted, func.count()).where(rule)
    return int(session.connection().execute(query).scalar_one())


def to_change(
    session: Session,
    viewer: Viewer,
    wanted: ClaimFilter,
    rule: ColumnElement[bool],
    *,
    seen: int,
    op_id: str,
    limit: int | None = None,
) -> list[tuple[int, str, str]]:
    """(id, state, reason) of claims to change, without those changed since the event `seen`.

    On PostgreSQL the rows are locked until the end of the transaction.
    """
    what = (col(Claim.id), col(Claim.state), col(Claim.reason))
    query = (
        _matching(session, viewer, wanted, *what)
        .where(rule, col(Claim.id).not_in(_changed_since(seen, op_id)))
        .order_by(*search.ORDER)
        .limit(limit)
        .with_for_update(of=Claim)
    )
    return [(id, state, reason) for id, state, reason in session.connection().execute(query)]


def n_changed_elsewhere(
    session: Session,
    viewer: Viewer,
    wanted: ClaimFilter,
    rule: ColumnElement[bool],
    *,
    seen: int,
    op_id: str,
) -> int:
    """How many of the claims to change were changed by somebody since the event `seen`."""
    query = _matching(session, viewer, wanted, func.count())
    query = query.where(rule, col(Claim.id).in_(_changed_since(seen, op_id)))
    return int(session.connection().execute(query).scalar_one())


def put(session: Session, ids: Sequence[int], *, state: str, reason: str, at: datetime) -> None:
    """Set the claims' state and reason, each as a new version of its own."""
    change = update(Claim).values(
        state=state, reason=reason, updated_at=at, version=col(Claim.version) + 1
    )
    for portion in _portions(ids):
        session.connection().execute(change.where(col(Claim.id).in_(portion)))


def assign(session: Session, ids: Sequence[int], *, user_id: int, by_id: int, overlap: int) -> None:
    """Put the claims on the user's queue, in a free slot of each without an end, if it has one."""
    given = {"user_id": user_id, "how": "assigned", "assigned_by_id": by_id}
    for portion in _portions(ids):
        rows = [{"claim_id": id, **given} for id in portion]
        session.connection().execute(insert(Assignment), rows)
        slots.seat_all(session, portion, user_id=user_id, overlap=overlap)


def tell(session: Session, events: Sequence[dict[str, Any]], *, op_id: str) -> None:
    """Add these events of the operation, given as their columns; its first event leads them all."""
    query = select(func.min(col(Event.id))).where(col(Event.op_id) == op_id)
    leader = session.connection().execute(query).scalar()
    if leader is None and events:
        (leader,) = add_events(session, events[:1])
        events = events[1:]
    add_events(session, [{**event, "part_of_id": leader} for event in events])


def n_done(session: Session, *, op_id: str) -> int:
    """How many claims were changed under this operation so far."""
    query = select(func.count()).select_from(Event).where(col(Event.op_id) == op_id)
    return int(session.connection().execute(query).scalar_one())


def _matching(session: Session, viewer: Viewer, wanted: ClaimFilter, *what: Any) -> Select[Any]:
    rules = search.matching(session, viewer, wanted)
    return select(*what).select_from(Claim).where(*rules)


def _changed_since(seen: int, op_id: str) -> Select[Any]:
    return select(col(Event.subject_id)).where(
        col(Event.id) > seen,
        col(Event.subject) == "claim",
        col(Event.kind).not_in(BESIDE),
        or_(col(Event.op_id).is_(None), col(Event.op_id) != op_id),
    )


def _portions(rows: Sequence[Any]) -> list[Sequence[Any]]:
    return [rows[at : at + PORTION] for at in range(0, len(rows), PORTION)]
