"""CheckThat! check-worthiness (CLEF 2024, task 1): is this claim worth checking, yes or no.

The answer is what people decided: an accepted claim is worth checking, a rejected one is not.
"""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import BinaryIO

from exports.base import LeftOut, Options, Record, exporter

COLUMNS = ("tweet_id", "tweet_url", "tweet_text", "class_label")
_ANSWERS = {"accepted": "Yes", "rejected": "No"}


@exporter(
    "checkthat",
    title="CheckThat!",
    suffix=".tsv",
    group="dataset",
    description="Claims with Yes or No for worth checking, as CLEF's CheckThat! lab has them",
)
def write_checkthat(
    records: Iterable[Record], out: BinaryIO, options: Options
) -> Sequence[LeftOut]:
    """One row a claim that people accepted or rejected; the others are left out."""
    left_out = []
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for record in records:
        answer = _ANSWERS.get(record.claim.state)
        if answer is None:
            reason = "nobody has accepted or rejected it yet"
            left_out.append(LeftOut(record.claim.id, reason))
            continue
        table.writerow((record.claim.id, record.article.url, record.claim.text, answer))
    text.detach()
    return left_out
