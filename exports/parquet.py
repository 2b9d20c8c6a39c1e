"""The table of `exports.csv` as Parquet, with types: numbers, yes or no, times in UTC."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from exports.base import LeftOut, Options, Record, exporter
from exports.csv import COLUMNS, rows_of

ROWS = 5_000
_WHOLE = {
    "article_id", "claim_id", "start", "end", "claim_version", "guideline_version",
    "n_sources", "n_evidence_sets", "n_questions",
    *(f"{span}_{edge}" for span in ("sentence", "speaker", "cue", "content")
      for edge in ("start", "end")),
}  # fmt: skip
_REAL = {"checkworthiness", "confidence", "active_seconds"}
_YES_OR_NO = {"ambiguous"}
_TIMES = {
    "claim_created_at", "claim_updated_at", "decided_at",
    "review_created_at", "review_updated_at", "submitted_at",
}  # fmt: skip
_DATES = {"published_on", "claimed_on"}


def _kind(column: str) -> pa.DataType:
    if column in _WHOLE:
        return pa.int64()
    if column in _REAL:
        return pa.float64()
    if column in _TIMES:
        return pa.timestamp("us", tz="UTC")
    if column in _DATES:
        return pa.date32()
    return pa.bool_() if column in _YES_OR_NO else pa.string()


SCHEMA = pa.schema([pa.field(name, _kind(name)) for name in COLUMNS])


@exporter(
    "parquet",
    title="Parquet",
    suffix=".parquet",
    group="whole",
    description="The same table with typed columns, for data frames and warehouses",
)
def write_parquet(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[LeftOut]:
    """One row a claim and review; nothing is ever left out."""
    rows = (_typed(row) for record in records for row in rows_of(record))
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        for chunk in _chunks(rows):
            writer.write_table(pa.Table.from_pylist(chunk, schema=SCHEMA))
    return ()


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its times and dates as such: the table has them in words."""
    times = {name: datetime.fromisoformat(row[name]) for name in _TIMES if row.get(name)}
    dates = {name: date.fromisoformat(row[name]) for name in _DATES if row.get(name)}
    return {**row, **times, **dates}


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while taken := list(islice(rows, ROWS)):
        yield taken
