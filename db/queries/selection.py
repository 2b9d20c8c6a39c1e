"""How much an export of a project takes, without reading it all."""

from collections.abc import Collection

from sqlmodel import Session, col, exists, func, select

from db.models import Article, Claim, Resolution, Review


def n_selected(
    session: Session, *, project_id: int, states: Collection[str]
) -> tuple[int, int, int]:
    """Claims in these states, of those with a submitted review, of those with a resolution.

    Claims of retired articles are left out, as `records` does.
    """
    judged = exists().where(
        col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted"
    )
    query = (
        select(func.count(), func.count().filter(judged), func.count(col(Resolution.id)))
        .select_from(Claim)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .outerjoin(Resolution, col(Resolution.claim_id) == col(Claim.id))
        .where(Claim.project_id == project_id, col(Claim.state).in_(states))
        .where(col(Article.retired_at).is_(None))
    )
    n_claims, n_judged, n_resolved = session.exec(query).one()
    return n_claims, n_judged, n_resolved
