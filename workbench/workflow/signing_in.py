"""Coming in: a name and a password make a sign-in, which a browser holds by a signed token.

The row of the sign-in is the truth: ended or expired, the token opens nothing. It is the token's
hash that is stored, so that whoever reads the database cannot come in by it.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from sqlmodel import Session

from db.models import Password, SignIn, SignInAttempt, User, utc_now
from db.queries import accounts, users
from workbench.errors import DatabaseProblem, InputError, SignedOut, TooManyTries
from workbench.settings import secret_from_environment
from workbench.workflow import passwords
from workbench.workflow.opening import local_user

LASTS = timedelta(days=30)
LASTS_UNUSED = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
WINDOW = timedelta(minutes=5)
MAX_TRIES_FOR_NAME = 5
MAX_TRIES_FROM_ADDRESS = 30
KEPT_TRIES = timedelta(days=1)
MAX_DEVICE_CHARACTERS = 300
WRONG = "This name and this password do not belong together. Check both."


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came: the person, and the sign-in they came by, None where nobody signs in.

    `is_due` says that the sign-in was not noted as seen for a while (`seen`).
    """

    user: User
    sign_in_id: int | None
    is_due: bool = False


def arrive(session: Session, *, cookie: str | None) -> Arrival:
    """Who the browser with this cookie is; without accounts, who sits at the computer.

    Raises `SignedOut` for everybody else.
    """
    door = accounts.door(session)
    if door is None:
        raise DatabaseProblem("This database is not ready yet. Run `workbench migrate`.")
    if not door.accounts:
        return Arrival(local_user(session), None)
    token, now = _token(door.secret, cookie), utc_now()
    found = token and accounts.signed_in(session, token_hash=hash_of(token), now=now)
    if not found:
        raise SignedOut
    sign_in, user = found
    return Arrival(user, sign_in.id, now - sign_in.last_seen_at > SEEN_EVERY)


def has_accounts(session: Session) -> bool:
    """Whether anybody has an account, so that everybody must sign in."""
    door = accounts.door(session)
    return door is not None and door.accounts


def seen(session: Session, *, sign_in_id: int) -> None:
    """Note that the sign-in is in use: it lasts from now on, but not for ever."""
    sign_in, now = session.get_one(SignIn, sign_in_id), utc_now()
    sign_in.last_seen_at = now
    sign_in.expires_at = min(sign_in.created_at + LASTS, now + LASTS_UNUSED)


def attempt(session: Session, *, name: str, address: str) -> None:
    """Note that somebody tries to sign in; raises `TooManyTries`, and notes nothing.

    Noted before the password is looked at, in a unit of its own: many at once count as many.
    """
    accounts.lock(session)
    now = utc_now()
    for most, asked in (
        (MAX_TRIES_FOR_NAME, {"name": key_of(name)}),
        (MAX_TRIES_FROM_ADDRESS, {"address": address}),
    ):
        tries = accounts.attempts(session, since=now - WINDOW, **asked)
        if len(tries) >= most:
            raise TooManyTries((tries[most - 1] + WINDOW - now).total_seconds())
    accounts.forget_attempts(session, before=now - KEPT_TRIES)
    session.add(SignInAttempt(name=key_of(name), address=address, at=now))


def prove(session: Session, *, name: str, password: str) -> int:
    """The id of the person to whom name and password belong.

    Raises `InputError`, which is the same and takes as long whether the name is known or not.
    """
    user = users.by_name(session, name=key_of(name))
    stored = session.get(Password, user.id) if user else None
    right = passwords.is_right(password, stored.hash if stored else None)
    if not right or user is None or user.disabled_at or not user.joined_at:
        raise InputError(WRONG)
    return user.id or 0


def sign_in(session: Session, *, name: str, password: str, device: str = "") -> str:
    """Sign somebody in who was proved; returns the token for the browser.

    The password is looked at again for what has changed: its hash may be of an older kind.
    """
    user = users.by_name(session, name=key_of(name))
    if user is None:
        raise InputError(WRONG)
    stored = session.get_one(Password, user.id)
    if passwords.is_old(stored.hash):
        stored.hash = passwords.hashed(password)
    accounts.forget_attempts(session, name=key_of(name))
    return enter(session, user_id=user.id or 0, device=device)


def enter(session: Session, *, user_id: int, device: str = "") -> str:
    """A new sign-in of this person, however they proved who they are; returns its token."""
    token, now = secrets.token_urlsafe(32), utc_now()
    session.add(
        SignIn(
            user_id=user_id,
            token_hash=hash_of(token),
            device=device[:MAX_DEVICE_CHARACTERS],
            created_at=now,
            last_seen_at=now,
            expires_at=now + LASTS_UNUSED,
        )
    )
    session.flush()
    return token


def sign_out(session: Session, *, cookie: str | None) -> None:
    """End the sign-in of this cookie; nothing if there is none."""
    door = accounts.door(session)
    token = door and _token(door.secret, cookie)
    found = token and accounts.signed_in(session, token_hash=hash_of(token), now=utc_now())
    if found:
        found[0].ended_at = utc_now()


def cookie_of(session: Session, *, token: str) -> str:
    """The token as the browser keeps it: signed."""
    door = accounts.door(session)
    if door is None:
        raise DatabaseProblem("This database is not ready yet. Run `workbench migrate`.")
    return _signer(door.secret).sign(token).decode()


def key_of(name: str) -> str:
    """The name as it is stored and looked for, however it is typed.

    >>> key_of("  Grace ")
    'grace'
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()[:100]


def hash_of(token: str) -> str:
    """What is stored of a token; it is as random as a hash, and needs no salt."""
    return sha256(token.encode()).hexdigest()


def ended(sign_ins: list[SignIn], *, now: datetime, but: int | None = None) -> int:
    """End these sign-ins except one; returns how many."""
    ending = [one for one in sign_ins if one.id != but]
    for one in ending:
        one.ended_at = now
    return len(ending)


def _token(secret: str, cookie: str | None) -> str | None:
    try:
        return _signer(secret).unsign(cookie or "").decode()
    except (BadSignature, UnicodeError):
        return None


def _signer(secret: str) -> Signer:
    return Signer(
        secret_from_environment() or secret, salt="workbench sign-in", digest_method=sha256
    )
