"""How a project settles claims: which agreement is enough, and whether a lead sees names."""

from functools import partial

import streamlit as st

from db.models import Project
from workbench.reviewing.adjudication import RESOLVE_BY
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow.project_settings import change_settings

_RESOLVE_BY, _NAMES = "settings-resolve-by", "settings-names-hidden"


def adjudication_settings(me: who.Present, project: Project) -> None:
    """Draw the fields and their button; what is saved settles the claims that it makes final."""
    when = f"{project.id}:{project.version}"
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
        type="primary",
    )


def _save(me: who.Present, version: int) -> None:
    with feedback.later():
        with writing() as session:
            change_settings(
                session,
                project_id=me.project_id,
                user_id=me.user_id,
                version=version,
                resolve_by=state.widget(_RESOLVE_BY),
                names_hidden=bool(state.widget(_NAMES)),
            )
        state.report("success", "The settings are saved.")
