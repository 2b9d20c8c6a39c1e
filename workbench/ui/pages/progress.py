"""Progress: the dashboard that a team keeps open; `?display=wall` for a screen on the wall."""

import streamlit as st

from db.models import utc_now
from db.queries import tallies
from workbench.ui import feedback, state, who
from workbench.ui.components import asset, dashboard
from workbench.ui.components.empty import nothing
from workbench.ui.components.link_check import link_check
from workbench.ui.components.wall import wall
from workbench.ui.database import reading
from workbench.workflow.overseeing import Board, oversee

REFRESH_SECONDS = 10.0


def render() -> None:
    """Draw the page, and draw it again when its figures change."""
    st.html(f"<style>{asset('progress.css')}</style>")
    on_wall = state.query().get("display") == ["wall"]
    head = st.container(horizontal=True, vertical_alignment="bottom")
    if not on_wall:
        head.title("Progress", anchor=False, width="stretch")
    with feedback.here():
        me = who.present()
        with reading() as session:
            stamp = tallies.change_stamp(session, project_id=me.project_id)
            board = oversee(session, project_id=me.project_id, user_id=me.user_id)
        if on_wall:
            wall(board)
        else:
            with head:
                _wall_link(board)
            _page(me, board)
        _follow(me, stamp)


def _wall_link(board: Board) -> None:
    if board.n_articles:
        st.page_link(
            "ui/pages/progress.py", label="For a wall screen", query_params={"display": "wall"}
        )


def _page(me: who.Present, board: Board) -> None:
    if not board.n_articles:
        nothing("No article yet", "Bring one in; what is done with its claims shows here.")
        st.page_link("ui/pages/intake.py", label="Go to Intake")
        return
    drawn = dashboard.whole(board)
    waiting, backlog = st.columns([3, 2], gap="large")
    with waiting:
        dashboard.table(board, "waiting", full=True)
    with backlog:
        dashboard.table(board, "steps", full=True, drawn=drawn)
        dashboard.table(board, "states", full=True)
    _work(me, board)


def _work(me: who.Present, board: Board) -> None:
    if not board["people"].rows:
        nothing("No verdict yet", "The first one given shows here, by whom and which.")
        st.page_link("ui/pages/review.py", label="Give the first verdict")
    else:
        days, weeks = st.columns(2, gap="large")
        with days:
            dashboard.period(board, "days")
        with weeks:
            dashboard.period(board, "weeks")
        dashboard.table(board, "people", full=True)
    left, right = st.columns(2, gap="large")
    with left:
        if board["people"].rows:
            dashboard.verdicts(board)
            dashboard.table(board, "evidence", full=True)
        dashboard.table(board, "outlets", full=True)
        link_check(me, board)
    with right:
        dashboard.table(board, "articles", full=True)
        dashboard.table(board, "domains", full=True)


def _follow(me: who.Present, drawn: str) -> None:
    """Draw the page again once something changed; where the reader is on it stays as it is."""

    def look() -> None:
        with feedback.here():
            with reading() as session:
                stamp = tallies.change_stamp(session, project_id=me.project_id)
            changed = stamp != drawn or utc_now().timestamp() - begun > OLD_SECONDS
        if changed:
            st.rerun()

    begun = utc_now().timestamp()
    st.fragment(look, run_every=REFRESH_SECONDS)()


OLD_SECONDS = 600.0
"""Ages are of the moment that the page was drawn."""

render()
