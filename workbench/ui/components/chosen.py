"""One of several parts of a page, kept in its address."""

from collections.abc import Mapping

import streamlit as st

from workbench.ui import state


def chosen(name: str, title: str, options: Mapping[str, str], *, key: str) -> str:
    """Draw the choice; returns the option that the address names as `name`, else the first."""
    asked = state.query().get(name, [""])[0]
    found = asked if asked in options else next(iter(options))
    state.fill_widget(key, found, when=found)

    def choose() -> None:
        state.set_query(state.query() | {name: [state.widget(key) or found]})

    st.segmented_control(
        title,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
        required=True,
    )
    return found
