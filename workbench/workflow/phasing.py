"""The phases of the work on a claim: which one it is in, who may do it, and what a project chose.

In a phased project one person at a time works on a claim, and nobody does two phases of it.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session

from db.models import Claim, Project, Resolution, Review, User
from db.queries import phases, reviews
from workbench.errors import InputError, NotAllowed
from workbench.reviewing.workflows import (
    DISCARD_REASON,
    DONE,
    LEAD,
    Options,
    Phase,
    Standing,
    Work,
    Workflow,
    chosen,
    parse_options,
    phases_on,
    standing,
)
from workbench.workflow.recording import change, record_claim


@dataclass(frozen=True, slots=True)
class Plan:
    """The workflow of a project and what it chose of it."""

    workflow: Workflow
    options: Options

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that are on; none where reviews go by the overlap."""
        return phases_on(self.workflow, self.options)

    @property
    def first(self) -> str:
        """The phase of a new claim, empty without phases."""
        return self.phases[0].key if self.phases else ""


def plan_of(session: Session, project_id: int) -> Plan:
    """How the project works."""
    project = session.get_one(Project, project_id)
    return Plan(chosen(project.workflow), parse_options(project.phases))


def rules(session: Session, *, project_id: int, user_id: int) -> list[ColumnElement[bool]]:
    """What a claim must satisfy for the person to work on its phase; nothing without phases."""
    return phases.may_work(user_id) if plan_of(session, project_id).phases else []


def rules_of_place(session: Session, *, project_id: int, user_id: int) -> list[ColumnElement[bool]]:
    """The same for what counts as the person's queue, with the claims that they judged."""
    todo = rules(session, project_id=project_id, user_id=user_id)
    return [or_(and_(*todo), phases.worked_on(user_id))] if todo else []


def advance(session: Session, *, claim: Claim, user_id: int, plan: Plan) -> tuple[int, str] | None:
    """Note the phase that the claim is in by what was done on it; returns (label id, how) once
    the phases have settled it."""
    stored = reviews.resolution(session, claim_id=claim.id or 0)
    found = _standing(session, claim, plan.options, stored)
    if found.phase != claim.phase:
        before, after = {"phase": claim.phase}, {"phase": found.phase}
        phases.set_phase(session, claim=claim, phase=found.phase)
        record_claim(session, claim, user_id, "claim.advanced", before, after)
    return None if found.label is None else (found.label, found.how)


def follow(session: Session, *, claim: Claim, user_id: int) -> None:
    """Note the phase that the claim is in after a lead decided on it, or took that back."""
    plan = plan_of(session, claim.project_id)
    if plan.phases:
        session.flush()
        advance(session, claim=claim, user_id=user_id, plan=plan)


def _standing(
    session: Session, claim: Claim, options: Options, stored: Resolution | None
) -> Standing:
    if stored is not None and stored.how == "adjudicated":
        return Standing(DONE)
    session.flush()
    done = [Work(*work) for work in phases.work_on(session, claim_id=claim.id or 0)]
    if claim.normalised_by_id is not None:
        done.insert(0, Work("normalise", claim.normalised_by_id))
    return standing(options, done)


def discard_open(session: Session, *, claim: Claim, user_id: int) -> None:
    """Retire the claim if its verdicts still differ after all phases and the project wants that."""
    options = plan_of(session, claim.project_id).options
    if claim.phase == LEAD and options.after == "discard" and claim.state != "retired":
        before, after = change(claim, state="retired", reason=DISCARD_REASON)
        record_claim(session, claim, user_id, "claim.retired", before, after)


def begin(session: Session, *, claim: Claim, review: Review) -> None:
    """Note the phase that the review is begun for, unless it has got one already."""
    if review.phase in ("", "normalise") and review.submitted_at is None:
        change(review, phase=claim.phase)


def check_turn(session: Session, *, claim: Claim, review: Review, n_sources: int) -> None:
    """Raise `NotAllowed` if the review is not for the phase that the claim is in, or brings sources
    where the verdict is to rest on those that are there.

    Whoever has given a verdict may change it, whatever came after.
    """
    plan = plan_of(session, claim.project_id)
    if not plan.phases or review.submitted_at is not None:
        return
    phase = plan.workflow.phase(claim.phase)
    if phase is None or phase.work == "claim":
        raise NotAllowed(f"This claim {_where(claim, plan)}, so it takes no verdict now.")
    if review.phase != claim.phase or not _is_for(session, claim, review.user_id):
        raise NotAllowed(
            f"This claim {_where(claim, plan)}, which somebody else has to do who has not worked "
            "on it yet. Nothing was saved; what you typed is kept as a draft."
        )
    if phase.work == "verdict" and n_sources:
        raise NotAllowed(
            f"In the phase {phase.title} the verdict rests on the evidence that is there: "
            "remove your own sources."
        )


def _is_for(session: Session, claim: Claim, user_id: int) -> bool:
    return phases.is_for(session, claim_id=claim.id or 0, user_id=user_id)


def check_phase(session: Session, *, claim: Claim, user_id: int, phase: str) -> None:
    """Raise `NotAllowed` unless the claim is in this phase and the person may do it."""
    if claim.phase == phase and _is_for(session, claim, user_id):
        return
    plan = plan_of(session, claim.project_id)
    by = session.get(User, claim.normalised_by_id) if claim.normalised_by_id else None
    who = f" It was normalised by {by.display_name}." if by else ""
    raise NotAllowed(f"This claim {_where(claim, plan)}, so nothing was changed.{who}")


def _where(claim: Claim, plan: Plan) -> str:
    phase = plan.workflow.phase(claim.phase)
    if phase is not None:
        return f"is in the phase {phase.title}"
    told = {LEAD: "waits for a lead", DONE: "is through all phases"}
    return told.get(claim.phase, "is in no phase")


def refuse_if_built_on(session: Session, *, claim: Claim, after: str) -> None:
    """Raise `NotAllowed` if a verdict was given in a phase behind the phase `after`, which rests on
    what was done there: it cannot be taken back any more."""
    order = ["", *(phase.key for phase in plan_of(session, claim.project_id).workflow.phases)]
    later = order[order.index(after) + 1 :] if after in order[1:] else []
    done = phases.work_on(session, claim_id=claim.id or 0)
    if any(phase in later for phase, *_ in done):
        raise NotAllowed(
            f"Claim {claim.id} has gone on since: a later phase rests on this, so it can no longer "
            "be undone or redone. A verdict can still be changed and saved again."
        )


def check_settings(project: Project) -> None:
    """Raise `InputError` if the project's settings do not go together."""
    plan = Plan(chosen(project.workflow), parse_options(project.phases))
    if plan.phases and not project.blind:
        raise InputError(
            f"{plan.workflow.title} need a blind project: the second verdict is given without "
            "seeing the first. Turn blind review on."
        )
    if plan.phases and (project.gold_share or project.repeat_share):
        raise InputError(
            f"{plan.workflow.title} give each claim to one person at a time: hidden gold and "
            "repeats cannot be mixed in. Set both shares to 0; a training round works."
        )
