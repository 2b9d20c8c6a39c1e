"""Claims of an article, and what they came from."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from db.models import Claim, ClaimLineage

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


def parents(session: Session, *, claim_id: int) -> list[Claim]:
    """The claims that this one was merged or split from."""
    query = (
        select(Claim)
        .join(ClaimLineage, col(ClaimLineage.parent_id) == col(Claim.id))
        .where(ClaimLineage.child_id == claim_id)
        .order_by(col(Claim.start), col(Claim.id))
    )
    return list(session.exec(query))
