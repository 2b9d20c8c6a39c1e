"""Changing how a project works: its settings, on a known version."""

from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import slots
from workbench.workflow.phasing import check_settings
from workbench.workflow.recording import change, check_version, record
from workbench.workflow.resolving import settle_waiting


def change_settings(
    session: Session, *, project_id: int, user_id: int, version: int, **fields: Any
) -> Project:
    """Set these columns of the project; what is the same already leaves no event.

    Claims of which the reviews are enough by it get their final verdict.

    Raises:
        Conflict: somebody changed the project after `version`.
        InputError: the settings do not go together; says which.
        NotPermitted: the role does not allow it.
    """
    project = session.get_one(Project, project_id)
    check_version(project, version)
    before, after = change(project, **fields)
    if after:
        check_settings(project)
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
    if _SETTLES & after.keys():
        settle_waiting(session, project_id=project_id, user_id=user_id)
    return project


_SETTLES = {"overlap", "resolve_by"}
"""Of which a change can make verdicts final that were not so far."""
