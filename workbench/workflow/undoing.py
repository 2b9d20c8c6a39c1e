"""Undo and redo out of the event log: each is an event that names the one that it takes back.

What a person did last in a project is taken back first, whichever page it was done on. An action
of several events (a merge, a verdict) is taken back as one. Nothing is forced: where somebody has
changed the same thing since, the undo is refused and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from db.models import Claim, Event, Flag, Review, Trial, User, utc_now
from db.queries import events
from workbench.errors import NotAllowed
from workbench.workflow import adjudicating, drawing, normalising, trialling, withdrawing
from workbench.workflow.recording import change, plain, record

Fields = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """What undo or redo would take back: the event to name, in words, and the claim it is about."""

    event_id: int
    words: str
    claim_id: int


def next_steps(
    session: Session, *, project_id: int, user_id: int
) -> tuple[Step | None, Step | None]:
    """What the person can undo and what they can redo; None where there is nothing."""
    done = events.last_done(session, project_id=project_id, user_id=user_id, kinds=UNDOABLE)
    undone = events.last_undone(session, project_id=project_id, user_id=user_id, kinds=UNDOABLE)
    redoable = session.get_one(Event, undone.undoes_id) if undone else None
    return (
        _step(session, done, done) if done else None,
        _step(session, undone, redoable) if undone and redoable else None,
    )


def undo(session: Session, *, project_id: int, user_id: int, event_id: int) -> int:
    """Take back what the event's action did; returns the claim to show then.

    Raises:
        NotAllowed: it is not the last thing that this person did, or somebody has changed the
            same thing since.
    """
    leader = events.last_done(session, project_id=project_id, user_id=user_id, kinds=UNDOABLE)
    leader = _still_the_next(leader, event_id)
    group = events.of_action(session, leader_id=event_id)
    for event in group:
        _refuse_if_changed(session, event, since=event_id)
    main = [event for event in group if event is leader]
    others = [event for event in reversed(group) if event is not leader]
    _take_back(session, user_id, [*main, *others], "undone", lambda kind: _INVERSES[kind][0])
    return _claim_shown(session, group)


def redo(session: Session, *, project_id: int, user_id: int, event_id: int) -> int:
    """Do again what the undo with this event took back; returns the claim to show then.

    Raises `NotAllowed` like `undo`.
    """
    leader = events.last_undone(session, project_id=project_id, user_id=user_id, kinds=UNDOABLE)
    _still_the_next(leader, event_id)
    group = events.of_action(session, leader_id=event_id)
    done = [session.get_one(Event, event.undoes_id) for event in group]
    for event in done:
        _refuse_if_changed(session, event, since=event_id)
    _take_back(session, user_id, group, "redone", lambda kind: _INVERSES[kind][1])
    return _claim_shown(session, done)


def _still_the_next(leader: Event | None, event_id: int) -> Event:
    if leader is None or leader.id != event_id:
        raise NotAllowed(
            "Something else was done since this page was drawn; look again, then undo or redo."
        )
    return leader


def _take_back(
    session: Session,
    user_id: int,
    group: list[Event],
    how: str,
    inverse_of: Callable[[str], "Inverse"],
) -> None:
    """Carry out each event's inverse; the first of the group leads the new events as well."""
    leader_id: int | None = None
    for event in group:
        kind = event.kind.removesuffix(".undone")
        if kind not in _INVERSES:
            continue
        before, after = inverse_of(kind)(session, event, user_id)
        row = session.get_one(_SUBJECTS[event.subject], event.subject_id)
        taken_back = record(
            session,
            project_id=event.project_id,
            user_id=user_id,
            kind=f"{kind}.{how}",
            row=row,
            before=before,
            after=after,
            undoes_id=event.id,
            part_of_id=leader_id,
        )
        session.flush()
        leader_id = leader_id or taken_back.id


def _refuse_if_changed(session: Session, event: Event, *, since: int) -> None:
    if event.subject != "claim" or event.kind in _LEAVES_THE_CLAIM:
        return
    later = events.later_on_claim(
        session, claim_id=event.subject_id, after_id=since, without=_LEAVES_THE_CLAIM
    )
    if later is not None:
        raise _changed(session, event, later)


def _changed(session: Session, event: Event, later: Event | None = None) -> NotAllowed:
    claim_id = _claim_id(session, event)
    by = session.get(User, later.user_id) if later and later.user_id else None
    who = f" by {by.display_name}" if by else ""
    done = "judged" if later and later.subject == "review" else "changed"
    return NotAllowed(
        f"Claim {claim_id} was {done} since{who}, so this can no longer be undone or redone."
    )


def _step(session: Session, named: Event, action: Event) -> Step:
    group = events.of_action(session, leader_id=action.id or 0)
    words = _WORDS[action.kind].format(_numbers(session, group, action.kind))
    return Step(named.id or 0, words, _claim_shown(session, group))


def _numbers(session: Session, group: list[Event], kind: str) -> str:
    ids = [str(_claim_id(session, event)) for event in group if event.kind == kind]
    return " and ".join(filter(None, (", ".join(ids[:-1]), ids[-1])))


