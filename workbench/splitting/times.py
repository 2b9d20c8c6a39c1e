"""Dates and times as written, and the ISO date or interval that they mean.

Relative expressions need the date of publication; without it, only absolute ones are read.
An interval is `first/last`; days are `YYYY-MM-DD`, months `YYYY-MM`, years `YYYY`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

from workbench.splitting.records import TimeMention

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "couple of": 2}
MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
COUNT = (
    r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"a couple of|an?)"
)
UNIT = r"(?P<unit>day|week|month|year|decade)s?"

Anchor = datetime.date | None


def find_times(
    text: str, start: int, end: int, published: datetime.date | None, *, past: bool = True
) -> list[TimeMention]:
    """The dates in `text[start:end]`; `past` tells whether the sentence speaks of what was.

    >>> day = datetime.date(2022, 1, 15)
    >>> def read(text):
    ...     return [(m.text, m.value) for m in find_times(text, 0, len(text), day)]
    >>> read("this Saturday, in early January, since 2014, last year and on January 5")
    ... # doctest: +NORMALIZE_WHITESPACE
    [('this Saturday', '2022-01-15'), ('early January', '2022-01-01/2022-01-10'),
     ('2014', '2014'), ('last year', '2021'), ('January 5', '2022-01-05')]
    """
    if not ANY.search(text, start, end):
        return []
    found: list[TimeMention] = []
    taken: list[tuple[int, int]] = []
    lower = text[start:end].lower()
    has_digit = any(char.isdigit() for char in lower)
    for pattern, reading in RULES:
        if reading in NUMERIC and not has_digit:
            continue
        if reading in NEEDED and not any(word in lower for word in NEEDED[reading]):
            continue
        for match in pattern.finditer(text, start, end):
            s, e = match.span()
            if any(s < right and left < e for left, right in taken):
                continue
            value = reading(match, published, past)
            if value is None:
                continue
            taken.append((s, e))
            found.append(TimeMention(match[0], s, e, value))
    return sorted(found, key=lambda mention: mention.start)


ANY = re.compile(
    r"\d|day\b|night\b|morrow|week|month|year|decade|quarter|spring|summer|autumn|winter|fall\b|"
    r"January|February|March|April|May\b|June|July|August|September|October|November|December"
)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _full_date(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return _iso(int(match["year"]), _month_number(match["month"]), int(match["day"]))


def _numeric_date(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return _iso(int(match["year"]), int(match["m"]), int(match["day"]))


def _month_year(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return _within_month(int(match["year"]), _month_number(match["month"]), match["part"])


def _within_month(year: int, month: int, part: str | None) -> str:
    last = calendar.monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        (part or "").lower().rstrip("- "), (0, 0)
    )
    if not first:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}"


def _nearest_year(published: datetime.date, month: int, past: bool, day: int = 1) -> int:
    """The year in which a month without a year lies: the last one, or the next one."""
    year = published.year
    if past and (month, day) > (published.month, published.day) and month > published.month:
        return year - 1
    if not past and month < published.month:
        return year + 1
    return year


def _day_month(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    month, day = _month_number(match["month"]), int(match["day"])
    return _iso(_nearest_year(published, month, past, day), month, day)


def _bare_month(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    month = _month_number(match["month"])
    year = _nearest_year(published, month, past)
    which = (match["which"] or "").lower()
    if which == "last" and month >= published.month:
        year = published.year - 1
    if which == "next" and month <= published.month:
        year = published.year + 1
    return _within_month(year, month, match["part"])


def _weekday(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    target = DAYS[match["weekday"].lower()]
    which = (match["which"] or "").lower()
    back = (published.weekday() - target) % 7
    if which in ("next", "coming") or (not past and which not in ("last", "past")):
        ahead = (target - published.weekday()) % 7 or 7 * (which == "next")
        return (published + datetime.timedelta(days=ahead)).isoformat()
    if which in ("last", "past") and back == 0:
        back = 7
    return (published - datetime.timedelta(days=back)).isoformat()


def _near_day(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    word = match[0].lower()
    shift = -1 if word in ("yesterday", "last night") else 1 if word == "tomorrow" else 0
    return (published + datetime.timedelta(days=shift)).isoformat()


def _period(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`last year`, `this month`, `next week`."""
    if published is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "year":
        return f"{published.year + step:04}"
    if unit == "month":
        return _month_shifted(published, step)
    if unit == "week":
        monday = published - datetime.timedelta(days=published.weekday() - 7 * step)
        return f"{monday.isoformat()}/{(monday + datetime.timedelta(days=6)).isoformat()}"
    return None


