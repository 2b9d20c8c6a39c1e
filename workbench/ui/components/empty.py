"""What a page shows where there is nothing to show: why, and the way on."""

import streamlit as st

from db.models import Project
from db.queries import progress, search
from db.queries.search import ClaimFilter
from workbench.ui import who
from workbench.ui.database import reading
from workbench.workflow import permitting


def empty_queue(me: who.Present) -> None:
    """Why there is no claim to review, and where to go."""
    with reading() as session:
        stats = progress.counts(session, project_id=me.project_id)
    if not stats["articles"]:
        no_article()
    elif not stats["on_queue"]:
        nothing(
            "No claim on the queue",
            "The articles are still being split, or every claim was rejected.",
        )
        st.page_link("ui/pages/claims.py", label="Go to Claims")
    else:
        nothing("All reviewed", "You have given a verdict on every claim of this project.")
        st.page_link("ui/pages/progress.py", label="See the progress")
        st.page_link("ui/pages/exports.py", label="Export the dataset")


def empty_filter(me: who.Present, wanted: ClaimFilter) -> None:
    """Why none of the filter's claims is left to review, and where to go."""
    with reading() as session:
        viewer = permitting.viewer(session, project_id=me.project_id, user_id=me.user_id)
        n_found = search.n_found(session, viewer, wanted)
    if n_found:
        nothing("Nothing left in this filter", "No claim that it finds waits for your verdict.")
    else:
        nothing("No claim is like that", "The filter of this address finds nothing.")
        blind_to(me, wanted)
    st.page_link("ui/pages/review.py", label="Review all claims")
    st.page_link("ui/pages/claims.py", label="Find others")


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
