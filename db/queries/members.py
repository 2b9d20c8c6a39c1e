"""Who belongs to a project, and as what."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, select

from db.models import Member, Project, User


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person in a project: `role` is that of a member, None for others.

    `is_admin` holds for every project. `accounts` says whether anybody signs in at all.
    """

    role: str | None
    is_admin: bool
    is_disabled: bool
    accounts: bool


def standing(session: Session, *, project_id: int, user_id: int) -> Standing | None:
    """How the person stands in the project; None for an unknown user."""
    found = session.exec(_STANDING, params={"project_id": project_id, "user_id": user_id}).first()
    if found is None:
        return None
    role, is_admin, disabled_at, accounts = found
    return Standing(role, is_admin, disabled_at is not None, accounts)


_SOMEBODY = aliased(User)
# Built once: every change asks this.
_STANDING = (
    select(
        Member.role,
        User.is_admin,
        User.disabled_at,
        exists().where(col(_SOMEBODY.joined_at).is_not(None)),
    )
    .select_from(User)
    .outerjoin(
        Member,
        and_(
            col(Member.user_id) == col(User.id),
            col(Member.project_id) == bindparam("project_id"),
            col(Member.ended_at).is_(None),
        ),
    )
    .where(User.id == bindparam("user_id"))
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """That a person works in a project, and as what."""

    user: User
    member: Member


def of_project(session: Session, *, project_id: int) -> list[Belonging]:
    """Everybody who works in the project now, by name."""
    query = (
        select(User, Member)
        .join(Member, col(Member.user_id) == col(User.id))
        .where(Member.project_id == project_id, col(Member.ended_at).is_(None))
        .order_by(col(User.name))
    )
    return [Belonging(user, member) for user, member in session.exec(query)]


def membership(session: Session, *, project_id: int, user_id: int) -> Member | None:
    """The person's place in the project, also one that has ended."""
    query = select(Member).where(Member.project_id == project_id, Member.user_id == user_id)
    return session.exec(query).first()


def projects_of(session: Session, *, user_id: int) -> list[Project]:
    """The projects that the person works in, the oldest first."""
    query = (
        select(Project)
        .join(Member, col(Member.project_id) == col(Project.id))
        .where(Member.user_id == user_id, col(Member.ended_at).is_(None))
        .order_by(col(Project.id))
    )
    return list(session.exec(query))


def roles(session: Session) -> dict[int, dict[str, str]]:
    """Person to their roles, by the project's name."""
    query = (
        select(Member.user_id, Project.name, Member.role)
        .join(Project, col(Project.id) == col(Member.project_id))
        .where(col(Member.ended_at).is_(None))
        .order_by(col(Project.id))
    )
    found: dict[int, dict[str, str]] = {}
    for user_id, project, role in session.exec(query):
        found.setdefault(user_id, {})[project] = role
    return found
