"""Dawid and Skene's estimate against a plain one, and against what the ratings were made from."""

import math
import random
import subprocess
import sys
from collections import defaultdict

import numpy as np
import pytest

from workbench.reviewing import posterior as ours

SMALL = 1e-10  # crowd-kit takes no probability for less than this
N_LABELS = 3
CONFUSION = {1: 0.9, 2: 0.8, 3: 0.7, 4: 0.6}


def ratings(seed: int, *, n_claims: int = 60) -> tuple[np.ndarray, dict[int, int]]:
    """Ratings by four reviewers who are right as often as `CONFUSION` says, and the truth."""
    draw = random.Random(seed)
    truth = {claim: draw.randrange(N_LABELS) for claim in range(1, n_claims + 1)}
    rated = [
        (claim, reviewer, true if draw.random() < right else draw.randrange(N_LABELS))
        for claim, true in truth.items()
        for reviewer, right in CONFUSION.items()
        if draw.random() < 0.8
    ]
    return np.array(rated, dtype=np.int64), {claim: truth[claim] for claim, *_ in rated}


def plain(rated: np.ndarray, *, rounds: int) -> tuple[dict[int, list[float]], dict]:
    """Expectation and maximisation as the paper has them, beginning with the votes."""
    votes: dict[int, list[float]] = defaultdict(lambda: [0.0] * N_LABELS)
    for claim, _, label in rated.tolist():
        votes[claim][label] += 1
    shares = {claim: [n / sum(line) for n in line] for claim, line in votes.items()}
    for turn in range(rounds + 1):
        prior = [sum(line[true] for line in shares.values()) / len(shares) for true in range(3)]
        errors = maximised(rated, shares)
        if turn < rounds:
            shares = expected(rated, prior, errors)
    return shares, errors


def maximised(rated: np.ndarray, shares: dict[int, list[float]]) -> dict:
    counts: dict = defaultdict(float)
    for claim, reviewer, label in rated.tolist():
        for true in range(N_LABELS):
            counts[reviewer, true, label] += shares[claim][true]
    counts = {key: max(n, SMALL) for key, n in counts.items()}
    return {
        (reviewer, true, label): n
        / sum(counts.get((reviewer, true, other), 0.0) for other in range(N_LABELS))
        for (reviewer, true, label), n in counts.items()
    }


def expected(rated: np.ndarray, prior: list[float], errors: dict) -> dict[int, list[float]]:
    logs = {
        claim: [math.log(max(share, SMALL)) for share in prior] for claim in rated[:, 0].tolist()
    }
    for claim, reviewer, label in rated.tolist():
        for true in range(N_LABELS):
            logs[claim][true] += math.log(errors[reviewer, true, label])
    raised = {claim: [math.exp(one - max(line)) for one in line] for claim, line in logs.items()}
    return {claim: [one / sum(line) for one in line] for claim, line in raised.items()}


@pytest.mark.parametrize("seed", range(5))
def test_it_equals_a_plain_implementation(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "ROUNDS", 5)
    monkeypatch.setattr(ours, "TOLERANCE", -1.0)
    rated, _ = ratings(seed)
    found = ours.dawid_skene(rated, N_LABELS)
    shares, errors = plain(rated, rounds=5)
    for claim, line in zip(found.claims.tolist(), found.shares.tolist(), strict=True):
        assert line == pytest.approx(shares[claim], abs=1e-9)
    for place, reviewer in enumerate(found.reviewers.tolist()):
        theirs = [
            [errors.get((reviewer, true, label), 0.0) for label in range(3)] for true in range(3)
        ]
        assert found.confusion[place] == pytest.approx(np.array(theirs), abs=1e-9)


def test_it_finds_what_the_ratings_were_made_from() -> None:
    rated, truth = ratings(3, n_claims=3_000)
    found = ours.dawid_skene(rated, N_LABELS)
    right = np.mean([truth[claim] for claim in found.claims.tolist()] == found.labels)
    votes, _ = plain(rated, rounds=0)
    by_votes = np.mean([np.argmax(votes[claim]) == true for claim, true in truth.items()])
    assert right > by_votes
    accuracy = {reviewer: right + (1 - right) / 3 for reviewer, right in CONFUSION.items()}
    assert found.accuracy == pytest.approx(list(accuracy.values()), abs=0.03)
    assert found.prior == pytest.approx([1 / 3] * 3, abs=0.03)


def test_probabilities_sum_up_and_the_order_of_the_ratings_says_nothing() -> None:
    rated, _ = ratings(8)
    found = ours.dawid_skene(rated, N_LABELS + 1)
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    assert found.confusion[:, :N_LABELS].sum(axis=2) == pytest.approx(1.0)
    assert found.expected.sum() == pytest.approx(len(rated))
    assert found.prior[N_LABELS] == found.shares[:, N_LABELS].max() == 0.0
    again = ours.dawid_skene(rated[::-1], N_LABELS + 1)
    assert all(np.array_equal(getattr(found, name), getattr(again, name)) for name in ours.NAMES)


def test_in_a_process_of_its_own_it_is_the_same_and_nothing_is_loaded_here() -> None:
    rated, _ = ratings(8)
    here = ours.dawid_skene(rated, N_LABELS)
    script = (
        "import sys, numpy; from workbench.reviewing.posterior import dawid_skene_apart\n"
        f"found = dawid_skene_apart(numpy.array({rated.tolist()}), {N_LABELS})\n"
        "print(found.shares.tolist()); print({'crowdkit', 'nltk', 'pandas'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(here.shares.tolist()), "set()"], done.stderr


def test_without_a_rating_there_is_none() -> None:
    with pytest.raises(ValueError, match="without a rating"):
        ours.dawid_skene(np.empty((0, 3), dtype=np.int64), N_LABELS)
