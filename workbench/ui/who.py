"""Who is working, and in which project."""

from dataclasses import dataclass

from workbench.ui import state
from workbench.ui.database import reading
from workbench.workflow.opening import default_project, local_user


@dataclass(frozen=True, slots=True)
class Present:
    """The person at the page and the project they work in."""

    user_id: int
    project_id: int


def present() -> Present:
    """The local user and the project chosen in this session, else the oldest one."""
    with reading() as session:
        project_id = state.project_id() or default_project(session).id
        return Present(local_user(session).id or 0, project_id or 0)
