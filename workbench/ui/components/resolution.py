"""A claim's final verdict as people read it: how it came about, by whom, why, and who dissented."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from db.models import Claim, Label, Project, Resolution
from db.queries import adjudication, projects, users
from db.queries.search import Viewer
from workbench.reviewing.adjudication import CAUSES, aliases
from workbench.ui import feedback

Names = Mapping[int, str]
_HOW = {"unanimous": "All reviewers agree", "majority": "More than half agree"}


def resolution(told: dict[str, Any] | None) -> None:
    """Draw it as `resolution_data` gives it; nothing where there is none to be seen."""
    if told is None:
        return
    about = " · ".join(filter(None, (told["how"], told["cause_title"])))
    st.markdown(f"**Final verdict: {feedback.literal(told['title'])}** · {feedback.literal(about)}")
    if told["reason"]:
        st.text(told["reason"])
    for each in told["dissent"]:
        reason = f": {each['reason']}" if each["reason"] else ", without words"
        st.caption(feedback.literal(f"Dissent: {each['name']}, {each['title']}{reason}"))


def names_on(
    session: Session, viewer: Viewer, claim: Claim, stored: Resolution | None
) -> dict[int, str]:
    """User id to how people are called on this claim: by letters where names are hidden.

    Holds everybody who reviewed the claim or dissented, and the viewer as "You".
    """
    project = session.get_one(Project, claim.project_id)
    given = adjudication.submitted(session, viewer, claim_id=claim.id or 0)
    dissenters = [each["user_id"] for each in stored.dissent] if stored else []
    ids = list(dict.fromkeys([*(review.user_id for review, _ in given), *dissenters]))
    if project.names_hidden:
        called = aliases(ids, claim_id=claim.id or 0, shuffled=project.overlap)
        return called | {viewer.user_id: "You"}
    ids += [stored.decided_by_id] if stored and stored.decided_by_id else []
    found = users.names(session, ids=ids)
    return {id: display for id, (_, display) in found.items()} | {viewer.user_id: "You"}


def resolution_data(session: Session, viewer: Viewer, claim: Claim) -> dict[str, Any] | None:
    """The claim's final verdict that the viewer may see: how, by whom, why, and the dissent."""
    stored = adjudication.outcome(session, viewer, claim_id=claim.id or 0)
    if stored is None:
        return None
    labels = projects.labels(session, project_id=claim.project_id)
    titles = {label.id or 0: label.title for label in labels}
    return decision_data(session, stored, names_on(session, viewer, claim, stored), titles)


def decision_data(
    session: Session, stored: Resolution | None, names: Names, titles: Mapping[int, str]
) -> dict[str, Any] | None:
    """What was decided, how and by whom, as plain JSON values; None while nothing is."""
    if stored is None:
        return None
    label = session.get_one(Label, stored.label_id)
    by = names.get(stored.decided_by_id or 0, "a lead")
    return {
        "label": label.key,
        "title": label.title,
        "color": label.color,
        "how": f"Decided by {by.replace('You', 'you')}" if by_lead(stored) else _HOW[stored.how],
        "by_lead": by_lead(stored),
        "reason": stored.reason,
        "cause": stored.cause,
        "cause_title": CAUSES.get(stored.cause, ""),
        "at": stored.decided_at.isoformat(),
        "dissent": [_dissent(each, names, titles) for each in stored.dissent],
    }


def by_lead(stored: Resolution) -> bool:
    """Whether a lead decided it."""
    return stored.how == "adjudicated"


def _dissent(each: Mapping[str, Any], names: Names, titles: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": names.get(each["user_id"], "A reviewer"),
        "title": titles.get(each["label_id"], ""),
        "reason": each["justification"],
    }
