"""Who works in the project, as what; who is invited; who could be added."""

import streamlit as st

from db.models import OneTimeLink, User, utc_now
from db.queries import accounts, members
from db.queries.members import Belonging
from workbench.reviewing.roles import ROLES, may_give
from workbench.ui import feedback, state, who
from workbench.ui.components.one_time import show_once
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import inviting, joining
from workbench.workflow.links import LASTS
from workbench.workflow.permitting import may, role_of

ABOUT = {
    "viewer": "sees the progress, and the claims where the project says so",
    "reviewer": "gives verdicts and works on claims",
    "lead": "brings in articles, assigns, settles, exports, invites",
    "admin": "all of this, and gives every role",
}
_NAME, _ROLE, _WHO, _AS = "invite-name", "invite-role", "add-who", "add-role"


def team_members(me: who.Present) -> None:
    """Draw the members, and for leads the ways to change who they are."""
    with reading() as session:
        asked = {"project_id": me.project_id, "user_id": me.user_id}
        leads, own = may(session, **asked, activity="member.changed"), role_of(session, **asked)
        here = members.of_project(session, project_id=me.project_id)
        invited = accounts.open_links(
            session, kind="invite", now=utc_now(), project_id=me.project_id
        )
        everybody = accounts.all_accounts(session, now=utc_now()) if leads else []
    if not here:
        st.write("Nobody is in this project yet; admins of the workbench may work in it anyhow.")
    for one in here:
        _member(me, one, own=own, leads=leads)
    if not leads:
        return
    roles = [role for role in ROLES if may_give(own, role)]
    others = {
        one.user.id or 0: one.user.display_name or one.user.name
        for one in everybody
        if one.user.disabled_at is None and one.user.id not in {there.user.id for there in here}
    }
    left, right = st.columns(2, gap="large")
    with left:
        _invite(me, roles)
        for link in invited:
            _invitation(me, link)
    with right:
        _add(me, others, roles)


def _member(me: who.Present, one: Belonging, *, own: str | None, leads: bool) -> None:
    id = one.user.id or 0
    with st.container(key=f"team-row-{one.member.id}"):
        name, role, act = st.columns([5, 3, 2], vertical_alignment="center")
        with name:
            closed = " · account disabled" if one.user.disabled_at else ""
            st.markdown(f"{both_names(one.user)}{closed}")
        changes = leads and may_give(own, one.member.role)
        with role:
            if changes:
                _role(me, one, [role for role in ROLES if may_give(own, role)])
            else:
                st.markdown(one.member.role.capitalize())
        with act:
            if changes and id != me.user_id:
                press("Take out", lambda: _end(me, one), key=f"end-{one.member.id}")
            elif id == me.user_id:
                press("Leave", lambda: _end(me, one), key=f"leave-{one.member.id}")


def both_names(user: User) -> str:
    """The name that is shown, and the one to sign in with where that is another, as Markdown."""
    shown, name = user.display_name or user.name, user.name
    also = "" if shown == name else f" · :small[{feedback.literal(name)}]"
    return f"**{feedback.literal(shown)}**{also}"


def _role(me: who.Present, one: Belonging, roles: list[str]) -> None:
    key, version = f"role-{one.member.id}", one.member.version
    state.fill_widget(key, one.member.role, when=str(version))

    def change() -> None:
        with feedback.later(), writing() as session:
            joining.set_role(
                session,
                project_id=me.project_id,
                user_id=one.user.id or 0,
                role=state.widget(key),
                by=me.user_id,
                version=version,
            )

    st.selectbox(
        f"Role of {one.user.name}",
        roles,
        format_func=str.capitalize,
        key=key,
        on_change=change,
        label_visibility="collapsed",
    )


def _end(me: who.Present, one: Belonging) -> None:
    with feedback.later():
        with writing() as session:
            joining.end_membership(
                session,
                project_id=me.project_id,
                user_id=one.user.id or 0,
                by=me.user_id,
                version=one.member.version,
            )
        state.report("success", f"{one.user.name} is not in this project any more.")


def _invite(me: who.Present, roles: list[str]) -> None:
    st.subheader("Invite somebody", anchor=False)
    st.text_input("For whom", key=_NAME, max_chars=80, placeholder="A name, for your own memory")
    _role_picker("Invite as", _ROLE, roles)
    press("Make an invitation", lambda: _make(me), key="invite", type="primary")


def _make(me: who.Present) -> None:
    name, role = state.widget(_NAME, ""), state.widget(_ROLE, "reviewer")
    with feedback.later():
        with writing() as session:
            token = inviting.invite(
                session, project_id=me.project_id, role=role, by=me.user_id, name=name
            )
        whom = f"The invitation for {name}" if name.strip() else "The invitation"
        show_once("join", token, f"{whom}, as {role}; it works once, within {_days('invite')}")
        state.put_in_widget(_NAME, "")


def _days(kind: str) -> str:
    return f"{LASTS[kind].days} days"


def _invitation(me: who.Present, link: OneTimeLink) -> None:
    words, act = st.columns([3, 1], vertical_alignment="center")
    whom = feedback.literal(link.name or "somebody")
    words.markdown(f"{whom} as {link.role} :small[until {link.expires_at:%Y-%m-%d %H:%M} UTC]")

    def withdraw() -> None:
        with feedback.later(), writing() as session:
            inviting.withdraw(session, link_id=link.id or 0, by=me.user_id)

    with act:
        press("Withdraw", withdraw, key=f"withdraw-{link.id}")


def _add(me: who.Present, others: dict[int, str], roles: list[str]) -> None:
    st.subheader("Add somebody who has an account", anchor=False)
    if not others:
        st.write("Everybody who has an account is in this project.")
        return
    st.selectbox("Who", list(others), format_func=others.__getitem__, key=_WHO)
    _role_picker("Add as", _AS, roles)

    def add() -> None:
        with feedback.later(), writing() as session:
            joining.set_role(
                session,
                project_id=me.project_id,
                user_id=state.widget(_WHO),
                role=state.widget(_AS, "reviewer"),
                by=me.user_id,
            )

    press("Add", add, key="add-member")


def _role_picker(title: str, key: str, roles: list[str]) -> None:
    st.selectbox(
        title,
        roles,
        index=roles.index("reviewer"),
        format_func=lambda role: f"{role.capitalize()}: {ABOUT[role]}",
        key=key,
    )
