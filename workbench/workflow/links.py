"""One-time links: made, looked at, used up; the token is shown once, its hash is stored."""

import secrets
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from db.models import OneTimeLink, utc_now
from db.queries import accounts
from workbench.errors import LinkSpent
from workbench.workflow.signing_in import hash_of

LASTS = {"invite": timedelta(days=7), "reset": timedelta(days=1)}
_TITLES = {"invite": "This invitation", "reset": "This link"}


def make_link(session: Session, *, kind: str, **fields: Any) -> str:
    """The token of a new link; `fields` are those of `OneTimeLink`."""
    token, now = secrets.token_urlsafe(32), utc_now()
    session.add(
        OneTimeLink(
            kind=kind,
            token_hash=hash_of(token),
            created_at=now,
            expires_at=now + LASTS[kind],
            **fields,
        )
    )
    session.flush()
    return token


def look_at(session: Session, *, token: str, kind: str) -> OneTimeLink:
    """The link of this token, which still works; raises `LinkSpent`, which says why it does not."""
    link, title = accounts.link(session, token_hash=hash_of(token)), _TITLES[kind]
    if link is None or link.kind != kind:
        raise LinkSpent(f"{title} is not known here. Check that the link was copied whole.")
    if link.used_at is not None:
        raise LinkSpent(f"{title} was used already. Ask for another one.")
    if link.withdrawn_at is not None:
        raise LinkSpent(f"{title} was withdrawn. Ask for another one.")
    if link.expires_at <= utc_now():
        on = link.expires_at.strftime("%Y-%m-%d")
        raise LinkSpent(f"{title} has expired on {on}. Ask for another one.")
    return link


def spend(session: Session, *, token: str, kind: str) -> OneTimeLink:
    """Use the link up; raises `LinkSpent` if it does not work, also for the second of two at once.

    What follows in the same unit may still fail: then the link is whole.
    """
    link = look_at(session, token=token, kind=kind)
    if not accounts.use_link(session, link_id=link.id or 0, now=utc_now()):
        raise LinkSpent(f"{_TITLES[kind]} was used already. Ask for another one.")
    session.refresh(link)
    return link


def withdraw_all(
    session: Session,
    *,
    kind: str = "invite",
    user_id: int | None = None,
    made_by: int | None = None,
) -> None:
    """Let the open links for a person, or those that somebody made, not work any more."""
    for link in accounts.open_links(session, kind=kind, now=utc_now(), user_id=user_id):
        if made_by is None or link.created_by_id == made_by:
            link.withdrawn_at = utc_now()
