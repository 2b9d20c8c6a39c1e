"""What an open page shows once its sign-in has ended."""

from html import escape

import streamlit as st

from workbench.errors import SignedOut
from workbench.ui import feedback
from workbench.ui.gate import sign_in_address


def signed_out(error: SignedOut) -> None:
    """Say so, with the way back to this very page."""
    st.warning(feedback.literal(str(error)))
    wanted = st.context.url or "/"
    path = "/" + wanted.split("//", 1)[-1].partition("/")[2]
    st.html(
        f'<a class="fc-button" href="{escape(sign_in_address(path))}" target="_self">Sign in</a>'
    )
    st.caption("What you typed and had not saved is kept in this browser.")
