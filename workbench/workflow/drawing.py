"""Which claim a reviewer gets next, and how it comes onto their queue."""

from sqlalchemy import ColumnElement
from sqlmodel import Session

from db.models import Assignment, Claim, Project, utc_now
from db.queries import queue
from db.queries.claims import WORKED_ON
from db.queries.search import EVERYTHING, ClaimFilter, Viewer, matching
from workbench.errors import NotAllowed, NotFound
from workbench.workflow import (
    flagging,
    mixing,
    phasing,
    recusing,
    reserving,
    schooling,
    trialling,
)
from workbench.workflow.permitting import require, viewer
from workbench.workflow.recording import change, one_action, record_claim

N_TRIES = 50


def draw(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    after_id: int | None = None,
    wanted: ClaimFilter = EVERYTHING,
) -> Claim | None:
    """Take the next claim of the queue and assign it to the reviewer; None when nothing is left.

    `after_id` is the claim that was worked on: the search goes on behind it. Only what `wanted`
    finds is drawn, but for the training, which comes before all else. Raises `NotPermitted` for
    somebody who may not review here.
    """
    who = {"project_id": project_id, "user_id": user_id}
    require(session, **who, activity="review")
    if schooling.is_due(session, **who):
        return schooling.draw(session, **who, after_id=after_id)
    if reserving.quota_reached(session, project_id=project_id, user_id=user_id):
        return None
    chosen = rules(session, viewer(session, **who), wanted)
    fine = [*chosen, *recusing.rules(session, **who)]
    if checking := mixing.draw(session, **who, after_id=after_id, among=fine):
        _note_begun(session, checking, user_id)
        return checking
    after = None if after_id is None else session.get(Claim, after_id)
    among = [*chosen, *team_rules(session, **who), *phasing.rules(session, **who)]
    project, n_tries = session.get_one(Project, project_id), 0
    while n_tries < N_TRIES:
        claim = queue.next_claim(
            session,
            project_id=project_id,
            user_id=user_id,
            after=after,
            among=among,
            team=reserving.team(session, project_id=project_id, user_id=user_id),
            order_by=project.order_by,
            with_skipped=project.skip_to == "own",
        )
        if claim is None:
            return None
        if recusing.rules(session, project_id=project_id, user_id=user_id) and recusing.is_found(
            session, claim=claim, user_id=user_id
        ):
            continue
        if reserving.reserve(session, claim=claim, user_id=user_id) or reserving.goes_without(
            session, claim=claim, user_id=user_id
        ):
            if not _note_begun(session, claim, user_id):
                session.add(Assignment(claim_id=claim.id or 0, user_id=user_id))
            return claim
        n_tries += 1
    raise NotAllowed("Others were quicker each time; ask for the next claim again.")


def _note_begun(session: Session, claim: Claim, user_id: int) -> bool:
    """That the claim is what the person works on now, and was before what comes next.

    False where it is not on their queue.
    """
    return queue.begin(session, claim_id=claim.id or 0, user_id=user_id, at=utc_now())


def team_rules(session: Session, *, project_id: int, user_id: int) -> queue.Rules:
    """What holds of every claim that is drawn where several people work: recusals, assignments."""
    found = recusing.rules(session, project_id=project_id, user_id=user_id)
    given_only = session.get_one(Project, project_id).drawing == "assigned"
    return [*found, queue.GIVEN] if found and given_only else found


def place(session: Session, *, project_id: int, user_id: int, wanted: ClaimFilter) -> queue.Place:
    """How far the reviewer is on what `wanted` finds of the queue.

    In a team the queue is what they have judged and what is left for them: not what others have
    given all reviews of, nor what they are recused from, nor, where a lead assigns, other claims.
    """
    among: list[ColumnElement[bool]] = [
        *rules(session, viewer(session, project_id=project_id, user_id=user_id), wanted),
        *phasing.rules_of_place(session, project_id=project_id, user_id=user_id),
    ]
    team = reserving.team(session, project_id=project_id, user_id=user_id)
    if team is not None:
        drawn = team_rules(session, project_id=project_id, user_id=user_id)
        among.append(queue.is_to_do(drawn))
    return queue.place(session, project_id=project_id, user_id=user_id, among=among, team=team)


