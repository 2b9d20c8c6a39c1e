"""New projects."""

import pytest
from sqlmodel import Session

from db.queries import events, projects
from tests import factories as make
from workbench.errors import InputError, UnknownName
from workbench.reviewing.schemes import schemes
from workbench.workflow.projecting import create_project


@pytest.mark.parametrize("key", list(schemes()))
def test_a_project_has_the_labels_of_its_scheme(session: Session, key: str) -> None:
    make.scheme(session, key)
    project = create_project(session, name="  Election   2026 ", scheme=key, user_id=None)

    labels = projects.labels(session, project_id=project.id or 0)
    assert project.name == "Election 2026"
    assert [label.key for label in labels] == [label.key for label in schemes()[key].labels]
    history = events.of_subject(session, subject="project", subject_id=project.id or 0)
    assert [event.kind for event in history] == ["project.created"]


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 101])
def test_a_name_that_cannot_be_read_is_refused(session: Session, name: str) -> None:
    make.scheme(session)
    with pytest.raises(InputError):
        create_project(session, name=name, scheme="averitec", user_id=None)


def test_a_name_is_given_once(session: Session) -> None:
    taken = make.project(session)
    with pytest.raises(InputError, match="already"):
        create_project(session, name=taken.name, scheme="averitec", user_id=None)


def test_an_unknown_scheme_names_those_that_exist(session: Session) -> None:
    make.scheme(session)
    with pytest.raises(UnknownName, match="averitec"):
        create_project(session, name="New", scheme="maybe", user_id=None)
