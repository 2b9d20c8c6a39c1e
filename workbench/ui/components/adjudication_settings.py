"""How a project settles claims: which agreement is enough, and whether a lead sees names."""

from functools import partial

import streamlit as st

from db.models import Project
from workbench.reviewing.adjudication import RESOLVE_BY
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow.project_settings import change_settings
from workbench.workflow.resolving import settle_waiting

_RESOLVE_BY, _NAMES = "settings-resolve-by", "settings-names-hidden"


def adjudication_settings(me: who.Present) -> None:
    """Draw the fields and their button; what is saved settles the claims that it makes final."""
    with reading() as session:
        project = session.get_one(Project, me.project_id)
    when = f"{project.id}:{project.resolve_by}:{project.names_hidden}"
    state.fill_widget(_RESOLVE_BY, project.resolve_by, when=when)
    state.fill_widget(_NAMES, project.names_hidden, when=when)
    st.radio(
        "A final verdict without a lead",
        list(RESOLVE_BY),
        format_func=RESOLVE_BY.__getitem__,
        key=_RESOLVE_BY,
        help="What this does not settle waits under Adjudicate. It counts from now on: what has a "
        "final verdict keeps it until one of its reviews changes.",
    )
    st.checkbox("Hide the reviewers' names under Adjudicate", key=_NAMES)
    # A press that was meant for other settings finds no button any more.
    press(
        "Save how claims are settled",
        partial(_save, me, project.version),
        key=f"save-adjudication-{project.id}-{project.version}",
    )


def _save(me: who.Present, version: int) -> None:
    of_me = {"project_id": me.project_id, "user_id": me.user_id}
    with feedback.later():
        with writing() as session:
            change_settings(
                session,
                **of_me,
                version=version,
                resolve_by=state.widget(_RESOLVE_BY),
                names_hidden=bool(state.widget(_NAMES)),
            )
            n = settle_waiting(session, **of_me)
        settled = {0: "", 1: " 1 claim has a final verdict by it."}
        state.report(
            "success", "Saved." + settled.get(n, f" {n:,} claims have a final verdict by it.")
        )
