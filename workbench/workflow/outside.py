"""People who prove who they are at an OpenID Connect provider: known, invited, or strangers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Identity, User
from db.queries import accounts, users
from workbench.errors import Stranger
from workbench.workflow.accounts import (
    MAX_DISPLAY_CHARACTERS,
    MAX_NAME_CHARACTERS,
    log,
    new_account,
)
from workbench.workflow.inviting import accept_as
from workbench.workflow.joining import belong
from workbench.workflow.links import look_at
from workbench.workflow.opening import LOCAL_USER, default_project
from workbench.workflow.signing_in import key_of


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider says of a person: `subject` is its name for them, which never changes."""

    issuer: str
    subject: str
    name: str = ""
    display_name: str = ""
    email: str = ""


def claimed(said: Mapping[str, Any]) -> Claimed:
    """What is used of the claims of an ID token. Raises `Stranger` if it names nobody."""
    told = {name: value for name, value in said.items() if isinstance(value, str)}
    if not told.get("iss") or not told.get("sub"):
        raise Stranger("The provider did not say who you are.")
    return Claimed(
        issuer=told["iss"],
        subject=told["sub"],
        name=told.get("preferred_username") or told.get("email") or told.get("name", ""),
        display_name=told.get("name", ""),
        email=told.get("email", ""),
    )


def come_from_outside(
    session: Session,
    who: Claimed,
    *,
    invitation: str = "",
    user_id: int | None = None,
    strangers: str | None = None,
) -> User:
    """The person whom the provider has proved.

    Who is known by issuer and subject comes in. Anybody else needs an invitation (its token), or
    is signed in as `user_id` and connects their account; or else `strangers` names the role that
    everybody gets in the first project.

    Raises:
        Stranger: none of these is so, or the account is disabled.
        LinkSpent: the invitation does not work.
    """
    known = accounts.identity(session, issuer=who.issuer, subject=who.subject)
    if known is not None:
        user = _open(session.get_one(User, known.user_id))
    elif user_id is not None:
        user = _connect(session, _open(session.get_one(User, user_id)), who)
    elif invitation:
        look_at(session, token=invitation, kind="invite")
        user = _new(session, who)
    elif strangers:
        user = _new(session, who)
        project_id = default_project(session).id or 0
        belong(
            session,
            project_id=project_id,
            user=user,
            role=strangers,
            by=user.id,
            kind="member.joined",
        )
    else:
        raise Stranger(_no_account(who))
    if invitation:
        accept_as(session, token=invitation, user_id=user.id or 0)
    return user


def _no_account(who: Claimed) -> str:
    as_whom = who.email or who.display_name or who.name or who.subject
    return (
        f"{as_whom[:100]} has no account on this workbench. Ask a lead for an invitation, open its "
        "link, and sign in from there."
    )


def _open(user: User) -> User:
    if user.disabled_at is not None:
        raise Stranger("This account is disabled. Ask an admin of the workbench.")
    return user


def _new(session: Session, who: Claimed) -> User:
    user = new_account(
        session,
        name=_free_name(session, who.name),
        display_name=" ".join(who.display_name.split())[:MAX_DISPLAY_CHARACTERS],
        by=None,
        how="by a provider",
    )
    return _connect(session, user, who)


def _connect(session: Session, user: User, who: Claimed) -> User:
    session.add(Identity(user_id=user.id or 0, issuer=who.issuer, subject=who.subject))
    session.flush()
    log(session, by=user.id, user=user, kind="account.connected", after={"issuer": who.issuer})
    return user


def _free_name(session: Session, wanted: str) -> str:
    """A name that can be had, near to the one that is wanted; no address of mail."""
    key = re.sub(r"[^\w.-]+", "-", key_of(wanted.partition("@")[0])).strip("-.")
    key = key[: MAX_NAME_CHARACTERS - 4] or "person"
    names = (key, *(f"{key}-{number}" for number in range(2, 1000)))
    free = (one for one in names if one != LOCAL_USER and not users.by_name(session, name=one))
    return next(free)
