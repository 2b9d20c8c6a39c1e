"""A rate is kept, at places that nobody foresees."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reviewing.rates import is_due


def places(share: float, seed: str, n: int) -> list[int]:
    found: list[int] = []
    for n_done in range(n):
        if is_due(share, n_done=n_done, n_mixed=len(found), seed=seed):
            found.append(n_done)
    return found


@given(st.floats(0.01, 1.0), st.text(max_size=8), st.integers(0, 400))
def test_after_any_number_of_claims_at_most_one_is_missing_or_too_many(
    share: float, seed: str, n: int
) -> None:
    assert abs(len(places(share, seed, n)) - share * n) <= 1


def test_two_reviewers_get_them_at_other_places() -> None:
    assert places(0.1, "1:7", 200) != places(0.1, "1:8", 200)


def test_the_places_do_not_lie_equally_far_apart() -> None:
    found = places(0.1, "1:7", 500)
    assert len({b - a for a, b in itertools.pairwise(found)}) > 5


@pytest.mark.parametrize("share", [0.0, -0.1])
def test_without_a_share_nothing_is_mixed_in(share: float) -> None:
    assert places(share, "a", 100) == []
