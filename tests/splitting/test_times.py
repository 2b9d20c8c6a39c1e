"""Dates as written, against a Saturday of publication, and never one without it."""

import datetime

import pytest

from workbench.splitting.times import find_times

SATURDAY = datetime.date(2022, 1, 15)
RELATIVE = [
    ("this Saturday", "2022-01-15"),
    ("this Friday", "2022-01-14"),
    ("on Tuesday", "2022-01-11"),
    ("earlier Tuesday", "2022-01-11"),
    ("late Wednesday night", "2022-01-12"),
    ("last Saturday", "2022-01-08"),
    ("yesterday", "2022-01-14"),
    ("the day before yesterday", "2022-01-13"),
    ("last night", "2022-01-14"),
    ("tonight", "2022-01-15"),
    ("this morning", "2022-01-15"),
    ("three days ago", "2022-01-12"),
    ("two weeks ago", "2022-01-01"),
    ("two months earlier", "2021-11"),
    ("nine years ago", "2013"),
    ("on January 5", "2022-01-05"),
    ("on Saturday, January 8", "2022-01-08"),
    ("on 5 December", "2021-12-05"),
    ("in early January", "2022-01-01/2022-01-10"),
    ("at the end of July", "2021-07-21/2021-07-31"),
    ("in March of last year", "2021-03"),
    ("in May", "2021-05"),
    ("last month", "2021-12"),
    ("late last month", "2021-12-21/2021-12-31"),
    ("last year", "2021"),
    ("early this year", "2022-01/2022-04"),
    ("earlier this year", "2022-01-01/2022-01-15"),
    ("later this year", "2022-01-15/2022-12-31"),
    ("earlier this week", "2022-01-10/2022-01-15"),
    ("this week", "2022-01-10/2022-01-16"),
    ("recent days", "2022-01-08/2022-01-15"),
    ("in recent weeks", "2021-12-18/2022-01-15"),
    ("over the weekend", "2022-01-15/2022-01-16"),
    ("last weekend", "2022-01-08/2022-01-09"),
    ("this summer", "2022-06/2022-08"),
    ("last summer", "2021-06/2021-08"),
    ("this past summer", "2021-06/2021-08"),
    ("the past two years", "2020-01-15/2022-01-15"),
]
ABSOLUTE = [
    ("since 2014", "2014"),
    ("in mid-2019", "2019-05/2019-08"),
    ("the 1990s", "1990/1999"),
    ("the first quarter of 2021", "2021-01/2021-03"),
    ("Sept, 26, 2014", "2014-09-26"),
    ("on Sunday, September 22, 2019", "2019-09-22"),
    ("22 September 2019", "2019-09-22"),
    ("2019-09-22", "2019-09-22"),
    ("22/09/2019", "2019-09-22"),
    ("the summer of 2019", "2019-06/2019-08"),
]
NOTHING = ["45", "the 82-year-old", "eight months", "an hour by the clock", "half a year ago"]


def values(text: str, published: datetime.date | None) -> list[str]:
    found = find_times(text, 0, len(text), published)
    assert all(text[m.start : m.end] == m.text for m in found)
    return [mention.value for mention in found]


@pytest.mark.parametrize(("text", "value"), RELATIVE)
def test_relative_dates_need_the_day_of_publication(text: str, value: str) -> None:
    assert values(text, SATURDAY) == [value]
    assert values(text, None) == []


@pytest.mark.parametrize(("text", "value"), ABSOLUTE)
def test_absolute_dates_are_read_without_it(text: str, value: str) -> None:
    assert values(text, SATURDAY) == values(text, None) == [value]


@pytest.mark.parametrize("text", NOTHING)
def test_ages_and_durations_are_no_dates(text: str) -> None:
    assert values(text, SATURDAY) == []


def test_a_day_to_come_is_read_forwards() -> None:
    found = find_times("It will meet on Monday.", 0, 23, SATURDAY, past=False)
    assert [mention.value for mention in found] == ["2022-01-17"]
