"""Figures, places and marks on a small project that can be counted by hand."""

from dataclasses import astuple
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from db.models import Project, User
from db.queries import claims, progress, queue
from db.queries.queue import Place
from tests import factories as make

NEW_YEAR = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann", display_name="Ann")


@pytest.fixture
def project(session: Session, ann: User) -> Project:
    """Five claims in two articles: two reviewed by Ann, one of them by Bob, one only drafted."""
    project = make.project(session, name="Small")
    bob = make.user(session, name="bob", display_name="Bob")
    first = make.article(session, project, text="one two three")
    second = make.article(session, project, text="four five")
    one, two, three = (make.claim(session, first, quote=quote) for quote in first.text.split())
    make.claim(session, second, quote="four", state="proposed")
    make.claim(session, second, quote="five", state="rejected")
    make.review(session, one, ann, label="refuted", submitted_at=NEW_YEAR)
    make.review(session, one, bob, label="supported", submitted_at=NEW_YEAR + timedelta(minutes=2))
    make.review(session, two, ann, label="refuted", submitted_at=NEW_YEAR + timedelta(minutes=3))
    make.review(session, three, ann, status="draft")
    make.resolution(session, two, label="refuted")
    make.assignment(session, three, ann, state="skipped")
    make.review(session)
    return project


def test_the_figures_of_a_small_project(session: Session, project: Project) -> None:
    stats = progress.project_stats(session, project_id=project.id or 0)
    assert (stats["project"], stats["articles"], stats["on_queue"]) == ("Small", 2, 4)
    assert stats["claims"] == {"accepted": 3, "proposed": 1, "rejected": 1}
    assert (stats["reviewed"], stats["resolved"]) == (2, 1)


def test_who_reviewed_how_much(session: Session, project: Project) -> None:
    assert progress.project_stats(session, project_id=project.id or 0)["reviewers"] == [
        {"name": "ann", "display_name": "Ann", "submitted": 2, "drafts": 1},
        {"name": "bob", "display_name": "Bob", "submitted": 1, "drafts": 0},
    ]


def test_every_verdict_of_the_scheme_is_counted_in_its_order(
    session: Session, project: Project
) -> None:
    rows = progress.project_stats(session, project_id=project.id or 0)["verdicts"]
    assert [(row["key"], row["n"]) for row in rows] == [
        ("supported", 1),
        ("refuted", 2),
        ("not-enough-evidence", 0),
        ("conflicting", 0),
    ]


def test_days_are_those_of_utc(session: Session, project: Project) -> None:
    days = progress.project_stats(session, project_id=project.id or 0)["per_day"]
    assert days == [{"day": "2025-12-31", "n": 1}, {"day": "2026-01-01", "n": 2}]


def test_a_project_without_anything_has_figures_too(session: Session) -> None:
    empty = make.project(session)
    stats = progress.project_stats(session, project_id=empty.id or 0)
    assert (stats["articles"], stats["on_queue"], stats["reviewed"], stats["resolved"]) == (0,) * 4
    assert (stats["claims"], stats["reviewers"], stats["per_day"]) == ({}, [], [])
    assert [row["n"] for row in stats["verdicts"]] == [0, 0, 0, 0]


def test_the_figures_are_described_as_they_are(session: Session, project: Project) -> None:
    described = progress.project_stats.__doc__ or ""
    for name in progress.project_stats(session, project_id=project.id or 0):
        assert name in described, name


def test_retired_articles_are_not_counted(session: Session, project: Project) -> None:
    make.article(session, project, text="gone", retired_at=NEW_YEAR)
    assert progress.n_articles(session, project_id=project.id or 0) == 2


def test_a_claim_rejected_after_its_review_is_no_longer_on_the_queue(
    session: Session, project: Project
) -> None:
    article = make.article(session, project, text="six")
    claim = make.claim(session, article, state="rejected")
    make.review(session, claim)
    make.resolution(session, claim)
    stats = progress.project_stats(session, project_id=project.id or 0)
    assert (stats["on_queue"], stats["reviewed"], stats["resolved"]) == (4, 2, 1)


def test_the_place_counts_the_reviewers_own_work(
    session: Session, project: Project, ann: User
) -> None:
    def place(user: User) -> Place:
        return queue.place(session, project_id=project.id or 0, user_id=user.id or 0)

    assert place(ann) == Place(n_claims=4, n_reviewed=2, n_skipped=1)
    assert place(make.user(session)) == Place(n_claims=4, n_reviewed=0, n_skipped=0)


def test_the_place_in_an_empty_project(session: Session, ann: User) -> None:
    empty = make.project(session)
    place = queue.place(session, project_id=empty.id or 0, user_id=ann.id or 0)
    assert place == Place(n_claims=0, n_reviewed=0, n_skipped=0)


def test_marks_say_where_each_claim_stands_and_whether_it_is_reviewed(
    session: Session, project: Project, ann: User
) -> None:
    article = make.article(session, project, text="one 🌳 two three")
    three, two, tree = (make.claim(session, article, quote=q) for q in ("three", "two", "🌳"))
    make.review(session, two, ann)
    make.review(session, three, make.user(session))
    make.review(session, tree, ann, status="draft")
    marks = claims.marks(session, article_id=article.id or 0, user_id=ann.id or 0)
    assert [astuple(mark) for mark in marks] == [
        (tree.id, 4, 5, "accepted", False),
        (two.id, 6, 9, "accepted", True),
        (three.id, 10, 15, "accepted", False),
    ]


def test_marks_are_those_of_the_states_that_are_asked_for(
    session: Session, project: Project, ann: User
) -> None:
    article = make.article(session, project, text="a b c d")
    for quote, state in zip("abcd", ("proposed", "accepted", "rejected", "retired"), strict=True):
        make.claim(session, article, quote=quote, state=state)

    def states(**which: tuple[str, ...]) -> list[str]:
        found = claims.marks(session, article_id=article.id or 0, user_id=ann.id or 0, **which)
        return [mark.state for mark in found]

    assert states() == ["proposed", "accepted"]
    assert states(states=claims.SHOWN) == ["proposed", "accepted", "rejected"]


def test_a_claim_is_marked_once_however_many_reviewed_it(session: Session, ann: User) -> None:
    claim = make.claim(session)
    for by in (ann, make.user(session), make.user(session)):
        make.review(session, claim, by)
    marks = claims.marks(session, article_id=claim.article_id, user_id=ann.id or 0)
    assert [(mark.id, mark.reviewed) for mark in marks] == [(claim.id, True)]


def test_the_claims_of_an_article_stand_in_the_order_of_the_text(session: Session) -> None:
    article = make.article(session, text="one two three")
    for quote in ("three", "one two", "one"):
        make.claim(session, article, quote=quote)
    make.claim(session, article, quote="two", state="retired")
    found = claims.in_article(session, article_id=article.id or 0)
    assert [claim.quote for claim in found] == ["one", "one two", "three"]
