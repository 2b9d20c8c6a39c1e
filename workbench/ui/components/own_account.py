"""One's own account: where one is signed in, the password, the providers."""

from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from db.models import SignIn, utc_now
from db.queries import accounts as stored
from workbench.ui import feedback, providers
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import accounts
from workbench.workflow.signing_in import Arrival
from workbench.workflow.telling import device


def own_account(arrival: Arrival) -> None:
    """Draw it."""
    me, user = arrival.user.id or 0, arrival.user
    with reading() as session:
        mine = stored.sign_ins(session, user_id=me, now=utc_now())
    shown = feedback.literal(user.display_name or user.name)
    st.markdown(f"**{shown}**, signed in as **{feedback.literal(user.name)}**")
    st.html(
        " ".join((_button("Change password", "/password"), *map(_connect, providers.providers())))
    )
    st.subheader("Where you are signed in", anchor=False)
    for one in mine:
        _sign_in(me, one, is_here=one.id == arrival.sign_in_id)
    with st.container(horizontal=True, gap="small"):
        press(
            "Sign out everywhere else",
            partial(_end_all, me, arrival.sign_in_id),
            key="end-others",
            disabled=len(mine) < 2,
        )
        press("Sign out everywhere", partial(_end_all, me, None), key="end-all")


def _connect(provider: str) -> str:
    way = f"/sign-in/with/{provider}?{urlencode({'next': '/team?look=own'})}"
    return _button(f"Connect {providers.title(provider)}", way)


def _button(words: str, address: str) -> str:
    return f'<a class="fc-button plain" href="{escape(address)}" target="_self">{escape(words)}</a>'


def _sign_in(me: int, one: SignIn, *, is_here: bool) -> None:
    with st.container(key=f"team-row-sign-in-{one.id}"):
        words, act = st.columns([6, 2], vertical_alignment="center")
        here = " · **here**" if is_here else ""
        words.markdown(
            f"{feedback.literal(device(one.device))}{here} :small[since "
            f"{one.created_at:%Y-%m-%d %H:%M}, last seen {one.last_seen_at:%Y-%m-%d %H:%M} UTC]"
        )
        if not is_here:
            with act:
                press("End", partial(_end, me, one.id or 0), key=f"end-sign-in-{one.id}")


def _end(me: int, sign_in_id: int) -> None:
    with feedback.later(), writing() as session:
        accounts.end_sign_in(session, sign_in_id=sign_in_id, by=me)


def _end_all(me: int, but: int | None) -> None:
    with feedback.later(), writing() as session:
        accounts.end_sign_ins(session, user_id=me, by=me, but=but)
