"""Claims of an article, and what they came from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, Select, bindparam
from sqlmodel import Session, and_, col, select

from db.models import Claim, ClaimLineage, Review

WORKED_ON = ("proposed", "accepted")
SHOWN = ("proposed", "accepted", "rejected")


def in_article(
    session: Session, *, article_id: int, states: Collection[str] = SHOWN
) -> list[Claim]:
    """The article's claims in the order of the text; retired ones are left out."""
    query = (
        select(Claim)
        .where(Claim.article_id == article_id, col(Claim.state).in_(states))
        .order_by(col(Claim.start), col(Claim.end), col(Claim.id))
    )
    return list(session.exec(query))


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a claim stands in its article; `reviewed` by the reviewer who looks."""

    id: int
    start: int
    end: int
    state: str
    reviewed: bool


def marks(
    session: Session, *, article_id: int, user_id: int, states: Collection[str] = WORKED_ON
) -> list[Mark]:
    """The article's claims as marks, in the order of the text."""
    params = {"article_id": article_id, "user_id": user_id, "states": list(states)}
    rows = session.connection().execute(_MARKS, params)
    return [
        Mark(row.id, row.start, row.end, row.state, reviewed=row.review_id is not None)
        for row in rows
    ]


def parents(session: Session, *, claim_id: int) -> list[Claim]:
    """The claims that this one was merged or split from."""
    return list(session.exec(_PARENTS, params={"claim_id": claim_id}))


def children(session: Session, *, claim_id: int) -> list[Claim]:
    """What the claim became by a merge or a split; what was undone since is left out."""
    query = (
        select(Claim)
        .join(ClaimLineage, col(ClaimLineage.child_id) == col(Claim.id))
        .where(ClaimLineage.parent_id == claim_id)
        .order_by(col(Claim.start), col(Claim.id))
    )
    return [claim for claim in session.exec(query) if _stands(session, claim)]


def _stands(session: Session, claim: Claim) -> bool:
    """Whether the claim is worked on, or was retired for others that are made from it."""
    return claim.state != "retired" or bool(children(session, claim_id=claim.id or 0))


def made_by(session: Session, *, claim_id: int) -> str | None:
    """`merge` or `split` where the claim was made from others, else None."""
    return session.exec(_MADE_BY, params={"claim_id": claim_id}).first()


# Built once: putting a statement together costs more than SQLite needs to answer it.
_OWN = and_(
    col(Review.claim_id) == col(Claim.id),
    col(Review.user_id) == bindparam("user_id"),
    col(Review.status) == "submitted",
)
_MARKS: Select[*tuple[Any, ...]] = (
    sqlalchemy.select(
        col(Claim.id),
        col(Claim.start),
        col(Claim.end),
        col(Claim.state),
        col(Review.id).label("review_id"),
    )
    .outerjoin(Review, _OWN)
    .where(
        col(Claim.article_id) == bindparam("article_id"),
        col(Claim.state).in_(bindparam("states", expanding=True)),
    )
    .order_by(col(Claim.start), col(Claim.end), col(Claim.id))
)
_CLAIM: BindParameter[int] = bindparam("claim_id")
_PARENTS = (
    select(Claim)
    .join(ClaimLineage, col(ClaimLineage.parent_id) == col(Claim.id))
    .where(ClaimLineage.child_id == _CLAIM)
    .order_by(col(Claim.start), col(Claim.id))
)
_MADE_BY = select(ClaimLineage.how).where(ClaimLineage.child_id == _CLAIM).limit(1)
