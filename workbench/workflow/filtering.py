"""A filter of claims as the query of an address and back: a link that finds the same again."""

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs

from db.models import CLAIM_STATES, GOLD_USES, TRIALS
from db.queries.agreement import STAGES
from db.queries.search import ClaimFilter
from db.queries.steps import STEPS
from workbench.reviewing.workflows import phase_titles
from workbench.workflow import addressing
from workbench.workflow.addressing import Query

MAX_LINK_CHARACTERS = 5_000
CHOICES_OF_STEP = (*STEPS, "reviewed", "left", "wanting")
_ONE_OF = {"gold": GOLD_USES, "trial": (*TRIALS, "changed")}
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
    "source_id": "source",
}


def from_query(query: Query) -> ClaimFilter:
    """The filter that the query describes; what it cannot hold is left out.

    >>> from_query({"q": ["wheat"], "state": ["accepted", "gone"], "worth_from": ["x"]}).states
    ('accepted',)
    """
    return addressing.read(ClaimFilter, query, NAMES, _parsed)


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
    return addressing.written(wanted, NAMES)


def without(wanted: ClaimFilter, name: str) -> ClaimFilter:
    """The filter with its field `name` asking for nothing."""
    default: Any = next(field.default for field in fields(ClaimFilter) if field.name == name)
    return replace(wanted, **{name: default})


def asked(wanted: ClaimFilter, names: Sequence[str]) -> list[str]:
    """Those of the fields that ask for something.

    >>> asked(ClaimFilter(outlet="The Courier", worth_from=0.5), ["outlet", "speaker"])
    ['outlet']
    """
    return [name for name in names if getattr(wanted, name) not in (None, "", False, ())]


def _parsed(name: str, default: Any, values: Sequence[str]) -> Any:
    if name == "states":
        return tuple(state for state in CLAIM_STATES if state in values)
    if name == "phase":
        return values[0] if values[0] in phase_titles() else ""
    if name in _ONE_OF:
        return values[0] if values[0] in _ONE_OF[name] else ""
    if name == "stage":
        return values[0] if values[0] in STAGES else ""
    if name in ("reviewers", "labels"):
        return tuple(map(addressing.words, values[:2]))
    if name == "ids":
        return tuple(id for id in map(addressing.number, values) if id is not None)
    if isinstance(default, bool):
        return values[0] == "1"
    if name in ("article_id", "source_id"):
        return addressing.number(values[0])
    if name == "step":
        return values[0] if values[0] in CHOICES_OF_STEP else ""
    if name.startswith("evidence"):
        return addressing.number(values[0])
    if name.startswith("worth"):
        return _share(values[0])
    if name.endswith(("_from", "_to")):
        return addressing.day(values[0])
    return addressing.words(values[0])


def _share(value: str) -> float | None:
    try:
        share = float(value)
    except ValueError:
        return None
    return min(1.0, max(0.0, share)) if math.isfinite(share) else None
