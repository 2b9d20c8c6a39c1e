"""Every `st.cache_*`: thin wrappers of plain functions."""

import streamlit as st
from sqlalchemy import Engine

from db.engine import open_engine
from workbench.settings import from_environment


def engine() -> Engine:
    """The one engine of this process on the database that the settings name."""
    return _engine(from_environment().database_url)


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Engine:
    return open_engine(url)
