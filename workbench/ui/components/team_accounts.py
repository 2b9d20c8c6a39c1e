"""The accounts of the workbench, for its admins: who has one, and what can be done with it."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from sqlmodel import Session

from db.models import User, utc_now
from db.queries import accounts as stored
from db.queries.accounts import Account
from workbench.ui import feedback, state
from workbench.ui.components.one_time import show_once
from workbench.ui.components.press import press
from workbench.ui.components.team_members import both_names
from workbench.ui.database import reading, writing
from workbench.workflow import accounts
from workbench.workflow.permitting import require_admin
from workbench.workflow.signing_in import Arrival
from workbench.workflow.telling import told

LOGGED = 30


def team_accounts(arrival: Arrival) -> None:
    """Draw everybody who has an account, and the log of what was done to accounts."""
    me = arrival.user.id or 0
    with reading() as session:
        require_admin(session, user_id=me, activity="see accounts")
        everybody = stored.all_accounts(session, now=utc_now())
        log = told(session, limit=LOGGED)
    for one in everybody:
        _account(me, one)
    st.caption(
        "An account is made by an invitation (under Members), by a provider, or by "
        "`workbench user add`."
    )
    with st.expander("What was done to accounts"):
        for line in log:
            st.text(line)


def _account(me: int, one: Account) -> None:
    user = one.user
    with st.container(key=f"team-row-account-{user.id}"):
        name, facts, act = st.columns([4, 4, 2], vertical_alignment="center")
        name.markdown(both_names(user))
        facts.markdown(f":small[{_facts(one)}]")
        with act, st.popover("Manage", key=f"manage-{user.id}", width="stretch"):
            _manage(me, one)


def _facts(one: Account) -> str:
    facts = ["admin"] if one.user.is_admin else []
    facts += ["disabled"] if one.user.disabled_at else []
    seen = one.last_seen_at
    facts.append(f"last seen {seen:%Y-%m-%d %H:%M} UTC" if seen else "never signed in")
    if one.n_sign_ins:
        facts.append("1 sign-in" if one.n_sign_ins == 1 else f"{one.n_sign_ins} sign-ins")
    if not one.has_password:
        facts.append("no password")
    return " · ".join(facts)


def _manage(me: int, one: Account) -> None:
    user = one.user
    id, name = user.id or 0, user.name
    if user.disabled_at is not None:
        _do(
            "Enable",
            f"enable-{id}",
            partial(accounts.enable, user_id=id, by=me),
            f"{name} may sign in again.",
        )
        return
    press("Make a reset link", partial(_reset, me, user), key=f"reset-{id}", width="stretch")
    _do(
        "End all sign-ins",
        f"out-{id}",
        partial(accounts.end_sign_ins, user_id=id, by=me),
        f"{name} is signed out everywhere.",
        disabled=not one.n_sign_ins,
    )
    _do(
        "No admin any more" if user.is_admin else "Make an admin",
        f"admin-{id}",
        partial(accounts.set_admin, user_id=id, admin=not user.is_admin, by=me),
        f"{name} is {'no admin any more' if user.is_admin else 'an admin of the workbench'}.",
    )
    _do(
        "Disable",
        f"disable-{id}",
        partial(accounts.disable, user_id=id, by=me),
        f"{name} cannot sign in any more.",
    )


def _do(
    title: str,
    key: str,
    activity: Callable[[Session], object],
    said: str,
    *,
    disabled: bool = False,
) -> None:
    def act() -> None:
        with feedback.later():
            with writing() as session:
                activity(session)
            state.report("success", said)

    press(title, act, key=key, width="stretch", disabled=disabled)


def _reset(me: int, user: User) -> None:
    with feedback.later():
        with writing() as session:
            token = accounts.make_reset_link(session, user_id=user.id or 0, by=me)
        show_once(
            "reset", token, f"A new password for {user.name}; the link works once, within a day"
        )
