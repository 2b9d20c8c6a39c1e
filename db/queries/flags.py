"""Flags that are up: which claims the lead should look at, and why."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, func, select

from db.models import Claim, Flag, User
from db.queries.blindness import may_see
from db.queries.search import Viewer


def raised(session: Session, viewer: Viewer, *, claim_id: int) -> list[tuple[Flag, str]]:
    """The claim's flags that are up and may be seen, with the pseudonym of who raised them."""
    return list(session.exec(_raised(viewer), params={"claim_id": claim_id}))


def n_claims_raised(session: Session, viewer: Viewer) -> int:
    """How many claims of the project, in whatever state, have a flag up that may be seen."""
    query = (
        select(func.count(func.distinct(Flag.claim_id)))
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .where(Claim.project_id == viewer.project_id, *_up(viewer))
    )
    return session.exec(query).one()


def _up(viewer: Viewer) -> list[ColumnElement[bool]]:
    seen = may_see(viewer, col(Flag.claim_id), by=col(Flag.user_id), talk=True)
    return [col(Flag.lowered_at).is_(None), seen]


@lru_cache  # for each viewer: putting a statement together costs more than its answer
def _raised(viewer: Viewer) -> Any:
    return (
        select(Flag, User.name)
        .join(User, col(User.id) == col(Flag.user_id))
        .where(Flag.claim_id == bindparam("claim_id"), *_up(viewer))
        .order_by(col(Flag.id))
    )
