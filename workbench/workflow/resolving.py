"""From the reviews of a claim to its final verdict."""

from typing import Any

from sqlmodel import Session

from db.models import Claim, Label, Project, Resolution, Review, utc_now
from db.queries import adjudication, gold, reviews
from db.queries.search import Viewer
from workbench.workflow import phasing
from workbench.workflow.recording import change, plain, record_claim

OF_DECISION = ("label_id", "how", "reason", "cause", "dissent", "decided_by_id", "decided_at")
"""The fields of a resolution that its events hold."""


def resolve(session: Session, *, claim: Claim, user_id: int) -> None:
    """Set, change or withdraw the claim's resolution after one of its reviews was submitted.

    With as many reviews as are wanted, one label from all is unanimous, from more than half a
    majority, as far as the project takes that for a final verdict; otherwise the claim waits for a
    lead. What a lead decided stays until a verdict differs from it that the lead did not know.
    In a project with phases these decide instead of the overlap. The final verdict of hidden gold
    stays: what it is given beyond the overlap shows how the reviewers judge.
    """
    plan = phasing.plan_of(session, claim.project_id)
    settled = plan.phases and phasing.advance(session, claim=claim, user_id=user_id, plan=plan)
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    if stored is not None and gold.is_hidden(session, claim_id=claim.id or 0):
        return
    if stored is not None and stored.how == "adjudicated":
        news = _unknown(session, claim, stored)
        if news is None:
            return
        _reopen(session, claim, stored, news, user_id)
        stored = None
    outcome = settled or None if plan.phases else _by_overlap(session, claim)
    if outcome is None:
        _withdraw(session, claim, stored, user_id)
    else:
        _settle(session, claim, stored, outcome, user_id)


def _by_overlap(session: Session, claim: Claim) -> tuple[int, str] | None:
    project = session.get_one(Project, claim.project_id)
    counts = reviews.verdict_counts(session, claim_id=claim.id or 0)
    return decide(counts, project.overlap + claim.extra_reviews, project.resolve_by)


def decide(
    verdicts: dict[int, int], wanted: int, resolve_by: str = "majority"
) -> tuple[int, str] | None:
    """(label id, how) from the verdicts' counts; None while nothing is settled.

    >>> decide({1: 1}, wanted=1), decide({1: 2, 2: 1}, wanted=3)
    ((1, 'unanimous'), (1, 'majority'))
    >>> decide({1: 1, 2: 1}, wanted=2) is None, decide({1: 1}, wanted=2) is None
    (True, True)
    >>> decide({1: 2, 2: 1}, 3, "unanimous") is None, decide({1: 3}, 3, "lead") is None
    (True, True)
    """
    n_reviews = sum(verdicts.values())
    if n_reviews == 0 or n_reviews < wanted or resolve_by == "lead":
        return None
    label_id, n = max(verdicts.items(), key=lambda item: item[1])
    if n == n_reviews:
        return label_id, "unanimous"
    return (label_id, "majority") if n * 2 > n_reviews and resolve_by == "majority" else None


def dissent(session: Session, claim: Claim, label_id: int) -> list[dict[str, Any]]:
    """The submitted reviews with another verdict as they stand now, by value."""
    return [
        plain(
            {
                "user_id": review.user_id,
                "label_id": label.id,
                "justification": review.justification,
                "confidence": review.confidence,
                "submitted_at": review.submitted_at,
            }
        )
        for review, label in _submitted(session, claim)
        if label.id != label_id
    ]


def settle_waiting(session: Session, *, project_id: int, user_id: int) -> None:
    """Settle what is final under the project's present settings."""
    for id in adjudication.unsettled(session, project_id=project_id):
        resolve(session, claim=session.get_one(Claim, id), user_id=user_id)


def _submitted(session: Session, claim: Claim) -> list[tuple[Review, Label]]:
    owner = Viewer(claim.project_id, 0, sees_all=True)
    return adjudication.submitted(session, owner, claim_id=claim.id or 0)


def _unknown(session: Session, claim: Claim, stored: Resolution) -> Review | None:
    """A verdict that differs from the decision, which the lead did not know; the newest."""
    known = {(each["user_id"], each["label_id"]) for each in stored.dissent}
    news = [
        review
        for review, label in _submitted(session, claim)
        if label.id != stored.label_id and (review.user_id, label.id) not in known
    ]
    return max(news, key=lambda review: review.submitted_at or utc_now(), default=None)


def _reopen(session: Session, claim: Claim, stored: Resolution, news: Review, user_id: int) -> None:
    before = {name: getattr(stored, name) for name in OF_DECISION}
    session.delete(stored)
    session.flush()
    after = {"user_id": news.user_id, "label_id": news.label_id}
    record_claim(session, claim, user_id, "claim.reopened", before, after)


def _settle(
    session: Session,
    claim: Claim,
    stored: Resolution | None,
    outcome: tuple[int, str],
    user_id: int,
) -> None:
    label_id, how = outcome
    others = dissent(session, claim, label_id) if how == "majority" else []
    row = stored or Resolution(claim_id=claim.id or 0, label_id=label_id, how=how, dissent=others)
    before, after = change(row, label_id=label_id, how=how, dissent=others)
    if stored is not None and not after:
        return
    row.decided_at = utc_now()
    session.add(row)
    told = {"label_id": label_id, "how": how} | ({"dissent": others} if others else {})
    record_claim(session, claim, user_id, "claim.resolved", before, told)


def _withdraw(session: Session, claim: Claim, stored: Resolution | None, user_id: int) -> None:
    if stored is None:
        return
    session.delete(stored)
    before = {"label_id": stored.label_id, "how": stored.how}
    record_claim(session, claim, user_id, "claim.unresolved", before, {})
