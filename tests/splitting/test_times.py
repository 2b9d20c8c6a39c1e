"""Dates as written, against a Saturday of publication, and never one without it."""

import datetime

import pytest

from workbench.splitting import split
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
    ("last Friday", "2022-01-14"),
    ("next Friday", "2022-01-21"),
    ("next Saturday", "2022-01-22"),
    ("next week", "2022-01-17/2022-01-23"),
    ("last March", "2021-03"),
    ("next March", "2022-03"),
    ("on the 1st of May", "2021-05-01"),
    ("as of Jan. 1", "2022-01-01"),
    ("January 31 last year", "2021-01-31"),
    ("5 January last year", "2021-01-05"),
    ("over the past year", "2021-01-15/2022-01-15"),
    ("in the last decade", "2012-01-15/2022-01-15"),
    ("in the next two weeks", "2022-01-15/2022-01-29"),
    ("over the next year", "2022-01-15/2023-01-15"),
    ("overnight", "2022-01-14/2022-01-15"),
    ("this winter", "2021-12/2022-02"),
    ("last winter", "2020-12/2021-02"),
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
    ("first-quarter 2021", "2021-01/2021-03"),
    ("Q1 2021", "2021-01/2021-03"),
    ("the second half of 2020", "2020-07/2020-12"),
    ("between 2010 and 2015", "2010/2015"),
    ("the 20th century", "1901/2000"),
    ("the '90s", "1990/1999"),
]
COUNTED = [
    ("He won in June 2010. Two months earlier he lost.", "2010-04"),
    ("It opened on June 5, 2010. The following day, it shut.", "2010-06-06"),
    ("Sales fell in 2010. The next year, they rose.", "2011"),
    ("Sales fell in 2010. That year, prices rose.", "2010"),
    ("Sales fell in 2010. Five years later they rose.", "2015"),
]
NOTHING = [
    "a month later",
    "two weeks after the fire",
    "the same day",
    "an overnight success",
    "a man in his 90s",
    "the 3rd century BC",
    "the last week of the campaign",
    "45",
    "the 82-year-old",
    "eight months",
    "an hour by the clock",
    "half a year ago",
]


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


@pytest.mark.parametrize(("text", "value"), COUNTED)
def test_what_is_counted_from_a_date_before_is_counted_from_there(text: str, value: str) -> None:
    assert values(text, SATURDAY)[-1] == values(text, None)[-1] == value


@pytest.mark.parametrize(
    ("day", "text", "value"),
    [
        ("2022-10-05", "last summer", "2022-06/2022-08"),
        ("2022-07-05", "last summer", "2021-06/2021-08"),
        ("2022-12-05", "this winter", "2022-12/2023-02"),
        ("2022-01-10", "next Friday", "2022-01-21"),
        ("2022-01-12", "next Monday", "2022-01-17"),
        ("2024-02-29", "the past year", "2023-02-28/2024-02-29"),
    ],
)
def test_the_day_of_publication_decides(day: str, text: str, value: str) -> None:
    assert values(text, datetime.date.fromisoformat(day)) == [value]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date.min, ["0001-01-02", "0001-01-01/9991-01-01", "2010"]),
        (datetime.date.max, ["9999-12-30", "9000-12-31/9999-12-31", "2010"]),
    ],
)
def test_no_date_is_told_beyond_the_calendar(day: datetime.date, expected: list[str]) -> None:
    text = (
        "yesterday, tomorrow, the past 999 years, the next 999 decades, in 2010 999 decades later"
    )
    assert values(text, day) == expected


def times(text: str) -> list[tuple[str, ...]]:
    """The dates of the claims that carry any, each set of them once."""
    found = (tuple(m.value for m in claim.times) for claim in split(text, published=SATURDAY))
    return list(dict.fromkeys(filter(None, found)))


def test_each_date_goes_with_its_verb() -> None:
    assert times("The board met on Monday. It will meet again on Friday.") == [
        ("2022-01-10",),
        ("2022-01-21",),
    ]
    assert times("The company plans to open a shop on Monday.") == [("2022-01-17",)]


def test_a_claim_carries_the_day_on_which_it_was_said() -> None:
    found = split("The mayor said this Saturday that rates fell in May.", published=SATURDAY)
    assert [m.value for m in found[0].times] == ["2022-01-15", "2021-05"]


@pytest.mark.parametrize(
    "text",
    ["Am 5. Januar 2022 starb er.", "El 5 de enero de 2022 murió.", "2022年1月5日、彼は死んだ。"],
)
def test_other_languages_do_no_harm(text: str) -> None:
    assert all(text[m.start : m.end] == m.text for c in split(text) for m in c.times)