def rules(session: Session, by: Viewer, wanted: ClaimFilter) -> queue.Rules:
    """What a claim must satisfy to be drawn; nothing if everything is wanted."""
    return [] if wanted == EVERYTHING else matching(session, by, wanted)


def back(session: Session, *, project_id: int, user_id: int, from_id: int) -> Claim | None:
    """The claim the reviewer worked on before `from_id`; None at the first one."""
    return queue.previous_claim(session, project_id=project_id, user_id=user_id, before=from_id)


def neighbour(session: Session, *, claim: Claim, forward: bool) -> Claim | None:
    """The claim next to this one in the order of the texts, reviewed or not; None at the end."""
    return queue.neighbour(session, claim=claim, forward=forward)


def claim_of_project(session: Session, *, project_id: int, claim_id: int) -> Claim:
    """The claim, if it belongs to the project; raises `NotFound` otherwise."""
    claim = session.get(Claim, claim_id)
    if claim is None or claim.project_id != project_id:
        raise NotFound("claim", claim_id)
    return claim


def workable(session: Session, *, project_id: int, claim_id: int) -> Claim:
    """The claim, if it is the project's and was not put away; raises `NotFound`, `NotAllowed`."""
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    if claim.state not in WORKED_ON:
        raise NotAllowed(
            f"This claim was {claim.state} in the meantime, so no verdict can be given on it. "
            "It can be accepted again under Claims."
        )
    return claim


@one_action("claim.skipped")
def skip(session: Session, *, claim: Claim, user_id: int, reason: str = "") -> None:
    """Leave the claim for later, for others or to the lead, as the project says; drafts are kept.

    A claim that this person has flagged already keeps that flag.
    Raises `InputError` where it goes to the lead and no reason is given.
    """
    if trial := trialling.on_desk(session, claim_id=claim.id or 0, user_id=user_id):
        trialling.skip(session, trial=trial, reason=reason)
        return
    project = session.get_one(Project, claim.project_id)
    if project.skip_to == "lead" and not flagging.has_raised(session, claim=claim, user_id=user_id):
        flagging.raise_flag(session, claim=claim, user_id=user_id, reason=reason)
    row, before = assign(session, claim=claim, user_id=user_id, state="skipped", reason=reason)
    after = {"state": row.state, "reason": reason}
    record_claim(session, claim, user_id, "claim.skipped", before, after)


def assign(
    session: Session, *, claim: Claim, user_id: int, state: str | None, reason: str = ""
) -> tuple[Assignment, dict[str, object]]:
    """The reviewer's assignment of the claim, made if need be and set to `state`.

    None leaves the state and only notes that the reviewer has the claim before them now. It holds
    a slot of the claim where there is one left, and gives it back when it is skipped.
    Raises `NotAllowed` for one that is done while others hold all slots.
    """
    if state == "skipped":
        reserving.give_back(session, claim=claim, user_id=user_id)
    elif not reserving.reserve(session, claim=claim, user_id=user_id, done=state == "done"):
        reserving.require_slot(session, claim=claim, user_id=user_id, state=state)
    row = _own_row(session, claim, user_id)
    fields = {} if state is None else {"state": state, "reason": reason}
    before, _ = change(row, **fields)
    row.updated_at = utc_now()
    return row, before


def _own_row(session: Session, claim: Claim, user_id: int) -> Assignment:
    row = queue.assignment(session, claim_id=claim.id or 0, user_id=user_id, anew=True)
    if row is None:
        row = Assignment(claim_id=claim.id or 0, user_id=user_id)
        session.add(row)
    return row
