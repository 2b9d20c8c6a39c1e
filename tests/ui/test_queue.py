"""The queue as pages show it: why it is empty, how it is set, what one recuses oneself from."""

from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Event, Project, Recusal
from tests import factories as make
from workbench.workflow.opening import default_project, local_user
from workbench.workflow.reserving import team


def _settings() -> None:
    from db.models import Project
    from workbench.ui import state, who
    from workbench.ui.components.queue_settings import queue_settings
    from workbench.ui.database import reading

    state.take_reports()
    me = who.present()
    with reading() as session:
        project = session.get_one(Project, me.project_id)
    queue_settings(me, project)


def _recusals() -> None:
    import streamlit as st

    from workbench.ui import state, who
    from workbench.ui.components.recusals import recusals

    for kind, said in state.take_reports():
        getattr(st, kind)(said)
    recusals(who.present())


def run(script: Callable[[], None]) -> AppTest:
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    return app


def test_the_settings_of_the_queue_are_saved_with_an_event(database: Engine) -> None:
    app = run(_settings)
    app.radio[1].set_value("worthiness")
    app.radio[2].set_value("lead")
    app.number_input[0].set_value(45)
    app.number_input[1].set_value(20)
    app.button[0].click()
    assert not app.run().exception
    with reading(database) as session:
        project = default_project(session)
        assert (project.order_by, project.skip_to) == ("worthiness", "lead")
        assert (project.quota_day, project.quota_total, project.lease_minutes) == (20, None, 45)
        kinds = session.exec(select(Event.kind).where(Event.subject == "project")).all()
        assert kinds[-1] == "project.changed"
    assert app.number_input[0].value == 45


def test_settings_saved_on_an_older_version_change_nothing(database: Engine) -> None:
    app = run(_settings)
    with transaction(database) as session:
        default_project(session).skip_to = "pool"
    app.number_input[0].set_value(30)
    app.button[0].click()
    app.run()
    with reading(database) as session:
        assert session.exec(select(Project.lease_minutes)).all() == [60]


def test_a_recusal_is_declared_and_withdrawn(database: Engine) -> None:
    app = run(_recusals)
    app.text_input[0].input("*Oil* and gas")
    app.button[-1].click()
    app.run()
    assert r"Topic: \*Oil\* and gas" in [each.value for each in app.markdown]
    app.button[0].click()
    assert not app.run().exception
    assert "You have declared nothing yet." in [each.value for each in app.caption]
    with reading(database) as session:
        assert session.exec(select(Recusal)).one().retired_at is not None


def test_declaring_nothing_is_refused_in_words(database: Engine) -> None:
    app = run(_recusals)
    app.button[-1].click()
    app.run()
    assert "Name a topic or a person" in app.error[0].value


def test_review_says_who_is_at_work_on_the_rest(database: Engine, visit, sign_in) -> None:
    with transaction(database) as session:
        project = default_project(session)
        make.member(session, project, "lead", by=local_user(session))
        me = local_user(session)
        me.joined_at = make.NOON
        claim = make.claim(session, make.article(session, project))
        project.quota_total = 1
        make.review(session, claim, local_user(session))
        make.claim(session, make.article(session, project, text="Two."))
        session.flush()
        assert team(session, project_id=project.id, user_id=local_user(session).id)
    sign_in(me)
    page = visit("review")
    assert page.subheader[0].value == "Your share is done"
    assert "at most 1 review of each reviewer" in page.markdown[0].value
