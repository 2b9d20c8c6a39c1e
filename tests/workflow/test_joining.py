"""Who works in a project: by invitation or added, in a role that nobody gives above their own."""

from datetime import timedelta

import pytest
from sqlmodel import select

from db.engine import transaction
from db.models import Event, Member, OneTimeLink, User, utc_now
from db.queries import members
from tests import factories
from workbench.errors import Conflict, InputError, LinkSpent, NotAllowed, NotPermitted, UnknownName
from workbench.reviewing.roles import ROLES
from workbench.workflow.inviting import accept, accept_as, invite, withdraw
from workbench.workflow.joining import end_membership, leave, set_role
from workbench.workflow.permitting import role_of
from workbench.workflow.projecting import create_project

SECRET = "a long enough one"


@pytest.fixture
def project(session):
    return factories.project(session)


@pytest.fixture
def lead(session, project):
    return factories.member(session, project, "lead")


def role(session, project, user):
    found = members.membership(session, project_id=project.id, user_id=user.id)
    return None if found is None or found.ended_at else found.role


def newcomer(session, token, name="grace"):
    return accept(session, token=token, name=name, password=SECRET)


def test_an_invitation_brings_somebody_in_with_its_role_once(session, project, lead):
    token = invite(session, project_id=project.id, role="reviewer", by=lead.id, name="Grace")
    grace = newcomer(session, token)
    assert role_of(session, project_id=project.id, user_id=grace.id) == "reviewer"
    with pytest.raises(LinkSpent, match="used already"):
        newcomer(session, token, "eve")


def test_an_invitation_expires_after_a_week(session, project, lead):
    token = invite(session, project_id=project.id, role="reviewer", by=lead.id)
    link = session.exec(select(OneTimeLink)).one()
    assert link.expires_at - link.created_at == timedelta(days=7)
    link.expires_at = utc_now() - timedelta(seconds=1)
    with pytest.raises(LinkSpent, match="has expired on"):
        newcomer(session, token)


def test_an_invitation_that_was_withdrawn_or_made_up_works_not(session, project, lead):
    token = invite(session, project_id=project.id, role="reviewer", by=lead.id)
    withdraw(session, link_id=session.exec(select(OneTimeLink.id)).one(), by=lead.id)
    with pytest.raises(LinkSpent, match="withdrawn"):
        newcomer(session, token)
    with pytest.raises(LinkSpent, match="not known here"):
        newcomer(session, "made-up")


def test_an_invitation_whose_name_is_taken_stays_whole(engine):
    with transaction(engine) as session:
        project = factories.project(session)
        lead = factories.member(session, project, "lead")
        lead.name = "grace"
        token = invite(session, project_id=project.id, role="reviewer", by=lead.id)
    with pytest.raises(InputError, match="is taken"), transaction(engine) as session:
        newcomer(session, token)
    with transaction(engine) as session:
        assert newcomer(session, token, "grace-2").name == "grace-2"


def test_the_token_of_an_invitation_is_stored_nowhere(session, project, lead):
    token = invite(session, project_id=project.id, role="viewer", by=lead.id)
    rows = [*session.exec(select(OneTimeLink)), *session.exec(select(Event))]
    assert token not in str([row.model_dump() for row in rows])


def test_who_has_an_account_joins_with_it_and_keeps_a_higher_role(session, project, lead):
    other = factories.user(session, joined_at=factories.NOON)
    for person, there in ((other, "reviewer"), (lead, "lead")):
        token = invite(session, project_id=project.id, role="reviewer", by=lead.id)
        accept_as(session, token=token, user_id=person.id)
        assert role(session, project, person) == there


def test_nobody_gives_or_takes_a_role_above_their_own(session, project):
    people = {each: factories.member(session, project, each) for each in ROLES}
    somebody = factories.user(session, joined_at=factories.NOON)
    for given in ROLES:
        for each, person in people.items():
            allowed = each in ("lead", "admin") and ROLES.index(each) >= ROLES.index(given)
            asked = {"project_id": project.id, "role": given, "by": person.id}
            assert works(lambda a=asked: invite(session, **a)) == allowed
            assert works(lambda a=asked: set_role(session, user_id=somebody.id, **a)) == allowed
    admin, leader = people["admin"], people["lead"]
    with pytest.raises(NotPermitted, match="needs the role admin"):
        set_role(session, project_id=project.id, user_id=admin.id, role="viewer", by=leader.id)
    with pytest.raises(NotPermitted):
        end_membership(session, project_id=project.id, user_id=admin.id, by=leader.id)


def works(act):
    try:
        act()
    except NotPermitted:
        return False
    return True


def test_a_role_is_changed_on_the_version_that_was_seen(session, project, lead):
    grace = factories.member(session, project)
    asked = {"project_id": project.id, "user_id": grace.id, "by": lead.id}
    set_role(session, **asked, role="viewer", version=1)
    session.flush()
    with pytest.raises(Conflict):
        set_role(session, **asked, role="lead", version=1)
    assert role(session, project, grace) == "viewer"


def test_who_leaves_or_is_taken_out_is_out_and_may_come_back(session, project, lead):
    grace, bob = (factories.member(session, project) for _ in range(2))
    leave(session, project_id=project.id, user_id=grace.id)
    end_membership(session, project_id=project.id, user_id=bob.id, by=lead.id)
    assert (role(session, project, grace), role(session, project, bob)) == (None, None)
    with pytest.raises(NotAllowed):
        leave(session, project_id=project.id, user_id=grace.id)
    set_role(session, project_id=project.id, user_id=bob.id, role="viewer", by=lead.id)
    assert role(session, project, bob) == "viewer"
    assert len(session.exec(select(Member)).all()) == 3


def test_each_change_of_who_is_in_a_project_is_in_its_history(session, project, lead):
    token = invite(session, project_id=project.id, role="reviewer", by=lead.id)
    grace = newcomer(session, token)
    set_role(session, project_id=project.id, user_id=grace.id, role="viewer", by=lead.id)
    leave(session, project_id=project.id, user_id=grace.id)
    events = session.exec(select(Event).order_by(Event.id)).all()
    assert [(one.kind, one.user_id) for one in events] == [
        ("member.invited", lead.id),
        ("member.joined", grace.id),
        ("member.changed", lead.id),
        ("member.left", grace.id),
    ]


def test_nobody_is_invited_before_there_is_an_admin(session):
    project, alone = factories.project(session), factories.user(session)
    with pytest.raises(NotAllowed, match="Set up the first admin"):
        invite(session, project_id=project.id, role="reviewer", by=alone.id)


def test_a_role_that_there_is_not_is_refused_with_those_there_are(session, project, lead):
    with pytest.raises(UnknownName, match="choose one of viewer, reviewer, lead, admin"):
        invite(session, project_id=project.id, role="boss", by=lead.id)


def test_who_makes_a_project_is_in_it_as_its_admin(session, project, lead):
    lead.is_admin = True
    made = create_project(session, name="New", scheme="averitec", user_id=lead.id)
    assert role(session, made, lead) == "admin"


def test_somebody_without_an_account_is_not_added(session, project, lead):
    nobody = session.get_one(User, factories.user(session).id)
    with pytest.raises(InputError, match="has no account"):
        set_role(session, project_id=project.id, user_id=nobody.id, role="viewer", by=lead.id)
