"""The numbers of Progress are those of a full count, whatever was done and by whatever code."""

import uuid
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from db.engine import reading, transaction
from db.models import (
    Assignment,
    Claim,
    Evidence,
    Project,
    Resolution,
    Review,
    utc_now,
)
from db.queries import flags, reviews, tallies
from db.queries.claims import SHOWN, WORKED_ON
from db.queries.search import ClaimFilter, Viewer
from tests import factories as make
from workbench.errors import WorkbenchError
from workbench.workflow import bulkwork, claiming, drawing, reviewing, undoing
from workbench.workflow.bulkwork import Action
from workbench.workflow.checking import findings, recount

TEXT = "One two three four five six seven eight nine ten eleven twelve."
WHOLE = ("state", "step", "final", "person", "draft", "day_reviews", "day", "queue_of")


def naive(session: Session, project: Project) -> dict[str, Counter[str]]:
    """Every claim, review, assignment and piece of evidence, one after the other."""
    found: dict[str, Counter[str]] = {name: Counter() for name in (*WHOLE, "same_of", "evidence")}
    for claim in session.exec(select(Claim).where(Claim.project_id == project.id)).all():
        given = session.exec(select(Review).where(Review.claim_id == claim.id)).all()
        said = [row for row in given if row.status == "submitted"]
        final = session.exec(select(Resolution).where(Resolution.claim_id == claim.id)).first()
        found["state"][claim.state] += 1
        found["person"].update(str(row.user_id) for row in said)
        found["draft"].update(str(row.user_id) for row in given if row not in said)
        days = [row.submitted_at.strftime("%Y-%m-%d") for row in said if row.submitted_at]
        found["day_reviews"].update(days)
        found["day"].update(set(days))
        if claim.state in SHOWN:
            alike = [a for a, b in permutations(said, 2) if a.label_id == b.label_id]
            found["same_of"].update(str(row.user_id) for row in alike)
        if claim.state in WORKED_ON:
            _naive_queue(session, found, claim, project, said, final)
    return {name: +counter for name, counter in found.items()}


def _naive_queue(session, found, claim, project, said, final):  # type: ignore[no-untyped-def]
    few = "unreviewed" if not said else "started"
    step = "done" if final else few if len(said) < project.overlap else "contested"
    found["step"][step] += 1
    if final:
        found["final"][str(final.label_id)] += 1
    for row in session.exec(select(Assignment).where(Assignment.claim_id == claim.id)):
        if row.state != "done" and row.user_id not in [review.user_id for review in said]:
            found["queue_of"][str(row.user_id)] += 1
    if said:
        cited = select(Evidence.id).where(
            col(Evidence.review_id).in_([row.id for row in said]),
            col(Evidence.retired_at).is_(None),
        )
        found["evidence"][str(len(session.exec(cited).all()))] += 1


def told(session: Session, project: Project) -> dict[str, dict[str, int]]:
    """The same, as the tallies tell it."""
    session.flush()
    found = tallies.numbers(session, project_id=project.id or 0).of
    return {name: found.get(name, {}) for name in (*WHOLE, "same_of", "evidence")}


# ---- what people do, each with a number that chooses the claim and the like


