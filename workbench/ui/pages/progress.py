"""Progress: how many claims are reviewed, by whom, with which verdicts."""

from typing import Any

import streamlit as st

from db.queries import progress
from workbench.ui import feedback, who
from workbench.ui.components import asset
from workbench.ui.components.charts import per_day_chart, verdict_chart
from workbench.ui.components.empty import nothing
from workbench.ui.components.figures import figures, flagged_link, reviewed_bar, reviewer_table
from workbench.ui.database import reading
from workbench.workflow import permitting


def render() -> None:
    """Draw the page."""
    st.html(f"<style>{asset('progress.css')}</style>")
    st.title("Progress", anchor=False)
    with feedback.here():
        me = who.present()
        with reading() as session:
            viewer = permitting.viewer(session, project_id=me.project_id, user_id=me.user_id)
            stats = progress.project_stats(session, viewer)
        if not stats["articles"]:
            nothing("No article yet", "Bring one in; what is done with its claims shows here.")
            st.page_link("ui/pages/intake.py", label="Go to Intake")
            return
        reviewed_bar(stats)
        figures(stats)
        flagged_link(stats["flagged"])
        _work(stats)


def _work(stats: dict[str, Any]) -> None:
    if not stats["reviewers"]:
        nothing("No verdict yet", "The first one given shows here, by whom and which.")
        st.page_link("ui/pages/review.py", label="Give the first verdict")
        return
    verdicts, people = st.columns([3, 2], gap="large")
    with verdicts:
        st.subheader("Verdicts", anchor=False)
        verdict_chart(stats["verdicts"])
    with people:
        st.subheader("Reviewers", anchor=False)
        reviewer_table(stats["reviewers"])
    if len(stats["per_day"]) > 1:
        st.subheader("Reviews a day", anchor=False)
        per_day_chart(stats["per_day"])


render()
