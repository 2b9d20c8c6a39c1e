"""Agreement: what the page shows, and to which claims its numbers lead."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Article, Claim, User
from db.queries import projects
from tests import factories
from tests.ui.seen import HOSTILE, link, words
from workbench.workflow.recording import record_claim

Visit = Callable[..., AppTest]


def test_without_an_article_it_says_what_to_do(visit: Visit) -> None:
    app = visit("agreement")
    assert not app.exception
    assert link(app, "Go to Intake").page == "intake"


def test_it_says_what_is_missing_to_compare(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text, (ann, bob) = article(session), people(session)
        projects.oldest(session).blind = False
    assert "Nobody has said anything" in words(visit("agreement"))
    with transaction(database) as session:
        judge(session, claim(session, text, 0), ann)
    assert "One person has said something, about 1" in words(visit("agreement"))
    with transaction(database) as session:
        judge(session, claim(session, text, 1), bob)
    said = "2 people have said something about 2, no two about the same"
    assert said in words(visit("agreement"))


@pytest.fixture
def judged(database: Engine) -> list[int]:
    """Four claims that Ann and Bob judged, and differ on the last; their ids."""
    with transaction(database) as session:
        text, (ann, bob) = article(session, outlet=HOSTILE), people(session)
        projects.oldest(session).blind = False
        claims = [claim(session, text, n) for n in range(4)]
        for n, one in enumerate(claims):
            factories.review(session, one, ann, label="supported" if n % 2 else "refuted")
            factories.review(session, one, bob, label="supported" if n == 1 else "refuted")
        return [one.id or 0 for one in claims]


def test_numbers_lead_to_their_claims(visit: Visit, judged: list[int]) -> None:
    app = visit("agreement")
    assert not app.exception
    assert "4 of 4 compared" in words(app)
    rows = table(app, "Confusion of labels")["rows"]
    row = next(row for row in rows if row[0] == "Refuted")
    of_both = next(cell for cell in row[1:] if cell["text"] == "1")
    address = parse_qsl(of_both["query"].partition("?")[2])
    assert ("labels", "refuted") in address
    assert link(app, "1 differ").query_string == "stage=verdict&disagreed=1"
    assert "**1 of 4 claims**" in words(visit("claims", stage="verdict", disagreed="1"))


def test_coefficients_have_their_intervals(visit: Visit, judged: list[int]) -> None:
    rows = {row[0]: row for row in table(visit("agreement"), "Coefficients")["rows"]}
    assert len(rows) == 7
    assert rows["Percent agreement"][1]["text"] == "75.0%"
    assert rows["Cohen's kappa"][1]["text"] == "0.500"
    assert " to " in rows["Gwet's AC1"][2]
    assert rows["Cohen's kappa"][3]["bar"]["value"] == pytest.approx(0.5)


@pytest.mark.parametrize("look", ["verdict", "claim", "boundaries", "stance"])
@pytest.mark.parametrize("by", ["outlet", "type", "kind", "label", "pair", "week"])
def test_every_stage_opens_by_every_slice(
    visit: Visit, judged: list[int], look: str, by: str
) -> None:
    app = visit("agreement", look=look, by=by)
    assert not app.exception
    assert not app.error


def test_names_and_outlets_are_shown_as_they_are(visit: Visit, judged: list[int]) -> None:
    app = visit("agreement", by="outlet")
    assert HOSTILE not in words(app)
    assert table(app, "Agreement by outlet")["rows"][0][0] == HOSTILE


def test_pairs_stand_in_a_matrix(visit: Visit, judged: list[int]) -> None:
    matrix = table(visit("agreement", by="pair"), "Agreement of pairs")
    assert matrix["columns"] == ["", "Ann", "Bob"]
    assert [matrix["rows"][0][1], matrix["rows"][0][2]["note"]] == ["", "of 4"]


def test_in_a_blind_project_only_what_one_has_judged_counts(
    visit: Visit, database: Engine, judged: list[int]
) -> None:
    with transaction(database) as session:
        projects.oldest(session).blind = True
    app = visit("agreement")
    assert "only claims that you have judged yourself count" in words(app)
    assert "Nothing to compare yet" in words(app)
    assert not app.get("bidi_component")


def test_probable_verdicts_stand_beside_final_ones(
    visit: Visit, database: Engine, judged: list[int]
) -> None:
    with transaction(database) as session:
        factories.resolution(session, session.get(Claim, judged[0]), label="supported")
    app = visit("agreement")
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert "Of **1** claims with a final verdict, **1** have another" in words(app)
    (row,) = table(app, "Probable verdicts that differ from final ones")["rows"]
    assert row[0]["query"] == f"claims?claim={judged[0]}"
    assert row[1:3] == ["Supported", "Refuted"]
    assert [row[0] for row in table(app, "How often reviewers are probably right")["rows"]] == [
        "Ann",
        "Bob",
    ]


def article(session: Session, **fields: object) -> Article:
    return factories.article(session, projects.oldest(session), **fields)


def claim(session: Session, text: Article, n: int) -> Claim:
    return factories.claim(session, text, start=n, end=n + 5)


def judge(session: Session, of: Claim, by: User) -> None:
    """A verdict and its event."""
    record_claim(session, of, by.id or 0, "review.submitted", {}, {})
    factories.review(session, of, by)


def people(session: Session) -> tuple[User, User]:
    ann = factories.user(session, name="ann", display_name="Ann")
    return ann, factories.user(session, name="bob", display_name="Bob")


def table(app: AppTest, caption: str) -> dict[str, Any]:
    shown = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next(each for each in shown if each.get("caption") == caption)
