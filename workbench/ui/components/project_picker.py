"""The project that is worked in, and how a new one is made."""

import streamlit as st

from db.models import Project
from db.queries import projects
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow.opening import local_user
from workbench.workflow.projecting import create_project

_CHOSEN = "chosen-project"
_NAME = "new-project-name"
_SCHEME = "new-project-scheme"
_GUIDELINE = "new-project-guideline"


def project_picker(me: who.Present, known: list[Project]) -> None:
    """Draw the choice of projects, and the form for a new one."""
    titles = {project.id or 0: project.name for project in known}
    state.fill_widget(_CHOSEN, me.project_id, when=str(me.project_id))
    st.selectbox(
        "Project", list(titles), format_func=titles.__getitem__, key=_CHOSEN, on_change=_choose
    )
    with st.popover("New project", width="stretch"):
        _new_project()


def _choose() -> None:
    with feedback.later(), writing() as session:
        who.choose(session, state.widget(_CHOSEN))


def _new_project() -> None:
    with reading() as session:
        schemes = {scheme.key: scheme.title for scheme in projects.all_schemes(session)}
    st.text_input("Project name", key=_NAME, max_chars=100)
    st.selectbox("Label scheme", list(schemes), format_func=schemes.__getitem__, key=_SCHEME)
    st.text_area("Guideline", key=_GUIDELINE, height=100)
    press("Create project", _create, type="primary", key="create-project")


def _create() -> None:
    with feedback.later():
        with writing() as session:
            project = create_project(
                session,
                name=state.widget(_NAME, ""),
                scheme=state.widget(_SCHEME, ""),
                user_id=local_user(session).id,
                guideline=state.widget(_GUIDELINE, ""),
            )
            who.choose(session, project.id or 0)
        for key in (_NAME, _GUIDELINE):
            state.forget_widget(key)
