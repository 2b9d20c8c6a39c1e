"""From the reviews of a claim to its final verdict."""

from sqlmodel import Session

from db.models import Claim, Project, Resolution, utc_now
from db.queries import reviews
from workbench.workflow.recording import change, record_claim


def resolve(session: Session, *, claim: Claim, user_id: int) -> None:
    """Set, change or withdraw the claim's resolution after one of its reviews was submitted.

    With as many reviews as the project's overlap asks for, one label from all is unanimous, from
    more than half a majority; otherwise the claim waits for a lead. What a lead adjudicated stays.
    """
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    if stored is not None and stored.how == "adjudicated":
        return
    project = session.get_one(Project, claim.project_id)
    outcome = decide(reviews.verdict_counts(session, claim_id=claim.id or 0), project.overlap)
    if outcome is None:
        _withdraw(session, claim, stored, user_id)
    else:
        _settle(session, claim, stored, outcome, user_id)


def decide(verdicts: dict[int, int], overlap: int) -> tuple[int, str] | None:
    """(label id, how) from the verdicts' counts; None while nothing is settled.

    >>> decide({1: 1}, overlap=1), decide({1: 2, 2: 1}, overlap=3)
    ((1, 'unanimous'), (1, 'majority'))
    >>> decide({1: 1, 2: 1}, overlap=2) is None, decide({1: 1}, overlap=2) is None
    (True, True)
    """
    n_reviews = sum(verdicts.values())
    if n_reviews == 0 or n_reviews < overlap:
        return None
    label_id, n = max(verdicts.items(), key=lambda item: item[1])
    if n == n_reviews:
        return label_id, "unanimous"
    return (label_id, "majority") if n * 2 > n_reviews else None


def _settle(
    session: Session,
    claim: Claim,
    stored: Resolution | None,
    outcome: tuple[int, str],
    user_id: int,
) -> None:
    label_id, how = outcome
    row = stored or Resolution(claim_id=claim.id or 0, label_id=label_id, how=how)
    before, after = change(row, label_id=label_id, how=how)
    if stored is not None and not after:
        return
    row.decided_at = utc_now()
    session.add(row)
    record_claim(
        session, claim, user_id, "claim.resolved", before, {"label_id": label_id, "how": how}
    )


def _withdraw(session: Session, claim: Claim, stored: Resolution | None, user_id: int) -> None:
    if stored is None:
        return
    session.delete(stored)
    before = {"label_id": stored.label_id, "how": stored.how}
    record_claim(session, claim, user_id, "claim.unresolved", before, {})
