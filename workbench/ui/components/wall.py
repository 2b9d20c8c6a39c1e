"""The dashboard for a screen on the wall: few figures, large, and nothing to press."""

from html import escape

import streamlit as st

from workbench.ui.components import asset, charts, dashboard
from workbench.ui.components.empty import nothing
from workbench.workflow.overseeing import Board, Part

MOST_PEOPLE, MOST_WAITING = 10, 4


def wall(board: Board) -> None:
    """Draw it, as large as the screen."""
    st.html(f"<style>{asset('wall.css')}</style>")
    with st.container(key="wall"):
        if not board.n_articles:
            nothing("No article yet", "What is done shows here.")
            return
        st.html(_head(board))
        charts.step_chart(board["steps"], links=False)
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.html('<h2 class="fc-wall-heading">Reviews a day</h2>')
            charts.period_chart(board["days"], links=False)
            _draw_table(board["waiting"], (0, 1, 2, 3), MOST_WAITING)
        with right:
            _draw_table(board["people"], (0, 1, 2), MOST_PEOPLE)
    st.page_link("ui/pages/progress.py", label="Leave the wall display", query_params={})


def _head(board: Board) -> str:
    share = board.n_done / board.n_claims if board.n_claims else 0.0
    figures = (
        ("Done", f"{board.n_done:,}", f"{share:.0%} of {board.n_claims:,} claims"),
        ("Left", f"{board.n_claims - board.n_done:,}", f"{board.n_wanted:,} reviews to give"),
        ("End, most likely", dashboard.ends(board.forecast), dashboard.surely(board.forecast)),
    )
    cells = "".join(
        f"<div><span>{escape(name)}</span><b>{escape(value)}</b><span>{escape(note)}</span></div>"
        for name, value, note in figures
    )
    return (
        f'<h1 class="fc-wall-title">{escape(board.project)}</h1><div class="fc-wall">{cells}</div>'
    )


def _draw_table(part: Part, columns: tuple[int, ...], most: int) -> None:
    if part.rows:
        st.html(_table(part, columns, most))


def _table(part: Part, columns: tuple[int, ...], most: int) -> str:
    head = "".join(
        f'<th scope="col" class="fc-{part.rows[0][place].kind}">{escape(part.columns[place])}</th>'
        for place in columns
    )
    lines = "".join(
        f'<tr><th scope="row">{escape(dashboard.shown(row[0]))}</th>'
        + "".join(
            f'<td class="fc-{row[place].kind}">{escape(dashboard.shown(row[place]))}</td>'
            for place in columns[1:]
        )
        + "</tr>"
        for row in part.rows[:most]
    )
    return (
        f'<table class="fc-wall-table"><caption>{escape(part.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )
