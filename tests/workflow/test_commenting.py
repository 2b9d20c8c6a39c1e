"""Comments and flags: threads are answered and resolved, nothing said is lost."""

from typing import Any

import pytest
from sqlmodel import Session

from db.models import Claim, Comment, User
from db.queries import comments, events, flags
from db.queries.invariants import circular_lineage, threads_at_odds, undos_at_odds
from tests import factories as make
from workbench.errors import Conflict, InputError, NotAllowed, NotFound
from workbench.workflow import commenting, flagging


@pytest.fixture
def claim(session: Session) -> Claim:
    return make.claim(session)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann-07")


def on(row: Any, claim: Claim, by: User) -> dict[str, Any]:
    return {"project_id": claim.project_id, "user_id": by.id, "version": row.version}


def said(session: Session, claim: Claim) -> list[str]:
    return [
        row.text
        for row, _ in comments.of_claim(
            session, make.owner(claim.project_id), claim_id=claim.id or 0
        )
    ]


def test_answers_stand_under_what_they_answer(session: Session, claim: Claim, ann: User) -> None:
    first = commenting.comment(session, claim=claim, user_id=ann.id, text="One?")
    commenting.comment(session, claim=claim, user_id=ann.id, text="Two?")
    commenting.comment(session, claim=claim, user_id=ann.id, text="Yes.", thread_id=first.id)
    assert said(session, claim) == ["One?", "Yes.", "Two?"]
    assert comments.n_open(session, make.owner(claim.project_id), claim_ids=[claim.id]) == {
        claim.id: 2
    }


def test_a_thread_is_resolved_and_an_answer_opens_it_again(
    session: Session, claim: Claim, ann: User
) -> None:
    first = commenting.comment(session, claim=claim, user_id=ann.id, text="One?")
    commenting.resolve_thread(session, **on(first, claim, ann), comment_id=first.id)
    assert (
        first.resolved_by_id,
        comments.n_open(session, make.owner(claim.project_id), claim_ids=[claim.id]),
    ) == (ann.id, {})
    commenting.comment(session, claim=claim, user_id=ann.id, text="No.", thread_id=first.id)
    assert (first.resolved_at, first.resolved_by_id) == (None, None)
    kinds = [each.kind for each in events.of_subject(session, subject="comment", subject_id=1)]
    assert kinds == ["comment.written", "comment.resolved", "comment.reopened"]


def test_a_comment_taken_away_stays_in_the_database(
    session: Session, claim: Claim, ann: User
) -> None:
    first = commenting.comment(session, claim=claim, user_id=ann.id, text="One?")
    commenting.retire_comment(session, **on(first, claim, ann), comment_id=first.id)
    assert said(session, claim) == []
    assert session.get_one(Comment, first.id).text == "One?"


def test_a_thread_taken_away_is_kept_under_its_answers(
    session: Session, claim: Claim, ann: User
) -> None:
    first = make.comment(session, claim, user_id=ann.id)
    make.comment(session, claim, thread=first, text="Yes.")
    commenting.retire_comment(session, **on(first, claim, ann), comment_id=first.id)
    found = comments.of_claim(session, make.owner(claim.project_id), claim_id=claim.id or 0)
    assert [row.retired_at is None for row, _ in found] == [False, True]


def test_a_comment_changed_elsewhere_is_not_overwritten(
    session: Session, claim: Claim, ann: User
) -> None:
    row = make.comment(session, claim, user_id=ann.id)
    stale = on(row, claim, ann)
    commenting.rewrite_comment(session, **stale, comment_id=row.id, text="Is it?")
    session.flush()
    with pytest.raises(Conflict):
        commenting.rewrite_comment(session, **stale, comment_id=row.id, text="Was it?")
    assert row.text == "Is it?"


def test_only_ones_own_comment_is_rewritten(session: Session, claim: Claim, ann: User) -> None:
    row = make.comment(session, claim)
    with pytest.raises(NotAllowed, match="somebody else's"):
        commenting.rewrite_comment(session, **on(row, claim, ann), comment_id=row.id, text="Mine")


def test_an_answer_stays_on_its_claim(session: Session, claim: Claim, ann: User) -> None:
    elsewhere = make.comment(session)
    with pytest.raises(NotFound):
        commenting.comment(
            session, claim=claim, user_id=ann.id, text="Yes.", thread_id=elsewhere.id
        )


@pytest.mark.parametrize("text", ["", " \n", "x" * (commenting.MAX_CHARACTERS + 1)])
def test_a_comment_has_words(text: str, session: Session, claim: Claim, ann: User) -> None:
    with pytest.raises(InputError):
        commenting.comment(session, claim=claim, user_id=ann.id, text=text)


def test_a_flag_is_raised_with_a_reason_and_lowered(
    session: Session, claim: Claim, ann: User
) -> None:
    flag = flagging.raise_flag(session, claim=claim, user_id=ann.id, reason="Two claims in one")
    assert flags.n_claims_raised(session, make.owner(claim.project_id)) == 1
    who = on(flag, claim, make.user(session))
    flagging.lower_flag(session, **who, flag_id=flag.id)
    assert flags.raised(session, make.owner(claim.project_id), claim_id=claim.id or 0) == []
    assert (flag.lowered_by_id, flag.reason) == (who["user_id"], "Two claims in one")


def test_a_flag_needs_a_reason_and_is_raised_once(
    session: Session, claim: Claim, ann: User
) -> None:
    with pytest.raises(InputError, match="Say why"):
        flagging.raise_flag(session, claim=claim, user_id=ann.id, reason=" ")
    flagging.raise_flag(session, claim=claim, user_id=ann.id, reason="Odd")
    with pytest.raises(NotAllowed, match="already"):
        flagging.raise_flag(session, claim=claim, user_id=ann.id, reason="Odd")


def test_the_doctor_finds_a_thread_on_another_claim(session: Session, claim: Claim) -> None:
    assert (threads_at_odds(session), circular_lineage(session), undos_at_odds(session)) == (
        [], [], [],
    )  # fmt: skip
    row = make.comment(session, claim, thread=make.comment(session))
    assert threads_at_odds(session) == [f"comment {row.id} answers what it cannot answer"]
