"""The rules of the phases: whatever people say, every claim comes to an end."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.reviewing.folders import by_key
from workbench.reviewing.workflows import (
    AFTER,
    DONE,
    LEAD,
    Options,
    Work,
    Workflow,
    n_people,
    parse_options,
    phases_on,
    standing,
    workflows,
)

AVERITEC = workflows()["averitec"]
options = st.builds(
    Options,
    normalise=st.booleans(),
    dispute=st.booleans(),
    control=st.booleans(),
    n_second=st.integers(1, 3),
    after=st.sampled_from(AFTER),
)
labels = st.lists(st.sampled_from([1, 2, 3]), min_size=8, max_size=8)


def walked(chosen: Options, verdicts: list[int]) -> list[Work]:
    """Work until nothing is left to do, each phase by another person."""
    done: list[Work] = []
    while (phase := standing(chosen, done).phase) not in (DONE, LEAD):
        label = None if phase == "normalise" else verdicts[len(done)]
        done.append(Work(phase, len(done), label))
    return done


@given(options, labels)
def test_every_path_ends_with_no_more_people_than_said(
    chosen: Options, verdicts: list[int]
) -> None:
    assert len(walked(chosen, verdicts)) <= n_people(AVERITEC, chosen)


@given(options, labels)
def test_phases_come_in_their_order_and_only_those_that_are_on(
    chosen: Options, verdicts: list[int]
) -> None:
    order = [phase.key for phase in phases_on(AVERITEC, chosen)]
    places = [order.index(work.phase) for work in walked(chosen, verdicts)]
    assert places == sorted(places)


@given(options, st.sampled_from([1, 2, 3]))
def test_agreement_settles_without_a_dispute(chosen: Options, label: int) -> None:
    done = walked(chosen, [label] * 8)
    assert {work.phase for work in done} <= {"normalise", "evidence", "verdict"}
    assert standing(chosen, done).label == label
    assert standing(chosen, done).how == "unanimous"


@given(options, labels)
def test_what_settles_is_a_verdict_that_somebody_gave(chosen: Options, verdicts: list[int]) -> None:
    done = walked(chosen, verdicts)
    found = standing(chosen, done)
    given = {work.label for work in done}
    assert found.label in given if found.phase == DONE else found.label is None


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"n_second": 0}, "1 to 9 second verdicts"),
        ({"n_second": True}, "1 to 9 second verdicts"),
        ({"dispute": "yes"}, "'dispute' is on or off"),
        ({"after": "coin"}, "lead or discard, not 'coin'"),
        ({"speed": 3}, "no setting 'speed'"),
    ],
)
def test_options_that_cannot_be_are_refused_by_name(raw: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_options(raw)


@given(options)
def test_options_come_back_as_they_were_stored(chosen: Options) -> None:
    assert parse_options(chosen.as_json()) == chosen


def test_a_key_taken_twice_names_both_modules() -> None:
    twice = Workflow("x", "X", "")
    with pytest.raises(ValueError, match="taken twice: by one and two"):
        by_key("workflow", [("one", twice), ("two", twice)])
