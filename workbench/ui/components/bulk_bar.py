"""What can be done with many claims at once: asked for, counted, and done after a yes."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from db.models import Job
from db.queries.bulk import LeftOut
from db.queries.jobs import OPEN_STATES
from db.queries.search import ClaimFilter, Viewer
from workbench.ui import feedback, state
from workbench.ui.components.claim_table import selected_of
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import bulkwork
from workbench.workflow.bulkwork import Action, Chosen
from workbench.workflow.filtering import from_query, to_query
from workbench.workflow.permitting import reviewers

ACTIONS = {"accepted": "Accept", "rejected": "Reject", "assigned": "Assign", "retired": "Retire"}
REASONS = ("Not a claim", "Opinion", "Too vague", "Unreadable", "Duplicate")
_REASON = "bulk-reason"
_TO = "bulk-to"


def bulk_bar(viewer: Viewer, wanted: ClaimFilter, shown: Sequence[int], n_found: int) -> None:
    """Draw the actions, the question that waits for a yes, or the job that is being done.

    `shown` are the rows on this page of the list, of which some may be selected.
    """
    selected = selected_of(shown)
    asked = state.asked_in_bulk()
    if asked is not None and asked.get("job_id"):
        st.fragment(_watch, run_every=1.0)(asked["job_id"])
        return
    if asked is not None and asked["about"] == _about(wanted, selected):
        _question(viewer, asked)
        return
    n = len(selected) or n_found
    which = f"{n:,} selected" if selected else f"All {n:,} found"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{which}:**", width="content")
        for put, title in ACTIONS.items():
            ask = partial(_ask, viewer, wanted, tuple(shown), put)
            press(f"{title}…", ask, key=f"bulk-{put}", disabled=n == 0)


def _about(wanted: ClaimFilter, selected: Sequence[int]) -> dict[str, list[str]]:
    return to_query(replace(wanted, ids=tuple(selected)))


def _ask(viewer: Viewer, wanted: ClaimFilter, shown: tuple[int, ...], put: str) -> None:
    """Fix what it is about, so that what was counted is what is done.

    A row selected a moment before the press belongs to it, though no page was drawn since.
    """
    selected = tuple(selected_of(shown))
    with feedback.later(), writing() as session:
        if put == "assigned":
            people = [user.name for user in reviewers(session, project_id=viewer.project_id)]
            bulkwork.note_recusals(session, project_id=viewer.project_id, to=people)
        chosen = bulkwork.choose(session, replace(wanted, ids=selected))
        about = _about(wanted, selected)
        asked = {"about": about, "put": put, "seen": chosen.seen, "op_id": uuid.uuid4().hex}
        state.ask_in_bulk(asked)


def _question(viewer: Viewer, asked: dict[str, Any]) -> None:
    title = ACTIONS[asked["put"]]
    with st.container(border=True, key="bulk-question"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            action = _action(viewer, asked["put"])
            with reading() as session:
                n = bulkwork.count(session, viewer, _chosen(asked), action)
                left = bulkwork.left_out(session, viewer, _chosen(asked), action)
            claims = "1 claim" if n == 1 else f"{n:,} claims"
            to = f" to {feedback.literal(_each(action.to))}" if action.to else ""
            st.markdown(f"**{title} {claims}{to}?**", width="content")
            yes = partial(_carry_out, viewer, asked)
            press(f"{title} {claims}", yes, type="primary", key="bulk-yes", disabled=n == 0)
            press("Cancel", partial(state.ask_in_bulk, None), key="bulk-no")
        if put_out := _left_out(left):
            st.caption(put_out)
        elif action.put == "assigned" and not action.to:
            st.caption("Choose who gets them; several people get about as many each.")
        elif n == 0:
            st.caption("Nothing would change: the claims are so already, or are retired.")


def _each(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _left_out(left: LeftOut) -> str:
    """How many claims nobody of those chosen gets, and why; empty if there is none."""
    reasons = {
        "rejected or retired": left.n_put_away,
        "on their queue already, or judged by them": left.n_on_queue,
        "from an article of their own": left.n_own,
        "about what they recused themselves from": left.n_recused,
    }
    n = sum(reasons.values())
    told = "; ".join(f"{count:,} {why}" for why, count in reasons.items() if count)
    return f"Left out: {n:,} ({told})." if n else ""


def _action(viewer: Viewer, put: str) -> Action:
    """Draw what the action needs to know, and read it."""
    if put in ("rejected", "retired"):
        reason = st.selectbox("Reason", REASONS, key=_REASON, accept_new_options=True, width=240)
        return Action(put, reason=reason or "")
    if put == "assigned":
        with reading() as session:
            names = [user.name for user in reviewers(session, project_id=viewer.project_id)]
        chosen = st.multiselect(
            "Reviewers", names, key=_TO, width=320, placeholder="Choose one or more"
        )
        return Action(put, to=tuple(chosen))
    return Action(put)


def _carry_out(viewer: Viewer, asked: dict[str, Any]) -> None:
    put = asked["put"]
    reason = state.widget(_REASON, "") if put in ("rejected", "retired") else ""
    to = tuple(state.widget(_TO, ())) if put == "assigned" else ()
    with feedback.later():
        with writing() as session:
            action, op_id = Action(put, reason=reason or "", to=to), asked["op_id"]
            done = bulkwork.carry_out(session, viewer, _chosen(asked), action, op_id=op_id)
        if done.job_id is not None:
            state.ask_in_bulk({**asked, "job_id": done.job_id})
            return
        state.ask_in_bulk(None)
        _report(done.n_changed, done.n_elsewhere, put)


def _report(n_changed: int, n_elsewhere: int, put: str) -> None:
    claims = "1 claim" if n_changed == 1 else f"{n_changed:,} claims"
    state.report("success", f"{claims} {put}.")
    if n_elsewhere:
        were = "1 was" if n_elsewhere == 1 else f"{n_elsewhere:,} were"
        state.report("warning", f"{were} changed by somebody since the count and left alone.")


def _chosen(asked: dict[str, Any]) -> Chosen:
    return Chosen(from_query(asked["about"]), asked["seen"])


def _watch(job_id: int) -> None:
    """How far the worker is; the page is drawn anew when it is done."""
    asked = state.asked_in_bulk()
    with reading() as session:
        job = session.get_one(Job, job_id)
        result = bulkwork.outcome(session, asked["op_id"]) if asked else None
    if job.state in OPEN_STATES:
        share = min(1.0, job.done / job.total) if job.total else 0.0
        st.progress(share, text=f"{job.done:,} of {job.total:,} claims done")
        return
    state.ask_in_bulk(None)
    if job.state == "done" and asked and result:
        _report(result.n_changed, result.n_elsewhere, asked["put"])
    else:
        state.report("error", job.error or "The action was cancelled; what was done stays done.")
    st.rerun()
