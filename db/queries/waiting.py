"""Whether somebody is doing the work that waits."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from db.models import Job
from db.queries.jobs import OPEN_STATES


def nobody_works_since(session: Session, *, project_id: int) -> datetime | None:
    """Since when the project's oldest open job waits without a sign of life from any worker.

    In the future while a worker holds a job; None if the project has no open job.
    """
    oldest = select(func.min(col(Job.created_at))).where(
        Job.project_id == project_id, col(Job.state).in_(OPEN_STATES)
    )
    queued_at = session.exec(oldest).one()
    if queued_at is None:
        return None
    signs = select(func.max(col(Job.finished_at)), func.max(col(Job.leased_until)))
    return max(at for at in (queued_at, *session.exec(signs).one()) if at is not None)
