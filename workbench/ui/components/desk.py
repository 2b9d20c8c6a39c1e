"""The review desk as one browser component: what it is shown, and what it sends back."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from db.models import Article, Claim
from db.queries import claims, projects
from db.queries.search import EVERYTHING, ClaimFilter
from workbench.reviewing.forms import ReviewForm
from workbench.ui.components import ARTICLE_WITH_KEYS, asset
from workbench.ui.components.desk_talk import facts_data, talk_data
from workbench.ui.database import reading
from workbench.workflow import drawing, schooling
from workbench.workflow.briefing import brief, given_evidence
from workbench.workflow.hinting import hints_on
from workbench.workflow.reviewing import ReviewState, open_review

_component = st.components.v2.component(
    "factcheck_desk",
    html=asset("desk.html"),
    css=asset(
        "article.css",
        "controls.css",
        "help.css",
        "desk.css",
        "desk_sources.css",
        "desk_phase.css",
        "desk_training.css",
    ),
    js=asset(
        *ARTICLE_WITH_KEYS,
        "desk_form.js",
        "desk_sources.js",
        "desk_recall.js",
        "desk_drafts.js",
        "desk_conflict.js",
        "desk_time.js",
        "desk_moves.js",
        "desk_keys.js",
        "desk_comments.js",
        "desk_resolution.js",
        "desk_talk.js",
        "desk_phase.js",
        "desk_training.js",
        "desk.js",
    ),
    isolate_styles=False,
)


def desk(data: dict[str, Any], *, on_empty: Callable[[], None]) -> None:
    """Mount the desk with the claim it begins with; `on_empty` is called when the queue ran out.

    From then on it talks to the routes of `workbench.ui.routes` by itself: what it saves does not
    wait for a run of the page, and arrives even while the page's connection is down.
    """
    _component(key="desk", data=data, on_empty_change=on_empty, height="content", width="stretch")


def desk_data(
    session: Session,
    *,
    claim: Claim,
    user_id: int,
    known_article_id: int | None = None,
    wanted: ClaimFilter | None = EVERYTHING,
) -> dict[str, Any]:
    """Everything the desk shows for one claim, as plain JSON values.

    The article's text is left out if it is the one that the desk shows already. `wanted` is what
    the claims are drawn from; None leaves out how many these are, which takes long to count.
    """
    article = session.get_one(Article, claim.article_id)
    review = open_review(session, claim_id=claim.id or 0, user_id=user_id)
    compared = review.trial is not None
    place = {}
    if wanted is not None:
        place = {"place": place_data(session, claim=claim, user_id=user_id, wanted=wanted)}
    return {
        **place,
        "article": article_data(article, with_text=article.id != known_article_id),
        "spans": _spans(session, claim, user_id, anew=compared),
        "claim": _claim_data(claim) | ({"state": "accepted", "reason": ""} if compared else {}),
        "labels": [
            label.model_dump(include={"key", "title", "color", "digit"})
            for label in projects.labels(session, project_id=claim.project_id)
        ],
        "review": review_data(review),
        "phase": None if compared else brief(session, claim=claim, user_id=user_id),
        "training": schooling.told(session, claim=claim, trial=review.trial),
        "hints": desk_hints(session, claim=claim, user_id=user_id, form=review.form),
        **talk_data(session, claim=claim, user_id=user_id),
        **(_BLANK if compared else {}),
    }


_BLANK = {"resolution": None, "judged_under": None}
"""A claim that is given to be compared tells nothing of how it was judged before."""


def desk_hints(
    session: Session, *, claim: Claim, user_id: int, form: ReviewForm
) -> list[dict[str, str]]:
    """The hints on the review as typed, with the evidence that it was given to rest on."""
    given = given_evidence(session, claim=claim, user_id=user_id)
    return hints_on(session, claim, form, given)


def place_data(
    session: Session, *, claim: Claim, user_id: int, wanted: ClaimFilter
) -> dict[str, Any]:
    """How far the reviewer is on what `wanted` finds in the claim's project."""
    project_id = claim.project_id
    return asdict(drawing.place(session, project_id=project_id, user_id=user_id, wanted=wanted))


def article_data(article: Article, *, with_text: bool = True) -> dict[str, Any]:
    """The article as the browser components show it."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else "",
    } | ({"text": article.text} if with_text else {})


def review_data(review: ReviewState) -> dict[str, Any]:
    """The review's form and the version to save it on."""
    return {"form": review.form.as_json(), "version": review.version, "status": review.status}


def stored_review(user_id: int, claim_id: int) -> dict[str, Any]:
    """The reviewer's own review of the claim, and the claim's text, as they are stored now."""
    with reading() as session:
        claim = session.get_one(Claim, claim_id)
        review = review_data(open_review(session, claim_id=claim_id, user_id=user_id))
        return {**review, "claim": {"text": claim.text, "version": claim.version}}


def span_data(mark: claims.Mark) -> dict[str, Any]:
    """One mark in the article, as short as can be: a long one has hundreds."""
    state = "reviewed" if mark.reviewed else mark.state
    return {"id": mark.id, "start": mark.start, "end": mark.end, "state": state}


def _spans(session: Session, claim: Claim, user_id: int, *, anew: bool) -> list[dict[str, Any]]:
    """The marks in the article; `anew` shows the claim as one that waits for a verdict."""
    states = {*claims.WORKED_ON, claim.state}
    shown = claims.marks(
        session, article_id=claim.article_id, user_id=user_id, states=sorted(states)
    )
    if anew:
        shown = [
            replace(mark, state="accepted", reviewed=False) if mark.id == claim.id else mark
            for mark in shown
        ]
    return [
        span_data(mark) for mark in shown if mark.state in claims.WORKED_ON or mark.id == claim.id
    ]


def _claim_data(claim: Claim) -> dict[str, Any]:
    names = (
        "id", "version", "text", "quote", "state", "speaker", "speaker_text", "cue_text",
        "through", "times", "entities", "kind", "ambiguous", "checkworthiness", "reasons",
    )  # fmt: skip
    return {name: getattr(claim, name) for name in names} | facts_data(claim)
