"""Changing how a project works: its settings, on a known version."""

from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import slots
from workbench.workflow.recording import change, check_version, record


def change_settings(
    session: Session, *, project_id: int, user_id: int, version: int, **fields: Any
) -> Project:
    """Set these columns of the project; what is the same already leaves no event.

    Raises:
        Conflict: somebody changed the project after `version`.
        NotPermitted: the role does not allow it.
    """
    project = session.get_one(Project, project_id)
    check_version(project, version)
    before, after = change(project, **fields)
    if after:
        record(
            session,
            project_id=project_id,
            user_id=user_id,
            kind="project.changed",
            row=project,
            before=before,
            after=after,
        )
        session.flush()
    if "overlap" in after:
        slots.fit(session, project_id=project_id, overlap=project.overlap)
    return project
