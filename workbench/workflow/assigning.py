"""A lead gives a single claim to a person, or takes it away; many are given in `bulkwork`."""

from sqlmodel import Session

from db.models import Assignment, Claim, User, utc_now
from db.queries import queue, slots
from workbench.errors import NotAllowed, NotFound
from workbench.workflow import permitting, recusing, reserving
from workbench.workflow.drawing import workable
from workbench.workflow.recording import change, check_version, record_claim


def give(
    session: Session, *, project_id: int, claim_id: int, to_id: int, user_id: int
) -> Assignment:
    """Put the claim on the person's queue, in a slot that does not expire if there is one left.

    Raises:
        NotAllowed: the claim was put away, or the person gives no reviews here, is recused from
            it, wrote the article, has it already or has judged it.
        NotFound: no such claim in the project, or no such person.
    """
    claim = workable(session, project_id=project_id, claim_id=claim_id)
    person = session.get(User, to_id)
    if person is None:
        raise NotFound("user", to_id)
    permitting.require_reviewer(session, project_id=project_id, user=person)
    _check(session, claim, person)
    _seat(session, claim, to_id, user_id)
    row = queue.assignment(session, claim_id=claim_id, user_id=to_id, anew=True)
    if row is None:  # others hold all slots: one more, by the lead's decision
        row = Assignment(claim_id=claim_id, user_id=to_id)
        session.add(row)
    change(row, state="open", reason="", how="assigned", assigned_by_id=user_id)
    row.updated_at = utc_now()
    record_claim(session, claim, user_id, "claim.assigned", {}, {"assigned": person.name})
    session.flush()
    return row


def take_away(
    session: Session, *, project_id: int, claim_id: int, from_id: int, user_id: int, version: int
) -> None:
    """Take the claim off the person's queue and free its slot; a draft of theirs is kept.

    Raises:
        Conflict: the assignment was changed after `version`.
        NotAllowed: the person has judged the claim.
        NotFound: it is not on this person's queue.
    """
    claim = session.get(Claim, claim_id)
    row = queue.assignment(session, claim_id=claim_id, user_id=from_id, anew=True)
    if claim is None or claim.project_id != project_id or row is None:
        raise NotFound("assignment", f"of claim {claim_id} to user {from_id}")
    check_version(row, version)
    person = session.get_one(User, from_id)
    if row.state == "done":
        raise NotAllowed(
            f"{person.name!r} has judged this claim, so it can no longer be taken away from them."
        )
    record_claim(session, claim, user_id, "claim.unassigned", {"assigned": person.name}, {})
    session.delete(row)
    session.flush()


def _check(session: Session, claim: Claim, person: User) -> None:
    barred = recusing.why_barred(session, claim=claim, user_id=person.id or 0)
    if barred:
        why = {
            "own": "wrote the article that this claim stands in",
            "recused": "is recused from what this claim speaks of",
        }
        raise NotAllowed(f"{person.name!r} {why[barred]}; assign it to somebody else.")
    row = queue.assignment(session, claim_id=claim.id or 0, user_id=person.id or 0)
    if row is not None and row.state == "done":
        raise NotAllowed(f"{person.name!r} has judged this claim already.")
    if row is not None and (row.state, row.how) == ("open", "assigned"):
        raise NotAllowed(f"{person.name!r} has this claim on their queue already.")


def _seat(session: Session, claim: Claim, to_id: int, by_id: int) -> None:
    n_wanted = reserving.wanted(session, claim=claim, user_id=to_id)
    seat = slots.Seat(
        claim.id or 0, to_id, n_wanted, utc_now(), until=None, how="assigned", by_id=by_id
    )
    slots.take(session, seat)
