"""What the words of a date mean: one function for each way to write one.

Each takes the match of its pattern, the day of publication and whether the sentence speaks of what
was, and returns an ISO day, month, year or interval, or None where the words do not tell.
"""

from __future__ import annotations

import calendar
import datetime
import re

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
Anchor = datetime.date | None
LOOK_BACK = 300
TOLD = re.compile(
    r"(?:\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+([0-3]?\d)(?:st|nd|rd|th)?,)?\s+)?(?<![\d,.$€£])\b((?:1[5-9]|20)\d\d)\b(?![,.]?\d|%)"
)


def iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def month_number(name: str) -> int:
    return MONTHS[name.lower().rstrip(".,")]


def full_date(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return iso(int(match["year"]), month_number(match["month"]), int(match["day"]))


def numeric_date(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return iso(int(match["year"]), int(match["m"]), int(match["day"]))


def month_year(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return within_month(int(match["year"]), month_number(match["month"]), match["part"])


def within_month(year: int, month: int, part: str | None) -> str:
    last = calendar.monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part_of(part), (0, 0))
    if not first:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}"


def part_of(word: str | None) -> str:
    """`the beginning of` is early, `the end of` is late."""
    word = (word or "").lower()
    for part, openings in (("early", ("early", "begin", "start")), ("mid", ("mid",))):
        if any(opening in word for opening in openings):
            return part
    return "late" if "late" in word or "end" in word else ""


def nearest_year(published: datetime.date, month: int, past: bool, day: int = 1) -> int:
    """The year in which a month without a year lies: the last one, or the next one."""
    year = published.year
    if past and (month, day) > (published.month, published.day) and month > published.month:
        return year - 1
    if not past and month < published.month:
        return year + 1
    return year


def day_month(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    month, day = month_number(match["month"]), int(match["day"])
    return iso(nearest_year(published, month, past, day), month, day)


def bare_month(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    month = month_number(match["month"])
    before = match.string[max(0, match.start() - 5) : match.start()].lower()
    if before == "last ":
        year = published.year - (month >= published.month)
    elif before == "next ":
        year = published.year + (month <= published.month)
    else:
        year = nearest_year(published, month, past)
    return within_month(year, month, match["part"])


def weekday(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    target = DAYS[match["weekday"].lower()]
    which = (match["which"] or "").lower()
    back = (published.weekday() - target) % 7
    if which == "next":  # the one of the next week, which begins on Monday
        ahead = 7 - published.weekday() + target
        return (published + datetime.timedelta(days=ahead)).isoformat()
    if which == "coming" or (not past and which not in ("last", "past")):
        ahead = (target - published.weekday()) % 7
        return (published + datetime.timedelta(days=ahead)).isoformat()
    if which in ("last", "past") and back == 0:
        back = 7
    return (published - datetime.timedelta(days=back)).isoformat()


def near_day(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None:
        return None
    word = match[0].lower()
    shift = {"day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}.get(
        word, 0
    )
    return (published + datetime.timedelta(days=shift)).isoformat()


def period(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`last year`, `this month`, `next week`."""
    if published is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "year":
        return within_year(f"{published.year + step:04}", match["part"])
    if unit == "month":
        year, month = map(int, month_shifted(published, step).split("-"))
        return within_month(year, month, match["part"])
    if unit == "week":
        monday = published - datetime.timedelta(days=published.weekday() - 7 * step)
        return f"{monday.isoformat()}/{(monday + datetime.timedelta(days=6)).isoformat()}"
    return None


def within_period(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`earlier this year` ends with the day of publication, `later this week` begins with it."""
    if published is None:
        return None
    unit = match["unit"].lower()
    if unit == "year":
        first, last = published.replace(month=1, day=1), published.replace(month=12, day=31)
    elif unit == "month":
        days = calendar.monthrange(published.year, published.month)[1]
        first, last = published.replace(day=1), published.replace(day=days)
    else:
        first = published - datetime.timedelta(days=published.weekday())
        last = first + datetime.timedelta(days=6)
    earlier = match["which"].lower() == "earlier"
    return interval(first, published) if earlier else interval(published, last)


def interval(first: datetime.date, last: datetime.date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


RECENT = {"day": 7, "week": 28, "month": 182, "year": 1826}


def recent(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`recent days` are read as a week, weeks as four, months as half a year, years as five."""
    if published is None:
        return None
    reach = datetime.timedelta(days=RECENT[match["unit"].lower()])
    if match["which"].lower() == "coming":
        return interval(published, published + reach)
    return interval(published - reach, published)


def weekend(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """Saturday and Sunday: the last ones that have begun, or those to come."""
    if published is None:
        return None
    which = (match["which"] or "").lower()
    saturday = published - datetime.timedelta(days=(published.weekday() - 5) % 7)
    if which in ("next", "coming") or (not past and published.weekday() < 5):
        saturday += datetime.timedelta(days=7)
    elif which in ("last", "past") and published.weekday() >= 5:
        saturday -= datetime.timedelta(days=7)
    return interval(saturday, saturday + datetime.timedelta(days=1))


def month_of(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`March of last year`."""
    if published is None:
        return None
    step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    return within_month(published.year + step, month_number(match["month"]), match["part"])


def day_of(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`January 31 last year`."""
    if published is None:
        return None
    step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    return iso(published.year + step, month_number(match["month"]), int(match["day"]))


def slashed_date(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`15/01/2022`; where day and month could change places, neither is told."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12 >= second:
        return iso(year, second, first)
    if second > 12 >= first:
        return iso(year, first, second)
    return f"{year:04}"


def month_shifted(day: datetime.date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{in_calendar(index // 12):04}-{index % 12 + 1:02}"


def in_calendar(year: int) -> int:
    """The year, where dates can be reckoned with: `9,999 decades ago` lies before all of them."""
    return datetime.date(year, 1, 1).year


def ago(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`three days ago`, `nine years ago`."""
    if published is None:
        return None
    return shifted(published, match["unit"].lower(), -number_of(match["count"]))


def shifted(day: datetime.date, unit: str, count: int) -> str:
    """The day so many days or weeks on, or the month or year so many months or years on."""
    if unit in ("day", "week"):
        return (day + datetime.timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        return month_shifted(day, count)
    return f"{in_calendar(day.year + count * (10 if unit == 'decade' else 1)):04}"


WAYS = {"before": -1, "earlier": -1, "previous": -1, "preceding": -1, "same": 0, "": 0}


def from_there(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`Two months earlier`, `the following day`, `that year`: counted from the date told before."""
    groups = match.groupdict()
    count = number_of(groups["count"]) if "count" in groups else 1
    step = count * WAYS.get(match["way"].lower(), 1)
    unit = match["unit"].lower()
    told = TOLD.findall(match.string[max(0, match.start() - LOOK_BACK) : match.start()])
    for month, day, year in reversed(told):
        if unit in ("day", "week") and not (month and day):
            return None
        if unit == "month" and not month:
            return None
        there = iso(int(year), month_number(month) if month else 1, int(day) if day else 1)
        return shifted(datetime.date.fromisoformat(there), unit, step) if there else None
    by_publication = match["way"].lower() == "earlier" and published is not None
    return shifted(published, unit, step) if by_publication and published else None


def span_back(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`the past two years` ends with the day of publication."""
    if published is None:
        return None
    count, unit = number_of(match["count"] or "one"), match["unit"].lower()
    days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[unit] * count
    if unit in ("month", "year", "decade"):
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = map(int, month_shifted(published, -months).split("-"))
        day = min(published.day, calendar.monthrange(year, month)[1])
        first = datetime.date(year, month, day)
    else:
        first = published - datetime.timedelta(days=days)
    return f"{first.isoformat()}/{published.isoformat()}"


def span_ahead(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`the next two weeks` begin with the day of publication."""
    if published is None:
        return None
    count, unit = number_of(match["count"] or "one"), match["unit"].lower()
    if unit in ("day", "week"):
        return f"{published.isoformat()}/{shifted(published, unit, count)}"
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = map(int, month_shifted(published, months).split("-"))
    day = min(published.day, calendar.monthrange(year, month)[1])
    return interval(published, datetime.date(year, month, day))


def number_of(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 2 if word == "a couple of" else NUMBERS.get(word, 1)


def season(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[
        match["season"].lower()
    ]
    if match["year"]:
        year = int(match["year"])
    elif published is not None:
        year = _year_of_season(published, first, (match["which"] or "").lower())
    else:
        return None
    last = (first + 1) % 12 + 1
    return f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"


def _year_of_season(published: datetime.date, first: int, which: str) -> int:
    """The year in which the season begins; `last` is the latest that has ended."""
    now = published.month - 12 * (first == 12 and published.month < 3)  # a winter began last year
    started = published.year - (now <= 0)
    if which in ("last", "this past"):
        ended = now > 0 and published.month > first + 2
        if first == 12:
            return published.year - 1 - (now <= 0)
        return published.year if ended else published.year - 1
    return started + (which == "next")


def last_night(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    if published is None or not past:
        return None
    return interval(published - datetime.timedelta(days=1), published)


def half(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first = 1 if match["nth"].lower() == "first" else 7
    return f"{match['year']}-{first:02}/{match['year']}-{first + 5:02}"


def century(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`the 19th century` ended with 1900."""
    first = (int(match["nth"]) - 1) * 100 + 1
    if not 1 <= first <= 2901:
        return None
    low, high = {"early": (0, 32), "mid": (33, 65), "late": (66, 99)}.get(
        part_of(match["part"]), (0, 99)
    )
    return f"{first + low:04}/{first + high:04}"


def short_decade(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    """`the '90s`, with the mark of what is left out."""
    first = 1900 + int(match["short"])
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part_of(match["part"]), (0, 9))
    return f"{first + low:04}/{first + high:04}"


def decade(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first = int(match["decade"])
    part = part_of(match["part"])
    if first % 100 == 0 and first < 2000:  # `the 1800s` are a century
        low, high = {"early": (0, 33), "mid": (34, 66), "late": (67, 99)}.get(part, (0, 99))
        return f"{first + low:04}/{first + high:04}"
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return f"{first + low:04}/{first + high:04}"


def quarter(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    nth = match["nth"].lower()
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get(nth) or int(nth)
    if match["year"] is None and published is None:
        return None
    year = int(match["year"]) if match["year"] else published.year if published else 0
    return f"{year:04}-{number * 3 - 2:02}/{year:04}-{number * 3:02}"


def year_range(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return f"{first}/{last}" if first < last else None


def year(match: re.Match[str], published: Anchor, past: bool) -> str | None:
    return within_year(match["year"], match["part"])


def within_year(year: str, part: str | None) -> str:
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part_of(part), (0, 0))
    return f"{year}-{first:02}/{year}-{last:02}" if first else year
