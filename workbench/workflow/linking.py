"""Asking the addresses of sources again: which of them died.

A lead asks for it, the worker does it a portion at a time; what was asked since the job was made is
not asked again, so that a worker that takes over goes on where the other one ended.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from db.models import Job, SourceCheck, utc_now
from db.queries import jobs, links
from workbench.errors import WorkbenchError
from workbench.intake.links import Answer
from workbench.workflow.permitting import require

PORTION = 20
KIND = "links"


class NoInternet(WorkbenchError):
    """Nothing that was asked answered at all."""

    def __init__(self) -> None:
        super().__init__(
            "No address answered: this computer seems to have no way to the internet. "
            "Nothing was changed; the links can be checked once it has one."
        )


def queue_check(session: Session, *, project_id: int, user_id: int) -> Job:
    """Ask for all links of the project to be checked; the open job if that was asked already.

    Raises `NotPermitted`.
    """
    require(session, project_id=project_id, user_id=user_id, activity="check links")
    latest = links.latest_job(session, project_id=project_id)
    if latest is not None and latest.state in jobs.OPEN_STATES:
        return latest
    total = links.n_sources(session, project_id=project_id)
    job = Job(project_id=project_id, kind=KIND, total=total, created_by_id=user_id)
    session.add(job)
    session.flush()
    return job


def next_portion(session: Session, *, job_id: int) -> Sequence[tuple[int, str]]:
    """(source id, address) of some that this job has not asked yet."""
    job = session.get_one(Job, job_id)
    return links.to_ask(session, project_id=job.project_id, before=job.created_at, limit=PORTION)


def store_answers(session: Session, answers: Mapping[int, Answer]) -> None:
    """Keep how the sources' addresses answered now, and since when they do so."""
    now = utc_now()
    for source_id, answer in sorted(answers.items()):
        row = session.get(SourceCheck, source_id)
        if row is None:
            row = SourceCheck(source_id=source_id, outcome=answer.outcome, since=now)
        elif row.outcome != answer.outcome:
            row.since = now
        row.outcome, row.status, row.reason, row.at = (
            answer.outcome, answer.status, answer.reason, now,
        )  # fmt: skip
        session.add(row)
