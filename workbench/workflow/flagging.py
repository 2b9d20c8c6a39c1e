"""Flags: a claim raised to the lead with a reason, until somebody lowers it."""

from sqlmodel import Session

from db.models import Claim, Flag, utc_now
from db.queries import flags
from db.queries.search import Viewer
from workbench.errors import InputError, NotAllowed, NotFound
from workbench.workflow.recording import change, check_version, record_about

MAX_CHARACTERS = 500


def raise_flag(session: Session, *, claim: Claim, user_id: int, reason: str) -> Flag:
    """Raise the claim to the lead.

    Raises:
        InputError: there is no reason, or too long a one.
        NotAllowed: the person has raised this claim already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise InputError("Say why the lead should look at this claim.")
    if len(reason) > MAX_CHARACTERS:
        raise InputError(f"The reason of a flag has at most {MAX_CHARACTERS:,} characters.")
    if has_raised(session, claim=claim, user_id=user_id):
        raise NotAllowed("You have flagged this claim already; lower that flag first.")
    flag = Flag(claim_id=claim.id or 0, user_id=user_id, reason=reason)
    record_about(session, claim, flag, user_id, "flag.raised", {}, {"reason": reason})
    return flag


def has_raised(session: Session, *, claim: Claim, user_id: int) -> bool:
    """Whether a flag of this person is up on the claim."""
    raised = flags.raised(session, Viewer(claim.project_id, user_id), claim_id=claim.id or 0)
    return any(flag.user_id == user_id for flag, _ in raised)


def lower_flag(
    session: Session, *, project_id: int, flag_id: int, user_id: int, version: int
) -> Flag:
    """Take the flag down; who raised it and why stays on record.

    Raises:
        Conflict: it was lowered or raised again elsewhere.
        NotFound: no such flag in this project.
    """
    flag = session.get(Flag, flag_id)
    claim = session.get(Claim, flag.claim_id) if flag else None
    if flag is None or claim is None or claim.project_id != project_id:
        raise NotFound("flag", flag_id)
    check_version(flag, version)
    if flag.lowered_at is None:
        fields = change(flag, lowered_at=utc_now(), lowered_by_id=user_id)
        record_about(session, claim, flag, user_id, "flag.lowered", *fields)
    return flag
