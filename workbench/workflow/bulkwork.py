"""Accept, reject, retire or assign many claims: counted first, then done as one operation.

What was counted is what is done: a claim that somebody changed after the count is left as it is and
reported. Each claim gets its own event under the operation's `op_id`, all led by the first, so that
they are undone together. Up to `AT_ONCE` claims change
in one transaction; more are a job of the worker, a portion at a time.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session

from db.models import Job, Operation, Project, utc_now
from db.queries import bulk, users
from db.queries.claims import WORKED_ON
from db.queries.search import ClaimFilter, Viewer
from workbench.errors import InputError, UnknownName
from workbench.reviewing.dealing import deal
from workbench.workflow import permitting, recusing
from workbench.workflow.filtering import from_query, to_query
from workbench.workflow.permitting import require
from workbench.workflow.recording import carried_out, earlier_result

AT_ONCE = 5_000
PORTION = 1_000
MAX_REASON_CHARACTERS = 500
KIND = "claims.bulk"
_FROM: dict[str, Collection[str]] = {
    "accepted": ("proposed", "rejected"),
    "rejected": WORKED_ON,
    "retired": ("proposed", "accepted", "rejected"),
}
_WITH_REASON = ("rejected", "retired")


@dataclass(frozen=True, slots=True)
class Action:
    """`put` is the state to give (accepted, rejected, retired), or assigned; `to` names the people
    that the claims are spread over, each to one of them."""

    put: str
    reason: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims that were found, as they were when the event `seen` was the newest."""

    wanted: ClaimFilter
    seen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`n_elsewhere` were changed by somebody since the count; with `job_id` the worker does it."""

    n_changed: int
    n_elsewhere: int = 0
    job_id: int | None = None


def note_recusals(session: Session, *, project_id: int, to: Collection[str]) -> None:
    """Look through the claims for what these people recused themselves from.

    The counts and the change go by what was noted: claims that came in since then are read here.
    """
    found = [_reviewer_id(session, project_id, name) for name in to]
    recusing.note_all(session, project_id=project_id, user_ids=found)


def choose(session: Session, wanted: ClaimFilter) -> Chosen:
    """What is found now, to be counted and acted on."""
    return Chosen(wanted, bulk.last_event(session))


def count(session: Session, viewer: Viewer, chosen: Chosen, action: Action) -> int:
    """How many claims the action would change."""
    return bulk.n_to_change(session, viewer, chosen.wanted, _rule(session, viewer, action))


def left_out(session: Session, viewer: Viewer, chosen: Chosen, action: Action) -> bulk.LeftOut:
    """How many claims would be assigned to nobody, and why."""
    if action.put != "assigned" or not action.to:
        return bulk.LeftOut()
    takers = _takers(session, viewer, action)
    return bulk.left_out(session, viewer, chosen.wanted, takers, WORKED_ON)


def carry_out(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, *, op_id: str
) -> Outcome:
    """Do it, or queue it if it is more than `AT_ONCE`. The same `op_id` again changes nothing.

    Raises:
        InputError: no reason where one is needed, or nobody to assign to.
        NotAllowed: one of the people gives no reviews in this project.
        NotPermitted: the role does not allow it.
        UnknownName: nobody of this name to assign to.
    """
    if (earlier := earlier_result(session, op_id, KIND)) is not None:
        return Outcome(**earlier)
    _check(action)
    note_recusals(session, project_id=viewer.project_id, to=action.to)
    n = count(session, viewer, chosen, action)
    if n > AT_ONCE:
        return _done(session, viewer, op_id, _queue(session, viewer, chosen, action, op_id, n))
    n_changed = change(session, viewer, chosen, action, op_id=op_id)
    n_elsewhere = elsewhere(session, viewer, chosen, action, op_id=op_id)
    return _done(session, viewer, op_id, Outcome(n_changed, n_elsewhere))


def change(
    session: Session,
    viewer: Viewer,
    chosen: Chosen,
    action: Action,
    *,
    op_id: str,
    limit: int | None = None,
) -> int:
    """Change the claims that are left to change, at most `limit`; returns how many that were."""
    require(
        session,
        project_id=viewer.project_id,
        user_id=viewer.user_id,
        activity="change many claims",
    )
    rule = _rule(session, viewer, action)
    rows = bulk.to_change(
        session, viewer, chosen.wanted, rule, seen=chosen.seen, op_id=op_id, limit=limit
    )
    ids, now = [id for id, *_ in rows], utc_now()
    reason = action.reason.strip() if action.put in _WITH_REASON else ""
    names: dict[int, str] = {}
    if action.put == "assigned":
        names = _spread(session, viewer, action, ids, op_id=op_id)
    else:
        bulk.put(session, ids, state=action.put, reason=reason, at=now)
    events = [
        {
            "project_id": viewer.project_id,
            "user_id": viewer.user_id,
            "at": now,
            "kind": f"claim.{action.put}",
            "subject": "claim",
            "subject_id": id,
            "op_id": op_id,
            **_told(action, reason, names.get(id), before={"state": state, "reason": said}),
        }
        for id, state, said in rows
    ]
    bulk.tell(session, events, op_id=op_id)
    return len(ids)


def _spread(
    session: Session, viewer: Viewer, action: Action, ids: list[int], *, op_id: str
) -> dict[int, str]:
    """Give each claim to one of the people who may have it; returns claim to their name."""
    takers = _takers(session, viewer, action)
    overlap = session.get_one(Project, viewer.project_id).overlap
    loads = bulk.n_dealt(session, op_id=op_id, takers=takers)
    dealt = deal(bulk.who_may_have(session, ids, takers), loads, seed=op_id)
    for user_id, given in dealt.items():
        bulk.assign(session, given, user_id=user_id, by_id=viewer.user_id, overlap=overlap)
    names = {one.user_id: one.name for one in takers}
    return {id: names[user_id] for user_id, given in dealt.items() for id in given}


def elsewhere(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, *, op_id: str
) -> int:
    """How many claims were left as they are, because somebody changed them after the count."""
    rule = _rule(session, viewer, action)
    return bulk.n_changed_elsewhere(
        session, viewer, chosen.wanted, rule, seen=chosen.seen, op_id=op_id
    )


def conclude(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, *, op_id: str
) -> None:
    """Note what came of an operation that the worker carried out."""
    n_elsewhere = elsewhere(session, viewer, chosen, action, op_id=op_id)
    operation = session.get_one(Operation, op_id)
    n_changed = bulk.n_done(session, op_id=op_id)
    operation.result = {**operation.result, "n_changed": n_changed, "n_elsewhere": n_elsewhere}


def outcome(session: Session, op_id: str) -> Outcome | None:
    """What came of the operation so far; None if it was not asked for."""
    result = earlier_result(session, op_id, KIND)
    return None if result is None else Outcome(**result)


def asked(session: Session, job: Job) -> tuple[Viewer, Chosen, Action, str]:
    """What a job of the worker was asked to do: (viewer, chosen, action, op_id)."""
    sent = job.payload
    viewer = permitting.viewer(session, project_id=job.project_id, user_id=job.created_by_id or 0)
    chosen = Chosen(from_query(sent["filter"]), sent["seen"])
    return viewer, chosen, _as_stored(sent["action"]), sent["op_id"]


def _as_stored(sent: Mapping[str, Any]) -> Action:
    """The action of a job; jobs of earlier versions named one person, not a list."""
    to = sent["to"]
    return Action(**{**sent, "to": tuple(filter(None, [to] if isinstance(to, str) else to))})


def _queue(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, op_id: str, n: int
) -> Outcome:
    payload = {
        "filter": to_query(chosen.wanted),
        "seen": chosen.seen,
        "action": asdict(action),
        "op_id": op_id,
    }
    job = Job(
        project_id=viewer.project_id,
        kind="bulk",
        payload=payload,
        total=n,
        created_by_id=viewer.user_id,
    )
    session.add(job)
    session.flush()
    return Outcome(0, 0, job.id)


def _done(session: Session, viewer: Viewer, op_id: str, outcome: Outcome) -> Outcome:
    result = asdict(outcome)
    carried_out(session, op_id=op_id, kind=KIND, user_id=viewer.user_id, result=result)
    return outcome


def _check(action: Action) -> None:
    if action.put in _WITH_REASON and not action.reason.strip():
        raise InputError(f"Say why the claims are {action.put}; whoever finds them will ask.")
    if action.put == "assigned" and not action.to:
        raise InputError("Name at least one reviewer to assign the claims to.")
    if len(action.reason) > MAX_REASON_CHARACTERS:
        raise InputError(f"A reason has at most {MAX_REASON_CHARACTERS} characters.")


def _rule(session: Session, viewer: Viewer, action: Action) -> ColumnElement[bool]:
    if action.put == "assigned":
        return bulk.to_assign(_takers(session, viewer, action), WORKED_ON)
    if action.put not in _FROM:
        raise ValueError(f"claims are not {action.put!r} in bulk")
    return bulk.to_put(_FROM[action.put])


def _takers(session: Session, viewer: Viewer, action: Action) -> list[bulk.Taker]:
    return [
        taker(session, project_id=viewer.project_id, user_id=user_id, name=name)
        for name in dict.fromkeys(action.to)
        for user_id in [_reviewer_id(session, viewer.project_id, name)]
    ]


def taker(session: Session, *, project_id: int, user_id: int, name: str) -> bulk.Taker:
    """The person as one whom claims are given; who works alone may have every one."""
    barred = recusing.bars(session, project_id=project_id, user_id=user_id)
    return bulk.Taker(user_id, name, recused=barred[0], own=barred[1])


def _reviewer_id(session: Session, project_id: int, name: str) -> int:
    user = users.by_name(session, name=name)
    if user is None:
        known = users.all_users(session)
        raise UnknownName("reviewer", name, [one.name for one in known])
    permitting.require_reviewer(session, project_id=project_id, user=user)
    return user.id or 0


def _told(action: Action, reason: str, to: str | None, *, before: dict[str, str]) -> dict[str, Any]:
    """The changed fields alone, before and after."""
    if action.put == "assigned":
        return {"before": {}, "after": {"assigned": to}}
    after = {"state": action.put, "reason": reason}
    names = [name for name in after if before[name] != after[name]]
    return {
        "before": {name: before[name] for name in names},
        "after": {name: after[name] for name in names},
    }
