"""The table of `exports.csv` as an Excel workbook; every text is a text, never a formula."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter

from exports.base import LeftOut, Loss, Options, Record, exporter, flattened
from exports.csv import COLUMNS, rows_of

MAX_CELL = 32_767
MAX_ROWS = 1_048_576
_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@exporter(
    "xlsx",
    title="Excel",
    suffix=".xlsx",
    group="whole",
    description="The same table as an Excel workbook, with a first row that stays in view",
)
def write_xlsx(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """One row a claim and review; a sheet holds 1,048,576 rows and 32,767 characters a cell."""
    losses: list[Loss] = []
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        # A date of its own would make each file differ.
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("claims")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(COLUMNS), book.add_format({"bold": True}))
        at = 1
        for record in records:
            rows = rows_of(record)
            if at + len(rows) > MAX_ROWS:
                losses.append(LeftOut(record.claim.id, "the sheet is full"))
                continue
            for row in rows:
                if not _write_row(sheet, at, row):
                    reason = f"a text was cut at {MAX_CELL:,} characters"
                    losses.append(flattened(record, reason))
                at += 1
    return losses


def _write_row(sheet: Any, at: int, row: dict[str, Any]) -> bool:
    """Whether every cell could be written whole."""
    whole = True
    for column, name in enumerate(COLUMNS):
        value = row.get(name)
        if isinstance(value, str):
            cut = _cut(value)
            whole &= cut == value
            sheet.write_string(at, column, cut)
        elif value is not None:
            sheet.write(at, column, value)
    return whole


def _cut(text: str) -> str:
    """The text as far as a cell holds it: Excel counts UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[: 2 * MAX_CELL].decode("utf-16-le", "ignore")
