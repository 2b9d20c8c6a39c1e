"""What an open page shows once its sign-in has ended."""

from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from workbench.errors import SignedOut
from workbench.ui import feedback, state
from workbench.ui.gate import sign_in_address


def signed_out(error: SignedOut) -> None:
    """Say so, with the way back to this very page."""
    st.warning(feedback.literal(str(error)))
    address = escape(sign_in_address(_here()))
    st.html(f'<a class="fc-button" href="{address}" target="_self">Sign in</a>')
    st.caption("What you typed and had not saved is kept in this browser.")


def _here() -> str:
    path, query = urlsplit(st.context.url or "").path or "/", urlencode(state.query(), doseq=True)
    return f"{path}?{query}" if query else path
