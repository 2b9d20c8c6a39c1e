"""How far reviewers agree, and how far beyond chance.

All coefficients read the same table: a row is an item (a claim), a column is a reviewer, a cell is
the label that this reviewer gave to this item, or None where there is none. Items with fewer than
two labels say nothing about agreement and are left out. The examples below read `EXAMPLE`.

A coefficient is None where it is not defined: nothing was labelled twice, or, for those that
correct for chance, everything got the same label.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Row = Sequence[str | None]
Floats = NDArray[np.float64]

EXAMPLE: tuple[Row, ...] = (
    ("true", "true", "true"),
    ("true", "true", "false"),
    ("false", "false", None),
    ("half", "half", "half"),
    ("false", None, "half"),
)
EXAMPLE_LABELS = ("false", "half", "true")
LEVELS = ("nominal", "ordinal", "interval")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One measure with its bootstrap interval, on `items` items that got at least two labels.

    `low` and `high` are the bounds of the central share `level` (0 to 1) of the bootstrap values.
    """

    name: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    level: float
    items: int
    ratings: int


def percent(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """The share of agreeing pairs of labels in an item, 0 to 1, averaged over the items.

    >>> round(percent(EXAMPLE, EXAMPLE_LABELS), 4)
    0.6667
    """
    return _percent(*_patterns(table, labels))


def cohen_kappa(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Cohen's kappa of two reviewers (Cohen 1960), -1 to 1.

    With more than two columns it is the mean over the pairs that share items, each pair weighing
    as much as the items it shares.

    >>> round(cohen_kappa([row[:2] for row in EXAMPLE], EXAMPLE_LABELS), 4)
    1.0
    >>> round(cohen_kappa(EXAMPLE, EXAMPLE_LABELS), 4)
    0.5992
    """
    values = [(kappa, n) for kappa, n in _pair_kappas(_coded(table, labels), len(labels))]
    total = sum(n for _, n in values)
    return sum(kappa * n for kappa, n in values) / total if total else None


def fleiss_kappa(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Fleiss' kappa (Fleiss 1971) in Gwet's form, which allows for missing labels; -1 to 1.

    Chance is the mean share of each label over all items, also those labelled once
    (Gwet 2014, Handbook of Inter-Rater Reliability, section 2.5).

    >>> round(fleiss_kappa(EXAMPLE, EXAMPLE_LABELS), 4)
    0.4983
    """
    return _fleiss(*_patterns(table, labels))


def gwet_ac1(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Gwet's AC1 (Gwet 2008), -1 to 1: a chance term that stays calm where one label prevails.

    >>> round(gwet_ac1(EXAMPLE, EXAMPLE_LABELS), 4)
    0.5008
    """
    return _ac1(*_patterns(table, labels))


def krippendorff_alpha(
    table: Sequence[Row], labels: Sequence[str], *, level: str = "nominal"
) -> float | None:
    """Krippendorff's alpha (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).

    `level` is how far two labels are apart: "nominal" (any two differ as much), "ordinal" (by what
    was given between them, in the order of `labels`), "interval" (by their places in `labels`).

    >>> [round(krippendorff_alpha(EXAMPLE, EXAMPLE_LABELS, level=one), 4) for one in LEVELS]
    [0.5714, 0.4972, 0.4828]
    """
    return _alpha(*_patterns(table, labels), level)


def agreement(
    table: Sequence[Row],
    labels: Sequence[str],
    *,
    rounds: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> list[Coefficient]:
    """Every coefficient with its bootstrap interval: items are drawn anew `rounds` times.

    The same table and seed give the same intervals. Raises `ValueError` for a label that is not
    among `labels`.

    >>> [(one.name, one.items) for one in agreement(EXAMPLE, EXAMPLE_LABELS, rounds=10)][:2]
    [('percent', 5), ('cohen_kappa', 5)]
    """
    patterns, weights = _grouped(_coded(table, labels))
    counts = _counts(patterns, len(labels))
    useful = counts.sum(axis=1) >= 2
    items = int(weights[useful].sum())
    ratings = int((counts.sum(axis=1) * weights)[useful].sum())
    draws = _draws(weights, rounds, seed)
    return [
        Coefficient(
            name,
            title,
            measure(patterns, counts, weights),
            *_bounds([measure(patterns, counts, drawn) for drawn in draws], level),
            level=level,
            items=items,
            ratings=ratings,
        )
        for name, title, measure in _MEASURES
    ]


# ---- the table as numbers: each distinct row once, and how many items have it


def _coded(table: Sequence[Row], labels: Sequence[str]) -> list[tuple[int, ...]]:
    code: dict[str | None, int] = {label: number for number, label in enumerate(labels)}
    code[None] = -1
    try:
        return [tuple(code[cell] for cell in row) for row in table]
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is none of the labels {', '.join(labels)}") from None


def _grouped(rows: Sequence[tuple[int, ...]]) -> tuple[NDArray[np.int64], Floats]:
    """The distinct rows and their numbers; at most some hundred, however many items there are."""
    found = Counter(rows)
    width = max((len(row) for row in found), default=0)
    patterns = np.array(sorted(found), dtype=np.int64).reshape(len(found), width)
    return patterns, np.array([found[tuple(row)] for row in patterns.tolist()], dtype=float)


def _counts(patterns: NDArray[np.int64], n_labels: int) -> Floats:
    """How often each label (column) was given in each distinct row."""
    columns = [(patterns == label).sum(axis=1) for label in range(n_labels)]
    stacked: Floats = np.stack(columns, axis=1).astype(np.float64)
    return stacked


def _patterns(table: Sequence[Row], labels: Sequence[str]) -> tuple[Floats, Floats]:
    patterns, weights = _grouped(_coded(table, labels))
    return _counts(patterns, len(labels)), weights


def _draws(weights: Floats, rounds: int, seed: int) -> Floats:
    """Bootstrap samples of the items, as the weights that the distinct rows get in each."""
    total = weights.sum()
    if not total:
        return np.empty((0, len(weights)))
    generator = np.random.default_rng(seed)
    return generator.multinomial(int(total), weights / total, size=rounds).astype(np.float64)


def _bounds(values: Sequence[float | None], level: float) -> tuple[float | None, float | None]:
    defined = [value for value in values if value is not None]
    if not defined:
        return None, None
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)


# ---- the coefficients on counts (row: distinct row, column: label) and weights


def _percent(counts: Floats, weights: Floats) -> float | None:
    given = counts.sum(axis=1)
    useful = (given >= 2) & (weights > 0)
    if not useful.any():
        return None
    n = given[useful]
    pairs = (counts[useful] * (counts[useful] - 1)).sum(axis=1) / (n * (n - 1))
    return float(np.average(pairs, weights=weights[useful]))


def _shares(counts: Floats, weights: Floats) -> Floats:
    """The mean share of each label over all items that have one."""
    given = counts.sum(axis=1)
    used = (given > 0) & (weights > 0)
    shares: Floats = np.average(counts[used] / given[used][:, None], axis=0, weights=weights[used])
    return shares


def _beyond(observed: float | None, chance: Callable[[], float]) -> float | None:
    if observed is None:
        return None
    expected = chance()
    return None if np.isclose(expected, 1, atol=1e-12) else (observed - expected) / (1 - expected)


def _fleiss(counts: Floats, weights: Floats) -> float | None:
    chance = lambda: float((_shares(counts, weights) ** 2).sum())  # noqa: E731
    return _beyond(_percent(counts, weights), chance)


def _ac1(counts: Floats, weights: Floats) -> float | None:
    def chance() -> float:
        shares = _shares(counts, weights)
        return float((shares * (1 - shares)).sum() / (len(shares) - 1)) if len(shares) > 1 else 1.0

    return _beyond(_percent(counts, weights), chance)


def _alpha(counts: Floats, weights: Floats, level: str) -> float | None:
    given = counts.sum(axis=1)
    useful = (given >= 2) & (weights > 0)
    counts, weights, given = counts[useful], weights[useful], given[useful]
    per_label = weights @ counts
    n = per_label.sum()
    if not n:
        return None
    scale = weights / (given - 1)
    coincidences = (counts * scale[:, None]).T @ counts - np.diag(scale @ counts)
    distance = _DISTANCES[level](per_label)
    expected = (np.outer(per_label, per_label) * distance).sum() / (n - 1)
    return None if expected == 0 else float(1 - (coincidences * distance).sum() / expected)


def _nominal(per_label: Floats) -> Floats:
    return 1.0 - np.eye(len(per_label))


def _ordinal(per_label: Floats) -> Floats:
    upto = np.cumsum(per_label) - per_label / 2
    apart: Floats = (upto[:, None] - upto[None, :]) ** 2
    return apart


def _interval(per_label: Floats) -> Floats:
    places = np.arange(len(per_label), dtype=float)
    apart: Floats = (places[:, None] - places[None, :]) ** 2
    return apart


_DISTANCES = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval}


def _pair_kappas(rows: Sequence[tuple[int, ...]], n_labels: int) -> list[tuple[float, float]]:
    patterns, weights = _grouped(rows)
    return _weighted_pairs(patterns, weights, n_labels)


def _weighted_pairs(
    patterns: NDArray[np.int64], weights: Floats, n_labels: int
) -> list[tuple[float, float]]:
    """Cohen's kappa of each pair of columns and the number of items that both labelled."""
    found = []
    for first in range(patterns.shape[1]):
        for second in range(first + 1, patterns.shape[1]):
            kappa, n = _kappa(patterns[:, first], patterns[:, second], weights, n_labels)
            if kappa is not None:
                found.append((kappa, n))
    return found


def _kappa(
    first: NDArray[np.int64], second: NDArray[np.int64], weights: Floats, n_labels: int
) -> tuple[float | None, float]:
    both = (first >= 0) & (second >= 0)
    cross = np.zeros((n_labels, n_labels))
    np.add.at(cross, (first[both], second[both]), weights[both])
    n = cross.sum()
    if not n:
        return None, 0.0
    cross /= n
    chance = float(cross.sum(axis=0) @ cross.sum(axis=1))
    return _beyond(float(np.trace(cross)), lambda: chance), float(n)


def _cohen(patterns: NDArray[np.int64], counts: Floats, weights: Floats) -> float | None:
    pairs = _weighted_pairs(patterns, weights, counts.shape[1])
    total = sum(n for _, n in pairs)
    return sum(kappa * n for kappa, n in pairs) / total if total else None


_Measure = Callable[[NDArray[np.int64], Floats, Floats], float | None]
_MEASURES: tuple[tuple[str, str, _Measure], ...] = (
    ("percent", "Percent agreement", lambda _, counts, weights: _percent(counts, weights)),
    ("cohen_kappa", "Cohen's kappa", _cohen),
    ("fleiss_kappa", "Fleiss' kappa", lambda _, counts, weights: _fleiss(counts, weights)),
    ("gwet_ac1", "Gwet's AC1", lambda _, counts, weights: _ac1(counts, weights)),
    *(
        (
            f"krippendorff_alpha_{level}",
            f"Krippendorff's alpha ({level})",
            lambda _, counts, weights, level=level: _alpha(counts, weights, level),
        )
        for level in LEVELS
    ),
)
