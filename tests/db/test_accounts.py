"""The queries of accounts, on each kind of database."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from db.models import AccountEvent, Member, OneTimeLink, SignIn, SignInAttempt, utc_now
from db.queries import accounts, members
from tests import factories


def signed_in(session, user, **fields):
    now = utc_now()
    fields = {"token_hash": f"hash-{user.id}", "expires_at": now + timedelta(1), **fields}
    session.add(SignIn(user_id=user.id, **fields))
    session.flush()


def person(session, **fields):
    return factories.user(session, joined_at=factories.NOON, **fields)


def test_the_door_has_its_secret_and_knows_whether_anybody_has_an_account(anywhere):
    assert not accounts.door(anywhere).accounts
    person(anywhere)
    door = accounts.door(anywhere)
    assert door.accounts
    assert len(door.secret) > 40


def test_a_sign_in_holds_unless_it_ended_expired_or_the_person_is_disabled(anywhere):
    now, people = utc_now(), [person(anywhere) for _ in range(4)]
    ways = ({}, {"ended_at": now}, {"expires_at": now}, {})
    for one, fields in zip(people, ways, strict=True):
        signed_in(anywhere, one, **fields)
    people[3].disabled_at = now
    anywhere.flush()
    found = [accounts.signed_in(anywhere, token_hash=f"hash-{one.id}", now=now) for one in people]
    assert [each is not None for each in found] == [True, False, False, False]


def test_accounts_are_listed_with_when_they_were_seen(anywhere):
    ada, grace = person(anywhere, name="ada"), person(anywhere, name="grace")
    factories.user(anywhere, name="no account")
    signed_in(anywhere, ada, token_hash="1")
    signed_in(anywhere, ada, token_hash="2", ended_at=utc_now())
    found = accounts.all_accounts(anywhere, now=utc_now())
    assert [(one.user, one.n_sign_ins) for one in found] == [(ada, 1), (grace, 0)]
    assert found[0].last_seen_at.tzinfo is not None
    assert found[1].last_seen_at is None


def test_one_only_is_the_first_admin_and_a_link_is_used_once(anywhere):
    ada, grace = person(anywhere), person(anywhere)
    named = [
        accounts.name_first_admin(anywhere, user_id=one.id, now=utc_now()) for one in (ada, grace)
    ]
    assert named == [True, False]
    link = OneTimeLink(kind="reset", token_hash="x", expires_at=utc_now(), user_id=ada.id)
    anywhere.add(link)
    anywhere.flush()
    used = [accounts.use_link(anywhere, link_id=link.id, now=utc_now()) for _ in range(2)]
    assert used == [True, False]


def test_tries_are_counted_and_forgotten(anywhere):
    accounts.lock(anywhere)
    now = utc_now()
    for n in range(3):
        anywhere.add(SignInAttempt(name="ada", address=str(n), at=now - timedelta(minutes=n)))
    anywhere.flush()
    since = now - timedelta(seconds=90)
    assert len(accounts.attempts(anywhere, since=since, name="ada")) == 2
    assert len(accounts.attempts(anywhere, since=since, address="0")) == 1
    accounts.forget_attempts(anywhere, before=since)
    accounts.forget_attempts(anywhere, name="grace")
    assert len(anywhere.exec(select(SignInAttempt)).all()) == 2


def test_members_and_projects_are_those_of_now(anywhere):
    project = factories.project(anywhere, name="Here")
    ada = factories.member(anywhere, project, "lead")
    gone = factories.member(anywhere, project, ended_at=utc_now())
    assert [one.user for one in members.of_project(anywhere, project_id=project.id)] == [ada]
    assert members.projects_of(anywhere, user_id=ada.id) == [project]
    assert members.projects_of(anywhere, user_id=gone.id) == []
    assert members.roles(anywhere) == {ada.id: {"Here": "lead"}}
    assert len(anywhere.exec(select(Member)).all()) == 2


@pytest.mark.parametrize(
    "change", ["UPDATE account_event SET kind = 'x'", "DELETE FROM account_event"]
)
def test_the_log_refuses_every_change(anywhere, change):
    anywhere.add(AccountEvent(user_id=person(anywhere).id, kind="account.added"))
    anywhere.flush()
    with pytest.raises(DatabaseError, match="only added to"):
        anywhere.connection().execute(text(change))
