"""Finding claims by words and filters, on every database."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from db.models import Claim, Comment, Flag, Project, Review, User
from db.queries import search, words
from db.queries.search import NONE, ClaimFilter, Viewer
from tests import factories as make

NEWS = "Exports of wheat rose. Ministers of the state met. Prices in Zürich fell."


@pytest.fixture
def me(anywhere: Session) -> User:
    return make.user(anywhere, name="me")


@pytest.fixture
def project(anywhere: Session) -> Project:
    return make.project(anywhere, blind=True)


@pytest.fixture
def claims(anywhere: Session, project: Project) -> dict[str, Claim]:
    """Three claims of one article: wheat by Ada, state, prices in Zürich."""
    article = make.article(
        anywhere, project, text=NEWS, outlet="Ledger", published_on=date(2026, 3, 1)
    )
    wheat, state, prices = (
        make.claim(anywhere, article, quote=quote) for quote in NEWS[:-1].split(". ")
    )
    wheat.speaker, wheat.checkworthiness, wheat.claimed_on = "Ada Okoro", 0.9, date(2026, 2, 2)
    prices.state = "proposed"
    anywhere.flush()
    return {"wheat": wheat, "state": state, "prices": prices}


@pytest.fixture
def find(anywhere, project, claims, me):
    """The names of the claims found, and as many as are counted."""

    def find(**wanted):
        viewer, asked = Viewer(project.id, me.id), ClaimFilter(**wanted)
        hits = search.page(anywhere, viewer, asked, limit=50)
        assert search.n_found(anywhere, viewer, asked) == len(hits)
        names = {claim.id: name for name, claim in claims.items()}
        return [names[hit.id] for hit in hits]

    return find


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["wheat", "state", "prices"]),
        ("wheat", ["wheat"]),
        ("WHEAT exports", ["wheat"]),
        ("whe", ["wheat"]),
        ("whe rose", []),
        ('"of the"', ["state"]),
        ('"the of"', []),
        ("“of the state”", ["state"]),
        ("okoro", ["wheat"]),
        ("of", ["wheat", "state"]),
        ("nothing", []),
        ("!!!", []),
    ],
)
def test_words_are_found_in_text_quote_and_speaker(find, typed, found) -> None:
    assert find(words=typed) == found


def test_accents_need_not_be_typed_on_sqlite(find, anywhere: Session) -> None:
    if anywhere.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL compares accents")
    assert find(words="zurich") == ["prices"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text() | st.text(alphabet="\"'*()^:-+& |\\NEAROT{}ab\0"))
def test_nothing_that_is_typed_is_an_error(anywhere, project, me, typed) -> None:
    viewer, wanted = Viewer(project.id, me.id), ClaimFilter(words=typed)
    assert search.n_found(anywhere, viewer, wanted) == len(
        search.page(anywhere, viewer, wanted, limit=50)
    )


def test_filters_by_what_stands_on_the_claim_and_its_article(find, claims) -> None:
    assert find(states=("proposed",)) == ["prices"]
    assert find(speaker="Ada Okoro") == ["wheat"]
    assert find(worth_from=0.5) == find(claimed_from=date(2026, 2, 2)) == ["wheat"]
    assert find(worth_to=0.5) == ["state", "prices"]
    assert find(claimed_to=date(2026, 2, 1)) == []
    assert find(article_id=claims["wheat"].article_id, words="prices") == ["prices"]
    assert len(find(outlet="Ledger", published_from=date(2026, 3, 1))) == 3
    assert find(outlet="Courier") == find(published_to=date(2026, 2, 28)) == []


def test_retired_claims_are_found_only_when_asked_for(find, anywhere, claims) -> None:
    claims["wheat"].state = "retired"
    anywhere.flush()
    assert find() == ["state", "prices"]
    assert find(states=("retired",)) == ["wheat"]


def test_filters_by_verdict_reviewer_and_assignment(find, anywhere, project, claims, me) -> None:
    project.blind = False
    make.review(anywhere, claims["wheat"], me, label="refuted")
    make.resolution(anywhere, claims["state"], label="supported")
    make.assignment(anywhere, claims["prices"], me)
    make.assignment(anywhere, claims["wheat"], me, state="done")
    assert find(verdict="refuted") == find(reviewer="me") == ["wheat"]
    assert find(verdict="refuted", reviewer="nobody") == find(verdict="supported") == []
    assert find(label="supported") == ["state"]
    assert find(assigned="me") == ["prices"]


def test_filters_by_flags_and_open_comments(find, anywhere, claims, me) -> None:
    anywhere.add(Flag(claim_id=claims["wheat"].id, user_id=me.id))
    anywhere.add(Comment(claim_id=claims["state"].id, user_id=me.id, text="Why?"))
    done = Comment(claim_id=claims["prices"].id, user_id=me.id, text="So.", resolved_at=make.NOON)
    anywhere.add(done)
    anywhere.flush()
    assert find(flagged=True) == ["wheat"]
    assert find(discussed=True) == ["state"]


def test_words_of_reviews_and_evidence_are_found(find, anywhere, claims, me) -> None:
    review = make.review(anywhere, claims["wheat"], me, justification="The yearbook says no.")
    make.evidence(anywhere, review, quote="a table of harvests")
    make.evidence(anywhere, review, quote="withdrawn", retired_at=make.NOON)
    assert find(words="yearbook") == find(words="harvests") == ["wheat"]
    assert find(words="withdrawn") == []


def test_filters_by_type_and_kind_and_by_having_none(find, anywhere, claims) -> None:
    claims["wheat"].claim_types = ["Numerical Claim", "Causal Claim"]
    claims["wheat"].kind = "numerical"
    anywhere.flush()
    assert find(claim_type="Causal Claim") == find(kind="numerical") == ["wheat"]
    assert find(claim_type="Causal") == []
    assert find(claim_type=NONE) == find(kind=NONE) == ["state", "prices"]
    assert find(outlet=NONE) == []


@pytest.fixture
def judged(anywhere, project, claims, me) -> None:
    """Bob and I agree on wheat and differ on the state; prices are mine alone."""
    project.blind = False
    bob = make.user(anywhere, name="bob")
    later = {"submitted_at": make.NOON + timedelta(days=7)}
    for name, mine, his in (("wheat", "refuted", "refuted"), ("state", "supported", "refuted")):
        make.review(anywhere, claims[name], me, label=mine)
        make.review(anywhere, claims[name], bob, label=his, **(later if name == "state" else {}))
    make.review(anywhere, claims["prices"], me, label="supported")


def test_filters_by_who_said_what_where_another_said_something_too(find, judged) -> None:
    assert find(stage="verdict") == find(stage="claim") == ["wheat", "state"]
    assert find(disagreed=True) == find(labels=("refuted", "supported")) == ["state"]
    assert find(reviewers=("me", "bob")) == find(labels=("refuted",)) == ["wheat", "state"]
    assert find(reviewers=("me", "nobody")) == find(stage="stance") == []
    assert find(reviewers=("bob", "me"), labels=("refuted", "supported")) == ["state"]
    assert find(reviewers=("me", "bob"), labels=("refuted", "supported")) == []
    assert find(labels=("refuted", "refuted")) == ["wheat"]
    assert find(reviewers=("me", "bob"), disagreed=True) == ["state"]
    assert find(stage="claim", disagreed=True) == []


def test_filters_by_the_days_of_the_last_that_was_said(find, judged) -> None:
    first, second = make.NOON.date(), make.NOON.date() + timedelta(days=7)
    assert find(rated_to=first) == find(rated_from=first, rated_to=first) == ["wheat"]
    assert find(rated_from=second) == ["state"]
    assert find(rated_to=date.max) == find(rated_from=date.min) == ["wheat", "state"]


def test_who_said_what_is_hidden_in_a_blind_project_until_one_has_judged(
    find, anywhere, project, claims, me, judged
) -> None:
    project.blind = True
    ann, bob = make.user(anywhere, name="ann"), make.user(anywhere, name="ben")
    for person, label in ((ann, "supported"), (bob, "refuted")):
        make.review(anywhere, claims["prices"], person, label=label)
    assert find(reviewers=("ann", "ben"), disagreed=True) == ["prices"], "I judged it"
    mine = anywhere.exec(
        select(Review).where(Review.claim_id == claims["prices"].id, Review.user_id == me.id)
    ).one()
    anywhere.delete(mine)
    anywhere.flush()
    assert find(reviewers=("ann", "ben"), disagreed=True) == []
    assert find(stage="verdict") == ["wheat", "state"]


def test_a_blind_project_hides_what_others_said_until_one_has_judged(
    find, anywhere, claims, project, me
) -> None:
    bob = make.user(anywhere, name="bob")
    review = make.review(anywhere, claims["wheat"], bob, label="refuted", justification="Yearbook.")
    make.evidence(anywhere, review, quote="harvests")
    hidden = [{"words": "yearbook"}, {"words": "harvests"}, {"verdict": "refuted"}]
    assert [find(**wanted) for wanted in hidden] == [[], [], []]
    assert find(reviewer="bob") == ["wheat"]

    make.review(anywhere, claims["wheat"], me, label="supported")
    assert [find(**wanted) for wanted in hidden] == [["wheat"]] * 3


def test_an_open_project_hides_nothing(find, anywhere, claims, project) -> None:
    project.blind = False
    make.review(anywhere, claims["wheat"], make.user(anywhere), justification="Yearbook.")
    assert find(words="yearbook") == ["wheat"]


def test_other_projects_are_not_searched(find, anywhere) -> None:
    make.claim(anywhere, make.article(anywhere, text=NEWS))
    assert find(words="wheat") == ["wheat"]


def test_a_line_holds_what_the_list_shows(anywhere, project, claims, me) -> None:
    project.blind = False
    make.resolution(anywhere, claims["wheat"], label="refuted")
    anywhere.add(Flag(claim_id=claims["wheat"].id, user_id=me.id))
    anywhere.flush()
    (hit,) = search.page(anywhere, Viewer(project.id, me.id), ClaimFilter(words="wheat"), limit=5)
    assert (hit.text, hit.speaker, hit.state) == ("Exports of wheat rose", "Ada Okoro", "accepted")
    assert (hit.label, hit.flagged, hit.n_comments) == ("Refuted", True, 0)


def test_pages_follow_one_another(anywhere, project, claims, me) -> None:
    viewer = Viewer(project.id, me.id)
    pages = [
        search.page(anywhere, viewer, ClaimFilter(), limit=2, offset=offset) for offset in (0, 2)
    ]
    assert [hit.id for page in pages for hit in page] == [claim.id for claim in claims.values()]


def test_the_choices_of_a_filter_are_counted(anywhere, project, claims, me) -> None:
    project.blind = False
    make.resolution(anywhere, claims["wheat"], label="refuted")
    viewer = Viewer(project.id, me.id)

    def options(of: str) -> list[tuple[str, int]]:
        return search.options(anywhere, viewer, ClaimFilter(), of)

    assert options("state") == [("accepted", 2), ("proposed", 1)]
    assert options("speaker") == [("Ada Okoro", 1)]
    assert options("outlet") == [("Ledger", 3)]
    assert options("label") == [("refuted", 1)]


def test_the_search_follows_every_change(find, anywhere, claims) -> None:
    claims["wheat"].text = "Exports of barley rose"
    claims["wheat"].speaker = None
    anywhere.flush()
    assert find(words="barley") == ["wheat"]
    assert find(words="okoro") == []
    assert find(words="wheat") == ["wheat"], "the quote is what the article says"
    assert words.out_of_step(anywhere) == []


def test_an_index_out_of_step_is_noticed_and_written_anew(session: Session) -> None:
    claim = make.claim(session)
    session.execute(text("INSERT INTO claim_fts (claim_fts) VALUES ('delete-all')"))
    assert words.out_of_step(session) == ["claim"]
    words.rebuild(session)
    assert words.out_of_step(session) == []
    viewer = Viewer(claim.project_id, make.user(session).id or 0)
    assert search.n_found(session, viewer, ClaimFilter(words="exports")) == 1


def test_claims_that_want_more_reviews_are_told_from_those_that_wait_for_a_lead(
    find, anywhere, project, claims
) -> None:
    project.blind, project.overlap = False, 2
    ann, bob = make.user(anywhere), make.user(anywhere)
    make.review(anywhere, claims["wheat"], ann, label="supported")
    make.review(anywhere, claims["wheat"], bob, label="refuted")
    make.review(anywhere, claims["state"], ann, label="supported")
    assert set(find(step="wanting")) == {"state", "prices"}
    assert set(find(step="left")) == {"wheat", "state", "prices"}
    make.resolution(anywhere, claims["state"], label="supported")
    assert set(find(step="wanting")) == {"prices"}
