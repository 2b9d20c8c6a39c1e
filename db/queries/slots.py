"""The places that a claim has for reviews: who holds one, and taking one so that none has two.

A slot is held by a submitted review, by an open assignment without an end, or by one whose lease
still runs. On PostgreSQL the unique index keeps two people from the same slot, on SQLite only one
unit writes at a time anyway. Every statement here is one row's, made on what is stored now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_

from db.models import Assignment, Claim, UtcDateTime

N_TRIES = 50


@dataclass(frozen=True, slots=True)
class Seat:
    """What a reviewer wants: a slot of `n_wanted` of a claim, until `until` (None: without end)."""

    claim_id: int
    user_id: int
    n_wanted: int
    now: datetime
    until: datetime | None
    how: str = "drawn"
    by_id: int | None = None


def take(session: Session, seat: Seat) -> int | None:
    """Hold a slot of the claim, the own one if there is one; None where others hold all.

    Whoever is quicker has it: then the next free one is tried. An expired one is taken over.
    """
    session.flush()
    for _ in range(N_TRIES):
        found = _seats(session, seat.claim_id)
        own = next((one for one in found if one.user_id == seat.user_id), None)
        if own is not None and own.slot is not None:
            if _renew(session, own.id, seat):
                return int(own.slot)
            continue
        number, expired = _free(found, seat)
        if number is None:
            return None
        if _sit(session, seat, number, own, expired):
            return number
    return None


def release(session: Session, *, claim_id: int, user_id: int) -> None:
    """Give the reviewer's slot of the claim back."""
    mine = and_(col(Assignment.claim_id) == claim_id, col(Assignment.user_id) == user_id)
    _write(session, update(Assignment).where(mine).values(slot=None, leased_until=None))


def seat_all(session: Session, claim_ids: Sequence[int], *, user_id: int, overlap: int) -> None:
    """Give the user a free slot of each of these claims that has one; it does not expire."""
    other = aliased(Assignment)
    for number in range(1, overlap + 1):
        taken = exists().where(
            col(other.claim_id) == col(Assignment.claim_id), col(other.slot) == number
        )
        without = and_(
            col(Assignment.user_id) == user_id,
            col(Assignment.claim_id).in_(claim_ids),
            col(Assignment.slot).is_(None),
            col(Assignment.state) == "open",
        )
        _write(session, update(Assignment).where(without, ~taken).values(slot=number))


def join(session: Session, *, claim_id: int, user_id: int) -> None:
    """Put the claim on the reviewer's queue without a slot, if it is not there yet."""
    if all(one.user_id != user_id for one in _seats(session, claim_id)):
        insert_new(session, insert(Assignment).values(claim_id=claim_id, user_id=user_id))


def insert_new(session: Session, statement: Any) -> None:
    """Carry out an insertion that another unit of the same person may just have made."""
    session.flush()
    place = session.connection().begin_nested()
    try:
        _write(session, statement)
    except IntegrityError:
        place.rollback()
    else:
        place.commit()


def fit(session: Session, *, project_id: int, overlap: int) -> None:
    """Leave no slot above `overlap` in the project, after fewer reviews are wanted."""
    claims = select(col(Claim.id)).where(
        col(Claim.project_id) == project_id,
        col(Claim.phase) == "",
        col(Assignment.slot) > overlap + col(Claim.extra_reviews),
    )
    above = col(Assignment.claim_id).in_(claims)
    _write(session, update(Assignment).where(above).values(slot=None, leased_until=None))


def _seats(session: Session, claim_id: int) -> Sequence[Any]:
    return session.connection().execute(_SEATS, {"claim_id": claim_id}).all()


def _free(found: Sequence[Row[Any]], seat: Seat) -> tuple[int | None, Row[Any] | None]:
    """A slot that can be taken, and the expired assignment that it is taken from, if any."""
    others = [one for one in found if one.user_id != seat.user_id]
    live = [one for one in others if holds(one, seat.now)]
    if len(live) >= seat.n_wanted:
        return None, None
    taken = {one.slot for one in others}
    number = next((n for n in range(1, seat.n_wanted + 1) if n not in taken), None)
    if number is not None:
        return number, None
    late = [one for one in others if one not in live and one.slot is not None]
    expired = min((one for one in late if one.slot <= seat.n_wanted), key=_end, default=None)
    return (None, None) if expired is None else (expired.slot, expired)


def holds(one: Any, now: datetime) -> bool:
    """Whether this assignment counts among the reviews that the claim wants."""
    if one.state == "done":
        return True
    return one.slot is not None and (one.leased_until is None or one.leased_until > now)


def _end(one: Row[Any]) -> datetime:
    end: datetime = one.leased_until
    return end


def _renew(session: Session, id: int, seat: Seat) -> bool:
    """Whether the slot still was there to be kept; what does not expire does so no earlier."""
    kept = and_(col(Assignment.id) == id, col(Assignment.slot).is_not(None))
    ends = or_(col(Assignment.leased_until).is_not(None), col(Assignment.how) == "drawn")
    renewed = _write(session, update(Assignment).where(kept, ends).values(leased_until=seat.until))
    if renewed:
        return True
    return session.connection().execute(select(col(Assignment.id)).where(kept)).first() is not None


def _sit(
    session: Session, seat: Seat, number: int, own: Row[Any] | None, expired: Row[Any] | None
) -> bool:
    """Whether the slot could be taken; if not, nothing was changed."""
    place = session.connection().begin_nested()
    try:
        if expired is not None and not _write(session, _evict(expired, seat)):
            place.rollback()
            return False
        _write(session, _placed(seat, number, own))
    except IntegrityError:
        place.rollback()
        return False
    place.commit()
    return True


def _evict(expired: Row[Any], seat: Seat) -> Any:
    return (
        update(Assignment)
        .where(
            col(Assignment.id) == expired.id,
            col(Assignment.slot) == expired.slot,
            col(Assignment.state) == "open",
            col(Assignment.leased_until) <= seat.now,
        )
        .values(slot=None, leased_until=None)
    )


def _placed(seat: Seat, number: int, own: Row[Any] | None) -> Any:
    held = {"slot": number, "leased_until": seat.until}
    if own is not None:
        return update(Assignment).where(col(Assignment.id) == own.id).values(**held)
    who = {"claim_id": seat.claim_id, "user_id": seat.user_id}
    return insert(Assignment).values(**who, **held, how=seat.how, assigned_by_id=seat.by_id)


def _write(session: Session, statement: Any) -> int:
    """How many rows the statement changed."""
    changed: int = session.connection().execute(statement).rowcount
    return changed


_SEATS = select(
    col(Assignment.id),
    col(Assignment.user_id),
    col(Assignment.state),
    col(Assignment.slot),
    col(Assignment.leased_until),
).where(col(Assignment.claim_id) == bindparam("claim_id"))

NOW = bindparam("now", type_=UtcDateTime())
OVERLAP: BindParameter[int] = bindparam("overlap")
