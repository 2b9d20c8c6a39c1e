"""Agreement in tables: coefficients with intervals, confusion, pairs, slices, probable verdicts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from db.queries.search import ClaimFilter, Hit
from workbench.reviewing.agreement import Coefficient
from workbench.ui.components.cells import Cell, cells, csv_button, number
from workbench.workflow.comparing import Group, Report
from workbench.workflow.estimating import Estimate, Trust

MOST_PEOPLE = 20
MARKS = (0.0, 0.667, 0.8)


def coefficient_table(report: Report) -> None:
    """One line a coefficient, with its interval in words and drawn."""
    found, wanted = report.whole.coefficients, report.whole.wanted
    least = _least(found)
    rows: list[list[Cell]] = [
        [one.title, number(_value(one), wanted), _interval(one), _bar(one, least)] for one in found
    ]
    columns = ("Coefficient", "Value", "95% interval", f"{least:g} to 1")
    cells(f"coefficients-{report.stage.key}", "Coefficients", columns, rows, full=True)
    csv_button(
        "Coefficients as CSV",
        f"agreement-{report.stage.key}.csv",
        [{"stage": report.stage.key, **_plain(one)} for one in found],
        key="coefficients-csv",
    )


def confusion_table(report: Report) -> None:
    """Of how many items one said the row's label and another the column's."""
    labels = report.stage.labels
    most = max((n for row in report.confusion for n in row), default=0) or 1
    rows: list[list[Cell]] = [
        [
            labels[first],
            *(
                number(f"{n:,}", report.cell(first, second) if n else None, shade=n / most)
                for n, second in zip(row, labels, strict=True)
            ),
        ]
        for first, row in zip(labels, report.confusion, strict=True)
    ]
    cells(f"confusion-{report.stage.key}", "Confusion of labels", ["", *labels.values()], rows)
    csv_button(
        "Labels as CSV",
        f"confusion-{report.stage.key}.csv",
        [
            {"one said": first, "another said": second, "items": n}
            for first, row in zip(labels, report.confusion, strict=True)
            for second, n in zip(labels, row, strict=True)
        ],
        key="confusion-csv",
    )


def slice_table(report: Report, groups: Sequence[Group], by: str, title: str) -> None:
    """One line a slice: how many items, how many differ, the percentage and one coefficient."""
    chosen = [group.coefficients[-1] for group in groups]
    least = _least(chosen)
    rows: list[list[Cell]] = [
        [
            group.title,
            number(f"{group.n_items:,}", group.wanted),
            number(f"{group.n_disagreed:,}", _differing(group)),
            _value(group.coefficients[0]),
            _value(one),
            _interval(one),
            _bar(one, least),
        ]
        for group, one in zip(groups, chosen, strict=True)
    ]
    columns = (title, "Compared", "Differ", "Percent", chosen[0].title, "95% interval")
    key = f"slices-{report.stage.key}-{by}"
    cells(key, f"Agreement by {title.lower()}", (*columns, f"{least:g} to 1"), rows, full=True)
    file_name = f"agreement-{report.stage.key}-by-{by}.csv"
    csv_button("Slices as CSV", file_name, slices_plain(groups), key="slices-csv")


def pair_matrix(report: Report, pairs: Sequence[Group]) -> None:
    """Everybody against everybody: the coefficient, and on how many items it rests."""
    known = {group.wanted.reviewers: group for group in pairs}
    busy = list(dict.fromkeys(name for pair in known for name in pair))[:MOST_PEOPLE]
    people = sorted(busy)
    rows: list[list[Cell]] = [
        [
            report.reviewers[one],
            *(_pair(known.get((one, other)) or known.get((other, one))) for other in people),
        ]
        for one in people
    ]
    names = [report.reviewers[name] for name in people]
    cells(f"pairs-{report.stage.key}", "Agreement of pairs", ["", *names], rows)
    if len(report.reviewers) > len(people):
        st.caption(f"Of {len(report.reviewers)} people, those of the {len(pairs)} busiest pairs.")


def probable_table(estimate: Estimate, hits: Sequence[Hit]) -> None:
    """The claims of which the final verdict is another than the probable one, the surest first."""
    texts, titles = {hit.id: hit.text for hit in hits}, estimate.stage.labels
    rows: list[list[Cell]] = [
        [
            {"text": texts[one.claim_id], "query": f"claims?claim={one.claim_id}"},
            titles[one.resolved or ""],
            titles[one.label],
            f"{one.share:.0%}",
            f"{one.n_reviews}",
        ]
        for one in estimate.differing
        if one.claim_id in texts
    ]
    columns = ("Claim", "Final verdict", "Probable", "How probable", "Reviews")
    cells("probable", "Probable verdicts that differ from final ones", columns, rows, full=True)


def probable_plain(estimate: Estimate) -> list[dict[str, Any]]:
    """Every claim with its posterior, for a file."""
    return [
        {
            "claim": one.claim_id,
            "resolved": one.resolved or "",
            "probable": one.label,
            "reviews": one.n_reviews,
            **dict(zip(estimate.stage.labels, one.shares, strict=True)),
        }
        for one in estimate.claims
    ]


def trust_table(estimate: Estimate) -> None:
    """One line a reviewer: how often they are probably right, over all and label by label."""
    titles = estimate.stage.labels
    rows: list[list[Cell]] = [
        [
            one.title,
            number(f"{one.n_reviews:,}", ClaimFilter(reviewer=one.name)),
            f"{one.accuracy:.0%}",
            *(_right(one, place) for place in range(len(titles))),
        ]
        for one in estimate.reviewers
    ]
    columns = ("Reviewer", "Reviews", "Right", *titles.values())
    cells("trust", "How often reviewers are probably right", columns, rows, full=True)


def trust_confusion(estimate: Estimate, one: Trust) -> None:
    """What a reviewer says of claims of each probable label."""
    titles = list(estimate.stage.labels.values())
    rows: list[list[Cell]] = [
        [
            {"text": title, "note": f"about {n:.0f}"},
            *(number(f"{share:.0%}", shade=share) if n >= 0.5 else "–" for share in line),
        ]
        for title, line, n in zip(titles, one.confusion, one.expected, strict=True)
    ]
    cells(f"trust-{one.name}", f"What {one.title} says", ["Probably", *titles], rows)


def slices_plain(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """One row a slice and coefficient, for a file."""
    return [
        {
            "slice": group.key,
            "compared": group.n_items,
            "differ": group.n_disagreed,
            **_plain(one),
        }
        for group in groups
        for one in group.coefficients
    ]


def _plain(one: Coefficient) -> dict[str, Any]:
    return {
        "coefficient": one.name,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "items": one.items,
        "ratings": one.ratings,
    }


def _differing(group: Group) -> ClaimFilter | None:
    return replace(group.wanted, disagreed=True) if group.n_disagreed else None


def _pair(group: Group | None) -> Cell:
    if group is None:
        return ""
    one = group.coefficients[-1]
    shade = max(0.0, one.value or 0.0)
    return number(_value(one), group.wanted, note=f"of {group.n_items:,}", shade=shade)


def _right(one: Trust, place: int) -> Cell:
    n, share = one.expected[place], one.confusion[place][place]
    if n < 0.5:
        return "–"
    return {"text": f"{share:.0%}", "note": f"of about {n:.0f}", "shade": share}


def _value(one: Coefficient) -> str:
    if one.value is None:
        return "–"
    return f"{one.value:.1%}" if one.name == "percent" else f"{one.value:.3f}"


def _interval(one: Coefficient) -> str:
    if one.low is None or one.high is None:
        return "–"
    if one.name == "percent":
        return f"{one.low:.1%} to {one.high:.1%}"
    return f"{one.low:.3f} to {one.high:.3f}"


def _bar(one: Coefficient, least: float) -> Cell:
    bounds = {"value": one.value, "low": one.low, "high": one.high}
    return {"text": "", "bar": {**bounds, "least": least, "marks": MARKS}}


def _least(found: Sequence[Coefficient]) -> float:
    """Where the scale begins: 0, or a fifth below it for what is less than chance."""
    lowest = min((one.low for one in found if one.low is not None), default=0.0)
    return 0.0 if lowest >= 0 else max(-1.0, -(int(-lowest * 5) + 1) / 5)
