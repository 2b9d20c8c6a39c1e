"""Who made the open claim, when, where, of which type: its fields, and a choice of two."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from db.models import Claim
from workbench.reviewing.claim_facts import CLAIM_TYPES
from workbench.ui import feedback, state, who
from workbench.ui.components.claim_text import seen_version
from workbench.ui.components.keeper import Field, Kept, keep
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow import claiming
from workbench.workflow.addressing import day

_TITLES = {
    "speaker": "Speaker",
    "claimed_on": "Claimed on",
    "place": "Place",
    "claim_types": "Type",
}


def claim_details(me: who.Present, claim: Claim) -> None:
    """Draw the fields; after somebody else's change, what is stored and what was typed instead."""
    _notice_change(claim)
    typed = state.typed(_key(claim))
    if typed is not None:
        _conflict(me, claim, typed)
        return
    default = partial(_default, claim)
    with st.expander("Speaker, date, place and type", key="claims-details"):
        st.text_input(
            "Speaker",
            value=default("speaker") or "",
            key=_widget("speaker"),
            placeholder="The article itself",
        )
        if "speaker" in claim.proposed:
            was = claim.proposed["speaker"] or "the article itself"
            st.caption(feedback.literal(f"Proposed by the splitter: {was}"))
        on, at = st.columns(2)
        key = _widget("claimed_on")
        on.date_input("Claimed on", default("claimed_on"), min_value=date(1, 1, 1), key=key)
        at.text_input("Place", default("place") or "", key=_widget("place"))
        key = _widget("claim_types")
        st.multiselect("Claim type", CLAIM_TYPES, default("claim_types"), key=key)
        if "quote" in claim.proposed:
            was = claim.proposed["quote"]
            st.caption(feedback.literal(f"Span proposed by the splitter: {was}"))
        # A press that was meant for other stored details finds no button any more.
        key = f"save-details-{claim.id}-{crc32(repr(_stored(claim)).encode())}"
        press("Save details", partial(_save, me, claim), key=key)
    fields = {name: Field(_widget(name), value) for name, value in _stored(claim).items()}
    keep("details", _key(claim), fields, restore=partial(_restore, claim))


def _widget(name: str) -> str:
    return f"detail-{name}"


def _default(claim: Claim, name: str) -> Any:
    stored = _stored(claim)
    return state.begin_widget(_widget(name), stored[name], when=f"{claim.id}:{stored}")


def _notice_change(claim: Claim) -> None:
    """If other details were stored since the fields were drawn, what was typed in them stays."""
    stored, drawn = _stored(claim), state.typed("details-drawn") or {}
    state.keep_typed("details-drawn", {"claim_id": claim.id, "stored": stored})
    if drawn.get("claim_id") == claim.id and drawn["stored"] != stored:
        here = _typed()
        if here not in (stored, drawn["stored"]):
            state.keep_typed(_key(claim), here)


def _restore(claim: Claim, kept: Kept) -> None:
    """What was typed before a reload goes back, beside what was stored since if that is new."""
    typed, base = (
        {**each, "claimed_on": day(each["claimed_on"])} for each in (kept.typed, kept.base)
    )
    typed["claim_types"] = [each for each in typed["claim_types"] if each in CLAIM_TYPES]
    if typed == state.typed(_put_away(claim)):
        return
    if base != _stored(claim):
        state.keep_typed(_key(claim), typed)
        return
    for name, value in typed.items():
        state.put_in_widget(_widget(name), value)


def _key(claim: Claim) -> str:
    return f"details-{claim.id}"


def _stored(claim: Claim) -> dict[str, Any]:
    facts = {name: getattr(claim, name) for name in _TITLES}
    return {**facts, "speaker": claim.speaker or ""}


def _typed() -> dict[str, Any]:
    empty: dict[str, Any] = {"speaker": "", "claimed_on": None, "place": "", "claim_types": []}
    return {name: state.widget(_widget(name)) or none for name, none in empty.items()}


def _save(me: who.Present, claim: Claim) -> None:
    _describe(me, claim, _typed())


def _describe(me: who.Present, claim: Claim, typed: Mapping[str, Any]) -> None:
    """Save what was typed; what meets somebody else's change stays, to be chosen from."""
    key = _key(claim)
    with feedback.later(on_conflict=lambda: state.keep_typed(key, typed)), writing() as session:
        claiming.describe(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            user_id=me.user_id,
            version=seen_version(claim.id or 0, claim.version),
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
            take = partial(_take_stored, claim, typed)
            press("Take the stored one", take, key="take-stored-details")
            press("Keep what is here", partial(_describe, me, claim, typed), key="keep-details")


def _take_stored(claim: Claim, typed: Mapping[str, Any]) -> None:
    state.keep_typed(_key(claim), None)
    state.keep_typed(_put_away(claim), typed)


def _put_away(claim: Claim) -> str:
    return f"{_key(claim)}-put-away"


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "–")
