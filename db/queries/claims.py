"""Claims of an article, and what they came from."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy
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
    own = and_(
        col(Review.claim_id) == col(Claim.id),
        col(Review.user_id) == user_id,
        col(Review.status) == "submitted",
    )
    columns = (Claim.id, Claim.start, Claim.end, Claim.state)
    query = (
        sqlalchemy.select(*(col(column) for column in columns), col(Review.id).label("review_id"))
        .outerjoin(Review, own)
        .where(col(Claim.article_id) == article_id, col(Claim.state).in_(states))
        .order_by(col(Claim.start), col(Claim.end), col(Claim.id))
    )
    rows = session.connection().execute(query)
    return [
        Mark(row.id, row.start, row.end, row.state, reviewed=row.review_id is not None)
        for row in rows
    ]


def parents(session: Session, *, claim_id: int) -> list[Claim]:
    """The claims that this one was merged or split from."""
    query = (
        select(Claim)
        .join(ClaimLineage, col(ClaimLineage.parent_id) == col(Claim.id))
        .where(ClaimLineage.child_id == claim_id)
        .order_by(col(Claim.start), col(Claim.id))
    )
    return list(session.exec(query))
