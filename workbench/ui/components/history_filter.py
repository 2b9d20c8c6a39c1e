"""The bar above the history: what is asked for goes into the address, which is the truth."""

from dataclasses import fields
from typing import Any

import streamlit as st

from db.models import User
from db.queries.history import EVERYTHING, EventFilter
from workbench.ui import state
from workbench.workflow.narrating import kinds
from workbench.workflow.tracing import to_query

_PREFIX = "history-"
_ANY = ""


def history_filter(wanted: EventFilter, people: list[User]) -> None:
    """Draw the bar; a change puts the new filter into the address."""
    names = {user.name: user.display_name or user.name for user in people}
    subjects = sorted({kind.partition(".")[0] for kind in kinds()})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _choice("Person", "person", names, wanted, width=160)
        _choice("About", "subject", {each: each.capitalize() for each in subjects}, wanted)
        known = {kind: _words(kind) for kind in kinds() if _is_of(kind, wanted.subject)}
        _choice("What happened", "kind", known, wanted, width=185)
        _fill("claim_id", wanted.claim_id, wanted)
        st.number_input(
            "Claim", 1, 10**14, step=1, key=_key("claim_id"), on_change=_apply, width=115
        )
        for title, name in (("From", "day_from"), ("To", "day_to")):
            _fill(name, getattr(wanted, name), wanted)
            st.date_input(title, key=_key(name), on_change=_apply, width=155)


def drafts_and_clear(wanted: EventFilter) -> None:
    """Draw whether one's own drafts are shown as well, and the way back to everything."""
    _fill("drafts", wanted.drafts, wanted)
    st.checkbox("My drafts", key=_key("drafts"), on_change=_apply)
    if wanted != EVERYTHING:
        st.button("Clear filters", on_click=clear, key="clear-history")


def clear() -> None:
    """Ask for everything again."""
    state.set_query({})


def _is_of(kind: str, subject: str) -> bool:
    return not subject or kind.startswith(f"{subject}.")


def _words(kind: str) -> str:
    """As in the list: the subject, then what was done.

    >>> _words("claim.accepted")
    'Claim accepted'
    """
    return kind.replace(".", " ").capitalize()


def _choice(
    title: str, name: str, options: dict[str, str], wanted: EventFilter, *, width: int = 135
) -> None:
    value = getattr(wanted, name)
    known = {_ANY: "Any", **({value: value} if value else {}), **options}
    _fill(name, value, wanted)
    st.selectbox(
        title,
        list(known),
        format_func=known.__getitem__,
        key=_key(name),
        on_change=_apply,
        width=width,
    )


def _apply() -> None:
    """Put what the widgets say into the address; what no longer fits the subject is dropped."""
    given = {field.name: state.widget(_key(field.name)) for field in fields(EventFilter)}
    if given["kind"] and not _is_of(given["kind"], given["subject"]):
        given["kind"] = _ANY
    state.set_query(to_query(EventFilter(**given)))


def _fill(name: str, value: Any, wanted: EventFilter) -> None:
    state.fill_widget(_key(name), value, when=str(to_query(wanted)))


def _key(name: str) -> str:
    return f"{_PREFIX}{name}"
