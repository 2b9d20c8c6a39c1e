"""A lead settles what reviewers differ on: decides, or sends the claim back for another review."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import CAUSES, Claim, Event, Resolution, utc_now
from db.queries import adjudication, reviews
from db.queries.claims import WORKED_ON
from db.queries.search import Viewer
from workbench.errors import Conflict, InputError, NotAllowed, UnknownName
from workbench.reviewing.typed import plain_text
from workbench.workflow import phasing
from workbench.workflow.commenting import comment
from workbench.workflow.drawing import claim_of_project
from workbench.workflow.permitting import require
from workbench.workflow.recording import (
    carried_out,
    change,
    earlier_result,
    one_action,
    plain,
    record_claim,
)
from workbench.workflow.resolving import OF_DECISION, dissent
from workbench.workflow.trialling import label_of

MAX_REASON_CHARACTERS = 5_000
Fields = tuple[dict[str, Any], dict[str, Any]]


def sight(session: Session, *, project_id: int, user_id: int) -> Viewer:
    """Who adjudicates as one who looks: at every review, since somebody has to compare them.

    Also the one person of a workbench without accounts. Raises `NotPermitted`.
    """
    require(session, project_id=project_id, user_id=user_id, activity="adjudicate")
    return Viewer(project_id, user_id, sees_all=True)


def adjudicate(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    label: str,
    reason: str,
    cause: str,
    version: int,
    op_id: str,
) -> None:
    """Make `label`, a key of the project's scheme, the claim's final verdict; dissent is kept.

    `version` is that of `db.queries.adjudication.version` when the claim was looked at. The same
    `op_id` again changes nothing.

    Raises:
        Conflict: something that counts was said, decided or changed after `version`.
        InputError: no reason, or too long a one.
        NotAllowed: nobody has judged the claim, or it is not worked on.
        NotPermitted: the role does not allow it.
        UnknownName: no such label or cause.
    """
    require(session, project_id=project_id, user_id=user_id, activity="adjudicate")
    if earlier_result(session, op_id, "claim.adjudicated") is not None:
        return
    claim = _claim(session, project_id, claim_id, version)
    row = label_of(session, project_id=project_id, key=label)
    if cause not in CAUSES or not cause:
        raise UnknownName("cause of a disagreement", cause, CAUSES[1:])
    if not reviews.verdict_counts(session, claim_id=claim_id):
        raise NotAllowed("Nobody has judged this claim yet; there is nothing to decide between.")
    decided = {
        "label_id": row.id,
        "how": "adjudicated",
        "reason": _reason(reason),
        "cause": cause,
        "dissent": dissent(session, claim, row.id or 0),
        "decided_by_id": user_id,
        "decided_at": utc_now(),
    }
    before, after = _put(session, claim, decided)
    phasing.follow(session, claim=claim, user_id=user_id)
    record_claim(session, claim, user_id, "claim.adjudicated", before, after)
    carried_out(session, op_id=op_id, kind="claim.adjudicated", user_id=user_id, result={})


@one_action("claim.sent_back")
def send_back(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    reason: str,
    version: int,
    op_id: str,
) -> None:
    """Ask for one more review of a claim on which reviewers differ; the reason is a comment on it.

    Raises as `adjudicate`; `NotAllowed` also where the claim has a final verdict or waits for a
    review anyhow.
    """
    require(session, project_id=project_id, user_id=user_id, activity="adjudicate")
    if earlier_result(session, op_id, "claim.sent_back") is not None:
        return
    claim = _claim(session, project_id, claim_id, version)
    if reviews.resolution(session, claim_id=claim_id) is not None:
        raise NotAllowed("This claim has a final verdict; undo it before you ask for a review.")
    if claim.phase:
        raise NotAllowed("Its phases are over; decide on this claim, or reject it.")
    if claim_id not in adjudication.unsettled(session, project_id=project_id):
        raise NotAllowed("This claim waits for a review already.")
    reason = _reason(reason)
    before, after = change(claim, extra_reviews=claim.extra_reviews + 1)
    claim.updated_at = utc_now()
    after["reason"] = reason
    record_claim(session, claim, user_id, "claim.sent_back", before, after)
    comment(session, claim=claim, user_id=user_id, text=f"Sent back for another review: {reason}")
    carried_out(session, op_id=op_id, kind="claim.sent_back", user_id=user_id, result={})


def take_back(session: Session, event: Event, user_id: int) -> Fields:
    """Undo a decision, or do it again: the final verdict is what it was before the event.

    Raises `NotAllowed` where the final verdict has changed since.
    """
    claim = session.get_one(Claim, event.subject_id)
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    here = _told(stored) if stored else {}
    if here != event.after:
        raise NotAllowed(
            f"The final verdict on claim {claim.id} has changed since, "
            "so this can no longer be undone or redone."
        )
    fields = _put(session, claim, event.before)
    phasing.follow(session, claim=claim, user_id=user_id)
    return fields


def _put(session: Session, claim: Claim, wanted: Mapping[str, Any]) -> Fields:
    """Make these fields the claim's resolution, or none of it; returns (before, after)."""
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    before = _told(stored) if stored else {}
    if not wanted:
        if stored is not None:
            session.delete(stored)
        return before, {}
    fields = {**wanted, "decided_at": _time(wanted["decided_at"])}
    row = stored or Resolution(claim_id=claim.id or 0, **fields)
    change(row, **fields)
    session.add(row)
    session.flush()
    return before, _told(row)


def _told(row: Resolution) -> dict[str, Any]:
    return plain({name: getattr(row, name) for name in OF_DECISION})


def _time(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _claim(session: Session, project_id: int, claim_id: int, version: int) -> Claim:
    """The claim, locked until the end of the unit, as it was at `version`."""
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    session.refresh(claim, with_for_update=True)
    found = adjudication.version(session, claim_id=claim_id)
    if found != version:
        raise Conflict("claim", claim_id, expected=version, found=found)
    if claim.state not in WORKED_ON:
        raise NotAllowed(f"This claim was {claim.state}, so there is nothing to decide on it.")
    return claim


def _reason(reason: str) -> str:
    reason = plain_text(reason, "reason").strip()
    if not reason:
        raise InputError("Say why: the reviewers read it, and so does who uses the dataset.")
    if len(reason) > MAX_REASON_CHARACTERS:
        raise InputError(f"A reason has at most {MAX_REASON_CHARACTERS:,} characters.")
    return reason
