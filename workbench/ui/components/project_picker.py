"""The project that is worked in, and how a new one is made."""

import streamlit as st

from db.models import Project, User
from db.queries import projects
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow.projecting import create_project

_CHOSEN = "chosen-project"
_NAME = "new-project-name"
_SCHEME = "new-project-scheme"
_GUIDELINE = "new-project-guideline"


def project_picker(me: User, known: list[Project], project_id: int | None) -> None:
    """Draw the choice of the person's projects, and for an admin the form for a new one."""
    titles = {project.id or 0: project.name for project in known}
    if titles:
        chosen = project_id if project_id in titles else None
        state.fill_widget(_CHOSEN, chosen, when=str(chosen))
        st.selectbox(
            "Project",
            list(titles),
            format_func=titles.__getitem__,
            key=_CHOSEN,
            on_change=_choose,
            args=(me,),
            placeholder="Choose a project",
        )
    if me.is_admin:
        with st.popover("New project", width="stretch"):
            _new_project(me)


def _choose(me: User) -> None:
    chosen = state.widget(_CHOSEN)
    if chosen is not None:
        with feedback.later(), writing() as session:
            who.choose(session, me, chosen)


def _new_project(me: User) -> None:
    with reading() as session:
        schemes = {scheme.key: scheme.title for scheme in projects.all_schemes(session)}
    st.text_input("Project name", key=_NAME, max_chars=100)
    st.selectbox("Label scheme", list(schemes), format_func=schemes.__getitem__, key=_SCHEME)
    st.text_area("Guideline", key=_GUIDELINE, height=100)
    press("Create project", lambda: _create(me), type="primary", key="create-project")


def _create(me: User) -> None:
    with feedback.later():
        with writing() as session:
            project = create_project(
                session,
                name=state.widget(_NAME, ""),
                scheme=state.widget(_SCHEME, ""),
                user_id=me.id,
                guideline=state.widget(_GUIDELINE, ""),
            )
            who.choose(session, me, project.id or 0)
        for key in (_NAME, _GUIDELINE):
            state.forget_widget(key)
