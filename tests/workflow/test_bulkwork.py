"""Many claims changed as one operation: counted, told one by one, never over somebody's change."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import reading, transaction
from db.models import Article, Assignment, Claim, Event, Job, Operation, Project, User
from db.queries import events
from db.queries.bulk import LeftOut
from db.queries.search import ClaimFilter, Viewer
from tests import factories as make
from workbench.errors import InputError, NotAllowed, UnknownName
from workbench.worker import Worker
from workbench.workflow import bulkwork, claiming, recusing, undoing
from workbench.workflow.bulkwork import Action

WORDS = "one two three four"
ACCEPT = Action("accepted")
OP = "operation-1"


@pytest.fixture
def article(session: Session) -> Article:
    """Four proposed claims."""
    article = make.article(session, text=WORDS)
    for quote in WORDS.split():
        make.claim(session, article, quote=quote, state="proposed")
    return article


@pytest.fixture
def me(session: Session) -> User:
    return make.user(session, name="me")


@pytest.fixture
def viewer(article: Article, me: User) -> Viewer:
    return Viewer(article.project_id, me.id or 0)


def states(session: Session) -> list[str]:
    session.expire_all()
    return list(session.exec(select(Claim.state).order_by(Claim.id)))


def act(session: Session, viewer: Viewer, action: Action, **wanted) -> bulkwork.Outcome:
    chosen = bulkwork.choose(session, ClaimFilter(**wanted))
    return bulkwork.carry_out(session, viewer, chosen, action, op_id=OP)


def test_what_was_counted_is_accepted_and_told_for_each_claim(session, viewer) -> None:
    chosen = bulkwork.choose(session, ClaimFilter(words="one"))
    assert bulkwork.count(session, viewer, chosen, ACCEPT) == 1
    whole = bulkwork.choose(session, ClaimFilter())
    assert bulkwork.count(session, viewer, whole, ACCEPT) == 4

    outcome = bulkwork.carry_out(session, viewer, whole, ACCEPT, op_id=OP)
    assert (outcome.n_changed, outcome.n_elsewhere, outcome.job_id) == (4, 0, None)
    assert states(session) == ["accepted"] * 4
    (event,) = events.of_subject(session, subject="claim", subject_id=1)
    assert (event.kind, event.op_id, event.user_id) == ("claim.accepted", OP, viewer.user_id)
    assert (event.before, event.after) == ({"state": "proposed"}, {"state": "accepted"})
    assert {claim.version for claim in session.exec(select(Claim))} == {2}


def test_all_of_it_is_undone_together(session, viewer) -> None:
    act(session, viewer, Action("rejected", reason="Opinion"))
    person = {"project_id": viewer.project_id, "user_id": viewer.user_id}
    step, _ = undoing.next_steps(session, **person)
    undoing.undo(session, **person, event_id=step.event_id)
    session.flush()
    assert states(session) == ["proposed"] * 4
    assert {claim.reason for claim in session.exec(select(Claim))} == {""}


def test_a_claim_that_somebody_changed_after_the_count_is_left_and_reported(session, viewer, me):
    chosen = bulkwork.choose(session, ClaimFilter())
    claiming.rewrite(
        session,
        project_id=viewer.project_id,
        claim_id=2,
        user_id=me.id,
        text="Changed.",
        version=1,
    )
    session.flush()
    outcome = bulkwork.carry_out(session, viewer, chosen, ACCEPT, op_id=OP)
    assert (outcome.n_changed, outcome.n_elsewhere) == (3, 1)
    assert states(session) == ["accepted", "proposed", "accepted", "accepted"]


def test_the_same_operation_again_changes_nothing(session, viewer) -> None:
    first = act(session, viewer, ACCEPT)
    session.get_one(Claim, 1).state = "proposed"
    session.flush()
    assert act(session, viewer, ACCEPT) == first
    assert states(session)[0] == "proposed"


def test_only_what_is_not_so_already_changes(session, viewer) -> None:
    session.get_one(Claim, 1).state = "accepted"
    session.flush()
    assert act(session, viewer, ACCEPT).n_changed == 3


def test_rejecting_needs_a_reason_which_stays_on_the_claim(session, viewer) -> None:
    with pytest.raises(InputError, match="why the claims are rejected"):
        act(session, viewer, Action("rejected", reason=" "))
    act(session, viewer, Action("rejected", reason="Opinion"), words="two")
    assert states(session) == ["proposed", "rejected", "proposed", "proposed"]
    assert session.get_one(Claim, 2).reason == "Opinion"


def test_selected_rows_alone_are_retired(session, viewer) -> None:
    act(session, viewer, Action("retired", reason="Not a claim"), ids=(1, 3))
    assert states(session) == ["retired", "proposed", "retired", "proposed"]


def test_claims_come_onto_a_reviewer_s_queue_once(session, viewer) -> None:
    ann = make.user(session, name="ann")
    make.assignment(session, session.get_one(Claim, 1), ann, state="done")
    assert act(session, viewer, Action("assigned", to=("ann",))).n_changed == 3
    rows = session.exec(select(Assignment).where(Assignment.user_id == ann.id)).all()
    assert [row.state for row in rows] == ["done", "open", "open", "open"]
    chosen = bulkwork.choose(session, ClaimFilter())
    with pytest.raises(UnknownName, match="ann, "):
        bulkwork.count(session, viewer, chosen, Action("assigned", to=("bob",)))


@pytest.fixture
def team(session: Session, article: Article) -> tuple[User, User, Viewer]:
    """Two reviewers and a lead, with accounts."""
    project = session.get_one(Project, article.project_id)
    ann, bob = (
        make.member(session, project, by=make.user(session, name=name, joined_at=make.NOON))
        for name in ("ann", "bob")
    )
    lead = make.member(session, project, "lead")
    return ann, bob, Viewer(article.project_id, lead.id or 0, sees_all=True)


def queue_of(session: Session, user: User) -> list[int]:
    rows = session.exec(select(Assignment).where(Assignment.user_id == user.id))
    return sorted(row.claim_id for row in rows)


TO_BOTH = Action("assigned", to=("ann", "bob"))


def test_claims_are_spread_evenly_over_several_people_in_a_slot_that_does_not_expire(session, team):
    ann, bob, lead = team
    assert act(session, lead, TO_BOTH).n_changed == 4
    assert (len(queue_of(session, ann)), len(queue_of(session, bob))) == (2, 2)
    rows = session.exec(select(Assignment)).all()
    assert sorted(row.claim_id for row in rows) == [1, 2, 3, 4]
    assert {(row.slot, row.leased_until, row.how) for row in rows} == {(1, None, "assigned")}
    told = {event.subject_id: event.after["assigned"] for event in session.exec(select(Event))}
    assert {id for id, name in told.items() if name == "ann"} == set(queue_of(session, ann))


def test_the_portions_of_a_job_are_spread_evenly_together(session, team):
    ann, bob, lead = team
    chosen = bulkwork.choose(session, ClaimFilter())
    for _ in range(4):
        assert bulkwork.change(session, lead, chosen, TO_BOTH, op_id=OP, limit=1) == 1
    assert (len(queue_of(session, ann)), len(queue_of(session, bob))) == (2, 2)


def test_nobody_is_assigned_what_they_are_recused_from_and_the_count_says_so(session, team):
    ann, _, lead = team
    who = {"project_id": lead.project_id, "user_id": ann.id}
    recusing.declare(session, **who, kind="topic", words="one")
    recusing.declare(session, **who, kind="topic", words="late")
    session.get_one(Claim, 2).text = "It came late"  # after the recusal
    session.get_one(Claim, 3).state = "rejected"
    session.flush()
    to_ann, chosen = Action("assigned", to=("ann",)), bulkwork.choose(session, ClaimFilter())
    bulkwork.note_recusals(session, project_id=lead.project_id, to=("ann",))
    assert bulkwork.count(session, lead, chosen, to_ann) == 1
    assert bulkwork.left_out(session, lead, chosen, to_ann) == LeftOut(n_put_away=1, n_recused=2)
    assert act(session, lead, to_ann).n_changed == 1
    assert queue_of(session, ann) == [4]


def test_what_one_may_not_have_goes_to_the_other(session, team):
    ann, bob, lead = team
    who = {"project_id": lead.project_id, "user_id": ann.id}
    for words in ("one", "two"):
        recusing.declare(session, **who, kind="topic", words=words)
    assert act(session, lead, TO_BOTH).n_changed == 4
    assert (queue_of(session, ann), queue_of(session, bob)) == ([3, 4], [1, 2])


def test_nobody_is_assigned_claims_of_their_own_article(session, team, article):
    ann, bob, lead = team
    article.author = "Ann"
    session.flush()
    chosen = bulkwork.choose(session, ClaimFilter())
    to_ann = Action("assigned", to=("ann",))
    assert bulkwork.left_out(session, lead, chosen, to_ann) == LeftOut(n_own=4)
    assert act(session, lead, TO_BOTH).n_changed == 4
    assert (queue_of(session, ann), queue_of(session, bob)) == ([], [1, 2, 3, 4])


def test_nothing_is_assigned_to_a_viewer_or_to_nobody(session, team):
    *_, lead = team
    project = session.get_one(Project, lead.project_id)
    watcher = make.member(session, project, "viewer")
    with pytest.raises(NotAllowed, match="gives no reviews in this project"):
        act(session, lead, Action("assigned", to=(watcher.name,)))
    with pytest.raises(InputError, match="at least one reviewer"):
        act(session, lead, Action("assigned"))


def test_claims_of_other_projects_are_never_touched(session, viewer) -> None:
    other = make.claim(session, state="proposed")
    assert act(session, viewer, ACCEPT, ids=(1, other.id or 0)).n_changed == 1
    assert states(session)[-1] == "proposed"


def test_more_than_fit_in_one_transaction_are_done_by_the_worker(
    session: Session, engine: Engine, viewer: Viewer, me: User, monkeypatch
) -> None:
    monkeypatch.setattr(bulkwork, "AT_ONCE", 2)
    monkeypatch.setattr(bulkwork, "PORTION", 3)
    chosen = bulkwork.choose(session, ClaimFilter(states=("proposed",)))
    claiming.rewrite(
        session,
        project_id=viewer.project_id,
        claim_id=4,
        user_id=me.id,
        text="Changed.",
        version=1,
    )
    outcome = bulkwork.carry_out(session, viewer, chosen, ACCEPT, op_id=OP)
    assert outcome.job_id is not None
    session.commit()

    assert Worker(engine, pipelines=None).run_next()

    with reading(engine) as after:
        job = after.get_one(Job, outcome.job_id)
        assert (job.state, job.error, job.done) == ("done", "", 4)
        assert states(after) == ["accepted"] * 3 + ["proposed"]
        assert len(after.exec(select(Event).where(Event.op_id == OP)).all()) == 3
        result = after.get_one(Operation, OP).result
        assert (result["n_changed"], result["n_elsewhere"]) == (3, 1)


def test_a_job_that_was_stopped_goes_on_where_it_was(engine: Engine, session, viewer) -> None:
    chosen = bulkwork.choose(session, ClaimFilter(states=("proposed",)))
    assert bulkwork.change(session, viewer, chosen, ACCEPT, op_id=OP, limit=3) == 3
    assert bulkwork.change(session, viewer, chosen, ACCEPT, op_id=OP, limit=3) == 1
    assert bulkwork.change(session, viewer, chosen, ACCEPT, op_id=OP, limit=3) == 0
    session.commit()
    with transaction(engine) as after:
        assert len(after.exec(select(Event).where(Event.op_id == OP)).all()) == 4
