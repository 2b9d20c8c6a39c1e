"""What is typed into Streamlit's fields stays in the browser until it is stored (`keeper.js`)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import streamlit as st

from workbench.ui import state
from workbench.ui.components import asset

_component = st.components.v2.component(
    "factcheck_keeper",
    html='<div class="fc-keeper"></div>',
    css='[class*="st-key-keeper-"] {\n  display: none;\n}',
    js=asset("ids.js", "kept.js", "keeper.js"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the key of its widget, and what is `stored` of it, as the widget's value is."""

    key: str
    stored: Any


@dataclass(frozen=True, slots=True)
class Kept:
    """What a browser kept: what was typed, and what was stored when it was; by names of fields."""

    typed: dict[str, Any]
    base: dict[str, Any]


def keep(
    slot: str,
    what: str,
    fields: Mapping[str, Field],
    *,
    restore: Callable[[Kept], None],
    form: str = "",
) -> None:
    """Keep what stands in the fields, to be called after they were drawn.

    `slot` is the place on the page, `what` the thing that is typed about, and `form` changes when
    the same thing is begun anew. What was kept before a reload goes to `restore`, which puts it
    into the widgets, or leaves it to be forgotten; so does, after a restart of the server, what is
    typed about something that was stored anew while it was away.
    """
    key = f"keeper-{slot}"
    now = {
        name: {**asdict(field), "value": state.widget(field.key)} for name, field in fields.items()
    }

    def take() -> None:
        sent = state.component_value(key, "kept")
        if sent and sent.get("what") == what:
            kept = sent.get("kept") or {}
            restore(Kept(_known(fields, kept.get("fields")), _known(fields, kept.get("base"))))
            state.answer(slot, str(sent.get("id")))

    data = {"what": what, "form": form, "fields": now, "answered": state.answered(slot)}
    data["session"] = state.session_name()
    _component(key=key, data=_plain(data), on_kept_change=take, height="content")


def _known(fields: Mapping[str, Field], sent: Any) -> dict[str, Any]:
    given = sent if isinstance(sent, dict) else {}
    return {name: _same_kind(field.stored, given.get(name)) for name, field in fields.items()}


def _same_kind(stored: Any, sent: Any) -> Any:
    """Storage can be changed by hand: what is not of the field's kind counts as nothing typed."""
    if isinstance(stored, str):
        return sent if isinstance(sent, str) else ""
    if isinstance(stored, list):
        return [each for each in sent if isinstance(each, str)] if isinstance(sent, list) else []
    return sent


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value
