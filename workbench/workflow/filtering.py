"""A filter of claims as the query of an address and back: a link that finds the same again."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from db.models import CLAIM_STATES
from db.queries.agreement import STAGES
from db.queries.search import ClaimFilter

MAX_CHARACTERS = 300
MAX_LINK_CHARACTERS = 5_000
NAMES = {
    "words": "q",
    "states": "state",
    "article_id": "article",
    "published_from": "from",
    "published_to": "to",
    "claimed_from": "said_from",
    "claimed_to": "said_to",
    "discussed": "comments",
    "claim_type": "type",
}
Query = Mapping[str, Sequence[str]]


def from_query(query: Query) -> ClaimFilter:
    """The filter that the query describes; what it cannot hold is left out.

    >>> from_query({"q": ["wheat"], "state": ["accepted", "gone"], "worth_from": ["x"]}).states
    ('accepted',)
    """
    given: dict[str, Any] = {}
    for field in fields(ClaimFilter):
        values = query.get(NAMES.get(field.name, field.name), ())
        value = _parsed(field.name, field.default, values) if values else None
        if value is not None:
            given[field.name] = value
    return ClaimFilter(**given)


def from_link(link: str) -> ClaimFilter:
    """The filter in the query of an address as it is written there.

    >>> from_link("q=steel+exports&state=accepted&claim=7").words
    'steel exports'
    """
    return from_query(parse_qs(link[:MAX_LINK_CHARACTERS], max_num_fields=None))


def to_query(wanted: ClaimFilter) -> dict[str, list[str]]:
    """The parts of an address's query, each only if it asks for something.

    >>> to_query(ClaimFilter(words="wheat", flagged=True, worth_from=0.5))
    {'q': ['wheat'], 'worth_from': ['0.5'], 'flagged': ['1']}
    """
    query = {}
    for field in fields(ClaimFilter):
        value = getattr(wanted, field.name)
        if value != field.default:
            query[NAMES.get(field.name, field.name)] = _written(value)
    return query


def without(wanted: ClaimFilter, name: str) -> ClaimFilter:
    """The filter with its field `name` asking for nothing."""
    default: Any = next(field.default for field in fields(ClaimFilter) if field.name == name)
    return replace(wanted, **{name: default})


def _written(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return ["1" if value is True else str(value)]


def _parsed(name: str, default: Any, values: Sequence[str]) -> Any:
    if name == "states":
        return tuple(state for state in CLAIM_STATES if state in values)
    if name == "stage":
        return values[0] if values[0] in STAGES else ""
    if name in ("reviewers", "labels"):
        return tuple(value[:MAX_CHARACTERS].strip() for value in values[:2])
    if name == "ids":
        return tuple(int(value) for value in values if _is_id(value))
    if isinstance(default, bool):
        return values[0] == "1"
    if name == "article_id":
        return int(values[0]) if _is_id(values[0]) else None
    if name.startswith("worth"):
        return _share(values[0])
    if name.endswith(("_from", "_to")):
        return _day(values[0])
    return values[0][:MAX_CHARACTERS].strip()


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 15


def _share(value: str) -> float | None:
    try:
        share = float(value)
    except ValueError:
        return None
    return min(1.0, max(0.0, share)) if math.isfinite(share) else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
