"""The sidebar's foot: who is here, as what, and the way out; or that nobody signs in."""

import streamlit as st

from db.models import User
from workbench.ui import feedback
from workbench.ui.database import reading
from workbench.workflow.permitting import role_of

_out = st.components.v2.component(
    "factcheck_sign_out",
    html='<form method="post" action="/sign-out"><button>Sign out</button></form>',
    isolate_styles=False,
)


def own_place(user: User, project_id: int | None, *, signs_in: bool) -> None:
    """Draw who is signed in and the button to sign out, or the way to accounts."""
    with st.container(key="own-place", gap="small"):
        if not signs_in:
            st.html(
                "<p>Nobody signs in: only this computer gets here. "
                '<a href="/set-up" target="_self">Set up accounts</a></p>'
            )
            return
        st.markdown(f"**{feedback.literal(user.display_name or user.name)}**")
        st.caption(_standing(user, project_id))
        _out(key="sign-out")


def _standing(user: User, project_id: int | None) -> str:
    with reading() as session:
        role = project_id and role_of(session, project_id=project_id, user_id=user.id or 0)
    shown = (
        "admin of the workbench" if user.is_admin else f"{role} here" if role else "in no project"
    )
    named = "" if user.display_name in ("", user.name) else f"{feedback.literal(user.name)} · "
    return f"{named}{shown}"
