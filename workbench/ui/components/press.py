"""A button that counts, also when it is the first thing pressed after the server was restarted."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.ui import state


def press(title: str, do: Callable[[], None], *, key: str, **looks: Any) -> None:
    """Draw a button that calls `do` before the page is drawn anew.

    A session that has never drawn the button calls nothing when it is pressed, and only says so:
    the page was on the screen before the server was restarted. Then `do` is called here.
    """

    def act() -> None:
        state.note(key)
        do()

    if st.button(title, key=key, on_click=act, **looks) and not state.noted(key):
        do()
        st.rerun()
