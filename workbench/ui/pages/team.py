"""Team: who works in the project and as what, how it works, the accounts, and one's own."""

import streamlit as st

from workbench.errors import NoProject, NotPermitted
from workbench.ui import feedback, who
from workbench.ui.components import asset
from workbench.ui.components.chosen import chosen
from workbench.ui.components.one_time import one_time
from workbench.ui.components.own_account import own_account
from workbench.ui.components.project_settings import project_settings
from workbench.ui.components.recusals import recusals
from workbench.ui.components.reviewer_results import reviewer_results
from workbench.ui.components.team_accounts import team_accounts
from workbench.ui.components.team_members import team_members
from workbench.ui.database import reading
from workbench.workflow.permitting import may
from workbench.workflow.signing_in import Arrival


def render() -> None:
    """Draw the page."""
    st.html(f"<style>{asset('team.css')}</style>")
    st.title("Team", anchor=False)
    with feedback.here():
        arrival = who.arrived()
        if arrival.sign_in_id is None:
            _alone()
            project_settings(who.present("see team"))
            _repeats()
            return
        look = chosen("look", "Part", _parts(arrival), key="team-look")
        one_time()
        if look == "accounts":
            team_accounts(arrival)
        elif look == "own":
            own_account(arrival)
            _recusals()
        elif look == "results":
            reviewer_results(who.present("see gold"))
        elif look == "settings":
            project_settings(who.present("see team"))
        else:
            team_members(who.present("see team"))


def _parts(arrival: Arrival) -> dict[str, str]:
    parts = {"members": "Members", "settings": "Project settings"}
    if _sees_results():
        parts["results"] = "Training and checks"
    if arrival.user.is_admin:
        parts["accounts"] = "Accounts"
    return parts | {"own": "Your account"}


def _sees_results() -> bool:
    try:
        who.present("see gold")
    except (NoProject, NotPermitted):
        return False
    return True


def _repeats() -> None:
    """Whoever works alone can still see how often they judge alike."""
    st.subheader("Training and checks", anchor=False)
    reviewer_results(who.present("see gold"))


def _recusals() -> None:
    me = who.present("see team")
    with reading() as session:
        reviews = may(
            session, project_id=me.project_id, user_id=me.user_id, activity="recusal.declared"
        )
    if reviews:
        st.subheader("What you recuse yourself from here", anchor=False)
        recusals(me)


def _alone() -> None:
    st.subheader("You work here alone", anchor=False)
    st.write(
        "Nobody signs in, and only this computer reaches the workbench. With accounts, others work "
        "with you: you become the first admin, and all that was done so far stays yours."
    )
    st.html('<a class="fc-button" href="/set-up" target="_self">Set up accounts</a>')


render()
