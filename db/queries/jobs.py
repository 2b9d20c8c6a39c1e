"""Work for the worker process: what is waiting, what was left behind, what is being done."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, and_, col, func, or_, select

from db.models import Job

OPEN_STATES = ("queued", "running")


def next_queued(
    session: Session, *, now: datetime, among: Collection[int] | None = None
) -> Job | None:
    """The oldest job that waits, or whose lease ran out; with `among`, only one of these ids.

    In a transaction on PostgreSQL the row is locked, and rows that others lock are passed over.
    """
    left_behind = and_(col(Job.state) == "running", col(Job.leased_until) < now)
    query = select(Job).where(or_(col(Job.state) == "queued", left_behind))
    if among is not None:
        query = query.where(col(Job.id).in_(among))
    query = query.order_by(col(Job.id)).limit(1).with_for_update(skip_locked=True)
    return session.exec(query).first()


def open_for_article(session: Session, *, article_id: int) -> Job | None:
    """The article's newest job that is waiting or being done."""
    query = (
        select(Job)
        .where(Job.article_id == article_id, col(Job.state).in_(OPEN_STATES))
        .order_by(col(Job.id).desc())
    )
    return session.exec(query).first()


def n_open(session: Session, *, among: Collection[int] | None = None) -> int:
    """How many jobs are waiting or being done, of all or of these ids."""
    query = select(func.count()).select_from(Job).where(col(Job.state).in_(OPEN_STATES))
    if among is not None:
        query = query.where(col(Job.id).in_(among))
    return session.exec(query).one()


def any_open(session: Session, *, project_id: int, kind: str) -> bool:
    """Whether the project has a job of this kind that is waiting or being done."""
    query = (
        select(Job.id)
        .where(
            col(Job.state).in_(OPEN_STATES),
            Job.project_id == project_id,
            Job.kind == kind,
        )
        .limit(1)
    )
    return session.exec(query).first() is not None


def with_ids(session: Session, *, ids: Collection[int]) -> list[Job]:
    """These jobs, in the order in which they were queued."""
    return list(session.exec(select(Job).where(col(Job.id).in_(ids)).order_by(col(Job.id))))
