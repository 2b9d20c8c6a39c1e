"""What a lead knows of the open claim beforehand: its verdict, why, and what that is used for."""

from functools import partial

import streamlit as st

from db.models import Claim, Gold, Label
from db.queries import projects
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import marking
from workbench.workflow.permitting import may

_USES = {
    "training": "To train reviewers: it leaves the work",
    "hidden": "Hidden among the work, to see who finds it",
}
_LABEL, _WHY, _USE = "known-label", "known-why", "known-use"


def known_verdict(me: who.Present, claim: Claim) -> None:
    """Draw what is known, for leads to change; nothing for others."""
    with reading() as session:
        asked = {"project_id": me.project_id, "user_id": me.user_id}
        if not may(session, **asked, activity="see gold"):
            return
        marked = marking.of_claim(session, claim=claim, user_id=me.user_id)
        labels = projects.labels(session, project_id=me.project_id)
    if marked is None and claim.state not in ("proposed", "accepted"):
        return
    _fill(claim, marked, labels)
    with st.expander(_title(marked, labels), key="claims-known"):
        titles = {label.key: label.title for label in labels}
        st.selectbox("Known verdict", list(titles), format_func=titles.__getitem__, key=_LABEL)
        st.text_area(
            "Explanation",
            key=_WHY,
            max_chars=marking.MAX_CHARACTERS,
            placeholder="Shown in training after the verdict",
        )
        st.radio("Used", list(_USES), format_func=_USES.__getitem__, key=_USE)
        # A press that was meant for another claim or mark finds no button any more.
        key = f"known-{claim.id}-{marked.version if marked else 0}"
        with st.container(horizontal=True, gap="small"):
            save = partial(_save, me, claim, marked)
            press("Mark as gold" if marked is None else "Save", save, key=key, type="primary")
            if marked is not None:
                press("No longer gold", partial(_unmark, me, claim, marked), key=f"{key}-not")


def _title(marked: Gold | None, labels: list[Label]) -> str:
    if marked is None:
        return "Gold: mark the known verdict"
    title = next((label.title for label in labels if label.id == marked.label_id), "")
    used = "for training" if marked.used_for == "training" else "hidden"
    return feedback.literal(f"Gold, {used}: {title}")


def _fill(claim: Claim, marked: Gold | None, labels: list[Label]) -> None:
    when = f"{claim.id}:{marked.version if marked else 0}"
    key = next((one.key for one in labels if marked and one.id == marked.label_id), labels[0].key)
    state.fill_widget(_LABEL, key, when=when)
    state.fill_widget(_WHY, marked.explanation if marked else "", when=when)
    state.fill_widget(_USE, marked.used_for if marked else "hidden", when=when)


def _save(me: who.Present, claim: Claim, marked: Gold | None) -> None:
    known = marking.Known(
        str(state.widget(_LABEL)), str(state.widget(_WHY) or ""), str(state.widget(_USE))
    )
    with feedback.later():
        with writing() as session:
            marking.mark(
                session,
                project_id=me.project_id,
                claim_id=claim.id or 0,
                user_id=me.user_id,
                known=known,
                version=marked.version if marked else 0,
            )
        state.report("success", "The known verdict is kept.")


def _unmark(me: who.Present, claim: Claim, marked: Gold) -> None:
    with feedback.later():
        with writing() as session:
            marking.unmark(
                session,
                project_id=me.project_id,
                claim_id=claim.id or 0,
                user_id=me.user_id,
                version=marked.version,
            )
        state.report("success", "The claim is gold no longer.")
