"""schema.org's ClaimReview as JSON-LD: one file a claim for its page, and one feed of all.

The rating is the verdict's title; where the scheme is ordered, `ratingValue` is the label's place
in it. `bestRating` and `worstRating` always stand beside it: scales run in either direction.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO
from zipfile import ZipFile

from exports.base import LeftOut, Options, Record, exporter
from exports.verdicts import UNRESOLVED, UNREVIEWED, Verdict, verdicts
from exports.zipped import archive, member

CONTEXT = "https://schema.org"
IN_MEMORY = 8_000_000
_FEED = {"@context": CONTEXT, "@type": "DataFeed", "name": "Fact checks"}
GRADES = {
    "liar": ("pants-fire", "false", "barely-true", "half-true", "mostly-true", "true"),
    "averitec": ("refuted", "conflicting", "supported"),
    "fever": ("refutes", "supports"),
}
"""The labels of a scheme that are grades of truth, from false to true."""


@exporter(
    "claimreview",
    title="ClaimReview",
    suffix=".zip",
    group="dataset",
    description="schema.org JSON-LD for search engines and aggregators: a file a claim, and a feed",
)
def write_claimreview(
    records: Iterable[Record], out: BinaryIO, options: Options
) -> Sequence[LeftOut]:
    """`feed.jsonld` and `claims/*.jsonld`; claims without a verdict are left out."""
    left_out: list[LeftOut] = []
    with archive(out) as zipped, SpooledTemporaryFile(IN_MEMORY) as items:
        for record in records:
            judged = verdicts(record, options)
            if not judged:
                reason = UNREVIEWED if options.labels == "all" else UNRESOLVED
                left_out.append(LeftOut(record.claim.id, reason))
            for verdict in judged:
                _write_both(zipped, items, verdict)
        with member(zipped, "feed.jsonld") as feed:
            feed.write(_json(_FEED)[:-1] + b',"dataFeedElement":[')
            items.seek(0)
            shutil.copyfileobj(items, feed)
            feed.write(b"\n]}\n")
    return left_out


def _write_both(zipped: ZipFile, items: IO[bytes], verdict: Verdict) -> None:
    """The verdict as a file of its own, and as an item that waits for its place in the feed."""
    by = f"-{verdict.reviewer}" if verdict.reviewer else ""
    one = review(verdict)
    with member(zipped, f"claims/{verdict.record.claim.id}{by}.jsonld") as file:
        file.write(_json({"@context": CONTEXT, **one}))
    items.write((b"," if items.tell() else b"") + b"\n")
    items.write(_json({"@type": "DataFeedItem", "item": one}))


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def review(verdict: Verdict) -> dict[str, Any]:
    """The ClaimReview of one verdict, without `@context`; empty properties are left away."""
    record = verdict.record
    return _full(
        {
            "@type": "ClaimReview",
            "url": record.article.url and f"{record.article.url}#claim-{record.claim.id}",
            "claimReviewed": record.claim.text,
            "datePublished": verdict.given_at and verdict.given_at.date().isoformat(),
            "author": {"@type": "Organization", "name": record.project},
            "reviewRating": _rating(verdict),
            "itemReviewed": _claim(record),
            "reviewBody": verdict.justification,
            "citation": list(dict.fromkeys(one.url for one in verdict.evidence if one.url)),
            "inLanguage": record.article.language,
        }
    )


def _rating(verdict: Verdict) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.title}
    grades = GRADES.get(verdict.record.scheme, ())
    if verdict.label in grades:
        place = grades.index(verdict.label) + 1
        rating |= {"ratingValue": place, "bestRating": len(grades), "worstRating": 1}
    return rating


def _claim(record: Record) -> dict[str, Any]:
    article, attribution = record.article, record.claim.attribution
    said_on = record.claim.claimed_on or article.published_on
    name = attribution.name if attribution else article.author or None
    return _full(
        {
            "@type": "Claim",
            "author": {"@type": "Person", "name": name} if name else None,
            "datePublished": said_on and said_on.isoformat(),
            "name": record.claim.place,
            "appearance": _full(
                {
                    "@type": "CreativeWork",
                    "url": article.url,
                    "headline": article.title,
                    "publisher": _organisation(article.outlet),
                }
            ),
        }
    )


def _organisation(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _full(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
