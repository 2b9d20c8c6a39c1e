"""What the review desk can ask for, and the claim that lies on it afterwards."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from db.models import Claim, Trial
from workbench.errors import InputError
from workbench.reviewing.typed import plain_text
from workbench.workflow import (
    claiming,
    desktalk,
    drawing,
    normalising,
    reserving,
    reviewing,
    trialling,
)
from workbench.workflow.desking import Action, Outcome
from workbench.workflow.filtering import from_link
from workbench.workflow.recording import number, seconds

MAX_REASON_CHARACTERS = 500


def carry_out(session: Session, project_id: int, user_id: int, sent: Mapping[str, Any]) -> Outcome:
    """Do what was asked for at the desk and find the claim that comes next.

    Raises `WorkbenchError` with what the reviewer has to mend; then nothing was changed.
    """
    kind = str(sent.get("kind"))
    if kind not in _ACTIONS:
        raise InputError(f"The desk knows no action {kind[:40]!r}; reload the page.")
    action = Action(session, project_id, user_id, _claim(session, project_id, sent), sent)
    if kind not in _ENDS_WORK:
        reserving.renew(session, claim=action.claim, user_id=user_id)
    return _ACTIONS[kind](action)


def _claim(session: Session, project_id: int, sent: Mapping[str, Any]) -> Claim:
    claim_id = number(sent, "claim_id")
    return drawing.claim_of_project(session, project_id=project_id, claim_id=claim_id)


def _save(action: Action) -> Outcome:
    reviewing.submit(
        action.session,
        project_id=action.project_id,
        claim_id=action.claim.id or 0,
        user_id=action.user_id,
        form=action.sent.get("form") or {},
        version=action.number("version"),
        claim_version=action.number("claim_version"),
        seen_text=action.text("seen_text"),
        active_seconds=seconds(action.sent, "active_seconds"),
        op_id=str(action.sent["op_id"]),
    )
    if _training(action):
        return Outcome(action.claim.id, "Saved")
    return _next(action, "Saved")


def _normalise(action: Action) -> Outcome:
    normalising.normalise(
        action.session,
        project_id=action.project_id,
        claim_id=action.claim.id or 0,
        user_id=action.user_id,
        claim_version=action.number("claim_version"),
        text=action.text("text") or "",
        seen_text=action.text("seen_text"),
        op_id=str(action.sent["op_id"]),
    )
    return _next(action, "Normalised")


def _skip(action: Action) -> Outcome:
    training = _training(action)
    action.once("claim.skipped", lambda: _skipped(action))
    return _next(action, "" if training and training.status == "submitted" else "Skipped")


def _training(action: Action) -> Trial | None:
    """What the claim is given for, if that is the training."""
    who = {"claim_id": action.claim.id or 0, "user_id": action.user_id}
    trial = trialling.on_desk(action.session, **who)
    return trial if trial is not None and trial.kind == "training" else None


def _skipped(action: Action) -> None:
    drawing.skip(action.session, claim=action.claim, user_id=action.user_id, reason=_reason(action))


def _reject(action: Action) -> Outcome:
    desktalk.reject(action)
    return _next(action, "Rejected")


def _reason(action: Action) -> str:
    reason = action.text("reason") or ""
    if len(reason) > MAX_REASON_CHARACTERS:
        raise InputError(f"A reason is a text of at most {MAX_REASON_CHARACTERS} characters.")
    return plain_text(reason, "reason").strip()


def _next(action: Action, said: str) -> Outcome:
    claim = drawing.draw(
        action.session,
        project_id=action.project_id,
        user_id=action.user_id,
        after_id=action.claim.id,
        wanted=from_link(action.text("filter") or ""),
    )
    return Outcome(claim.id if claim else None, said)


def _back(action: Action) -> Outcome:
    claim = drawing.back(
        action.session,
        project_id=action.project_id,
        user_id=action.user_id,
        from_id=action.claim.id or 0,
    )
    if claim is None:
        return Outcome(action.claim.id, "This is the first claim that you worked on")
    return Outcome(claim.id, "")


def _next_in_text(action: Action) -> Outcome:
    claim = drawing.neighbour(action.session, claim=action.claim, forward=True)
    return Outcome((claim or action.claim).id, "" if claim else "This is the last claim")


def _previous_in_text(action: Action) -> Outcome:
    claim = drawing.neighbour(action.session, claim=action.claim, forward=False)
    return Outcome((claim or action.claim).id, "" if claim else "This is the first claim")


def _open(action: Action) -> Outcome:
    claim = drawing.claim_of_project(
        action.session, project_id=action.project_id, claim_id=action.number("open")
    )
    return Outcome(claim.id, "")


def _new_claim(action: Action) -> Outcome:
    claiming.create(
        action.session,
        project_id=action.project_id,
        article_id=action.claim.article_id,
        user_id=action.user_id,
        start=action.number("start"),
        end=action.number("end"),
        op_id=str(action.sent["op_id"]),
    )
    return Outcome(action.claim.id, "Claim added to the queue")


_ENDS_WORK = ("save", "skip")
"""What takes or gives back the slot of the claim by itself."""

_ACTIONS: dict[Any, Callable[[Action], Outcome]] = {
    "save": _save,
    "normalise": _normalise,
    "skip": _skip,
    "back": _back,
    "next": _next_in_text,
    "previous": _previous_in_text,
    "open": _open,
    "new_claim": _new_claim,
    "reject": _reject,
    **desktalk.ACTIONS,
}
