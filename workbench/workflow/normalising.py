"""The first phase of a claim: that it stands alone and says who, when and what is settled."""

from typing import Any

from sqlmodel import Session

from db.models import Claim, Event, utc_now
from db.queries import reviews
from workbench.errors import Conflict
from workbench.workflow import phasing
from workbench.workflow.claiming import rewrite
from workbench.workflow.drawing import assign, workable
from workbench.workflow.recording import (
    carried_out,
    change,
    earlier_result,
    one_action,
    record_claim,
)
from workbench.workflow.resolving import resolve

Fields = tuple[dict[str, Any], dict[str, Any]]
PHASE = "normalise"


@one_action("claim.normalised")
def normalise(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    claim_version: int,
    op_id: str,
    text: str = "",
    seen_text: str | None = None,
) -> int:
    """Say that the claim stands alone as `text`, or as it is where that is empty; returns its id.

    With `seen_text`, what the person had before them counts instead of the version. The same
    `op_id` again changes nothing.

    Raises:
        Conflict: the claim's text was changed elsewhere.
        NotAllowed: the claim is in another phase, or was put away.
    """
    if (earlier := earlier_result(session, op_id, "claim.normalised")) is not None:
        return int(earlier["claim_id"])
    claim = workable(session, project_id=project_id, claim_id=claim_id)
    phasing.check_phase(session, claim=claim, user_id=user_id, phase=PHASE)
    if seen_text is not None and claim.text not in (seen_text, text):
        raise Conflict("claim", claim_id, expected=claim_version, found=claim.version)
    if text.strip():
        rewrite(
            session,
            project_id=project_id,
            claim_id=claim_id,
            user_id=user_id,
            text=text,
            version=claim_version if seen_text is None else claim.version,
        )
    _finish(session, claim, user_id)
    record_claim(session, claim, user_id, "claim.normalised", {}, {"normalised_by_id": user_id})
    resolve(session, claim=claim, user_id=user_id)
    result = {"claim_id": claim_id}
    carried_out(session, op_id=op_id, kind="claim.normalised", user_id=user_id, result=result)
    return claim_id


def _finish(session: Session, claim: Claim, user_id: int) -> None:
    """Note who normalised it; what they typed to that end is a draft no longer."""
    change(claim, normalised_by_id=user_id, normalised_at=utc_now())
    review = reviews.of_user(session, claim_id=claim.id or 0, user_id=user_id)
    if review is not None:
        change(review, draft={})
    assign(session, claim=claim, user_id=user_id, state="done")
    session.flush()


def take_back(session: Session, event: Event, user_id: int) -> Fields:
    """Let the claim wait to be normalised again; returns (before, after).

    Raises `NotAllowed` once somebody has given a verdict on it.
    """
    claim = session.get_one(Claim, event.subject_id)
    phasing.refuse_if_built_on(session, claim=claim, after=PHASE)
    before, after = change(claim, normalised_by_id=None)
    change(claim, normalised_at=None)
    assign(session, claim=claim, user_id=user_id, state="open")
    session.flush()
    resolve(session, claim=claim, user_id=user_id)
    return before, after


def do_again(session: Session, event: Event, user_id: int) -> Fields:
    """Take the claim as normalised once more; returns (before, after)."""
    claim = session.get_one(Claim, event.subject_id)
    phasing.check_phase(session, claim=claim, user_id=user_id, phase=PHASE)
    before, after = change(claim, normalised_by_id=user_id)
    _finish(session, claim, user_id)
    resolve(session, claim=claim, user_id=user_id)
    return before, after
