"""The coefficients against independent implementations, on random tables with missing labels."""

import itertools
import json
import random
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from workbench.reviewing import agreement as ours

LABELS = ("a", "b", "c", "d")
TABLES = range(200)
# What irrCAC 0.4.4 says of each table; it asks for pandas 2, so it cannot stand beside ours.
IRRCAC = Path(__file__).parent / "irrcac.json"
MEASURES = (ours.percent, ours.fleiss_kappa, ours.gwet_ac1)


def table(seed: int, *, missing: float = 0.25, raters: int | None = None) -> list[list[str | None]]:
    """A random table in which raters follow the item's own label half of the time."""
    draw = random.Random(seed)
    labels = LABELS[: draw.randint(2, 4)]
    raters = raters or draw.randint(2, 5)

    def cell(true: str) -> str | None:
        if draw.random() < missing:
            return None
        return true if draw.random() < 0.5 else draw.choice(labels)

    rows = [[cell(true) for _ in range(raters)] for true in draw.choices(labels, k=30)]
    # Each label occurs, so that every implementation counts the same number of labels.
    return [*rows, *([label] * raters for label in labels)]


def labels_of(rows: list[list[str | None]]) -> list[str]:
    return sorted({cell for row in rows for cell in row if cell is not None})


def bounds(one: ours.Coefficient) -> tuple[float, float]:
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def width(one: ours.Coefficient) -> float:
    low, high = bounds(one)
    return high - low


def test_they_equal_irrcac() -> None:
    theirs = json.loads(IRRCAC.read_text())
    assert len(theirs) == len(TABLES)
    for seed, expected in zip(TABLES, theirs, strict=True):
        rows = table(seed)
        labels = labels_of(rows)
        found = [measure(rows, labels) for measure in MEASURES]
        assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("level", ours.LEVELS)
def test_alpha_equals_krippendorff(level: str) -> None:
    for seed in TABLES:
        rows = table(seed)
        labels = labels_of(rows)
        places = {None: np.nan} | {label: place for place, label in enumerate(labels)}
        data = np.array([[places[cell] for cell in row] for row in rows], dtype=float).T
        theirs = krippendorff.alpha(
            reliability_data=data,
            level_of_measurement=level,
            value_domain=list(range(len(labels))),
        )
        assert ours.krippendorff_alpha(rows, labels, level=level) == pytest.approx(theirs, abs=1e-9)


def test_kappas_equal_statsmodels_where_it_can_read_the_table() -> None:
    for seed in TABLES:
        pair = table(seed, raters=2)
        labels = labels_of(pair)
        both = [row for row in pair if None not in row]
        cross = pd.crosstab([row[0] for row in both], [row[1] for row in both])
        cross = cross.reindex(index=labels, columns=labels, fill_value=0)
        theirs = cohens_kappa(cross.to_numpy(), return_results=False)
        assert ours.cohen_kappa(pair, labels) == pytest.approx(theirs, abs=1e-9)

        full = table(seed, missing=0)
        labels = labels_of(full)
        counts = np.array([[row.count(label) for label in labels] for row in full])
        theirs = statsmodels_fleiss(counts)
        assert ours.fleiss_kappa(full, labels) == pytest.approx(theirs, abs=1e-9)


def test_of_several_reviewers_cohens_kappa_is_the_mean_over_pairs_by_shared_items() -> None:
    for seed in TABLES:
        rows = table(seed)
        kappas = [
            (cohen_kappa_score(*zip(*both, strict=True)), len(both))
            for first, second in itertools.combinations(range(len(rows[0])), 2)
            if (both := [(row[first], row[second]) for row in rows if row[first] and row[second]])
        ]
        expected = sum(kappa * n for kappa, n in kappas) / sum(n for _, n in kappas)
        assert ours.cohen_kappa(rows, labels_of(rows)) == pytest.approx(expected, abs=1e-9)


def test_a_table_of_ratings_is_that_of_its_rows() -> None:
    for seed in range(20):
        rows = table(seed)
        labels = labels_of(rows)
        rated = [
            (100 - item, 7 * person, labels.index(cell))
            for item, row in enumerate(rows)
            for person, cell in enumerate(row)
            if cell is not None
        ]
        found = ours.tabulate(*np.array(rated).T, len(labels))
        empty = ours.table_of([row for row in rows if set(row) != {None}], labels)
        assert found.patterns.tolist() == empty.patterns.tolist()
        assert found.weights.tolist() == empty.weights.tolist()


def test_a_sample_of_items_gets_the_coefficient_of_the_table_that_it_makes() -> None:
    one = ours.table_of(table(4), LABELS)
    drawn = np.random.default_rng(1).multinomial(30, one.weights / one.weights.sum(), size=5)
    for name, measure in ours._MEASURES.items():
        together = measure(one, drawn.astype(float))
        alone = [
            ours.value_of(name, ours.Table(one.patterns, line.astype(float), one.n_labels))
            for line in drawn
        ]
        assert list(together) == pytest.approx(alone, abs=1e-12)


@pytest.mark.parametrize("rows", [[], [["a", None], [None, "b"]], [["a", "a"]] * 3])
def test_what_is_not_defined_is_none(rows: list[list[str | None]]) -> None:
    found = {one.name: one for one in ours.agreement(rows, LABELS, rounds=20)}
    for name, one in found.items():
        if name == "percent" and rows and None not in rows[0]:
            assert (one.value, one.low, one.high) == (1.0, 1.0, 1.0)
        else:
            assert (one.value, one.low, one.high) == (None, None, None) or name == "gwet_ac1"


def test_intervals_hold_the_value_are_repeatable_and_narrow_with_more_items() -> None:
    rows = table(7)
    few = ours.agreement(rows, LABELS, seed=5)
    many = ours.agreement(rows * 50, LABELS, seed=5)
    assert few == ours.agreement(rows, LABELS, seed=5)
    assert few != ours.agreement(rows, LABELS, seed=6)
    for small, large in zip(few, many, strict=True):
        low, high = bounds(small)
        assert low <= (small.value or 0) <= high
        assert width(large) < width(small) / 3
        assert large.items == small.items * 50


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    # Two raters who agree on 70 % of the items: the interval of the percentage should hold .7.
    draw = random.Random(11)
    held = 0
    for seed in range(100):
        rows = [["a", "a" if draw.random() < 0.7 else "b"] for _ in range(60)]
        one = ours.agreement(rows, LABELS, seed=seed, rounds=200)[0]
        low, high = bounds(one)
        held += low <= 0.7 <= high
    assert 0.88 <= held / 100 <= 0.99


def test_a_label_that_is_not_in_the_scheme_is_named() -> None:
    with pytest.raises(ValueError, match="'x' is none of the labels"):
        ours.percent([["x", "a"]], LABELS)
