"""The field for the open claim's text on Claims, which keeps what is typed until it is stored."""

import streamlit as st

from db.models import Claim
from workbench.ui.components import asset

_component = st.components.v2.component(
    "factcheck_claim_text",
    html=asset("claim_text.html"),
    css=asset("controls.css", "claim_text.css"),
    js=asset("ids.js", "kept.js", "claim_text.js"),
    isolate_styles=False,
)


def claim_text(claim: Claim) -> None:
    """Draw the field. It saves by a route of `workbench.ui.routes`; then the page is drawn anew."""
    _component(
        key="claim-text",
        data={"claim_id": claim.id, "version": claim.version, "text": claim.text},
        on_saved_change=lambda: None,
        height="content",
        width="stretch",
    )
