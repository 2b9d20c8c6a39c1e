"""Starting a project: its name, its label scheme, its guideline."""

from sqlmodel import Session

from db.models import Project, User
from db.queries import projects
from workbench.errors import InputError, UnknownName
from workbench.workflow.guiding import publish_guideline
from workbench.workflow.joining import belong
from workbench.workflow.recording import record

MAX_NAME_CHARACTERS = 100


def create_project(
    session: Session, *, name: str, scheme: str, user_id: int | None, guideline: str = ""
) -> Project:
    """A new, empty project with the labels of `scheme`, a scheme's key; who makes it is in it.

    Raises:
        InputError: the name is empty, too long or taken, or the guideline too long.
        UnknownName: no such scheme.
    """
    name = _free_name(session, name)
    row = projects.scheme_by_key(session, key=scheme)
    if row is None:
        raise UnknownName(
            "label scheme", scheme, [one.key for one in projects.all_schemes(session)]
        )
    project = Project(name=name, scheme_id=row.id or 0)
    record(
        session,
        project_id=_stored(session, project),
        user_id=user_id,
        kind="project.created",
        row=project,
        before={},
        after={"name": name, "scheme": scheme},
    )
    maker = session.get(User, user_id) if user_id is not None else None
    if maker is not None and maker.joined_at is not None:
        belong(session, project_id=project.id or 0, user=maker, role="admin", by=user_id)
    publish_guideline(session, project_id=project.id or 0, text=guideline, user_id=user_id)
    return project


def _stored(session: Session, project: Project) -> int:
    session.add(project)
    session.flush()
    return project.id or 0


def _free_name(session: Session, name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise InputError("A project needs a name of one line.")
    if len(name) > MAX_NAME_CHARACTERS:
        raise InputError(f"A project's name has at most {MAX_NAME_CHARACTERS} characters.")
    if projects.by_name(session, name=name) is not None:
        raise InputError(f"There is a project {name!r} already; choose another name.")
    return name
