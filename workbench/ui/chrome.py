"""What surrounds every page: its icon, who is here, the project, and our few rules of style."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from db.models import User
from workbench.errors import NoProject, NotPermitted, SignedOut, WorkbenchError
from workbench.ui import feedback, state, who
from workbench.ui.components import asset
from workbench.ui.components.own_place import own_place
from workbench.ui.components.project_picker import project_picker
from workbench.ui.components.signed_out import signed_out
from workbench.ui.database import reading
from workbench.workflow.permitting import may

ICON = str(Path(__file__).parent / "components" / "icon.svg")


PAGES = {
    "Intake": "article.imported",
    "Claims": "see claims",
    "Review": "review",
    "Adjudicate": "adjudicate",
    "Guideline": None,
    "Progress": "see progress",
    "Agreement": "see agreement",
    "History": "see history",
    "Exports": "export",
    "Team": "see team",
}
"""Title to the activity that a page is for; None for one that others lead to."""


def pages() -> list[StreamlitPage]:
    """Every page, of its own file; the sidebar shows those that the person's role allows.

    Whoever comes by its address to another reads which role it needs.
    """
    shown = _shown()
    return [
        st.Page(
            f"ui/pages/{title.lower()}.py",
            title=title,
            url_path=title.lower(),
            visibility="visible" if title in shown else "hidden",
        )
        for title in PAGES
    ]


def _shown() -> set[str]:
    """Which pages to show the way to; one that cannot be drawn says why itself."""
    known = {title: activity for title, activity in PAGES.items() if activity}
    try:
        user_id, project_id = who.arrived().user.id or 0, _project_id()
        if project_id is None:
            return {"Team"}
        with reading() as session:
            asked = {"project_id": project_id, "user_id": user_id}
            return {
                title
                for title, activity in known.items()
                if title == "Team" or may(session, **asked, activity=activity)
            }
    except SignedOut:
        return set()
    except WorkbenchError:
        return set(known)


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
        _foot(arrival.user, signs_in=arrival.sign_in_id is not None)
    feedback.show_reports()
    return True


def _foot(user: User, *, signs_in: bool) -> None:
    project_id = _project_id()
    with reading() as session:
        known = who.known_projects(session, user)
    project_picker(user, known, project_id)
    if project_id is not None:
        st.page_link("ui/pages/guideline.py", label="Guideline")
    own_place(user, project_id, signs_in=signs_in)


def _project_id() -> int | None:
    """The project that the page is drawn for; None where it will say that there is none."""
    try:
        return who.present().project_id
    except (NotPermitted, NoProject):
        return state.project_id()
