"""The claim that is open on the Claims page: its text, its state, what it can be merged with."""

from functools import partial

import streamlit as st

from db.models import Claim
from workbench.ui import feedback, state, who
from workbench.ui.database import writing
from workbench.workflow import claiming

_STATE_WORDS = {
    "proposed": "Proposed by the splitter",
    "accepted": "Accepted",
    "rejected": "Rejected",
}


_TEXT = "claim-text"


def claim_editor(me: who.Present, claim: Claim, others: list[Claim], parents: list[Claim]) -> None:
    """Draw the editor of `claim`; `others` are the article's claims it can be merged with.

    The widgets keep their keys from claim to claim, so that nothing on the page is taken away and
    drawn again; what they do names the claim and the version that were on the screen.
    """
    st.caption(feedback.literal(_facts(claim)))
    state.fill_widget(_TEXT, claim.text, when=f"{claim.id}:{claim.version}")
    rewrite = partial(_rewrite, me, claim)
    st.text_area("Claim text", key=_TEXT, height=96, on_change=rewrite)
    with st.container(horizontal=True, gap="small"):
        _state_button(me, claim, "Accept", "accepted", primary=True)
        _state_button(me, claim, "Reject", "rejected")
        st.button("Save text", on_click=rewrite, key="save-text")
        _merge(me, claim, others)
    if parents:
        st.caption("Made from")
        for parent in parents:
            st.markdown(f"- {feedback.literal(parent.text)}")


def _facts(claim: Claim) -> str:
    said_by = f"said by {claim.speaker}" if claim.speaker else "in the article's own voice"
    place = f"characters {claim.start:,} to {claim.end:,}"
    words = [_STATE_WORDS[claim.state], said_by, place]
    words.append(f"check-worthiness {claim.checkworthiness:.2f}")
    return " · ".join(words)


def _rewrite(me: who.Present, claim: Claim) -> None:
    """Save the text as it stands in the field: on leaving it, so that nothing typed is lost."""
    with feedback.later(), writing() as session:
        claiming.rewrite(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            user_id=me.user_id,
            text=state.widget(_TEXT, claim.text),
            version=claim.version,
        )


def _state_button(
    me: who.Present, claim: Claim, title: str, new: str, *, primary: bool = False
) -> None:
    def put() -> None:
        with feedback.later(), writing() as session:
            claiming.set_state(
                session,
                project_id=me.project_id,
                claim_id=claim.id or 0,
                user_id=me.user_id,
                state=new,
                version=claim.version,
            )

    st.button(
        title,
        on_click=put,
        type="primary" if primary else "secondary",
        disabled=claim.state == new,
        key=f"put-{new}",
    )


def _merge(me: who.Present, claim: Claim, others: list[Claim]) -> None:
    if not others:
        return
    by_id = {other.id or 0: other for other in others}
    key = f"merge-{claim.id}"

    def merge() -> None:
        with feedback.later():
            chosen = [by_id[id] for id in state.widget(key, [])]
            with writing() as session:
                merged = claiming.merge(
                    session,
                    project_id=me.project_id,
                    claim_ids=[claim.id or 0, *(other.id or 0 for other in chosen)],
                    versions=[claim.version, *(other.version for other in chosen)],
                    user_id=me.user_id,
                )
            state.set_url(article=claim.article_id, claim=merged.id)

    with (
        st.popover("Merge with…"),
        st.container(horizontal=True, vertical_alignment="bottom", width=560),
    ):
        st.multiselect(
            "Claims to merge with this one",
            list(by_id),
            format_func=lambda id: by_id[id].text,
            key=key,
            placeholder="Choose claims",
        )
        st.button("Merge", on_click=merge, key="do-merge")
