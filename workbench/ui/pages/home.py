"""Home: whoever opens the bare address starts at the review desk."""

import streamlit as st

st.switch_page("ui/pages/review.py")
