"""The article with its claims marked in place, words to select and claims to open."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from db.models import Article, Claim
from db.queries.claims import Mark
from workbench.ui import state
from workbench.ui.components import ARTICLE_WITH_KEYS, asset
from workbench.ui.components.desk import article_data, span_data

_KEY = "picker"
_component = st.components.v2.component(
    "factcheck_picker",
    html=asset("picker.html"),
    css=asset("article.css", "controls.css", "help.css", "picker.css"),
    js=asset(
        *ARTICLE_WITH_KEYS,
        "picker_keys.js",
        "picker.js",
    ),
    isolate_styles=False,
)


def picker(
    article: Article,
    claims: list[Claim],
    current: Claim | None,
    *,
    keys: list[dict[str, str]],
    on_act: Callable[[], None],
) -> dict[str, Any] | None:
    """Mount the article; returns what was asked for in this run, see `asked`.

    `keys` is the person's table of keys, of which those that have a meaning here are heard.

    What comes back is {kind: open | create | move | split, article_id, claim_id, version, start,
    end, op_id}: offsets in code points, none of it to be trusted.
    """
    result = _component(
        key=_KEY,
        data={
            "article": article_data(article),
            "spans": [_span(claim) for claim in claims],
            "current": current.id if current else None,
            "version": current.version if current else None,
            "keys": keys,
        },
        on_act_change=on_act,
        height="content",
        width="stretch",
    )
    action: dict[str, Any] | None = getattr(result, "act", None)
    return action


def asked() -> dict[str, Any] | None:
    """What the reader asked for, to be read in the callback of `picker`."""
    action: dict[str, Any] | None = state.component_value(_KEY, "act")
    return action


def _span(claim: Claim) -> dict[str, Any]:
    return span_data(Mark(claim.id or 0, claim.start, claim.end, claim.state, reviewed=False))
