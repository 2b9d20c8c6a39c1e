"""What surrounds every page: its icon, the project's name, and our few rules of style."""

from pathlib import Path

import streamlit as st

from db.queries import projects
from workbench.ui import feedback, state
from workbench.ui.components import asset
from workbench.ui.database import reading

ICON = str(Path(__file__).parent / "components" / "icon.svg")


def dress() -> None:
    """Draw the sidebar's head and say what the last action had to report."""
    st.html(f"<style>{asset('chrome.css')}</style>")
    with feedback.here(), reading() as session:
        names = {project.id or 0: project.name for project in projects.all_projects(session)}
        _project_picker(names)
    feedback.show_reports()


def _project_picker(names: dict[int, str]) -> None:
    ids = list(names)
    with st.sidebar:
        if len(ids) < 2:
            st.caption("Project")
            st.text(next(iter(names.values()), ""))
            return
        chosen = st.selectbox(
            "Project",
            ids,
            index=ids.index(state.project_id() or ids[0]),
            format_func=names.__getitem__,
        )
        if chosen != state.project_id():
            state.set_project_id(chosen)
