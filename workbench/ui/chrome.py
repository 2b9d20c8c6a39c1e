"""What surrounds every page: its icon, the project, and our few rules of style."""

from pathlib import Path

import streamlit as st

from db.queries import projects
from workbench.ui import feedback, who
from workbench.ui.components import asset
from workbench.ui.components.project_picker import project_picker
from workbench.ui.database import reading

ICON = str(Path(__file__).parent / "components" / "icon.svg")


def dress() -> None:
    """Draw the sidebar's foot and say what the last action had to report."""
    st.html(f"<style>{asset('chrome.css')}</style>")
    with feedback.here(), st.sidebar:
        me = who.present()
        with reading() as session:
            known = projects.all_projects(session)
        project_picker(me, known)
        st.page_link("ui/pages/guideline.py", label="Guideline")
    feedback.show_reports()
