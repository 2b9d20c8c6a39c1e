"""How far reviewers agree, and how far beyond chance.

All coefficients read the same table: a row is an item (a claim), a column is a reviewer, a cell is
the label that this reviewer gave to this item, or None where there is none. Items with fewer than
two labels say nothing about agreement and are left out. The examples below read `EXAMPLE`.

A coefficient is None where it is not defined: nothing was labelled twice, or, for those that
correct for chance, everything got the same label.

Inside, a table is its distinct rows and how many items have each, so that a hundred thousand
claims cost what their few hundred distinct rows do, and every coefficient is computed for many
bootstrap samples at once: `weights` has a line a sample and a column a distinct row.
"""

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = Sequence[str | None]
Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

EXAMPLE: tuple[Row, ...] = (
    ("true", "true", "true"),
    ("true", "true", "false"),
    ("false", "false", None),
    ("half", "half", "half"),
    ("false", None, "half"),
)
EXAMPLE_LABELS = ("false", "half", "true")
LEVELS = ("nominal", "ordinal", "interval")
TITLES = {
    "percent": "Percent agreement",
    "cohen_kappa": "Cohen's kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "gwet_ac1": "Gwet's AC1",
    **{f"krippendorff_alpha_{level}": f"Krippendorff's alpha ({level})" for level in LEVELS},
}
_NUMBERS_AT_ONCE = 2_000_000


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


@dataclass(frozen=True, slots=True)
class Table:
    """Distinct rows and how many items have each.

    `patterns` has a line a distinct row, a column a reviewer, and in it the place of the label
    among `n_labels`, -1 where there is none. `weights` are numbers of items.
    """

    patterns: Codes
    weights: Floats
    n_labels: int

    @property
    def counts(self) -> Floats:
        """How often each label (column) was given in each distinct row."""
        columns = [(self.patterns == label).sum(axis=1) for label in range(self.n_labels)]
        return np.stack(columns, axis=1).astype(np.float64)


