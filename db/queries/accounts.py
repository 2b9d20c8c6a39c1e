"""Who may come in: the installation, passwords, sign-ins, one-time links, tries, and the log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, exists, func, or_, select

from db.models import (
    AccountEvent,
    Identity,
    Installation,
    OneTimeLink,
    Password,
    Project,
    SignIn,
    SignInAttempt,
    User,
    UtcDateTime,
)


@dataclass(frozen=True, slots=True)
class Door:
    """What is asked at the door: the secret of the cookies, and whether anybody has an account."""

    secret: str
    accounts: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account as a list of them shows it; `last_seen_at` is None before the first
    sign-in, `n_sign_ins` counts those that hold."""

    user: User
    has_password: bool
    has_identity: bool
    last_seen_at: datetime | None
    n_sign_ins: int


def door(session: Session) -> Door | None:
    """What holds for everybody who comes in; None in a database that was not made ready."""
    found = session.exec(_DOOR).first()
    return None if found is None else Door(*found)


def signed_in(session: Session, *, token_hash: str, now: datetime) -> tuple[SignIn, User] | None:
    """The sign-in of this token and whose it is, if it holds and they may come in."""
    return session.exec(_SIGNED_IN, params={"token_hash": token_hash, "now": now}).first()


def lock(session: Session) -> Installation:
    """The installation, which no other unit that asks for it here can have until this one ends."""
    return session.exec(select(Installation).with_for_update()).one()


def name_first_admin(session: Session, *, user_id: int, now: datetime) -> bool:
    """Whether this made the person the first admin: False where somebody was before."""
    free = update(Installation).where(col(Installation.first_admin_id).is_(None))
    done = session.execute(free.values(first_admin_id=user_id, set_up_at=now))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def use_link(session: Session, *, link_id: int, now: datetime) -> bool:
    """Whether this used the link up: False where somebody did before."""
    open_ = col(OneTimeLink.used_at).is_(None) & col(OneTimeLink.withdrawn_at).is_(None)
    done = session.execute(
        update(OneTimeLink).where(col(OneTimeLink.id) == link_id, open_).values(used_at=now)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def operator(session: Session) -> User | None:
    """Whose name the command line works under once there are accounts: the oldest admin's."""
    query = (
        select(User)
        .where(col(User.is_admin), col(User.joined_at).is_not(None))
        .where(col(User.disabled_at).is_(None))
        .order_by(col(User.id))
    )
    return session.exec(query.limit(1)).first()


def n_admins(session: Session) -> int:
    """How many admins of the workbench can sign in."""
    query = select(func.count()).select_from(User).where(col(User.is_admin))
    may = col(User.joined_at).is_not(None) & col(User.disabled_at).is_(None)
    return session.exec(query.where(may)).one()


def all_accounts(session: Session, *, now: datetime) -> list[Account]:
    """Everybody who has an account, by name."""
    holds = col(SignIn.ended_at).is_(None) & (col(SignIn.expires_at) > now)
    seen = (
        select(
            SignIn.user_id,
            func.max(SignIn.last_seen_at).label("last_seen_at"),
            func.count().filter(holds).label("n_sign_ins"),
        )
        .group_by(col(SignIn.user_id))
        .subquery()
    )
    query = (
        select(  # type: ignore[call-overload]
            User,
            exists().where(col(Password.user_id) == col(User.id)),
            exists().where(col(Identity.user_id) == col(User.id)),
            seen.c.last_seen_at,
            func.coalesce(seen.c.n_sign_ins, 0),
        )
        .outerjoin(seen, seen.c.user_id == col(User.id))
        .where(col(User.joined_at).is_not(None))
        .order_by(col(User.name))
    )
    return [Account(*row) for row in session.exec(query)]


def sign_ins(session: Session, *, user_id: int, now: datetime) -> list[SignIn]:
    """The person's sign-ins that hold, the one used last first."""
    query = (
        select(SignIn)
        .where(SignIn.user_id == user_id, col(SignIn.ended_at).is_(None))
        .where(col(SignIn.expires_at) > now)
        .order_by(col(SignIn.last_seen_at).desc(), col(SignIn.id).desc())
    )
    return list(session.exec(query))


def link(session: Session, *, token_hash: str) -> OneTimeLink | None:
    """The one-time link of this token."""
    return session.exec(select(OneTimeLink).where(OneTimeLink.token_hash == token_hash)).first()


def open_links(
    session: Session,
    *,
    kind: str,
    now: datetime,
    project_id: int | None = None,
    user_id: int | None = None,
) -> list[OneTimeLink]:
    """The links of this kind that still work, of a project or for a person, the oldest first."""
    query = (
        select(OneTimeLink)
        .where(OneTimeLink.kind == kind, col(OneTimeLink.expires_at) > now)
        .where(col(OneTimeLink.used_at).is_(None), col(OneTimeLink.withdrawn_at).is_(None))
        .order_by(col(OneTimeLink.id))
    )
    if project_id is not None:
        query = query.where(OneTimeLink.project_id == project_id)
    if user_id is not None:
        query = query.where(OneTimeLink.user_id == user_id)
    return list(session.exec(query))


def identity(session: Session, *, issuer: str, subject: str) -> Identity | None:
    """Whom the provider names so."""
    query = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    return session.exec(query).first()


def attempts(
    session: Session, *, since: datetime, name: str | None = None, address: str | None = None
) -> list[datetime]:
    """When it was tried since then, for the name or from the address, the newest first."""
    query = select(SignInAttempt.at).where(col(SignInAttempt.at) > since)
    if name is not None:
        query = query.where(SignInAttempt.name == name)
    if address is not None:
        query = query.where(SignInAttempt.address == address)
    return list(session.exec(query.order_by(col(SignInAttempt.at).desc())))


def forget_attempts(
    session: Session, *, before: datetime | None = None, name: str | None = None
) -> None:
    """Drop the tries for a name, or those of long ago: nobody waits for them any more."""
    query = delete(SignInAttempt)
    if before is not None:
        query = query.where(col(SignInAttempt.at) < before)
    if name is not None:
        query = query.where(col(SignInAttempt.name) == name)
    session.execute(query)


def log(session: Session, *, limit: int, user_id: int | None = None) -> list[AccountEvent]:
    """What was done to accounts, or to one person's, the newest first."""
    query = select(AccountEvent).order_by(col(AccountEvent.id).desc()).limit(limit)
    if user_id is not None:
        query = query.where(or_(AccountEvent.user_id == user_id, AccountEvent.by_id == user_id))
    return list(session.exec(query))


def project_names(session: Session, *, ids: list[int]) -> dict[int, str]:
    """Project id to name."""
    query = select(Project.id, Project.name).where(col(Project.id).in_(ids))
    return {id: name for id, name in session.exec(query) if id is not None}


# Built once: every request asks these.
_DOOR = select(Installation.secret, exists().where(col(User.joined_at).is_not(None)))
_SIGNED_IN = (
    select(SignIn, User)
    .join(User, col(User.id) == col(SignIn.user_id))
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > bindparam("now", type_=UtcDateTime()),
        col(User.disabled_at).is_(None),
        col(User.joined_at).is_not(None),
    )
)
