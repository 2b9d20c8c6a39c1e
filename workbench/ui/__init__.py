"""Streamlit lives here: state, caches, feedback, components and pages."""
