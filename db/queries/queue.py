"""A reviewer's queue: the project's claims in the order of the texts, skipped ones at the end."""

from dataclasses import dataclass

from sqlalchemy import Exists, tuple_
from sqlmodel import Session, and_, col, exists, func, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Assignment, Claim, Review
from db.queries.claims import WORKED_ON

_ORDER = (col(Claim.article_id), col(Claim.start), col(Claim.end), col(Claim.id))


@dataclass(frozen=True, slots=True)
class Place:
    """How far the reviewer is: `n_reviewed` of `n_claims` have a submitted review of theirs."""

    n_claims: int
    n_reviewed: int
    n_skipped: int


def next_claim(
    session: Session, *, project_id: int, user_id: int, after: Claim | None = None
) -> Claim | None:
    """The claim to review next: the first after `after`, else the first, else a skipped one.

    Claims the reviewer submitted a verdict on are done; None when nothing is left.
    """
    waiting = _unreviewed(project_id, user_id).where(~_skipped(user_id)).order_by(*_ORDER).limit(1)
    if after is not None:
        place = (after.article_id, after.start, after.end, after.id)
        later = session.exec(waiting.where(tuple_(*_ORDER) > place)).first()
        if later is not None:
            return later
    return session.exec(waiting).first() or _longest_skipped(session, project_id, user_id, after)


def previous_claim(session: Session, *, project_id: int, user_id: int, before: int) -> Claim | None:
    """The claim the reviewer worked on before the claim `before`; None at the very first one."""
    current = assignment(session, claim_id=before, user_id=user_id)
    query = (
        select(Claim)
        .join(Assignment, col(Assignment.claim_id) == col(Claim.id))
        .where(
            Assignment.user_id == user_id,
            Claim.id != before,
            Claim.project_id == project_id,
            col(Claim.state).in_(WORKED_ON),
        )
        .order_by(col(Assignment.updated_at).desc(), col(Assignment.id).desc())
        .limit(1)
    )
    if current is not None:
        query = query.where(col(Assignment.updated_at) < current.updated_at)
    return session.exec(query).first()


def assignment(session: Session, *, claim_id: int, user_id: int) -> Assignment | None:
    """The reviewer's assignment of the claim."""
    query = select(Assignment).where(Assignment.claim_id == claim_id, Assignment.user_id == user_id)
    return session.exec(query).first()


def place(session: Session, *, project_id: int, user_id: int) -> Place:
    """Counts over the whole queue of the reviewer."""
    on_queue = and_(Claim.project_id == project_id, col(Claim.state).in_(WORKED_ON))
    joined = select(func.count()).select_from(Claim).where(on_queue)
    n_claims = session.exec(joined).one()
    reviewed = joined.join(Review, col(Review.claim_id) == col(Claim.id)).where(
        Review.user_id == user_id, Review.status == "submitted"
    )
    n_skipped = session.exec(
        joined.join(Assignment, col(Assignment.claim_id) == col(Claim.id)).where(
            Assignment.user_id == user_id, Assignment.state == "skipped"
        )
    ).one()
    return Place(n_claims, session.exec(reviewed).one(), n_skipped)


def _unreviewed(project_id: int, user_id: int) -> SelectOfScalar[Claim]:
    submitted = exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.user_id) == user_id,
        col(Review.status) == "submitted",
    )
    return select(Claim).where(
        Claim.project_id == project_id, col(Claim.state).in_(WORKED_ON), ~submitted
    )


def _skipped(user_id: int) -> Exists:
    return exists().where(
        col(Assignment.claim_id) == col(Claim.id),
        col(Assignment.user_id) == user_id,
        col(Assignment.state) == "skipped",
    )


def _longest_skipped(
    session: Session, project_id: int, user_id: int, after: Claim | None
) -> Claim | None:
    query = (
        _unreviewed(project_id, user_id)
        .join(Assignment, col(Assignment.claim_id) == col(Claim.id))
        .where(Assignment.user_id == user_id, Assignment.state == "skipped")
        .order_by(col(Assignment.updated_at), col(Assignment.id))
        .limit(1)
    )
    others = query if after is None else query.where(Claim.id != after.id)
    return session.exec(others).first() or session.exec(query).first()
