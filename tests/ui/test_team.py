"""The pages of somebody who is signed in: what they may see, what the Team page lets them do."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Article, Member, Project, User, utc_now
from db.queries import accounts as stored
from tests import factories
from tests.ui.seen import button, words
from workbench.workflow import accounts
from workbench.workflow.opening import default_project

Visit = Callable[..., AppTest]
SIDEBAR = (
    "Intake",
    "Claims",
    "Review",
    "Adjudicate",
    "Progress",
    "Agreement",
    "History",
    "Exports",
    "Team",
)


def member(database: Engine, role: str, **fields: object) -> User:
    with transaction(database) as session:
        project = default_project(session)
        by = factories.user(session, joined_at=factories.NOON, **fields)
        if project.id and not session.exec(select(Article.id)).first():
            factories.claim(session, factories.article(session, project))
        return factories.member(session, project, role, by=by)


REFUSED = {
    "viewer": ("intake", "review", "history", "exports"),
    "reviewer": ("intake", "exports"),
    "lead": (),
}


@pytest.mark.parametrize("role", REFUSED)
def test_a_page_that_the_role_does_not_allow_names_the_one_that_does(
    role: str, visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, role))
    refused = [
        name
        for name in ("intake", "claims", "review", "progress", "agreement", "history", "exports")
        if "This needs the role" in words(visit(name)).replace("\\", "")
    ]
    assert tuple(refused) == REFUSED[role]


def test_a_viewer_sees_claims_only_where_the_project_says_so(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "viewer"))
    assert "This needs the role" not in words(visit("claims"))
    with transaction(database) as session:
        default_project(session).viewers_see_claims = False
    assert "needs the role reviewer" in words(visit("claims")).replace("\\", "")


def test_who_is_signed_out_sees_the_way_to_sign_in_and_nothing_else(
    visit: Visit, database: Engine
) -> None:
    member(database, "lead")
    app = visit("claims")
    assert "You are signed out" in words(app)
    assert not app.title
    assert not app.text_input


def test_who_is_in_no_project_reads_whom_to_ask(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    with transaction(database) as session:
        nobody = factories.user(session, joined_at=factories.NOON)
    sign_in(nobody)
    assert "You are in no project yet" in words(visit("review"))
    assert not visit("team", look="own").exception


def test_the_projects_to_choose_from_are_ones_own(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "reviewer"))
    with transaction(database) as session:
        other = factories.project(session, name="Not theirs").id
    app = visit("progress")
    (picker,) = [box for box in app.selectbox if box.label == "Project"]
    assert picker.options == ["My project"]
    assert "you have none here" in words(visit("progress", project=str(other))).replace("\\", "")


def test_a_press_after_the_sign_in_has_ended_changes_nothing(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    lead = member(database, "lead")
    sign_in(lead)
    app = visit("team", look="settings")
    app.number_input[0].set_value(5)
    with transaction(database) as session:
        accounts.end_sign_ins(session, user_id=lead.id or 0, by=None)
    button(app, "Save settings").click()
    app.run()
    assert "You are signed out" in words(app)
    with reading(database) as session:
        assert default_project(session).overlap == 1


def test_a_session_that_another_person_takes_over_begins_anew(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "lead"))
    app = visit("team", look="settings")
    app.number_input[0].set_value(5)
    other = member(database, "lead", name="grace")
    sign_in(other)
    button(app, "Save settings").click()
    app.run()
    with reading(database) as session:
        assert default_project(session).overlap == 1
    assert "grace" in " ".join(each.value for each in app.sidebar.markdown)


def test_a_lead_saves_how_the_project_works(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "lead"))
    app = visit("team", look="settings")
    app.number_input[0].set_value(3)
    app.checkbox[0].set_value(False)
    button(app, "Save settings").click()
    app.run()
    with reading(database) as session:
        project = default_project(session)
        assert (project.overlap, project.blind, project.viewers_see_claims) == (3, False, True)


def test_settings_that_somebody_else_changed_meanwhile_are_not_gone_over(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "lead"))
    app = visit("team", look="settings")
    with transaction(database) as session:
        session.get_one(Project, default_project(session).id).overlap = 2
    app.number_input[0].set_value(3)
    button(app, "Save settings").click()
    app.run()
    assert "was changed elsewhere" in words(app)
    with reading(database) as session:
        assert default_project(session).overlap == 2


def test_a_lead_gives_another_role(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "lead"))
    grace = member(database, "reviewer", name="grace")
    app = visit("team")
    (role,) = [box for box in app.selectbox if box.label == "Role of grace"]
    role.set_value("viewer").run()
    with reading(database) as session:
        assert session.exec(select(Member.role).where(Member.user_id == grace.id)).one() == "viewer"


def test_an_invitation_is_shown_once(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "lead"))
    app = visit("team")
    button(app, "Make an invitation").click()
    app.run()
    assert "/join/" in app.code[0].value
    button(app, "Done").click()
    app.run()
    assert not app.code


def test_a_reviewer_reads_who_is_in_the_project_and_changes_nothing(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "reviewer", name="grace"))
    app = visit("team")
    assert "grace" in words(app)
    labels = {each.label for each in app.button}
    assert "Leave" in labels
    assert not labels & {"Make an invitation", "Add", "Take out", "Save settings"}
    assert "Accounts" not in str(app.get("button_group")[0].proto)


def test_an_admin_disables_an_account(
    visit: Visit, database: Engine, sign_in: Callable[[User], None]
) -> None:
    sign_in(member(database, "admin", is_admin=True))
    grace = member(database, "reviewer", name="grace")
    app = visit("team", look="accounts")
    next(each for each in app.button if each.key == f"disable-{grace.id}").click()
    app.run()
    with reading(database) as session:
        disabled = [
            one.user.name
            for one in stored.all_accounts(session, now=utc_now())
            if one.user.disabled_at is not None
        ]
    assert disabled == ["grace"]


def test_who_works_alone_is_told_so_with_the_way_to_accounts(
    visit: Visit, database: Engine
) -> None:
    app = visit("team")
    assert "You work here alone" in words(app)
    assert any("/set-up" in str(each.proto) for each in app.get("html"))
