"""Who is proved by a provider: known, invited, connecting an account, or a stranger."""

import pytest
from sqlmodel import select

from db.models import Identity, User, utc_now
from tests import factories
from workbench.errors import LinkSpent, Stranger
from workbench.workflow.inviting import invite
from workbench.workflow.outside import Claimed, claimed, come_from_outside
from workbench.workflow.permitting import role_of

GRACE = Claimed(
    "https://id.example", "42", "grace@example.org", "Grace Hopper", "grace@example.org"
)


@pytest.fixture
def project(session):
    return factories.project(session)


@pytest.fixture
def token(session, project):
    lead = factories.member(session, project, "lead")
    return invite(session, project_id=project.id, role="reviewer", by=lead.id)


def test_a_stranger_is_refused_and_told_by_what_they_are_known(session, project, token):
    with pytest.raises(Stranger, match=r"grace@example\.org has no account"):
        come_from_outside(session, GRACE)
    assert session.exec(select(Identity)).all() == []


def test_an_invitation_makes_the_account_and_from_then_on_the_provider_is_enough(
    session, project, token
):
    grace = come_from_outside(session, GRACE, invitation=token)
    assert (grace.name, grace.display_name) == ("grace", "Grace Hopper")
    assert role_of(session, project_id=project.id, user_id=grace.id) == "reviewer"
    renamed = Claimed(GRACE.issuer, GRACE.subject, "other", "Other Name")
    assert come_from_outside(session, renamed) == grace


def test_an_invitation_that_is_spent_brings_nobody_in(session, project, token):
    come_from_outside(session, GRACE, invitation=token)
    other = Claimed(GRACE.issuer, "43", "eve")
    with pytest.raises(LinkSpent):
        come_from_outside(session, other, invitation=token)


def test_the_same_name_at_another_issuer_is_somebody_else(session, project, token):
    come_from_outside(session, GRACE, invitation=token)
    with pytest.raises(Stranger):
        come_from_outside(session, Claimed("https://evil.example", "42", "grace"))


def test_an_address_of_mail_that_somebody_claims_gives_no_account(session, project, token):
    factories.user(session, name="grace", joined_at=factories.NOON)
    grace = come_from_outside(session, GRACE, invitation=token)
    assert grace.name == "grace-2"


def test_who_is_signed_in_connects_their_own_account(session, project, token):
    ada = factories.user(session, joined_at=factories.NOON)
    assert come_from_outside(session, GRACE, user_id=ada.id) == ada
    assert come_from_outside(session, GRACE) == ada


def test_an_option_lets_strangers_in_with_a_role(session, project, token):
    grace = come_from_outside(session, GRACE, strangers="viewer")
    assert role_of(session, project_id=project.id, user_id=grace.id) == "viewer"


def test_a_disabled_account_does_not_come_in_by_a_provider(session, project, token):
    grace = come_from_outside(session, GRACE, invitation=token)
    session.get_one(User, grace.id).disabled_at = utc_now()
    with pytest.raises(Stranger, match="disabled"):
        come_from_outside(session, GRACE)


@pytest.mark.parametrize("said", [{}, {"iss": "x"}, {"sub": "y"}, {"iss": 1, "sub": 2}])
def test_claims_that_name_nobody_are_refused(said):
    with pytest.raises(Stranger):
        claimed(said)
