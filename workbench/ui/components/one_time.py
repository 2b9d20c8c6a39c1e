"""A one-time link that was just made: shown once, to be copied and sent to whom it is for."""

from urllib.parse import urlsplit

import streamlit as st

from workbench.ui import feedback, state
from workbench.ui.components.press import press

_SHOWN = "one-time-link"


def show_once(kind: str, token: str, about: str) -> None:
    """Show this link with the next drawing of the page, until it is put away."""
    state.keep_typed(_SHOWN, {"path": f"/{kind}/{token}", "about": about})


def one_time() -> None:
    """Draw the link that waits to be copied; nothing if there is none."""
    shown = state.typed(_SHOWN)
    if shown is None:
        return
    with st.container(border=True, key="one-time"):
        st.markdown(f"**{feedback.literal(shown['about'])}**")
        st.code(_origin() + shown["path"], language=None, wrap_lines=True)
        st.caption("It is shown here once, and whoever has it can use it: send it to them alone.")
        press("Done", lambda: state.keep_typed(_SHOWN, None), key="one-time-done")


def _origin() -> str:
    """Where the browser reaches this workbench."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"