class World:
    """A project with two articles, and three people who come back to the claims again and again."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.project = make.project(session, overlap=2, blind=False)
        self.people = [make.user(session) for _ in range(3)]
        self.labels = ["supported", "refuted"]
        for outlet in ("The Courier", ""):
            article = make.article(session, self.project, text=f"{outlet} {TEXT}", outlet=outlet)
            for quote in ("One two", "three four", "five six"):
                make.claim(session, article, quote=quote, state="proposed")

    def claim(self, n: int) -> Claim:
        query = select(Claim).where(Claim.project_id == self.project.id).order_by(col(Claim.id))
        every = self.session.exec(query).all()
        return every[n % len(every)]

    def on(self, n: int) -> dict[str, Any]:
        claim, person = self.claim(n), self.people[n % 3]
        who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": person.id}
        return {**who, "version": claim.version}


def judge(world: World, n: int) -> None:
    claim, by = world.claim(n), world.people[(n // 7) % 3]
    stored = reviews.of_user(world.session, claim_id=claim.id or 0, user_id=by.id or 0)
    about = {"url": f"https://site{n % 3}.example/a", "quote": "it fell", "stance": "supports"}
    who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": by.id}
    reviewing.submit(
        world.session,
        **who,  # type: ignore[arg-type]
        form={"label": world.labels[n % 2], "evidence": [about] * (n % 3 and 1)},
        version=stored.version if stored else 0,
        claim_version=claim.version,
        op_id=str(uuid.uuid4()),
        active_seconds=float(n % 90),
    )


def draft(world: World, n: int) -> None:
    claim, by = world.claim(n), world.people[(n // 5) % 3]
    stored = reviews.of_user(world.session, claim_id=claim.id or 0, user_id=by.id or 0)
    reviewing.save_draft(
        world.session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"justification": str(n)},
        version=stored.version if stored else 0,
        op_id=str(uuid.uuid4()),
        active_seconds=3.0,
    )


def put(world: World, n: int) -> None:
    state = ("accepted", "rejected", "proposed")[n % 3]
    reason = "no claim" if state == "rejected" else ""
    claiming.set_state(world.session, **world.on(n), state=state, reason=reason)


def retire(world: World, n: int) -> None:
    claiming.retire(world.session, **world.on(n), reason="twice")


def split(world: World, n: int) -> None:
    claim = world.claim(n)
    claiming.split(world.session, **world.on(n), at=(claim.start + claim.end) // 2)


def merge(world: World, n: int) -> None:
    one, other = world.claim(n), world.claim(n + 1)
    claiming.merge(
        world.session,
        project_id=one.project_id,
        claim_ids=[one.id or 0, other.id or 0],
        versions=[one.version, other.version],
        user_id=world.people[n % 3].id or 0,
    )


def undo(world: World, n: int) -> None:
    who = {"project_id": world.project.id or 0, "user_id": world.people[n % 3].id or 0}
    step, again = undoing.next_steps(world.session, **who)
    if n % 4 == 3 and again:
        undoing.redo(world.session, **who, event_id=again.event_id)
    elif step:
        undoing.undo(world.session, **who, event_id=step.event_id)


def skip(world: World, n: int) -> None:
    drawing.skip(world.session, claim=world.claim(n), user_id=world.people[n % 3].id or 0)


def flag(world: World, n: int) -> None:
    claim, by = world.claim(n), world.people[n % 3]
    owner = make.owner(world.project.id)
    raised = flags.raised(world.session, owner, claim_id=claim.id or 0)
    if raised:
        raised[0][0].lowered_at = utc_now()
    else:
        make.flag(world.session, claim, user_id=by.id)


def many(world: World, n: int) -> None:
    viewer = Viewer(world.project.id or 0, world.people[0].id or 0)
    action = (Action("accepted"), Action("rejected", "no"), Action("assigned", to=()))[n % 3]
    if action.put == "assigned":
        action = Action("assigned", to=(world.people[n % 2].name,))
    chosen = bulkwork.choose(world.session, ClaimFilter())
    bulkwork.carry_out(world.session, viewer, chosen, action, op_id=str(uuid.uuid4()))


def settings_change(world: World, n: int) -> None:
    world.project.overlap = 1 + n % 3


def fold(world: World, n: int) -> None:
    world.session.flush()
    tallies.catch_up(world.session, limit=1 + n % 4)


DEEDS: tuple[Callable[[World, int], None], ...] = (
    judge, judge, judge, draft, put, retire, split, merge, undo, skip, flag, many, settings_change,
    fold, fold,
)  # fmt: skip
plans = st.lists(st.tuples(st.sampled_from(range(len(DEEDS))), st.integers(0, 999)), max_size=25)


def do(world: World, plan: list[tuple[int, int]]) -> None:
    """What is not allowed where it stands is not done."""
    for deed, n in plan:
        try:
            with world.session.begin_nested():
                DEEDS[deed](world, n)
        except WorkbenchError:
            world.session.expire_all()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans)
def test_the_numbers_are_a_full_count_after_whatever_was_done(
    engine: Engine, plan: list[tuple[int, int]]
) -> None:
    with transaction(engine) as session:
        world = World(session)
        do(world, plan)
        counted = naive(session, world.project)
        assert told(session, world.project) == counted
        while tallies.catch_up(session):
            pass
        assert told(session, world.project) == counted
        assert tallies.at_odds(session) == []
        session.rollback()


@pytest.fixture
def busy(anywhere: Session) -> World:
    """A world in which all that happened is known, on each kind of database."""
    world = World(anywhere)
    do(world, [(deed, 31 * deed + 7 * n) for n in range(8) for deed in range(len(DEEDS))])
    return world


def test_both_kinds_of_database_tell_a_full_count(busy: World) -> None:
    counted = naive(busy.session, busy.project)
    assert sum(counted["person"].values()) >= 5
    assert told(busy.session, busy.project) == counted
    while tallies.catch_up(busy.session, limit=1):
        assert told(busy.session, busy.project) == counted
    assert told(busy.session, busy.project) == counted
    assert tallies.at_odds(busy.session) == []


def test_what_is_written_past_the_workbench_is_counted_too(busy: World) -> None:
    while tallies.catch_up(busy.session):
        pass
    before = tallies.change_stamp(busy.session, project_id=busy.project.id or 0)
    run = busy.session.connection().execute
    run(text("UPDATE claim SET state = 'rejected' WHERE state = 'accepted'"))
    run(text("DELETE FROM resolution"))
    run(text("UPDATE article SET outlet = 'Renamed'"))
    busy.session.expire_all()
    assert told(busy.session, busy.project) == naive(busy.session, busy.project)
    outlets = tallies.numbers(busy.session, project_id=busy.project.id or 0).of.get("outlet", {})
    assert all(key.endswith("|Renamed") for key in outlets)
    assert tallies.change_stamp(busy.session, project_id=busy.project.id or 0) != before


def test_every_table_that_is_watched_has_its_triggers(anywhere: Session) -> None:
    assert tallies.missing_triggers(anywhere) == []
    assert len(tallies.TRIGGERS) == 28


def test_doctor_finds_numbers_that_are_wrong_and_recounts(engine: Engine) -> None:
    with transaction(engine) as session:
        world = World(session)
        tallies.catch_up(session)
        session.connection().execute(text("UPDATE tally SET n = n + 1 WHERE dimension = 'state'"))
    said = findings(engine)["checks"]["progress"]
    assert said == [
        f"the sums of project {world.project.id} are not those of its articles (state): "
        "run `workbench doctor --recount`"
    ]
    recount(engine)
    assert findings(engine)["checks"]["progress"] == []
    with reading(engine) as session:
        assert told(session, world.project)["state"] == {"proposed": 6}


def test_an_article_whose_numbers_were_changed_is_named(session: Session) -> None:
    article = make.claim(session).article_id
    session.flush()
    tallies.catch_up(session)
    session.connection().execute(text("UPDATE article_tally SET counts = '[]'"))
    said = f"the numbers of article {article} are not those of its claims"
    assert said in tallies.at_odds(session)


def test_the_median_time_is_true_within_a_few_percent() -> None:
    times = [40.0, 75.0, 90.0, 200.0, 1_000.0]
    found = tallies.median(Counter(str(tallies.bucket(one)) for one in times))
    assert found == pytest.approx(90.0, rel=0.025)
    assert tallies.median({}) is None
