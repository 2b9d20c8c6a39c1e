"""Entry point: page config, the sidebar and the table of pages; nothing else."""

import streamlit as st

from workbench.ui import chrome

st.set_page_config(
    page_title="Fact-check workbench",
    page_icon=chrome.ICON,
    layout="wide",
    initial_sidebar_state=220,
)
pages = [
    st.Page("ui/pages/home.py", title="Home", default=True, visibility="hidden"),
    st.Page("ui/pages/intake.py", title="Intake", url_path="intake"),
    st.Page("ui/pages/claims.py", title="Claims", url_path="claims"),
    st.Page("ui/pages/review.py", title="Review", url_path="review"),
    st.Page("ui/pages/guideline.py", title="Guideline", url_path="guideline", visibility="hidden"),
    st.Page("ui/pages/progress.py", title="Progress", url_path="progress"),
    st.Page("ui/pages/agreement.py", title="Agreement", url_path="agreement"),
    st.Page("ui/pages/history.py", title="History", url_path="history"),
    st.Page("ui/pages/exports.py", title="Exports", url_path="exports"),
]
page = st.navigation(pages, position="sidebar")
if chrome.dress():
    page.run()
