"""What a person at the desk is told of a claim's phase, and shown of the work before theirs."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from db.models import Claim, Label, Review
from db.queries import phases, reviews
from workbench.reviewing.evidence import EvidenceForm
from workbench.reviewing.workflows import DONE, LEAD, Phase, phase_titles
from workbench.workflow.phasing import Plan, plan_of
from workbench.workflow.sourcing import evidence_of

_GIVEN = (
    "url", "title", "publisher", "author", "medium", "published_on", "accessed_on", "quote",
    "question", "answer", "answer_type", "explanation",
)  # fmt: skip
"""What a later phase is shown of a piece of evidence: not its stance, which tells the verdict."""

_ENDED = {
    LEAD: "the verdicts still differ after all phases",
    DONE: "there is nothing left to do on this claim",
}


def brief(session: Session, *, claim: Claim, user_id: int) -> dict[str, Any] | None:
    """The phase in plain values, None where the project has no phases.

    `work` is what the person has to do: `claim`, `review`, `verdict`, or empty where it is not
    their turn. `given` is evidence of the phases before, without who found it and what they
    concluded; `verdicts` are filled where the phase is to settle a dispute.
    """
    plan = plan_of(session, claim.project_id)
    if not plan.phases:
        return None
    own = reviews.of_user(session, claim_id=claim.id or 0, user_id=user_id)
    phase, again = _phase_of(plan, claim, own)
    mine = again or phases.is_for(session, claim_id=claim.id or 0, user_id=user_id)
    if phase is None or not mine:
        return _elsewhere(plan, claim, phase)
    earlier = _earlier(session, plan, claim, phase, user_id)
    return {
        **_heading(plan, phase),
        "about": "done by you; you can still change it" if again else phase.about,
        "work": phase.work,
        "given": [_as_given(entry) for review in earlier for entry in evidence_of(session, review)],
        "verdicts": _verdicts(session, earlier) if phase.sees_verdicts else [],
    }


def given_evidence(session: Session, *, claim: Claim, user_id: int) -> tuple[EvidenceForm, ...]:
    """What the person was given to judge from, its stances left out."""
    told = brief(session, claim=claim, user_id=user_id)
    return tuple(EvidenceForm(**each, stance="context") for each in told["given"]) if told else ()


def _phase_of(plan: Plan, claim: Claim, own: Review | None) -> tuple[Phase | None, bool]:
    """The phase that the person looks at the claim in, and whether they have done it already."""
    if own is not None and own.submitted_at is not None and plan.workflow.phase(own.phase):
        return plan.workflow.phase(own.phase), True
    return plan.workflow.phase(claim.phase), False


def _elsewhere(plan: Plan, claim: Claim, phase: Phase | None) -> dict[str, Any]:
    about = "somebody else does this, who has not worked on the claim yet"
    heading = _heading(plan, phase) if phase else {"number": 0, "of": len(plan.phases)}
    if phase is None:
        about = _ENDED.get(claim.phase, "")
        heading |= {"key": claim.phase, "title": phase_titles().get(claim.phase, "In no phase")}
    return {**heading, "about": about, "work": "", "given": [], "verdicts": []}


def _heading(plan: Plan, phase: Phase) -> dict[str, Any]:
    """A phase that was turned off since keeps its name, and has no number."""
    on = plan.phases
    number = on.index(phase) + 1 if phase in on else 0
    return {"key": phase.key, "title": phase.title, "number": number, "of": len(on)}


def _earlier(
    session: Session, plan: Plan, claim: Claim, phase: Phase, user_id: int
) -> list[Review]:
    order = [each.key for each in plan.workflow.phases]
    before = order[: order.index(phase.key)]
    found = phases.earlier(session, claim_id=claim.id or 0, user_id=user_id)
    return [review for review in found if review.phase in before]


def _as_given(entry: EvidenceForm) -> dict[str, Any]:
    fields = asdict(entry)
    return {name: fields[name] for name in _GIVEN}


def _verdicts(session: Session, earlier: list[Review]) -> list[dict[str, str]]:
    return [
        {
            "title": session.get_one(Label, review.label_id).title,
            "justification": review.justification,
        }
        for review in earlier
    ]
