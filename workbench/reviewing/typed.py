"""What a page sends, field by field: text that every database can keep, numbers, dates."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workbench.errors import InputError

MAX_FIELD_CHARACTERS = 20_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def text_of(raw: Mapping[str, Any], name: str) -> str:
    """The text sent as `name`, empty if there is none. Raises `InputError`."""
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"The field {name!r} must be text.")
    if len(value) > MAX_FIELD_CHARACTERS:
        raise InputError(
            f"The field {name!r} holds {len(value):,} characters; "
            f"at most {MAX_FIELD_CHARACTERS:,} are kept."
        )
    return plain_text(value, name)


def plain_text(value: str, name: str) -> str:
    """`value`, if every database can keep it; `InputError` names the field otherwise."""
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"The field {name!r} holds a character that is no text; remove it.")
    return value


def whole_number(raw: Mapping[str, Any], name: str) -> int | None:
    """The whole number sent as `name`, None if there is none. Raises `InputError`."""
    value = raw.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise InputError(f"The field {name!r} must be a whole number.")
    return value


def date_of(text: str) -> date | None:
    """The date written as 2022-01-31; None where there is none.

    >>> date_of("2022-01-31"), date_of("20220131")
    (datetime.date(2022, 1, 31), None)
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def check_date(text: str, where: str) -> None:
    """Raise `InputError` for what is typed and no date, or one far in the future."""
    found = date_of(text)
    if text and found is None:
        raise InputError(f"{where}: {text[:40]!r} is no date; write it as 2022-01-31.")
    if found is not None and found > datetime.now(UTC).date() + timedelta(days=366):
        raise InputError(f"{where}: the date {found} is far in the future.")
