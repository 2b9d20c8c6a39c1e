"""Two reviewers of a project with two claims."""

import pytest
from sqlmodel import Session

from db.models import Claim, Project, User
from tests import factories as make


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session)


@pytest.fixture
def claims(session: Session, project: Project) -> list[Claim]:
    article = make.article(session, project, text="one two")
    return [make.claim(session, article, quote=quote) for quote in ("one", "two")]


@pytest.fixture
def ann(session: Session, project: Project) -> User:
    return make.member(session, project)


@pytest.fixture
def bob(session: Session, project: Project) -> User:
    return make.member(session, project)
