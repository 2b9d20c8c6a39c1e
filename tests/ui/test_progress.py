"""Progress: figures from the database, each with a link to its claims, for whom they are."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Article, User, utc_now
from db.queries import projects
from tests import factories
from tests.ui.seen import HOSTILE, button, link, words
from workbench.ui import feedback
from workbench.workflow.filtering import from_query
from workbench.workflow.opening import local_user

Visit = Callable[..., AppTest]


def test_an_empty_project_says_what_to_do(visit: Visit) -> None:
    app = visit("progress")
    assert not app.exception
    assert "No article yet" in words(app)
    assert link(app, "Go to Intake").page == "intake"


def test_a_project_without_verdicts_says_what_to_do(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        factories.claim(session, article(session))
    app = visit("progress")
    assert not app.exception
    assert "No verdict yet" in words(app)
    assert link(app, "Give the first verdict").page == "review"


def test_the_figures_are_those_of_the_database(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        factories.review(session, factories.claim(session, text))
        factories.claim(session, text, state="proposed")
        factories.claim(session, text, state="rejected")
        factories.resolution(session, factories.claim(session, text))
    app = visit("progress")
    figures = next(one for one in drawn(app) if "fc-figures" in one)
    assert ">1</a></dd><dd>33% of 3 claims" in figures
    assert "in 1 article" in figures
    assert 'step=wanting">1</a></dd><dd>until all have' in figures.replace("&amp;", "&")
    rows = table(app, "Claims by state")["rows"]
    assert [row[1]["text"] for row in rows] == ["1", "2", "1", "0"]
    assert "Too few days" in figures


def test_what_waits_is_counted_and_found_by_its_link(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        projects.oldest(session).blind = False
        factories.claim(session, text)
        for state in ("accepted", "rejected"):
            claim = factories.claim(session, text, state=state)
            factories.flag(session, claim)
            factories.flag(session, claim)
        factories.flag(session, factories.claim(session, text), lowered_at=factories.NOON)
    (row,) = table(visit("progress"), "What waits for whom")["rows"]
    assert row[0]["text"] == "Flagged claims"
    assert query_of(row[2]) == {"project": ["1"], "flagged": ["1"]}
    assert "**2 of 4 claims**" in words(visit("claims", flagged="1"))


def test_the_table_names_who_reviewed_how_much(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        anna = factories.user(session, name="anna", display_name="Anna")
        text = article(session)
        claim = factories.claim(session, text)
        factories.review(session, claim, anna, active_seconds=95, submitted_at=utc_now())
        factories.review(session, factories.claim(session, text), by=anna, status="draft")
    shown = table(visit("progress"), "Reviewers")
    (row,) = shown["rows"]
    cells = dict(zip(shown["columns"], (cell["text"] for cell in row), strict=True))
    assert cells["Reviewer"] == "Anna"
    assert (cells["Reviews"], cells["Last 7 days"], cells["Drafts"]) == ("1", "1", "1")
    assert cells["Time a claim"] in ("1:33", "1:34", "1:35", "1:36", "1:37")
    assert from_query(query_of(row[1])).reviewer == "anna"


def test_a_reviewer_of_a_blind_project_sees_verdicts_of_their_own_alone(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        claim = factories.claim(session, article(session))
        factories.review(session, claim, label="refuted")
    app = visit("progress")
    assert table(app, "Your verdicts")["columns"] == ["Verdict", "Claims"]
    assert {row[1]["text"] for row in table(app, "Your verdicts")["rows"]} == {"0"}
    assert [row[0]["text"] for row in table(app, "Backlog")["rows"]] == [
        "Not reviewed", "Under review", "Done",
    ]  # fmt: skip
    people = table(app, "Reviewers")
    assert people["rows"][0][people["columns"].index("Agrees")]["text"] == "–"
    assert "Links that died" not in words(app)


def test_in_an_open_project_verdicts_have_their_colours_and_numbers(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        projects.oldest(session).blind = False
        claim = factories.claim(session, article(session))
        factories.review(session, claim, label="refuted")
        factories.review(session, claim, label="refuted")
    app = visit("progress")
    chart = next(one for one in drawn(app) if "Verdicts. " in one)
    assert "Refuted: 1" in chart
    assert factories.label(session, "refuted").color in chart
    row = table(app, "Verdicts")["rows"][1]
    assert [cell["text"] for cell in row] == ["Refuted", "1", "2", "0"]


@pytest.fixture
def viewer(database: Engine, sign_in: Callable[[User], None]) -> None:
    """Whoever sits at the page is a viewer of the first project, who sees no claims there."""
    with transaction(database) as session:
        project = projects.oldest(session)
        project.viewers_see_claims = False
        me: User = local_user(session)
        me.is_admin, me.joined_at = False, factories.NOON
        factories.member(session, project, "viewer", by=me)
        text = article(session)
        factories.review(session, factories.claim(session, text), label="refuted")
        factories.source(session, project)
    sign_in(me)


@pytest.mark.usefixtures("viewer")
def test_a_viewer_sees_figures_without_a_link(visit: Visit) -> None:
    app = visit("progress")
    assert not app.exception
    assert table(app, "Verdicts")["rows"][1][1]["text"] == "1"
    assert "query" not in json.dumps([table(app, name)["rows"] for name in captions(app)])
    assert not any("<a " in one for one in drawn(app))
    assert "Check the links again" not in [one.label for one in app.button]


def test_checking_links_is_asked_of_the_worker(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        project = projects.oldest(session)
        project.blind = False
        factories.claim(session, article(session))
        factories.source(session, project)
    app = visit("progress")
    assert feedback.literal("The addresses of 1 source were never checked.") in words(app)
    button(app, "Check the links again").click().run()
    assert feedback.literal("Checking 1 source: 0 asked so far.") in words(app)
    assert button(app, "Check the links again").disabled


def test_days_are_charted_with_those_on_which_nothing_was_done(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        text = article(session)
        for days in (0, 3):
            at = utc_now() - timedelta(days=days)
            factories.review(session, factories.claim(session, text), submitted_at=at)
    app = visit("progress")
    rows = table(app, "Day by day")["rows"]
    assert [row[1]["text"] for row in rows] == ["1", "0", "0", "1"]
    chart = next(one for one in drawn(app) if "2 reviews submitted" in one)
    assert chart.count("reviewed_from=") == 2


def test_hostile_names_are_shown_as_they_are(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        projects.oldest(session).blind = False
        somebody = factories.user(session, display_name=HOSTILE)
        claim = factories.claim(session, article(session, title=HOSTILE, outlet=HOSTILE))
        factories.review(session, claim, by=somebody)
    for address in ({}, {"display": "wall"}):
        app = visit("progress", **address)
        assert not app.exception
        assert HOSTILE not in words(app)
        assert not any("<script>alert" in one for one in [*drawn(app), *html(app)])
    assert HOSTILE in table(visit("progress"), "Outlets")["rows"][0][0]["text"]


def test_the_wall_shows_little_and_no_link_but_the_way_back(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        anna = factories.user(session, display_name="Anna")
        factories.review(session, factories.claim(session, article(session)), by=anna)
    app = visit("progress", display="wall")
    assert not app.exception
    assert "Anna" in "".join(html(app))
    assert [one.proto.label for one in app.main.get("page_link")] == ["Leave the wall display"]
    assert not any("<a " in one for one in drawn(app))


def article(session: Session, **fields: object) -> Article:
    return factories.article(session, projects.oldest(session), **fields)


def _data(app: AppTest) -> list[dict[str, Any]]:
    shown = [one.proto.json for one in app.get("bidi_component")]
    return [json.loads(one) for one in shown if one]


def table(app: AppTest, caption: str) -> dict[str, Any]:
    return next(data for data in _data(app) if data.get("caption") == caption)


def captions(app: AppTest) -> list[str]:
    return [data["caption"] for data in _data(app) if "caption" in data]


def drawn(app: AppTest) -> list[str]:
    return [data["drawn"] for data in _data(app) if "drawn" in data]


def html(app: AppTest) -> list[str]:
    return [one.proto.body for one in app.get("html")]


def query_of(cell: dict[str, Any]) -> dict[str, list[str]]:
    return parse_qs(cell["query"].partition("?")[2])
