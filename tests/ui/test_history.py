"""History: events in words, folded where long, found by links, and never taken as code."""

from collections.abc import Callable
from html import escape

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Claim, User
from db.queries import projects
from tests import factories as make
from tests.ui.seen import HOSTILE, link, words
from workbench.ui.components.history_list import FOLDED_FROM
from workbench.workflow import claiming, commenting
from workbench.workflow.opening import local_user

Visit = Callable[..., AppTest]


def listed(app: AppTest) -> str:
    """The list as it was handed over, empty where there is none."""
    assert not app.exception
    return "".join(html.proto.body for html in app.get("html") if "<ol" in html.proto.body)


def add_claim(session: Session, words: str = "It rose.") -> Claim:
    article = make.article(session, projects.oldest(session), text=words)
    return make.claim(session, article, state="proposed")


def rewrite(session: Session, claim: Claim, by: User, text: str) -> None:
    claiming.rewrite(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        text=text,
        version=claim.version,
    )
    session.flush()


@pytest.fixture
def claim(database: Engine) -> Claim:
    """A claim that we rewrote."""
    with transaction(database) as session:
        claim = add_claim(session)
        rewrite(session, claim, local_user(session), "It fell.")
        return claim


def test_an_event_is_told_before_and_after_and_leads_to_its_claim(
    visit: Visit, claim: Claim
) -> None:
    told = listed(visit("history"))
    assert f"changed the text of <a href='claims?claim={claim.id}'>claim {claim.id}</a>" in told
    assert "It rose." in told
    assert "It fell." in told
    assert f"href='history?claim={claim.id}'" in told
    assert "href='history?by=local'" in told


def test_the_address_says_what_is_shown(visit: Visit, database: Engine, claim: Claim) -> None:
    with transaction(database) as session:
        other = add_claim(session, "Another rose.")
        rewrite(session, other, local_user(session), "Another fell.")
    told = listed(visit("history", claim=str(other.id)))
    assert "Another fell." in told
    assert "It fell." not in told


def test_a_filter_that_finds_nothing_says_so(visit: Visit, claim: Claim) -> None:
    app = visit("history", by="nobody")
    assert listed(app) == ""
    assert "Nothing like that happened" in words(app)
    assert link(app, "Show everything").query_string == ""


def test_a_choice_goes_into_the_address(visit: Visit, claim: Claim) -> None:
    app = visit("history")
    app.selectbox(key="history-subject").select("claim").run()
    assert app.query_params["subject"] == "claim"
    app.number_input(key="history-claim_id").set_value(claim.id).run()
    assert app.query_params["claim"] == str(claim.id)
    assert "It fell." in listed(app)
    app.button(key="clear-history").click().run()
    assert not app.query_params


def test_what_happened_is_asked_for_of_what_it_is_about(visit: Visit, claim: Claim) -> None:
    app = visit("history", subject="comment", kind="comment.written")
    offered = app.selectbox(key="history-kind").options
    assert set(offered) >= {"Any", "Comment written"}
    assert all(option == "Any" or option.startswith("Comment") for option in offered)
    app.selectbox(key="history-subject").select("flag").run()
    assert dict(app.query_params) == {"subject": "flag"}


def test_fifty_a_page_then_older_ones(visit: Visit, database: Engine, claim: Claim) -> None:
    with transaction(database) as session:
        claim = session.get_one(Claim, claim.id)
        for n in range(60):
            rewrite(session, claim, local_user(session), f"Number {n}.")
    app = visit("history", claim=str(claim.id))
    assert listed(app).count("<li>") == 50
    older = link(app, "Older")
    assert older.query_string.startswith(f"claim={claim.id}&before=")
    app = visit("history", claim=str(claim.id), before=older.query_string.rpartition("=")[2])
    assert listed(app).count("<li>") == 11
    assert link(app, "Newest").query_string == f"claim={claim.id}"


def test_a_long_text_is_folded(visit: Visit, database: Engine, claim: Claim) -> None:
    with transaction(database) as session:
        claim = session.get_one(Claim, claim.id)
        rewrite(session, claim, local_user(session), "So it is. " * FOLDED_FROM)
    assert "<details><summary" in listed(visit("history"))


def test_hostile_texts_are_shown_as_they_are(visit: Visit, database: Engine, claim: Claim) -> None:
    with transaction(database) as session:
        mallory = make.user(session, name="m&'<i>", display_name=HOSTILE)
        claim = session.get_one(Claim, claim.id)
        projects.oldest(session).blind = False
        rewrite(session, claim, mallory, HOSTILE)
        commenting.comment(session, claim=claim, user_id=mallory.id or 0, text=HOSTILE)
    told = listed(visit("history"))
    assert "<script>" not in told
    assert told.count(escape(HOSTILE)) == 4
    assert "href='history?by=m%26%27%3Ci%3E'" in told


def test_claims_link_to_their_history(visit: Visit, claim: Claim) -> None:
    app = visit("claims", claim=str(claim.id))
    assert link(app, "History").query_string == f"claim={claim.id}"
