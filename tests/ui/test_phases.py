"""Phases on the pages: what the desk is given, how a lead chooses them, how claims are found."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Claim, Project, User
from tests import factories as make
from tests.ui.seen import words
from workbench.reviewing.forms import ReviewForm
from workbench.ui.components.desk import desk_data, desk_hints
from workbench.workflow.opening import default_project
from workbench.workflow.replanning import set_workflow

SECRET = "PLANTED-7731"


def phased(session: Session, project: Project) -> None:
    set_workflow(
        session,
        project_id=project.id or 0,
        user_id=make.user(session).id or 0,
        version=project.version,
        workflow="averitec",
        options={"normalise": False},
    )


@pytest.fixture
def claim(session: Session) -> Claim:
    """One that waits for its second verdict: the first rests on a question with an answer."""
    project = make.project(session)
    claim = make.claim(session, make.article(session, project))
    first = make.review(
        session, claim, label="refuted", phase="evidence", justification=SECRET, confidence=0.77
    )
    make.evidence(
        session, first, stance="refutes", quote="It fell.", question="Did it rise?", answer="No",
        answer_type="abstractive",
    )  # fmt: skip
    phased(session, project)
    return claim


def desk_of(session: Session, claim: Claim, by: User) -> dict[str, Any]:
    return desk_data(session, claim=claim, user_id=by.id or 0)


def test_the_second_verdict_is_given_evidence_without_what_it_led_to(
    session: Session, claim: Claim
) -> None:
    data = desk_of(session, claim, make.user(session))
    [given] = data["phase"]["given"]
    assert (given["question"], given["answer"], given["quote"]) == (
        "Did it rise?", "No", "It fell.",
    )  # fmt: skip
    assert "stance" not in given
    assert data["phase"]["verdicts"] == []
    assert data["review"]["form"]["evidence"] == []


def test_no_verdict_of_another_reaches_the_browser_before_an_own_one(
    session: Session, claim: Claim
) -> None:
    data = desk_of(session, claim, make.user(session))
    sent = json.dumps({**data, "labels": [], "reasons": {}})
    assert SECRET not in sent
    assert "0.77" not in sent
    assert "refut" not in sent.lower()


def test_who_settles_a_dispute_sees_both_verdicts(session: Session, claim: Claim) -> None:
    make.review(session, claim, label="supported", phase="verdict", justification="It holds.")
    phased_again(session, claim)
    told = desk_of(session, claim, make.user(session))["phase"]
    assert (told["number"], told["of"], told["title"]) == (3, 4, "Dispute")
    titles = [(each["title"], each["justification"]) for each in told["verdicts"]]
    assert titles == [("Refuted", SECRET), ("Supported", "It holds.")]


def phased_again(session: Session, claim: Claim) -> None:
    """Where its claims stand is told anew when the project's phases change."""
    project = session.get_one(Project, claim.project_id)
    set_workflow(
        session,
        project_id=project.id or 0,
        user_id=make.user(session).id or 0,
        version=project.version,
        workflow="averitec",
        options={"normalise": False, "after": "discard"},
    )


def test_control_sees_evidence_alone_again(session: Session, claim: Claim) -> None:
    make.review(session, claim, label="supported", phase="verdict", justification="It holds.")
    make.review(session, claim, label="supported", phase="dispute", justification="Settled.")
    phased_again(session, claim)
    data = desk_of(session, claim, make.user(session))
    assert (data["phase"]["title"], len(data["phase"]["given"])) == ("Control", 1)
    sent = json.dumps(data)
    assert not any(secret in sent for secret in (SECRET, "It holds.", "Settled."))


def test_who_did_a_phase_is_shown_nothing_of_the_next(session: Session, claim: Claim) -> None:
    normaliser = make.user(session)
    claim.normalised_by_id = normaliser.id
    session.flush()
    told = desk_of(session, claim, normaliser)["phase"]
    assert (told["work"], told["given"]) == ("", [])
    assert told["about"].startswith("somebody else does this")


def test_the_evidence_given_counts_for_the_hints(session: Session, claim: Claim) -> None:
    form = ReviewForm(label="supported")
    ann = make.user(session)
    assert desk_hints(session, claim=claim, user_id=ann.id or 0, form=form) == []


def test_a_project_without_phases_says_none(session: Session) -> None:
    claim = make.claim(session)
    assert desk_of(session, claim, make.user(session))["phase"] is None


def test_a_lead_chooses_the_phases(visit, database) -> None:  # type: ignore[no-untyped-def]
    app = visit("team")
    app.radio(key="setting-workflow").set_value("averitec").run()
    assert "A claim can need 5 people" in words(app)
    app.checkbox(key="setting-phases-normalise").uncheck().run()
    app.number_input(key="setting-phases-n_second").set_value(3).run()
    app.radio(key="setting-phases-after").set_value("discard").run()
    assert "A claim can need 6 people" in words(app)
    save(app)
    with reading(database) as session:
        project = default_project(session)
        assert project.workflow == "averitec"
        assert project.phases == {
            "normalise": False, "dispute": True, "control": True, "n_second": 3, "after": "discard",
        }  # fmt: skip
    assert app.radio(key="setting-phases-after").value == "discard"


def test_phases_without_blind_review_are_refused_in_words(visit, database) -> None:  # type: ignore[no-untyped-def]
    with transaction(database) as session:
        default_project(session).blind = False
    app = visit("team")
    app.radio(key="setting-workflow").set_value("averitec").run()
    save(app)
    assert "Turn blind review on" in words(app)
    with reading(database) as session:
        assert default_project(session).workflow == "reviews"


def save(app: AppTest) -> None:
    [button] = [each for each in app.button if each.label == "Save the order of the work"]
    button.click().run()


def test_claims_are_found_by_their_phase(visit, database) -> None:  # type: ignore[no-untyped-def]
    with transaction(database) as session:
        project = default_project(session)
        article = make.article(session, project)
        make.claim(session, article, text="Waits for evidence.")
        second = make.claim(session, article, text="Waits for a second verdict.")
        make.review(session, second)
        phased(session, project)
    app = visit("claims", phase="verdict")
    with reading(database) as session:
        assert {claim.phase for claim in session.exec(select(Claim))} == {"evidence", "verdict"}
    assert r"Phase\: Second verdict" in [each.label for each in app.button]
    assert "1 of 2 claims" in words(app)
