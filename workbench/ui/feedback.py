"""From an error that a user can mend to a sentence on the page: only here they are caught."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from workbench.errors import Conflict, DatabaseProblem, SignedOut, WorkbenchError
from workbench.ui import state

_SPECIAL = "\\`*_{}[]()<>#+-.!|~:$&\"'"
_MARKDOWN = str.maketrans({character: f"\\{character}" for character in _SPECIAL})


def literal(text: str) -> str:
    r"""The text so that a Streamlit label or message shows it as it is, never as Markdown.

    >>> literal("![x](http://t) :red[y]")
    '\\!\\[x\\]\\(http\\:\\/\\/t\\) \\:red\\[y\\]'
    """
    return text.translate(_MARKDOWN).replace("/", "\\/")


@contextmanager
def later(on_conflict: Callable[[], None] | None = None) -> Iterator[None]:
    """Around what a button does: an error waits to be shown at the top of the page.

    A conflict is left to `on_conflict` where there is one, which lets both sides be chosen from.
    """
    try:
        yield
    except Conflict as error:
        if on_conflict is None:
            state.report("error", str(error))
        else:
            on_conflict()
    except WorkbenchError as error:
        state.report("error", str(error))


@contextmanager
def here() -> Iterator[None]:
    """Around what draws a page: an error is shown in its place."""
    try:
        yield
    except WorkbenchError as error:
        st.error(literal(str(error)))


def answered(
    action: Callable[[], dict[str, Any]], stored: Callable[[], dict[str, Any] | None] = lambda: None
) -> dict[str, Any]:
    """What `action` returns, or its error as `error`: for those that answer a browser component.

    After a conflict the answer also holds `stored`, so that both versions can be shown; `again`
    says that the database could not be used just now, `signed_out` that nobody is signed in.
    """
    try:
        return _done_or_conflict(action, stored)
    except DatabaseProblem as error:
        return {"error": str(error), "again": True}
    except SignedOut as error:
        return {"error": str(error), "signed_out": True}
    except WorkbenchError as error:
        return {"error": str(error)}


def _done_or_conflict(
    action: Callable[[], dict[str, Any]], stored: Callable[[], dict[str, Any] | None]
) -> dict[str, Any]:
    try:
        return action()
    except Conflict as error:
        return {"error": str(error), "stored": stored()}


def show_reports() -> None:
    """Show what the actions of the last run had to say."""
    shown = {"success": st.success, "warning": st.warning, "error": st.error}
    for kind, text in state.take_reports():
        shown[kind](literal(text))
