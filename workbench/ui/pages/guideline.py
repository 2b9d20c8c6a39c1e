"""Guideline: the text that holds, a new version of it, and what each version changed."""

import streamlit as st

from db.models import Guideline
from db.queries import guidelines
from workbench.ui import feedback, state, who
from workbench.ui.components.empty import nothing
from workbench.ui.components.keeper import Field, Kept, keep
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import guiding
from workbench.workflow.permitting import may

_TEXT = "guideline-text"
_BEGUN = "guideline-begun"
_SIGNS = {"+": "added", "-": "removed"}


def render() -> None:
    """Draw the page."""
    st.title("Guideline", anchor=False)
    with feedback.here():
        me = who.present()
        with reading() as session:
            versions = guidelines.versions(session, project_id=me.project_id)
        newest = versions[0][0] if versions else None
        with reading() as session:
            asked = {"project_id": me.project_id, "user_id": me.user_id}
            leads = may(session, **asked, activity="guideline.published")
        if leads:
            _editor(me, newest)
        elif newest is None:
            nothing("No guideline yet", "A lead writes it.")
        for place, (guideline, by) in enumerate(versions):
            before = versions[place + 1][0] if place + 1 < len(versions) else None
            _version(guideline, by, before)


def _editor(me: who.Present, newest: Guideline | None) -> None:
    number, stored = (newest.number, newest.text) if newest else (0, "")
    begun = _begun(me, number, stored)
    value = state.begin_widget(_TEXT, stored, when=f"{me.project_id}:{begun}") or ""
    if begun != number:
        st.warning(f"Version {number} was published while you wrote: see it below.")
    limit = guiding.MAX_CHARACTERS
    st.text_area("Guideline text", value, key=_TEXT, height=280, max_chars=limit)

    def publish() -> None:
        with feedback.later(), writing() as session:
            guiding.publish_guideline(
                session,
                project_id=me.project_id,
                text=state.widget(_TEXT, ""),
                user_id=me.user_id,
                after=number,
            )
            state.keep_typed(_BEGUN, None)

    def restore(kept: Kept) -> None:
        begun = number if kept.base["text"] == stored else _begin(me, 0, kept.base["text"])
        state.put_in_widget(_TEXT, kept.typed["text"], when=f"{me.project_id}:{begun}")

    # A press of the button for an earlier version is none of this one.
    press(f"Publish version {number + 1}", publish, type="primary", key=f"publish-{number + 1}")
    keep("guideline", f"guideline-{me.project_id}", {"text": Field(_TEXT, stored)}, restore=restore)


def _begun(me: who.Present, number: int, stored: str) -> int:
    """The version that the text in the field was begun from: what was typed outlasts a newer."""
    begun, here = state.typed(_BEGUN) or {}, state.widget(_TEXT)
    if begun.get("project_id") != me.project_id or here in (None, stored, begun["text"]):
        return _begin(me, number, stored)
    return int(begun["number"])


def _begin(me: who.Present, number: int, text: str) -> int:
    state.keep_typed(_BEGUN, {"project_id": me.project_id, "number": number, "text": text})
    return number


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
