"""Passwords: which are taken, and how it is told that one is right without keeping it."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from workbench.errors import InputError

MIN_CHARACTERS = 10
MAX_CHARACTERS = 1_000
_hasher = PasswordHasher()
# Each takes 64 MiB while it is worked out.
_at_once = BoundedSemaphore(4)
_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def hashed(password: str) -> str:
    """What is stored of the password. Raises `InputError` if it is too short or too long."""
    plain = same(password)
    if len(plain) < MIN_CHARACTERS:
        raise InputError(
            f"A password has at least {MIN_CHARACTERS} characters; this one has {len(plain)}. "
            "A few words in a row are easy to remember."
        )
    if len(plain) > MAX_CHARACTERS:
        raise InputError(f"A password has at most {MAX_CHARACTERS:,} characters.")
    with _at_once:
        return _hasher.hash(plain)


def is_right(password: str, stored: str | None) -> bool:
    """Whether this is the password of which `stored` was kept.

    None, of somebody who has none or is not there, takes the same time and is never right.
    """
    if len(password) > MAX_CHARACTERS:
        return False
    try:
        with _at_once:
            return _hasher.verify(stored or _NOBODYS, same(password)) and stored is not None
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def is_old(stored: str) -> bool:
    """Whether it was worked out with less than is asked for today."""
    return _hasher.check_needs_rehash(stored)


def same(password: str) -> str:
    """The password as it is compared: one that another keyboard writes in other code points is
    the same.

    >>> same("cafe\\u0301 au lait") == same("caf\\u00e9 au lait")
    True
    """
    return unicodedata.normalize("NFKC", password)
