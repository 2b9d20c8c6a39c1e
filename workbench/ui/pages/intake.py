"""Intake: an article is pasted, uploaded or taken from the samples, and split."""

import streamlit as st

from workbench.ui import feedback, who
from workbench.ui.components import asset
from workbench.ui.components.adding import adding
from workbench.ui.components.board import board


def render() -> None:
    """Draw the page."""
    st.html(f"<style>{asset('intake.css')}</style>")
    st.title("Intake", anchor=False)
    with feedback.here():
        me = who.present("article.imported")
        said = adding(me)
        board(me, keep=said)


render()
