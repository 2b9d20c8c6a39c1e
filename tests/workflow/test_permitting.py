"""Roles count where activities are carried out, not where widgets are drawn."""

import pytest

from db.models import utc_now
from tests import factories
from workbench.errors import NotPermitted
from workbench.reviewing.roles import NEEDED, ROLES, needed
from workbench.workflow.claiming import set_state
from workbench.workflow.guiding import publish_guideline
from workbench.workflow.permitting import may, require, role_of, viewer


@pytest.mark.parametrize("activity", sorted(NEEDED))
def test_every_activity_is_for_its_role_and_those_above_it(session, activity):
    project = factories.project(session, viewers_see_claims=False)
    people = {role: factories.member(session, project, role) for role in ROLES}
    allowed = [
        role
        for role, person in people.items()
        if may(session, project_id=project.id, user_id=person.id, activity=activity)
    ]
    assert allowed == list(ROLES[ROLES.index(needed(activity)) :])


def test_without_accounts_everybody_may_do_everything(session):
    project, person = factories.project(session), factories.user(session)
    assert role_of(session, project_id=project.id, user_id=person.id) == "admin"


def test_who_is_no_member_left_or_was_disabled_may_do_nothing(session):
    project = factories.project(session)
    stranger = factories.user(session, joined_at=factories.NOON)
    left = factories.member(session, project, ended_at=utc_now())
    disabled = factories.member(session, project, "admin")
    disabled.disabled_at = utc_now()
    session.flush()
    for person in (stranger, left, disabled):
        assert role_of(session, project_id=project.id, user_id=person.id) is None


def test_an_admin_of_the_workbench_is_one_in_every_project(session):
    factories.member(session, factories.project(session))
    admin = factories.user(session, is_admin=True, joined_at=factories.NOON)
    other = factories.project(session)
    assert role_of(session, project_id=other.id, user_id=admin.id) == "admin"


def test_a_refusal_names_the_role_that_is_needed(session):
    project = factories.project(session)
    reviewer = factories.member(session, project)
    with pytest.raises(NotPermitted, match="needs the role lead in this project; yours is review"):
        require(session, project_id=project.id, user_id=reviewer.id, activity="export")


def test_what_leaves_an_event_is_refused_at_the_event(session):
    project = factories.project(session)
    reviewer, watcher = (
        factories.member(session, project, role) for role in ("reviewer", "viewer")
    )
    with pytest.raises(NotPermitted):
        publish_guideline(session, project_id=project.id, text="Mine.", user_id=reviewer.id)
    claim = factories.claim(session, factories.article(session, project), state="proposed")
    change = {"project_id": project.id, "claim_id": claim.id, "state": "accepted", "version": 1}
    with pytest.raises(NotPermitted):
        set_state(session, **change, user_id=watcher.id)


def test_a_viewer_sees_claims_where_the_project_says_so(session):
    project = factories.project(session)
    watcher = factories.member(session, project, "viewer")
    asked = {"project_id": project.id, "user_id": watcher.id, "activity": "see claims"}
    assert may(session, **asked)
    project.viewers_see_claims = False
    assert not may(session, **asked)


def test_blindness_binds_who_gives_verdicts(session):
    project = factories.project(session)
    alone = factories.user(session)
    assert not viewer(session, project_id=project.id, user_id=alone.id).sees_all
    people = {role: factories.member(session, project, role).id for role in ROLES}
    session.info.clear()
    unbound = [
        role
        for role, id in people.items()
        if viewer(session, project_id=project.id, user_id=id).sees_all
    ]
    assert unbound == ["viewer", "lead", "admin"]
