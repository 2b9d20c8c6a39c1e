"""Exports: the project's claims and verdicts as files in the formats that are known."""

from datetime import UTC, datetime

import streamlit as st

from db.queries import progress
from exports.base import GROUPS
from workbench.ui import feedback, who
from workbench.ui.components.downloads import download, of_group, selection
from workbench.ui.components.empty import nothing
from workbench.ui.database import reading
from workbench.workflow.previewing import preview


def render() -> None:
    """Draw the page."""
    st.title("Exports", anchor=False)
    with feedback.here():
        me = who.present("export")
        with reading() as session:
            stats = progress.counts(session, project_id=me.project_id)
            found = preview(session, project_id=me.project_id, user_id=me.user_id)
        if not found.n_claims:
            nothing("Nothing to export yet", "An export holds claims; they come from articles.")
            st.page_link("ui/pages/intake.py", label="Go to Intake")
            return
        selection(found, n_retired=stats["claims"].get("retired", 0))
        for group, title in GROUPS.items():
            st.subheader(title, anchor=False)
            for exporter in of_group(group):
                download(
                    exporter,
                    me,
                    project=stats["project"],
                    on=datetime.now(UTC).date(),
                    losses=(found.losses or {}).get(exporter.name, {}),
                )


render()
