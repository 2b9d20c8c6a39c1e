"""Taking a submitted verdict back, and giving it again: the inverse pair of a submission."""

from typing import Any

from sqlmodel import Session

from db.models import Claim, Event, Review, utc_now
from db.queries import events
from workbench.errors import NotAllowed
from workbench.reviewing.forms import parse_form
from workbench.workflow import phasing
from workbench.workflow.drawing import assign
from workbench.workflow.recording import change
from workbench.workflow.resolving import resolve
from workbench.workflow.reviewing import store_form, submitted_form

Fields = tuple[dict[str, Any], dict[str, Any]]


def withdraw(session: Session, event: Event, user_id: int) -> Fields:
    """Make the submitted review a draft again with all its content; returns (before, after).

    One that replaced an earlier verdict leaves that one submitted, and the newer as its draft.
    Raises `NotAllowed` where something was typed or submitted since, or a later phase rests on it.
    """
    review = _untouched(session, event)
    phasing.refuse_if_built_on(session, claim=_claim(session, review), after=review.phase)
    content = submitted_form(session, review).as_json()
    rewritten = {"claim_text": event.after.get("claim_text", "")}
    before = {"status": "submitted", "submitted_at": review.submitted_at, "form": content}
    if _was_the_first(event):
        change(review, status="draft", submitted_at=None)
    else:
        earlier = parse_form({**content, **event.before, "claim_text": ""})
        store_form(session, claim=_claim(session, review), review=review, form=earlier)
    review.draft = {**content, **rewritten}
    _settle(session, review, user_id, state="open")
    return before, {"status": review.status}


def submit_again(session: Session, event: Event, user_id: int) -> Fields:
    """Give the verdict that the undo `event` took back once more; returns (before, after)."""
    review = _untouched(session, event)
    if review.status == "draft":
        change(review, status="submitted", submitted_at=utc_now())
    else:
        form = parse_form(event.before["form"])
        store_form(session, claim=_claim(session, review), review=review, form=form)
    review.draft = {}
    before = {"status": event.after["status"]}
    _settle(session, review, user_id, state="done")
    return before, {"status": "submitted"}


def _was_the_first(event: Event) -> bool:
    """Whether no earlier verdict was replaced: then the event holds every field of the form."""
    return "label" in event.after and "label" not in event.before


def _settle(session: Session, review: Review, user_id: int, *, state: str) -> None:
    review.updated_at = utc_now()
    claim = _claim(session, review)
    assign(session, claim=claim, user_id=user_id, state=state)
    session.flush()
    resolve(session, claim=claim, user_id=user_id)


def _claim(session: Session, review: Review) -> Claim:
    return session.get_one(Claim, review.claim_id)


def _untouched(session: Session, event: Event) -> Review:
    """The review of the event, where nothing was typed since; what was would be overwritten."""
    review = session.get_one(Review, event.subject_id)
    newest = events.newest_kind(session, subject="review", subject_id=event.subject_id)
    if newest == "review.drafted":
        raise NotAllowed(
            f"The review of claim {review.claim_id} was worked on since, "
            "so its verdict can no longer be undone or redone."
        )
    return review
