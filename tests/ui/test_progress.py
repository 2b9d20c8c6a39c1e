"""Progress: figures from the database, by whom and with which verdicts."""

import json
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Article
from db.queries import projects
from tests import factories
from tests.ui.seen import HOSTILE, link, words
from workbench.ui import feedback

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
    assert "**1 of 3 claims** reviewed (33%)" in [bar.proto.text for bar in app.get("progress")]
    assert {metric.label: metric.value for metric in app.metric} == {
        "Articles": "1",
        "Resolved": "1",
        "Proposed": "1",
        "Accepted": "2",
        "Rejected": "1",
        "Retired": "0",
    }


def test_flagged_claims_are_counted_and_found_by_a_link(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        factories.claim(session, text)
        for state in ("proposed", "rejected"):
            claim = factories.claim(session, text, state=state)
            factories.flag(session, claim)
            factories.flag(session, claim)
        factories.flag(session, factories.claim(session, text), lowered_at=factories.NOON)
    to_claims = link(visit("progress"), "2 claims are flagged")
    assert (to_claims.page, to_claims.query_string) == ("claims", "flagged=1")
    assert "**2 of 4 claims**" in words(visit("claims", flagged="1"))


def test_without_a_flag_progress_speaks_of_none(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        factories.claim(session, article(session))
    assert "flagged" not in words(visit("progress"))


def test_the_table_names_who_reviewed_how_much(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        anna = factories.user(session, display_name="Anna")
        text = article(session)
        factories.review(session, factories.claim(session, text), by=anna)
        factories.review(session, factories.claim(session, text), by=anna, status="draft")
    table = visit("progress").table[0].value
    assert table.to_dict("records") == [{"Reviewer": "Anna", "Submitted": 1, "Drafts": 1}]


def test_each_verdict_has_its_own_colour_and_its_number_in_words(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        claim = factories.claim(session, article(session))
        factories.review(session, claim, label="refuted")
    app = visit("progress")
    (chart,) = charts(app)
    assert {mark["mark"]["type"] for mark in chart["layer"]} == {"bar", "text"}
    assert chart["usermeta"] == {"embedOptions": {"actions": False}}
    assert "Refuted: 1" in app.get("vega_lite_chart")[0].proto.alt


def test_days_are_charted_once_there_are_several(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        for days in (0, 3):
            at = factories.NOON + timedelta(days=days)
            factories.review(session, factories.claim(session, text), submitted_at=at)
    app = visit("progress")
    assert len(charts(app)) == 2
    said = app.get("vega_lite_chart")[1].proto.alt
    assert said == "2 reviews submitted between 2026-01-15 and 2026-01-18"


def test_hostile_names_are_shown_as_they_are(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        somebody = factories.user(session, display_name=HOSTILE)
        claim = factories.claim(session, article(session, title=HOSTILE))
        factories.review(session, claim, by=somebody)
    app = visit("progress")
    assert not app.exception
    assert HOSTILE not in words(app)
    assert list(app.table[0].value["Reviewer"]) == [feedback.literal(HOSTILE)]


def article(session: Session, **fields: object) -> Article:
    return factories.article(session, projects.oldest(session), **fields)


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
