"""Records for the export tests: one full one, and any that hypothesis can think of."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from types import NoneType
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from exports.base import (
    ArticleRecord,
    Attribution,
    ClaimRecord,
    CommentRecord,
    CopyRecord,
    DissentRecord,
    EvidenceRecord,
    FlagRecord,
    Parent,
    Record,
    ResolutionRecord,
    ReviewRecord,
    Span,
    TextSpan,
)

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
TEXT = "Alice said that exports rose by 4 percent."


def record(text: str = TEXT, quote: str = "exports rose by 4 percent") -> Record:
    """A claim with everything that a claim can have; `quote` stands in `text`."""
    start = text.index(quote)
    article = ArticleRecord(
        id=1,
        external_id="a-1",
        title="Exports",
        outlet="The Daily",
        author="B. Writer",
        url="https://daily.example/exports",
        published_on=date(2026, 1, 14),
        language="en",
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        splitter="0.1.0",
    )
    claim = ClaimRecord(
        id=7,
        text=quote,
        quote=quote,
        start=start,
        end=start + len(quote),
        proposed_text=quote,
        block="body",
        sentence=Span(0, len(text)),
        attribution=Attribution(
            "Alice", TextSpan("Alice", 0, 5), TextSpan("said that", 6, 15), Span(16, 41), ("TASS",)
        ),
        times=({"text": "Monday", "start": 0, "end": 6, "value": "2026-01-12"},),
        entities=({"text": "Alice", "label": "PERSON", "start": 0, "end": 5},),
        type="quantity",
        ambiguous=False,
        checkworthiness=0.71,
        reasons=("a number",),
        claim_types=("Numerical Claim",),
        claimed_on=date(2026, 1, 13),
        place="GB",
        proposed={"place": ""},
        state="accepted",
        state_reason="It can be counted.",
        origin="splitter",
        created_by=None,
        created_at=NOON,
        updated_at=NOON,
        version=2,
        came_from=(Parent(3, "split"),),
    )
    other = DissentRecord("bob-09", "supported", "Supported", "It rose by 4.", 0.5, NOON)
    resolution = ResolutionRecord(
        "refuted", "Refuted", "adjudicated", "It fell.", "lead-1", NOON, "slip", (other,)
    )
    said = CommentRecord(4, None, "ann-08", "Which exports?", NOON, NOON, NOON, "lead-1")
    flag = FlagRecord("ann-08", "Two readings.", NOON, None, None)
    return Record(
        "Trade", "averitec", "Be fair.", article, claim, resolution, (review(),), (said,), (flag,)
    )


def review() -> ReviewRecord:
    """A submitted review with one piece of evidence."""
    evidence = EvidenceRecord(
        url="https://stats.example/2026?utm_source=mail",
        canonical_url="https://stats.example/2026",
        title="Exports 2026",
        publisher="Statistics Office",
        author="C. Counter",
        published_on=date(2026, 1, 10),
        accessed_at=NOON,
        medium="web table",
        quote="Exports fell by 2 percent.",
        stance="refutes",
        set_number=2,
        question="Did exports rise?",
        answer="No",
        answer_type="boolean",
        explanation="The table shows a fall.",
        copies=(CopyRecord(sha256(b"Exports fell.").hexdigest(), NOON, "pasted"),),
    )
    return ReviewRecord(
        reviewer="ann-07",
        label="refuted",
        title="Refuted",
        justification="The office says they fell.",
        confidence=0.9,
        active_seconds=84.5,
        guideline_version=3,
        status="submitted",
        created_at=NOON,
        updated_at=NOON,
        submitted_at=NOON,
        evidence=(evidence,),
    )


def bare(text: str = TEXT) -> Record:
    """A claim with nothing that a claim can go without."""
    full = record(text, text)
    article = replace(full.article, external_id=None, published_on=None, splitter=None)
    claim = replace(
        full.claim,
        proposed_text=None,
        sentence=None,
        attribution=None,
        times=(),
        entities=(),
        reasons=(),
        claim_types=(),
        claimed_on=None,
        place="",
        proposed={},
        state_reason="",
        came_from=(),
    )
    return Record("Trade", "fever", "", article, claim)


def in_article(of: Record, number: int) -> Record:
    """The same claim in another article."""
    return replace(of, article=replace(of.article, id=number))


_text = st.text(min_size=1, max_size=30)
_json = st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=9)))
_plain: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=30),
    int: st.integers(0, 2**31),
    float: st.floats(0, 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    NoneType: st.none(),
}


def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type can hold."""
    if is_dataclass(kind):
        return st.builds(kind, **{field.name: any_value(field.type) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return st.lists(any_value(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) is Mapping:
        return _json
    if kind in _plain:
        return _plain[kind]
    return st.one_of(*map(any_value, get_args(kind)))


@st.composite
def any_record(draw: st.DrawFn) -> Record:
    """A record with any value in every field, and a quote that stands in its article."""
    found: Record = draw(any_value(Record))
    text = draw(_text)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    claim = replace(found.claim, quote=text[start:end], start=start, end=end)
    return replace(found, article=replace(found.article, text=text), claim=claim)
