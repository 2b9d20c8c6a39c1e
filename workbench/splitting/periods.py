"""`That year` and `during that period` after a date: which year and which period are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.splitting.dates import MONTHS
from workbench.splitting.referents import Referent, Replacement
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article
    from workbench.splitting.tree import Tree

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
REACH = 2
SPANS = words("period time span")
WITHIN = words("in during over at within throughout")
RANGES = (("between", "and"), ("from", "to"), ("from", "until"))
UNITS = words("year month day")


def earlier_date(
    article: Article, number: int, i: int, noun: int
) -> tuple[int, Replacement] | None:
    """The date that `that year` (from token i to the noun) goes back to, and the token from which
    it is put: `that year` is `in 2010`, and `during that period` is `between 1989 and 2005`."""
    tree = article.tree
    first = article.passages[max(0, number - REACH)].first
    fronted = tree.lower[i - 1] in WITHIN if i else False
    if tree.lemma[noun] in SPANS:
        span = _last_span(tree, first, i)
        return (i - 1, Replacement(Referent(span), noun - i + 2)) if span and fronted else None
    if tree.lemma[noun] not in UNITS:
        return None
    text = _last_date(tree, first, i, tree.lemma[noun])
    if not text or (not fronted and tree.dep[noun] != "npadvmod"):
        return None
    if fronted:
        return i, Replacement(Referent(text), noun - i + 1)
    return i, Replacement(
        Referent(("on " if tree.lemma[noun] == "day" else "in ") + text), noun - i + 1
    )


def _last_date(tree: Tree, first: int, i: int, unit: str) -> str:
    """The last year, month or day told between the tokens, as it was written."""
    for t in range(i - 1, first - 1, -1):
        if tree.ent[t] != "DATE":
            continue
        if unit == "year" and YEAR.fullmatch(tree.words[t]):
            return "" if _in_range(tree, t) else tree.words[t]
        if unit != "year" and tree.lower[t] in MONTHS:
            end = t + 1
            while end < i and (tree.words[end].isdigit() or tree.words[end] == ","):
                end += 1
            end -= tree.words[end - 1] == ","
            days = [w for w in tree.words[t + 1 : end] if w.isdigit() and len(w) < 3]
            return tree.span_text(t, end) if bool(days) == (unit == "day") and end > t + 1 else ""
    return ""


def _in_range(tree: Tree, t: int) -> bool:
    """`1989 and 2005`, `1904-1905`: no single year."""
    joints = ("and", "to", "until", "-", "–", "—")
    return any(
        0 <= t + 2 * step < tree.n
        and tree.lower[t + step] in joints
        and YEAR.fullmatch(tree.words[t + 2 * step]) is not None
        for step in (-1, 1)
    )


def _last_span(tree: Tree, first: int, i: int) -> str:
    """`between 1989 and 2005`, `from 1939 to 1945`: the last one before the token."""
    for t in range(i - 1, first + 3, -1):
        if (tree.lower[t - 3], tree.lower[t - 1]) not in RANGES:
            continue
        if YEAR.fullmatch(tree.words[t]) and YEAR.fullmatch(tree.words[t - 2]):
            return f"{tree.lower[t - 3]} {tree.span_text(t - 2, t + 1)}"
    return ""
