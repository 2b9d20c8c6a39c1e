"""History: who did what when in the project, before and after, the newest first."""

import streamlit as st

from db.models import Project
from db.queries import history, users
from db.queries.history import EVERYTHING, EventFilter, EventRow
from workbench.ui import feedback, state, who
from workbench.ui.components.empty import nothing
from workbench.ui.components.history_files import history_files
from workbench.ui.components.history_filter import drafts_and_clear, history_filter
from workbench.ui.components.history_list import history_list
from workbench.ui.database import reading
from workbench.workflow.addressing import pairs
from workbench.workflow.narrating import names_of
from workbench.workflow.permitting import sight
from workbench.workflow.tracing import from_query, to_query

EVENTS_A_PAGE = 50


def render() -> None:
    """Draw the page."""
    st.title("History", anchor=False)
    with feedback.here():
        me = who.present("see history")
        wanted, before_id = from_query(state.query()), state.event_in_url()
        with reading() as session:
            viewer = sight(
                session, project_id=me.project_id, user_id=me.user_id, activity="see history"
            )
            rows = history.page(
                session, viewer, wanted, limit=EVENTS_A_PAGE + 1, before_id=before_id
            )
            names = names_of(session, project_id=me.project_id)
            people = users.all_users(session)
            project = session.get_one(Project, me.project_id).name
        history_filter(wanted, people)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            drafts_and_clear(wanted)
            if rows:
                history_files(me, project, wanted)
            _places(wanted, rows, before_id)
        if not rows:
            _why_empty(wanted)
            return
        history_list(rows[:EVENTS_A_PAGE], names, to_query(wanted))
        with st.container(horizontal=True, gap="medium"):
            _places(wanted, rows, before_id)


def _places(wanted: EventFilter, rows: list[EventRow], before_id: int | None) -> None:
    """Links to what is older, and back to the newest."""
    if before_id is not None:
        _link("Newest", wanted)
    if len(rows) > EVENTS_A_PAGE:
        _link("Older", wanted, before=rows[EVENTS_A_PAGE - 1].id)


def _link(label: str, wanted: EventFilter, **more: int) -> None:
    query = to_query(wanted) | {name: [str(id)] for name, id in more.items()}
    st.page_link("ui/pages/history.py", label=label, query_params=pairs(query), width="content")


def _why_empty(wanted: EventFilter) -> None:
    if wanted == EVERYTHING:
        nothing("Nothing has happened yet", "Whatever is done in this project shows here.")
        return
    nothing("Nothing like that happened", "Or it is not yours to read yet: judge the claim first.")
    _link("Show everything", EVERYTHING)


render()
