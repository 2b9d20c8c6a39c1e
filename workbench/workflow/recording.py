"""Every change leaves an event, is made on a known version, and happens once per `op_id`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session, SQLModel

from db.models import Claim, Event, Operation
from workbench.errors import Conflict, InputError
from workbench.workflow.permitting import require

_ACTION = "events of the action"
P = ParamSpec("P")
R = TypeVar("R")


def record(
    session: Session,
    *,
    project_id: int,
    user_id: int | None,
    kind: str,
    row: SQLModel,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    op_id: str | None = None,
    undoes_id: int | None = None,
    part_of_id: int | None = None,
) -> Event:
    """Add the event that `row` was changed; `before` and `after` hold the changed fields alone.

    Raises `NotPermitted` if the person's role does not allow this kind of change: what leaves no
    event here changes nothing, so that no page, route or command gets around it.
    """
    if user_id is not None:
        require(session, project_id=project_id, user_id=user_id, activity=kind)
    if row.id is None:  # type: ignore[attr-defined]
        session.add(row)
        session.flush()
    event = Event(
        project_id=project_id,
        user_id=user_id,
        kind=kind,
        subject=str(row.__tablename__),
        subject_id=row.id,  # type: ignore[attr-defined]
        op_id=op_id,
        undoes_id=undoes_id,
        part_of_id=part_of_id,
        before=plain(before),
        after=plain(after),
    )
    waiting: list[Event] | None = session.info.get(_ACTION)
    if waiting is None:
        session.add(event)
    else:
        waiting.append(event)
    return event


def one_action(
    kind: str,
) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """Of the events that the decorated activity records, the first of this kind leads the others.

    They are undone together. An activity inside of another belongs to the outer one. The events
    are added when the activity is over, since none can be changed later to name its leader.
    """

    def decorate(
        act: Callable[Concatenate[Session, P], R],
    ) -> Callable[Concatenate[Session, P], R]:
        @wraps(act)
        def together(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _ACTION in session.info:
                return act(session, *args, **kwargs)
            events: list[Event] = session.info.setdefault(_ACTION, [])
            try:
                result = act(session, *args, **kwargs)
            finally:
                del session.info[_ACTION]
            _add_together(session, kind, events)
            return result

        return together

    return decorate


def _add_together(session: Session, kind: str, events: list[Event]) -> None:
    leader = next((event for event in events if event.kind == kind), None)
    if leader is not None and len(events) > 1:
        session.add(leader)
        session.flush()
        for event in events:
            event.part_of_id = None if event is leader else leader.id
    session.add_all(events)


def record_claim(
    session: Session,
    claim: Claim,
    user_id: int,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Event:
    """Add the event that something happened to `claim`, in its own project."""
    return record_about(session, claim, claim, user_id, kind, before, after)


def record_about(
    session: Session,
    claim: Claim,
    row: SQLModel,
    user_id: int,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    op_id: str | None = None,
) -> Event:
    """Add the event that something happened to `row`, which hangs on `claim`."""
    return record(
        session,
        project_id=claim.project_id,
        user_id=user_id,
        kind=kind,
        row=row,
        before=before,
        after=after,
        op_id=op_id,
    )


def change(row: SQLModel, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set `fields` on `row`; returns (before, after) of those that really changed."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    return before, changed


def check_version(row: SQLModel, expected: int | None) -> None:
    """Raise `Conflict` unless the stored row still is the one the change was made on.

    None stands for a caller that holds no earlier copy, such as a job of the worker.
    """
    found: int = row.version  # type: ignore[attr-defined]
    if expected is not None and expected != found:
        kind = str(row.__tablename__)
        raise Conflict(kind, row.id, expected=expected, found=found)  # type: ignore[attr-defined]


def earlier_result(session: Session, op_id: str, kind: str) -> dict[str, Any] | None:
    """What the operation `op_id` returned when it was carried out; None if it was not yet.

    Raises `InputError` if the id was that of an operation of another kind: nothing must be
    acknowledged that was not done.
    """
    operation = session.get(Operation, op_id)
    if operation is None:
        return None
    if operation.kind != kind:
        raise InputError("The page sent two things under one name; reload it.")
    return operation.result


def carried_out(
    session: Session, *, op_id: str, kind: str, user_id: int | None, result: Mapping[str, Any]
) -> None:
    """Note that `op_id` is done, so that the same save sent again changes nothing."""
    session.add(Operation(op_id=op_id, kind=kind, user_id=user_id, result=plain(result)))


def number(sent: Mapping[str, Any], name: str) -> int:
    """The whole number sent as `name`; raises `InputError` if it is none."""
    value = sent.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise InputError(f"The page sent no number as {name!r}; reload it.")
    return value


def seconds(sent: Mapping[str, Any], name: str) -> float:
    """The seconds sent as `name`, 0 if there are none; raises `InputError` if they are none."""
    value = sent.get(name, 0)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400:
        raise InputError(f"The page sent no seconds of one day as {name!r}; reload it.")
    return float(value)


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as JSON holds them: dates and times in ISO 8601."""
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
