"""Accept, reject, retire or assign many claims: counted first, then done as one operation.

What was counted is what is done: a claim that somebody changed after the count is left as it is and
reported. Each claim gets its own event under the operation's `op_id`, all led by the first, so that
they are undone together. Up to `AT_ONCE` claims change
in one transaction; more are a job of the worker, a portion at a time.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session

from db.models import Job, Operation, Project, utc_now
from db.queries import bulk, users
from db.queries.claims import WORKED_ON
from db.queries.search import ClaimFilter, Viewer
from workbench.errors import InputError, UnknownName
from workbench.workflow import permitting
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
    """`put` is the state to give (accepted, rejected, retired), or assigned; `to` names a user."""

    put: str
    reason: str = ""
    to: str = ""


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


def choose(session: Session, wanted: ClaimFilter) -> Chosen:
    """What is found now, to be counted and acted on."""
    return Chosen(wanted, bulk.last_event(session))


def count(session: Session, viewer: Viewer, chosen: Chosen, action: Action) -> int:
    """How many claims the action would change."""
    return bulk.n_to_change(session, viewer, chosen.wanted, _rule(session, action))


def carry_out(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, *, op_id: str
) -> Outcome:
    """Do it, or queue it if it is more than `AT_ONCE`. The same `op_id` again changes nothing.

    Raises:
        InputError: no reason where one is needed.
        NotPermitted: the role does not allow it.
        UnknownName: nobody of this name to assign to.
    """
    if (earlier := earlier_result(session, op_id, KIND)) is not None:
        return Outcome(**earlier)
    _check(action)
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
    rule = _rule(session, action)
    rows = bulk.to_change(
        session, viewer, chosen.wanted, rule, seen=chosen.seen, op_id=op_id, limit=limit
    )
    ids, now = [id for id, *_ in rows], utc_now()
    reason = action.reason.strip() if action.put in _WITH_REASON else ""
    if action.put == "assigned":
        bulk.assign(
            session,
            ids,
            user_id=_user_id(session, action.to),
            by_id=viewer.user_id,
            overlap=session.get_one(Project, viewer.project_id).overlap,
        )
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
            **_told(action, reason, before={"state": state, "reason": said}),
        }
        for id, state, said in rows
    ]
    bulk.tell(session, events, op_id=op_id)
    return len(ids)


def elsewhere(
    session: Session, viewer: Viewer, chosen: Chosen, action: Action, *, op_id: str
) -> int:
    """How many claims were left as they are, because somebody changed them after the count."""
    rule = _rule(session, action)
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
    return viewer, chosen, Action(**sent["action"]), sent["op_id"]


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
    if len(action.reason) > MAX_REASON_CHARACTERS:
        raise InputError(f"A reason has at most {MAX_REASON_CHARACTERS} characters.")


def _rule(session: Session, action: Action) -> ColumnElement[bool]:
    if action.put == "assigned":
        return bulk.to_assign(_user_id(session, action.to), WORKED_ON)
    if action.put not in _FROM:
        raise ValueError(f"claims are not {action.put!r} in bulk")
    return bulk.to_put(_FROM[action.put])


def _user_id(session: Session, name: str) -> int:
    user = users.by_name(session, name=name)
    if user is None:
        raise UnknownName("reviewer", name, [known.name for known in users.all_users(session)])
    return user.id or 0


def _told(action: Action, reason: str, *, before: dict[str, str]) -> dict[str, Any]:
    """The changed fields alone, before and after."""
    if action.put == "assigned":
        return {"before": {}, "after": {"assigned": action.to}}
    after = {"state": action.put, "reason": reason}
    names = [name for name in after if before[name] != after[name]]
    return {
        "before": {name: before[name] for name in names},
        "after": {name: after[name] for name in names},
    }
