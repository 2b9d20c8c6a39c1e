"""The claim that is open on the Claims page: its text, its state, what it can be merged with."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from db.models import Claim
from db.queries import comments, flags
from workbench.reviewing.claim_facts import REASONS, told
from workbench.reviewing.workflows import phase_titles
from workbench.ui import feedback, state, who
from workbench.ui.components.claim_details import claim_details
from workbench.ui.components.claim_seats import claim_seats
from workbench.ui.components.claim_text import claim_text, seen_version
from workbench.ui.components.desk_talk import lineage
from workbench.ui.components.keeper import Field, Kept, keep
from workbench.ui.components.known_verdict import known_verdict
from workbench.ui.components.press import press
from workbench.ui.components.resolution import resolution, resolution_data
from workbench.ui.database import reading, writing
from workbench.workflow import claiming, permitting, undoing

_STATE_WORDS = {
    "proposed": "Proposed by the splitter",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "retired": "Retired",
}
_PAGE = "ui/pages/claims.py"


def undo_bar(me: who.Present) -> None:
    """Draw Undo and Redo, each with what it would take back in its help."""
    with reading() as session:
        steps = undoing.next_steps(session, project_id=me.project_id, user_id=me.user_id)
    with st.container(horizontal=True, gap="small"):
        for name, step, how in zip(
            ("Undo", "Redo"), steps, (undoing.undo, undoing.redo), strict=True
        ):
            press(
                name,
                partial(_take_back, me, step, how),
                help=feedback.literal(f"{name}: {step.words}")
                if step
                else f"Nothing to {name.lower()}",
                disabled=step is None,
                key=f"claims-{name.lower()}",
            )


def _take_back(me: who.Present, step: undoing.Step | None, how: Callable[..., int]) -> None:
    if step is None:
        return
    with feedback.later():
        with writing() as session:
            claim_id = how(
                session,
                project_id=me.project_id,
                user_id=me.user_id,
                event_id=step.event_id,
            )
            article_id = session.get_one(Claim, claim_id).article_id
        state.show_claim(claim_id, article_id=article_id)


def claim_editor(me: who.Present, claim: Claim, others: list[Claim]) -> None:
    """Draw the editor of `claim`; `others` are the article's claims it can be merged with.

    The widgets keep their keys from claim to claim, so that nothing on the page is taken away and
    drawn again; what they do names the claim and the version that were on the screen.
    """
    st.caption(feedback.literal(_facts(claim)))
    _about(me, claim)
    if claim.state == "retired":
        _retired(me, claim)
        known_verdict(me, claim)
        return
    claim_text(claim)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _state_button(me, claim, "Accept", "accepted", primary=True)
        _reject(me, claim)
        _merge(me, claim, others)
        _history(claim)
    if claim.proposed_text and claim.proposed_text != claim.text:
        st.caption(f"Proposed by the splitter: {feedback.literal(claim.proposed_text)}")
    claim_details(me, claim)
    known_verdict(me, claim)
    claim_seats(me, claim)


def claim_read(me: who.Present, claim: Claim) -> None:
    """Draw the same of `claim` for somebody who only looks: nothing can be changed."""
    st.caption(feedback.literal(_facts(claim)))
    _about(me, claim)
    st.markdown(f"**{feedback.literal(claim.text)}**")
    if claim.proposed_text and claim.proposed_text != claim.text:
        st.caption(f"Proposed by the splitter: {feedback.literal(claim.proposed_text)}")
    facts = {
        "Claimed on": str(claim.claimed_on or ""),
        "Place": claim.place,
        "Type": ", ".join(claim.claim_types),
    }
    for title, value in facts.items():
        if value:
            st.caption(feedback.literal(f"{title}: {value}"))


def _about(me: who.Present, claim: Claim) -> None:
    """Where the claim comes from and what became of it, its flags and its comments."""
    with reading() as session:
        viewer = permitting.viewer(session, project_id=me.project_id, user_id=me.user_id)
        line = lineage(session, claim)
        raised = flags.raised(session, viewer, claim_id=claim.id or 0)
        threads = comments.n_open(session, viewer, claim_ids=[claim.id or 0])
        n_open = threads.get(claim.id or 0, 0)
        settled = resolution_data(session, viewer, claim)
    if line["how"]:
        _links(f"Made by a {line['how']} from", claim, line["parents"])
    if line["became"]:
        _links(
            "Merged into" if line["became"] == "merge" else "Split into", claim, line["children"]
        )
    resolution(settled)
    for flag, name in raised:
        st.warning(feedback.literal(f"Flagged by {name}: {flag.reason}"))
    if n_open:
        label = f"{n_open} open comment{'' if n_open == 1 else 's'}"
        address = {"claim": str(claim.id)}
        st.page_link("ui/pages/review.py", label=label, query_params=address)


def _links(words: str, claim: Claim, ids: list[int]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(words, width="content")
        for id in ids:
            address = {"article": str(claim.article_id), "claim": str(id)}
            st.page_link(_PAGE, label=f"claim {id}", query_params=address)


def _retired(me: who.Present, claim: Claim) -> None:
    st.markdown(feedback.literal(claim.text))
    if claim.reason:
        st.caption(feedback.literal(f"Reason: {claim.reason}"))
    restore = partial(_do, me, claim, claiming.restore)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        press("Restore", restore, key=f"restore-{claim.id}")
        _history(claim)


def _history(claim: Claim) -> None:
    address = {"claim": str(claim.id)}
    st.page_link("ui/pages/history.py", label="History", query_params=address, width="content")


def _do(me: who.Present, claim: Claim, change: Callable[..., Claim], **fields: object) -> None:
    with feedback.later(), writing() as session:
        change(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            user_id=me.user_id,
            version=seen_version(claim.id or 0, claim.version),
            **fields,
        )


def _reject(me: who.Present, claim: Claim) -> None:
    key, words_key = f"reason-{claim.id}", f"reason-words-{claim.id}"

    def put_away(change: Callable[..., Claim], **fields: object) -> None:
        reason = told(state.widget(key) or "", state.widget(words_key, ""))
        _do(me, claim, change, reason=reason, **fields)

    with st.popover("Reject or retire…", key="claims-reject"):
        st.pills("Reason", REASONS, key=key)
        st.text_input("In your words", key=words_key, max_chars=400)
        with st.container(horizontal=True):
            reject = partial(put_away, claiming.set_state, state="rejected")
            press("Reject", reject, type="primary", key="put-rejected")
            retire = partial(put_away, claiming.retire)
            press("Retire", retire, key="put-retired", help="Out of the work for good")

    def restore(kept: Kept) -> None:
        if kept.typed["reason"] in REASONS:
            state.put_in_widget(key, kept.typed["reason"])
        state.put_in_widget(words_key, kept.typed["words"])

    fields = {"reason": Field(key, None), "words": Field(words_key, "")}
    keep("reason", f"reason-{claim.id}", fields, restore=restore)


def _facts(claim: Claim) -> str:
    said_by = f"said by {claim.speaker}" if claim.speaker else "in the article's own voice"
    place = f"characters {claim.start:,} to {claim.end:,}"
    words = [_STATE_WORDS[claim.state], said_by, place]
    words.append(f"check-worthiness {claim.checkworthiness:.2f}")
    if claim.phase:
        words.append(f"phase: {phase_titles().get(claim.phase, claim.phase).lower()}")
    if claim.state == "rejected" and claim.reason:
        words.append(f"reason: {claim.reason}")
    return " · ".join(words)


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
                version=seen_version(claim.id or 0, claim.version),
            )

    press(
        title,
        put,
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
                    versions=[
                        seen_version(claim.id or 0, claim.version),
                        *(other.version for other in chosen),
                    ],
                    user_id=me.user_id,
                )
            state.show_claim(merged.id or 0)

    with (
        st.popover("Merge with…", key="claims-merge"),
        st.container(horizontal=True, vertical_alignment="bottom", width=560),
    ):
        st.multiselect(
            "Claims to merge with this one",
            list(by_id),
            format_func=lambda id: by_id[id].text,
            key=key,
            placeholder="Choose claims",
        )
        press("Merge", merge, key="do-merge")
