"""Recusal: claims about what a reviewer declared are neither drawn nor judged by them."""

import pytest
from sqlmodel import Session

from db.models import Claim, Project, User
from tests import factories as make
from workbench.errors import InputError, NotAllowed
from workbench.workflow.drawing import draw
from workbench.workflow.recusing import declare, speaks_of, withdraw
from workbench.workflow.reviewing import submit


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session, overlap=3)


@pytest.fixture
def claims(session: Session, project: Project) -> list[Claim]:
    article = make.article(session, project, text="OIL rose. The soil is dry.", author="Zoë Ann")
    return [make.claim(session, article, quote=quote) for quote in ("OIL rose", "The soil is dry")]


@pytest.fixture
def ann(session: Session, project: Project) -> User:
    return make.member(session, project)


def drawn(session: Session, project: Project, by: User) -> str | None:
    claim = draw(session, project_id=project.id or 0, user_id=by.id or 0)
    return claim and claim.quote


def test_claims_with_declared_words_are_not_drawn(session, project, claims, ann):
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="oil")
    assert drawn(session, project, ann) == "The soil is dry"
    assert drawn(session, project, make.member(session, project)) == "OIL rose"


def test_claims_that_come_later_are_not_drawn_either(session, project, claims, ann):
    declare(session, project_id=project.id, user_id=ann.id, kind="person", words="Ada  Okoro")
    claims[0].speaker = "ada okoro"
    session.flush()
    assert drawn(session, project, ann) == "The soil is dry"


def test_a_recusal_withdrawn_gives_the_claims_back(session, project, claims, ann):
    row = declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="oil")
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="dry")
    withdraw(session, recusal_id=row.id, user_id=ann.id, version=row.version)
    assert drawn(session, project, ann) == "OIL rose"


def test_what_one_is_recused_from_takes_no_verdict(session, project, claims, ann):
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="oil")
    sent = {"form": {"label": "refuted"}, "version": 0, "claim_version": 1, "op_id": "a"}
    with pytest.raises(NotAllowed, match="recused yourself from"):
        submit(session, project_id=project.id, claim_id=claims[0].id, user_id=ann.id, **sent)


def test_ones_own_article_takes_no_verdict_by_a_direct_link_either(session, project, claims):
    author = make.member(
        session, project, by=make.user(session, display_name="Zoë Ann", joined_at=make.NOON)
    )
    sent = {"form": {"label": "refuted"}, "version": 0, "claim_version": 1, "op_id": "a"}
    with pytest.raises(NotAllowed, match="nobody judges what they wrote"):
        submit(session, project_id=project.id, claim_id=claims[0].id, user_id=author.id, **sent)


@pytest.mark.parametrize("name", ["zoë ann", "ZOË ANN", "Zoë Ann"])
def test_ones_own_article_is_not_drawn(session, project, claims, name):
    author = make.member(
        session, project, by=make.user(session, display_name=name, joined_at=make.NOON)
    )
    assert drawn(session, project, author) is None


def test_who_works_alone_is_never_recused(session, claims, project):
    assert drawn(session, project, make.user(session, name="Zoë Ann")) == "OIL rose"


def test_a_recusal_needs_words_once(session, project, ann):
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="oil")
    for words in ("  ", "...", "x" * 201, "OIL"):
        with pytest.raises(InputError):
            declare(session, project_id=project.id, user_id=ann.id, kind="topic", words=words)


def test_words_are_looked_for_whole_in_any_case_and_spacing():
    assert speaks_of("Straße  der Bahn", ["an der STRASSE DER\nBAHN."])
    assert not speaks_of("oil", ["soil", "oily"])
    assert speaks_of("C++", ["Written in C++, mostly."])
