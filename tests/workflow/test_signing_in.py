"""Who comes in: by name and password, for a while, until it is ended; and who must wait."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from db.models import Password, SignIn, SignInAttempt, utc_now
from tests import factories
from workbench.errors import InputError, SignedOut, TooManyTries
from workbench.workflow import passwords, signing_in
from workbench.workflow.accounts import add_account
from workbench.workflow.opening import LOCAL_USER
from workbench.workflow.signing_in import arrive, attempt, enter, prove

SECRET = "a long enough one"


@pytest.fixture
def ada(session):
    return add_account(session, name="Ada", password=SECRET, by=None)


def cookie(session, user):
    return signing_in.cookie_of(session, token=enter(session, user_id=user.id))


def test_without_accounts_who_sits_at_the_computer_is_let_in(session):
    local = factories.user(session, name=LOCAL_USER)
    arrival = arrive(session, cookie=None)
    assert (arrival.user, arrival.sign_in_id) == (local, None)


def test_a_name_and_its_password_belong_together_however_they_are_typed(session):
    plain, composed = "cafe\u0301 au lait", "caf\u00e9 au lait"
    ada = add_account(session, name="Ada", password=plain, by=None)
    assert prove(session, name=" ADA ", password=composed) == ada.id


def test_an_unknown_name_and_a_wrong_password_are_refused_alike(session, ada):
    with pytest.raises(InputError) as wrong:
        prove(session, name="ada", password="not this one")
    with pytest.raises(InputError) as unknown:
        prove(session, name="nobody", password=SECRET)
    assert str(wrong.value) == str(unknown.value)


def test_a_disabled_account_is_refused_like_a_wrong_password(session, ada):
    ada.disabled_at = utc_now()
    with pytest.raises(InputError, match="do not belong together"):
        prove(session, name="ada", password=SECRET)


def test_the_password_itself_is_stored_nowhere(session, ada):
    stored = session.get_one(Password, ada.id).hash
    assert stored.startswith("$argon2id$")
    assert SECRET not in stored


def test_a_hash_of_an_older_kind_is_renewed_at_the_next_sign_in(session, ada):
    stored = session.get_one(Password, ada.id)
    stored.hash = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(SECRET)
    signing_in.sign_in(session, name="ada", password=SECRET)
    assert not passwords.is_old(stored.hash)
    assert prove(session, name="ada", password=SECRET) == ada.id


@pytest.mark.parametrize("password", ["", "9 letters", "x" * 1_001])
def test_a_password_too_short_or_too_long_is_refused_in_a_sentence(session, password):
    with pytest.raises(InputError, match="characters"):
        add_account(session, name="Ada", password=password, by=None)


def test_a_cookie_holds_until_its_sign_in_is_ended(session, ada):
    held = cookie(session, ada)
    assert arrive(session, cookie=held).user == ada
    signing_in.sign_out(session, cookie=held)
    with pytest.raises(SignedOut):
        arrive(session, cookie=held)


def test_a_cookie_that_was_changed_opens_nothing(session, ada):
    held = cookie(session, ada)
    token = held.rpartition(".")[0]
    for forged in (None, "", token, held[:-1], f"x{held}", f"{token}.{'A' * 43}", "é"):
        with pytest.raises(SignedOut):
            arrive(session, cookie=forged)


def test_another_secret_in_the_environment_signs_everybody_out(session, ada, monkeypatch):
    held = cookie(session, ada)
    monkeypatch.setenv("WORKBENCH_SECRET", "another")
    with pytest.raises(SignedOut):
        arrive(session, cookie=held)
    assert arrive(session, cookie=cookie(session, ada)).user == ada


def test_the_database_holds_no_token_that_opens_the_door(session, ada):
    token = enter(session, user_id=ada.id)
    assert token not in str(session.exec(select(SignIn)).one().model_dump())


def test_a_sign_in_that_is_not_used_for_a_week_expires(session, ada):
    held = cookie(session, ada)
    row = session.exec(select(SignIn)).one()
    assert row.expires_at - row.created_at == timedelta(days=7)
    row.expires_at = utc_now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(SignedOut):
        arrive(session, cookie=held)


def test_a_sign_in_in_use_goes_on_but_no_longer_than_a_month(session, ada):
    held = cookie(session, ada)
    row = session.exec(select(SignIn)).one()
    row.last_seen_at = row.created_at = utc_now() - timedelta(days=27)
    session.flush()
    arrival = arrive(session, cookie=held)
    assert arrival.is_due
    signing_in.seen(session, sign_in_id=arrival.sign_in_id)
    assert row.expires_at - row.created_at == timedelta(days=30)
    assert not arrive(session, cookie=held).is_due


def test_a_disabled_person_is_out_at_once(session, ada):
    held = cookie(session, ada)
    ada.disabled_at = utc_now()
    session.flush()
    with pytest.raises(SignedOut):
        arrive(session, cookie=held)


def test_too_many_tries_for_a_name_must_wait_and_are_told_how_long(session):
    for n in range(5):
        attempt(session, name="Ada", address=f"10.0.0.{n}")
    with pytest.raises(TooManyTries, match="Try again in 5 minutes"):
        attempt(session, name=" ada", address="10.0.0.9")
    attempt(session, name="grace", address="10.0.0.9")


def test_too_many_tries_from_an_address_must_wait_whatever_the_names(session):
    for n in range(30):
        attempt(session, name=f"name-{n}", address="10.0.0.1")
    with pytest.raises(TooManyTries):
        attempt(session, name="ada", address="10.0.0.1")


def test_who_waited_may_try_again(session):
    for _ in range(5):
        attempt(session, name="ada", address="10.0.0.1")
    for tried in session.exec(select(SignInAttempt)):
        tried.at -= timedelta(minutes=5)
    session.flush()
    attempt(session, name="ada", address="10.0.0.1")


def test_who_signed_in_has_no_tries_behind_them(session, ada):
    for _ in range(4):
        attempt(session, name="ada", address="10.0.0.1")
    signing_in.sign_in(session, name="ada", password=SECRET)
    assert session.exec(select(SignInAttempt)).all() == []
