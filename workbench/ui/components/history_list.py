"""The history as a list: who did what when, on which claim, and what it changed."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from db.queries.history import EventRow
from workbench.ui.components import asset
from workbench.workflow import narrating
from workbench.workflow.narrating import Change, Names

FOLDED_FROM = 240
SHORT = 40
N_SHOWN = 110


def history_list(rows: Sequence[EventRow], names: Names, query: dict[str, list[str]]) -> None:
    """Draw the events; a name or a claim's history is a link that asks for it beside `query`."""
    items = "".join(_item(row, names, query) for row in rows)
    st.html(f"<style>{asset('history.css')}</style>")
    st.html(f"<ol class='fc-history'>{items}</ol>")


def _item(row: EventRow, names: Names, query: dict[str, list[str]]) -> str:
    changed = "".join(map(_change, narrating.changes(row, names)))
    return (
        f"<li><time datetime='{row.at.isoformat()}'>{narrating.time(row.at)}</time>"
        f"<div><p>{_who(row, query)} {_did(row, names)}</p>"
        f"{f'<dl>{changed}</dl>' if changed else ''}</div>{_more(row, query)}</li>"
    )


def _who(row: EventRow, query: dict[str, list[str]]) -> str:
    name = f"<bdi>{escape(narrating.who(row))}</bdi>"
    if not row.user:
        return name
    return f"<a href='{_address('history', query | {'by': [row.user]})}'>{name}</a>"


def _did(row: EventRow, names: Names) -> str:
    """What was done; the words that name the claim lead to it."""
    told = narrating.did(row, names)
    claim = f"claim {row.claim_id}"
    before, found, after = told.partition(claim)
    if not found or row.claim_id is None:
        return escape(told)
    address = _address("claims", {"claim": [str(row.claim_id)]})
    return f"{escape(before)}<a href='{address}'>{claim}</a>{escape(after)}"


def _more(row: EventRow, query: dict[str, list[str]]) -> str:
    if row.claim_id is None or "claim" in query:
        return "<span></span>"
    address = _address("history", {"claim": [str(row.claim_id)]})
    return f"<a href='{address}' aria-label='History of claim {row.claim_id}'>History</a>"


def _change(change: Change) -> str:
    sides = (("del", "Before", change.before), ("ins", "After", change.after))
    shown = "".join(
        f"<{tag} aria-label='{side}'>{_text(text)}</{tag}>" for tag, side, text in sides if text
    )
    short = " class='fc-short'" if max(len(change.before), len(change.after)) <= SHORT else ""
    return f"<dt>{escape(change.title)}</dt><dd{short}>{shown or '–'}</dd>"


def _text(text: str) -> str:
    """The text as it is; a long one is folded behind its beginning."""
    if len(text) <= FOLDED_FROM:
        return f"<span dir='auto'>{escape(text)}</span>"
    begin = escape(" ".join(text[:N_SHOWN].split()))
    return (
        f"<details><summary dir='auto'>{begin}… <small>{len(text):,} characters</small></summary>"
        f"<span dir='auto'>{escape(text)}</span></details>"
    )


def _address(page: str, query: dict[str, list[str]]) -> str:
    return escape(f"{page}?{urlencode(query, doseq=True)}", quote=True)
