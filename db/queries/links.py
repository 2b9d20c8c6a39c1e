"""The addresses of a project's sources: which are to be asked, and how they answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from db.models import Job, Source, SourceCheck


def to_ask(
    session: Session, *, project_id: int, before: datetime, limit: int
) -> Sequence[tuple[int, str]]:
    """(source id, address) of those that were not asked since `before`, in the order of ids."""
    query = (
        select(Source.id, Source.url)
        .outerjoin(SourceCheck, col(SourceCheck.source_id) == col(Source.id))
        .where(Source.project_id == project_id)
        .where(or_(col(SourceCheck.at).is_(None), col(SourceCheck.at) < before))
        .order_by(col(Source.id))
        .limit(limit)
    )
    return [(id or 0, url) for id, url in session.exec(query)]


def n_sources(session: Session, *, project_id: int) -> int:
    """How many sources the project has."""
    query = select(func.count()).select_from(Source).where(Source.project_id == project_id)
    return session.exec(query).one()


def latest_job(session: Session, *, project_id: int) -> Job | None:
    """The last check of links that was asked for."""
    query = (
        select(Job)
        .where(Job.project_id == project_id, Job.kind == "links")
        .order_by(col(Job.id).desc())
        .limit(1)
    )
    return session.exec(query).first()
