"""Undo and redo: each kind of action there and back, and any number of them in a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import transaction
from db.models import Article, Assignment, Claim, Event, Flag, Project, Review, User
from db.queries import claims, events, flags, reviews
from db.queries.invariants import misquoted_claims
from tests import factories as make
from workbench.errors import NotAllowed, WorkbenchError
from workbench.workflow import claiming, drawing, flagging, reviewing, undoing

TEXT = "Exports rose by 4 percent, unions doubt it 🌳. The minister went home early."
SHOWN = ("state", "reason", "text", "start", "end", "quote", "speaker", "claimed_on", "place")


@pytest.fixture
def article(session: Session) -> Article:
    return make.article(session, text=TEXT)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann-07")


def steps(session: Session, article: Article, by: User) -> Any:
    return undoing.next_steps(session, project_id=article.project_id, user_id=by.id or 0)


def undo(session: Session, article: Article, by: User) -> int:
    step, _ = steps(session, article, by)
    who = {"project_id": article.project_id, "user_id": by.id or 0}
    return undoing.undo(session, **who, event_id=step.event_id)


def redo(session: Session, article: Article, by: User) -> int:
    _, step = steps(session, article, by)
    who = {"project_id": article.project_id, "user_id": by.id or 0}
    return undoing.redo(session, **who, event_id=step.event_id)


def on(claim: Claim, by: User) -> dict[str, Any]:
    who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": by.id}
    return {**who, "version": claim.version}


def standing(session: Session, article: Article) -> Any:
    """What the workbench shows of the article: its open claims, the reviews on them, the flags."""
    shown = claims.in_article(session, article_id=article.id or 0)
    ids, owner = [claim.id for claim in shown], make.owner(article.project_id)
    return (
        [(claim.id, *(getattr(claim, name) for name in SHOWN), claim.claim_types, claim.proposed)
         for claim in shown],
        [(row.claim_id, row.user_id, row.status, row.label_id)
         for row in session.exec(select(Review).order_by(Review.id)) if row.status == "submitted"],
        [(flag.claim_id, flag.reason) for id in ids
         for flag, _ in flags.raised(session, owner, claim_id=id or 0)],
        [(row.claim_id, row.state) for row in session.exec(select(Assignment))
         if row.state == "skipped"],
        [(id, found.label_id, found.how) for id in ids
         if (found := reviews.resolution(session, claim_id=id or 0))],
    )  # fmt: skip


def submit(session: Session, claim: Claim, by: User, label: str, **form: Any) -> None:
    stored = reviews.of_user(session, claim_id=claim.id or 0, user_id=by.id or 0)
    n_events = len(session.exec(select(Event)).all())
    reviewing.submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": label, **form},
        version=stored.version if stored else 0,
        claim_version=claim.version,
        op_id=f"submit-{claim.id}-{by.id}-{n_events}",
    )


def _state(new: str) -> Callable[..., Any]:
    return lambda session, claim, by: claiming.set_state(
        session, **on(claim, by), state=new, reason="Too vague" if new == "rejected" else ""
    )


def _flag_down(session: Session, claim: Claim, by: User) -> None:
    flag = next(iter(session.exec(select(Flag).where(Flag.claim_id == claim.id))))
    who = {"project_id": claim.project_id, "user_id": by.id or 0}
    flagging.lower_flag(session, **who, flag_id=flag.id or 0, version=flag.version)


def _described(session: Session, claim: Claim, by: User) -> None:
    claiming.describe(
        session,
        **on(claim, by),
        speaker="Ann Speaker",
        claimed_on=date(2022, 1, 15),
        place="Riga",
        claim_types=["Causal Claim"],
    )


def _merged(session: Session, claim: Claim, by: User) -> None:
    others = claims.in_article(session, article_id=claim.article_id)
    other = next(each for each in others if each.id != claim.id)
    claiming.merge(
        session,
        project_id=claim.project_id,
        claim_ids=[claim.id or 0, other.id or 0],
        versions=[claim.version, other.version],
        user_id=by.id or 0,
    )


def _created(session: Session, claim: Claim, by: User) -> None:
    n_claims = len(session.exec(select(Claim)).all())
    where = {"project_id": claim.project_id, "article_id": claim.article_id, "start": 0, "end": 7}
    claiming.create(session, **where, user_id=by.id or 0, op_id=f"make-{n_claims}")


ACTIONS: dict[str, Callable[[Session, Claim, User], Any]] = {
    "accept": _state("accepted"),
    "reject": _state("rejected"),
    "propose": _state("proposed"),
    "retire": lambda s, claim, by: claiming.retire(s, **on(claim, by), reason="Opinion"),
    "rewrite": lambda s, claim, by: claiming.rewrite(s, **on(claim, by), text=f"{claim.text} Yes."),
    "describe": _described,
    "move": lambda s, claim, by: claiming.move(s, **on(claim, by), start=0, end=12),
    "merge": _merged,
    "split": lambda s, claim, by: claiming.split(s, **on(claim, by), at=claim.start + 8),
    "create": _created,
    "skip": lambda s, claim, by: drawing.skip(s, claim=claim, user_id=by.id, reason="later"),
    "flag": lambda s, claim, by: flagging.raise_flag(s, claim=claim, user_id=by.id, reason="odd"),
    "lower": _flag_down,
    "refute": lambda s, claim, by: submit(s, claim, by, "refuted"),
    "support and reword": lambda s, claim, by: submit(
        s, claim, by, "supported", claim_text=f"{claim.text} So."
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_goes_there_and_back(
    name: str, session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote="Exports rose by 4 percent")
    make.claim(session, article, quote="The minister went home early", state="proposed")
    if name == "accept":
        claim.state = "proposed"
    if name == "lower":
        make.flag(session, claim)
    before = standing(session, article)
    ACTIONS[name](session, claim, ann)
    done = standing(session, article)
    assert done != before
    undo(session, article, ann)
    assert standing(session, article) == before
    redo(session, article, ann)
    assert standing(session, article) == done
    undo(session, article, ann)
    assert standing(session, article) == before
    assert not misquoted_claims(session)


def test_every_kind_that_can_be_undone_has_words_and_an_inverse() -> None:
    assert set(undoing.UNDOABLE) == set(undoing._INVERSES)


@given(chosen=st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 9)), max_size=8))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_as_many_undos_give_the_first_state_and_redos_the_last(
    chosen: list[tuple[str, int]], engine: Engine
) -> None:
    with transaction(engine) as session:
        article, ann = make.article(session, text=TEXT, of=None), make.user(session)
        for quote in ("Exports rose by 4 percent", "unions doubt it 🌳", "The minister went home"):
            make.claim(session, article, quote=quote, state="proposed")
        states = [standing(session, article)]
        for name, which in chosen:
            open_claims = claims.in_article(session, article_id=article.id or 0)
            try:
                ACTIONS[name](session, open_claims[which % len(open_claims)], ann)
            except (WorkbenchError, StopIteration, IndexError, ZeroDivisionError):
                continue
            if standing(session, article) != states[-1]:
                states.append(standing(session, article))
        n_done = 0
        while steps(session, article, ann)[0] is not None:
            undo(session, article, ann)
            n_done += 1
        assert standing(session, article) == states[0]
        assert not misquoted_claims(session)
        for _ in range(n_done):
            redo(session, article, ann)
        assert steps(session, article, ann)[1] is None
        assert standing(session, article) == states[-1]
        assert not misquoted_claims(session)


def test_a_verdict_taken_back_is_a_draft_with_all_that_was_typed(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article)
    source = {"url": "https://a.example/1", "quote": "It rose.", "stance": "refutes"}
    form = {"justification": "It fell.", "confidence": 0.8, "claim_text": "It rose a lot."}
    submit(session, claim, ann, "refuted", evidence=[source], **form)
    undo(session, article, ann)
    state = reviewing.open_review(session, claim_id=claim.id or 0, user_id=ann.id or 0)
    found = state.form
    assert (state.status, found.label, found.justification) == ("draft", "refuted", "It fell.")
    assert (found.confidence, found.claim_text) == (0.8, "It rose a lot.")
    assert [entry.quote for entry in found.evidence] == ["It rose."]
    assert claim.text == claim.quote


def test_a_verdict_changed_and_taken_back_is_the_earlier_one(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article)
    submit(session, claim, ann, "refuted", justification="It fell.")
    submit(session, claim, ann, "supported", justification="It rose.")
    undo(session, article, ann)
    review = reviews.of_user(session, claim_id=claim.id or 0, user_id=ann.id or 0)
    stored = reviewing.submitted_form(session, review)
    assert (review.status, stored.label, stored.justification) == (
        "submitted", "refuted", "It fell.",
    )  # fmt: skip
    assert review.draft["label"] == "supported"
    redo(session, article, ann)
    assert reviewing.submitted_form(session, review).label == "supported"
    assert review.draft == {}


def test_what_somebody_changed_since_is_not_taken_back(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, state="proposed")
    bob = make.user(session, name="bob", display_name="Bob")
    claiming.set_state(session, **on(claim, ann), state="rejected")
    claiming.rewrite(session, **on(claim, bob), text="Another text")
    with pytest.raises(NotAllowed, match=rf"^Claim {claim.id} was changed since by Bob, "):
        undo(session, article, ann)
    undo(session, article, bob)
    undo(session, article, ann)
    assert (claim.state, claim.text) == ("proposed", claim.quote)


def test_a_merged_claim_that_somebody_judged_is_not_taken_apart(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote="Exports rose")
    make.claim(session, article, quote="unions doubt it")
    _merged(session, claim, ann)
    (child,) = claims.in_article(session, article_id=article.id or 0)
    submit(session, child, make.user(session, display_name="Bob"), "refuted")
    with pytest.raises(NotAllowed, match=rf"^Claim {child.id} was judged since by Bob, "):
        undo(session, article, ann)
    assert (claim.state, child.state) == ("retired", "accepted")


def test_a_draft_typed_since_is_never_overwritten(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article)
    submit(session, claim, ann, "refuted")
    review = reviews.of_user(session, claim_id=claim.id or 0, user_id=ann.id or 0)
    reviewing.save_draft(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=ann.id or 0,
        form={"label": "supported"},
        version=review.version,
        op_id="draft-01",
    )
    with pytest.raises(NotAllowed, match="was worked on since"):
        undo(session, article, ann)


def test_undo_is_of_the_person_and_of_the_project(session: Session, article: Article) -> None:
    ann, bob = make.user(session), make.user(session)
    claim = make.claim(session, article)
    elsewhere = make.claim(session, make.article(session, make.project(session)))
    claiming.rewrite(session, **on(claim, ann), text="Ann's")
    claiming.rewrite(session, **on(elsewhere, ann), text="Ann's elsewhere")
    assert steps(session, article, bob) == (None, None)
    undo(session, article, ann)
    assert (claim.text, elsewhere.text) == (claim.quote, "Ann's elsewhere")


def test_something_new_ends_what_could_be_done_again(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article)
    claiming.rewrite(session, **on(claim, ann), text="One")
    undo(session, article, ann)
    claiming.rewrite(session, **on(claim, ann), text="Two")
    assert steps(session, article, ann)[1] is None


def test_a_page_that_is_behind_undoes_nothing_else(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article)
    claiming.rewrite(session, **on(claim, ann), text="One")
    stale, _ = steps(session, article, ann)
    claiming.rewrite(session, **on(claim, ann), text="Two")
    who = {"project_id": article.project_id, "user_id": ann.id or 0}
    with pytest.raises(NotAllowed, match=r"^Something else was done since"):
        undoing.undo(session, **who, event_id=stale.event_id)
    assert claim.text == "Two"


def test_the_words_name_what_would_be_undone(session: Session, article: Article, ann: User) -> None:
    claim = make.claim(session, article, quote="Exports rose")
    other = make.claim(session, article, quote="unions doubt it")
    _merged(session, claim, ann)
    assert steps(session, article, ann)[0].words == f"merged claims {claim.id} and {other.id}"
    undo(session, article, ann)
    assert steps(session, article, ann)[1].words == f"merged claims {claim.id} and {other.id}"


def test_an_undo_names_the_event_that_it_takes_back(
    session: Session, article: Article, ann: User
) -> None:
    claim = make.claim(session, article, quote="Exports rose")
    make.claim(session, article, quote="unions doubt it")
    _merged(session, claim, ann)
    leader, _ = steps(session, article, ann)
    undo(session, article, ann)
    done = events.of_action(session, leader_id=leader.event_id)
    undone = session.exec(select(Event).where(Event.undoes_id.is_not(None))).all()  # type: ignore[union-attr]
    assert {event.undoes_id for event in undone} == {event.id for event in done}
    assert [event.part_of_id is None for event in undone] == [True, False, False]


@pytest.fixture
def to_lead(session: Session, article: Article) -> Claim:
    """A claim of a project where what is skipped goes to the lead."""
    session.get_one(Project, article.project_id).skip_to = "lead"
    return make.claim(session, article, quote="Exports")


def flags_up(session: Session, claim: Claim) -> list[str]:
    session.flush()
    rows = session.exec(select(Flag).where(Flag.claim_id == claim.id))
    return [row.reason for row in rows if row.lowered_at is None]


def test_an_undone_skip_lowers_the_flag_that_it_raised(session, article, to_lead, ann) -> None:
    drawing.skip(session, claim=to_lead, user_id=ann.id, reason="Two readings")
    assert flags_up(session, to_lead) == ["Two readings"]
    undo(session, article, ann)
    assert flags_up(session, to_lead) == []
    row = session.exec(select(Assignment)).one()
    assert (row.state, row.slot) == ("open", 1)
    redo(session, article, ann)
    assert flags_up(session, to_lead) == ["Two readings"]
    session.refresh(row)
    assert (row.state, row.slot) == ("skipped", None)


def test_a_claim_flagged_already_is_skipped_to_the_lead_and_keeps_its_flag(
    session, article, to_lead, ann
) -> None:
    flagging.raise_flag(session, claim=to_lead, user_id=ann.id, reason="Look")
    drawing.skip(session, claim=to_lead, user_id=ann.id, reason="Two readings")
    assert flags_up(session, to_lead) == ["Look"]
    undo(session, article, ann)
    assert flags_up(session, to_lead) == ["Look"]


def test_an_undone_skip_leaves_a_flag_that_the_lead_lowered(session, article, to_lead, ann):
    drawing.skip(session, claim=to_lead, user_id=ann.id, reason="Two readings")
    flag = session.exec(select(Flag)).one()
    lead = make.user(session)
    flagging.lower_flag(
        session, project_id=article.project_id, flag_id=flag.id, user_id=lead.id, version=1
    )
    undo(session, article, ann)
    session.refresh(flag)
    assert flag.lowered_by_id == lead.id
