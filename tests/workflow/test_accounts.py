"""Accounts: the first admin, once; what admins do; one's own password; and the log of it all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from db.engine import reading, transaction
from db.models import AccountEvent, Event, Installation, Member, OneTimeLink, User, utc_now
from db.queries import accounts as stored
from tests import factories
from workbench.errors import AdminsOnly, InputError, LinkSpent, NotAllowed, WorkbenchError
from workbench.reviewing.roles import ACCOUNT_ACTIVITIES, ROLES
from workbench.workflow import accounts, signing_in
from workbench.workflow.opening import LOCAL_USER, local_user
from workbench.workflow.permitting import require_admin, role_of

SECRET, OTHER = "a long enough one", "and another long one"


@pytest.fixture
def admin(session):
    factories.user(session, name=LOCAL_USER, display_name="You", is_admin=True)
    return accounts.set_up_first_admin(session, name="Ada", password=SECRET)


def person(session, name="grace"):
    return accounts.add_account(session, name=name, password=SECRET, by=None)


def signed_in(session, user):
    return signing_in.enter(session, user_id=user.id)


def n_sign_ins(session, user):
    return len(stored.sign_ins(session, user_id=user.id, now=utc_now()))


def test_the_first_admin_is_who_worked_here_alone_and_nothing_is_lost(session):
    alone = factories.user(session, name=LOCAL_USER, is_admin=True)
    project = factories.project(session)
    review = factories.review(session, factories.claim(session), by=alone)
    admin = accounts.set_up_first_admin(session, name="Ada", password=SECRET)
    assert (admin.id, admin.name, review.user_id) == (alone.id, "ada", alone.id)
    assert role_of(session, project_id=project.id, user_id=admin.id) == "admin"
    assert session.exec(select(Member.role).where(Member.project_id == project.id)).all() == [
        "admin"
    ]
    assert local_user(session) == admin


def test_the_set_up_works_once(session, admin):
    with pytest.raises(NotAllowed, match="set up already"):
        accounts.set_up_first_admin(session, name="Eve", password=SECRET)
    assert admin.name == "ada"


def test_of_two_who_set_up_at_once_one_is_the_admin(engine):
    def set_up(name):
        try:
            with transaction(engine) as session:
                accounts.set_up_first_admin(session, name=name, password=SECRET)
        except NotAllowed:
            return "refused"
        return "admin"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(set_up, ("a", "b", "c", "d")))
    assert sorted(told) == ["admin", "refused", "refused", "refused"]
    with reading(engine) as session:
        (user,) = session.exec(select(User)).all()
        assert session.exec(select(Installation.first_admin_id)).one() == user.id


def test_a_set_up_that_another_finished_meanwhile_is_refused(session):
    other = factories.user(session)
    assert stored.name_first_admin(session, user_id=other.id, now=utc_now())
    with pytest.raises(NotAllowed, match="set up already"):
        accounts.set_up_first_admin(session, name="Eve", password=SECRET)


@pytest.mark.parametrize(
    "name", ["", "two words", "a" * 41, "local", "Ada", "ADA", "x/y", "<b>", "-x", "a\nb"]
)
def test_a_name_that_cannot_be_taken_is_refused_in_a_sentence(session, admin, name):
    with pytest.raises(InputError, match=r"cannot be a name|is taken"):
        person(session, name)


@pytest.mark.parametrize("activity", sorted(ACCOUNT_ACTIVITIES))
def test_accounts_are_for_admins_of_the_workbench_whatever_the_role_in_a_project(
    session, admin, activity
):
    project = factories.project(session)
    for role in ROLES:
        somebody = factories.member(session, project, role)
        with pytest.raises(AdminsOnly):
            require_admin(session, user_id=somebody.id, activity=activity)
    require_admin(session, user_id=admin.id, activity=activity)


def test_each_activity_on_accounts_asks_who_does_it(session, admin):
    target, lead = person(session), factories.member(session, factories.project(session), "admin")
    by = {"user_id": target.id, "by": lead.id}
    for act in (
        lambda: accounts.disable(session, **by),
        lambda: accounts.enable(session, **by),
        lambda: accounts.set_admin(session, **by, admin=True),
        lambda: accounts.end_sign_ins(session, **by),
        lambda: accounts.set_password(session, **by, password=OTHER),
        lambda: accounts.make_reset_link(session, **by),
        lambda: accounts.add_account(session, name="eve", password=OTHER, by=lead.id),
    ):
        with pytest.raises(AdminsOnly):
            act()


def test_disabling_ends_the_sign_ins_and_the_invitations_of_the_person(session, admin):
    grace = person(session)
    signed_in(session, grace)
    session.add(
        OneTimeLink(
            kind="invite",
            token_hash="x",
            created_by_id=grace.id,
            expires_at=factories.NOON.replace(year=2126),
        )
    )
    session.flush()
    accounts.disable(session, user_id=grace.id, by=admin.id)
    assert n_sign_ins(session, grace) == 0
    assert session.exec(select(OneTimeLink.withdrawn_at)).one() is not None
    accounts.enable(session, user_id=grace.id, by=admin.id)
    assert signing_in.prove(session, name="grace", password=SECRET) == grace.id


def test_the_last_admin_stays_one(session, admin):
    for act in (accounts.disable, lambda *a, **k: accounts.set_admin(*a, **k, admin=False)):
        with pytest.raises(NotAllowed, match="only admin"):
            act(session, user_id=admin.id, by=admin.id)
    grace = person(session)
    accounts.set_admin(session, user_id=grace.id, admin=True, by=admin.id)
    accounts.disable(session, user_id=admin.id, by=grace.id)
    assert local_user(session) == grace


def test_a_changed_password_ends_the_other_sign_ins(session, admin):
    signed_in(session, admin)
    here = stored.sign_ins(session, user_id=admin.id, now=utc_now())[0].id
    signed_in(session, admin)
    accounts.change_password(session, user_id=admin.id, password=OTHER, sign_in_id=here)
    left = stored.sign_ins(session, user_id=admin.id, now=utc_now())
    assert [one.id for one in left] == [here]
    assert signing_in.prove(session, name="ada", password=OTHER) == admin.id


def test_a_reset_link_works_once_and_signs_out_everywhere(session, admin):
    grace = person(session)
    signed_in(session, grace)
    token = accounts.make_reset_link(session, user_id=grace.id, by=admin.id)
    accounts.reset_password(session, token=token, password=OTHER)
    assert n_sign_ins(session, grace) == 0
    assert signing_in.prove(session, name="grace", password=OTHER) == grace.id
    with pytest.raises(LinkSpent, match="used already"):
        accounts.reset_password(session, token=token, password=SECRET)


def test_a_newer_reset_link_takes_the_place_of_the_older(session, admin):
    grace = person(session)
    older, newer = (
        accounts.make_reset_link(session, user_id=grace.id, by=admin.id) for _ in range(2)
    )
    with pytest.raises(LinkSpent, match="withdrawn"):
        accounts.reset_password(session, token=older, password=OTHER)
    accounts.reset_password(session, token=newer, password=OTHER)


def test_a_reset_with_a_password_that_is_too_short_leaves_the_link_whole(engine):
    with transaction(engine) as session:
        grace = person(session)
        token = accounts.make_reset_link(session, user_id=grace.id, by=None)
    with pytest.raises(InputError), transaction(engine) as session:
        accounts.reset_password(session, token=token, password="short")
    with transaction(engine) as session:
        accounts.reset_password(session, token=token, password=OTHER)


def test_one_ends_only_sign_ins_of_ones_own(session, admin):
    grace = person(session)
    signed_in(session, grace)
    (theirs,) = stored.sign_ins(session, user_id=grace.id, now=utc_now())
    with pytest.raises(NotAllowed):
        accounts.end_sign_in(session, sign_in_id=theirs.id, by=admin.id)
    accounts.end_sign_in(session, sign_in_id=theirs.id, by=grace.id)
    assert n_sign_ins(session, grace) == 0


def test_what_is_done_to_accounts_is_logged_and_no_secret_with_it(session, admin):
    grace = person(session)
    accounts.make_reset_link(session, user_id=grace.id, by=admin.id)
    accounts.set_admin(session, user_id=grace.id, admin=True, by=admin.id)
    accounts.disable(session, user_id=grace.id, by=admin.id)
    logged = session.exec(select(AccountEvent).order_by(AccountEvent.id)).all()
    assert [(one.kind, one.by_id) for one in logged] == [
        ("account.set.up", admin.id),
        ("account.added", None),
        ("account.reset.made", admin.id),
        ("account.promoted", admin.id),
        ("account.disabled", admin.id),
    ]
    assert SECRET not in str([one.model_dump() for one in logged])


@pytest.mark.parametrize(
    "change", ["UPDATE account_event SET kind = 'x'", "DELETE FROM account_event"]
)
def test_the_log_of_the_accounts_is_only_added_to(engine, change):
    with transaction(engine) as session:
        person(session)
    with pytest.raises(DatabaseError, match="only added to"), transaction(engine) as session:
        session.connection().execute(text(change))


def test_an_account_is_named_or_those_that_exist_are(session, admin):
    assert accounts.named(session, "ADA") == admin
    with pytest.raises(WorkbenchError, match="choose one of ada"):
        accounts.named(session, "eve")


def test_the_first_admin_is_added_to_the_projects_in_their_history(session):
    project = factories.project(session)
    accounts.set_up_first_admin(session, name="Ada", password=SECRET)
    assert session.exec(select(Event.kind).where(Event.project_id == project.id)).all() == [
        "member.added"
    ]
