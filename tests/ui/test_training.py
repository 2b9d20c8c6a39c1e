"""Training and checks as pages show them: the desk's data, marking, settings, results."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Claim, Event, Gold, Project, User
from tests import factories as make
from tests.ui.seen import button, words
from workbench.ui.components.desk import desk_data
from workbench.workflow import drawing, reviewing
from workbench.workflow.opening import default_project

Visit = Callable[..., AppTest]
SignIn = Callable[[User], None]


class Case:
    """A reviewer and a lead of a project with one training claim, one of the work."""

    def __init__(self, engine: Engine) -> None:
        with transaction(engine) as session:
            project = default_project(session)
            project.training_claims = 1
            article = make.article(session, project, text="live lesson")
            live, lesson = (make.claim(session, article, quote=w) for w in ("live", "lesson"))
            make.gold(session, lesson, used_for="training", explanation="Because *so*.")
            self.project, self.live, self.lesson = project, live, lesson
            self.ann = make.member(session, project)
            self.lead = make.member(session, project, "lead")

    def who(self) -> dict[str, int]:
        return {"project_id": self.project.id or 0, "user_id": self.ann.id or 0}


@pytest.fixture
def case(database: Engine) -> Case:
    return Case(database)


def judge(engine: Engine, case: Case, label: str) -> None:
    with transaction(engine) as session:
        claim = drawing.draw(session, **case.who())
        assert claim is not None
        reviewing.submit(
            session,
            **case.who(),
            claim_id=claim.id or 0,
            form={"label": label},
            version=1,
            claim_version=claim.version,
            op_id=f"judge-{claim.id}",
        )


def shown(engine: Engine, case: Case, claim: Claim) -> dict[str, Any]:
    with reading(engine) as session:
        found = session.get_one(Claim, claim.id)
        return desk_data(session, claim=found, user_id=case.ann.id or 0)


def test_the_desk_shows_a_training_claim_as_one_that_waits_for_a_verdict(
    database: Engine, case: Case
) -> None:
    with transaction(database) as session:
        drawing.draw(session, **case.who())
    data = shown(database, case, case.lesson)
    assert data["training"]["n"] == data["training"]["of"] == 1
    assert (data["claim"]["state"], data["claim"]["reason"]) == ("accepted", "")
    assert {span["state"] for span in data["spans"]} == {"accepted"}
    assert "Because" not in str(data)


def test_the_desk_tells_the_known_verdict_after_the_own_one(database: Engine, case: Case) -> None:
    judge(database, case, "supported")
    result = shown(database, case, case.lesson)["training"]["result"]
    assert (result["right"], result["known"], result["explanation"]) == (
        False,
        "Refuted",
        "Because *so*.",
    )


def test_a_repeat_shows_nothing_of_the_first_verdict(database: Engine, case: Case) -> None:
    from workbench.workflow import trialling

    with transaction(database) as session:
        live = session.get_one(Claim, case.live.id)
        make.review(session, live, session.get_one(User, case.ann.id), label="refuted")
        make.resolution(session, live, label="refuted")
        trialling.give(session, claim=live, user_id=case.ann.id or 0, kind="repeat")
    data = shown(database, case, case.live)
    assert (data["review"]["status"], data["review"]["form"]["label"]) == ("draft", "")
    assert (data["resolution"], data["training"]) == (None, None)
    assert "reviewed" not in {span["state"] for span in data["spans"]}


def test_review_says_why_nothing_comes_after_a_failed_training(
    database: Engine, case: Case, visit: Visit, sign_in: SignIn
) -> None:
    judge(database, case, "supported")
    sign_in(case.ann)
    assert "Your training is not passed" in words(visit("review"))


def test_a_lead_marks_changes_and_unmarks_a_claim_on_its_page(
    database: Engine, case: Case, visit: Visit, sign_in: SignIn
) -> None:
    sign_in(case.lead)
    app = visit("claims", claim=str(case.live.id))
    app.selectbox(key="known-label").set_value("supported")
    app.text_area(key="known-why").set_value("See the table.")
    app.radio(key="known-use").set_value("training")
    assert not button(app, "Mark as gold").click().run().exception
    with reading(database) as session:
        marked = session.exec(select(Gold).where(Gold.claim_id == case.live.id)).one()
        assert (marked.used_for, marked.explanation) == ("training", "See the table.")
        assert session.get_one(Claim, case.live.id).state == "retired"
    assert not button(app, "No longer gold").click().run().exception
    with reading(database) as session:
        assert session.get_one(Claim, case.live.id).state == "accepted"


def test_a_reviewer_finds_no_gold_on_the_page_of_a_claim(
    case: Case, visit: Visit, sign_in: SignIn
) -> None:
    sign_in(case.ann)
    for claim in (case.live, case.lesson):
        said = words(visit("claims", claim=str(claim.id)))
        assert "Gold" not in said
        assert "Because" not in said


def _settings() -> None:
    from db.models import Project
    from workbench.ui import state, who
    from workbench.ui.components.training_settings import training_settings
    from workbench.ui.database import reading

    state.take_reports()
    me = who.present()
    with reading() as session:
        project = session.get_one(Project, me.project_id)
    training_settings(me, project)


def test_the_settings_are_saved_with_an_event(database: Engine) -> None:
    app = AppTest.from_function(_settings, default_timeout=60).run()
    for at, value in enumerate((5, 60.0, 4.0, 2.5, 30)):
        app.number_input[at].set_value(value)
    assert not app.button[0].click().run().exception
    with reading(database) as session:
        project = default_project(session)
        assert (project.training_claims, project.training_share) == (5, 0.6)
        assert (project.gold_share, project.repeat_share) == (0.04, 0.025)
        assert project.repeat_after == 30
        kinds = session.exec(select(Event.kind).where(Event.subject == "project")).all()
        assert kinds[-1] == "project.changed"
    assert "asks for 5, and 0 claims are marked" in app.warning[0].value


def test_a_lead_reads_the_results_and_lets_somebody_through(
    database: Engine, case: Case, visit: Visit, sign_in: SignIn
) -> None:
    judge(database, case, "supported")
    sign_in(case.lead)
    app = visit("team", look="results")
    assert "has not passed the training and has no training claim left" in words(app)
    assert not button(app, "Let through").click().run().exception
    with reading(database) as session:
        claim = drawing.draw(session, **case.who())
        assert claim is not None
        assert claim.id == case.live.id


def test_results_are_no_part_of_the_page_for_reviewers(
    case: Case, visit: Visit, sign_in: SignIn
) -> None:
    sign_in(case.ann)
    app = visit("team", look="results")
    assert not app.exception
    assert "Training and checks" not in words(app)


def test_without_anything_to_compare_the_page_says_what_to_do(
    database: Engine, case: Case, visit: Visit, sign_in: SignIn
) -> None:
    with transaction(database) as session:
        session.get_one(Project, case.project.id).training_claims = 0
    sign_in(case.lead)
    assert "Nothing to compare yet" in words(visit("team", look="results"))