def _month_shifted(day: datetime.date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _ago(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`three days ago`, `two months earlier`."""
    if published is None:
        return None
    count, unit = _count(match["count"]), match["unit"].lower()
    if unit in ("day", "week"):
        return (
            published - datetime.timedelta(days=count * (7 if unit == "week" else 1))
        ).isoformat()
    if unit == "month":
        return _month_shifted(published, -count)
    return f"{published.year - count * (10 if unit == 'decade' else 1):04}"


def _span_back(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`the past two years` ends with the day of publication."""
    if published is None:
        return None
    count, unit = _count(match["count"]), match["unit"].lower()
    days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[unit] * count
    if unit in ("month", "year", "decade"):
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = map(int, _month_shifted(published, -months).split("-"))
        day = min(published.day, calendar.monthrange(year, month)[1])
        first = datetime.date(year, month, day)
    else:
        first = published - datetime.timedelta(days=days)
    return f"{first.isoformat()}/{published.isoformat()}"


def _count(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 2 if word == "a couple of" else NUMBERS.get(word, 1)


def _season(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[
        match["season"].lower()
    ]
    if match["year"]:
        year = int(match["year"])
    elif published is not None:
        year = published.year + {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0)
    else:
        return None
    last = (first + 1) % 12 + 1
    return f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"


def _decade(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first = int(match["decade"])
    part = (match["part"] or "").lower().rstrip("- ")
    if first % 100 == 0 and first < 2000:  # `the 1800s` are a century
        low, high = {"early": (0, 33), "mid": (34, 66), "late": (67, 99)}.get(part, (0, 99))
        return f"{first + low:04}/{first + high:04}"
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return f"{first + low:04}/{first + high:04}"


def _quarter(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[match["nth"].lower()]
    if match["year"] is None and published is None:
        return None
    year = int(match["year"]) if match["year"] else published.year if published else 0
    return f"{year:04}-{number * 3 - 2:02}/{year:04}-{number * 3:02}"


def _year_range(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return f"{first}/{last}" if first < last else None


def _year(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return _within_year(match["year"], match["part"])


def _within_year(year: str, part: str | None) -> str:
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(
        (part or "").lower().rstrip("- "), (0, 0)
    )
    return f"{year}-{first:02}/{year}-{last:02}" if first else year


PART = r"(?:(?P<part>early|mid|late)[- ])?"
WHICH = r"(?:(?P<which>this|last|past|next|coming)\s+)?"


def _rule(
    pattern: str, reading: Callable[..., str | None]
) -> tuple[re.Pattern[str], Callable[..., str | None]]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w])", re.IGNORECASE), reading


RULES = [
    _rule(rf"{MONTH}\s+{DAY},?\s+{YEAR}", _full_date),
    _rule(rf"{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}", _full_date),
    _rule(r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)", _numeric_date),
    _rule(rf"{PART}{MONTH}(?:,?\s+|\s+of\s+){YEAR}", _month_year),
    _rule(rf"{MONTH}\s+{DAY}(?!\d|,\d|\.\d|%)", _day_month),
    _rule(rf"{DAY}\s+(?:of\s+)?{MONTH}", _day_month),
    _rule(rf"(?P<nth>first|second|third|fourth|last)\s+quarter(?:\s+of\s+{YEAR})?", _quarter),
    _rule(rf"{WHICH}{WEEKDAY}", _weekday),
    _rule(rf"{COUNT}\s+{UNIT}\s+(?:ago|earlier)", _ago),
    _rule(rf"(?:the\s+)?(?:past|last|previous)\s+{COUNT}\s+{UNIT}", _span_back),
    _rule(r"(?P<which>this|last|past|next|coming|previous)\s+(?P<unit>year|month|week)", _period),
    _rule(
        rf"(?:(?P<which>this|last|next)\s+)?(?P<season>spring|summer|autumn|winter|fall)\s+(?:of\s+)?{YEAR}",
        _season,
    ),
    _rule(
        r"(?P<which>this|last|next)\s+(?P<season>spring|summer|autumn|winter|fall)(?P<year>)?",
        _season,
    ),
    _rule(r"(?:today|yesterday|tomorrow|tonight|last night)", _near_day),
    _rule(rf"{PART}(?P<decade>(?:1[5-9]|20)\d0)s", _decade),
    _rule(r"(?P<first>(?:1[5-9]|20)\d\d)\s?[-–—]\s?(?P<last>\d\d(?:\d\d)?)", _year_range),
    _rule(rf"{PART}{YEAR}(?![-–,.]?\d)", _year),
]
NUMERIC = (_full_date, _numeric_date, _month_year, _day_month, _decade, _year_range, _year)
MONTH_STARTS = tuple(name for name in MONTHS if len(name) == 3)
NEEDED: dict[Callable[..., str | None], tuple[str, ...]] = {
    _full_date: MONTH_STARTS,
    _month_year: MONTH_STARTS,
    _day_month: MONTH_STARTS,
    _bare_month: MONTH_STARTS,
    _weekday: ("day",),
    _ago: ("ago", "earlier"),
    _span_back: ("past", "last", "previous"),
    _period: ("year", "month", "week"),
    _season: ("spring", "summer", "autumn", "winter", "fall"),
    _quarter: ("quarter",),
    _near_day: ("today", "yesterday", "tomorrow", "night"),
    _decade: ("0s",),
}
BARE_MONTH = re.compile(
    rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bof )|(?<=\bfrom )|"
    rf"(?<=\bduring )|(?<=\bthrough )|(?<=\bthis )|(?<=\blast )|(?<=\bnext )|(?=early |mid-|late ))"
    rf"(?P<which>)?{PART}{MONTH}(?!\w)"
)
RULES.insert(6, (BARE_MONTH, _bare_month))
