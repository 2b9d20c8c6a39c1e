"""The table of `exports.csv` with tabs between the cells."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from exports.base import LeftOut, Options, Record, exporter
from exports.csv import write_table


@exporter(
    "tsv",
    title="TSV",
    suffix=".tsv",
    group="whole",
    description="The same table with tabs between the cells",
)
def write_tsv(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[LeftOut]:
    """A header, then one row a claim and review; nothing is ever left out."""
    write_table(records, out, options, separator="\t")
    return ()
