"""What a page shows where there is nothing to show: why, and the way on."""

import streamlit as st

from db.models import Project
from db.queries.search import EVERYTHING, ClaimFilter
from workbench.ui import who
from workbench.ui.database import reading
from workbench.workflow.explaining import explain


def empty_queue(me: who.Present, wanted: ClaimFilter = EVERYTHING) -> None:
    """Why there is no claim to review, the true reasons, and where to go."""
    with reading() as session:
        who_asks = {"project_id": me.project_id, "user_id": me.user_id}
        reasons = explain(session, **who_asks, wanted=wanted)
    for reason in reasons:
        nothing(reason.title, reason.text)
    if reasons[0].kind == "filter":
        blind_to(me, wanted)
    for page, label in _WAYS.get(reasons[0].kind, _ON):
        st.page_link(f"ui/pages/{page}.py", label=label)


_WAYS = {
    "filter": (("review", "Review all claims"), ("claims", "Find others")),
    "no article": (("intake", "Go to Intake"),),
    "no claim": (("claims", "Go to Claims"),),
    "judged": (("progress", "See the progress"), ("exports", "Export the dataset")),
    "role": (("progress", "See the progress"),),
}
_ON = (("progress", "See the progress"), ("claims", "Go to Claims"))
"""The kind of the first reason to (page, words of the link); `_ON` for all others."""


def blind_to(me: who.Present, wanted: ClaimFilter) -> None:
    """That a verdict was asked for which blindness may hide, if so."""
    with reading() as session:
        blind = session.get_one(Project, me.project_id).blind
    if blind and wanted.verdict:
        st.caption(
            "This project is blind: a reviewer's verdict finds only claims that you have judged "
            "yourself."
        )


def no_article() -> None:
    """The project has nothing in it yet."""
    nothing("No article yet", "Bring one in; its claims come onto the queue by themselves.")
    st.page_link("ui/pages/intake.py", label="Go to Intake")


def nothing(title: str, text: str) -> None:
    """A calm heading and one sentence."""
    st.subheader(title, anchor=False)
    st.write(text)
