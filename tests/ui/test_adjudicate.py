"""Adjudicate and its settings without a browser: who gets in, what is told, why it is empty."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Claim, Project
from db.queries import reviews
from tests import factories as make
from tests.ui.seen import button, field, link, words
from workbench.ui.components.adjudicator_data import adjudicator_data
from workbench.workflow.opening import default_project

Visit = Callable[..., AppTest]


def differing(session: Session, **fields: Any) -> Claim:
    """A claim with three reviews, two of them alike; one source is cited in two ways."""
    project = default_project(session)
    project.overlap = 3
    for name, value in fields.items():
        setattr(project, name, value)
    claim = make.claim(session, make.article(session, project))
    shared, own = make.source(session, project), make.source(session, project)
    for at, label in enumerate(("supported", "refuted", "supported")):
        by = make.user(session, name=f"person-{at}", display_name=f"Person {at}")
        review = make.review(session, claim, by, label=label)
        make.evidence(session, review, shared, stance="refutes" if at == 1 else "supports")
    make.evidence(session, review, own)
    make.comment(session, claim, user_id=by.id)
    return claim


def told(session: Session, claim: Claim) -> dict[str, Any]:
    return adjudicator_data(session, make.owner(claim.project_id), claim)


def test_what_differs_is_marked(session: Session) -> None:
    make.project(session)
    reviews_ = told(session, differing(session))["reviews"]
    assert [each["label"] for each in reviews_ if each["differs"]] == ["Refuted"]
    marks = sorted(one["mark"] for each in reviews_ for one in each["evidence"])
    assert marks == ["only here", "other stance", "other stance", "other stance"]


def test_hidden_names_are_nowhere_in_what_is_shown(session: Session) -> None:
    make.project(session)
    claim = differing(session, names_hidden=True)
    data = told(session, claim)
    assert "erson" not in json.dumps(data["reviews"] + data["comments"])
    assert sorted(each["name"] for each in data["reviews"]) == [
        "Reviewer A", "Reviewer B", "Reviewer C",
    ]  # fmt: skip
    assert data["comments"][0]["by"] in {each["name"] for each in data["reviews"]}
    session.get_one(Project, claim.project_id).names_hidden = False
    assert {each["name"] for each in told(session, claim)["reviews"]} == {
        "Person 0", "Person 1", "Person 2",
    }  # fmt: skip


def test_the_links_count_what_there_is(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        claim = differing(session, resolve_by="unanimous")
    app = visit("adjudicate")
    assert not app.exception
    assert link(app, "**Contested (1)**").page == "adjudicate"
    pair = link(app, "Supported \\/ Refuted \\(1\\)")
    assert "labels=supported" in pair.query_string
    assert app.query_params["claim"] == str(claim.id)


@pytest.mark.parametrize("resolve_by", ["unanimous", "majority"])
def test_an_empty_queue_says_why(resolve_by: str, visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        project = default_project(session)
        project.overlap, project.resolve_by = 2, resolve_by
        article = make.article(session, project)
        make.claim(session, article)
        make.resolution(session, make.claim(session, article, quote="Unions doubt it"))
    said = words(visit("adjudicate"))
    assert "Nothing is contested" in said
    assert "1 claim still waits for reviews (this project wants 2 reviews each)" in said
    assert "1 claim has a final verdict" in said


def test_a_project_says_which_agreement_is_enough(database: Engine, visit: Visit) -> None:
    with transaction(database) as session:
        claim = differing(session, resolve_by="unanimous")
    app = visit("team")
    assert not app.exception
    app.radio(key="settings-resolve-by").set_value("majority")
    field(app, "Hide the reviewers' names under Adjudicate").uncheck()
    button(app, "Save how claims are settled").click()
    app.run()
    assert not app.exception
    with reading(database) as session:
        project = session.get_one(Project, claim.project_id)
        assert (project.resolve_by, project.names_hidden) == ("majority", False)
        settled = reviews.resolution(session, claim_id=claim.id or 0)
        assert settled is not None
        assert settled.how == "majority"
