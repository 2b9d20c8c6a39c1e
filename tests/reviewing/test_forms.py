"""What is typed comes through as typed; what is stored for good is checked first."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.corpus import corpus, payload
from workbench.errors import InputError
from workbench.reviewing.evidence import STANCES, EvidenceForm
from workbench.reviewing.forms import MAX_SOURCES, ReviewForm, check_submission, parse_form
from workbench.reviewing.typed import MAX_FIELD_CHARACTERS

GOOD = EvidenceForm(url="https://stats.example/a", published_on="2022-01-15", quote="It fell.")
STRIPPED = ("url", "title", "publisher", "published_on", "author", "accessed_on", "question")
KEPT = ("quote", "answer", "explanation", "medium", "answer_type")

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
entries = st.builds(
    EvidenceForm,
    **{name: words.map(str.strip) for name in STRIPPED},
    **dict.fromkeys(KEPT, words),
    set_number=st.integers(min_value=1),
    stance=st.sampled_from(STANCES) | words.filter(bool),
    id=st.none() | st.integers(min_value=1),
)
forms = st.builds(
    ReviewForm,
    label=words,
    justification=words,
    confidence=st.none() | st.floats(0, 1),
    evidence=st.lists(entries, max_size=3).map(tuple),
    pending=entries,
    claim_text=words,
)


@given(forms)
def test_a_form_comes_back_from_its_own_json(form: ReviewForm) -> None:
    assert parse_form(form.as_json()) == form


def test_nothing_sent_is_an_empty_form() -> None:
    assert parse_form({}) == ReviewForm()
    assert parse_form({"evidence": None, "pending": None, "confidence": ""}) == ReviewForm()
    assert parse_form({"pending": {"stance": ""}}).pending.stance == "supports"


def test_a_draft_may_be_half_typed() -> None:
    form = parse_form({"pending": {"url": "https:/", "published_on": "20"}, "label": "mayb"})
    assert (form.pending.url, form.pending.published_on, form.label) == ("https:/", "20", "mayb")


def test_blanks_around_a_source_go_and_those_of_a_quote_stay() -> None:
    typed = {"url": " https://a.example\n", "title": "\tA ", "publisher": " B", "quote": " “q” \n"}
    entry = parse_form({"evidence": [typed]}).evidence[0]
    assert entry == EvidenceForm("https://a.example", "A", "B", quote=" “q” \n")


@pytest.mark.parametrize("name", ["label", "justification", "claim_text"])
@pytest.mark.parametrize("value", [3, 1.5, True, ["a"], {"a": 1}, 0, False, []], ids=repr)
def test_a_text_field_takes_text_alone(name: str, value: object) -> None:
    with pytest.raises(InputError, match=f"The field '{name}' must be text"):
        parse_form({name: value})


@pytest.mark.parametrize("name", [*STRIPPED, *KEPT, "stance"])
def test_a_field_of_a_source_takes_text_alone(name: str) -> None:
    for where in ({"pending": {name: 3}}, {"evidence": [{name: ["a"]}]}):
        with pytest.raises(InputError, match=f"The field '{name}' must be text"):
            parse_form(where)


def test_a_field_that_is_too_long_is_told_the_limit() -> None:
    longest = "a" * MAX_FIELD_CHARACTERS
    assert parse_form({"justification": longest}).justification == longest
    with pytest.raises(InputError, match="holds 20,001 characters; at most 20,000 are kept"):
        parse_form({"justification": longest + "a"})


@pytest.mark.parametrize("text", ["be\x00cause", "\ud800", "x\udc80"], ids=ascii)
def test_what_no_database_can_hold_is_refused(text: str) -> None:
    for where in ({"justification": text}, {"pending": {"title": text}}):
        with pytest.raises(InputError, match="a character that is no text; remove it"):
            parse_form(where)


@pytest.mark.parametrize("value", [-0.1, 1.01, 80, "0.8", True, [], {}, float("nan")], ids=repr)
def test_confidence_is_a_share(value: object) -> None:
    with pytest.raises(InputError, match="confidence must lie between 0 and 100 %"):
        parse_form({"confidence": value})


@pytest.mark.parametrize("value", [0, 1, 0.0, 0.35, 1.0])
def test_both_ends_of_confidence_count(value: float) -> None:
    assert parse_form({"confidence": value}).confidence == value


@pytest.mark.parametrize(
    "raw",
    [
        {"evidence": "https://a.example"},
        {"evidence": {"url": "https://a.example"}},
        {"evidence": ["https://a.example"]},
        {"evidence": [None]},
        {"evidence": [{}] * (MAX_SOURCES + 1)},
        {"pending": "https://a.example"},
        {"pending": [1]},
        {"pending": {"id": "7"}},
        {"pending": {"id": 7.0}},
        {"pending": {"set_number": "2"}},
        {"pending": {"set_number": True}},
    ],
    ids=lambda raw: str(raw)[:40],
)
def test_sources_of_another_shape_are_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        parse_form(raw)


def test_a_submission_needs_a_verdict() -> None:
    with pytest.raises(InputError, match="Choose a verdict first"):
        check_submission(ReviewForm(justification="Because."))


def test_the_source_still_typed_is_added_when_it_is_complete() -> None:
    other = replace(GOOD, url="https://other.example")
    checked = check_submission(ReviewForm("refuted", evidence=(GOOD,), pending=other))
    assert checked == ReviewForm("refuted", evidence=(GOOD, other))


def test_a_stance_alone_is_no_source() -> None:
    form = ReviewForm("refuted", pending=EvidenceForm(stance="context", medium="PDF", set_number=2))
    assert check_submission(form) == ReviewForm("refuted")


@pytest.mark.parametrize(
    "name", ["title", "publisher", "published_on", "author", "accessed_on", "quote", "answer"]
)
def test_a_source_still_typed_is_refused_by_its_number(name: str) -> None:
    pending = EvidenceForm(**{name: "2022-01-15"})
    with pytest.raises(InputError, match=r"^Source 2: it has no URL; give one that starts with"):
        check_submission(ReviewForm("refuted", evidence=(GOOD,), pending=pending))


def test_what_can_be_submitted_can_be_opened_again() -> None:
    """A source more than a form may hold would be stored and then never be read back."""
    form = ReviewForm("refuted", evidence=(GOOD,) * MAX_SOURCES, pending=GOOD)
    with pytest.raises(InputError, match="at most 100 sources"):
        check_submission(form)


@pytest.mark.parametrize("case", corpus("verdict"))
def test_the_corpus_of_verdicts_never_passes_as_a_form_with_another_one(
    case: dict[str, Any],
) -> None:
    """Text is kept as it is and judged by the project's scheme; all else is refused here."""
    given = payload(case)
    if isinstance(given, str) and given:
        assert check_submission(parse_form({"label": given})).label == given
    else:
        with pytest.raises(InputError, match=r"verdict|'label' must be text"):
            check_submission(parse_form({"label": given}))


@pytest.mark.parametrize("case", corpus("claim-field"))
def test_the_corpus_of_fields_is_kept_verbatim_or_refused(case: dict[str, Any]) -> None:
    given = payload(case)
    unstorable = case["id"] in ("field-256k", "field-nul", "field-surrogate", "xlsx-cell-32767")
    if unstorable or not isinstance(given, str):
        with pytest.raises(InputError, match="'justification'"):
            parse_form({"justification": given})
    else:
        assert parse_form({"justification": given}).justification == given


def test_a_draft_from_before_the_newer_fields_still_opens() -> None:
    old = {"url": "https://a.example", "title": "A", "publisher": "", "published_on": ""}
    old |= {"quote": "q", "stance": "refutes", "id": 3}
    form = parse_form({"label": "refuted", "evidence": [old], "pending": old | {"id": None}})
    assert form.evidence == (
        EvidenceForm("https://a.example", "A", quote="q", stance="refutes", id=3),
    )
