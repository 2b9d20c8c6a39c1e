"""A quiet sentence on an article that the splitter could not read in full."""

import streamlit as st

from db.queries.articles import ArticleLine
from workbench.ui import feedback
from workbench.workflow.splitting import why_fallback


def what_is_missing(line: ArticleLine) -> None:
    """Say why the article has whole sentences for claims; nothing where the rules read it."""
    why = why_fallback(line.splitter)
    if why:
        st.caption(feedback.literal(f"Split into sentences and direct quotations only: {why}."))
