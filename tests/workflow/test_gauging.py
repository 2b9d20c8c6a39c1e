"""What leads see of how each reviewer judges, each number with the claims behind it."""

import pytest
from sqlmodel import Session

from db.models import Claim, Project, Trial, User
from db.queries.search import n_found
from tests import factories as make
from workbench.errors import NotPermitted
from workbench.workflow import overseeing
from workbench.workflow.gauging import KINDS, behind, results


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session)


@pytest.fixture
def claims(session: Session, project: Project) -> list[Claim]:
    article = make.article(session, project, text="one two three")
    return [make.claim(session, article, quote=quote) for quote in ("one", "two", "three")]


@pytest.fixture
def ann(session: Session, project: Project) -> User:
    return make.member(session, project)


def trial(session: Session, claim: Claim, by: User, kind: str, label: str) -> None:
    session.add(
        Trial(
            claim_id=claim.id or 0,
            user_id=by.id or 0,
            kind=kind,
            status="submitted",
            label_id=make.label(session, label).id,
            submitted_at=make.NOON,
        )
    )
    session.flush()


@pytest.fixture
def judged(session: Session, claims: list[Claim], ann: User) -> None:
    """One of two hidden ones found; the training wrong; one of two repeats changed."""
    one, two, three = claims
    for claim, label in ((one, "refuted"), (two, "supported")):
        make.gold(session, claim)
        make.review(session, claim, ann, label=label)
        trial(session, claim, ann, "repeat", "refuted")
    make.gold(session, three, used_for="training")
    trial(session, three, ann, "training", "supported")


def test_each_kind_is_counted_by_known_and_given_verdict(
    session: Session, project: Project, ann: User, judged: None
) -> None:
    lead = make.member(session, project, "lead")
    (result,) = results(session, project_id=project.id or 0, user_id=lead.id or 0)
    shares = {kind: (result.of[kind].n_same, result.of[kind].n) for kind in KINDS}
    assert shares == {"training": (0, 1), "hidden": (1, 2), "repeat": (1, 2)}
    refuted, supported = (make.label(session, key).id for key in ("refuted", "supported"))
    assert result.of["hidden"].cross == {(refuted, refuted): 1, (refuted, supported): 1}


def test_behind_each_number_are_as_many_claims(
    session: Session, project: Project, ann: User, judged: None
) -> None:
    lead = make.member(session, project, "lead")
    everybody = results(session, project_id=project.id or 0, user_id=lead.id or 0)
    labels = {label.id: label for label in _labels(session)}
    viewer = overseeing.permitting.viewer(session, project_id=project.id or 0, user_id=lead.id or 0)
    for kind in KINDS:
        of = everybody[0].of[kind]
        assert n_found(session, viewer, behind(kind, ann)) == of.n
        if kind == "repeat":
            continue
        for (one, other), n in of.cross.items():
            wanted = behind(kind, ann, labels[one], labels[other])
            assert n_found(session, viewer, wanted) == n


def _labels(session: Session) -> list:  # type: ignore[type-arg]
    return [make.label(session, key) for key in ("refuted", "supported")]


def test_behind_changed_repeats_are_those_with_another_verdict(
    session: Session, project: Project, ann: User, judged: None
) -> None:
    lead = make.member(session, project, "lead")
    viewer = overseeing.permitting.viewer(session, project_id=project.id or 0, user_id=lead.id or 0)
    assert n_found(session, viewer, behind("changed", ann)) == 1


def test_results_are_for_leads_alone(session: Session, project: Project, ann: User) -> None:
    with pytest.raises(NotPermitted, match="needs the role lead"):
        results(session, project_id=project.id or 0, user_id=ann.id or 0)


def test_who_is_still_in_training_is_named_before_they_judged_anything(
    session: Session, project: Project, claims: list[Claim], ann: User
) -> None:
    project.training_claims = 1
    make.gold(session, claims[0], used_for="training")
    lead = make.member(session, project, "lead")
    (result,) = results(session, project_id=project.id or 0, user_id=lead.id or 0)
    assert result.user is ann
    assert result.standing is not None
    assert (result.standing.passed, result.standing.n_left) == (False, 1)


def test_the_dashboard_has_the_gold_score_for_leads_alone(
    session: Session, project: Project, ann: User, judged: None
) -> None:
    def columns(user_id: int | None) -> tuple[str, ...]:
        board = overseeing.oversee(session, project_id=project.id or 0, user_id=user_id)
        return board["people"].columns

    lead, watcher = (make.member(session, project, role) for role in ("lead", "viewer"))
    assert "Gold score" in columns(lead.id)
    assert "Gold score" in columns(None)
    assert not any("Gold" in column for by in (ann, watcher) for column in columns(by.id))
    board = overseeing.oversee(session, project_id=project.id or 0, user_id=lead.id)
    row = dict(zip(board["people"].columns, board["people"].rows[0], strict=True))
    assert (row["Gold"].value, row["Gold score"].value) == (2, 0.5)
    viewer = overseeing.permitting.viewer(session, project_id=project.id or 0, user_id=lead.id or 0)
    assert row["Gold"].wanted is not None
    assert n_found(session, viewer, row["Gold"].wanted) == 2
