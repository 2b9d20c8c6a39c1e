"""All claims of an article as a table; a click on a row opens that claim."""

import pandas as pd
import streamlit as st

from db.models import Claim
from db.queries.articles import ArticleLine
from workbench.ui import state


def claim_table(line: ArticleLine, claims: list[Claim]) -> None:
    """Draw the table, or why it is empty."""
    if not claims:
        st.write(_why_empty(line))
        return
    rows = pd.DataFrame(
        {
            "State": [claim.state for claim in claims],
            "Claim": [claim.text for claim in claims],
            "Speaker": [claim.speaker or "" for claim in claims],
        }
    )
    key = f"claims-of-{line.id}"

    def open_row() -> None:
        chosen = state.widget(key)["selection"]["rows"]
        if chosen:
            state.set_url(article=line.id, claim=claims[chosen[0]].id)

    st.dataframe(
        rows,
        hide_index=True,
        height=min(35 * (len(claims) + 1) + 3, 420),
        on_select=open_row,
        selection_mode="single-row",
        key=key,
        column_config={
            "State": st.column_config.TextColumn(width=90),
            "Claim": st.column_config.TextColumn(width=330),
        },
    )


def _why_empty(line: ArticleLine) -> str:
    if line.job_state in ("queued", "running"):
        return "The article is being split into claims. Reload the page in a moment."
    if line.job_state == "failed":
        return "The article could not be split. Select words in it to make claims by hand."
    return "No claim was found in this article. Select words in it to make one."
