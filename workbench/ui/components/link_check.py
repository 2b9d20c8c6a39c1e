"""Links that died: which, since when, on which claims; and checking them all again."""

import streamlit as st

from db.models import Job
from db.queries import links
from db.queries.jobs import OPEN_STATES
from workbench.ui import feedback, who
from workbench.ui.components import dashboard
from workbench.ui.database import reading, writing
from workbench.workflow.linking import queue_check
from workbench.workflow.overseeing import Board
from workbench.workflow.permitting import may


def link_check(me: who.Present, board: Board) -> None:
    """Draw the list and, for whom it is, the button; nothing for whom it would tell too much."""
    if "links" not in board.parts:
        return
    with reading() as session:
        n = links.n_sources(session, project_id=me.project_id)
        job = links.latest_job(session, project_id=me.project_id)
        allowed = may(session, project_id=me.project_id, user_id=me.user_id, activity="check links")
    st.subheader("Links that died", anchor=False)
    dashboard.table(board, "links", heading=False)
    st.caption(feedback.literal(_about(board, n, job)))
    busy = job is not None and job.state in OPEN_STATES
    if allowed and n and st.button("Check the links again", disabled=busy, key="check-links"):
        with writing() as session:
            queue_check(session, project_id=me.project_id, user_id=me.user_id)
        st.rerun()


def _about(board: Board, n: int, job: Job | None) -> str:
    if not n:
        return "No source is cited yet."
    sources = "1 source" if n == 1 else f"{n:,} sources"
    if job is not None and job.state in OPEN_STATES:
        return f"Checking {sources}: {job.done:,} asked so far."
    if job is not None and job.state == "failed":
        return job.error
    if board.checked_at is None:
        return f"The addresses of {sources} were never checked."
    none = "" if board["links"].rows else "None is dead. "
    return f"{none}{sources}, last checked on {board.checked_at:%Y-%m-%d %H:%M} UTC."
