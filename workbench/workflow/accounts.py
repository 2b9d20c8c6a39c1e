"""The accounts of the workbench: made, closed, opened again; who is an admin; their passwords.

What is done to an account leaves an entry in a log of its own beside the projects' histories. A
`by` of None is who uses the command line.
"""

import re
from typing import Any

from sqlmodel import Session

from db.models import AccountEvent, OneTimeLink, Password, User, utc_now
from db.queries import accounts, projects, users
from workbench.errors import InputError, NotAllowed, UnknownName
from workbench.workflow import passwords
from workbench.workflow.joining import belong
from workbench.workflow.links import make_link, spend, withdraw_all
from workbench.workflow.opening import LOCAL_USER
from workbench.workflow.permitting import require_admin
from workbench.workflow.recording import plain
from workbench.workflow.signing_in import ended, has_accounts, key_of

MAX_NAME_CHARACTERS = 40
MAX_DISPLAY_CHARACTERS = 80
_SET_UP = "The workbench was set up already. Sign in, or ask an admin."
_NAME = re.compile(r"[\w][\w.-]*")


def set_up_first_admin(
    session: Session, *, name: str, password: str, display_name: str = ""
) -> User:
    """Make whoever worked here alone the first admin: from now on everybody signs in.

    All that was done before stays theirs, under the new name.

    Raises:
        NotAllowed: there is an account already; also where two set up at once, for the second.
        InputError: the name or the password cannot be taken.
    """
    if has_accounts(session):
        raise NotAllowed(_SET_UP)
    key, shown = free_name(session, name), shown_name(display_name) or name.strip()
    hash = passwords.hashed(password)
    user = users.by_name(session, name=LOCAL_USER) or User(name=key, display_name=shown)
    user.name, user.display_name = key, shown
    user.is_admin, user.joined_at = True, utc_now()
    session.add(user)
    session.flush()
    if not accounts.name_first_admin(session, user_id=user.id or 0, now=utc_now()):
        raise NotAllowed(_SET_UP)
    session.add(Password(user_id=user.id or 0, hash=hash))
    log(session, by=user.id, user=user, kind="account.set.up", after={"name": user.name})
    for project in projects.all_projects(session):
        belong(session, project_id=project.id or 0, user=user, role="admin", by=user.id)
    return user


def add_account(
    session: Session,
    *,
    name: str,
    password: str | None,
    by: int | None,
    display_name: str = "",
    admin: bool = False,
) -> User:
    """An account for somebody; without a password they sign in by a provider, or by a reset link.

    Raises `InputError` if the name or the password cannot be taken, `AdminsOnly`.
    """
    require_admin(session, user_id=by, activity="account.added")
    hash = passwords.hashed(password) if password is not None else None
    user = new_account(session, name=name, display_name=display_name, by=by, admin=admin)
    if hash is not None:
        session.add(Password(user_id=user.id or 0, hash=hash))
    return user


def new_account(
    session: Session,
    *,
    name: str,
    display_name: str,
    by: int | None,
    admin: bool = False,
    how: str = "",
) -> User:
    """The row and the entry in the log; `how` says by what they came where nobody added them."""
    user = User(
        name=free_name(session, name),
        display_name=shown_name(display_name) or name.strip(),
        is_admin=admin,
        joined_at=utc_now(),
    )
    session.add(user)
    session.flush()
    after = {"name": user.name, "is_admin": admin} | ({"how": how} if how else {})
    log(session, by=by if not how else user.id, user=user, kind="account.added", after=after)
    return user


def disable(session: Session, *, user_id: int, by: int | None) -> None:
    """Close the account: its sign-ins end now, and the invitations that its owner made.

    Raises `NotAllowed` for the last admin, `AdminsOnly`.
    """
    require_admin(session, user_id=by, activity="account.disabled")
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        return
    _keep_an_admin(session, user)
    user.disabled_at = utc_now()
    ended(accounts.sign_ins(session, user_id=user_id, now=utc_now()), now=utc_now())
    withdraw_all(session, made_by=user_id)
    log(session, by=by, user=user, kind="account.disabled")


def enable(session: Session, *, user_id: int, by: int | None) -> None:
    """Open a closed account again. Raises `AdminsOnly`."""
    require_admin(session, user_id=by, activity="account.enabled")
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        log(session, by=by, user=user, kind="account.enabled")


def set_admin(session: Session, *, user_id: int, admin: bool, by: int | None) -> None:
    """Make somebody an admin of the whole workbench, or one no more.

    Raises `NotAllowed` for the last admin, `AdminsOnly`.
    """
    kind = "account.promoted" if admin else "account.demoted"
    require_admin(session, user_id=by, activity=kind)
    user = session.get_one(User, user_id)
    if user.is_admin == admin:
        return
    if not admin:
        _keep_an_admin(session, user)
    user.is_admin = admin
    log(session, by=by, user=user, kind=kind)


def end_sign_ins(session: Session, *, user_id: int, by: int | None, but: int | None = None) -> int:
    """Sign the person out everywhere except for the sign-in `but`; returns of how many places.

    One's own are one's own to end. Raises `AdminsOnly`.
    """
    if by != user_id:
        require_admin(session, user_id=by, activity="account.signed.out")
    user = session.get_one(User, user_id)
    now = utc_now()
    n_ended = ended(accounts.sign_ins(session, user_id=user_id, now=now), now=now, but=but)
    if n_ended:
        log(session, by=by, user=user, kind="account.signed.out", after={"sign_ins": n_ended})
    return n_ended


