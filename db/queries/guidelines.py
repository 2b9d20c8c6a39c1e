"""The versions of a project's guideline."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.models import Guideline, GuidelineSeen, Review, User


def newest(session: Session, *, project_id: int) -> Guideline | None:
    """The version that holds; None while no guideline was written."""
    return session.exec(_NEWEST, params={"project_id": project_id}).first()


def numbered(session: Session, *, project_id: int, number: int) -> Guideline | None:
    """The version with this number."""
    query = select(Guideline).where(Guideline.project_id == project_id, Guideline.number == number)
    return session.exec(query).first()


def of_review(session: Session, *, claim_id: int, user_id: int) -> int | None:
    """The number of the version that the person's verdict on the claim was given under."""
    return session.exec(_OF_REVIEW, params={"claim_id": claim_id, "user_id": user_id}).first()


def versions(session: Session, *, project_id: int) -> list[tuple[Guideline, str | None]]:
    """Every version with the pseudonym of who published it, the newest first."""
    query = (
        select(Guideline, User.name)
        .outerjoin(User, col(User.id) == col(Guideline.created_by_id))
        .where(Guideline.project_id == project_id)
        .order_by(col(Guideline.number).desc())
    )
    return list(session.exec(query))


def last_known(session: Session, *, project_id: int, user_id: int) -> Guideline | None:
    """The newest version that the person had open or gave a verdict under."""
    return session.exec(_KNOWN, params={"project_id": project_id, "user_id": user_id}).first()


# Built once: putting a statement together costs more than SQLite needs to answer it.
_NEWEST = (
    select(Guideline)
    .where(Guideline.project_id == bindparam("project_id"))
    .order_by(col(Guideline.number).desc())
    .limit(1)
)
_KNOWN = (
    select(Guideline)
    .join(GuidelineSeen, col(GuidelineSeen.guideline_id) == col(Guideline.id))
    .where(Guideline.project_id == bindparam("project_id"))
    .where(GuidelineSeen.user_id == bindparam("user_id"))
    .order_by(col(Guideline.number).desc())
    .limit(1)
)
_OF_REVIEW = (
    select(Guideline.number)
    .join(Review, col(Review.guideline_id) == col(Guideline.id))
    .where(Review.claim_id == bindparam("claim_id"), Review.user_id == bindparam("user_id"))
)
