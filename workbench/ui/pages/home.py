"""Home: whoever opens the bare address starts at their work, or at what they may see of it."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import who
from workbench.ui.database import reading
from workbench.workflow.permitting import may


def render() -> None:
    """Go on to the desk, to the progress, or to one's own account."""
    st.switch_page(f"ui/pages/{_first()}.py")


def _first() -> str:
    try:
        me = who.present()
        asked = {"project_id": me.project_id, "user_id": me.user_id}
        with reading() as session:
            return "review" if may(session, **asked, activity="review") else "progress"
    except WorkbenchError:
        return "team"


render()
