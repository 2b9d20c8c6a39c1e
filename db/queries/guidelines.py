"""The versions of a project's guideline."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.models import Guideline


def newest(session: Session, *, project_id: int) -> Guideline | None:
    """The version that holds; None while no guideline was written."""
    return session.exec(_NEWEST, params={"project_id": project_id}).first()


# Built once: putting a statement together costs more than SQLite needs to answer it.
_NEWEST = (
    select(Guideline)
    .where(Guideline.project_id == bindparam("project_id"))
    .order_by(col(Guideline.number).desc())
    .limit(1)
)
