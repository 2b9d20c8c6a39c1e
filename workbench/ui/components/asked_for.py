"""The filters that hold, in words under the bar, each to be taken away by a press."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from db.models import Article
from db.queries import users
from db.queries.search import NONE, ClaimFilter, Viewer
from workbench.reviewing.workflows import phase_titles
from workbench.ui import feedback, state
from workbench.ui.database import reading
from workbench.workflow import comparing
from workbench.workflow.filtering import asked, from_query, to_query, without

_TITLES = {
    "article_id": "Article",
    "assigned": "On the queue of",
    "claimed_from": "Claimed from",
    "claimed_to": "Claimed to",
    "disagreed": "Not all said the same",
    "discussed": "With open comments",
    "gold": "Gold",
    "ids": "Chosen claims",
    "known": "Known verdict",
    "label": "Final verdict",
    "labels": "Said",
    "phase": "Phase",
    "rated_from": "Last said from",
    "rated_to": "Last said to",
    "reviewer": "Reviewed by",
    "reviewers": "Both said something",
    "stage": "Compared",
    "trial": "Given to be compared",
    "verdict": "A reviewer's verdict",
    "worth_from": "Check-worthiness from",
    "worth_to": "Check-worthiness to",
}
_ONE_OF = ("known", "label", "labels", "verdict")
_PEOPLE = ("assigned", "reviewer", "reviewers")


def asked_for(viewer: Viewer, wanted: ClaimFilter, names: list[str]) -> None:
    """Draw those of the filter's fields that ask for something."""
    holding = asked(wanted, names)
    if not holding:
        return
    with reading() as session:
        words = {name: said(session, viewer, wanted, name) for name in holding}
    with st.container(horizontal=True, gap="xsmall", key="asked-for"):
        for name, shown in words.items():
            st.button(
                feedback.literal(shown),
                key=f"asked-{name}",
                icon=":material/close:",
                icon_position="right",
                help="Ask for it no longer",
                on_click=_drop,
                args=(name,),
                width="content",
            )


def said(session: Session, viewer: Viewer, wanted: ClaimFilter, name: str) -> str:
    """What the field `name` asks for, in words."""
    title = _TITLES.get(name, name.replace("_", " ").capitalize())
    value = getattr(wanted, name)
    return title if value is True else f"{title}: {_value(session, viewer, wanted, name, value)}"


def _value(session: Session, viewer: Viewer, wanted: ClaimFilter, name: str, value: Any) -> str:
    if value == NONE:
        return "none"
    if name == "article_id":
        article = session.get(Article, value)
        return article.title if article and article.project_id == viewer.project_id else "?"
    if name == "ids":
        return f"{len(value):,}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}"
    shown = _titles(session, viewer, wanted, name)
    values = value if isinstance(value, tuple) else (value,)
    return (" / " if name in _ONE_OF else " and ").join(shown.get(one, one) for one in values)


def _titles(session: Session, viewer: Viewer, wanted: ClaimFilter, name: str) -> Mapping[str, str]:
    if name in _PEOPLE:
        return {user.name: user.display_name or user.name for user in users.all_users(session)}
    if name == "phase":
        return phase_titles()
    stages = comparing.stages(session, project_id=viewer.project_id)
    if name == "stage":
        return {key: stage.title for key, stage in stages.items()}
    of = stages[wanted.stage or "verdict"] if name == "labels" else stages["verdict"]
    return of.labels if name in _ONE_OF else {}


def _drop(name: str) -> None:
    state.set_query(to_query(without(from_query(state.query()), name)))
