"""Reserving a slot of a claim: a lease that ends, and is renewed by every sign of work.

Whoever works alone, without accounts, is never refused a claim: slots are kept for later only.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Claim, Project, utc_now
from db.queries import gold, queue, slots
from workbench.errors import NotAllowed
from workbench.workflow.permitting import is_alone, may


def team(session: Session, *, project_id: int, user_id: int) -> queue.Team | None:
    """What a draw has to know of others; None for whoever works alone."""
    if is_alone(session, project_id=project_id, user_id=user_id):
        return None
    return queue.Team(session.get_one(Project, project_id).overlap, utc_now())


def reserve(session: Session, *, claim: Claim, user_id: int, done: bool = False) -> bool:
    """Hold a slot of the claim, for good when the review is `done`; False where none is left."""
    project, now = session.get_one(Project, claim.project_id), utc_now()
    until = None if done else lease_end(project, now)
    n_wanted = wanted(session, claim=claim, user_id=user_id)
    seat = slots.Seat(claim.id or 0, user_id, n_wanted, now, until)
    return slots.take(session, seat) is not None


def wanted(session: Session, *, claim: Claim, user_id: int) -> int:
    """How many people at most may hold or have given a review of the claim, this one among them.

    In a project with phases one person at a time works on it.
    """
    if claim.phase:
        return 1 + queue.n_judged(session, claim_id=claim.id or 0, but=user_id)
    return session.get_one(Project, claim.project_id).overlap + claim.extra_reviews


def quota_reached(session: Session, *, project_id: int, user_id: int) -> str:
    """Which quota the reviewer has reached, `day` (from midnight, UTC) or `total`; else empty."""
    project = session.get_one(Project, project_id)
    if is_alone(session, project_id=project_id, user_id=user_id):
        return ""
    midnight = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    for kind, most, since in (
        ("total", project.quota_total, None),
        ("day", project.quota_day, midnight),
    ):
        if most and _n_given(session, project_id, user_id, since) >= most:
            return kind
    return ""


def _n_given(session: Session, project_id: int, user_id: int, since: datetime | None) -> int:
    return queue.n_given(session, project_id=project_id, user_id=user_id, since=since)


def lease_end(project: Project, now: datetime) -> datetime:
    """When a claim that is drawn now becomes free for others again."""
    return now + timedelta(minutes=project.lease_minutes)


def renew(session: Session, *, claim: Claim, user_id: int) -> None:
    """A sign of work: what lies open before the reviewer stays theirs, or becomes so again.

    Where others have taken it in the meantime the draft is kept all the same.
    """
    row = queue.assignment(session, claim_id=claim.id or 0, user_id=user_id)
    if row is not None and row.state == "open":
        reserve(session, claim=claim, user_id=user_id)
        session.refresh(row)


def give_back(session: Session, *, claim: Claim, user_id: int) -> None:
    """Let others have the slot."""
    session.flush()
    slots.release(session, claim_id=claim.id or 0, user_id=user_id)


def goes_without(session: Session, *, claim: Claim, user_id: int) -> bool:
    """Whether the reviewer may judge the claim although others hold all of its slots.

    One who works alone, one who has judged it already, whom a lead asked for one more, who drew it
    as hidden gold, and a lead.
    """
    who = {"project_id": claim.project_id, "user_id": user_id}
    if is_alone(session, **who):
        return True
    row = queue.assignment(session, claim_id=claim.id or 0, user_id=user_id)
    if row is not None and (row.state == "done" or row.how == "assigned"):
        return True
    if row is not None and gold.is_hidden(session, claim_id=claim.id or 0):
        return True
    return may(session, **who, activity="claim.assigned")


def require_slot(session: Session, *, claim: Claim, user_id: int, state: str | None) -> None:
    """Raise `NotAllowed` for a verdict on what others hold all slots of; the draft stays."""
    if state == "done" and not goes_without(session, claim=claim, user_id=user_id):
        n = wanted(session, claim=claim, user_id=user_id)
        reviews = "one review" if n == 1 else f"{n} reviews"
        raise NotAllowed(
            f"This claim wants {reviews}, and others hold or have given all of them since your "
            "reservation ended. Your draft is kept: submit it when a place is free, or ask a lead "
            "to assign the claim to you."
        )
