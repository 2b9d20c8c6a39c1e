"""Adjudicate: claims on which reviewers differ, side by side, and a lead's decision on each."""

from typing import Any

import streamlit as st

from db.models import User
from db.queries import adjudication
from db.queries.search import Viewer
from workbench.ui import feedback, state, who
from workbench.ui.components.adjudicator import adjudicator, asked, keys_here
from workbench.ui.components.adjudicator_data import adjudicator_data
from workbench.ui.components.adjudicator_queue import empty_queue, place_data, shows
from workbench.ui.database import reading, writing
from workbench.workflow import courtwork, drawing
from workbench.workflow.adjudicating import sight
from workbench.workflow.filtering import from_query
from workbench.workflow.keying import key_table

_PROBLEM = "adjudicate-problem"
_CHANGED = (
    "The claim, its reviews or its final verdict changed while you were deciding. Nothing was "
    "overwritten: look at them again, then decide."
)


def render() -> None:
    """Draw the page."""
    with feedback.here():
        me, wanted = who.present("adjudicate"), from_query(state.query())
        show = state.show_in_url(adjudication.SHOWS)
        with reading() as session:
            viewer = sight(session, project_id=me.project_id, user_id=me.user_id)
            ids = list(adjudication.queue(session, viewer, wanted, show))
            shows(session, viewer, wanted, show)
        claim_id = state.claim_in_url() or (ids[0] if ids else None)
        if claim_id is None:
            empty_queue(viewer, wanted, show)
            return
        state.open_claim(claim_id)
        missed = adjudicator(_data(viewer, claim_id, ids), on_act=_act)
        if missed and _carry_out(missed):
            st.rerun()


def _data(viewer: Viewer, claim_id: int, ids: list[int]) -> dict[str, Any]:
    with reading() as session:
        claim = drawing.claim_of_project(session, project_id=viewer.project_id, claim_id=claim_id)
        data = adjudicator_data(session, viewer, claim)
        keys = keys_here(key_table(session.get_one(User, viewer.user_id)))
    problem = state.typed(_PROBLEM) or {}
    here = problem if problem.get("claim_id") == claim_id else {}
    answer = {"problem": here.get("text"), "conflict": here.get("conflict", False)}
    done = {"done": state.answered("adjudicate"), "said": "Saved"}
    return {**data, **place_data(claim_id, ids), **answer, **done, "keys": keys}


def _act() -> None:
    action = asked()
    if action:
        _carry_out(action)


def _carry_out(action: dict[str, Any]) -> bool:
    """Do what was asked for, once, and go on; returns whether it was still to be done."""
    if not state.first_time(str(action.get("op_id"))):
        return False
    answer = feedback.answered(lambda: _do(who.present("adjudicate"), action), lambda: {})
    state.keep_typed(_PROBLEM, _problem(action, answer))
    return True


def _do(me: who.Present, action: dict[str, Any]) -> dict[str, Any]:
    with writing() as session:
        viewer = sight(session, project_id=me.project_id, user_id=me.user_id)
        wanted, show = from_query(state.query()), state.show_in_url(adjudication.SHOWS)
        ids = adjudication.queue(session, viewer, wanted, show)
        claim_id = courtwork.carry_out(session, me.project_id, me.user_id, action, ids)
    state.answer("adjudicate", str(action["op_id"]))
    state.open_claim(claim_id)
    return {}


def _problem(action: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any] | None:
    """What is to be said beside that which was typed and stays; None where all went well."""
    if "error" not in answer:
        return None
    conflict = "stored" in answer
    text = _CHANGED if conflict else answer["error"]
    return {"claim_id": action.get("claim_id"), "text": text, "conflict": conflict}


render()
