"""Who made the open claim, when, where, of which type: its fields, and a choice of two."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from db.models import Claim
from workbench.reviewing.claim_facts import CLAIM_TYPES
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow import claiming

_TITLES = {
    "speaker": "Speaker",
    "claimed_on": "Claimed on",
    "place": "Place",
    "claim_types": "Type",
}


def claim_details(me: who.Present, claim: Claim) -> None:
    """Draw the fields; after somebody else's change, what is stored and what was typed instead."""
    typed = state.typed(_key(claim))
    if typed is not None:
        _conflict(me, claim, typed)
        return
    _fill(claim)
    with st.expander("Speaker, date, place and type", key="claims-details"):
        st.text_input("Speaker", key="detail-speaker", placeholder="The article itself")
        if "speaker" in claim.proposed:
            was = claim.proposed["speaker"] or "the article itself"
            st.caption(feedback.literal(f"Proposed by the splitter: {was}"))
        day, place = st.columns(2)
        day.date_input("Claimed on", key="detail-claimed_on", min_value=date(1, 1, 1))
        place.text_input("Place", key="detail-place")
        st.multiselect("Claim type", CLAIM_TYPES, key="detail-claim_types")
        if "quote" in claim.proposed:
            was = claim.proposed["quote"]
            st.caption(feedback.literal(f"Span proposed by the splitter: {was}"))
        press("Save details", partial(_save, me, claim), key="save-details")


def _key(claim: Claim) -> str:
    return f"details-{claim.id}"


def _stored(claim: Claim) -> dict[str, Any]:
    facts = {name: getattr(claim, name) for name in _TITLES}
    return {**facts, "speaker": claim.speaker or ""}


def _fill(claim: Claim) -> None:
    for name, value in _stored(claim).items():
        state.fill_widget(f"detail-{name}", value, when=f"{claim.id}:{claim.version}")


def _save(me: who.Present, claim: Claim) -> None:
    empty: dict[str, Any] = {"speaker": "", "claimed_on": None, "place": "", "claim_types": []}
    _describe(
        me, claim, {name: state.widget(f"detail-{name}", none) for name, none in empty.items()}
    )


def _describe(me: who.Present, claim: Claim, typed: Mapping[str, Any]) -> None:
    """Save what was typed; what meets somebody else's change stays, to be chosen from."""
    key = _key(claim)
    with feedback.later(on_conflict=lambda: state.keep_typed(key, typed)), writing() as session:
        claiming.describe(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            user_id=me.user_id,
            version=claim.version,
            **typed,
        )
        state.keep_typed(key, None)


def _conflict(me: who.Present, claim: Claim, typed: Mapping[str, Any]) -> None:
    stored = _stored(claim)
    different = [name for name in _TITLES if (stored[name] or "") != (typed[name] or "")]
    with st.container(border=True, key="details-conflict"):
        st.markdown("**Saved elsewhere while you worked here.** Nothing was overwritten.")
        for title, side, column in zip(
            ("Stored", "Here"), (stored, typed), st.columns(2), strict=True
        ):
            column.markdown(f"**{title}**")
            for name in different:
                column.text(f"{_TITLES[name]}: {_words(side[name])}")
        with st.container(horizontal=True, gap="small"):
            forget = partial(state.keep_typed, _key(claim), None)
            press("Take the stored one", forget, key="take-stored-details")
            press("Keep what is here", partial(_describe, me, claim, typed), key="keep-details")


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "–")
