"""From reviews to a final verdict: set, changed and withdrawn as the reviews come in."""

from typing import Any

import pytest
from sqlmodel import Session, select

from db.models import Claim, Label, Resolution, User
from db.queries import events, reviews
from tests import factories as make
from workbench.workflow.resolving import decide, resolve
from workbench.workflow.reviewing import submit


def claim_of(session: Session, overlap: int) -> Claim:
    return make.claim(session, make.article(session, make.project(session, overlap=overlap)))


def judged(session: Session, claim: Claim, *labels: str) -> None:
    """Each label is the verdict of another reviewer; the claim is resolved after each."""
    for label in labels:
        review = make.review(session, claim, label=label)
        resolve(session, claim=claim, user_id=review.user_id)
        session.flush()


def outcome(session: Session, claim: Claim) -> tuple[str, str] | None:
    """(label's key, how) of the claim's final verdict."""
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    return stored and (session.get_one(Label, stored.label_id).key, stored.how)


def kinds(session: Session, claim: Claim) -> list[str]:
    return [event.kind for event in history(session, claim)]


def history(session: Session, claim: Claim) -> list[Any]:
    return events.of_subject(session, subject="claim", subject_id=claim.id or 0)


@pytest.mark.parametrize(
    ("verdicts", "overlap", "expected"),
    [
        ({}, 1, None),
        ({1: 1}, 1, (1, "unanimous")),
        ({1: 1}, 2, None),
        ({1: 2}, 2, (1, "unanimous")),
        ({1: 1, 2: 1}, 2, None),
        ({1: 1, 2: 2}, 3, (2, "majority")),
        ({1: 1, 2: 1, 3: 1}, 3, None),
        ({1: 2, 2: 2}, 3, None),
        ({1: 2, 2: 1, 3: 1}, 3, None),
        ({1: 3, 2: 1, 3: 1}, 3, (1, "majority")),
    ],
)
def test_a_verdict_takes_enough_reviews_and_more_than_half(
    verdicts: dict[int, int], overlap: int, expected: tuple[int, str] | None
) -> None:
    assert decide(verdicts, overlap) == expected


def test_one_review_is_enough_where_one_is_asked_for(session: Session) -> None:
    claim = claim_of(session, overlap=1)
    judged(session, claim, "refuted")
    assert outcome(session, claim) == ("refuted", "unanimous")


def test_a_claim_waits_until_as_many_as_asked_have_judged_it(session: Session) -> None:
    claim = claim_of(session, overlap=2)
    judged(session, claim, "refuted")
    assert (outcome(session, claim), kinds(session, claim)) == (None, [])
    judged(session, claim, "refuted")
    assert outcome(session, claim) == ("refuted", "unanimous")


def test_more_than_half_is_a_majority(session: Session) -> None:
    claim = claim_of(session, overlap=3)
    judged(session, claim, "supported", "refuted", "refuted")
    assert outcome(session, claim) == ("refuted", "majority")


def test_a_tie_waits_for_a_lead(session: Session) -> None:
    claim = claim_of(session, overlap=2)
    judged(session, claim, "supported", "refuted")
    assert outcome(session, claim) is None


def test_a_draft_has_no_vote(session: Session) -> None:
    claim = claim_of(session, overlap=2)
    make.review(session, claim, status="draft", label="refuted")
    judged(session, claim, "refuted")
    assert outcome(session, claim) is None


def test_a_review_more_can_settle_and_unsettle(session: Session) -> None:
    claim = claim_of(session, overlap=1)
    judged(session, claim, "refuted", "supported")
    assert outcome(session, claim) is None
    judged(session, claim, "supported")
    assert outcome(session, claim) == ("supported", "majority")
    assert kinds(session, claim) == ["claim.resolved", "claim.unresolved", "claim.resolved"]


def test_each_step_is_on_record(session: Session) -> None:
    claim = claim_of(session, overlap=1)
    judged(session, claim, "refuted", "supported")
    resolved, withdrawn = history(session, claim)
    verdict = {"label_id": make.label(session, "refuted").id, "how": "unanimous"}
    assert (resolved.before, resolved.after) == ({}, verdict)
    assert (withdrawn.before, withdrawn.after) == (verdict, {})


def test_what_stays_the_same_leaves_no_event(session: Session) -> None:
    claim = claim_of(session, overlap=1)
    judged(session, claim, "refuted", "refuted")
    assert kinds(session, claim) == ["claim.resolved"]


def submitted(session: Session, claim: Claim, by: User, label: str, version: int = 0) -> int:
    return submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": label},
        version=version,
        claim_version=claim.version,
        op_id=f"op-{claim.id}-{by.id}-{version}",
    )


def test_a_changed_verdict_changes_the_resolution(session: Session) -> None:
    claim, ann = claim_of(session, overlap=1), make.user(session)
    version = submitted(session, claim, ann, "refuted")
    submitted(session, claim, ann, "supported", version)
    assert outcome(session, claim) == ("supported", "unanimous")
    event = history(session, claim)[-1]
    assert event.before == {"label_id": make.label(session, "refuted").id}
    assert event.after["label_id"] == make.label(session, "supported").id


def test_a_changed_verdict_can_break_an_agreement(session: Session) -> None:
    claim, ann, bob = claim_of(session, overlap=2), make.user(session), make.user(session)
    version = submitted(session, claim, ann, "refuted")
    submitted(session, claim, bob, "refuted")
    assert outcome(session, claim) == ("refuted", "unanimous")
    submitted(session, claim, ann, "conflicting", version)
    assert outcome(session, claim) is None


def test_a_claim_never_has_two_resolutions(session: Session) -> None:
    claim = claim_of(session, overlap=1)
    judged(session, claim, "refuted", "supported", "supported", "refuted", "supported")
    assert len(session.exec(select(Resolution)).all()) == 1
    assert outcome(session, claim) == ("supported", "majority")
