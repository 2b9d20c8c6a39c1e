"""What the desk asks about sources: earlier ones, what an address fills, stored copies, hints."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Article, Claim, Event, Snapshot, Source
from db.queries import projects
from tests import factories as make
from tests.ui.test_routes import drafted, saved, sent
from workbench.workflow.recalling import MAX_COPY_CHARACTERS

URL = "https://stats.example/2022/exports?id=7"
SHARED = f"{URL}&utm_source=mail#table-3"
ABOUT = {"title": "Exports 2022", "publisher": "Statistics Office", "author": "C. Counter"}
SOURCE = {"url": URL, **ABOUT, "published_on": "2022-01-10", "medium": "PDF", "quote": "It fell."}


@pytest.fixture
def ids(database: Engine) -> list[int]:
    """Three claims in the first project."""
    with transaction(database) as session:
        article = make.article(session, projects.oldest(session), published_on=date(2022, 1, 15))
        return [make.claim(session, article).id or 0 for _ in range(3)]


def asked(claim_id: int, ask: str, **body: object) -> dict:  # type: ignore[type-arg]
    answer = sent("/desk/source", claim_id=claim_id, ask=ask, **body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def judged(claim_id: int, *evidence: dict[str, object], n: int = 1) -> None:
    form = {"label": "refuted", "evidence": list(evidence)}
    assert saved(claim_id, form, op_id=f"op-saved-{n}").status_code == 200


def test_one_address_written_in_two_ways_is_one_source(database: Engine, ids: list[int]) -> None:
    judged(ids[0], SOURCE)
    judged(ids[1], {"url": SHARED, "quote": "It rose."}, n=2)
    with reading(database) as session:
        (source,) = session.exec(select(Source)).all()
    assert (source.url, source.canonical_url, source.medium) == (URL, URL, "PDF")


def test_a_source_of_an_older_workbench_is_found_and_gets_its_canonical_address(
    database: Engine, ids: list[int]
) -> None:
    with transaction(database) as session:
        make.source(session, projects.oldest(session), url=SHARED, canonical_url=SHARED)
    judged(ids[0], {"url": SHARED})
    judged(ids[1], {"url": URL}, n=2)
    with reading(database) as session:
        (source,) = session.exec(select(Source)).all()
    assert (source.url, source.canonical_url) == (SHARED, URL)


@pytest.mark.parametrize("words", ["expo", "Exports 20", "stat off", "STATS.EXAMPLE", URL])
def test_earlier_sources_are_offered_by_the_beginnings_of_words(ids: list[int], words: str) -> None:
    judged(ids[0], SOURCE, {"url": "https://other.example/"})
    (found,) = asked(ids[1], "words", words=words)["sources"]
    assert found == {name: SOURCE[name] for name in found}
    assert found.keys() == SOURCE.keys() - {"quote"}


@pytest.mark.parametrize("words", ["", "  ", "xports", "exports 1999", "https://", "%", "_"])
def test_nothing_is_offered_for_words_that_begin_nothing(ids: list[int], words: str) -> None:
    judged(ids[0], SOURCE)
    assert asked(ids[1], "words", words=words) == {"sources": []}


def test_a_source_described_anew_is_found_by_its_new_words_alone(ids: list[int]) -> None:
    judged(ids[0], SOURCE)
    judged(ids[1], {"url": URL, "title": "Trade figures"}, n=2)
    assert asked(ids[2], "words", words="trade")["sources"][0]["title"] == "Trade figures"
    assert asked(ids[2], "words", words="Exports 2022 trade")["sources"] != []
    assert asked(ids[2], "words", words="counter figures")["sources"] != []


def test_sources_of_another_project_stay_there(database: Engine, ids: list[int]) -> None:
    judged(ids[0], SOURCE)
    with transaction(database) as session:
        other = make.claim(session).id or 0
    assert asked(other, "words", words="exports") == {"sources": []}
    assert asked(other, "address", url=URL) == {"fields": {}, "copy": None}


def test_an_address_fills_what_is_known_of_it(ids: list[int]) -> None:
    judged(ids[0], SOURCE)
    fields = asked(ids[1], "address", url=SHARED)["fields"]
    assert fields == {**ABOUT, "published_on": "2022-01-10", "medium": "PDF"}


def test_an_address_of_an_article_is_filled_from_it(database: Engine, ids: list[int]) -> None:
    with transaction(database) as session:
        article = session.exec(select(Article)).one()
        article.url, article.title, article.outlet = URL, "The story", "The Daily"
    fields = asked(ids[0], "address", url=SHARED)["fields"]
    assert fields == {"title": "The story", "publisher": "The Daily", "published_on": "2022-01-15"}


def test_a_copy_is_kept_once_and_fills_the_address_later(database: Engine, ids: list[int]) -> None:
    typed = {"url": SHARED, "text": "Exports fell.\n", **ABOUT, "published_on": "2022-01-10"}
    for _ in range(2):
        kept = asked(ids[0], "keep", **typed)["copy"]
        assert kept["n_characters"] == 14
    answer = asked(ids[1], "address", url=URL)
    assert answer == {"fields": {**ABOUT, "published_on": "2022-01-10"}, "copy": kept}
    with reading(database) as session:
        (copy,) = session.exec(select(Snapshot)).all()
        assert (copy.canonical_url, copy.text, copy.how) == (URL, "Exports fell.\n", "pasted")
        kinds = [event.kind for event in session.exec(select(Event))]
    assert kinds.count("snapshot.kept") == 1


def test_what_cannot_be_kept_is_refused_in_a_sentence(database: Engine, ids: list[int]) -> None:
    wrong = [
        {"ask": "keep", "url": URL, "text": " "},
        {"ask": "keep", "url": URL, "text": 3},
        {"ask": "keep", "url": URL, "text": "a\x00"},
        {"ask": "keep", "url": URL, "text": "a" * (MAX_COPY_CHARACTERS + 1)},
        {"ask": "keep", "url": "nowhere", "text": "a"},
        {"ask": "words", "words": 3},
        {"ask": "everything"},
        {},
    ]
    for body in wrong:
        answer = sent("/desk/source", claim_id=ids[0], **body)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"].endswith(".")
    assert sent("/desk/source", claim_id=99_999, ask="words", words="a").status_code == 400
    with reading(database) as session:
        assert session.exec(select(Snapshot)).all() == []


def test_hints_come_with_the_draft_and_go_with_their_reason(
    database: Engine, ids: list[int]
) -> None:
    def keys(form: dict[str, object], version: int) -> list[str]:
        answer = drafted(ids[0], form, version, op_id=f"op-draft-{version}").json()
        return [hint["key"] for hint in answer["hints"]]

    assert keys({"label": "supported"}, 0) == ["verdict_without_evidence"]
    later = {"url": "https://www.snopes.com/fact-check/x", "published_on": "2022-02-01"}
    assert keys({"label": "supported", "pending": later}, 1) == [
        "published_after_claim",
        "is_a_fact_check",
    ]
    asked(ids[0], "keep", url=URL, text="Exports rose.")
    wrong = {"url": SHARED, "quote": "Exports fell.", "stance": "refutes"}
    assert keys({"label": "supported", "evidence": [wrong]}, 2) == [
        "stances_against_verdict",
        "quote_not_in_copy",
    ]
    right = {"url": SHARED, "quote": "exports  ROSE", "stance": "supports"}
    assert keys({"label": "supported", "evidence": [right]}, 3) == []


def test_the_claims_own_date_counts_before_the_articles(database: Engine, ids: list[int]) -> None:
    with transaction(database) as session:
        session.get_one(Claim, ids[0]).claimed_on = date(2021, 12, 1)
    form = {"evidence": [{"url": URL, "published_on": "2022-01-10"}]}
    (hint,) = drafted(ids[0], form).json()["hints"]
    assert hint["text"].endswith("after the claim (2021-12-01).")
    answer = drafted(ids[0], {"pending": form["evidence"][0]}, 1, op_id="op-draft-2").json()
    assert answer["hints"][0]["text"].startswith("The source being typed was published on")


def test_a_verdict_of_another_scheme_has_its_own_meaning(database: Engine) -> None:
    with transaction(database) as session:
        project = make.project(session, scheme="liar")
        claim_id = make.claim(session, make.article(session, project)).id or 0
    (hint,) = drafted(claim_id, {"label": "pants-fire"}).json()["hints"]
    assert hint["text"].startswith("The verdict is Pants on fire")
    assert drafted(claim_id, {"label": "half-true"}, 1, op_id="op-draft-2").json()["hints"] == []
