"""What surrounds every page: its icon, the project, and our few rules of style."""

from pathlib import Path

import streamlit as st

from workbench.errors import NoProject, NotPermitted, SignedOut, WorkbenchError
from workbench.ui import feedback, state, who
from workbench.ui.components import asset
from workbench.ui.components.project_picker import project_picker
from workbench.ui.components.signed_out import signed_out
from workbench.ui.database import reading

ICON = str(Path(__file__).parent / "components" / "icon.svg")


def dress() -> bool:
    """Draw the sidebar's foot and say what the last action had to report.

    Returns whether there is somebody to draw the page for.
    """
    st.html(f"<style>{asset('chrome.css')}</style>")
    try:
        arrival = who.arrived()
        who.note_seen(arrival)
    except SignedOut as error:
        signed_out(error)
        return False
    except WorkbenchError as error:
        with st.sidebar:
            st.error(feedback.literal(str(error)))
        return True
    with feedback.here(), st.sidebar:
        with reading() as session:
            known = who.known_projects(session, arrival.user)
        project_picker(arrival.user, known, _project_id())
        st.page_link("ui/pages/guideline.py", label="Guideline")
    feedback.show_reports()
    return True


def _project_id() -> int | None:
    """The project that the page is drawn for; None where it will say that there is none."""
    try:
        return who.present().project_id
    except (NotPermitted, NoProject):
        return state.project_id()
