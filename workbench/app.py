"""Entry point: page config, the sidebar and the table of pages; nothing else."""

import streamlit as st

from workbench.ui import chrome

st.set_page_config(
    page_title="Fact-check workbench",
    page_icon=chrome.ICON,
    layout="wide",
    initial_sidebar_state=220,
)
page = st.navigation(
    [
        st.Page("ui/pages/home.py", title="Home", default=True, visibility="hidden"),
        chrome.page("Intake", "article.imported"),
        chrome.page("Claims", "see claims"),
        chrome.page("Review", "review"),
        chrome.page("Adjudicate", "adjudicate"),
        chrome.page("Guideline", None),
        chrome.page("Progress", "see progress"),
        chrome.page("Agreement", "see agreement"),
        chrome.page("History", "see history"),
        chrome.page("Exports", "export"),
        chrome.page("Team", "see own account"),
    ],
    position="sidebar",
)
if chrome.dress():
    page.run()
