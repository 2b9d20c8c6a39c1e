"""doccano's JSONL for sequence labelling: one article a line, each claim as [start, end, label].

The label is the claim's final verdict, or "Claim" while it has none. Offsets are code points, as
doccano's server counts them. doccano has no place for annotators and times: they are flattened.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from exports.base import Loss, Options, Record, exporter, flattened
from exports.jsonl import json_line

NO_VERDICT = "Claim"


@exporter(
    "doccano",
    title="doccano",
    suffix=".jsonl",
    group="tool",
    description="One article a line with its claims as labelled spans, for doccano's import",
)
def write_doccano(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """One line an article; reviews are flattened to the claim's final verdict."""
    losses: list[Loss] = []
    for _, group in groupby(records, key=lambda record: record.article.id):
        claims = list(group)
        out.write(json_line(_article(claims)))
        losses += [flattened(claim, _FLAT) for claim in claims if claim.reviews]
    return losses


_FLAT = "reviewers, evidence and times are not kept, only the final verdict"


def _article(claims: Sequence[Record]) -> dict[str, Any]:
    article = claims[0].article
    return {
        "id": article.id,
        "text": article.text,
        "label": [[one.claim.start, one.claim.end, label(one)] for one in claims],
        "Comments": [
            review.justification for one in claims for review in one.reviews if review.justification
        ],
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "language": article.language,
    }


def label(record: Record) -> str:
    """The title of the claim's final verdict, or `NO_VERDICT`."""
    return record.resolution.title if record.resolution else NO_VERDICT
