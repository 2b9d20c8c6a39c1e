"""Inviting: a link that works once and expires brings somebody into a project, in a role."""

from sqlmodel import Session

from db.models import OneTimeLink, Password, Project, User, utc_now
from db.queries import accounts, members
from workbench.errors import NotAllowed, NotPermitted
from workbench.reviewing.roles import may_give
from workbench.workflow import passwords
from workbench.workflow.accounts import new_account, shown_name
from workbench.workflow.joining import belong, known_role
from workbench.workflow.links import look_at, make_link, spend
from workbench.workflow.permitting import require, role_of
from workbench.workflow.recording import record
from workbench.workflow.signing_in import has_accounts, hash_of


def invite(session: Session, *, project_id: int, role: str, by: int | None, name: str = "") -> str:
    """The token of an invitation into the project; `name` says whom it is meant for.

    Raises:
        NotPermitted: the role of `by` does not allow it, or is below the one that is given.
        NotAllowed: nobody has an account yet: there must be an admin first.
    """
    known_role(role)
    if not has_accounts(session):
        raise NotAllowed("Nobody has an account yet. Set up the first admin, then invite others.")
    if by is not None:
        require(session, project_id=project_id, user_id=by, activity="member.invited")
        own = role_of(session, project_id=project_id, user_id=by)
        if not may_give(own, role):
            raise NotPermitted("member.invited", needed=role, role=own)
    token = make_link(
        session,
        kind="invite",
        name=shown_name(name),
        project_id=project_id,
        role=role,
        created_by_id=by,
    )
    link = accounts.link(session, token_hash=hash_of(token))
    if link is not None:
        _record(session, link, by, "member.invited")
    return token


def withdraw(session: Session, *, link_id: int, by: int | None) -> None:
    """Let an invitation not work any more. Raises `NotPermitted`, `NotAllowed` if it is spent."""
    link = session.get_one(OneTimeLink, link_id)
    if link.kind != "invite" or link.project_id is None:
        raise NotAllowed("This is no invitation.")
    if by is not None:
        require(session, project_id=link.project_id, user_id=by, activity="member.uninvited")
    if link.used_at is not None or link.withdrawn_at is not None:
        raise NotAllowed("This invitation was used or withdrawn already.")
    link.withdrawn_at = utc_now()
    _record(session, link, by, "member.uninvited")


def accept(
    session: Session, *, token: str, name: str, password: str, display_name: str = ""
) -> User:
    """Make the account that the invitation is for, in its project and role.

    Raises:
        LinkSpent: the link does not work, or not any more.
        InputError: the name or the password cannot be taken; the link is whole then.
    """
    hash = passwords.hashed(password)
    look_at(session, token=token, kind="invite")
    user = new_account(session, name=name, display_name=display_name, by=None, how="by invitation")
    session.add(Password(user_id=user.id or 0, hash=hash))
    accept_as(session, token=token, user_id=user.id or 0)
    return user


def accept_as(session: Session, *, token: str, user_id: int) -> None:
    """Join by the invitation with an account that there is; a role that is higher stays.

    Raises `LinkSpent` if the link does not work, or not any more.
    """
    link = spend(session, token=token, kind="invite")
    link.user_id = user_id
    if link.project_id is None or link.role is None:
        return
    user = session.get_one(User, user_id)
    if not may_give(_own(session, link.project_id, user_id), link.role):
        belong(
            session,
            project_id=link.project_id,
            user=user,
            role=link.role,
            by=user_id,
            kind="member.joined",
        )


def project_of(session: Session, link: OneTimeLink) -> str:
    """The name of the project that an invitation is for."""
    return session.get_one(Project, link.project_id).name


def _own(session: Session, project_id: int, user_id: int) -> str | None:
    """The role that the person has before they join, not kept for the rest of the unit."""
    found = members.standing(session, project_id=project_id, user_id=user_id)
    return None if found is None else "admin" if found.is_admin else found.role


def _record(session: Session, link: OneTimeLink, by: int | None, kind: str) -> None:
    record(
        session,
        project_id=link.project_id or 0,
        user_id=by,
        kind=kind,
        row=link,
        before={},
        after={"name": link.name, "role": link.role},
    )
