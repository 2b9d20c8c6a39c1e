"""The field for the open claim's text on Claims, which keeps what is typed until it is stored."""

from typing import Any

import streamlit as st

from db.models import Claim
from workbench.ui import state
from workbench.ui.components import asset

_KEY = "claim-text"
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
        key=_KEY,
        data={"claim_id": claim.id, "version": claim.version, "text": claim.text},
        default={"seen": None},
        on_seen_change=lambda: None,
        on_saved_change=lambda: None,
        height="content",
        width="stretch",
    )


def seen_version(claim_id: int, version: int) -> int:
    """The version of the claim that the person has before them, where `version` was drawn.

    A text that was saved in this tab a moment before a press is no change by somebody else.
    """
    seen = state.component_value(_KEY, "seen")
    known = isinstance(seen, dict) and seen.get("claim_id") == claim_id
    return max(version, int(seen["version"])) if known else version


def on_seen(action: dict[str, Any]) -> dict[str, Any]:
    """What was asked for in the article, on the version of the claim that the person has seen."""
    claim_id, version = action.get("claim_id"), action.get("version")
    if not isinstance(claim_id, int) or not isinstance(version, int):
        return action
    return action | {"version": seen_version(claim_id, version)}
