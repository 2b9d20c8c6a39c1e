"""Charts of the work: which verdicts were given, and how many a day. Titles are shown literally."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

BAR_HEIGHT = 44
BLUE = "#3b82c4"
INK = {"light": "#1b2430", "dark": "#e6e8eb"}
QUIET: dict[str, Any] = {"embedOptions": {"actions": False}}


def verdict_chart(verdicts: list[dict[str, Any]]) -> None:
    """One bar a verdict in its own colour, its number in words beside it."""
    shown = pd.DataFrame(verdicts, columns=["title", "color", "n"])
    said = ", ".join(f"{row['title']}: {row['n']}" for row in verdicts)
    base = alt.Chart(shown).encode(
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False)),
        y=alt.Y("title:N", sort=None, title=None, axis=_titles()),
        tooltip=[alt.Tooltip("title:N", title="Verdict"), alt.Tooltip("n:Q", title="Reviews")],
    )
    bars = base.mark_bar(height=22).encode(color=alt.Color("color:N", scale=None))
    numbers = base.mark_text(align="left", dx=6, fontSize=14, color=_ink()).encode(text="n:Q")
    _draw(bars + numbers, height=BAR_HEIGHT * len(verdicts), said=f"Verdicts. {said}")


def per_day_chart(per_day: list[dict[str, Any]]) -> None:
    """One bar a day with the number of reviews submitted on it, days without any included."""
    shown = pd.DataFrame(per_day, columns=["day", "n"])
    shown["day"] = pd.to_datetime(shown["day"])
    days = shown.set_index("day")["n"].asfreq("D", fill_value=0).reset_index()
    days["from"] = days["day"].dt.strftime("%Y-%m-%d")
    bars = (
        alt.Chart(days)
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X(
                "from:O",
                title=None,
                axis=alt.Axis(labelAngle=0, labelColor=_ink(), labelOverlap="greedy"),
            ),
            y=alt.Y(
                "n:Q",
                title=None,
                axis=alt.Axis(labelColor=_ink(), tickMinStep=1, format="d", tickCount=4),
            ),
            tooltip=[alt.Tooltip("from:O", title="Day"), alt.Tooltip("n:Q", title="Reviews")],
        )
    )
    total = int(days["n"].sum())
    first, last = days["from"].iloc[0], days["from"].iloc[-1]
    _draw(bars, height=200, said=f"{total} reviews submitted between {first} and {last}")


def _titles() -> alt.Axis:
    return alt.Axis(
        labelColor=_ink(),
        labelLimit=260,
        labelFontSize=14,
        labelPadding=8,
        ticks=False,
        domain=False,
        grid=False,
    )


def _ink() -> str:
    """The colour of words on the page's background."""
    return INK["dark" if st.context.theme.type == "dark" else "light"]


def _draw(chart: Any, *, height: int, said: str) -> None:
    drawn = chart.properties(height=height, usermeta=QUIET).configure_view(strokeWidth=0)
    st.altair_chart(drawn, height=height + 40, alt=said)
