"""Five people and AVeriTeC's five phases, on a real database."""

import random
from typing import Any

import pytest
from sqlmodel import Session, select

from db.models import Claim, Event, Label, Project, User
from db.queries import phases, reviews
from db.queries.search import EVERYTHING
from tests import factories as make
from workbench.errors import InputError, NotAllowed
from workbench.reviewing.workflows import Options, Work, standing
from workbench.workflow import undoing
from workbench.workflow.drawing import draw, place
from workbench.workflow.narrating import Names, _shown
from workbench.workflow.normalising import normalise
from workbench.workflow.project_settings import change_settings
from workbench.workflow.replanning import set_workflow
from workbench.workflow.reviewing import save_draft, submit

NAMES = ("ann", "ben", "cem", "dua", "eli")


@pytest.fixture
def people(session: Session) -> dict[str, User]:
    return {name: make.user(session, name=name) for name in NAMES}


@pytest.fixture
def claim(session: Session) -> Claim:
    return phased_claim(session)


def phased_claim(session: Session, **options: Any) -> Claim:
    project = make.project(session)
    claim = make.claim(session, make.article(session, project))
    choose(session, project, **options)
    return claim


def choose(session: Session, project: Project, workflow: str = "averitec", **options: Any) -> None:
    lead = make.user(session)
    set_workflow(
        session,
        project_id=project.id or 0,
        user_id=lead.id or 0,
        version=project.version,
        workflow=workflow,
        options=options,
    )
    session.flush()


def normalised(session: Session, claim: Claim, by: User, text: str = "") -> None:
    normalise(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        claim_version=claim.version,
        text=text,
        op_id=f"normalise-{claim.id}-{by.id}-{claim.version}",
    )
    session.flush()


def judged(session: Session, claim: Claim, by: User, label: str) -> None:
    own = reviews.of_user(session, claim_id=claim.id or 0, user_id=by.id or 0)
    submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": label},
        version=own.version if own else 0,
        claim_version=claim.version,
        op_id=f"submit-{claim.id}-{by.id}-{own.version if own else 0}",
    )
    session.flush()


def walk(session: Session, claim: Claim, people: dict[str, User], *labels: str) -> None:
    """Ann normalises, the others judge in turn."""
    normalised(session, claim, people["ann"])
    for name, label in zip(NAMES[1:], labels, strict=False):
        judged(session, claim, people[name], label)


def outcome(session: Session, claim: Claim) -> tuple[str, str] | None:
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    return stored and (session.get_one(Label, stored.label_id).key, stored.how)


def drawn(session: Session, claim: Claim, by: User) -> bool:
    found = draw(session, project_id=claim.project_id, user_id=by.id or 0)
    return found is not None


