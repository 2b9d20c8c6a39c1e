"""Claims change by hand: offsets stay exact, nothing is deleted, and every change is on record."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import reading, transaction
from db.models import Article, Claim, ClaimLineage, Event, Project, User
from db.queries import claims, events
from db.queries.invariants import misquoted_claims
from tests import factories as make
from tests.intake.corpus import corpus, payload
from workbench.errors import Conflict, InputError, NotAllowed, NotFound
from workbench.workflow import claimwork
from workbench.workflow.claiming import create, merge, move, rewrite, set_state, split

TEXT = "One 👩‍👩‍👧 came.\n\nTwo went, three stayed 🌳."
ONE, TWO, THREE = "One 👩‍👩‍👧 came.", "Two went", "three stayed 🌳"


@pytest.fixture
def article(session: Session) -> Article:
    return make.article(session, text=TEXT)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann-07")


def on(claim: Claim, by: User) -> dict[str, Any]:
    """The claim as its reader names it when it is changed."""
    who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": by.id}
    return {**who, "version": claim.version}


def created(session: Session, article: Article, by: User, start: int, end: int, **more: Any) -> Any:
    where = {"project_id": article.project_id, "article_id": article.id, "start": start, "end": end}
    return create(session, **{**where, "user_id": by.id, "op_id": f"op-{start}-{end}", **more})


def merged(session: Session, by: User, *parts: Claim) -> Claim:
    return merge(
        session,
        project_id=parts[0].project_id,
        claim_ids=[part.id or 0 for part in parts],
        versions=[part.version for part in parts],
        user_id=by.id or 0,
    )


def history(session: Session, claim: Claim) -> list[Event]:
    return events.of_subject(session, subject="claim", subject_id=claim.id or 0)


def everything(engine: Engine) -> list[Any]:
    with reading(engine) as session:
        models = (Claim, ClaimLineage, Event)
        return [row.model_dump() for model in models for row in session.exec(select(model))]


@pytest.mark.parametrize("state", ["accepted", "rejected", "proposed"])
def test_a_claim_is_accepted_rejected_and_proposed_again(
    state: str, session: Session, ann: User
) -> None:
    before = "proposed" if state != "proposed" else "rejected"
    claim = make.claim(session, state=before)
    set_state(session, **on(claim, ann), state=state)
    (event,) = history(session, claim)
    assert (claim.state, event.kind, event.user_id) == (state, f"claim.{state}", ann.id)
    assert (event.before, event.after) == ({"state": before}, {"state": state})


def test_the_same_state_twice_changes_nothing_the_second_time(session: Session, ann: User) -> None:
    claim = make.claim(session, state="proposed")
    seen = on(claim, ann)
    for _ in range(2):
        set_state(session, **seen, state="accepted")
        session.flush()
    assert (claim.version, len(history(session, claim))) == (2, 1)


def test_retiring_is_nothing_that_is_done_by_hand(session: Session, ann: User) -> None:
    with pytest.raises(ValueError, match="not set to 'retired' by hand"):
        set_state(session, **on(make.claim(session), ann), state="retired")


def test_a_rewritten_text_leaves_quote_and_proposal_alone(session: Session, ann: User) -> None:
    claim = make.claim(session, proposed_text="Exports rose.")
    rewrite(session, **on(claim, ann), text="\u00a0Exports rose 🎉 in 2026.\n")
    (event,) = history(session, claim)
    assert (claim.text, claim.quote) == ("Exports rose 🎉 in 2026.", make.QUOTE)
    assert claim.proposed_text == "Exports rose."
    assert (event.kind, event.before) == ("claim.rewritten", {"text": make.QUOTE})
    assert event.after == {"text": "Exports rose 🎉 in 2026."}


@pytest.mark.parametrize("text", ["", "  ", "\u00a0\n"], ids=ascii)
def test_a_claim_without_words_is_refused(text: str, session: Session, ann: User) -> None:
    with pytest.raises(InputError, match="cannot be empty"):
        rewrite(session, **on(make.claim(session), ann), text=text)


def test_a_claim_of_a_books_length_is_told_the_limit(session: Session, ann: User) -> None:
    claim = make.claim(session)
    rewrite(session, **on(claim, ann), text="a" * 5_000)
    session.flush()
    with pytest.raises(InputError, match=r"at most 5,000 characters, this text 5,001"):
        rewrite(session, **on(claim, ann), text="a" * 5_001)


def test_a_moved_claim_quotes_its_new_place(session: Session, article: Article, ann: User) -> None:
    claim = make.claim(session, article, quote=TWO)
    start = TEXT.index(THREE)
    move(session, **on(claim, ann), start=start - 1, end=start + len(THREE))
    (event,) = history(session, claim)
    assert article.text[claim.start : claim.end] == claim.quote == claim.text == THREE
    assert event.kind == "claim.moved"
    found = {"start": 17, "end": 25, "quote": TWO}
    assert event.before == {**found, "text": TWO, "proposed": {}}
    assert claim.proposed == event.after["proposed"] == found
    there = {"start": 27, "end": 41, "quote": THREE, "text": THREE}
    assert event.after == {**there, "proposed": found}


def test_a_text_that_was_rewritten_does_not_follow_the_span(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote=TWO, text="Two people went.")
    move(session, **on(claim, ann), start=0, end=len(ONE))
    assert (claim.quote, claim.text) == (ONE, "Two people went.")


def test_moved_to_where_it_stands_nothing_changes(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote=TWO)
    move(session, **on(claim, ann), start=claim.start, end=claim.end)
    assert (claim.version, history(session, claim)) == (1, [])


def test_a_new_claim_holds_exactly_the_selected_words(
    session: Session, article: Article, ann: User
) -> None:
    start = TEXT.index(TWO)
    claim = created(session, article, ann, start - 2, start + len(TWO))
    assert (claim.quote, claim.start, claim.end) == (TWO, 17, 25)
    assert (claim.text, claim.state, claim.origin) == (TWO, "accepted", "reviewer")
    assert (claim.created_by_id, claim.block) == (ann.id, "body")
    (event,) = history(session, claim)
    assert (event.kind, event.before, event.after["start"]) == ("claim.created", {}, 17)


def test_a_new_claim_can_bring_its_own_text(session: Session, article: Article, ann: User) -> None:
    claim = created(session, article, ann, 0, len(ONE), text=" A family came. ")
    assert (claim.quote, claim.text) == (ONE, "A family came.")


def test_a_claim_made_twice_is_made_once(session: Session, article: Article, ann: User) -> None:
    first, again = (created(session, article, ann, 0, 5, op_id="op-create") for _ in range(2))
    assert (again.id, len(session.exec(select(Claim)).all())) == (first.id, 1)
    assert len(history(session, first)) == 1


def test_a_claim_in_an_article_of_another_project_is_refused(
    session: Session, article: Article, ann: User
) -> None:
    other = make.project(session)
    with pytest.raises(NotFound, match="article"):
        created(session, article, ann, 0, 5, project_id=other.id)


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 5), (9, 3), (4, 4), (0, len(TEXT) + 1), (0, 2**52), (len(TEXT), 99)]
)
def test_a_span_outside_of_the_article_is_refused_in_one_sentence(
    start: int, end: int, session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote=TWO)
    sentence = f"The span {start} to {end} does not lie in the article, which has 42 characters."
    for refused in (
        lambda: created(session, article, ann, start, end),
        lambda: move(session, **on(claim, ann), start=start, end=end),
    ):
        with pytest.raises(InputError) as caught:
            refused()
        assert str(caught.value) == sentence
    assert (claim.quote, claim.version) == (TWO, 1)


def test_white_space_alone_is_no_claim(session: Session, article: Article, ann: User) -> None:
    start = TEXT.index("\n\n")
    with pytest.raises(InputError, match="holds no words"):
        created(session, article, ann, start, start + 2)


@pytest.mark.parametrize("case", corpus("span"))
def test_the_corpus_of_spans_is_refused_in_a_sentence(
    case: dict[str, Any], session: Session, ann: User
) -> None:
    article = make.article(session, text="Rates fell today.")
    start, end = payload(case)
    if case["id"] == "span-overlap-same":
        pytest.skip("one claim may stand where another stands")
    sent = {"kind": "create", "article_id": article.id, "start": start, "end": end, "op_id": "op"}
    with pytest.raises(InputError, match=r"span|sent no number"):
        claimwork.carry_out(session, article.project_id, ann.id or 0, sent)
    assert session.exec(select(Claim)).all() == []


def test_merged_claims_become_one_from_the_first_to_the_last(
    session: Session, article: Article, ann: User
) -> None:
    parts = [make.claim(session, article, quote=quote) for quote in (THREE, ONE, TWO)]
    child = merged(session, ann, *parts)
    assert article.text[child.start : child.end] == child.quote
    assert child.quote == TEXT.removesuffix(".")
    assert child.text == f"{ONE} {TWO}. {THREE}."
    assert (child.state, child.origin, child.created_by_id) == ("accepted", "reviewer", ann.id)


def test_merging_retires_the_parents_and_keeps_the_lineage(
    session: Session, article: Article, ann: User
) -> None:
    one, two = (make.claim(session, article, quote=quote) for quote in (ONE, TWO))
    child = merged(session, ann, two, one)
    assert [part.state for part in (one, two)] == ["retired", "retired"]
    assert claims.parents(session, claim_id=child.id or 0) == [one, two]
    assert {row.how for row in session.exec(select(ClaimLineage))} == {"merge"}
    assert [event.kind for event in history(session, child)] == ["claim.created"]
    (event,) = history(session, one)
    assert (event.kind, event.before, event.after) == (
        "claim.merge",
        {"state": "accepted"},
        {"state": "retired"},
    )


def test_texts_that_are_alike_stand_once_in_the_merged_one(
    session: Session, article: Article, ann: User
) -> None:
    parts = [make.claim(session, article, quote=quote, text="Both.") for quote in (ONE, TWO)]
    assert merged(session, ann, *parts).text == "Both."


def test_one_claim_is_nothing_to_merge(session: Session, ann: User) -> None:
    claim = make.claim(session)
    for parts in ((claim,), (claim, claim)):
        with pytest.raises(InputError, match="at least two claims"):
            merged(session, ann, *parts)


def test_claims_of_two_articles_are_not_merged(
    session: Session, article: Article, ann: User
) -> None:
    other = make.article(session, session.get_one(Project, article.project_id))
    with pytest.raises(InputError, match="different articles"):
        merged(session, ann, make.claim(session, article), make.claim(session, other))


def test_a_split_claim_becomes_two_with_one_parent(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote=f"{TWO}, {THREE}")
    first, second = split(session, **on(claim, ann), at=TEXT.index(THREE))
    assert [first.quote, second.quote] == [f"{TWO},", THREE]
    assert all(article.text[half.start : half.end] == half.quote for half in (first, second))
    assert [half.text for half in (first, second)] == [f"{TWO},", THREE]
    for half in (first, second):
        assert claims.parents(session, claim_id=half.id or 0) == [claim]
    assert claim.state == "retired"
    assert [event.kind for event in history(session, claim)] == ["claim.split"]


def test_children_inherit_who_said_it_and_what_still_lies_inside(
    session: Session, article: Article, ann: User
) -> None:
    times = [{"text": "Two", "start": 17, "end": 20}, {"text": "three", "start": 27, "end": 32}]
    said = {"speaker": "The office", "through": ["TASS"], "block": "heading", "times": times}
    claim = make.claim(session, article, quote=f"{TWO}, {THREE}", **said)
    first, second = split(session, **on(claim, ann), at=27)
    assert (first.speaker, second.through, second.block) == ("The office", ["TASS"], "heading")
    assert (first.times, second.times) == (times[:1], times[1:])


@pytest.mark.parametrize("at", [0, 17, 41, 42, 2**52])
def test_a_claim_is_split_inside_of_itself_alone(
    at: int, session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote=f"{TWO}, {THREE}")
    with pytest.raises(InputError, match="Select the words inside the claim"):
        split(session, **on(claim, ann), at=at)
    assert claim.state == "accepted"


CHANGES: dict[str, Callable[[Session, dict[str, Any]], Any]] = {
    "reject": lambda session, seen: set_state(session, **seen, state="rejected"),
    "rewrite": lambda session, seen: rewrite(session, **seen, text="Something else."),
    "move": lambda session, seen: move(session, **seen, start=0, end=5),
    "split": lambda session, seen: split(session, **seen, at=20),
    "merge": lambda session, seen: merge(
        session,
        project_id=seen["project_id"],
        claim_ids=[seen["claim_id"], make.claim(session).id or 0],
        versions=[seen["version"], 1],
        user_id=seen["user_id"],
    ),
}
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@every_change
def test_a_stale_page_changes_nothing(change: Callable[..., Any], engine: Engine) -> None:
    with transaction(engine) as session:
        claim, ann = make.claim(session, make.article(session, text=TEXT)), make.user(session)
    with transaction(engine) as session:
        session.get_one(Claim, claim.id).text = "Theirs."
    before = everything(engine)

    def stale() -> None:
        with transaction(engine) as session:
            change(session, on(claim, ann))

    with pytest.raises(Conflict, match="This claim was changed elsewhere"):
        stale()
    assert everything(engine) == before


@every_change
def test_a_claim_of_another_project_is_not_found(
    change: Callable[..., Any], session: Session, ann: User
) -> None:
    claim = make.claim(session)
    other = make.project(session)
    with pytest.raises(NotFound, match=f"no claim {claim.id} here"):
        change(session, {**on(claim, ann), "project_id": other.id})
    assert (claim.version, claim.state) == (1, "accepted")


@every_change
def test_a_retired_claim_is_kept_as_it_was(
    change: Callable[..., Any], session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, state="retired")
    with pytest.raises(NotAllowed, match="kept for the record alone"):
        change(session, on(claim, ann))
    assert history(session, claim) == []


HARD = [
    "👩‍👩‍👧",
    "🇧🇪🇫🇷",
    "e\u0301",
    "Z\u0300\u0301\u0316",
    "مرحبا",
    "שָׁלוֹם",
    "\u202ex\u202c",
    "\r\n",
    "\n\n",
    " ",
    "\u00a0",
]
hard_texts = st.lists(
    st.sampled_from(HARD) | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    min_size=1,
    max_size=8,
).map("".join)
places = st.integers(min_value=0, max_value=1_000)
with_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def selected(text: str, here: int, there: int) -> tuple[int, int]:
    """Two places of the text, wherever it ends, in their order."""
    first, last = sorted(place % (len(text) + 1) for place in (here, there))
    return first, last


@with_one_database
@given(text=hard_texts, here=places, there=places)
def test_a_selection_in_any_text_is_quoted_exactly_or_refused(
    engine: Engine, text: str, here: int, there: int
) -> None:
    assume(text)
    start, end = selected(text, here, there)
    with transaction(engine) as session:
        article, ann = make.article(session, text=text), make.user(session)
        if not text[start:end].strip():
            with pytest.raises(InputError):
                created(session, article, ann, start, end, op_id=f"op-{article.id}")
            return
        claim = created(session, article, ann, start, end, op_id=f"op-{article.id}")
        assert article.text[claim.start : claim.end] == claim.quote == text[start:end].strip()
        assert start <= claim.start < claim.end <= end


@with_one_database
@given(text=hard_texts, here=places, there=places)
def test_offsets_hold_in_any_text_whatever_is_done(
    engine: Engine, text: str, here: int, there: int
) -> None:
    assume(text.strip())
    start, end = selected(text, here, there)
    with transaction(engine) as session:
        article, ann = make.article(session, text=text), make.user(session)
        claim = make.claim(session, article, start=0, end=len(text))
        with suppress(InputError):
            move(session, **on(claim, ann), start=start, end=end)
            session.flush()
            halves = split(session, **on(claim, ann), at=(claim.start + claim.end) // 2)
            merged(session, ann, *halves)
        session.flush()
        for claim in session.exec(select(Claim).where(Claim.article_id == article.id)):
            assert article.text[claim.start : claim.end] == claim.quote
        assert misquoted_claims(session) == []


def test_what_the_article_does_not_know_is_refused(
    session: Session, article: Article, ann: User
) -> None:
    for kind in ("delete", None, 7, ["create"], {"create": 1}):
        sent = {"kind": kind, "article_id": article.id, "op_id": "op"}
        with pytest.raises(InputError, match="knows no action"):
            claimwork.carry_out(session, article.project_id, ann.id or 0, sent)


def test_an_article_of_another_project_is_not_found(
    session: Session, article: Article, ann: User
) -> None:
    sent = {"kind": "create", "article_id": article.id, "start": 0, "end": 5, "op_id": "op"}
    with pytest.raises(NotFound, match=f"no article {article.id} here"):
        claimwork.carry_out(session, make.project(session).id or 0, ann.id or 0, sent)
