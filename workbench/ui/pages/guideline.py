"""Guideline: the text that holds, a new version of it, and what each version changed."""

import streamlit as st

from db.models import Guideline
from db.queries import guidelines
from workbench.ui import feedback, state, who
from workbench.ui.database import reading, writing
from workbench.workflow import guiding

_TEXT = "guideline-text"
_SIGNS = {"+": "added", "-": "removed"}


def render() -> None:
    """Draw the page."""
    st.title("Guideline", anchor=False)
    with feedback.here():
        me = who.present()
        with reading() as session:
            versions = guidelines.versions(session, project_id=me.project_id)
        newest = versions[0][0] if versions else None
        _editor(me, newest)
        for place, (guideline, by) in enumerate(versions):
            before = versions[place + 1][0] if place + 1 < len(versions) else None
            _version(guideline, by, before)


def _editor(me: who.Present, newest: Guideline | None) -> None:
    number = newest.number if newest else 0
    state.fill_widget(_TEXT, newest.text if newest else "", when=f"{me.project_id}:{number}")
    st.text_area("Guideline text", key=_TEXT, height=280, max_chars=guiding.MAX_CHARACTERS)

    def publish() -> None:
        with feedback.later(), writing() as session:
            guiding.publish_guideline(
                session,
                project_id=me.project_id,
                text=state.widget(_TEXT, ""),
                user_id=me.user_id,
                after=number,
            )

    st.button(f"Publish version {number + 1}", on_click=publish, type="primary", key="publish")


def _version(guideline: Guideline, by: str | None, before: Guideline | None) -> None:
    when = guideline.created_at.strftime("%Y-%m-%d %H:%M UTC")
    title = f"Version {guideline.number} · {when} · {by or 'the workbench'}"
    with st.expander(feedback.literal(title)):
        if before is None:
            st.text(guideline.text)
            return
        for sign, line in guiding.difference(before.text, guideline.text):
            if sign == " ":
                st.text(line)
            else:
                st.text(f"{sign} {line}", help=_SIGNS[sign])


render()
