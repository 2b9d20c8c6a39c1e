"""What is typed comes through as typed; what is stored for good is checked first."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.corpus import corpus, payload
from workbench.errors import InputError
from workbench.reviewing.forms import (
    MAX_FIELD_CHARACTERS,
    MAX_SOURCES,
    STANCES,
    EvidenceForm,
    ReviewForm,
    check_evidence,
    check_submission,
    is_web_address,
    parse_form,
)

GOOD = EvidenceForm(url="https://stats.example/a", published_on="2022-01-15", quote="It fell.")
STRIPPED = ("url", "title", "publisher", "published_on")

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
entries = st.builds(
    EvidenceForm,
    **{name: words.map(str.strip) for name in STRIPPED},
    quote=words,
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


@pytest.mark.parametrize("name", [*STRIPPED, "quote", "stance"])
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
    form = ReviewForm("refuted", pending=EvidenceForm(stance="context"))
    assert check_submission(form) == ReviewForm("refuted")


@pytest.mark.parametrize("name", ["title", "publisher", "published_on", "quote"])
def test_a_source_still_typed_is_refused_by_its_number(name: str) -> None:
    pending = EvidenceForm(**{name: "2022-01-15"})
    with pytest.raises(InputError, match=r"^Source 2: it has no URL; give one that starts with"):
        check_submission(ReviewForm("refuted", evidence=(GOOD,), pending=pending))


def test_what_can_be_submitted_can_be_opened_again() -> None:
    """A source more than a form may hold would be stored and then never be read back."""
    form = ReviewForm("refuted", evidence=(GOOD,) * MAX_SOURCES, pending=GOOD)
    with pytest.raises(InputError, match="at most 100 sources"):
        check_submission(form)


def test_a_source_names_what_is_wrong_with_it() -> None:
    check_evidence(GOOD)
    wrong = {
        "'nowhere' is no web address": replace(GOOD, url="nowhere"),
        "'soon' is no date; write it as 2022-01-31": replace(GOOD, published_on="soon"),
        "choose one of supports, refutes, context": replace(GOOD, stance="maybe"),
    }
    for sentence, entry in wrong.items():
        with pytest.raises(InputError, match=f"^Source 3: {sentence}"):
            check_evidence(entry, 3)


def test_a_long_mistake_is_not_repeated_in_full() -> None:
    for entry in (EvidenceForm(url="x" * 5_000), replace(GOOD, published_on="x" * 5_000)):
        with pytest.raises(InputError) as caught:
            check_evidence(entry)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/A",
        "https://example.org:8443/ä/日本",
        "https://bücher.example/",
        "https://مثال.إختبار/",
        "http://192.0.2.1/report.pdf",
        "http://[2001:db8::1]/",
    ],
)
def test_complete_addresses_are_taken(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "https:",
        "https://",
        "https:///a",
        "https://?q",
        "https://:80/",
        "http://[::1",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://exam ple.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/\u00a0",
        "https://example.org/" + "a" * 2_000,
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)//https://example.org",
        "data:text/html,https://example.org",
        "mailto:a@example.org",
    ],
    ids=lambda url: url[:40] or "empty",
)
def test_everything_else_is_no_address(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("url", ["https://ann@example.org/", "https://ann:s3cret@example.org/"])
def test_nobody_publishes_their_password_with_a_source(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("url", ["\x01https://example.org", "https://exa\x01mple.org/"], ids=ascii)
def test_an_address_holds_no_invisible_control_characters(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("text", ["20240229", "2024-W09-4"])
def test_a_date_is_written_one_way(text: str) -> None:
    with pytest.raises(InputError, match="is no date; write it as 2022-01-31"):
        check_evidence(replace(GOOD, published_on=text))


@pytest.mark.parametrize("case", corpus("date"))
def test_the_corpus_of_dates_is_judged_as_it_says(case: dict[str, Any]) -> None:
    entry = replace(GOOD, published_on=payload(case))
    if case["expected"].startswith("rejected"):
        with pytest.raises(InputError, match="date"):
            check_evidence(entry)
    else:
        check_evidence(entry)


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


@pytest.mark.parametrize("case", corpus("source-field"))
def test_the_corpus_of_source_addresses_is_judged_as_it_says(case: dict[str, Any]) -> None:
    given = payload(case)
    if not isinstance(given, str):
        pytest.skip("compares two dates that a review form does not hold")
    too_long = case["id"] == "xlsx-url-65530"
    assert is_web_address(given) != (too_long or case["expected"].startswith("rejected"))
