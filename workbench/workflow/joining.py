"""Who works in a project, and as what: added, given another role, gone; nobody above one's own.

A `by` of None is who uses the command line.
"""

from collections.abc import Mapping

from sqlmodel import Session

from db.models import Member, User, utc_now
from db.queries import members
from workbench.errors import InputError, NotAllowed, NotPermitted, UnknownName
from workbench.reviewing.roles import ROLES, may_give
from workbench.workflow.permitting import require, role_of
from workbench.workflow.recording import change, check_version, record


def set_role(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    role: str,
    by: int | None,
    version: int | None = None,
) -> Member:
    """Give somebody who has an account this role in the project, whether they are in it or not.

    Raises:
        Conflict: somebody changed the membership after `version`.
        NotPermitted: the role of `by` does not allow it, or is below the one given or taken.
        InputError: the person has no account.
    """
    user, stored = session.get_one(User, user_id), _stored(session, project_id, user_id)
    kind = "member.added" if stored is None or stored.ended_at else "member.changed"
    _require(session, project_id, by, kind, role)
    if kind == "member.added" or stored is None:
        return belong(session, project_id=project_id, user=user, role=role, by=by)
    check_version(stored, version)
    _require(session, project_id, by, kind, stored.role)
    before, after = change(stored, role=role)
    if after:
        before |= {"name": user.name}
        _record(session, stored, by, kind, before, after | {"name": user.name})
    return stored


def belong(
    session: Session,
    *,
    project_id: int,
    user: User,
    role: str,
    by: int | None,
    kind: str = "member.added",
) -> Member:
    """Let the person work in the project as this, who did not; who was there before comes back."""
    if user.joined_at is None:
        raise InputError(f"{user.name!r} has no account; invite them.")
    member = _stored(session, project_id, user.id or 0)
    if member is None:
        member = Member(project_id=project_id, user_id=user.id or 0, role=role)
        session.add(member)
    else:
        member.role, member.ended_at = role, None
    session.flush()
    _record(session, member, by, kind, {}, {"name": user.name, "role": role})
    return member


def end_membership(
    session: Session, *, project_id: int, user_id: int, by: int | None, version: int | None = None
) -> None:
    """Take somebody out of the project; what they did there stays.

    Raises `Conflict`, `NotPermitted`, `NotAllowed` if they are not in it.
    """
    member = _present(session, project_id, user_id)
    kind = "member.left" if by == user_id else "member.ended"
    _require(session, project_id, by, kind, member.role)
    check_version(member, version)
    name = session.get_one(User, user_id).name
    before = {"name": name, "role": member.role}
    _record(session, member, by, kind, before, {})
    member.ended_at = utc_now()
    session.flush()


def leave(session: Session, *, project_id: int, user_id: int) -> None:
    """Take oneself out of the project. Raises `NotAllowed` for who is not in it."""
    end_membership(session, project_id=project_id, user_id=user_id, by=user_id)


def known_role(role: str) -> str:
    """The role; raises `UnknownName` if there is none like that."""
    if role not in ROLES:
        raise UnknownName("role", role, ROLES)
    return role


def _stored(session: Session, project_id: int, user_id: int) -> Member | None:
    return members.membership(session, project_id=project_id, user_id=user_id)


def _present(session: Session, project_id: int, user_id: int) -> Member:
    member = _stored(session, project_id, user_id)
    if member is None or member.ended_at is not None:
        raise NotAllowed("This person is not in the project, or not any more.")
    return member


def _require(session: Session, project_id: int, by: int | None, kind: str, role: str) -> None:
    known_role(role)
    if by is None:
        return
    require(session, project_id=project_id, user_id=by, activity=kind)
    own = role_of(session, project_id=project_id, user_id=by)
    if not may_give(own, role):
        raise NotPermitted(kind, needed=role, role=own)


def _record(
    session: Session,
    member: Member,
    by: int | None,
    kind: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    record(
        session,
        project_id=member.project_id,
        user_id=by,
        kind=kind,
        row=member,
        before=before,
        after=after,
    )
