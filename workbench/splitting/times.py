"""Dates and times as written, and the ISO date or interval that they mean.

Relative expressions need the date of publication; without it, only absolute ones are read.
An interval is `first/last`; days are `YYYY-MM-DD`, months `YYYY-MM`, years `YYYY`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from workbench.splitting import dates
from workbench.splitting.records import TimeMention
from workbench.splitting.wordlists import words

Reading = Callable[..., str | None]
MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b[.,]?)"
)
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
COUNT = (
    r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"a couple of|an?)"
)
UNIT = r"(?P<unit>day|week|month|year|decade)s?"

ON_DAY = rf"(?:{WEEKDAY},?\s+)?"
PART = r"(?:(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)(?:[- ]|\s+))?"
WHICH = r"(?:(?P<which>this|last|past|next|coming)\s+)?"


def _rule(pattern: str, reading: Reading) -> tuple[re.Pattern[str], Reading]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w])", re.IGNORECASE), reading


RULES = [
    _rule(rf"{ON_DAY}{MONTH}\s+{DAY},?\s+{YEAR}", dates.full_date),
    _rule(rf"{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}", dates.full_date),
    _rule(r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)", dates.numeric_date),
    _rule(
        r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/(?P<year>(?:1[5-9]|20)\d\d)", dates.slashed_date
    ),
    _rule(rf"{PART}{MONTH}(?:,?\s+|\s+of\s+){YEAR}", dates.month_year),
    _rule(rf"{MONTH}\s+{DAY},?\s+(?:of\s+)?(?P<which>this|last|next)\s+year", dates.day_of),
    _rule(rf"{DAY}\s+(?:of\s+)?{MONTH},?\s+(?P<which>this|last|next)\s+year", dates.day_of),
    _rule(rf"{PART}{MONTH}\s+(?:of\s+)?(?P<which>this|last|next)\s+year", dates.month_of),
    _rule(rf"{ON_DAY}{MONTH}\s+{DAY}(?!\d|,\d|\.\d|%)", dates.day_month),
    _rule(rf"{DAY}\s+(?:of\s+)?{MONTH}", dates.day_month),
    _rule(
        rf"(?P<nth>first|second|third|fourth|last)(?:\s+|-)quarter(?:(?:\s+of)?\s+{YEAR})?",
        dates.quarter,
    ),
    _rule(rf"Q(?P<nth>[1-4])\s+(?:of\s+)?{YEAR}", dates.quarter),
    _rule(rf"(?P<nth>first|second)\s+half\s+of\s+{YEAR}", dates.half),
    _rule(rf"{WHICH}{WEEKDAY}", dates.weekday),
    _rule(rf"(?<!half ){COUNT}\s+{UNIT}\s+ago", dates.ago),
    _rule(
        rf"(?<!half ){COUNT}\s+{UNIT}\s+"
        r"(?P<way>earlier|later|(?:before|after)(?=\s*(?:[.,;:)]|$)))",
        dates.from_there,
    ),
    _rule(
        r"(?:the|that)\s+(?P<way>same|previous|preceding|following|next)\s+"
        r"(?P<unit>day|month|year)",
        dates.from_there,
    ),
    _rule(
        r"the\s+(?P<unit>day|month|year)\s+(?P<way>before|after)(?=\s*(?:[.,;:)]|$))",
        dates.from_there,
    ),
    _rule(r"that\s+(?P<unit>day|month|year)(?P<way>)", dates.from_there),
    _rule(
        rf"(?:(?<=over )|(?<=within )|(?<=in )|(?<=during ))the\s+next\s+{UNIT}(?P<count>)",
        dates.span_ahead,
    ),
    _rule(rf"(?:the\s+)?(?:past|last|previous)\s+{COUNT}\s+{UNIT}", dates.span_back),
    _rule(rf"(?:(?:the|this)\s+)?past\s+{UNIT}(?P<count>)", dates.span_back),
    _rule(rf"the\s+last\s+{UNIT}(?P<count>)(?!\s+of\b)", dates.span_back),
    _rule(rf"(?:the\s+)?(?:next|coming)\s+{COUNT}\s+{UNIT}", dates.span_ahead),
    _rule(
        r"(?P<which>earlier|later)\s+(?:this|in the)\s+(?P<unit>year|month|week)",
        dates.within_period,
    ),
    _rule(
        r"(?P<which>recent|coming|(?:last|past)\s+few)\s+(?P<unit>day|week|month|year)s",
        dates.recent,
    ),
    _rule(r"(?:(?P<which>this|last|past|next|coming|the)\s+)weekend", dates.weekend),
    _rule(
        rf"(?<!the ){PART}(?P<which>this|last|next|coming|previous)\s+(?P<unit>year|month|week)"
        rf"(?!\s+of\b)",
        dates.period,
    ),
    _rule(
        rf"(?:(?P<which>this|last|next)\s+)?(?P<season>spring|summer|autumn|winter|fall)\s+(?:of\s+)?{YEAR}",
        dates.season,
    ),
    _rule(
        r"(?P<which>this past|this|last|next)\s+"
        r"(?P<season>spring|summer|autumn|winter|fall)(?P<year>)?",
        dates.season,
    ),
    _rule(
        r"(?:today|day before yesterday|yesterday|tomorrow|tonight|last night|"
        r"this (?:morning|afternoon|evening))",
        dates.near_day,
    ),
    _rule(
        r"overnight(?=\s*(?:[.,;]|$|(?:into|from|between|in|after|when|as|by)\b))", dates.last_night
    ),
    _rule(rf"{PART}(?P<decade>(?:1[5-9]|20)\d0)s", dates.decade),
    (re.compile(rf"(?<![\w-]){PART}['’](?P<short>[2-9]0)s(?!\w)"), dates.short_decade),
    _rule(rf"{PART}(?P<nth>\d\d?)(?:st|nd|rd|th)(?:\s+|-)century(?!\s+B\.?C)", dates.century),
    _rule(
        r"(?:between|from)\s+(?P<first>(?:1[5-9]|20)\d\d)\s+(?:and|to|until|through)\s+"
        r"(?P<last>(?:1[5-9]|20)\d\d)",
        dates.year_range,
    ),
    _rule(r"(?P<first>(?:1[5-9]|20)\d\d)\s?[-–—]\s?(?P<last>\d\d(?:\d\d)?)", dates.year_range),
    _rule(rf"{PART}{YEAR}(?![-–,.]?\d)", dates.year),
]
NUMERIC = (
    dates.full_date,
    dates.numeric_date,
    dates.slashed_date,
    dates.month_year,
    dates.day_month,
    dates.decade,
    dates.short_decade,
    dates.century,
    dates.half,
    dates.year_range,
    dates.year,
)
MONTHS = frozenset(dates.MONTHS)
NEEDED: dict[Reading, frozenset[str]] = {
    dates.full_date: MONTHS,
    dates.month_year: MONTHS,
    dates.day_month: MONTHS,
    dates.bare_month: MONTHS,
    dates.month_of: frozenset({"year"}),
    dates.day_of: frozenset({"year"}),
    dates.weekday: words("monday tuesday wednesday thursday friday saturday sunday"),
    dates.ago: frozenset({"ago"}),
    dates.from_there: words(
        "earlier later before after same previous preceding following next that"
    ),
    dates.span_back: words("past last previous"),
    dates.span_ahead: words("next coming"),
    dates.half: frozenset({"half"}),
    dates.last_night: frozenset({"overnight"}),
    dates.century: frozenset({"century"}),
    dates.period: words("year month week"),
    dates.within_period: words("earlier later"),
    dates.recent: words("recent coming few"),
    dates.weekend: frozenset({"weekend"}),
    dates.season: words("spring summer autumn winter fall"),
    dates.quarter: words("quarter q"),
    dates.near_day: words("today yesterday tomorrow tonight night morning afternoon evening"),
    dates.decade: frozenset({"s"}),
    dates.short_decade: frozenset({"s"}),
    dates.slashed_date: frozenset({"/"}),
}
WORD = re.compile(r"[a-z]+|/")
BARE_MONTH = re.compile(
    rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bof )|(?<=\bfrom )|"
    rf"(?<=\bduring )|(?<=\bthrough )|(?<=\bthis )|(?<=\blast )|(?<=\bnext )|"
    rf"(?=early |mid-|late |end of |beginning of |start of ))"
    rf"{PART}{MONTH}(?!\w)"
)
RULES.insert(
    next(i for i, rule in enumerate(RULES) if rule[1] is dates.quarter),
    (BARE_MONTH, dates.bare_month),
)

KEYED_RULES = [(rule, read, read in NUMERIC, NEEDED.get(read)) for rule, read in RULES]
DIGIT = re.compile(r"\d")
ANY = re.compile(
    r"\d|days?\b|night\b|morning\b|afternoon\b|evening\b|morrow|overnight|week|month|year|decade|quarter|spring|summer|autumn|winter|fall\b|"
    r"January|February|March|April|May\b|June|July|August|September|October|November|December"
)


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
    has_digit = DIGIT.search(lower) is not None
    here = set(WORD.findall(lower))
    for pattern, reading, numeric, needed in KEYED_RULES:
        if numeric and not has_digit:
            continue
        if needed is not None and needed.isdisjoint(here):
            continue
        for match in pattern.finditer(text, start, end):
            s, e = match.span()
            if any(s < right and left < e for left, right in taken):
                continue
            try:
                value = reading(match, published, past)
            except (ValueError, OverflowError):  # outside of the calendar
                continue
            if value is None:
                continue
            taken.append((s, e))
            found.append(TimeMention(match[0], s, e, value))
    return sorted(found, key=lambda mention: mention.start)
