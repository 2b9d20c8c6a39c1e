"""Label Studio's JSON with the labelling configuration that it belongs to, in one ZIP file.

One task an article. Each claim is a region; verdict and justification are fields of the region, one
annotation a reviewer. Label Studio counts UTF-16 units, as JavaScript does: offsets are converted.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

from exports.base import Loss, Options, Record, ReviewRecord, exporter, flattened
from exports.jsonl import plain
from exports.verdicts import submitted
from exports.zipped import archive, member


@exporter(
    "labelstudio",
    title="Label Studio",
    suffix=".zip",
    group="tool",
    description="Tasks with one annotation a reviewer, and the labelling configuration for them",
)
def write_labelstudio(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """`tasks.json` and `config.xml`; evidence is flattened, Label Studio has no place for it."""
    losses: list[Loss] = []
    titles: dict[str, None] = {}
    with archive(out) as zipped:
        with member(zipped, "tasks.json") as file:
            before = b"["
            for _, group in groupby(records, key=lambda record: record.article.id):
                claims = list(group)
                task = json.dumps(_task(claims), ensure_ascii=False, allow_nan=False)
                file.write(before + b"\n" + task.encode())
                before = b","
                titles |= dict.fromkeys(r.title for one in claims for r in submitted(one))
                losses += [flattened(one, _FLAT) for one in claims if _has_evidence(one)]
            file.write(b"[]\n" if before == b"[" else b"\n]\n")
        with member(zipped, "config.xml") as file:
            file.write(config(list(titles)).encode())
    return losses


_FLAT = "evidence and the final verdict are not kept, only each reviewer's verdict and reasons"


def _has_evidence(record: Record) -> bool:
    return any(review.evidence for review in record.reviews)


def config(titles: Sequence[str]) -> str:
    """The labelling configuration: claims as regions, a verdict and reasons on each.

    >>> config(["Refuted"]).count("<Choice ")
    1
    """
    choices = "".join(f"\n    <Choice value={quoteattr(title)}/>" for title in titles)
    return f"""<View>
  <Header value="$title"/>
  <Labels name="label" toName="text">
    <Label value="Claim"/>
  </Labels>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" perRegion="true">{choices}
  </Choices>
  <TextArea name="claim" toName="text" perRegion="true"/>
  <TextArea name="justification" toName="text" perRegion="true"/>
</View>
"""


def _task(claims: Sequence[Record]) -> dict[str, Any]:
    article = claims[0].article
    at = _Units(article.text)
    names = dict.fromkeys(review.reviewer for one in claims for review in submitted(one))
    annotations = [_annotation(claims, name, number, at) for number, name in enumerate(names, 1)]
    return {
        "id": article.id,
        "data": {
            "text": article.text,
            "title": article.title,
            "url": article.url,
            "outlet": article.outlet,
            "article_id": article.id,
        },
        "annotations": annotations,
        "predictions": [_prediction(claims, at)],
    }


def _annotation(
    claims: Sequence[Record], reviewer: str, number: int, at: "_Units"
) -> dict[str, Any]:
    result: list[dict[str, Any]] = []
    for one in claims:
        for review in submitted(one):
            if review.reviewer == reviewer:
                result += [*_region(one, at, "manual"), *_fields(one, review, at)]
    times = [review.updated_at for one in claims for review in one.reviews]
    return {
        "id": claims[0].article.id * 1_000 + number,
        "completed_by": {"email": f"{reviewer}@reviewers.invalid", "first_name": reviewer},
        "result": result,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": plain(min(times)),
        "updated_at": plain(max(times)),
        "result_count": len(result),
    }


def _prediction(claims: Sequence[Record], at: "_Units") -> dict[str, Any]:
    """The claims themselves, which stand whether anybody judged them or not."""
    result = [field for one in claims for field in _region(one, at, "prediction")]
    version = claims[0].article.splitter or "people"
    return {"model_version": version, "score": 1.0, "result": result}


def _region(record: Record, at: "_Units", origin: str) -> list[dict[str, Any]]:
    where = _where(record, at)
    return [
        {
            **where,
            "from_name": "label",
            "type": "labels",
            "origin": origin,
            "value": {**where["value"], "labels": ["Claim"]},
        },
        {
            **where,
            "from_name": "claim",
            "type": "textarea",
            "value": {**where["value"], "text": [record.claim.text]},
        },
    ]


def _fields(record: Record, review: ReviewRecord, at: "_Units") -> list[dict[str, Any]]:
    where = _where(record, at)
    fields = [("verdict", "choices", {"choices": [review.title]})]
    if review.justification:
        fields.append(("justification", "textarea", {"text": [review.justification]}))
    return [
        {**where, "from_name": name, "type": kind, "value": {**where["value"], **value}}
        for name, kind, value in fields
    ]


def _where(record: Record, at: "_Units") -> dict[str, Any]:
    claim = record.claim
    value = {"start": at[claim.start], "end": at[claim.end], "text": claim.quote}
    return {"id": f"claim-{claim.id}", "to_name": "text", "value": value}


class _Units:
    """Code point offsets of a text as UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]

    def __getitem__(self, at: int) -> int:
        return at + bisect_left(self._wide, at)
