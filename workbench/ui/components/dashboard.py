"""Parts of the dashboard: the whole in large figures, tables of links, charts, and their files."""

from datetime import datetime
from html import escape
from typing import Any

import streamlit as st

from db.models import utc_now
from db.queries.claims import WORKED_ON
from db.queries.search import ClaimFilter
from workbench.reviewing.forecast import Forecast
from workbench.ui import feedback, state
from workbench.ui.components import charts
from workbench.ui.components.cells import Cell, cells, claims_link, csv_button, number
from workbench.workflow.overseeing import Board, Figure, Part

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def whole(board: Board) -> str:
    """How far all is: the figures that a team looks at first, and one bar; returns its drawing."""
    charts.draw("figures", _figures(board))
    drawn = charts.step_chart(board["steps"], links=board.with_links)
    with st.expander("How the end is foreseen"):
        st.markdown(METHOD)
    return drawn


def _figures(board: Board) -> str:
    n, ahead = board.n_claims, board.forecast
    share = board.n_done / n if n else 0.0
    shown = (
        ("Done", _link(board, board.n_done, "done"), f"{share:.0%} of {_claims(n)}"),
        ("Left", _link(board, n - board.n_done, "left"), f"in {_articles(board.n_articles)}"),
        ("Reviewed", _link(board, board.n_reviewed, "reviewed"), "at least once"),
        (
            "Reviews to give",
            _link(board, board.n_wanted, "wanting"),
            "until all have as many as wanted",
        ),
        ("End, most likely", ends(ahead), surely(ahead)),
    )
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd><dd>{escape(note)}</dd></div>"
        for name, value, note in shown
    )
    return f'<dl class="fc-figures">{cells}</dl>'


def _link(board: Board, n: int, step: str) -> str:
    if not (board.with_links and n):
        return f"{n:,}"
    to = claims_link(ClaimFilter(states=WORKED_ON, step=step), state.project_id())
    return f'<a href="{escape(to)}">{n:,}</a>'


def _claims(n: int) -> str:
    return "1 claim" if n == 1 else f"{n:,} claims"


def _articles(n: int) -> str:
    return "1 article" if n == 1 else f"{n:,} articles"


METHOD = (
    "From the reviews given on each of the last 28 days, today left out: 2,000 futures of days "
    "drawn at random from them until no review is left to give (the bootstrap of B. Efron, Annals "
    "of Statistics 7, 1979, over daily counts; drawn twice, since four weeks are a sample too), "
    "always with the same seed. The median is the day shown, and eight in ten futures end between "
    "the two days below it. Holidays, people who come or go, and what a lead has to settle are not "
    "foreseen."
)


def ends(ahead: Forecast) -> str:
    """The day in words.

    >>> ends(Forecast(0))
    '–'
    """
    return f"{ahead.on:%-d %b %Y}" if ahead.on else "–"


def surely(ahead: Forecast) -> str:
    """How sure that is, or why nothing is said."""
    if ahead.on is None or ahead.low is None or ahead.high is None:
        return ahead.why
    return (
        f"Eight in ten: {ahead.low:%-d %b} to {ahead.high:%-d %b %Y}, at {ahead.a_day:,.1f} "
        f"reviews a day in the last {ahead.n_days} days."
    )


def table(
    board: Board,
    key: str,
    *,
    full: bool = False,
    heading: bool = True,
    drawn: str | None = None,
) -> None:
    """One table with its heading, its note, and the same as a file; nothing if it has no row.

    `drawn` is a chart of the same, to be taken away with it.
    """
    part = board.parts.get(key)
    if part is None or not part.rows:
        return
    if heading:
        st.subheader(part.title, anchor=False)
    rows: list[list[Cell]] = [[_cell(one, board.with_links) for one in row] for row in part.rows]
    cells(f"part-{key}", part.title, part.columns, rows, full=full)
    if part.note:
        st.caption(feedback.literal(part.note))
    take_away(part, drawn)


def take_away(part: Part, drawn: str | None = None) -> None:
    """The part as files."""
    with st.container(horizontal=True, gap="medium"):
        title, rows = part.title, part.plain()
        csv_button(f"{title} as CSV", f"{part.key}.csv", rows, key=f"{part.key}-csv")
        if drawn is not None:
            key = f"{part.key}-svg"
            charts.svg_button(f"{title} as SVG", f"{part.key}.svg", drawn, key=key)


def period(board: Board, key: str) -> None:
    """Days or weeks: the chart, the figures folded below it, and both as files."""
    part = board[key]
    st.subheader(part.title, anchor=False)
    drawn = charts.period_chart(part, links=board.with_links)
    with st.expander(f"{part.title} in figures"):
        rows: list[list[Cell]] = [
            [_cell(one, board.with_links) for one in row] for row in reversed(part.rows)
        ]
        cells(f"part-{key}", part.title, part.columns, rows, full=True)
    take_away(part, drawn)


def verdicts(board: Board) -> None:
    """Which verdicts were given, as a chart and as a table."""
    part = board.parts.get("verdicts")
    if part is None:
        return
    st.subheader(part.title, anchor=False)
    if board.narrowed:
        st.caption("This project is blind: verdicts and evidence are only your own here.")
    drawn = charts.verdict_chart(part, links=board.with_links)
    rows: list[list[Cell]] = [[_cell(one, board.with_links) for one in row] for row in part.rows]
    cells("part-verdicts", part.title, part.columns, rows, full=True)
    take_away(part, drawn)


def _cell(one: Figure, links: bool) -> Cell:
    wanted = one.wanted if links and one.value not in (None, 0) else None
    if one.kind == "text":
        return {"text": shown(one), "words": True}
    return number(shown(one), wanted)


def shown(one: Figure, now: datetime | None = None) -> str:
    """A figure in words.

    >>> shown(Figure(0.25, "share")), shown(Figure(None, "share")), shown(Figure(95.0, "seconds"))
    ('25%', '–', '1:35')
    """
    value = one.value
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return age((now or utc_now()) - value)
    if isinstance(value, str):
        return value
    if one.kind == "seconds":
        return f"{int(value) // 60}:{int(value) % 60:02}"
    return {"share": f"{value:.0%}", "mean": f"{value:,.1f}"}.get(one.kind, f"{value:,}")


def age(waited: Any) -> str:
    """How long something waits.

    >>> from datetime import timedelta
    >>> age(timedelta(seconds=50)), age(timedelta(hours=5)), age(timedelta(days=12))
    ('0 min', '5 h', '12 days')
    """
    seconds = max(0, int(waited.total_seconds()))
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY} days"
