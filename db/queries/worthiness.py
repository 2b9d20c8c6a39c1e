"""A project's own check-worthiness: its weights, and the labels that teach them."""

from sqlmodel import Session, col, select

from db.models import Claim, Worthiness

JUDGED = ("accepted", "rejected")


def in_use(session: Session, *, project_id: int) -> Worthiness | None:
    """The weights that hold for the project; None where ours do."""
    query = (
        select(Worthiness)
        .where(Worthiness.project_id == project_id, col(Worthiness.retired_at).is_(None))
        .order_by(col(Worthiness.id).desc())
    )
    return session.exec(query).first()


def judged(session: Session, *, project_id: int) -> list[Claim]:
    """The claims that people accepted or rejected, in the order of their making."""
    query = (
        select(Claim)
        .where(Claim.project_id == project_id, col(Claim.state).in_(JUDGED))
        .order_by(col(Claim.id))
    )
    return list(session.exec(query))
