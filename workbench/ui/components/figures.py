"""How far the work is, in figures."""

from typing import Any

import pandas as pd
import streamlit as st

from db.queries.search import ClaimFilter
from workbench.ui import feedback
from workbench.workflow.addressing import pairs
from workbench.workflow.filtering import to_query

CLAIM_STATES = ("proposed", "accepted", "rejected", "retired")


def reviewed_bar(stats: dict[str, Any]) -> None:
    """Reviewed claims of those on the queue."""
    done, total = stats["reviewed"], stats["on_queue"]
    share = done / total if total else 0.0
    claims = "1 claim" if total == 1 else f"{total:,} claims"
    st.progress(share, text=f"**{done:,} of {claims}** reviewed ({share:.0%})")


def figures(stats: dict[str, Any]) -> None:
    """One row: what there is, and in which state the claims are."""
    shown = {
        "Articles": stats["articles"],
        "Resolved": stats["resolved"],
        **{state.capitalize(): stats["claims"].get(state, 0) for state in CLAIM_STATES},
    }
    with st.container(key="progress-figures"):
        for column, (name, n) in zip(st.columns(len(shown)), shown.items(), strict=True):
            column.metric(name, f"{n:,}", help=HELP[name])


def flagged_link(n: int) -> None:
    """How many claims have a flag up, as a link to them; nothing if none has."""
    if n:
        words = "1 claim is flagged" if n == 1 else f"{n:,} claims are flagged"
        query = pairs(to_query(ClaimFilter(flagged=True)))
        icon = ":material/flag:"
        st.page_link("ui/pages/claims.py", label=words, icon=icon, query_params=query)


HELP = {
    "Articles": "Texts in this project.",
    "Resolved": "Claims with a final verdict.",
    "Proposed": "Claims that the splitter found and nobody has looked at.",
    "Accepted": "Claims that somebody accepted, edited or made.",
    "Rejected": "Claims that somebody took off the queue; exports keep them, marked as such.",
    "Retired": "Claims that were merged, split or replaced.",
}


def reviewer_table(reviewers: list[dict[str, Any]]) -> None:
    """One row a reviewer, the busiest first."""
    rows = [
        {
            "Reviewer": feedback.literal(reviewer["display_name"] or reviewer["name"]),
            "Submitted": reviewer["submitted"],
            "Drafts": reviewer["drafts"],
        }
        for reviewer in reviewers
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt="Reviews by reviewer")
