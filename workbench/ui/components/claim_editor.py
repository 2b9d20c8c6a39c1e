"""The claim that is open on the Claims page: its text, its state, what it can be merged with."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from db.models import Claim
from db.queries import comments, flags
from workbench.reviewing.claim_facts import CLAIM_TYPES, REASONS, told
from workbench.ui import feedback, state, who
from workbench.ui.components.desk_talk import lineage
from workbench.ui.database import reading, writing
from workbench.workflow import claiming, undoing

_STATE_WORDS = {
    "proposed": "Proposed by the splitter",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "retired": "Retired",
}
_PAGE = "ui/pages/claims.py"
_TEXT = "claim-text"


def undo_bar(me: who.Present) -> None:
    """Draw Undo and Redo, each with what it would take back in its help."""
    with reading() as session:
        steps = undoing.next_steps(session, project_id=me.project_id, user_id=me.user_id)
    with st.container(horizontal=True, gap="small"):
        for name, step, how in zip(
            ("Undo", "Redo"), steps, (undoing.undo, undoing.redo), strict=True
        ):
            st.button(
                name,
                help=feedback.literal(f"{name}: {step.words}")
                if step
                else f"Nothing to {name.lower()}",
                disabled=step is None,
                on_click=partial(_take_back, me, step, how),
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
    _about(claim)
    if claim.state == "retired":
        _retired(me, claim)
        return
    state.fill_widget(_TEXT, claim.text, when=f"{claim.id}:{claim.version}")
    rewrite = partial(_rewrite, me, claim)
    st.text_area("Claim text", key=_TEXT, height=96, on_change=rewrite)
    with st.container(horizontal=True, gap="small"):
        _state_button(me, claim, "Accept", "accepted", primary=True)
        _reject(me, claim)
        st.button("Save text", on_click=rewrite, key="save-text")
        _merge(me, claim, others)
    if claim.proposed_text and claim.proposed_text != claim.text:
        st.caption(f"Proposed by the splitter: {feedback.literal(claim.proposed_text)}")
    _details(me, claim)


def _about(claim: Claim) -> None:
    """Where the claim comes from and what became of it, its flags and its comments."""
    with reading() as session:
        line = lineage(session, claim)
        raised = flags.raised(session, claim_id=claim.id or 0)
        n_open = comments.n_open(session, claim_ids=[claim.id or 0]).get(claim.id or 0, 0)
    if line["how"]:
        _links(f"Made by a {line['how']} from", claim, line["parents"])
    if line["became"]:
        _links(
            "Merged into" if line["became"] == "merge" else "Split into", claim, line["children"]
        )
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
    st.button("Restore", on_click=restore, key=f"restore-{claim.id}")


def _do(me: who.Present, claim: Claim, change: Callable[..., Claim], **fields: object) -> None:
    with feedback.later(), writing() as session:
        change(
            session,
            project_id=me.project_id,
            claim_id=claim.id or 0,
            user_id=me.user_id,
            version=claim.version,
            **fields,
        )


def _reject(me: who.Present, claim: Claim) -> None:
    key, words_key = f"reason-{claim.id}", f"reason-words-{claim.id}"

    def put_away(change: Callable[..., Claim], **fields: object) -> None:
        reason = told(state.widget(key) or "", state.widget(words_key, ""))
        _do(me, claim, change, reason=reason, **fields)

    with st.popover("Reject or retire…"):
        st.pills("Reason", REASONS, key=key)
        st.text_input("In your words", key=words_key, max_chars=400)
        with st.container(horizontal=True):
            reject = partial(put_away, claiming.set_state, state="rejected")
            st.button("Reject", on_click=reject, type="primary", key="put-rejected")
            retire = partial(put_away, claiming.retire)
            st.button("Retire", on_click=retire, key="put-retired", help="Out of the work for good")


def _details(me: who.Present, claim: Claim) -> None:
    when = f"{claim.id}:{claim.version}"
    values = {
        "detail-speaker": claim.speaker or "",
        "detail-place": claim.place,
        "detail-on": claim.claimed_on,
        "detail-types": claim.claim_types,
    }
    for key, value in values.items():
        state.fill_widget(key, value, when=when)

    def save() -> None:
        _do(
            me,
            claim,
            claiming.describe,
            speaker=state.widget("detail-speaker", ""),
            claimed_on=state.widget("detail-on"),
            place=state.widget("detail-place", ""),
            claim_types=state.widget("detail-types", []),
        )

    with st.expander("Speaker, date, place and type"):
        st.text_input("Speaker", key="detail-speaker", placeholder="The article itself")
        if "speaker" in claim.proposed:
            was = claim.proposed["speaker"] or "the article itself"
            st.caption(feedback.literal(f"Proposed by the splitter: {was}"))
        day, place = st.columns(2)
        day.date_input("Claimed on", key="detail-on", min_value=date(1, 1, 1))
        place.text_input("Place", key="detail-place")
        st.multiselect("Claim type", CLAIM_TYPES, key="detail-types")
        if "quote" in claim.proposed:
            was = claim.proposed["quote"]
            st.caption(feedback.literal(f"Span proposed by the splitter: {was}"))
        st.button("Save details", on_click=save, key="save-details")


def _facts(claim: Claim) -> str:
    said_by = f"said by {claim.speaker}" if claim.speaker else "in the article's own voice"
    place = f"characters {claim.start:,} to {claim.end:,}"
    words = [_STATE_WORDS[claim.state], said_by, place]
    words.append(f"check-worthiness {claim.checkworthiness:.2f}")
    if claim.state == "rejected" and claim.reason:
        words.append(f"reason: {claim.reason}")
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
            state.show_claim(merged.id or 0)

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
