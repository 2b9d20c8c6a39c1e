"""A project's settings are changed by leads, on a known version."""

import pytest

from db.queries import events
from tests import factories
from workbench.errors import Conflict, NotPermitted
from workbench.workflow.project_settings import change_settings


def test_a_change_leaves_an_event_with_what_changed(session):
    project = factories.project(session, overlap=1)
    lead = factories.member(session, project, "lead")
    change_settings(
        session, project_id=project.id, user_id=lead.id, version=1, overlap=2, blind=True
    )
    (event,) = events.of_subject(session, subject="project", subject_id=project.id)
    assert (event.kind, event.before, event.after) == (
        "project.changed",
        {"overlap": 1},
        {"overlap": 2},
    )


def test_a_change_on_an_older_version_changes_nothing(session):
    project = factories.project(session)
    lead = factories.member(session, project, "lead")
    asked = {"project_id": project.id, "user_id": lead.id, "version": 1}
    change_settings(session, **asked, overlap=2)
    with pytest.raises(Conflict):
        change_settings(session, **asked, overlap=3)
    assert project.overlap == 2


def test_a_reviewer_changes_no_settings(session):
    project = factories.project(session)
    reviewer = factories.member(session, project)
    with pytest.raises(NotPermitted):
        change_settings(session, project_id=project.id, user_id=reviewer.id, version=1, overlap=2)
