"""What a reviewer declares to judge no claims of: topics and people."""

import streamlit as st

from db.models import RECUSALS, Recusal
from db.queries import recusals as stored
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow.recusing import MAX_CHARACTERS, declare, withdraw


def recusals(me: who.Present) -> None:
    """Draw what the person has declared, each with a way to withdraw it, and a field for more."""
    with reading() as session:
        declared = stored.of_user(session, project_id=me.project_id, user_id=me.user_id)
    st.write("You get no claims in which these words stand, nor those of your own articles.")
    for recusal in declared:
        _declared(me, recusal)
    if not declared:
        st.caption("You have declared nothing yet.")
    _more(me, f"recusal-{me.project_id}-{len(declared)}")


def _declared(me: who.Present, recusal: Recusal) -> None:
    def take_back() -> None:
        with feedback.later(), writing() as session:
            withdraw(
                session,
                recusal_id=recusal.id or 0,
                user_id=me.user_id,
                version=recusal.version,
            )

    words, button = st.columns([4, 1], vertical_alignment="center")
    words.write(f"{recusal.kind.capitalize()}: {feedback.literal(recusal.words)}")
    with button:
        press("Withdraw", take_back, key=f"recusal-{recusal.id}-withdraw")


def _more(me: who.Present, key: str) -> None:
    def add() -> None:
        with feedback.later(), writing() as session:
            declare(
                session,
                project_id=me.project_id,
                user_id=me.user_id,
                kind=state.widget(f"{key}-kind", RECUSALS[0]),
                words=state.widget(f"{key}-words", ""),
            )

    kind, words = st.columns([1, 3])
    kind.selectbox("Kind", RECUSALS, format_func=str.capitalize, key=f"{key}-kind")
    words.text_input("Words", max_chars=MAX_CHARACTERS, key=f"{key}-words")
    press("Declare", add, key=f"{key}-declare")
