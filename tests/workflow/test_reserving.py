"""Slots of claims: reserved by one person at a time, for as long as they work on it."""

import multiprocessing
from datetime import timedelta

import pytest
from sqlalchemy import event, func, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from db.engine import open_engine, transaction
from db.models import Assignment, Claim, Project, User, utc_now
from tests import factories as make
from workbench.errors import NotAllowed
from workbench.workflow import reserving
from workbench.workflow.drawing import assign, draw, skip

N_PROCESSES = 8


def drawn(session: Session, project: Project, by: User) -> str | None:
    claim = draw(session, project_id=project.id or 0, user_id=by.id or 0)
    return claim and claim.quote


def row(session: Session, claim: Claim, by: User) -> Assignment:
    found = select(Assignment).where(Assignment.claim_id == claim.id, Assignment.user_id == by.id)
    return session.exec(found.execution_options(populate_existing=True)).one()


def expire(session: Session) -> None:
    session.execute(update(Assignment).values(leased_until=utc_now() - timedelta(seconds=1)))
    session.expire_all()


def test_what_one_has_drawn_is_not_drawn_by_another(session, project, claims, ann, bob):
    assert [drawn(session, project, one) for one in (ann, bob, ann)] == ["one", "two", "one"]
    assert drawn(session, project, make.member(session, project)) is None


def test_as_many_get_a_claim_as_reviews_are_wanted(session, project, claims, ann, bob):
    project.overlap = 2
    third = make.member(session, project)
    assert [drawn(session, project, one) for one in (ann, bob, third)] == ["one", "one", "two"]
    assert sorted(row(session, claims[0], one).slot for one in (ann, bob)) == [1, 2]


def test_a_lease_that_ended_frees_the_slot(session, project, claims, ann, bob):
    drawn(session, project, ann)
    expire(session)
    assert drawn(session, project, bob) == "one"
    assert (row(session, claims[0], bob).slot, row(session, claims[0], ann).slot) == (1, None)


def test_a_sign_of_work_renews_the_lease(session, project, claims, ann, bob):
    drawn(session, project, ann)
    expire(session)
    reserving.renew(session, claim=claims[0], user_id=ann.id)
    assert drawn(session, project, bob) == "two"


def test_who_was_late_keeps_the_draft_and_is_told_so(session, project, claims, ann, bob):
    drawn(session, project, ann)
    draft = make.review(session, claims[0], ann, status="draft", draft={"justification": "So."})
    expire(session)
    drawn(session, project, bob)
    with pytest.raises(NotAllowed, match=r"wants one review, and others hold .* draft is kept"):
        assign(session, claim=claims[0], user_id=ann.id, state="done")
    assert draft.draft == {"justification": "So."}
    skip(session, claim=claims[0], user_id=bob.id)
    assign(session, claim=claims[0], user_id=ann.id, state="done")
    assert row(session, claims[0], ann).slot == 1


def test_who_was_late_but_not_missed_goes_on(session, project, claims, ann):
    drawn(session, project, ann)
    expire(session)
    assign(session, claim=claims[0], user_id=ann.id, state="done")
    held = row(session, claims[0], ann)
    assert (held.slot, held.leased_until) == (1, None)


def test_a_submitted_review_never_expires(session, project, claims, ann, bob):
    drawn(session, project, ann)
    assign(session, claim=claims[0], user_id=ann.id, state="done")
    expire(session)
    assert drawn(session, project, bob) == "two"


def test_a_lead_may_judge_one_more(session, project, claims, ann):
    lead = make.member(session, project, "lead")
    assign(session, claim=claims[0], user_id=ann.id, state="done")
    assign(session, claim=claims[0], user_id=lead.id, state="done")
    assert row(session, claims[0], lead).slot is None


def test_what_a_lead_assigned_above_the_overlap_is_drawn(session, project, claims, ann, bob):
    assign(session, claim=claims[0], user_id=ann.id, state="done")
    make.assignment(session, claims[0], bob, how="assigned")
    assert drawn(session, project, bob) == "one"


@pytest.mark.timeout(900)
def test_eight_processes_never_draw_a_claim_too_often(engine):
    url = engine.url.render_as_string(hide_password=False)
    _eight_draw_all(url, _prepare(engine))


def _prepare(engine, n_claims=2_000) -> tuple[int, list[int]]:
    with transaction(engine) as session:
        project = make.project(session, overlap=2)
        article = make.article(session, project, text="x" * n_claims)
        session.add_all(
            Claim(
                project_id=project.id, article_id=article.id, quote="x", text="x",
                start=at, end=at + 1, state="accepted",
            )
            for at in range(n_claims)
        )  # fmt: skip
        people = [make.member(session, project).id for _ in range(N_PROCESSES)]
        return project.id, people


def _eight_draw_all(url: str, prepared: tuple[int, list[int]]) -> None:
    project_id, people = prepared
    context = multiprocessing.get_context("spawn")
    with context.Pool(N_PROCESSES) as pool:
        n_drawn = pool.starmap(_draw_all, [(url, project_id, id) for id in people], chunksize=1)
    engine = open_engine(url)
    query = select(func.count()).select_from(Assignment).join(Claim)
    query = query.where(Claim.project_id == project_id).group_by(Assignment.claim_id)
    with Session(engine) as session:
        times = session.exec(query).all()
    engine.dispose()
    assert set(times) == {2}
    assert len(times) * 2 == sum(n_drawn) == 4_000
    assert all(n_drawn)


def _draw_all(url: str, project_id: int, user_id: int) -> int:
    """Draw one claim a transaction until they begin again with the own; returns how many."""
    engine, own, after_id = open_engine(url), set(), None
    event.listen(engine, "connect", _quick)
    while True:
        try:
            with transaction(engine) as session:
                claim = draw(session, project_id=project_id, user_id=user_id, after_id=after_id)
        except OperationalError:
            continue  # others were at it for longer than SQLite waits
        if claim is None or claim.id in own:
            break
        own.add(claim.id)
        after_id = claim.id
    engine.dispose()
    return len(own)


def _quick(connection, _record) -> None:
    """What the disk does is not tried here."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA synchronous = OFF")
