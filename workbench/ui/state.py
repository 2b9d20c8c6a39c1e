"""Every session-state key, typed get and set: ids and plain values, the database is the truth."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit import session_state as _state  # noqa: TID251

from workbench.workflow.addressing import number

_PROJECT = "project_id"
_PERSON = "person"
_REPORTS = "reports"
_LAST_OP = "last_op_id"
_BULK = "bulk"
_SESSION = "session-name"


def person() -> int | None:
    """Whom this session's page was drawn for; None before it was."""
    value = _state.get(_PERSON)
    return int(value) if value is not None else None


def begin_for(user_id: int) -> None:
    """From now on the session is this person's: what it held of another is forgotten."""
    if person() not in (None, user_id):
        _state.clear()
    _state[_PERSON] = user_id


def project_id() -> int | None:
    """The project chosen in this session; None before one was chosen."""
    value = _state.get(_PROJECT)
    return int(value) if value is not None else None


def set_project_id(value: int) -> None:
    """Work on this project from now on."""
    _state[_PROJECT] = value


def report(kind: str, text: str) -> None:
    """Keep a sentence for the next time a page is drawn; `kind` is success, warning or error."""
    _state.setdefault(_REPORTS, []).append((kind, text))


def take_reports() -> list[tuple[str, str]]:
    """The sentences that wait to be shown; each is shown once."""
    waiting: list[tuple[str, str]] = _state.pop(_REPORTS, [])
    return waiting


def first_time(op_id: str) -> bool:
    """Whether this session has not seen the operation yet; from now on it has."""
    if _state.get(_LAST_OP) == op_id:
        return False
    _state[_LAST_OP] = op_id
    return True


def component_value(key: str, name: str) -> Any:
    """What the browser component `key` sent as `name` in this run; None if nothing."""
    value = _state.get(key)
    return None if value is None else value.get(name)


def widget(key: str, default: Any = None) -> Any:
    """The present value of the widget with this key."""
    return _state.get(key, default)


def drawn(key: str) -> bool:
    """Whether the widget with this key has a value: it was drawn in the last run of the page."""
    return key in _state


def forget_widget(key: str) -> None:
    """Let the widget begin with its default again."""
    _state.pop(key, None)


def note(what: str) -> None:
    """Remember, until it is asked for, that this was done in the present run of the page."""
    _state[f"{what}:noted"] = True


def noted(what: str) -> bool:
    """Whether it was noted; asking forgets it."""
    return bool(_state.pop(f"{what}:noted", False))


def keep_typed(what: str, fields: Mapping[str, Any] | None) -> None:
    """Keep what was typed and not stored, as plain values; None: nothing any more."""
    _state[f"{what}:typed"] = None if fields is None else dict(fields)


def typed(what: str) -> dict[str, Any] | None:
    """What was typed and not stored, None if there is nothing."""
    fields: dict[str, Any] | None = _state.get(f"{what}:typed")
    return fields


def fill_widget(key: str, value: Any, *, when: str) -> None:
    """Put `value` into the widget, once for each `when`: then it is the person's to change.

    A widget that was not drawn for a while has forgotten its value, and is filled again.
    """
    if key not in _state or _state.get(f"{key}:filled") != when:
        _state[f"{key}:filled"] = when
        _state[key] = value


def begin_widget(key: str, value: Any, *, when: str) -> Any:
    """As `fill_widget`, for what people type at length: returns the default to draw it with.

    In a new session that is `value`, which gives way to what the browser still has in the field:
    the server may have been restarted under an open page.
    """
    if f"{key}:filled" not in _state:
        _state[f"{key}:filled"] = when
        return value
    fill_widget(key, value, when=when)
    return None


def put_in_widget(key: str, value: Any, *, when: str | None = None) -> None:
    """Put `value` into a widget that is drawn in this run, as one that was filled for `when`."""
    _state[key] = value
    if when is not None:
        _state[f"{key}:filled"] = when


def session_name() -> str:
    """A name of this session alone: another one means that a page's server was begun anew."""
    name: str = _state.setdefault(_SESSION, uuid4().hex)
    return name


def answer(slot: str, id: str) -> None:
    """Note that what the browser kept for this place was dealt with, as it named it."""
    _state[f"{slot}:answered"] = id


def answered(slot: str) -> str | None:
    """What was dealt with last of that which the browser kept for this place."""
    id: str | None = _state.get(f"{slot}:answered")
    return id


def claim_in_url() -> int | None:
    """The claim that the page's address names (`?claim=7`); None if it names none."""
    return number(st.query_params.get("claim"))


def comment_in_url() -> int | None:
    """The comment that the page's address names (`?comment=9`); None if it names none."""
    return number(st.query_params.get("comment"))


def article_in_url() -> int | None:
    """The article that the page's address names (`?article=3`); None if it names none."""
    return number(st.query_params.get("article"))


def project_in_url() -> int | None:
    """The project that the page's address names (`?project=2`); None if it names none."""
    return number(st.query_params.get("project"))


def event_in_url() -> int | None:
    """The event before which the address asks for more (`?before=99`); None if it names none."""
    return number(st.query_params.get("before"))


def page_in_url() -> int:
    """The page of a list that the address names (`?p=2`), from 1."""
    return max(1, number(st.query_params.get("p")) or 1)


def show_in_url(choices: Sequence[str]) -> str:
    """Which of these the address asks to be shown (`?show=decided`); the first if none of them."""
    asked = st.query_params.get("show", "")
    return asked if asked in choices else choices[0]


def open_claim(claim_id: int | None) -> None:
    """Open the claim, or with None the first there is; the rest stays in the address."""
    kept = {name: values for name, values in query().items() if name != "claim"}
    set_query(kept | ({} if claim_id is None else {"claim": [str(claim_id)]}))


def set_url(**ids: int | None) -> None:
    """Make these ids (`article`) the page's address, and drop all else."""
    wanted = {name: str(id) for name, id in ids.items() if id is not None}
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def show_claim(claim_id: int, *, article_id: int | None = None) -> None:
    """Open the claim; the filter and the page of the list stay in the address.

    A list that holds the claims of one article becomes that of `article_id`, the claim's.
    """
    wanted = query() | {"claim": [str(claim_id)]}
    if article_id is not None and "article" in wanted:
        wanted["article"] = [str(article_id)]
    set_query(wanted)


def query() -> dict[str, list[str]]:
    """All that the page's address asks for, each name with its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def set_query(wanted: Mapping[str, list[str]]) -> None:
    """Make this the page's address."""
    if query() != wanted:
        st.query_params.from_dict(wanted)


def asked_in_bulk() -> dict[str, Any] | None:
    """What was asked for on many claims and waits for a yes; plain values."""
    value: dict[str, Any] | None = _state.get(_BULK)
    return value


def ask_in_bulk(value: dict[str, Any] | None) -> None:
    """Wait for a yes to this; None: for nothing any more."""
    _state[_BULK] = value
