"""What a lead asks for on Adjudicate, and the claim that comes next."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from workbench.errors import InputError
from workbench.workflow import adjudicating, undoing
from workbench.workflow.recording import number


def carry_out(
    session: Session,
    project_id: int,
    user_id: int,
    sent: Mapping[str, Any],
    queue: Sequence[int],
) -> int | None:
    """Do what was sent; returns the claim to show next out of the `queue`, None if it is empty.

    Raises `WorkbenchError` with what is to be mended; then nothing was changed.
    """
    who: dict[str, Any] = {"project_id": project_id, "user_id": user_id}
    claim_id = number(sent, "claim_id")
    on_claim: dict[str, Any] = {**who, "claim_id": claim_id, "op_id": _text(sent, "op_id")}
    match sent.get("kind"):
        case "decide":
            words: dict[str, Any] = {
                name: _text(sent, name) for name in ("label", "reason", "cause")
            }
            version = number(sent, "version")
            adjudicating.adjudicate(session, **on_claim, **words, version=version)
            return after(claim_id, queue)
        case "send_back":
            version, reason = number(sent, "version"), _text(sent, "reason")
            adjudicating.send_back(session, **on_claim, reason=reason, version=version)
            return after(claim_id, queue)
        case "undo":
            return undoing.undo(session, **who, event_id=number(sent, "event_id"))
        case "redo":
            return undoing.redo(session, **who, event_id=number(sent, "event_id"))
        case "open":
            return claim_id
    raise InputError("The page asked for something that adjudication does not know; reload it.")


def after(claim_id: int, queue: Sequence[int]) -> int | None:
    """The claim behind this one, from the end again the first; None where no other is left.

    >>> after(2, [1, 2, 3]), after(3, [1, 2, 3]), after(1, [1]), after(9, [1, 2])
    (3, 1, None, 1)
    """
    others = [id for id in queue if id != claim_id]
    if not others:
        return None
    at = queue.index(claim_id) if claim_id in queue else len(others)
    return others[at % len(others)]


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise InputError(f"The page sent no text as {name!r}; reload it.")
    return value
