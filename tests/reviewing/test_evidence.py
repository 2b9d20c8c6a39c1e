"""What a piece of evidence must say before it is stored, and which sentence tells what it lacks."""

from dataclasses import replace
from typing import Any

import pytest

from db.models import ANSWER_TYPES as STORED_ANSWER_TYPES
from db.models import MEDIA as STORED_MEDIA
from db.models import STANCES as STORED_STANCES
from tests.intake.corpus import corpus, payload
from workbench.errors import InputError
from workbench.reviewing.evidence import (
    ANSWER_TYPES,
    MAX_SETS,
    MEDIA,
    STANCES,
    EvidenceForm,
    checked_evidence,
)

GOOD = EvidenceForm(url="https://stats.example/a", published_on="2022-01-15", quote="It fell.")
ASKED = replace(GOOD, question="Did it fall?", answer="Yes", answer_type="abstractive")
BOOLEAN = replace(ASKED, answer_type="boolean", explanation="The table says so.")
UNANSWERABLE = EvidenceForm(question="Did it fall?", answer_type="unanswerable")


def test_a_source_names_what_is_wrong_with_it() -> None:
    checked_evidence(GOOD)
    wrong = {
        "'nowhere' is no web address": replace(GOOD, url="nowhere"),
        "'soon' is no date; write it as 2022-01-31": replace(GOOD, published_on="soon"),
        "choose one of supports, refutes, context": replace(GOOD, stance="maybe"),
    }
    for sentence, entry in wrong.items():
        with pytest.raises(InputError, match=f"^Source 3: {sentence}"):
            checked_evidence(entry, 3)


def test_a_long_mistake_is_not_repeated_in_full() -> None:
    for entry in (EvidenceForm(url="x" * 5_000), replace(GOOD, published_on="x" * 5_000)):
        with pytest.raises(InputError) as caught:
            checked_evidence(entry)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["20240229", "2024-W09-4"])
def test_a_date_is_written_one_way(text: str) -> None:
    with pytest.raises(InputError, match="is no date; write it as 2022-01-31"):
        checked_evidence(replace(GOOD, published_on=text))


@pytest.mark.parametrize("case", corpus("date"))
def test_the_corpus_of_dates_is_judged_as_it_says(case: dict[str, Any]) -> None:
    entry = replace(GOOD, published_on=payload(case))
    if case["expected"].startswith("rejected"):
        with pytest.raises(InputError, match="date"):
            checked_evidence(entry)
    else:
        checked_evidence(entry)


def test_the_forms_and_the_database_know_the_same_words() -> None:
    assert MEDIA == STORED_MEDIA
    assert STANCES == STORED_STANCES
    assert ("", *ANSWER_TYPES) == STORED_ANSWER_TYPES


@pytest.mark.parametrize(
    "entry", [GOOD, ASKED, BOOLEAN, UNANSWERABLE, replace(ASKED, medium="PDF")]
)
def test_complete_evidence_is_stored_as_typed(entry: EvidenceForm) -> None:
    assert checked_evidence(entry) == entry


def test_an_extractive_answer_left_empty_is_the_quote() -> None:
    entry = replace(ASKED, answer=" ", answer_type="extractive")
    assert checked_evidence(entry).answer == "It fell."


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (replace(GOOD, accessed_on="soon"), "'soon' is no date"),
        (replace(GOOD, accessed_on="9999-01-01"), "far in the future"),
        (replace(GOOD, medium="papyrus"), "choose one of web text, web table, PDF"),
        (replace(GOOD, set_number=MAX_SETS + 1), "the evidence set is a number from 1 to 20"),
        (replace(GOOD, set_number=-1), "the evidence set is a number from 1 to 20"),
        (replace(GOOD, question="Did it?"), "choose the type of the answer"),
        (replace(GOOD, answer="It did."), "choose the type of the answer"),
        (replace(ASKED, answer_type="maybe"), "an answer is one of extractive, abstractive"),
        (replace(ASKED, question=""), "write the question that it answers"),
        (replace(ASKED, answer=" "), "write the answer to 'Did it fall"),
        (replace(BOOLEAN, answer="Perhaps"), "a boolean answer is Yes or No"),
        (replace(BOOLEAN, explanation=""), "a boolean answer needs its explanation"),
        (replace(UNANSWERABLE, answer="Yes"), "an unanswerable question has no answer"),
        (replace(UNANSWERABLE, question=""), "write the question that it answers"),
        (replace(UNANSWERABLE, url="nowhere"), "'nowhere' is no web address"),
        (replace(ASKED, url=""), "it has no URL"),
    ],
)  # fmt: skip
def test_what_evidence_lacks_is_said_with_its_number(entry: EvidenceForm, sentence: str) -> None:
    with pytest.raises(InputError, match=f"^Source 3: .*{sentence}"):
        checked_evidence(entry, 3)
