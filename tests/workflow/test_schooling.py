"""Training: reviewers judge claims of known verdict, and are told, before they get to the work."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.models import Claim, Event, Project, Resolution, Review, Trial, User
from db.queries import agreement, tallies
from db.queries.search import ClaimFilter
from tests import factories as make
from workbench.errors import Conflict, NotAllowed, NotPermitted
from workbench.workflow import claiming, deskwork, publishing, reviewing, schooling, trialling
from workbench.workflow.drawing import draw
from workbench.workflow.explaining import explain
from workbench.workflow.schooling import let_through, standing, told

WORDS = ("one", "two", "three")


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session, training_claims=3, training_share=0.6)


@pytest.fixture
def live(session: Session, project: Project) -> Claim:
    return make.claim(session, make.article(session, project, text="live"))


@pytest.fixture
def lessons(session: Session, project: Project, live: Claim) -> list[Claim]:
    """Three claims for training, all refuted."""
    article = make.article(session, project, text=" ".join(WORDS))
    claims = [make.claim(session, article, quote=word) for word in WORDS]
    for claim in claims:
        make.gold(session, claim, used_for="training", explanation=f"Because {claim.quote}.")
    return claims


@pytest.fixture
def ann(session: Session, project: Project) -> User:
    return make.member(session, project)


def who(project: Project, by: User) -> dict[str, int]:
    return {"project_id": project.id or 0, "user_id": by.id or 0}


def on_desk(session: Session, claim: Claim, by: User) -> Trial | None:
    return trialling.on_desk(session, claim_id=claim.id or 0, user_id=by.id or 0)


def judge(session: Session, claim: Claim, by: User, label: str, **more: Any) -> int:
    return reviewing.submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": label},
        version=more.pop("version", 1),
        claim_version=claim.version,
        op_id=more.pop("op_id", f"judge-{claim.id}-{by.id}"),
        **more,
    )


def go_through(session: Session, project: Project, by: User, labels: list[str]) -> list[str]:
    """Judge what is drawn, one verdict after the other; returns the quotes."""
    quotes: list[str] = []
    after = None
    for label in labels:
        claim = draw(session, **who(project, by), after_id=after)
        assert claim is not None
        judge(session, claim, by, label)
        quotes.append(claim.quote)
        after = claim.id
    return quotes


def test_training_claims_come_first_as_they_were_marked_and_then_the_work(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    assert go_through(session, project, ann, ["refuted"] * 3) == list(WORDS)
    claim = draw(session, **who(project, ann))
    assert claim is not None
    assert claim.quote == "live"


def test_training_comes_first_also_in_a_filter(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    claim = draw(session, **who(project, ann), wanted=ClaimFilter(words="live"))
    assert claim is not None
    assert claim.quote == "one"


@pytest.mark.parametrize("role", ["lead", "admin"])
def test_who_knows_the_verdicts_needs_no_training(
    session: Session, project: Project, lessons: list[Claim], role: str
) -> None:
    claim = draw(session, **who(project, make.member(session, project, role)))
    assert claim is not None
    assert claim.quote == "live"


def test_whoever_works_alone_needs_no_training(
    session: Session, project: Project, lessons: list[Claim]
) -> None:
    claim = draw(session, **who(project, make.user(session)))
    assert claim is not None
    assert claim.quote == "live"


def test_without_training_claims_nobody_waits_for_them(
    session: Session, project: Project, live: Claim, ann: User
) -> None:
    claim = draw(session, **who(project, ann))
    assert claim is not None
    assert claim.quote == "live"


def test_after_the_verdict_the_known_one_is_told_with_its_explanation_and_not_before(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    claim = draw(session, **who(project, ann))
    assert claim is not None
    before = told(session, claim=claim, trial=on_desk(session, claim, ann))
    assert before == {"n": 1, "of": 3, "result": None, "next": ""}
    judge(session, claim, ann, "supported")
    after = told(session, claim=claim, trial=on_desk(session, claim, ann))
    assert after is not None
    assert after["next"] == "2 more training claims to judge."
    assert after["result"] == {
        "right": False,
        "known": "Refuted",
        "given": "Supported",
        "explanation": "Because one.",
    }


def test_the_desk_stays_on_a_judged_training_claim_and_skipping_goes_on(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    claim = draw(session, **who(project, ann))
    assert claim is not None
    sent = {"kind": "save", "claim_id": claim.id, "version": 1, "claim_version": claim.version}
    form = {"form": {"label": "refuted"}, "op_id": "save-0001"}
    outcome = deskwork.carry_out(session, *who(project, ann).values(), sent | form)
    assert (outcome.claim_id, outcome.said) == (claim.id, "Saved")
    on = {"kind": "skip", "claim_id": claim.id, "op_id": "skip-0001"}
    assert deskwork.carry_out(session, *who(project, ann).values(), on).claim_id == lessons[1].id


def test_a_skipped_training_claim_comes_after_the_others(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    order, after = [], None
    for _ in range(4):
        claim = draw(session, **who(project, ann), after_id=after)
        assert claim is not None
        order.append(claim.quote)
        after = claim.id
    assert order == ["one", "two", "three", "one"]


def test_the_first_verdict_in_training_stands(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    go_through(session, project, ann, ["supported"])
    with pytest.raises(NotAllowed, match="the first verdict on a claim stands"):
        judge(session, lessons[0], ann, "refuted", version=2, op_id="judge-again")


def test_the_same_save_again_changes_nothing(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    draw(session, **who(project, ann))
    versions = {judge(session, lessons[0], ann, "refuted", op_id="judge-once") for _ in range(2)}
    assert versions == {2}


def test_a_draft_in_training_is_kept_and_a_stale_one_refused(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    draw(session, **who(project, ann))
    on = {"project_id": project.id, "claim_id": lessons[0].id, "user_id": ann.id}
    form = {"label": "refuted", "justification": "Since"}
    assert reviewing.save_draft(session, **on, form=form, version=1, op_id="draft-0001") == 2
    opened = reviewing.open_review(session, claim_id=lessons[0].id or 0, user_id=ann.id or 0)
    assert (opened.form.justification, opened.status, opened.version) == ("Since", "draft", 2)
    with pytest.raises(Conflict):
        reviewing.save_draft(session, **on, form=form, version=1, op_id="draft-0002")


@pytest.mark.parametrize(
    ("labels", "passed"),
    [
        (["refuted", "refuted", "supported"], True),
        (["refuted", "supported", "supported"], False),
        (["refuted", "refuted"], False),
    ],
)
def test_the_share_that_is_asked_for_decides(
    session: Session,
    project: Project,
    lessons: list[Claim],
    ann: User,
    labels: list[str],
    passed: bool,
) -> None:
    go_through(session, project, ann, labels)
    found = standing(session, **who(project, ann))
    assert found is not None
    assert (found.n_needed, found.passed) == (2, passed)


def test_who_fails_goes_on_until_the_last_ones_are_right(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    project.training_claims, project.training_share = 2, 1.0
    session.flush()
    go_through(session, project, ann, ["supported", "refuted"])
    claim = draw(session, **who(project, ann))
    assert claim is not None
    assert claim.quote == "three"
    judge(session, claim, ann, "refuted")
    claim = draw(session, **who(project, ann))
    assert claim is not None
    assert claim.quote == "live"


def test_who_did_not_pass_is_told_why_the_queue_is_empty_and_a_lead_lets_them_through(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    go_through(session, project, ann, ["supported"] * 3)
    assert draw(session, **who(project, ann)) is None
    (reason,) = explain(session, **who(project, ann))
    assert reason.kind == "training"
    assert (
        "Right are 0 of your last 3 verdicts in training, and the project asks for 2" in reason.text
    )
    lead = make.member(session, project, "lead")
    let_through(session, **who(project, ann), by=lead.id or 0, version=1)
    claim = draw(session, **who(project, ann))
    assert claim is not None
    assert claim.quote == "live"


def test_only_a_lead_lets_somebody_through(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    with pytest.raises(NotPermitted, match="needs the role lead"):
        let_through(session, **who(project, ann), by=ann.id or 0, version=1)


def test_a_link_to_a_claim_of_the_work_is_no_way_around_the_training(
    session: Session, project: Project, lessons: list[Claim], live: Claim, ann: User
) -> None:
    with pytest.raises(NotAllowed, match="Your training is not finished"):
        judge(session, live, ann, "refuted", version=0)
    go_through(session, project, ann, ["refuted"] * 3)
    judge(session, live, ann, "refuted", version=0)


def test_who_judged_before_the_training_was_asked_for_may_change_the_verdict(
    session: Session, project: Project, lessons: list[Claim], live: Claim, ann: User
) -> None:
    make.review(session, live, ann, label="refuted")
    assert judge(session, live, ann, "supported", version=1) == 2


def test_what_is_judged_in_training_counts_for_nothing_else(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    before = tallies.numbers(session, project_id=project.id or 0).of
    for by in (ann, make.member(session, project)):
        go_through(session, project, by, ["refuted"] * 3)
    session.flush()
    assert tallies.numbers(session, project_id=project.id or 0).of == before
    assert session.exec(select(Review)).all() == session.exec(select(Resolution)).all() == []
    assert agreement.rated(session, "verdict", project_id=project.id or 0, viewer_id=None) == []
    exported = publishing.export_records(session, project_id=project.id or 0)
    assert [record.claim.quote for record in exported] == ["live"]
    assert len(session.exec(select(Trial)).all()) == 6


def test_a_training_claim_is_brought_back_into_the_work_by_nobody_who_judges(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    on = {"claim_id": lessons[0].id or 0, "version": lessons[0].version}
    with pytest.raises(NotAllowed, match="used for training"):
        claiming.restore(session, **who(project, ann), **on)


def test_each_verdict_in_training_leaves_an_event(
    session: Session, project: Project, lessons: list[Claim], ann: User
) -> None:
    go_through(session, project, ann, ["refuted"])
    event = session.exec(select(Event).where(col(Event.kind) == "training.judged")).one()
    assert (event.subject, event.user_id) == ("trial", ann.id)
    assert event.after["form"]["label"] == "refuted"


def test_who_is_no_member_stands_in_no_training(session: Session, project: Project) -> None:
    make.member(session, project)
    stranger = make.user(session, joined_at=make.NOON)
    assert schooling.standing(session, **who(project, stranger)) is None