def percent(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """The share of agreeing pairs of labels in an item, 0 to 1, averaged over the items.

    >>> round(percent(EXAMPLE, EXAMPLE_LABELS), 4)
    0.6667
    """
    return value_of("percent", table_of(table, labels))


def cohen_kappa(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Cohen's kappa of two reviewers (Cohen 1960), -1 to 1.

    With more than two columns it is the mean over the pairs that share items, each pair weighing
    as much as the items it shares.

    >>> round(cohen_kappa([row[:2] for row in EXAMPLE], EXAMPLE_LABELS), 4)
    1.0
    >>> round(cohen_kappa(EXAMPLE, EXAMPLE_LABELS), 4)
    0.5992
    """
    return value_of("cohen_kappa", table_of(table, labels))


def fleiss_kappa(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Fleiss' kappa (Fleiss 1971) in Gwet's form, which allows for missing labels; -1 to 1.

    Chance is the mean share of each label over all items, also those labelled once
    (Gwet 2014, Handbook of Inter-Rater Reliability, section 2.5).

    >>> round(fleiss_kappa(EXAMPLE, EXAMPLE_LABELS), 4)
    0.4983
    """
    return value_of("fleiss_kappa", table_of(table, labels))


def gwet_ac1(table: Sequence[Row], labels: Sequence[str]) -> float | None:
    """Gwet's AC1 (Gwet 2008), -1 to 1: a chance term that stays calm where one label prevails.

    >>> round(gwet_ac1(EXAMPLE, EXAMPLE_LABELS), 4)
    0.5008
    """
    return value_of("gwet_ac1", table_of(table, labels))


def krippendorff_alpha(
    table: Sequence[Row], labels: Sequence[str], *, level: str = "nominal"
) -> float | None:
    """Krippendorff's alpha (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).

    `level` is how far two labels are apart: "nominal" (any two differ as much), "ordinal" (by what
    was given between them, in the order of `labels`), "interval" (by their places in `labels`).

    >>> [round(krippendorff_alpha(EXAMPLE, EXAMPLE_LABELS, level=one), 4) for one in LEVELS]
    [0.5714, 0.4972, 0.4828]
    """
    return value_of(f"krippendorff_alpha_{level}", table_of(table, labels))


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
    return coefficients(table_of(table, labels), rounds=rounds, level=level, seed=seed)


def coefficients(
    table: Table,
    *,
    rounds: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    names: Collection[str] = tuple(TITLES),
) -> list[Coefficient]:
    """The coefficients `names` of a table, in the order of `TITLES`; see `agreement`."""
    given = table.counts.sum(axis=1)
    items = int(table.weights[given >= 2].sum())
    ratings = int((given * table.weights)[given >= 2].sum())
    anybody, found = _of_anybody(table), []
    for name, title in TITLES.items():
        if name in names:
            of = table if name == "cohen_kappa" else anybody
            bounds = _bounds(_bootstrap(of, name, rounds, seed), level)
            found.append(
                Coefficient(name, title, value_of(name, of), *bounds, level, items, ratings)
            )
    return found


def value_of(name: str, table: Table) -> float | None:
    """One coefficient of a table, without an interval."""
    value = _MEASURES[name](table, table.weights[None, :])[0]
    return None if np.isnan(value) else float(value)


def table_of(rows: Sequence[Row], labels: Sequence[str]) -> Table:
    """The table of these rows; raises `ValueError` for a label that is not among `labels`."""
    code: dict[str | None, int] = {label: number for number, label in enumerate(labels)}
    code[None] = -1
    try:
        coded = [[code[cell] for cell in row] for row in rows]
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is none of the labels {', '.join(labels)}") from None
    width = max((len(row) for row in coded), default=0)
    return _grouped(np.array(coded, dtype=np.int8).reshape(len(coded), width), len(labels))


def tabulate(
    items: NDArray[Any], reviewers: NDArray[Any], labels: NDArray[Any], n_labels: int
) -> Table:
    """The table of ratings: each says which item got which label (its place) from which reviewer.

    Of two ratings of one item by one reviewer, the last counts.

    >>> one = tabulate(np.array([7, 7, 9]), np.array([1, 2, 1]), np.array([0, 1, 0]), 2)
    >>> one.patterns.tolist(), one.weights.tolist()
    ([[0, -1], [0, 1]], [1.0, 1.0])
    """
    known, rows = np.unique(items, return_inverse=True)
    people, columns = np.unique(reviewers, return_inverse=True)
    full = np.full((len(known), len(people)), -1, dtype=np.int8)
    full[rows, columns] = labels
    return _grouped(full, n_labels)


def _of_anybody(table: Table) -> Table:
    """The table without who gave which label: far fewer distinct rows, and all that every
    coefficient but Cohen's kappa looks at."""
    return _grouped(np.sort(table.patterns, axis=1), table.n_labels, table.weights)


def _grouped(full: Codes, n_labels: int, weights: Floats | None = None) -> Table:
    """The distinct rows, in order, and how many items have each; `weights` are those of `full`."""
    if not full.size:
        return Table(full[:0], np.empty(0), n_labels)
    # As bytes, rows are sorted several times as fast as numbers are, and in the same order.
    rows = np.ascontiguousarray((full + 1).astype(np.uint8)).view(f"V{full.shape[1]}").reshape(-1)
    _, first, which = np.unique(rows, return_index=True, return_inverse=True)
    return Table(full[first], np.bincount(which.reshape(-1), weights).astype(np.float64), n_labels)


# ---- bootstrap samples: the items are drawn anew, as the weights that the distinct rows get


def _bootstrap(table: Table, name: str, rounds: int, seed: int) -> Floats:
    draws = _draws(table.weights, rounds, seed)
    return np.concatenate([[], *(_MEASURES[name](table, drawn) for drawn in draws)])


def _draws(weights: Floats, rounds: int, seed: int) -> Iterator[Floats]:
    """The samples, so many at a time as are held in some megabytes."""
    total = weights.sum()
    if not total:
        return
    generator = np.random.default_rng(seed)
    at_once = max(1, int(_NUMBERS_AT_ONCE // len(weights)))
    for begun in range(0, rounds, at_once):
        size = min(at_once, rounds - begun)
        yield generator.multinomial(int(total), weights / total, size=size).astype(np.float64)


def _bounds(values: Floats, level: float) -> tuple[float | None, float | None]:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None, None
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)


# ---- the coefficients, one a line of `weights`; not a number where it is not defined


def _percent(table: Table, weights: Floats) -> Floats:
    counts = table.counts
    given = counts.sum(axis=1)
    useful = given >= 2
    n, weights = given[useful], weights[:, useful]
    pairs = (counts[useful] * (counts[useful] - 1)).sum(axis=1) / (n * (n - 1))
    return _ratio(weights @ pairs, weights.sum(axis=1))


def _shares(table: Table, weights: Floats) -> Floats:
    """The mean share of each label (column) over all items that have one."""
    counts = table.counts
    given = counts.sum(axis=1)
    used = given > 0
    weights = weights[:, used]
    shares = weights @ (counts[used] / given[used][:, None])
    return _ratio(shares, weights.sum(axis=1)[:, None])


def _fleiss(table: Table, weights: Floats) -> Floats:
    chance = (_shares(table, weights) ** 2).sum(axis=1)
    return _beyond(_percent(table, weights), chance)


def _ac1(table: Table, weights: Floats) -> Floats:
    shares = _shares(table, weights)
    spread: Floats = (shares * (1 - shares)).sum(axis=1)
    n_others = table.n_labels - 1
    chance = spread / n_others if n_others else np.ones(len(weights))
    return _beyond(_percent(table, weights), chance)


def _beyond(observed: Floats, chance: Floats) -> Floats:
    """How far the observed agreement is above chance, of what there is above chance."""
    room = 1 - chance
    return _ratio(observed - chance, np.where(np.abs(room) < 1e-12, 0, room))


def _ratio(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.where(whole == 0, np.nan, part / whole)
    return ratio


def _alpha(table: Table, weights: Floats, level: str) -> Floats:
    counts, n_labels = table.counts, table.n_labels
    given = counts.sum(axis=1)
    useful = given >= 2
    counts, weights, given = counts[useful], weights[:, useful], given[useful]
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(n_labels)
    coincidences = weights @ (pairs / (given - 1)[:, None, None]).reshape(len(counts), n_labels**2)
    per_label = weights @ counts
    distance = _DISTANCES[level](per_label)
    chance = per_label[:, :, None] * per_label[:, None, :]
    expected = (chance * distance).sum(axis=(1, 2)) / (per_label.sum(axis=1) - 1).clip(1)
    observed = (coincidences.reshape(chance.shape) * distance).sum(axis=(1, 2))
    return 1 - _ratio(observed, expected)


def _nominal(per_label: Floats) -> Floats:
    return np.broadcast_to(1.0 - np.eye(per_label.shape[1]), (*per_label.shape, per_label.shape[1]))


def _ordinal(per_label: Floats) -> Floats:
    return _apart(np.cumsum(per_label, axis=1) - per_label / 2)


def _interval(per_label: Floats) -> Floats:
    places = np.arange(per_label.shape[1], dtype=float)
    return _apart(np.broadcast_to(places, per_label.shape))


def _apart(places: Floats) -> Floats:
    apart: Floats = (places[:, :, None] - places[:, None, :]) ** 2
    return apart


_DISTANCES = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval}


def _cohen(table: Table, weights: Floats) -> Floats:
    """The mean of Cohen's kappa over the pairs of columns, by the items that both labelled."""
    cells, rows, n_pairs = _crossed(table)
    size = table.n_labels**2
    found = np.empty(len(weights))
    at_once = max(1, int(_NUMBERS_AT_ONCE // max(len(cells), n_pairs * size, 1)))
    for begun in range(0, len(weights), at_once):
        part = weights[begun : begun + at_once, rows]
        places = cells + np.arange(len(part))[:, None] * (n_pairs * size)
        crossed: Floats = np.zeros(len(part) * n_pairs * size)
        crossed += np.bincount(places.ravel(), part.ravel(), minlength=len(crossed))
        shape = (len(part), n_pairs, table.n_labels, table.n_labels)
        found[begun : begun + at_once] = _mean_kappa(crossed.reshape(shape))
    return found


def _crossed(table: Table) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Each pair of labels in a distinct row: its cell in the cross tables of all pairs of columns
    laid end to end, and its row; and how many pairs of columns there are."""
    n_people, n_labels = table.patterns.shape[1], table.n_labels
    pairs = [(first, second) for first in range(n_people) for second in range(first + 1, n_people)]
    cells, rows = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    n_pairs = 0
    for first, second in pairs:
        one, other = table.patterns[:, first], table.patterns[:, second]
        (both,) = np.nonzero((one >= 0) & (other >= 0))
        if len(both):
            cell = one[both].astype(np.int64) * n_labels + other[both]
            cells.append(cell + n_pairs * n_labels**2)
            rows.append(both)
            n_pairs += 1
    return np.concatenate(cells), np.concatenate(rows), n_pairs


def _mean_kappa(crossed: Floats) -> Floats:
    """From cross tables (sample, pair, first's label, second's label) to one kappa a sample."""
    n = crossed.sum(axis=(2, 3))
    shares = _ratio(crossed, n[:, :, None, None])
    observed = np.trace(shares, axis1=2, axis2=3)
    chance = (shares.sum(axis=2) * shares.sum(axis=3)).sum(axis=2)
    kappas = _beyond(observed, chance)
    n = np.where(np.isnan(kappas), 0, n)
    return _ratio(np.nansum(kappas * n, axis=1), n.sum(axis=1))


_MEASURES: dict[str, Callable[[Table, Floats], Floats]] = {
    "percent": _percent,
    "cohen_kappa": _cohen,
    "fleiss_kappa": _fleiss,
    "gwet_ac1": _ac1,
    **{f"krippendorff_alpha_{one}": functools.partial(_alpha, level=one) for one in LEVELS},
}