def end_sign_in(session: Session, *, sign_in_id: int, by: int) -> None:
    """End one of one's own sign-ins. Raises `NotAllowed` for that of somebody else."""
    now = utc_now()
    mine = accounts.sign_ins(session, user_id=by, now=now)
    if not ended([one for one in mine if one.id == sign_in_id], now=now):
        raise NotAllowed("This sign-in has ended already.")


def change_password(
    session: Session, *, user_id: int, password: str, sign_in_id: int | None
) -> None:
    """Another password for somebody who has just proved the old one; ends their other sign-ins.

    Raises `InputError` if it cannot be taken.
    """
    user = session.get_one(User, user_id)
    _store_password(session, user_id, password)
    now = utc_now()
    ended(accounts.sign_ins(session, user_id=user_id, now=now), now=now, but=sign_in_id)
    accounts.forget_attempts(session, name=user.name)
    log(session, by=user_id, user=user, kind="account.password.changed")


def set_password(session: Session, *, user_id: int, password: str, by: int | None) -> None:
    """Give somebody another password; ends all their sign-ins, and their reset links.

    Raises `InputError` if it cannot be taken, `AdminsOnly`.
    """
    require_admin(session, user_id=by, activity="account.password.reset")
    user = session.get_one(User, user_id)
    _reset(session, user, password)
    log(session, by=by, user=user, kind="account.password.reset")


def make_reset_link(session: Session, *, user_id: int, by: int | None) -> str:
    """The token of a link by which the person chooses a new password once; earlier ones go.

    Raises `NotAllowed` for a closed account, `AdminsOnly`.
    """
    require_admin(session, user_id=by, activity="account.reset.made")
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        raise NotAllowed(f"The account {user.name!r} is disabled; enable it first.")
    withdraw_all(session, kind="reset", user_id=user_id)
    log(session, by=by, user=user, kind="account.reset.made")
    return make_link(session, kind="reset", user_id=user_id, created_by_id=by)


def reset_password(session: Session, *, token: str, password: str) -> User:
    """Choose a new password by a one-time link; returns whose it is.

    Raises `LinkSpent` if the link does not work, `InputError` if the password cannot be taken.
    """
    link: OneTimeLink = spend(session, token=token, kind="reset")
    user = session.get_one(User, link.user_id)
    _reset(session, user, password)
    log(session, by=user.id, user=user, kind="account.password.changed", after={"how": "by a link"})
    return user


def named(session: Session, name: str) -> User:
    """The account of this name; raises `UnknownName`."""
    user = users.by_name(session, name=key_of(name))
    if user is None or user.joined_at is None:
        known = [one.user.name for one in accounts.all_accounts(session, now=utc_now())]
        raise UnknownName("name of an account", name, known)
    return user


def free_name(session: Session, name: str) -> str:
    """The name as it is stored; raises `InputError` if it cannot be taken."""
    key = key_of(name)
    if not _NAME.fullmatch(key) or len(key) > MAX_NAME_CHARACTERS:
        raise InputError(
            f"{name.strip()[:60]!r} cannot be a name to sign in with: it has 1 to "
            f"{MAX_NAME_CHARACTERS} letters, digits, dots, hyphens and underscores, no spaces."
        )
    if key == LOCAL_USER or users.by_name(session, name=key) is not None:
        raise InputError(f"The name {key!r} is taken; choose another.")
    return key


def shown_name(name: str) -> str:
    """The name as it is shown; raises `InputError` if it cannot be."""
    shown = " ".join(name.split())
    if len(shown) > MAX_DISPLAY_CHARACTERS or not shown.isprintable():
        raise InputError(
            f"A shown name is one line of at most {MAX_DISPLAY_CHARACTERS} characters."
        )
    return shown


def log(
    session: Session,
    *,
    by: int | None,
    user: User,
    kind: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add to the log of the accounts what was done to the account of `user`."""
    entry = AccountEvent(by_id=by, user_id=user.id or 0, kind=kind)
    entry.before, entry.after = plain(before or {}), plain(after or {})
    session.add(entry)


def _keep_an_admin(session: Session, user: User) -> None:
    if user.is_admin and accounts.n_admins(session) < 2:
        raise NotAllowed(
            f"{user.name!r} is the only admin of the workbench; make somebody else one first."
        )


def _reset(session: Session, user: User, password: str) -> None:
    if user.disabled_at is not None:
        raise NotAllowed(f"The account {user.name!r} is disabled; enable it first.")
    _store_password(session, user.id or 0, password)
    now = utc_now()
    ended(accounts.sign_ins(session, user_id=user.id or 0, now=now), now=now)
    withdraw_all(session, kind="reset", user_id=user.id)
    accounts.forget_attempts(session, name=user.name)


def _store_password(session: Session, user_id: int, password: str) -> None:
    hash = passwords.hashed(password)
    stored = session.get(Password, user_id)
    if stored is None:
        session.add(Password(user_id=user_id, hash=hash))
    else:
        stored.hash, stored.changed_at = hash, utc_now()
