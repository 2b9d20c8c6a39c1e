"""The files as the tools that they are made for read them."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.base import EvidenceRecord, LeftOut, Options, Record, exporters
from exports.csv import COLUMNS
from tests.exports.reading import docs, members, rows
from tests.exports.records import any_record, bare, in_article, record, review

SHARED = Path(__file__).parents[3] / "shared/gold/native_formats"
AROUND = "👩‍👩‍👧 says: "
CLAIM = "🎉 rose by 4 percent"


def written(name: str, *records: Record, **options: str) -> tuple[bytes, list]:
    out = BytesIO()
    losses = exporters()[name].write(records, out, Options(**options))
    return out.getvalue(), list(losses)


def with_emoji() -> Record:
    return record(f"{AROUND}{CLAIM}, she said.", CLAIM)


def overlapping() -> list[Record]:
    text = "Exports rose and imports fell."
    whole, part = record(text, "Exports rose and imports fell"), record(text, "imports fell")
    return [whole, replace(part, claim=replace(part.claim, id=8))]


def test_label_studio_counts_utf_16_units_and_knows_every_field_of_its_configuration() -> None:
    files = members(written("labelstudio", with_emoji())[0])
    (task,) = json.loads(files["tasks.json"])
    units = task["data"]["text"].encode("utf-16-le")
    config = ElementTree.fromstring(files["config.xml"])
    fields = {one.get("name"): one for one in config.iter() if one.get("toName")}
    results = [*task["annotations"][0]["result"], *task["predictions"][0]["result"]]
    assert {one["from_name"] for one in results} == set(fields)
    for one in results:
        value = one["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == CLAIM
        assert one["to_name"] == fields[one["from_name"]].get("toName") == "text"
    choices = [one.get("value") for one in fields["verdict"].iter("Choice")]
    (verdict,) = [one for one in results if one["from_name"] == "verdict"]
    assert verdict["value"]["choices"] == choices == ["Refuted"]


def test_label_studio_has_one_annotation_a_reviewer() -> None:
    two = replace(record(), reviews=(review(), replace(review(), reviewer="ann-08")))
    (task,) = json.loads(members(written("labelstudio", two)[0])["tasks.json"])
    names = [one["completed_by"]["first_name"] for one in task["annotations"]]
    assert names == ["ann-07", "ann-08"]


def test_doccano_has_an_article_a_line_and_spans_in_code_points() -> None:
    lines = written("doccano", with_emoji(), *overlapping())[0].decode().splitlines()
    # All three stand in articles of the same number, so they are one line.
    (line,) = map(json.loads, lines)
    start, end, label = line["label"][0]
    assert (line["text"][start:end], label) == (CLAIM, "Refuted")
    assert len(line["label"]) == 3


def test_conll_has_four_columns_and_each_claim_begins_once() -> None:
    text, losses = written("conll", *overlapping())
    assert [type(loss) for loss in losses] == [LeftOut]
    lines = text.decode().splitlines()
    assert lines[0] == "-DOCSTART- -X- O O"
    tokens = [line.split(" ") for line in lines[1:] if line]
    assert {len(columns) for columns in tokens} == {4}
    assert [word for word, *_, tag in tokens if tag != "O"] == [
        "Exports",
        "rose",
        "and",
        "imports",
        "fell",
    ]
    assert [tag for *_, tag in tokens].count("B-CLAIM") == 1


@settings(deadline=None, max_examples=50)
@given(st.lists(any_record(), max_size=3))
def test_a_docbin_keeps_the_text_and_each_span_is_its_quote(records: list[Record]) -> None:
    records = [in_article(one, number) for number, one in enumerate(records)]
    found = docs(written("docbin", *records)[0])
    assert [doc.text for doc in found] == [one.article.text for one in records]
    for doc, one in zip(found, records, strict=True):
        (span,) = doc.spans["claims"]
        start = one.claim.start
        assert (span.start_char, span.end_char) == (start, one.claim.end)
        assert doc.text[span.start_char : span.end_char] == one.claim.quote
        assert span.id_ == str(one.claim.id)


@settings(deadline=None, max_examples=50)
@given(any_record())
def test_conll_tokens_are_the_words_of_the_quote(one: Record) -> None:
    text, losses = written("conll", one)
    tagged = [line.split(" ")[0] for line in text.decode().split("\n") if "CLAIM" in line[-7:]]
    assert "".join(tagged) == ("" if losses else "".join(one.claim.quote.split()))


def test_liar_reads_as_fourteen_columns_without_quotes() -> None:
    hostile = replace(record(), claim=replace(record().claim, text='He\tsaid "no"\nand left'))
    text, losses = written("liar", hostile, bare())
    table = pd.read_csv(BytesIO(text), sep="\t", header=None, quoting=3, dtype=str)
    assert table.shape == (1, 14)
    assert list(table.loc[0, [0, 1, 2, 4]]) == [
        "7.json",
        "false",
        'He said "no" and left',
        "Alice",
    ]
    assert [loss.reason for loss in losses] == [
        "it has no final verdict yet",
        "tabs and line breaks became spaces",
    ]


def test_every_review_is_a_line_of_its_own_where_all_are_asked_for() -> None:
    other = replace(review(), reviewer="ann-08", label="supported", title="Supported")
    two = replace(record(), reviews=(review(), other))
    text, _ = written("liar", two, labels="all")
    assert [line.split("\t")[:2] for line in text.decode().splitlines()] == [
        ["7-ann-07.json", "false"],
        ["7-ann-08.json", "true"],
    ]


def test_what_a_format_has_no_word_for_is_left_out_with_the_reason() -> None:
    final = replace(record().resolution, label="conflicting", title="Conflicting")
    _, (loss,) = written("scifact", replace(record(), resolution=final))
    assert loss == LeftOut(7, "the format has no equivalent of the verdict 'Conflicting'")


def test_scifact_evidence_points_into_its_corpus() -> None:
    files = members(written("scifact", record())[0])
    claim = json.loads(files["claims.jsonl"])
    corpus = {one["doc_id"]: one for one in map(json.loads, files["corpus.jsonl"].splitlines())}
    ((document, (entry,)),) = claim["evidence"].items()
    assert entry["label"] == "CONTRADICT"
    sentences = corpus[int(document)]["abstract"]
    assert [sentences[at] for at in entry["sentences"]] == ["Exports fell by 2 percent."]
    assert claim["cited_doc_ids"] == [int(document)]


def test_claimreview_is_a_file_a_claim_and_the_same_in_the_feed() -> None:
    files = members(written("claimreview", record(), bare())[0])
    feed = json.loads(files.pop("feed.jsonld"))
    ((name, content),) = files.items()
    one = json.loads(content)
    assert name == "claims/7.jsonld"
    assert one.pop("@context") == feed["@context"] == "https://schema.org"
    assert [item["item"] for item in feed["dataFeedElement"]] == [one]
    rating = one["reviewRating"]
    assert rating["alternateName"] == "Refuted"
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert one["itemReviewed"]["author"]["name"] == "Alice"


@pytest.mark.parametrize("labels", ["resolved", "all"])
def test_web_annotations_select_the_quote_by_words_and_by_code_points(labels: str) -> None:
    one = with_emoji()
    collection = json.loads(written("webannotation", one, bare(), labels=labels)[0])
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 2
    quote, position = items[0]["target"]["selector"]
    text = one.article.text
    assert text[position["start"] : position["end"]] == quote["exact"] == CLAIM
    assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
    assert len({item["id"] for item in items}) == 2


def test_checkthat_says_yes_or_no_for_what_people_decided() -> None:
    states = ("accepted", "rejected", "proposed")
    three = [replace(record(), claim=replace(record().claim, state=state)) for state in states]
    text, losses = written("checkthat", *three)
    header, *lines = rows(text, "\t")
    assert [line[-1] for line in lines] == ["Yes", "No"]
    assert header[-1] == "class_label"
    assert len(losses) == 1


def test_excel_cells_are_texts_and_numbers_and_never_formulas() -> None:
    hostile = replace(record(), claim=replace(record().claim, text='=HYPERLINK("http://x")'))
    sheet = load_workbook(BytesIO(written("xlsx", hostile)[0]))["claims"]
    header, row = sheet.iter_rows()
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert list(cells) == list(COLUMNS)
    assert (cells["claim"].value, cells["claim"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert {cell.data_type for cell in row} <= {"s", "n", "b"}
    assert cells["start"].value == 16


def test_a_text_too_long_for_a_cell_is_cut_and_said() -> None:
    long = replace(record(), claim=replace(record().claim, text="🎉" * 20_000))
    content, losses = written("xlsx", long)
    sheet = load_workbook(BytesIO(content))["claims"]
    assert "🎉" * 16_000 in {
        cell.value[:16_000] for cell in sheet[2] if isinstance(cell.value, str)
    }
    assert [loss.reason for loss in losses] == ["a text was cut at 32,767 characters"]


def test_parquet_has_types_and_the_same_values_as_the_table() -> None:
    content, _ = written("parquet", record(), bare())
    frame = pd.read_parquet(BytesIO(content))
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame["submitted_at"].dtype) == "datetime64[us, UTC]"
    assert frame["start"].tolist() == [16, 0]
    assert frame["ambiguous"].tolist() == [False, False]
    assert frame["verdict"].tolist()[0] == "refuted"
    assert pd.isna(frame["verdict"][1])


def test_the_tsv_table_is_the_csv_table() -> None:
    both = record(), bare()
    assert rows(written("tsv", *both)[0], "\t") == rows(written("csv", *both)[0], ",")


def with_evidence(*entries: EvidenceRecord, label: str = "refuted") -> Record:
    judged = replace(review(), label=label, evidence=entries)
    final = replace(record().resolution, label=label, title=label)
    return replace(record(), reviews=(judged,), resolution=final)


def entry(quote: str, **fields: object) -> EvidenceRecord:
    (full,) = review().evidence
    return replace(full, quote=quote, **fields)


def test_fever_evidence_is_alternative_sets_of_lines_in_its_corpus() -> None:
    one = with_evidence(
        entry("They fell.", set_number=1),
        entry("By two percent.", set_number=1),
        entry("A loss\nwas recorded.", set_number=2, canonical_url="https://b.example/", url="b"),
        entry("They rose.", set_number=2, stance="supports"),
    )
    files = members(written("fever", one)[0])
    pages = {page["id"]: page for page in map(json.loads, files["wiki-pages.jsonl"].splitlines())}
    claim = json.loads(files["claims.jsonl"])
    assert (claim["label"], claim["verifiable"]) == ("REFUTES", "VERIFIABLE")
    found = [
        [pages[page]["lines"].split("\n")[line] for *_, page, line in references]
        for references in claim["evidence"]
    ]
    assert found == [["0\tThey fell.", "1\tBy two percent."], ["0\tA loss was recorded."]]
    assert all(isinstance(number, int) for refs in claim["evidence"] for number, *_ in refs)
    assert list(pages) == ["Exports_2026", "Exports_2026-2"]


def test_fever_says_not_enough_info_without_evidence_and_leaves_out_what_it_cannot_score() -> None:
    unknown = with_evidence(entry("They fell."), label="not-enough-evidence")
    content, losses = written("fever", unknown)
    claim = json.loads(members(content)["claims.jsonl"])
    assert (claim["label"], claim["verifiable"]) == ("NOT ENOUGH INFO", "NOT VERIFIABLE")
    assert claim["evidence"] == [[[7_000, None, None, None]]]
    assert not losses
    _, (loss,) = written("fever", with_evidence())
    assert loss == LeftOut(7, "FEVER needs a quoted source for REFUTES, and it has none")


def test_averitec_has_the_keys_that_its_evaluation_reads() -> None:
    one = with_evidence(
        entry("They fell."),
        entry("By 2 percent.", question="By how much?", answer="2 %", answer_type="extractive"),
        entry("", question="Why?", answer="", answer_type="unanswerable", url="", explanation=""),
    )
    (claim,) = json.loads(written("averitec", one)[0])
    assert (claim["label"], claim["claim_date"]) == ("Refuted", "13-01-2026")
    answers = {q["question"]: q["answers"] for q in claim["questions"]}
    assert [a["answer_type"] for (a,) in answers.values()] == [
        "Boolean",
        "Extractive",
        "Unanswerable",
    ]
    for (answer,) in answers.values():
        assert answer.keys() >= {"answer", "answer_type", "source_url", "source_medium"}
        assert (answer["answer_type"] == "Boolean") == ("boolean_explanation" in answer)
    assert answers["Why?"][0] == {
        "answer": "No answer could be found.",
        "answer_type": "Unanswerable",
        "source_url": "",
        "source_medium": "",
    }


def test_averitec_claims_have_the_keys_of_its_own_file() -> None:
    own = SHARED / "averitec/dev.first60.json"
    if not own.exists():
        pytest.skip("needs a sample of AVeriTeC's own file")
    theirs = json.loads(own.read_text(encoding="utf-8"))
    (ours,) = json.loads(written("averitec", record())[0])
    everywhere = set.intersection(*(set(claim) for claim in theirs))
    assert everywhere <= set(ours) | {"cached_original_claim_url"}
    kinds = {type(claim[key]) for claim in theirs for key in ours if key in claim}
    assert {type(value) for value in ours.values()} <= kinds
