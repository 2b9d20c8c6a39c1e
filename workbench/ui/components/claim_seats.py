"""Who reviews the open claim: each with their place, for a lead to give and to take away."""

from functools import partial

import streamlit as st

from db.models import Assignment, Claim, User
from db.queries import queue
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import assigning, permitting

_STATES = {"open": "has it to review", "skipped": "skipped it", "done": "has judged it"}


def claim_seats(me: who.Present, claim: Claim) -> None:
    """Draw who has the claim and whom it can be given to; nothing for whoever may not assign."""
    asked = {"project_id": me.project_id, "user_id": me.user_id}
    with reading() as session:
        if permitting.is_alone(session, **asked) or not permitting.may(
            session, **asked, activity="claim.assigned"
        ):
            return
        held = queue.assignments(session, claim_id=claim.id or 0)
        having = {user.id for row, user in held if row.state != "skipped"}
        people = permitting.reviewers(session, project_id=me.project_id)
    with st.expander(f"Who reviews it ({len(held)})", key="claims-seats"):
        for row, user in held:
            _seat(me, claim, row, user)
        if not held:
            st.caption("It is on nobody's queue yet.")
        _give(me, claim, [user for user in people if user.id not in having])


def _seat(me: who.Present, claim: Claim, row: Assignment, user: User) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(feedback.literal(f"{user.display_name or user.name}: {_told(row)}"))
        if row.state != "done":
            press(
                "Take away",
                partial(_take_away, me, claim, row),
                key=f"seat-{row.id}-{row.version}-take",
            )


def _told(row: Assignment) -> str:
    words = [_STATES[row.state]]
    if row.state == "open":
        words.append("assigned by a lead" if row.how == "assigned" else "drawn from the pool")
    if row.slot is not None:
        words.append(f"place {row.slot}")
    elif row.state == "open":
        words.append("beyond the reviews wanted")
    if row.leased_until is not None:
        words.append(f"reserved until {row.leased_until:%Y-%m-%d %H:%M} UTC")
    if row.state == "skipped" and row.reason:
        words.append(row.reason)
    return " · ".join(words)


def _give(me: who.Present, claim: Claim, people: list[User]) -> None:
    if not people:
        st.caption("Everybody who gives reviews here has it.")
        return
    names = {user.id or 0: user.display_name or user.name for user in people}
    key = f"seat-to-{claim.id}"

    def give() -> None:
        to_id = state.widget(key)
        if to_id is None:
            return
        with feedback.later(), writing() as session:
            assigning.give(
                session,
                project_id=me.project_id,
                claim_id=claim.id or 0,
                to_id=int(to_id),
                user_id=me.user_id,
            )

    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            "Give it to", list(names), None, names.__getitem__, key=key, placeholder="A reviewer"
        )
        press("Assign", give, key=f"seat-give-{claim.id}")


def _take_away(me: who.Present, claim: Claim, row: Assignment) -> None:
    with feedback.later(), writing() as session:
        assigning.take_away(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            from_id=row.user_id,
            user_id=me.user_id,
            version=row.version,
        )