def _claim_shown(session: Session, group: list[Event]) -> int:
    """Of the action's claims one that is worked on, else the first."""
    ids = [_claim_id(session, event) for event in group if event.subject in _SUBJECTS]
    return next((id for id in ids if session.get_one(Claim, id).state != "retired"), ids[0])


def _claim_id(session: Session, event: Event) -> int:
    row = session.get(_SUBJECTS[event.subject], event.subject_id)
    return row.claim_id if isinstance(row, Review | Flag | Trial) else event.subject_id


# ---- what takes back each kind of event, and what does it again


def _set_before(session: Session, event: Event, _user_id: int) -> Fields:
    """Give the claim the fields that it had before the event (or before its undo)."""
    return _set(session, event, event.before)


def _unmake(session: Session, event: Event, _user_id: int) -> Fields:
    return _set(session, event, {"state": "retired"})


def _set(session: Session, event: Event, fields: dict[str, Any]) -> Fields:
    claim = session.get_one(Claim, event.subject_id)
    expected = {name: event.after[name] for name in fields}
    if plain({name: getattr(claim, name) for name in expected}) != expected:
        raise _changed(session, event)
    before, after = change(claim, **{name: _value(name, fields[name]) for name in fields})
    claim.updated_at = utc_now()
    return before, after


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "claimed_on" and value else value


def _unskip(session: Session, event: Event, user_id: int) -> Fields:
    wanted = {"state": "open", "reason": "", **event.before}
    return _assigned(session, event, user_id, wanted)


def _skip_again(session: Session, event: Event, user_id: int) -> Fields:
    return _assigned(session, event, user_id, event.before)


def _assigned(session: Session, event: Event, user_id: int, wanted: dict[str, Any]) -> Fields:
    claim = session.get_one(Claim, event.subject_id)
    _, before = drawing.assign(session, claim=claim, user_id=user_id, **wanted)
    return {**wanted, **before}, wanted


def _lower(session: Session, event: Event, user_id: int) -> Fields:
    flag = session.get_one(Flag, event.subject_id)
    if flag.lowered_at is not None:  # somebody else was quicker
        return {}, {}
    return change(flag, lowered_at=utc_now(), lowered_by_id=user_id)


def _raise(session: Session, event: Event, _user_id: int) -> Fields:
    return change(session.get_one(Flag, event.subject_id), lowered_at=None, lowered_by_id=None)


Inverse = Callable[[Session, Event, int], Fields]
_CLAIM: tuple[Inverse, Inverse] = (_set_before, _set_before)
_INVERSES: dict[str, tuple[Inverse, Inverse]] = {
    "claim.proposed": _CLAIM,
    "claim.accepted": _CLAIM,
    "claim.rejected": _CLAIM,
    "claim.retired": _CLAIM,
    "claim.restored": _CLAIM,
    "claim.rewritten": _CLAIM,
    "claim.described": _CLAIM,
    "claim.moved": _CLAIM,
    "claim.merge": _CLAIM,
    "claim.split": _CLAIM,
    "claim.created": (_unmake, _set_before),
    "claim.normalised": (normalising.take_back, normalising.do_again),
    "claim.skipped": (_unskip, _skip_again),
    "claim.adjudicated": (adjudicating.take_back, adjudicating.take_back),
    "claim.sent_back": _CLAIM,
    "flag.raised": (_lower, _raise),
    "flag.lowered": (_raise, _lower),
    "repeat.judged": (trialling.take_back, trialling.do_again),
    "review.submitted": (withdrawing.withdraw, withdrawing.submit_again),
}
"""By the event's kind: what takes it back, and what takes its undo back. Other kinds of an action
are left: what was learned about a source stays, and a resolution follows the reviews."""

_WORDS = {
    "claim.proposed": "put claim {} back among the proposed",
    "claim.accepted": "accepted claim {}",
    "claim.rejected": "rejected claim {}",
    "claim.retired": "retired claim {}",
    "claim.restored": "restored claim {}",
    "claim.rewritten": "reworded claim {}",
    "claim.described": "changed who, when, where or what of claim {}",
    "claim.moved": "moved claim {} to other words",
    "claim.merge": "merged claims {}",
    "claim.split": "split claim {}",
    "claim.created": "made claim {}",
    "claim.normalised": "normalised claim {}",
    "claim.skipped": "skipped claim {}",
    "claim.adjudicated": "decided on claim {}",
    "claim.sent_back": "sent claim {} back",
    "flag.raised": "flagged claim {}",
    "flag.lowered": "lowered the flag of claim {}",
    "repeat.judged": "gave the verdict on claim {}",
    "review.submitted": "gave the verdict on claim {}",
}
UNDOABLE = tuple(_WORDS)
"""The kinds of events that lead what a person can take back."""

_SUBJECTS: dict[str, type[Any]] = {"claim": Claim, "review": Review, "flag": Flag, "trial": Trial}
_LEAVES_THE_CLAIM = (
    "claim.skipped", "claim.resolved", "claim.unresolved", "claim.adjudicated", "claim.reopened",
    "claim.sent_back", "claim.advanced", "claim.assigned", "claim.unassigned", "review.drafted",
)  # fmt: skip
"""Kinds that change nothing that an undo could overwrite."""
