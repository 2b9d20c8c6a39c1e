# ruff: noqa: F811
"""`workbench user`: all of the accounts without a browser, and passwords never as words of it."""

import json

import pytest

from db.engine import reading, transaction
from db.models import utc_now
from db.queries import accounts as stored
from tests.test_cli import opened, run  # noqa: F401
from workbench.serving import refuse_strangers
from workbench.settings import sqlite_url
from workbench.web import own_names
from workbench.workflow import accounts, signing_in

SECRET, OTHER = "a long enough one", "and another long one"


@pytest.fixture
def user(run, opened):
    """Run `workbench user`; the first account is there already."""
    with transaction(opened) as session:
        accounts.set_up_first_admin(session, name="Ada", password=SECRET)

    def user(*words, **given):
        return run("user", *words, **given)

    return user


def printed(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(done):
    assert done.returncode == 2, done.stdout
    (line,) = done.stderr.splitlines()
    return line


def proves(engine, name, password):
    with reading(engine) as session:
        return signing_in.prove(session, name=name, password=password)


def test_the_first_account_is_an_admin_s_and_takes_over_what_was_done_alone(run, opened):
    told = printed(run("user", "add", "Ada", "--shown", "Ada L", given=f"{SECRET}\n"))
    assert told == {"name": "ada", "shown": "Ada L", "admin": True}
    assert proves(opened, "ada", SECRET)
    with reading(opened) as session:
        assert stored.operator(session).name == "ada"


def test_an_account_with_a_role_is_made_and_listed(user, opened):
    printed(user("add", "grace", "--role", "reviewer", given=f"{OTHER}\n"))
    ada, grace = printed(user("list"))
    assert (ada["name"], ada["admin"], ada["roles"]) == ("ada", True, {"My project": "admin"})
    assert (grace["name"], grace["roles"]) == ("grace", {"My project": "reviewer"})
    assert proves(opened, "grace", OTHER)


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("add", "two words"), SECRET, "cannot be a name"),
        (("add", "ada"), SECRET, "is taken"),
        (("add", "grace"), "short", "at least 10 characters"),
        (("add", "grace", "--role", "boss"), SECRET, "choose one of viewer"),
        (("add", "grace", "--project", "None", "--role", "lead"), SECRET, "is not a project"),
        (("password", "nobody"), SECRET, "choose one of ada"),
        (("disable", "ada"), "", "only admin"),
        (("role", "ada", "boss"), "", "choose one of viewer"),
        (("invite", "--role", "boss"), "", "choose one of viewer"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(user, words, given, said):
    assert said in refused(user(*words, given=f"{given}\n"))


def test_a_link_to_join_and_one_to_choose_a_password(user, opened):
    link = printed(user("invite", "Grace", "--address", "https://wb.example/"))["link"]
    assert link.startswith("https://wb.example/join/")
    link = printed(user("reset", "ada"))["link"]
    with transaction(opened) as session:
        accounts.reset_password(session, token=link.rpartition("/")[2], password=OTHER)
    assert proves(opened, "ada", OTHER)


def test_roles_admins_closing_and_passwords(user, opened):
    printed(user("add", "grace", given=f"{SECRET}\n"))
    for words in (
        ("role", "grace", "lead"),
        ("admin", "grace"),
        ("admin", "ada", "--off"),
        ("role", "grace", "none"),
        ("disable", "ada"),
        ("enable", "ada"),
    ):
        assert user(*words).returncode == 0, words
    assert user("password", "grace", given=f"{OTHER}\n").returncode == 0
    ada, grace = printed(user("list"))
    assert (ada["admin"], ada["disabled"], grace["admin"], grace["roles"]) == (
        False,
        False,
        True,
        {},
    )
    assert proves(opened, "grace", OTHER)
    assert "The command line disabled ada" in user("log").stdout


def test_sign_ins_are_listed_and_ended(user, opened):
    with transaction(opened) as session:
        ada = accounts.named(session, "ada")
        signing_in.enter(session, user_id=ada.id, device="Firefox/140.0 (Linux)")
    (one,) = printed(user("sign-ins", "ada"))
    assert one["device"] == "Firefox on Linux"
    assert printed(user("sign-ins", "ada", "--end")) == {"ended": 1}
    with reading(opened) as session:
        assert stored.sign_ins(session, user_id=ada.id, now=utc_now()) == []


def test_others_than_this_machine_are_served_only_once_there_are_accounts(run, opened):
    for words in (("--host", "0.0.0.0"), ("--allowed-host", "wb.example.org")):
        assert "`workbench user add NAME`" in refused(run("serve", "--no-browser", *words))
    with transaction(opened) as session:
        accounts.set_up_first_admin(session, name="Ada", password=SECRET)
    refuse_strangers(opened, "0.0.0.0", ("wb.example.org",))


def test_this_machine_s_own_names_are_allowed_at_any_address():
    assert own_names("127.0.0.1") == own_names("localhost")
    assert {"localhost", "wb.example.org"} <= set(own_names("wb.example.org"))
    assert "0.0.0.0" not in own_names("0.0.0.0")


def test_the_accounts_are_in_the_file_that_was_named(tmp_path, run, opened):
    done = run("user", "list", "--database", sqlite_url(tmp_path / "other.sqlite3"))
    assert "There is no database at" in refused(done)
