"""The bar above the claims: words, state, and behind a button all the rest.

The address is the truth: what is changed here goes there, and what stands there shows here.
"""

from dataclasses import fields, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from db.models import CLAIM_STATES
from db.queries import articles, projects, search, users
from db.queries.search import ClaimFilter, Viewer
from workbench.reviewing.workflows import DONE, LEAD, phase_titles
from workbench.ui import state
from workbench.ui.components.asked_for import asked_for
from workbench.ui.database import reading
from workbench.workflow.filtering import asked, from_query, to_query, without
from workbench.workflow.phasing import plan_of

_MORE = "more-filters"
_PREFIX = "filter-"
_ANY = ""
_FOLDED = [field.name for field in fields(ClaimFilter) if field.name not in ("words", "states")]


def claim_filter(viewer: Viewer, wanted: ClaimFilter) -> None:
    """Draw the bar; a change puts the new filter into the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _fill("words", wanted.words, wanted)
        st.text_input(
            "Search words",
            key=_key("words"),
            on_change=_apply,
            placeholder='Words or a "phrase" in claims, quotes, speakers, evidence',
            label_visibility="collapsed",
            icon=":material/search:",
            width=420,
        )
        _fill("states", list(wanted.states), wanted)
        st.multiselect(
            "State",
            CLAIM_STATES,
            key=_key("states"),
            on_change=_apply,
            format_func=str.capitalize,
            placeholder="Any state",
            label_visibility="collapsed",
            width=230,
        )
        n = len(asked(wanted, _FOLDED))
        title = f"More filters ({n})" if n else "More filters"
        with st.popover(title, key=_MORE, on_change="rerun", width="content") as more:
            if more.open:
                with reading() as session:
                    _more(session, viewer, wanted)
        if wanted != ClaimFilter():
            st.button("Clear filters", on_click=clear, key="clear-filters")
    # The article that is open says so itself.
    asked_for(viewer, wanted, [name for name in _FOLDED if name != "article_id"])


def clear() -> None:
    """Ask for every claim again."""
    state.set_query({})


def _more(session: Session, viewer: Viewer, wanted: ClaimFilter) -> None:
    labels = {row.key: row.title for row in projects.labels(session, project_id=viewer.project_id)}
    people = {user.name: user.display_name or user.name for user in users.all_users(session)}
    left, right = st.columns(2, width=620)
    with left:
        _choice("Speaker", "speaker", _counted(session, viewer, wanted, "speaker"), wanted)
        _choice("Outlet", "outlet", _counted(session, viewer, wanted, "outlet"), wanted)
        _choice("Article", "article_id", _articles(session, viewer), wanted)
        _days("Published", "published", wanted)
        _days("Claimed", "claimed", wanted)
    with right:
        final = _counted(session, viewer, wanted, "label")
        shown = {
            key: final.get(key, f"{title} (0)").replace(key, title) for key, title in labels.items()
        }
        _choice("Final verdict", "label", shown, wanted)
        _choice("A reviewer's verdict", "verdict", labels, wanted)
        _choice("Reviewed by", "reviewer", people, wanted)
        _choice("On the queue of", "assigned", people, wanted)
        if phases := _phases(session, viewer, wanted):
            _choice("Phase", "phase", phases, wanted)
        _fill("worth", (wanted.worth_from or 0.0, _or_one(wanted.worth_to)), wanted)
        st.slider("Check-worthiness", 0.0, 1.0, step=0.05, key=_key("worth"), on_change=_apply)
        for title, name in (("Flagged", "flagged"), ("With open comments", "discussed")):
            _fill(name, getattr(wanted, name), wanted)
            st.checkbox(title, key=_key(name), on_change=_apply)


def _choice(title: str, name: str, options: dict[Any, str], wanted: ClaimFilter) -> None:
    value = getattr(wanted, name)
    known = {_ANY: "Any"} | ({value: str(value)} if value not in (None, _ANY) else {}) | options
    _fill(name, _ANY if value is None else value, wanted)
    st.selectbox(
        title, list(known), format_func=known.__getitem__, key=_key(name), on_change=_apply
    )


def _days(title: str, name: str, wanted: ClaimFilter) -> None:
    first, last = st.columns(2)
    for place, end, column in ((" from", "from", first), (" to", "to", last)):
        field = f"{name}_{end}"
        _fill(field, getattr(wanted, field), wanted)
        column.date_input(title + place, key=_key(field), on_change=_apply)


def _counted(session: Session, viewer: Viewer, wanted: ClaimFilter, of: str) -> dict[Any, str]:
    found = search.options(session, viewer, without(wanted, of), of)
    return {value: f"{value} ({n:,})" for value, n in found}


def _phases(session: Session, viewer: Viewer, wanted: ClaimFilter) -> dict[Any, str]:
    """The phases of the project's work with what comes after them; nothing without phases."""
    plan = plan_of(session, viewer.project_id)
    titles = phase_titles()
    counted = dict(search.options(session, viewer, without(wanted, "phase"), "phase"))
    on = [*(phase.key for phase in plan.phases), LEAD, DONE] if plan.phases else []
    return {key: f"{titles[key]} ({counted.get(key, 0):,})" for key in on}


def _articles(session: Session, viewer: Viewer) -> dict[Any, str]:
    newest = articles.in_project(session, project_id=viewer.project_id, limit=200)
    return {line.id: f"{line.title} ({line.n_claims:,})" for line in newest}


def _apply() -> None:
    """Put what the widgets say into the address; those that are not drawn say nothing."""
    wanted = from_query(state.query())
    changed = {name: state.widget(_key(name)) for name in (*_FOLDED, "words", "states")}
    given = {
        name: _value(name, value) for name, value in changed.items() if state.drawn(_key(name))
    }
    if state.drawn(_key("worth")):
        least, most = state.widget(_key("worth"))
        given |= {"worth_from": least or None, "worth_to": most if most < 1 else None}
    state.set_query(to_query(replace(wanted, **given)))


def _value(name: str, value: Any) -> Any:
    if name == "states":
        return tuple(state for state in CLAIM_STATES if state in value)
    return None if name == "article_id" and value == _ANY else value


def _or_one(share: float | None) -> float:
    return 1.0 if share is None else share


def _fill(name: str, value: Any, wanted: ClaimFilter) -> None:
    state.fill_widget(_key(name), value, when=str(to_query(wanted)))


def _key(name: str) -> str:
    return f"{_PREFIX}{name}"
