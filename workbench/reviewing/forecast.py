"""When the work will be done, from what was done day by day, with how sure that is.

The method is the bootstrap (B. Efron, *Bootstrap methods: another look at the jackknife*, The
Annals of Statistics 7, 1979) over daily counts, as teams that plan by throughput use it (D.
Vacanti, *Actionable Agile Metrics for Predictability*, 2015): a future is days drawn at random,
with replacement, until what is left is done. They are not drawn from the last four weeks themselves
but, anew for each future, from as many days drawn from these: four weeks are a sample too, and
without that the bounds are too narrow. Of 2,000 such futures, the median is the forecast, and eight
in ten end between the bounds.

Whole weeks are not kept together, and nothing is known of holidays or of people who leave: days to
come are taken to be like those that were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

WINDOW_DAYS = 28
LEAST_DAYS = 7
LEAST_WORKED = 3
ROUNDS = 2_000
LONGEST_DAYS = 3_650
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Forecast:
    """`n_left` will be done on day `on`, eight times in ten from `low` to `high`.

    The days are None where nothing can be said, and `why` says why not: a sentence. `a_day` is the
    mean of the `n_days` that it rests on.
    """

    n_left: int
    n_days: int = 0
    a_day: float = 0.0
    low: date | None = None
    on: date | None = None
    high: date | None = None
    why: str = ""


def forecast(
    done: Mapping[date, int], *, n_left: int, today: date, rounds: int = ROUNDS, seed: int = 0
) -> Forecast:
    """The day on which `n_left` more will be done, from what was `done` on each day before today.

    Today is not over, so that it counts neither as a day that was nor as one to come.

    >>> week = {date(2026, 1, day): 10 for day in range(1, 15)}
    >>> forecast(week, n_left=30, today=date(2026, 1, 15)).on
    datetime.date(2026, 1, 18)
    >>> forecast({}, n_left=30, today=date(2026, 1, 15)).why
    'Too few days to tell: 0 of at least 7.'
    """
    if n_left <= 0:
        return Forecast(0, why="Nothing is left to do.")
    counts = _window(done, today)
    if len(counts) < LEAST_DAYS:
        return Forecast(n_left, why=f"Too few days to tell: {len(counts)} of at least 7.")
    a_day = float(counts.mean())
    n_worked = int((counts > 0).sum())
    if n_worked < LEAST_WORKED:
        said = f"Too few days with work in the last four weeks to tell: {n_worked} of at least 3."
        return Forecast(n_left, len(counts), a_day, why=said)
    if n_left / a_day > LONGEST_DAYS:
        return Forecast(n_left, len(counts), a_day, why="At this pace it takes over ten years.")
    ends = _ends(counts, n_left, rounds, seed)
    low, on, high = (
        today + timedelta(days=int(days))
        for days in np.quantile(ends, (LOW, 0.5, HIGH), method="inverted_cdf")
    )
    return Forecast(n_left, len(counts), a_day, low, on, high)


def _window(done: Mapping[date, int], today: date) -> NDArray[np.int64]:
    """What was done on each day of the last four weeks, from the first on which anything was."""
    first = min((day for day in done if day < today), default=today)
    n_days = min(WINDOW_DAYS, (today - first).days)
    days = [today - timedelta(days=n) for n in range(n_days, 0, -1)]
    return np.array([done.get(day, 0) for day in days], dtype=np.int64)


def _ends(counts: NDArray[np.int64], n_left: int, rounds: int, seed: int) -> NDArray[np.int64]:
    """After how many days each future is done; drawn a stretch of days at a time."""
    rng = np.random.default_rng(seed)
    weeks = rng.choice(counts, size=(rounds, counts.size))
    weeks[~weeks.any(axis=1)] = counts
    left = np.full(rounds, n_left, dtype=np.int64)
    days = np.zeros(rounds, dtype=np.int64)
    while (open_ := np.flatnonzero(left > 0)).size:
        stretch = int(min(512, max(8, n_left / counts.mean())))
        places = rng.integers(0, counts.size, size=(open_.size, stretch))
        drawn = np.take_along_axis(weeks[open_], places, axis=1).cumsum(axis=1)
        over = drawn >= left[open_, None]
        ended = over.any(axis=1)
        days[open_] += np.where(ended, over.argmax(axis=1) + 1, stretch)
        left[open_] = np.where(ended, 0, left[open_] - drawn[:, -1])
    return days
