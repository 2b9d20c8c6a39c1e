"""One contested claim in the browser: its passage, the reviews side by side, and the decision."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.ui import state
from workbench.ui.components import ARTICLE_WITH_KEYS, asset

_KEY = "adjudicator"
_component = st.components.v2.component(
    "factcheck_adjudicator",
    html=asset("adjudicator.html"),
    css=asset("article.css", "controls.css", "help.css", "adjudicator.css"),
    js=asset(
        *ARTICLE_WITH_KEYS,
        "adjudicator_keys.js",
        "adjudicator_form.js",
        "adjudicator.js",
    ),
    isolate_styles=False,
)
_TITLES = {
    "save": "Decide & next",
    "skip": "Send back for another review",
    "next-source": "Next claim",
    "previous-source": "Previous claim",
    "justification": "Reason",
    "details": "Cause",
    "article": "Article",
    "undo": "Undo",
    "redo": "Redo",
    "help": "These keys",
}


def adjudicator(data: dict[str, Any], *, on_act: Callable[[], None]) -> dict[str, Any] | None:
    """Mount it; returns what was asked for in this run, none of it to be trusted.

    That is {kind: decide | send_back | open | undo | redo, claim_id, version, op_id, …}.
    """
    result = _component(
        key=_KEY, data=data, on_act_change=on_act, height="content", width="stretch"
    )
    action: dict[str, Any] | None = getattr(result, "act", None)
    return action


def asked() -> dict[str, Any] | None:
    """What the lead asked for, to be read in the callback of `adjudicator`."""
    action: dict[str, Any] | None = state.component_value(_KEY, "act")
    return action


def keys_here(table: list[dict[str, str]]) -> list[dict[str, str]]:
    """The person's keys of the desk that have a meaning here, by what they do here."""
    groups = {"Sources": "Moving on"}
    return [
        {**each, "title": _TITLES.get(each["name"], each["title"]),
         "group": groups.get(each["group"], each["group"])}
        for each in table
        if each["name"] in _TITLES or each["name"].startswith("verdict-")
    ]  # fmt: skip
