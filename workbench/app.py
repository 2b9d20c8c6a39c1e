"""Entry point: page config, the sidebar and the table of pages; nothing else."""

import streamlit as st

from workbench.ui import chrome

st.set_page_config(
    page_title="Fact-check workbench",
    page_icon=chrome.ICON,
    layout="wide",
    initial_sidebar_state=220,
)
home = st.Page("ui/pages/home.py", title="Home", default=True, visibility="hidden")
page = st.navigation([home, *chrome.pages()], position="sidebar")
if chrome.dress():
    page.run()
