"""W3C Web Annotation (Recommendation of 2017) as JSON-LD: a collection, one annotation a verdict.

A claim without a verdict is an annotation that highlights it. The position selector counts code
points, as the standard asks; the quote selector holds 32 code points before and after.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from exports.base import LeftOut, Options, Record, exporter
from exports.jsonl import plain
from exports.verdicts import Verdict, verdicts

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
_SOFTWARE = {"type": "Software", "name": "factcheck-workbench"}


@exporter(
    "webannotation",
    title="Web Annotation",
    suffix=".jsonld",
    group="tool",
    description="W3C Web Annotations: each claim anchored by its quote and its position",
)
def write_webannotation(
    records: Iterable[Record], out: BinaryIO, options: Options
) -> Sequence[LeftOut]:
    """One annotation a verdict, or a claim without one; nothing is ever left out."""
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "Claims and verdicts"}
    out.write(_json(head)[:-1].encode() + b',"first":{"type":"AnnotationPage","items":[')
    total = 0
    for record in records:
        for annotation in _annotations(record, options):
            out.write(b"," * bool(total) + b"\n" + _json(annotation).encode())
            total += 1
    out.write(f'\n]}},"total":{total}}}\n'.encode())
    return ()


def _annotations(record: Record, options: Options) -> list[dict[str, Any]]:
    found = verdicts(record, options)
    if not found:
        highlight = _annotation(record, "highlight", "highlighting", [])
        return [highlight | {"created": plain(record.claim.created_at)}]
    return [_of_verdict(verdict) for verdict in found]


def _of_verdict(verdict: Verdict) -> dict[str, Any]:
    body = [_text("classifying", verdict.title)]
    if verdict.justification:
        body.append(_text("commenting", verdict.justification))
    body += [{"id": one.url, "purpose": "linking"} for one in verdict.evidence if one.url]
    name = verdict.reviewer or "resolution"
    made = _annotation(verdict.record, name, "classifying", body)
    if verdict.given_at:
        made["created"] = plain(verdict.given_at)
    if verdict.reviewer:
        made["creator"] = {"type": "Person", "nickname": verdict.reviewer}
    return made


def _annotation(
    record: Record, name: str, motivation: str, body: list[dict[str, Any]]
) -> dict[str, Any]:
    claim = record.claim
    return {
        "id": f"urn:factcheck:{record.article.text_sha256[:16]}:{claim.id}:{name}",
        "type": "Annotation",
        "motivation": motivation,
        "generator": _SOFTWARE,
        "body": [_text("describing", claim.text), *body],
        "target": {"source": _source(record), "selector": _selectors(record)},
    }


def _source(record: Record) -> str:
    return record.article.url or f"urn:sha256:{record.article.text_sha256}"


def _selectors(record: Record) -> list[dict[str, Any]]:
    claim, text = record.claim, record.article.text
    return [
        {
            "type": "TextQuoteSelector",
            "exact": claim.quote,
            "prefix": text[max(0, claim.start - AROUND) : claim.start],
            "suffix": text[claim.end : claim.end + AROUND],
        },
        {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
    ]


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
