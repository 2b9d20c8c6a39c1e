"""Charts of the dashboard on the page: drawn as SVG, and taken away as the same."""

from collections.abc import Sequence

import streamlit as st

from workbench.ui import state
from workbench.ui.components import asset, svg
from workbench.ui.components.cells import claims_link
from workbench.ui.components.svg import Bar
from workbench.workflow.overseeing import Part

_component = st.components.v2.component(
    "factcheck_chart",
    html='<div class="fc-chart"></div>',
    css=asset("charts.css"),
    js=asset("charts.js"),
    isolate_styles=False,
)


def draw(key: str, drawn: str) -> None:
    """Put a drawing onto the page: HTML of ours, in which every text is escaped."""
    _component(key=key, data={"drawn": drawn}, height="content", width="stretch")


def bars(part: Part, column: int, *, links: bool) -> list[Bar]:
    """The bars of one column of a table, each leading to its claims if `links`."""
    project_id = state.project_id()
    return svg.bars_of(part, column, (lambda to: claims_link(to, project_id)) if links else None)


def period_chart(part: Part, *, links: bool) -> str:
    """Reviews by day or week; returns the drawing."""
    total = sum(bar.n for bar in bars(part, 1, links=False))
    first, last = part.rows[0][0].value, part.rows[-1][0].value
    said = f"{total:,.0f} reviews submitted, {first} to {last}"
    drawn = svg.upright(said, bars(part, 1, links=links))
    draw(f"chart-{part.key}", drawn)
    return drawn


def verdict_chart(part: Part, *, links: bool) -> str:
    """Claims by verdict, each in its own colour; returns the drawing."""
    shown = bars(part, 1, links=links)
    said = ", ".join(f"{bar.name}: {bar.n:,.0f}" for bar in shown)
    drawn = svg.lying(f"{part.title}. {said}", shown)
    draw(f"chart-{part.key}", drawn)
    return drawn


def step_chart(part: Part, *, links: bool) -> str:
    """All claims that are worked on, by how far they are; returns the drawing."""
    found = {bar.name: bar for bar in bars(part, 1, links=links)}
    shown: Sequence[Bar] = [
        Bar(name, found[name].n, color, found[name].href)
        for name, color in svg.STEP_COLORS.items()
        if name in found
    ]
    said = ", ".join(f"{bar.name}: {bar.n:,.0f}" for bar in shown)
    drawn = svg.in_one(f"How far the claims are. {said}", shown)
    draw("chart-steps", drawn + svg.legend(shown))
    return drawn


def svg_button(title: str, file_name: str, drawn: str, *, key: str) -> None:
    """Take the chart away as a file; it is made at the click."""
    st.download_button(
        title,
        lambda: svg.alone(drawn).encode(),
        file_name=file_name,
        mime="image/svg+xml",
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
