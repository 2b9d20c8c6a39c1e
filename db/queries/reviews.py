"""Reviews, their evidence and the sources behind it."""

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, func, select

from db.models import Evidence, Resolution, Review, Source


def of_user(session: Session, *, claim_id: int, user_id: int) -> Review | None:
    """The reviewer's own review of the claim."""
    return session.exec(_OF_USER, params={"claim_id": claim_id, "user_id": user_id}).first()


def evidence(session: Session, *, review_id: int) -> list[tuple[Evidence, Source | None]]:
    """What the review rests on, in its order; retired evidence is left out.

    Only an unanswerable question has no source.
    """
    query = (
        select(Evidence, Source)
        .outerjoin(Source, col(Source.id) == col(Evidence.source_id))
        .where(Evidence.review_id == review_id, col(Evidence.retired_at).is_(None))
        .order_by(col(Evidence.position), col(Evidence.id))
    )
    return list(session.exec(query))


def verdict_counts(session: Session, *, claim_id: int) -> dict[int, int]:
    """Label id to the number of submitted reviews of the claim that chose it."""
    rows = session.exec(_VERDICTS, params={"claim_id": claim_id})
    return {label_id: n for label_id, n in rows if label_id is not None}


def resolution(session: Session, *, claim_id: int) -> Resolution | None:
    """The claim's final verdict, if it has one."""
    return session.exec(_RESOLUTION, params={"claim_id": claim_id}).first()


# Built once: putting a statement together costs more than SQLite needs to answer it.
_CLAIM: BindParameter[int] = bindparam("claim_id")
_OF_USER = select(Review).where(Review.claim_id == _CLAIM, Review.user_id == bindparam("user_id"))
_VERDICTS = (
    select(Review.label_id, func.count())
    .where(Review.claim_id == _CLAIM, Review.status == "submitted")
    .group_by(col(Review.label_id))
)
_RESOLUTION = select(Resolution).where(Resolution.claim_id == _CLAIM)
