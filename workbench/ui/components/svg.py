"""Charts as SVG, the same on the page and in a file: bars that lead to the claims behind them.

Colours are the page's (`currentColor`, and `--fc-…` with what a file has in its place). Every text
is escaped; names are shortened by their number of characters and stand whole in the title.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from db.queries.search import ClaimFilter
from workbench.workflow.overseeing import Figure, Part

WIDTH = 620
HEIGHT, BELOW, LEFT = 180, 28, 48
LINE, NAMES = 34, 232
MOST_CHARACTERS = 26
Address = Callable[[ClaimFilter], str]
BAR = "var(--fc-bar, #3b82c4)"
STEP_COLORS = {
    "Done": "var(--fc-done, #2f7fc1)",
    "Under review": "var(--fc-started, #9cc3e6)",
    "Contested": "var(--fc-contested, #d9a441)",
    "Not reviewed": "var(--fc-open, #d5d3cd)",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its number, its colour, and the address of the claims behind it."""

    name: str
    n: float
    color: str
    href: str | None


def bars_of(part: Part, column: int, address: Address | None) -> list[Bar]:
    """A bar for each row of the part, of the figures in this column."""
    colors = part.colors or (BAR,) * len(part.rows)
    return [
        Bar(str(row[0].value), _number(row[column]), color, _href(row[column], address))
        for row, color in zip(part.rows, colors, strict=True)
    ]


def upright(title: str, bars: Sequence[Bar]) -> str:
    """Bars beside each other over their names: for days and weeks."""
    most = max([bar.n for bar in bars], default=0) or 1
    step = (WIDTH - LEFT) / max(len(bars), 8)
    width, every = min(step * 0.72, 40), -(-len(bars) // 7)
    parts = [
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y}" y2="{y}" stroke="currentColor" '
        f'stroke-opacity=".25"/>'
        f'<text x="{LEFT - 8}" y="{y + 5}" text-anchor="end">{label:,.0f}</text>'
        for y, label in ((HEIGHT, 0), (14, most))
    ]
    for place, bar in enumerate(bars):
        x, height = LEFT + step * place + (step - width) / 2, (HEIGHT - 14) * bar.n / most
        drawn = (
            f'<rect x="{x - (step - width) / 2:.1f}" y="14" width="{step:.1f}" '
            f'height="{HEIGHT - 14}" fill="transparent"/>'
            f'<rect x="{x:.1f}" y="{HEIGHT - height:.1f}" width="{width:.1f}" '
            f'height="{height:.1f}" rx="2" fill="{bar.color}"/>'
        )
        parts.append(_linked(bar, drawn))
        if (len(bars) - 1 - place) % every == 0:
            middle = min(x + width / 2, WIDTH - 22)
            shown = escape(bar.name[5:] if bar.name[:2] == "20" else bar.name)
            parts.append(
                f'<text x="{middle:.1f}" y="{HEIGHT + 21}" text-anchor="middle">{shown}</text>'
            )
    return _svg(title, HEIGHT + BELOW, parts)


def lying(title: str, bars: Sequence[Bar]) -> str:
    """Bars below each other beside their names: for verdicts."""
    most, parts = max([bar.n for bar in bars], default=0) or 1, []
    for place, bar in enumerate(bars):
        y, width = place * LINE, (WIDTH - NAMES - 70) * bar.n / most
        shown = bar.name[:MOST_CHARACTERS] + ("…" if len(bar.name) > MOST_CHARACTERS else "")
        drawn = (
            f'<rect x="{NAMES}" y="{y}" width="{WIDTH - NAMES}" height="{LINE}" '
            f'fill="transparent"/><rect x="{NAMES}" y="{y + 6}" width="{width:.1f}" height="22" '
            f'rx="2" fill="{bar.color}"/><text x="{NAMES + width + 8:.1f}" y="{y + 22}">'
            f"{bar.n:,.0f}</text>"
        )
        parts.append(
            f'<text x="{NAMES - 12}" y="{y + 22}" text-anchor="end">{escape(shown)}</text>'
        )
        parts.append(_linked(bar, drawn))
    return _svg(title, LINE * len(bars), parts)


def in_one(title: str, bars: Sequence[Bar]) -> str:
    """One bar of several parts: how far the whole is."""
    total, x, parts = sum(bar.n for bar in bars) or 1, 0.0, []
    for bar in bars:
        width = 2 * WIDTH * bar.n / total
        if width:
            drawn = f'<rect x="{x:.1f}" y="0" width="{width:.1f}" height="18" fill="{bar.color}"/>'
            parts.append(_linked(bar, drawn))
        x += width
    return _svg(title, 18, parts, width=2 * WIDTH, stretch=True)


def legend(bars: Sequence[Bar]) -> str:
    """Which colour is what, as HTML."""
    names = "".join(
        f'<span><i style="background: {bar.color}"></i>{escape(bar.name)}</span>' for bar in bars
    )
    return f'<div class="fc-legend" aria-hidden="true">{names}</div>'


def alone(svg: str) -> str:
    """The chart as a file of its own: on white, links left out, with the colours of the light page.

    >>> alone('<svg class="fc-svg"><a href="x"><rect/></a></svg>').count("<a")
    0
    """
    inside = svg.partition(">")[2]
    head = svg.partition(">")[0].replace(
        "<svg", '<svg xmlns="http://www.w3.org/2000/svg" color="#1b2430" font-family="sans-serif"'
    )
    for name, color in _LIGHT.items():
        inside = inside.replace(name, color)
    while (start := inside.find("<a ")) >= 0:
        inside = inside[:start] + inside[inside.index(">", start) + 1 :]
    inside = inside.replace("</a>", "")
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{ground}{inside}\n'


_LIGHT = {BAR: "#3b82c4"} | {
    color: color.partition(", ")[2].rstrip(")") for color in STEP_COLORS.values()
}


def _svg(
    title: str, height: float, parts: Sequence[str], *, width: int = WIDTH, stretch: bool = False
) -> str:
    aspect = ' preserveAspectRatio="none"' if stretch else ""
    return (
        f'<svg class="fc-svg" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{escape(title)}" font-size="16" fill="currentColor"{aspect}>'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _linked(bar: Bar, drawn: str) -> str:
    said = f"{bar.name}: {bar.n:,.0f}"
    inside = f"<g><title>{escape(said)}</title>{drawn}</g>"
    if bar.href is None or not bar.n:
        return inside
    return f'<a href="{escape(bar.href)}" aria-label="{escape(said)}">{inside}</a>'


def _number(cell: Figure) -> float:
    return cell.value if isinstance(cell.value, int | float) else 0


def _href(cell: Figure, address: Address | None) -> str | None:
    return address(cell.wanted) if address and cell.wanted else None
