"""A table for spreadsheets and data frames: one row a claim and review.

A claim without a review is one row with empty review columns. What is a list is JSON in one cell;
`n_sources` and `first_source_url` save the reader from opening it. The article's text and the
guideline are left to JSON Lines, which holds everything; `text_sha256` names the text.

A spreadsheet runs a cell that begins like a formula. Such a text gets an apostrophe in front, and
so does one that has an apostrophe there already: taking one away always gives the text back. With
`raw` every cell is as it is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import islice
from typing import Any, BinaryIO

import pandas as pd

from exports.base import Attribution, LeftOut, Options, Record, ReviewRecord, exporter
from exports.jsonl import plain

CHUNK = 1_000

COLUMNS = {
    "project": "the project's name",
    "scheme": "the key of its label scheme",
    "article_id": "the article's number in the project's database",
    "external_id": "the article's id where it came from",
    "article_title": "the article's title",
    "outlet": "who published the article",
    "author": "who wrote the article",
    "article_url": "where the article stands",
    "published_on": "the article's date",
    "language": "the article's language, as a BCP 47 code",
    "text_sha256": "SHA-256 of the article's text in UTF-8",
    "splitter": "what proposed the claims of the article",
    "claim_id": "the claim's number in the project's database",
    "claim": "the claim made to stand alone",
    "quote": "the claim as it stands in the article",
    "start": "where the quote begins, in code points of the article's text",
    "end": "where the quote ends, exclusive",
    "proposed_text": "what the splitter wrote, before people edited it",
    "block": "title, heading or body",
    "sentence_start": "where the sentence around the quote begins",
    "sentence_end": "where it ends, exclusive",
    "speaker": "who the article says made the claim",
    "speaker_text": "the words that name the speaker",
    "speaker_start": "where they begin",
    "speaker_end": "where they end, exclusive",
    "cue_text": "the words that attribute the claim",
    "cue_start": "where they begin",
    "cue_end": "where they end, exclusive",
    "content_start": "where all that is attributed begins",
    "content_end": "where it ends, exclusive",
    "through": "who passed the claim on, outermost first; a JSON list",
    "times": "dates and times in the claim; a JSON list",
    "entities": "names in the claim; a JSON list",
    "type": "the kind of claim",
    "ambiguous": "whether the claim can be read in more than one way",
    "checkworthiness": "0 to 1, how much a fact-checker should care",
    "reasons": "why; a JSON list",
    "claim_types": "AVeriTeC's claim types, chosen by people; a JSON list",
    "claimed_on": "when the claim was made",
    "place": "where",
    "proposed": "what the splitter had for fields that people changed; a JSON object",
    "state": "proposed, accepted or rejected",
    "state_reason": "why it was rejected",
    "origin": "how the claim came about",
    "claim_created_by": "the pseudonym of who made the claim; empty for the splitter",
    "claim_created_at": "when the claim was made, UTC",
    "claim_updated_at": "when the claim was last changed, UTC",
    "claim_version": "how often the claim was saved",
    "came_from": "claims that this one was made from; a JSON list",
    "comments": "what was said about the claim; a JSON list",
    "flags": "who raised it to the lead and why; a JSON list",
    "resolution": "the key of the claim's final verdict",
    "resolution_title": "its title",
    "resolution_how": "unanimous, majority or adjudicated",
    "resolution_reason": "why",
    "decided_by": "the pseudonym of the lead who decided",
    "decided_at": "when, UTC",
    "resolution_cause": "why the reviewers differed, as the lead sees it",
    "dissent": "reviews with another verdict, as they stood then; a JSON list",
    "reviewer": "the reviewer's pseudonym",
    "verdict": "the key of the reviewer's verdict",
    "verdict_title": "its title",
    "justification": "the reviewer's reasons",
    "confidence": "0 to 1, how sure the reviewer is",
    "active_seconds": "how long the reviewer was at work on it, each pause a minute at most",
    "guideline_version": "the number of the guideline it was given under",
    "review_status": "draft or submitted",
    "review_created_at": "when the review was begun, UTC",
    "review_updated_at": "when it was last changed, UTC",
    "submitted_at": "when it was submitted, UTC",
    "n_sources": "how many pieces of evidence the review has",
    "n_evidence_sets": "how many sets, each complete by itself, they form",
    "n_questions": "how many different questions they answer",
    "first_source_url": "where the first one was found",
    "evidence": "all of them; a JSON list",
}
"""Every column, in order, and what it means."""

_FORMULA = re.compile("'*[ \u00a0\ufeff\u200b]*[=+\\-@\t\r\n＝＋－＠]")


@exporter(
    "csv",
    title="CSV",
    suffix=".csv",
    group="whole",
    description="A table for spreadsheets, one row a claim and review",
)
def write_csv(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[LeftOut]:
    """A header, then one row a claim and review; nothing is ever left out."""
    write_table(records, out, options, separator=",")
    return ()


def write_table(
    records: Iterable[Record], out: BinaryIO, options: Options, *, separator: str
) -> None:
    """The table with `separator` between the cells of a row."""
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = (row for record in records for row in rows_of(record))
    if not options.raw:
        rows = ({name: guarded(cell) for name, cell in row.items()} for row in rows)
    header = True
    for chunk in _chunks(rows):
        chunk.to_csv(text, sep=separator, header=header, index=False, lineterminator="\r\n")
        header = False
    text.detach()


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[pd.DataFrame]:
    """Frames of up to `CHUNK` rows with all `COLUMNS`; at least one, so that there is a header."""
    taken = list(islice(rows, CHUNK))
    yield pd.DataFrame(taken, columns=list(COLUMNS), dtype=object)
    while taken := list(islice(rows, CHUNK)):
        yield pd.DataFrame(taken, columns=list(COLUMNS), dtype=object)


def guarded(cell: Any) -> Any:
    """The cell with an apostrophe in front if a spreadsheet could take it for a formula.

    >>> guarded("=1+1"), guarded("-5% growth"), guarded("'=1"), guarded("a = b"), guarded(-5)
    ("'=1+1", "'-5% growth", "''=1", 'a = b', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def rows_of(record: Record) -> list[dict[str, Any]]:
    """One row for each review, or one row without; the keys are a part of `COLUMNS`."""
    whole = {**_article(record), **_claim(record), **_resolution(record)}
    if not record.reviews:
        return [whole]
    return [{**whole, **_review(review)} for review in record.reviews]


def _article(record: Record) -> dict[str, Any]:
    article = record.article
    return {
        "project": record.project,
        "scheme": record.scheme,
        "article_id": article.id,
        "external_id": article.external_id,
        "article_title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "article_url": article.url,
        "published_on": article.published_on and plain(article.published_on),
        "language": article.language,
        "text_sha256": article.text_sha256,
        "splitter": article.splitter,
    }


def _claim(record: Record) -> dict[str, Any]:
    claim = record.claim
    return {
        "claim_id": claim.id,
        "claim": claim.text,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "proposed_text": claim.proposed_text,
        "block": claim.block,
        **_span("sentence", claim.sentence),
        **_attribution(claim.attribution),
        "times": _json(claim.times),
        "entities": _json(claim.entities),
        "type": claim.type,
        "ambiguous": claim.ambiguous,
        "checkworthiness": claim.checkworthiness,
        "reasons": _json(claim.reasons),
        "claim_types": _json(claim.claim_types),
        "claimed_on": claim.claimed_on and plain(claim.claimed_on),
        "place": claim.place,
        "proposed": _json(claim.proposed),
        "state": claim.state,
        "state_reason": claim.state_reason,
        "origin": claim.origin,
        "claim_created_by": claim.created_by,
        "claim_created_at": plain(claim.created_at),
        "claim_updated_at": plain(claim.updated_at),
        "claim_version": claim.version,
        "came_from": _json(claim.came_from),
        "comments": _json(record.comments),
        "flags": _json(record.flags),
    }


def _attribution(attribution: Attribution | None) -> dict[str, Any]:
    if attribution is None:
        return {}
    return {
        "speaker": attribution.name,
        **_span("speaker", attribution.speaker),
        **_span("cue", attribution.cue),
        **_span("content", attribution.content),
        "through": _json(attribution.through),
    }


def _span(name: str, span: Any) -> dict[str, Any]:
    """`name_start`, `name_end` and, where the span has words, `name_text`."""
    return {} if span is None else {f"{name}_{key}": at for key, at in plain(span).items()}


def _resolution(record: Record) -> dict[str, Any]:
    resolution = record.resolution
    if resolution is None:
        return {}
    return {
        "resolution": resolution.label,
        "resolution_title": resolution.title,
        "resolution_how": resolution.how,
        "resolution_reason": resolution.reason,
        "decided_by": resolution.decided_by,
        "decided_at": plain(resolution.decided_at),
        "resolution_cause": resolution.cause,
        "dissent": _json(resolution.dissent),
    }


def _review(review: ReviewRecord) -> dict[str, Any]:
    return {
        "reviewer": review.reviewer,
        "verdict": review.label,
        "verdict_title": review.title,
        "justification": review.justification,
        "confidence": review.confidence,
        "active_seconds": review.active_seconds,
        "guideline_version": review.guideline_version,
        "review_status": review.status,
        "review_created_at": plain(review.created_at),
        "review_updated_at": plain(review.updated_at),
        "submitted_at": review.submitted_at and plain(review.submitted_at),
        "n_sources": len(review.evidence),
        "n_evidence_sets": len({entry.set_number for entry in review.evidence}),
        "n_questions": len({entry.question for entry in review.evidence} - {""}),
        "first_source_url": review.evidence[0].url if review.evidence else None,
        "evidence": _json(review.evidence),
    }


def _json(values: Sequence[Any] | Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, allow_nan=False, default=plain)
