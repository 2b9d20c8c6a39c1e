"""The native format: everything known about a claim on one line of JSON, in a fixed order.

The keys are the fields of `Record` and of what it holds, after `"format"`. Text is UTF-8 as it is,
times are UTC (`2026-01-15T12:00:00Z`), dates ISO. The article's text stands on each line, so that
`article.text[start:end] == quote` can be checked from the line alone.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from exports.base import LeftOut, Options, Record, exporter

FORMAT = "factcheck-workbench/1"


@exporter(
    "jsonl",
    title="JSON Lines",
    suffix=".jsonl",
    group="whole",
    description="The full record, one claim a line: article, offsets, speaker, reviews, evidence",
)
def write_jsonl(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[LeftOut]:
    """One line a claim; nothing is ever left out."""
    for record in records:
        out.write(line(record).encode() + b"\n")
    return ()


def line(record: Record) -> str:
    """The record as one line of JSON, without the newline."""
    return _dumped({"format": FORMAT, **plain(record)})


def json_line(value: Any) -> bytes:
    """The value as one line of JSON in UTF-8, with its newline.

    >>> json_line({"rose": True})
    b'{"rose": true}\\n'
    """
    return _dumped(value).encode() + b"\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=plain)


def plain(value: Any) -> Any:
    """What JSON has no word for, in words that it has.

    >>> plain(datetime(2026, 1, 15, 12, tzinfo=UTC)), plain(date(2026, 1, 15))
    ('2026-01-15T12:00:00Z', '2026-01-15')
    """
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a record")
