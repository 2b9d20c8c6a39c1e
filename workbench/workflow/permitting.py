"""Who may do what: asked by every activity, whatever page, route or command it comes from.

As long as nobody has an account, whoever sits at the computer may do everything.
"""

from sqlmodel import Session

from db.models import Project, User
from db.queries import members, users
from db.queries.members import Standing
from db.queries.search import Viewer
from workbench.errors import AdminsOnly, NotAllowed, NotPermitted
from workbench.reviewing.roles import ACCOUNT_ACTIVITIES, needed, suffices

_KNOWN = "roles"


def require(session: Session, *, project_id: int, user_id: int, activity: str) -> None:
    """Raise `NotPermitted`, which names the role it needs, unless the person may do this here.

    What was found holds for the rest of the unit, which is one snapshot.
    """
    if not may(session, project_id=project_id, user_id=user_id, activity=activity):
        role = role_of(session, project_id=project_id, user_id=user_id)
        raise NotPermitted(activity, needed=needed(activity), role=role)


def may(session: Session, *, project_id: int, user_id: int, activity: str) -> bool:
    """Whether the person may do this in the project."""
    role = role_of(session, project_id=project_id, user_id=user_id)
    if activity == "see claims" and role == "viewer":
        return session.get_one(Project, project_id).viewers_see_claims
    return suffices(role, activity)


def reviewers(session: Session, *, project_id: int) -> list[User]:
    """Everybody who may give reviews in the project, by name."""
    return [
        user
        for user in users.all_users(session)
        if may(session, project_id=project_id, user_id=user.id or 0, activity="review")
    ]


def require_reviewer(session: Session, *, project_id: int, user: User) -> None:
    """Raise `NotAllowed` for somebody who gives no reviews in the project: they get no claims."""
    if not may(session, project_id=project_id, user_id=user.id or 0, activity="review"):
        raise NotAllowed(
            f"{user.name!r} gives no reviews in this project; assign claims to somebody with the "
            "role reviewer, lead or admin here."
        )


def require_admin(session: Session, *, user_id: int | None, activity: str) -> None:
    """Raise `AdminsOnly` unless the person is an admin of the workbench; `ValueError` for what is
    no activity of accounts.

    None is who uses the command line, and so could change the database anyhow.
    """
    if activity not in ACCOUNT_ACTIVITIES:
        raise ValueError(f"{activity!r} is no activity of accounts in reviewing/roles.py")
    if user_id is not None and not is_admin(session, user_id=user_id):
        raise AdminsOnly(activity)


def is_admin(session: Session, *, user_id: int) -> bool:
    """Whether the person is an admin of the whole workbench."""
    user = session.get(User, user_id)
    return user is not None and user.is_admin and user.disabled_at is None


def role_of(session: Session, *, project_id: int, user_id: int) -> str | None:
    """The person's role in the project; None for somebody who is no member, or was disabled."""
    return _role(_standing(session, project_id, user_id))


def viewer(session: Session, *, project_id: int, user_id: int) -> Viewer:
    """The person as one who looks: whom blindness does not bind sees everybody's reviews.

    It binds whoever gives verdicts, and so also the one person of a workbench without accounts.
    """
    standing = _standing(session, project_id, user_id)
    unbound = bool(standing and standing.accounts) and _role(standing) in _UNBOUND
    knows = suffices(_role(standing), "see gold")
    return Viewer(project_id, user_id, sees_all=unbound, sees_gold=knows)


def is_alone(session: Session, *, project_id: int, user_id: int) -> bool:
    """Whether nobody has an account: then one person works alone, and no rule of a team holds."""
    standing = _standing(session, project_id, user_id)
    return standing is None or not standing.accounts


def sight(session: Session, *, project_id: int, user_id: int | None, activity: str) -> Viewer:
    """The person as one who looks at what this activity shows; raises `NotPermitted`.

    None is who reads the database by a command, and so sees all of it.
    """
    if user_id is None:
        return Viewer(project_id, 0, sees_all=True, sees_gold=True)
    require(session, project_id=project_id, user_id=user_id, activity=activity)
    return viewer(session, project_id=project_id, user_id=user_id)


_UNBOUND = ("viewer", "lead", "admin")


def _standing(session: Session, project_id: int, user_id: int) -> Standing | None:
    known: dict[tuple[int, int], Standing | None] = session.info.setdefault(_KNOWN, {})
    asked = (project_id, user_id)
    if asked not in known:
        known[asked] = members.standing(session, project_id=project_id, user_id=user_id)
    return known[asked]


def _role(standing: Standing | None) -> str | None:
    if standing is None or standing.is_disabled:
        return None
    return "admin" if standing.is_admin or not standing.accounts else standing.role
