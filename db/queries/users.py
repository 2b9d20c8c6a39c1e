"""The people who review and lead."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from db.models import User


def by_name(session: Session, *, name: str) -> User | None:
    """The user of this name."""
    return session.exec(select(User).where(User.name == name)).first()


def all_users(session: Session) -> list[User]:
    """Everybody, by name."""
    return list(session.exec(select(User).order_by(col(User.name))))


def names(session: Session, *, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """User id to name and display name, of these users."""
    query = select(User.id, User.name, User.display_name).where(col(User.id).in_(ids))
    found = session.exec(query.order_by(col(User.name)))
    return {id: (name, display or name) for id, name, display in found if id is not None}


def any_exists(session: Session) -> bool:
    """Whether somebody is known at all."""
    return session.exec(select(User.id).limit(1)).first() is not None
