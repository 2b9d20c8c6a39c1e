"""The forecast of the end: what it says of even work, of uneven work, and when it says nothing."""

from datetime import date, timedelta

import numpy as np
import pytest

from workbench.reviewing.forecast import forecast

TODAY = date(2026, 3, 2)


def days(*counts: int) -> dict[date, int]:
    """These counts on the days before today, the last of them yesterday."""
    return {TODAY - timedelta(days=len(counts) - n): count for n, count in enumerate(counts)}


def test_even_work_ends_on_a_certain_day() -> None:
    found = forecast(days(*[20] * 28), n_left=200, today=TODAY)
    assert found.low == found.on == found.high == TODAY + timedelta(days=10)
    assert (found.a_day, found.n_days) == (20.0, 28)


def test_uneven_work_ends_between_bounds() -> None:
    found = forecast(days(*[0, 40] * 14), n_left=400, today=TODAY)
    assert None not in (found.low, found.on, found.high)
    assert found.low < found.on < found.high  # type: ignore[operator]
    assert abs((found.on - TODAY).days - 20) <= 2


def test_the_same_seed_says_the_same() -> None:
    counts = days(*range(28))
    one, other = (forecast(counts, n_left=500, today=TODAY, seed=7) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([9] * 6, "Too few days to tell: 6 of at least 7."),
        ([9, *[0] * 27], "Too few days with work in the last four weeks to tell: 1"),
        ([1, *[0] * 40], "Too few days with work in the last four weeks to tell: 0"),
    ],
)
def test_too_few_days_are_said_instead_of_a_guess(counts: list[int], said: str) -> None:
    found = forecast(days(*counts), n_left=100, today=TODAY)
    assert found.on is None
    assert found.why.startswith(said)


def test_nothing_left_and_far_too_much_left_are_said() -> None:
    assert forecast(days(*[9] * 28), n_left=0, today=TODAY).why == "Nothing is left to do."
    assert "ten years" in forecast(days(*[1] * 28), n_left=99_999, today=TODAY).why


def test_today_and_what_is_longer_ago_do_not_count() -> None:
    counts = days(*[500] * 20, *[10] * 28) | {TODAY: 9_999}
    found = forecast(counts, n_left=100, today=TODAY)
    assert (found.a_day, found.on) == (10.0, TODAY + timedelta(days=10))


def test_of_projects_that_go_on_as_before_about_eight_in_ten_end_between_the_bounds() -> None:
    rng, inside, n_projects = np.random.default_rng(1), 0, 200
    for _ in range(n_projects):
        past, future = rng.poisson(20, 28) * rng.integers(0, 2, 28), []
        found = forecast(days(*past.tolist()), n_left=300, today=TODAY, rounds=400)
        while sum(future) < 300:
            future.append(int(rng.poisson(20) * rng.integers(0, 2)))
        end = TODAY + timedelta(days=len(future))
        inside += bool(found.low and found.high and found.low <= end <= found.high)
    assert 0.72 <= inside / n_projects <= 0.88
