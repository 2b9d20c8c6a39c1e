"""What is said and set right about a claim at the desk: its facts, flags, comments, and undo."""

from collections.abc import Callable
from typing import Any

from workbench.errors import InputError
from workbench.reviewing.typed import date_of, plain_text
from workbench.workflow import claiming, commenting, flagging, guiding, undoing
from workbench.workflow.desking import Action, Outcome


def reject(action: Action) -> int:
    """Reject the claim for the reason sent."""
    return action.once("desk.reject", lambda: _rejected(action))


def _rejected(action: Action) -> None:
    claiming.set_state(
        action.session, **_on_claim(action), state="rejected", reason=_words(action, "reason")
    )


def _describe(action: Action) -> Outcome:
    action.once("desk.describe", lambda: _described(action))
    return Outcome(action.claim.id, "Details saved")


def _described(action: Action) -> None:
    day = _words(action, "claimed_on")
    if day and date_of(day) is None:
        raise InputError(f"{day[:40]!r} is no date; write it as 2022-01-31.")
    chosen = action.sent.get("claim_types")
    if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
        raise InputError("The page sent no list of claim types; reload it.")
    claiming.describe(
        action.session,
        **_on_claim(action),
        speaker=_words(action, "speaker"),
        claimed_on=date_of(day),
        place=_words(action, "place"),
        claim_types=chosen,
    )


def _flag(action: Action) -> Outcome:
    action.once("desk.flag", lambda: _flagged(action))
    return Outcome(action.claim.id, "Flagged for the lead")


def _flagged(action: Action) -> None:
    reason = _words(action, "reason")
    flagging.raise_flag(action.session, claim=action.claim, user_id=action.user_id, reason=reason)


def _lower_flag(action: Action) -> Outcome:
    action.once("desk.lower_flag", lambda: _lowered(action))
    return Outcome(action.claim.id, "Flag lowered")


def _lowered(action: Action) -> None:
    on = {**_who(action), "version": action.number("row_version")}
    flagging.lower_flag(action.session, **on, flag_id=action.number("flag_id"))


def _comment(action: Action) -> Outcome:
    action.once("desk.comment", lambda: _commented(action))
    return Outcome(action.claim.id, "Comment saved")


def _commented(action: Action) -> None:
    commenting.comment(
        action.session,
        claim=action.claim,
        user_id=action.user_id,
        text=_words(action, "text"),
        thread_id=action.number("thread_id") if action.sent.get("thread_id") else None,
    )


def _change_comment(action: Action) -> Outcome:
    action.once("desk.change_comment", lambda: _changed_comment(action))
    return Outcome(action.claim.id, "")


def _changed_comment(action: Action) -> None:
    how = action.text("how")
    on = {**_who(action), "version": action.number("row_version")}
    on["comment_id"] = action.number("comment_id")
    if how == "rewrite":
        commenting.rewrite_comment(action.session, **on, text=_words(action, "text"))
    elif how == "retire":
        commenting.retire_comment(action.session, **on)
    elif how in ("resolve", "reopen"):
        commenting.resolve_thread(action.session, **on, resolved=how == "resolve")
    else:
        raise InputError("The page asked for something that comments do not know; reload it.")


def _read_guideline(action: Action) -> Outcome:
    guiding.mark_seen(action.session, **_who(action), number=action.number("number"))
    return Outcome(action.claim.id, "")


def _undo(action: Action) -> Outcome:
    return Outcome(action.once("desk.undo", lambda: _taken_back(action, undoing.undo)), "Undone")


def _redo(action: Action) -> Outcome:
    return Outcome(action.once("desk.redo", lambda: _taken_back(action, undoing.redo)), "Redone")


def _taken_back(action: Action, how: Callable[..., int]) -> int:
    return how(action.session, **_who(action), event_id=action.number("event_id"))


def _who(action: Action) -> dict[str, Any]:
    return {"project_id": action.project_id, "user_id": action.user_id}


def _on_claim(action: Action) -> dict[str, Any]:
    where = {"claim_id": action.claim.id or 0, "version": action.number("claim_version")}
    return {**_who(action), **where}


def _words(action: Action, name: str) -> str:
    return plain_text(action.text(name) or "", name)


ACTIONS: dict[str, Callable[[Action], Outcome]] = {
    "describe": _describe,
    "flag": _flag,
    "lower_flag": _lower_flag,
    "comment": _comment,
    "change_comment": _change_comment,
    "read_guideline": _read_guideline,
    "undo": _undo,
    "redo": _redo,
}
