"""Work for the worker process: queued, leased to one worker at a time, and taken again if it dies.

A lease runs out unless its holder renews it. Whoever reports on a job that is no longer its own
gets `LeaseLost` and must drop what it was doing. What a job writes goes in the same transaction
as `finish`, so a job that is done twice still writes once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from db.models import Article, Job, utc_now
from db.queries import jobs
from workbench.errors import NotAllowed, NotFound
from workbench.workflow.recording import record

LEASE_SECONDS = 10.0
MAX_ATTEMPTS = 3


class LeaseLost(Exception):
    """The job was cancelled, or another worker has it now."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's hold on one job."""

    job_id: int
    kind: str
    article_id: int | None
    worker: str
    attempt: int


def queue_split(session: Session, *, article: Article, user_id: int | None) -> Job:
    """Ask for the article to be split; the open job if that was asked already."""
    session.flush()
    article_id = article.id or 0
    job = jobs.open_for_article(session, article_id=article_id)
    if job is None:
        job = Job(
            project_id=article.project_id,
            kind="split",
            article_id=article_id,
            created_by_id=user_id,
        )
        session.add(job)
        session.flush()
    return job


def take_job(
    session: Session,
    *,
    worker: str,
    among: Collection[int] | None = None,
    lease_seconds: float = LEASE_SECONDS,
) -> Lease | None:
    """Lease the oldest job that waits or was left behind; None if there is none.

    A job that ended its worker `MAX_ATTEMPTS` times is failed instead of being taken once more.
    """
    while job := jobs.next_queued(session, now=utc_now(), among=among):
        if job.attempts < MAX_ATTEMPTS:
            return _lease(session, job, worker, lease_seconds)
        _close(job, "failed", error=f"The worker died {job.attempts} times while doing this.")
        session.flush()
    return None


def renew(
    session: Session,
    *,
    lease: Lease,
    done: int,
    total: int,
    lease_seconds: float = LEASE_SECONDS,
) -> None:
    """Hold the job for longer, and say how far it is."""
    job = _held(session, lease)
    job.done, job.total = done, total
    job.leased_until = utc_now() + timedelta(seconds=lease_seconds)


def finish(session: Session, *, lease: Lease) -> None:
    """The job is done. Its results belong in the same transaction."""
    job = _held(session, lease)
    job.done = job.total = max(job.total, 1)
    _close(job, "done")


def fail(session: Session, *, lease: Lease, reason: str) -> None:
    """The job cannot be done; `reason` is a sentence for the person who asked for it."""
    _close(_held(session, lease), "failed", error=reason)


def give_back(session: Session, *, lease: Lease) -> None:
    """Let another worker do it, as if this one had not tried."""
    job = _held(session, lease)
    job.state, job.worker, job.leased_until = "queued", "", None
    job.attempts -= 1


def cancel(session: Session, *, job_id: int, user_id: int | None) -> None:
    """Stop a job that is waiting or running. Raises `NotAllowed` once it is over."""
    job = session.get(Job, job_id)
    if job is None:
        raise NotFound("job", job_id)
    if job.state not in jobs.OPEN_STATES:
        raise NotAllowed(f"This job is {job.state} already; there is nothing to cancel.")
    before = {"state": job.state}
    _close(job, "cancelled")
    record(
        session,
        project_id=job.project_id,
        user_id=user_id,
        kind="job.cancelled",
        row=job,
        before=before,
        after={"state": job.state},
    )


def split_again(session: Session, *, article_id: int, user_id: int | None) -> Job:
    """Queue the splitting of an article whose job failed or was cancelled."""
    article = session.get(Article, article_id)
    if article is None:
        raise NotFound("article", article_id)
    if article.split_at is not None:
        raise NotAllowed("This article is split already; its claims can be edited.")
    return queue_split(session, article=article, user_id=user_id)


def _lease(session: Session, job: Job, worker: str, seconds: float) -> Lease:
    job.state, job.worker, job.error = "running", worker, ""
    job.attempts += 1
    job.leased_until = utc_now() + timedelta(seconds=seconds)
    session.flush()
    return Lease(job.id or 0, job.kind, job.article_id, worker, job.attempts)


def _held(session: Session, lease: Lease) -> Job:
    job = session.get(Job, lease.job_id)
    mine = job is not None and (job.worker, job.attempts) == (lease.worker, lease.attempt)
    if job is None or not mine or job.state != "running":
        raise LeaseLost(lease)
    return job


def _close(job: Job, state: str, *, error: str = "") -> None:
    job.state, job.error = state, error
    job.leased_until, job.finished_at = None, utc_now()
