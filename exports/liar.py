"""LIAR's table (Wang 2017, "Liar, Liar Pants on Fire"): 14 columns, tabs, no header, no quoting.

The speaker's job, state, party and credit history are not known here and stay empty or 0. Tabs and
line breaks in a text become spaces, since a row cannot hold them.
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from exports.base import LeftOut, Loss, Options, Record, exporter, flattened
from exports.verdicts import Verdict, in_words_of

_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


@exporter(
    "liar",
    title="LIAR",
    suffix=".tsv",
    group="dataset",
    description="LIAR's 14 columns without a header, for truth-grading models",
)
def write_liar(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """One row a verdict; verdicts without a grade in LIAR are left out."""
    left_out: list[LeftOut] = []
    changed: list[Loss] = []
    for verdict, label in in_words_of("liar", records, options, left_out):
        cells = _cells(verdict, label)
        row = [cell.translate(_BREAKS) for cell in cells]
        if row != cells:
            changed.append(flattened(verdict.record, "tabs and line breaks became spaces"))
        out.write(("\t".join(row) + "\n").encode())
    return [*left_out, *changed]


def _cells(verdict: Verdict, label: str) -> list[str]:
    record = verdict.record
    by = f"-{verdict.reviewer}" if verdict.reviewer else ""
    speaker = record.claim.attribution.name if record.claim.attribution else None
    venue = ", ".join(filter(None, (record.article.outlet, record.article.title)))
    unknown, counts = ["", "", ""], ["0"] * 5
    statement = [record.claim.text, record.claim.type, speaker or ""]
    return [f"{record.claim.id}{by}.json", label, *statement, *unknown, *counts, venue]
