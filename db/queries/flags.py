"""Flags that are up: which claims the lead should look at, and why."""

from collections.abc import Collection

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from db.models import Claim, Flag, User


def raised(session: Session, *, claim_id: int) -> list[tuple[Flag, str]]:
    """The claim's flags that nobody lowered, with the pseudonym of who raised them, in order."""
    return list(session.exec(_RAISED, params={"claim_id": claim_id}))


def n_claims_raised(session: Session, *, project_id: int) -> int:
    """How many claims of the project, in whatever state, have a flag up."""
    query = (
        select(func.count(func.distinct(Flag.claim_id)))
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .where(col(Flag.lowered_at).is_(None), Claim.project_id == project_id)
    )
    return session.exec(query).one()


def of_claims(session: Session, *, claim_ids: Collection[int]) -> set[int]:
    """Which of these claims have a flag up."""
    query = (
        select(Flag.claim_id)
        .where(col(Flag.claim_id).in_(claim_ids), col(Flag.lowered_at).is_(None))
        .distinct()
    )
    return set(session.exec(query))


def raised_in_project(session: Session, *, project_id: int) -> list[tuple[Flag, Claim, str]]:
    """Every flag that is up with its claim and who raised it, the one that waits longest first."""
    query = (
        select(Flag, Claim, User.name)
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .join(User, col(User.id) == col(Flag.user_id))
        .where(col(Flag.lowered_at).is_(None), Claim.project_id == project_id)
        .order_by(col(Flag.id))
    )
    return list(session.exec(query))


_RAISED = (
    select(Flag, User.name)
    .join(User, col(User.id) == col(Flag.user_id))
    .where(Flag.claim_id == bindparam("claim_id"), col(Flag.lowered_at).is_(None))
    .order_by(col(Flag.id))
)
