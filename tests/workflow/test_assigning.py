"""A lead gives single claims to people and takes them away; nobody else does."""

import pytest
from sqlmodel import Session, select

from db.models import Assignment, Claim, Event, Project, User, utc_now
from db.queries import queue
from tests import factories as make
from workbench.errors import Conflict, NotAllowed, NotFound, NotPermitted
from workbench.workflow import assigning, recusing
from workbench.workflow.drawing import draw, skip
from workbench.workflow.reviewing import submit


@pytest.fixture
def lead(session: Session, project: Project) -> User:
    return make.member(session, project, "lead")


def give(session: Session, claim: Claim, to: User, by: User) -> Assignment:
    return assigning.give(
        session, project_id=claim.project_id, claim_id=claim.id, to_id=to.id, user_id=by.id
    )


def take_away(session: Session, claim: Claim, row: Assignment, by: User) -> None:
    assigning.take_away(
        session,
        project_id=claim.project_id,
        claim_id=claim.id,
        from_id=row.user_id,
        user_id=by.id,
        version=row.version,
    )


def on_queue(session: Session, claim: Claim, user: User) -> Assignment | None:
    return queue.assignment(session, claim_id=claim.id, user_id=user.id, anew=True)


def test_a_claim_given_holds_a_slot_without_an_end(session, claims, ann, bob, lead):
    row = give(session, claims[1], ann, lead)
    assert (row.slot, row.leased_until, row.how, row.assigned_by_id) == (
        1,
        None,
        "assigned",
        lead.id,
    )
    first = draw(session, project_id=claims[0].project_id, user_id=bob.id)
    assert first.id == claims[0].id
    skip(session, claim=claims[0], user_id=bob.id)
    again = draw(session, project_id=claims[0].project_id, user_id=bob.id)
    assert again.id == claims[0].id, "the other is ann's"
    event = session.exec(select(Event).where(Event.kind == "claim.assigned")).one()
    assert (event.user_id, event.after) == (lead.id, {"assigned": ann.name})


def test_a_claim_that_others_hold_is_given_all_the_same(session, claims, ann, bob, lead):
    give(session, claims[0], ann, lead)
    assert give(session, claims[0], bob, lead).slot is None
    form = {"form": {"label": "refuted"}, "version": 0, "claim_version": 1, "op_id": "a"}
    submit(session, project_id=claims[0].project_id, claim_id=claims[0].id, user_id=bob.id, **form)
    assert on_queue(session, claims[0], bob).state == "done"


def test_what_was_drawn_or_skipped_becomes_assigned(session, claims, ann, lead):
    claim = draw(session, project_id=claims[0].project_id, user_id=ann.id)
    row = give(session, claim, ann, lead)
    assert (row.how, row.slot, row.leased_until) == ("assigned", 1, None)
    skip(session, claim=claim, user_id=ann.id, reason="later")
    row = give(session, claim, ann, lead)
    assert (row.state, row.reason, row.slot) == ("open", "", 1)


def test_a_claim_taken_away_is_free_for_others(session, claims, ann, bob, lead):
    take_away(session, claims[0], give(session, claims[0], ann, lead), lead)
    assert on_queue(session, claims[0], ann) is None
    assert draw(session, project_id=claims[0].project_id, user_id=bob.id).id == claims[0].id
    event = session.exec(select(Event).where(Event.kind == "claim.unassigned")).one()
    assert (event.before, event.after) == ({"assigned": ann.name}, {})


def test_a_claim_is_taken_away_on_the_version_that_was_seen(session, claims, ann, lead):
    row = give(session, claims[0], ann, lead)
    row.version -= 1
    session.expunge(row)
    with pytest.raises(Conflict):
        take_away(session, claims[0], row, lead)
    session.rollback()


def test_what_was_judged_is_neither_given_again_nor_taken_away(session, claims, ann, lead):
    row = make.assignment(session, claims[0], ann, state="done", slot=1)
    with pytest.raises(NotAllowed, match="has judged this claim already"):
        give(session, claims[0], ann, lead)
    with pytest.raises(NotAllowed, match="no longer be taken away"):
        take_away(session, claims[0], row, lead)


def test_nobody_is_given_what_they_wrote_are_recused_from_or_have(session, claims, ann, bob, lead):
    who = {"project_id": claims[0].project_id, "user_id": ann.id}
    recusing.declare(session, **who, kind="topic", words="one")
    with pytest.raises(NotAllowed, match="is recused from what this claim speaks of"):
        give(session, claims[0], ann, lead)
    give(session, claims[0], bob, lead)
    with pytest.raises(NotAllowed, match="on their queue already"):
        give(session, claims[0], bob, lead)
    author = make.user(session, display_name="Zoë Ann", joined_at=utc_now())
    make.member(session, session.get_one(Project, claims[0].project_id), by=author)
    article = make.article(
        session, session.get_one(Project, claims[0].project_id), author="Zoë Ann"
    )
    with pytest.raises(NotAllowed, match="wrote the article"):
        give(session, make.claim(session, article), author, lead)


def test_a_lead_alone_gives_and_takes_away_and_only_to_reviewers(session, claims, ann, bob, lead):
    with pytest.raises(NotPermitted, match="needs the role lead"):
        give(session, claims[0], bob, ann)
    row = make.assignment(session, claims[1], bob)
    with pytest.raises(NotPermitted, match="needs the role lead"):
        take_away(session, claims[1], row, ann)
    watcher = make.member(session, session.get_one(Project, claims[0].project_id), "viewer")
    with pytest.raises(NotAllowed, match="gives no reviews"):
        give(session, claims[0], watcher, lead)


def test_a_claim_of_another_project_is_not_found(session, claims, ann, lead):
    other = make.claim(session)
    with pytest.raises(NotFound):
        assigning.give(
            session,
            project_id=claims[0].project_id,
            claim_id=other.id,
            to_id=ann.id,
            user_id=lead.id,
        )