def test_a_claim_goes_through_five_phases_by_five_people(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    seen = [claim.phase]
    normalised(session, claim, people["ann"])
    for name, label in zip(
        NAMES[1:], ("refuted", "supported", "supported", "supported"), strict=True
    ):
        seen.append(claim.phase)
        judged(session, claim, people[name], label)
    assert seen == ["normalise", "evidence", "verdict", "dispute", "control"]
    assert claim.phase == "done"
    assert outcome(session, claim) == ("supported", "majority")


def test_agreement_at_the_second_verdict_ends_it(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    walk(session, claim, people, "refuted", "refuted")
    assert (claim.phase, outcome(session, claim)) == ("done", ("refuted", "unanimous"))
    assert not drawn(session, claim, people["dua"])


def test_nobody_is_given_a_claim_that_they_worked_on(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    assert drawn(session, claim, people["ann"])
    normalised(session, claim, people["ann"])
    assert not drawn(session, claim, people["ann"])
    for name, label in zip(NAMES[1:], ("refuted", "supported", "refuted", "refuted"), strict=True):
        assert drawn(session, claim, people[name])
        judged(session, claim, people[name], label)
        assert not drawn(session, claim, people[name])


def test_a_second_phase_by_the_same_person_is_refused(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    with pytest.raises(NotAllowed, match="in the phase Normalise, so it takes no verdict"):
        judged(session, claim, people["ben"], "refuted")
    session.expunge_all()
    claim = session.get_one(Claim, claim.id)
    normalised(session, claim, people["ann"])
    with pytest.raises(NotAllowed, match="in the phase Evidence, which somebody else has to do"):
        judged(session, claim, people["ann"], "refuted")


def test_a_draft_of_a_phase_that_is_over_is_not_filed_in_the_next(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    normalised(session, claim, people["ann"])
    save_draft(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=people["cem"].id or 0,
        form={"label": "refuted"},
        version=0,
        op_id="cem-begins",
    )
    judged(session, claim, people["ben"], "supported")
    assert not drawn(session, claim, people["cem"])
    with pytest.raises(NotAllowed, match="Second verdict, which somebody else"):
        judged(session, claim, people["cem"], "refuted")


def test_what_still_differs_waits_for_a_lead(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    walk(session, claim, people, "refuted", "supported", "refuted", "supported")
    assert (claim.phase, claim.state, outcome(session, claim)) == ("lead", "accepted", None)


def test_what_still_differs_is_discarded_where_the_project_says_so(
    session: Session, people: dict[str, User]
) -> None:
    claim = phased_claim(session, after="discard")
    walk(session, claim, people, "refuted", "supported", "refuted", "supported")
    assert (claim.state, claim.reason) == ("retired", "verdicts differ after dispute")


def test_discarding_is_taken_back_with_the_verdict_and_done_again(
    session: Session, people: dict[str, User]
) -> None:
    claim = phased_claim(session, after="discard")
    walk(session, claim, people, "refuted", "supported", "refuted", "supported")
    by = {"project_id": claim.project_id, "user_id": people["eli"].id or 0}
    step, _ = undoing.next_steps(session, **by)
    assert step
    undoing.undo(session, event_id=step.event_id, **by)
    assert (claim.phase, claim.state) == ("control", "accepted")
    _, again = undoing.next_steps(session, **by)
    assert again
    undoing.redo(session, event_id=again.event_id, **by)
    assert (claim.phase, claim.state) == ("lead", "retired")


def test_a_verdict_that_a_later_phase_rests_on_is_not_taken_back(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    walk(session, claim, people, "refuted", "supported")
    by = {"project_id": claim.project_id, "user_id": people["ben"].id or 0}
    step, _ = undoing.next_steps(session, **by)
    assert step
    with pytest.raises(NotAllowed, match="a later phase rests on this"):
        undoing.undo(session, event_id=step.event_id, **by)


def test_normalising_rewords_and_is_taken_back_as_one(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    before = claim.text
    normalised(session, claim, people["ann"], "Exports of Ruritania rose by 4 percent in 2025.")
    assert claim.text.startswith("Exports of Ruritania")
    assert claim.normalised_at is not None
    by = {"project_id": claim.project_id, "user_id": people["ann"].id or 0}
    step, _ = undoing.next_steps(session, **by)
    assert step
    assert step.words == f"normalised claim {claim.id}"
    undoing.undo(session, event_id=step.event_id, **by)
    assert (claim.text, claim.phase, claim.normalised_by_id) == (before, "normalise", None)
    _, again = undoing.next_steps(session, **by)
    assert again
    undoing.redo(session, event_id=again.event_id, **by)
    assert (claim.phase, claim.normalised_by_id) == ("evidence", people["ann"].id)
    assert claim.text.startswith("Exports of Ruritania")


def test_a_changed_verdict_moves_the_claim(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    walk(session, claim, people, "refuted", "supported")
    assert claim.phase == "dispute"
    judged(session, claim, people["cem"], "refuted")
    assert (claim.phase, outcome(session, claim)) == ("done", ("refuted", "unanimous"))
    judged(session, claim, people["cem"], "supported")
    assert (claim.phase, outcome(session, claim)) == ("dispute", None)


def test_the_history_tells_each_phase(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    walk(session, claim, people, "refuted", "refuted")
    told = session.exec(select(Event).where(Event.kind == "claim.advanced")).all()
    steps = [(event.before["phase"], event.after["phase"]) for event in told]
    assert steps == [("normalise", "evidence"), ("evidence", "verdict"), ("verdict", "done")]


def test_a_phase_is_told_by_its_title() -> None:
    assert _shown("phase", "verdict", Names({}, {})) == "Second verdict"


def test_going_on_to_the_next_phase_is_no_new_version_of_the_claim(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    normalised(session, claim, people["ann"])
    version = claim.version
    judged(session, claim, people["ben"], "refuted")
    assert (claim.phase, claim.version) == ("verdict", version)


def test_the_place_counts_what_is_mine_to_do_and_what_i_did(
    session: Session, claim: Claim, people: dict[str, User]
) -> None:
    normalised(session, claim, people["ann"])
    judged(session, claim, people["ben"], "refuted")
    found = {
        name: place(
            session, project_id=claim.project_id, user_id=people[name].id or 0, wanted=EVERYTHING
        )
        for name in NAMES[:3]
    }
    counts = {name: (each.n_claims, each.n_reviewed) for name, each in found.items()}
    assert counts == {"ann": (0, 0), "ben": (1, 1), "cem": (1, 0)}


def test_a_project_that_is_not_blind_has_no_second_verdict(session: Session) -> None:
    project = make.project(session, blind=False)
    with pytest.raises(InputError, match="Turn blind review on"):
        choose(session, project)


def test_a_phased_project_stays_blind(session: Session, claim: Claim) -> None:
    project = session.get_one(Project, claim.project_id)
    with pytest.raises(InputError, match="Turn blind review on"):
        change_settings(
            session,
            project_id=project.id or 0,
            user_id=make.user(session).id or 0,
            version=project.version,
            blind=False,
        )


def test_going_back_to_reviews_takes_claims_out_of_their_phase(
    session: Session, claim: Claim
) -> None:
    choose(session, session.get_one(Project, claim.project_id), "reviews")
    assert claim.phase == ""


def test_reviews_from_before_count_as_evidence_and_second_verdicts(session: Session) -> None:
    project = make.project(session, overlap=3)
    claim = make.claim(session, make.article(session, project))
    first, second = make.review(session, claim, label="refuted"), make.review(session, claim)
    choose(session, project)
    session.refresh(first)
    session.refresh(second)
    assert (first.phase, second.phase, claim.phase) == ("evidence", "verdict", "dispute")


def test_what_agrees_already_is_resolved_when_phases_begin(session: Session) -> None:
    project = make.project(session, overlap=3)
    claim = make.claim(session, make.article(session, project))
    for _ in range(2):
        make.review(session, claim, label="refuted")
    choose(session, project)
    assert (claim.phase, outcome(session, claim)) == ("done", ("refuted", "unanimous"))


def test_what_is_resolved_already_stays_so_when_phases_begin(session: Session) -> None:
    project = make.project(session)
    claim = make.claim(session, make.article(session, project))
    make.review(session, claim, label="refuted")
    make.resolution(session, claim, label="refuted")
    choose(session, project)
    assert (claim.phase, outcome(session, claim)) == ("done", ("refuted", "unanimous"))


ORDER = ("evidence", "verdict", "verdict", "dispute", "control")


@pytest.mark.parametrize("seed", range(8))
def test_all_at_once_is_as_one_by_one(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    project = make.project(session)
    article = make.article(session, project)
    people = [make.user(session) for _ in range(6)]
    options = Options(
        normalise=chance.random() < 0.5,
        dispute=chance.random() < 0.5,
        control=chance.random() < 0.5,
        n_second=chance.choice((1, 2)),
    )
    expected = dict(some_claim(session, chance, article, people, options) for _ in range(30))
    phases.recompute(
        session,
        project_id=project.id or 0,
        normalise=options.normalise,
        dispute=options.dispute,
        control=options.control,
        n_second=options.n_second,
    )
    found = {claim.id: claim.phase for claim in session.exec(select(Claim))}
    assert found == expected


def some_claim(
    session: Session, chance: random.Random, article: Any, people: list[User], options: Options
) -> tuple[int, str]:
    """A claim that some phases were done on, and the phase that it is in by the rules."""
    claim = make.claim(session, article)
    done: list[Work] = []
    if chance.random() < 0.7:
        claim.normalised_by_id = people[5].id
        done.append(Work("normalise", people[5].id or 0))
    for phase, by in list(zip(ORDER, people, strict=False))[: chance.randint(0, 5)]:
        key = chance.choice(("refuted", "supported"))
        review = make.review(session, claim, by, label=key, phase=phase)
        done.append(Work(phase, by.id or 0, review.label_id))
    return claim.id or 0, standing(options, done).phase
