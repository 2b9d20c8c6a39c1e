"""The Claims page without a browser: what is found, what the link says, what is done in bulk."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Claim
from tests import factories as make
from tests.ui.seen import HOSTILE, button, field, words
from workbench.ui.feedback import literal
from workbench.workflow import bulkwork, claiming
from workbench.workflow.opening import default_project, local_user

TEXT = "Wheat exports rose. Steel exports fell. Copper was not mentioned."


@pytest.fixture
def claims(database: Engine) -> list[int]:
    """Three proposed claims of one article."""
    with transaction(database) as session:
        article = make.article(session, default_project(session), text=TEXT, title="Exports")
        return [
            make.claim(session, article, quote=quote, state="proposed").id or 0
            for quote in TEXT[:-1].split(". ")
        ]


def states(database: Engine) -> list[str]:
    with reading(database) as session:
        return list(session.exec(select(Claim.state).order_by(Claim.id)))


def test_saidin_the_link_are_searched(visit: Callable[..., AppTest], claims: list[int]) -> None:
    app = visit("claims", q="steel")
    assert not app.exception
    assert field(app, "Search words").value == "steel"
    assert "**1 of 3 claims**" in words(app)


def test_what_is_typed_becomes_the_link(visit: Callable[..., AppTest], claims: list[int]) -> None:
    app = visit("claims")
    assert "**3 claims**" in words(app)
    field(app, "Search words").input("wheat").run()
    assert dict(app.query_params) == {"q": "wheat"}
    assert "**1 of 3 claims**" in words(app)
    button(app, "Clear filters").click().run()
    assert dict(app.query_params) == {}
    assert "**3 claims**" in words(app)


def test_what_is_asked_for_stands_in_saidand_is_taken_away_by_a_press(
    visit: Callable[..., AppTest], database: Engine, claims: list[int]
) -> None:
    with transaction(database) as session:
        make.user(session, name="ada", display_name=HOSTILE)
    address = {"stage": "claim", "reviewers": "ada", "disagreed": "1", "rated_from": "2026-01-05"}
    app = visit("claims", **address)
    shown = [each.label for each in app.button if each.key.startswith("asked-")]
    said = (
        "Compared: Was it a claim",
        f"Both said something: {HOSTILE}",
        "Not all said the same",
        "Last said from: 2026-01-05",
    )
    assert shown == list(map(literal, said))
    button(app, literal("Not all said the same")).click().run()
    assert dict(app.query_params).keys() == {"stage", "reviewers", "rated_from"}


@pytest.mark.parametrize("page", ["claims", "review"])
@pytest.mark.parametrize("blind", [True, False])
def test_a_filter_that_blindness_narrows_says_so(
    visit, database: Engine, claims: list[int], page: str, blind: bool
) -> None:
    with transaction(database) as session:
        default_project(session).blind = blind
    asked = visit(page, verdict="refuted")
    assert "No claim is like that" in words(asked)
    assert ("This project is blind" in "".join(c.value for c in asked.caption)) == blind


def test_nothing_found_says_so_and_offers_the_way_back(visit, claims: list[int]) -> None:
    app = visit("claims", q="palladium", state="retired")
    assert "No claim is like that" in words(app)
    assert "**0 of 3 claims**" in words(app)
    assert not [each for each in app.button if each.label == "Accept…"]


def test_a_filter_with_nothing_to_review_says_why(visit, database, claims: list[int]) -> None:
    assert "The filter of this address finds nothing." in words(visit("review", q="palladium"))
    with transaction(database) as session:
        session.get_one(Claim, claims[0]).state = "rejected"
    said = words(visit("review", state="rejected"))
    assert "No claim that it finds waits for your verdict." in said


@pytest.mark.parametrize(
    "address",
    [
        {"q": '"*(NOT'},
        {"worth_from": "nan", "from": "yesterday", "p": "99999999999999999999"},
        {"article": "99999"},
        {"state": "gone", "p": "-1"},
        {"claim": "99999"},
        {"q": HOSTILE},
    ],
)
def test_no_link_breaks_the_page(visit, claims: list[int], address: dict[str, str]) -> None:
    app = visit("claims", **address)
    assert not app.exception


def test_all_that_is_found_is_accepted_after_a_count(visit, database, claims: list[int]) -> None:
    app = visit("claims", q="exports")
    button(app, "Accept…").click().run()
    assert "**Accept 2 claims?**" in words(app)
    assert states(database) == ["proposed"] * 3, "nothing happens before the yes"
    button(app, "Accept 2 claims").click().run()
    assert "2 claims accepted\\." in words(app)
    assert states(database) == ["accepted", "accepted", "proposed"]


def test_a_claim_changed_between_the_count_and_the_yes_is_left_and_told(
    visit, database, claims: list[int]
) -> None:
    app = visit("claims")
    button(app, "Reject…").click().run()
    with transaction(database) as session:
        claim = session.get_one(Claim, claims[0])
        claiming.rewrite(
            session,
            project_id=claim.project_id,
            claim_id=claims[0],
            user_id=1,
            text="Wheat.",
            version=1,
        )
    button(app, "Reject 3 claims").click().run()
    assert "1 was changed by somebody since the count" in words(app)
    assert states(database) == ["proposed", "rejected", "rejected"]


def test_no_is_a_no(visit, database, claims: list[int]) -> None:
    app = visit("claims")
    button(app, "Retire…").click().run()
    button(app, "Cancel").click().run()
    assert states(database) == ["proposed"] * 3


def test_many_claims_are_handed_to_the_worker(visit, database, claims, monkeypatch) -> None:
    monkeypatch.setattr(bulkwork, "AT_ONCE", 1)
    app = visit("claims")
    button(app, "Accept…").click().run()
    button(app, "Accept 3 claims").click().run()
    assert states(database) == ["proposed"] * 3
    assert not app.exception


def test_what_an_article_is_called_is_never_markdown(visit, database, claims: list[int]) -> None:
    with transaction(database) as session:
        project = default_project(session)
        project.name = HOSTILE
    app = visit("claims", q=HOSTILE)
    assert not app.exception
    assert HOSTILE not in words(app)


def test_each_row_tells_its_flag_and_its_open_comments(visit, database, claims: list[int]) -> None:
    with transaction(database) as session:
        default_project(session).blind = False
        first, second, _third = (session.get_one(Claim, id) for id in claims)
        make.flag(session, first)
        make.flag(session, second, lowered_at=make.NOON)
        asked = make.comment(session, second)
        make.comment(session, second, thread=asked)
        make.comment(session, second, resolved_at=make.NOON)
    signs = [(row["flagged"], row["n_comments"]) for row in table_rows(visit("claims"))]
    assert signs == [(True, 0), (False, 1), (False, 0)]


def test_undo_and_redo_keep_the_filter_in_the_address(visit, database, claims: list[int]) -> None:
    with transaction(database) as session:
        claim = session.get_one(Claim, claims[1])
        claiming.rewrite(
            session,
            project_id=claim.project_id,
            claim_id=claims[1],
            user_id=local_user(session).id or 0,
            text="Exports of steel fell.",
            version=claim.version,
        )
    address = {"q": "exports", "state": "proposed", "claim": str(claims[0])}
    app = visit("claims", **address)
    for pressed, text in (("Undo", "Steel exports fell"), ("Redo", "Exports of steel fell.")):
        button(app, pressed).click().run()
        assert dict(app.query_params) == address | {"claim": str(claims[1])}
        assert component(app, "claim_text")["text"] == text


def table_rows(app: AppTest) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = component(app, "claim_table")["rows"]
    return rows


def component(app: AppTest, name: str) -> dict[str, Any]:
    """What the browser component of this name is shown."""
    shown = [each.proto for each in app.get("bidi_component")]
    found: dict[str, Any] = json.loads(
        next(each.json for each in shown if each.component_name.endswith(name))
    )
    return found
