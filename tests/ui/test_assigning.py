"""A lead gives claims to people on the pages: one on the Claims page, many after a count."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Assignment, User
from tests import factories as make
from tests.ui.seen import button, field, words
from workbench.workflow.opening import default_project

Visit = Callable[..., AppTest]
TEXT = "Wheat rose. Steel fell. Tin held."


@pytest.fixture
def team(database: Engine) -> dict[str, User]:
    """A lead and two reviewers, and three claims, one of them in no way for ann."""
    with transaction(database) as session:
        project = default_project(session)
        article = make.article(session, project, text=TEXT)
        for quote in TEXT[:-1].split(". "):
            make.claim(session, article, quote=quote)
        people = {
            name: make.user(session, name=name, joined_at=make.NOON)
            for name in ("ann", "bob", "lea")
        }
        for name, user in people.items():
            make.member(session, project, "lead" if name == "lea" else "reviewer", by=user)
        return people


def queues(database: Engine) -> dict[int, list[int]]:
    with reading(database) as session:
        found: dict[int, list[int]] = {}
        for row in session.exec(select(Assignment).order_by(Assignment.claim_id)):
            found.setdefault(row.user_id, []).append(row.claim_id)
        return found


def test_a_claim_is_given_to_a_person_and_taken_away_again(
    visit: Visit, database: Engine, team: dict[str, User], sign_in: Callable[[User], None]
) -> None:
    sign_in(team["lea"])
    app = visit("claims", claim="1")
    assert not app.exception
    assert "It is on nobody's queue yet." in words(app)
    field(app, "Give it to").select("ann")
    button(app, "Assign").click().run()
    assert queues(database) == {team["ann"].id: [1]}
    assert "has it to review · assigned by a lead · place 1" in words(app)
    button(app, "Take away").click().run()
    assert not app.exception
    assert queues(database) == {}


def test_a_reviewer_neither_sees_nor_changes_who_has_a_claim(
    visit: Visit, team: dict[str, User], sign_in: Callable[[User], None]
) -> None:
    sign_in(team["ann"])
    assert "nobody's queue" not in words(visit("claims", claim="1"))


def test_claims_are_spread_over_the_people_chosen_after_a_count_with_what_is_left_out(
    visit: Visit, database: Engine, team: dict[str, User], sign_in: Callable[[User], None]
) -> None:
    with transaction(database) as session:
        make.assignment(session, session.get_one(make.Claim, 1), team["ann"])
        make.assignment(session, session.get_one(make.Claim, 1), team["bob"])
    sign_in(team["lea"])
    app = visit("claims")
    button(app, "Assign…").click().run()
    field(app, "Reviewers").set_value(["ann", "bob"]).run()
    assert "Assign 2 claims to ann and bob?" in words(app)
    assert "Left out: 1 (1 on their queue already, or judged by them)." in words(app)
    button(app, "Assign 2 claims").click().run()
    assert not app.exception
    assert sorted(map(len, queues(database).values())) == [2, 2]


def test_a_lead_makes_a_rule_applies_it_and_takes_it_back(
    visit: Visit, database: Engine, team: dict[str, User], sign_in: Callable[[User], None]
) -> None:
    sign_in(team["lea"])
    app = visit("team", look="settings")
    field(app, "In language").input("en")
    field(app, "Go to").select("ann")
    button(app, "Add the rule").click().run()
    assert "language en → ann" in words(app)
    button(app, "Apply to the claims there are").click().run()
    assert not app.exception
    assert "3 claims were assigned by rule" in words(app)
    assert queues(database) == {team["ann"].id: [1, 2, 3]}
    button(app, "Take back").click().run()
    assert "language en → ann" not in words(app)


def test_a_viewer_reads_who_said_a_claim_where_and_of_which_type(
    visit: Visit, database: Engine, team: dict[str, User], sign_in: Callable[[User], None]
) -> None:
    with transaction(database) as session:
        watcher = make.member(session, default_project(session), "viewer")
        claim = session.get_one(make.Claim, 1)
        claim.speaker, claim.place, claim.claim_types = "Mei Lin", "Geneva", ["Numerical Claim"]
    sign_in(watcher)
    app = visit("claims", claim="1")
    assert not app.exception
    for told in ("said by Mei Lin", "Geneva", "Numerical Claim", "Wheat rose"):
        assert told in words(app)
    assert not app.text_area
    assert "Review these" not in words(app)
