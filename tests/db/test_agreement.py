"""Who said what of which claim, stage by stage, on each kind of database."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from db.models import Claim, Event, Project, User
from db.queries import agreement
from tests import factories as make

LATER = make.NOON + timedelta(days=1)


@pytest.fixture
def project(anywhere: Session) -> Project:
    return make.project(anywhere, blind=False)


@pytest.fixture
def claim(anywhere: Session, project: Project) -> Claim:
    return make.claim(anywhere, make.article(anywhere, project))


@pytest.fixture
def ada(anywhere: Session) -> User:
    return make.user(anywhere)


@pytest.fixture
def bob(anywhere: Session) -> User:
    return make.user(anywhere)


@pytest.fixture
def said(anywhere, project, ada, bob):
    """What Ada and Bob said at a stage, claim by claim: `("a", None)` for Ada alone."""

    def said(stage: str, viewer: User | None = None) -> list[tuple[str | None, str | None]]:
        viewer_id = viewer.id if viewer else None
        rows = agreement.rated(anywhere, stage, project_id=project.id, viewer_id=viewer_id)
        items = sorted({row[:2] for row in rows})
        cells = {row[:3]: row[3] for row in rows}
        return [(cells.get((*item, ada.id)), cells.get((*item, bob.id))) for item in items]

    return said


def event(session: Session, claim: Claim, by: User, kind: str, **fields) -> Event:
    given = {"at": make.NOON, "subject": "claim", "subject_id": claim.id, **fields}
    return make._add(session, Event(project_id=claim.project_id, user_id=by.id, kind=kind, **given))


def test_verdicts_are_those_of_submitted_reviews(anywhere, claim, ada, bob, said) -> None:
    make.review(anywhere, claim, ada, label="refuted")
    make.review(anywhere, claim, bob, status="draft", label="supported")
    assert said("verdict") == [("refuted", None)]
    claim.state = "retired"
    anywhere.flush()
    assert said("verdict") == []


def test_whether_it_is_a_claim_is_what_each_did_last(anywhere, claim, ada, bob, said) -> None:
    event(anywhere, claim, ada, "claim.accepted")
    make.review(anywhere, claim, bob)
    assert said("claim") == [("claim", "claim")]
    event(anywhere, claim, bob, "claim.rejected", at=LATER)
    event(anywhere, claim, ada, "claim.rejected", at=make.NOON - timedelta(days=1))
    assert said("claim") == [("claim", "no claim")]
    event(anywhere, claim, bob, "claim.proposed", at=LATER + timedelta(days=1))
    assert said("claim") == [("claim", None)]


def test_what_was_undone_was_not_done_and_what_was_redone_was(
    anywhere, claim, ada, bob, said
) -> None:
    make.review(anywhere, claim, bob)
    done = event(anywhere, claim, ada, "claim.rejected")
    undo = event(anywhere, claim, ada, "claim.rejected.undone", undoes_id=done.id)
    assert said("claim") == [(None, "claim")]
    event(anywhere, claim, ada, "claim.rejected.redone", undoes_id=undo.id)
    assert said("claim") == [("no claim", "claim")]


def test_boundaries_are_kept_or_changed_also_of_what_was_merged(
    anywhere, claim, ada, bob, said
) -> None:
    make.review(anywhere, claim, ada)
    event(anywhere, claim, bob, "claim.accepted")
    assert said("boundaries") == [("kept", "kept")]
    event(anywhere, claim, bob, "claim.moved")
    assert said("boundaries") == [("kept", "changed")]
    event(anywhere, claim, ada, "claim.merge")
    claim.state = "retired"
    anywhere.flush()
    assert said("boundaries") == [("changed", "changed")]


def test_stances_are_by_source_and_the_most_frequent_counts(
    anywhere, project, claim, ada, bob, said
) -> None:
    first, second = make.source(anywhere, project), make.source(anywhere, project)
    one, other = make.review(anywhere, claim, ada), make.review(anywhere, claim, bob)
    for stance in ("refutes", "supports", "refutes"):
        make.evidence(anywhere, one, first, stance=stance)
    for stance in ("context", "refutes", "supports"):
        make.evidence(anywhere, other, first, stance=stance)
    make.evidence(anywhere, other, second, stance="context")
    make.evidence(anywhere, one, second, stance="supports", retired_at=make.NOON)
    assert said("stance") == [("refutes", "supports"), (None, "context")]


@pytest.mark.parametrize("stage", agreement.STAGES)
def test_in_a_blind_project_one_sees_only_what_one_has_judged(
    stage, anywhere, project, claim, ada, bob, said
) -> None:
    project.blind = True
    unseen = make.claim(anywhere, make.article(anywhere, project, text="Prices fell."))
    make.evidence(anywhere, make.review(anywhere, unseen, bob), make.source(anywhere, project))
    for person in (ada, bob):
        make.evidence(anywhere, make.review(anywhere, claim, person))
    assert len(said(stage)) == len(said(stage, viewer=bob)) > len(said(stage, viewer=ada)) >= 1
    project.blind = False
    anywhere.flush()
    assert len(said(stage)) == len(said(stage, viewer=ada))


def test_the_last_rating_has_its_time_and_other_projects_have_their_own(
    anywhere, project, claim, ada, bob
) -> None:
    make.review(anywhere, claim, ada)
    make.review(anywhere, claim, bob, submitted_at=LATER)
    make.review(anywhere)
    for stage in ("verdict", "claim", "boundaries"):
        last = agreement.rated_last(anywhere, stage, project_id=project.id, viewer_id=None)
        assert last == [(claim.id, LATER)]


def test_attributes_are_read_of_every_claim(anywhere, project) -> None:
    article = make.article(anywhere, project, outlet="Ledger")
    claim = make.claim(anywhere, article, kind="event", claim_types=["Causal Claim"])
    found = [
        agreement.attribute(anywhere, of, project_id=project.id) for of in agreement.ATTRIBUTES
    ]
    assert found == [
        [(claim.id, "Ledger")],
        [(claim.id, '["Causal Claim"]')],
        [(claim.id, "event")],
    ]


def test_a_draft_is_no_change_and_a_verdict_is(anywhere, project, claim, ada) -> None:
    before = agreement.last_change(anywhere, project_id=project.id)
    event(anywhere, claim, ada, "review.drafted")
    assert agreement.last_change(anywhere, project_id=project.id) == before
    after = event(anywhere, claim, ada, "review.submitted")
    assert agreement.last_change(anywhere, project_id=project.id) == after.id
