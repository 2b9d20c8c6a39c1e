"""The people who review and lead."""

from sqlmodel import Session, col, select

from db.models import User


def by_name(session: Session, *, name: str) -> User | None:
    """The user of this name."""
    return session.exec(select(User).where(User.name == name)).first()


def all_users(session: Session) -> list[User]:
    """Everybody, by name."""
    return list(session.exec(select(User).order_by(col(User.name))))


def any_exists(session: Session) -> bool:
    """Whether somebody is known at all."""
    return session.exec(select(User.id).limit(1)).first() is not None
