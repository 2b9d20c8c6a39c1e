"""Filters as the query of an address: one name a field, and only what asks for something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

MAX_CHARACTERS = 300
MAX_DIGITS = 15
Query = Mapping[str, Sequence[str]]
Filter = TypeVar("Filter")


def read(
    kind: type[Filter],
    query: Query,
    names: Mapping[str, str],
    parsed: Callable[[str, Any, Sequence[str]], Any],
) -> Filter:
    """The filter of this dataclass that the query describes; what it cannot hold is left out.

    `names` are those of the fields that have another one in the address. `parsed` makes the value
    of a field from its name, its default and what the address says; None where that is no value.
    """
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        values = query.get(names.get(field.name, field.name), ())
        value = parsed(field.name, field.default, values) if values else None
        if value is not None:
            given[field.name] = value
    return kind(**given)


def written(wanted: Any, names: Mapping[str, str]) -> dict[str, list[str]]:
    """The parts of an address's query, each only if the filter asks for something with it."""
    return {
        names.get(field.name, field.name): _texts(value)
        for field in fields(wanted)
        if (value := getattr(wanted, field.name)) != field.default
    }


def pairs(query: Query) -> list[tuple[str, str]]:
    """Every name with each of its values, as links of Streamlit's want them.

    >>> pairs({"q": ["wheat"], "state": ["accepted", "rejected"]})
    [('q', 'wheat'), ('state', 'accepted'), ('state', 'rejected')]
    """
    return [(name, value) for name, values in query.items() for value in values]


def number(text: str | None) -> int | None:
    """The id in an address; None for what can be none, however long.

    >>> number("12"), number("²"), number("-1"), number("9" * 99), number(None)
    (12, None, None, None, None)
    """
    if text is None or not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        return None
    return int(text)


def day(text: Any) -> date | None:
    """The day in ISO 8601; None for what is none.

    >>> day("2026-01-15"), day("soon"), day(None)
    (datetime.date(2026, 1, 15), None, None)
    """
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def words(text: str) -> str:
    """What somebody typed into an address, no longer than it may be."""
    return text[:MAX_CHARACTERS].strip()


def _texts(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return ["1" if value is True else str(value)]
