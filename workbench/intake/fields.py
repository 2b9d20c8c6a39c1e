"""What stands beside an article's text: short fields, a link, a date."""

import re
from datetime import UTC, date, datetime, timedelta

from workbench.addresses import MAX_URL_CHARACTERS, is_web_address
from workbench.errors import InputError
from workbench.intake.text import refuse_unstorable

MAX_LENGTH = {
    "title": 500,
    "outlet": 200,
    "author": 200,
    "url": MAX_URL_CHARACTERS,
    "id": 200,
    "language": 35,
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_line(name: str, given: str) -> str:
    """A one-line field without the blanks around it. Raises `InputError` with what is allowed.

    >>> one_line("title", "  Rates fell ")
    'Rates fell'
    """
    text, limit = given.strip(), MAX_LENGTH[name]
    refuse_unstorable(text, f"The {name}")
    if len(text) > limit:
        raise InputError(f"The {name} is too long: {len(text)} characters; the limit is {limit}.")
    return text


def link(given: str) -> str:
    """An http or https address, or nothing.

    >>> link("example.org/a")
    Traceback (most recent call last):
    ...
    workbench.errors.InputError: 'example.org/a' is no web address; begin it with http:// or https://.
    """
    url = one_line("url", given)
    if url and not is_web_address(url):
        shown = url if len(url) <= 80 else f"{url[:79]}…"
        raise InputError(f"{shown!r} is no web address; begin it with http:// or https://.")
    return url


def published(given: str) -> date | None:
    """A publication date as YYYY-MM-DD; nothing for an empty one.

    >>> published("2022-01-15")
    datetime.date(2022, 1, 15)
    """
    text = given.strip()
    return day(text) if text else None


def day(text: str) -> date:
    """A date written YYYY-MM-DD, of this year or an earlier one, or a few months ahead."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        found = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text[:40]!r} is not a date; write it as YYYY-MM-DD.") from None
    refuse_far_future(found)
    return found


def refuse_far_future(found: date) -> None:
    """Raise `InputError` for a date more than a year ahead: a slip of the keyboard."""
    if found > datetime.now(UTC).date() + timedelta(days=366):
        raise InputError(f"The date {found} is far in the future; write it as YYYY-MM-DD.")
