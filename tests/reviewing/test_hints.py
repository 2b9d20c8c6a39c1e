"""Each hint appears when it should, stays silent when it should, and says which source it means."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reviewing.factcheckers import desk_of, reads_like_a_check
from workbench.reviewing.hints import Case, Cited, Copy, hints, rule, rules
from workbench.reviewing.matching import near_equal, stands_in
from workbench.reviewing.schemes import schemes

REPORT = (
    "Exports of the country rose by four percent in the first half of the year, the statistics "
    "office said on Monday, after two years in which they fell."
)
ONE = Cited("Source 1", "https://one.example/a", stance="supports", quote="Exports rose.")
TWO = Cited("Source 2", "https://two.example/b", stance="refutes", quote="Exports fell.")
CASE = Case(
    verdict="Supported",
    leaning="supports",
    claimed_on=date(2022, 1, 15),
    article_address="https://daily.example/story",
    evidence=(ONE,),
)


def said(case: Case, key: str) -> list[str]:
    return [hint.text for hint in hints(case) if hint.key == key]


def citing(*evidence: Cited) -> Case:
    return replace(CASE, evidence=evidence)


def test_a_good_review_gets_no_hint() -> None:
    assert hints(CASE) == []


def test_an_empty_review_gets_no_hint() -> None:
    assert hints(Case()) == []


def test_a_verdict_without_a_source() -> None:
    unanswered = Cited("Source 1", "")
    for case in (citing(), citing(unanswered)):
        assert said(case, "verdict_without_evidence") == [
            "The verdict is Supported, and there is no source for it yet."
        ]
    neither = replace(citing(), verdict="Not Enough Evidence", leaning="")
    assert hints(neither) == []


def test_stances_against_the_verdict() -> None:
    (alone,) = said(citing(TWO), "stances_against_verdict")
    assert alone == (
        "The verdict is Supported, but Source 2 refutes the claim, and no source supports it."
    )
    (mixed,) = said(citing(ONE, TWO, replace(TWO, name="Source 3")), "stances_against_verdict")
    assert mixed == "The verdict is Supported, but Source 2 and Source 3 refute the claim."
    refuted = replace(citing(TWO), verdict="Refuted", leaning="refutes")
    assert said(refuted, "stances_against_verdict") == []
    assert said(replace(refuted, evidence=(ONE,)), "stances_against_verdict") != []
    context = citing(replace(TWO, stance="context"))
    assert said(context, "stances_against_verdict") == []


@pytest.mark.parametrize(("day", "later"), [(14, False), (15, False), (16, True)])
def test_a_source_published_after_the_claim(day: int, later: bool) -> None:
    case = citing(replace(ONE, published_on=date(2022, 1, day)))
    told = said(case, "published_after_claim")
    assert told == (
        ["Source 1 was published on 2022-01-16, after the claim (2022-01-15)."] if later else []
    )
    assert said(replace(case, claimed_on=None), "published_after_claim") == []


def test_the_article_as_its_own_source() -> None:
    case = citing(replace(ONE, address=CASE.article_address))
    assert said(case, "is_the_article") == ["Source 1 is the article that the claim stands in."]
    assert said(replace(CASE, article_address=""), "is_the_article") == []


@pytest.mark.parametrize(
    ("url", "desk"),
    [
        ("https://www.politifact.com/factchecks/2022/jan/1/x", "PolitiFact"),
        ("https://www.snopes.com/fact-check/x/", "Snopes"),
        ("https://fullfact.org/health/x/", "Full Fact"),
        ("https://factcheck.afp.com/doc.afp.com.1", "AFP Fact Check"),
        ("https://correctiv.org/faktencheck/2022/x", "Correctiv"),
        ("https://chequeado.com/verificacion-del-discurso/x", "Chequeado"),
        ("https://www.reuters.com/fact-check/x", "Reuters Fact Check"),
        ("https://www.reuters.com/world/x", ""),
        ("https://correctiv.org/aktuelles/x", ""),
        ("https://notpolitifact.com/x", ""),
        ("https://example.org/politifact.com", ""),
        ("https://[", ""),
    ],
)
def test_pages_of_fact_checkers_are_known(url: str, desk: str) -> None:
    assert desk_of(url) == desk
    assert bool(said(citing(replace(ONE, address=url)), "is_a_fact_check")) == bool(desk)


@pytest.mark.parametrize(
    ("title", "reads"),
    [
        ("Fact check: exports did not rise", True),
        ("FACT-CHECKING the minister", True),
        ("Faktencheck: Exporte", True),
        ("False: the minister never said so", True),
        ("Verificación de un discurso", True),
        ("Exports of goods, 2022", False),
        ("The false dawn of exports", False),
    ],
)
def test_titles_of_fact_checks_are_known(title: str, reads: bool) -> None:
    assert reads_like_a_check(title) == reads
    (told,) = said(citing(replace(ONE, title=title)), "is_a_fact_check") or [""]
    assert ("may be" in told) == reads


def test_a_quote_that_is_not_in_the_stored_copy() -> None:
    kept = replace(ONE, copies=(Copy("a", "He said: exports\nrose.  More."),))
    assert said(citing(kept), "quote_not_in_copy") == []
    wrong = replace(kept, quote="Exports rose sharply.")
    told = said(citing(wrong), "quote_not_in_copy")
    assert told == ["The quote of Source 1 is not in its stored copy."]
    older = replace(wrong, copies=(Copy("b", "Exports rose sharply."), *kept.copies))
    assert said(citing(older), "quote_not_in_copy") == []
    assert said(citing(replace(wrong, quote=" ")), "quote_not_in_copy") == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("“It fell”, he said", 'X "It fell", he said'),
        ("it’s a 4–5 % rise", "It's a 4-5\u00a0% rise."),
        ("the ﬁnal oﬃce", "the final office"),
        ("a co\u00adoperation", "A cooperation"),
        ("the agreement holds", "the agree-\nment holds"),
        ("It fell […] he said", "It fell by 4 %, he said."),
        ("It fell ... he said", "It fell by 4 %, he said."),
        ("ÉTÉ", "e\u0301te\u0301"),
    ],
)
def test_a_quote_is_found_however_it_was_copied(quote: str, text: str) -> None:
    assert stands_in(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [("It rose", "It fell"), ("he said […] It fell", "It fell, he said."), ("4 %", "5 %")],
)
def test_other_words_are_not_found(quote: str, text: str) -> None:
    assert not stands_in(quote, text)


@given(st.text(), st.text(), st.text())
def test_a_verbatim_part_is_always_found(before: str, part: str, after: str) -> None:
    assert stands_in(part, f"{before} {part} {after}")


def test_two_sources_with_the_same_text_are_one_witness() -> None:
    agency = replace(ONE, quote=REPORT)
    reprint = replace(TWO, quote=REPORT.replace("Monday", "Tuesday"))
    told = said(citing(agency, reprint), "one_witness")
    assert told == ["Source 1 and Source 2 carry the same text: they may be one witness."]
    short = citing(replace(ONE, quote="Exports rose."), replace(TWO, quote="Exports rose."))
    assert said(short, "one_witness") == []
    same_page = citing(agency, replace(agency, name="Source 2"))
    assert said(same_page, "one_witness") == []
    copies = (Copy("same", REPORT),)
    kept = citing(replace(ONE, copies=copies), replace(TWO, copies=copies))
    assert said(kept, "one_witness") == told


def test_near_equal_texts_differ_by_a_few_words_alone() -> None:
    assert near_equal(REPORT, REPORT.upper())
    assert not near_equal(REPORT, " ".join(reversed(REPORT.split())))
    assert not near_equal("", "")


def test_a_rule_is_named_once() -> None:
    known = next(iter(rules().values()))
    with pytest.raises(ValueError, match="two rules are named"):
        rule(known)
    assert all(check.__doc__ for check in rules().values())


def test_every_scheme_says_which_verdicts_lean_where() -> None:
    leaning = {
        scheme.key: {label.key: label.leaning for label in scheme.labels if label.leaning}
        for scheme in schemes().values()
    }
    assert leaning == {
        "averitec": {"supported": "supports", "refuted": "refutes"},
        "fever": {"supports": "supports", "refutes": "refutes"},
        "liar": {
            "pants-fire": "refutes",
            "false": "refutes",
            "barely-true": "refutes",
            "mostly-true": "supports",
            "true": "supports",
        },
    }
