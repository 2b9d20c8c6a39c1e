"""The table: rows, columns, and no formula that a spreadsheet would run."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.base import Options, Record
from exports.csv import COLUMNS, guarded, write_csv
from tests.exports.records import bare, record, review

CASES = Path(__file__).parents[3] / "shared/badinputs/manifest.jsonl"
TRIGGERS = "=+-@\t\r\n＝＋－＠"
FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1"]


def table(*records: Record, raw: bool = False) -> list[dict[str, str]]:
    """The rows that a reader of CSV sees."""
    out = BytesIO()
    write_csv(records, out, Options(raw=raw))
    return list(csv.DictReader(StringIO(out.getvalue().decode(), newline="")))


def test_a_row_is_a_claim_and_a_review() -> None:
    twice = replace(record(), reviews=(review(), replace(review(), reviewer="ann-08")))
    rows = table(twice, bare())
    assert [row["reviewer"] for row in rows] == ["ann-07", "ann-08", ""]
    assert [row["claim_id"] for row in rows] == ["7", "7", "7"]


def test_every_column_is_filled_from_a_full_record() -> None:
    full = replace(record(), claim=replace(record().claim, created_by="lead-1"))
    (row,) = table(full)
    assert list(row) == list(COLUMNS)
    assert [name for name, cell in row.items() if cell == ""] == []


def test_evidence_is_json_and_counted() -> None:
    (row,) = table(record())
    (evidence,) = json.loads(row["evidence"])
    assert (row["n_sources"], row["first_source_url"]) == ("1", evidence["url"])
    assert evidence["stance"] == "refutes"


def test_rows_beyond_the_first_chunk_have_no_second_header() -> None:
    rows = table(*[record()] * 2_001)
    assert {row["claim_id"] for row in rows} == {"7"}
    assert len(rows) == 2_001


def formulas() -> list[str]:
    if not CASES.exists():
        return FORMULAS
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    found = [case["value"] for case in cases if case["id"].startswith("formula-")]
    return FORMULAS + [value for value in found if isinstance(value, str)]


@pytest.mark.parametrize("text", formulas())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    (row,) = table(bare(text))
    for cell in row.values():
        assert not cell.lstrip(" \u00a0\ufeff\u200b").startswith(tuple(TRIGGERS))
    assert row["quote"] in (text, f"'{text}")


@pytest.mark.parametrize("text", formulas())
def test_raw_cells_are_as_they_are(text: str) -> None:
    (row,) = table(bare(text), raw=True)
    assert row["quote"] == row["claim"] == text


@given(st.text(alphabet=st.one_of(st.sampled_from("'" + TRIGGERS + " ="), st.characters())))
def test_two_texts_never_become_the_same_cell(text: str) -> None:
    cell = guarded(text)
    given_back = cell[1:] if cell.startswith("'") and guarded(cell[1:]) != cell[1:] else cell
    assert given_back == text


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("\"\r\n, '="), st.characters(codec="utf-8")), min_size=1
    )
)
def test_every_text_comes_back_from_the_table(text: str) -> None:
    (row,) = table(bare(text), raw=True)
    assert row["quote"] == text


@pytest.mark.parametrize("value", [-5, -0.5, None, True])
def test_what_is_no_text_is_never_guarded(value: Any) -> None:
    assert guarded(value) is value
