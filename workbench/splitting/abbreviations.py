"""Abbreviations that an article explains: `Collective Security Treaty Organization (CSTO)`."""

from __future__ import annotations

import re

SMALL = ("of", "the", "and", "for", "in", "on", "to", "&")
BRACKETED = re.compile(r"\(([A-Z][A-Za-z&.]{1,9})\)")


def find_abbreviations(text: str) -> dict[str, str]:
    """The abbreviations in brackets, each with the words before it whose initials it has.

    >>> find_abbreviations("the National Hurricane Center (NHC) and a train (TGV)")
    {'NHC': 'National Hurricane Center'}
    """
    found: dict[str, str] = {}
    for match in BRACKETED.finditer(text):
        short = match[1].replace(".", "")
        if sum(char.isupper() for char in short) < 2:
            continue
        long = _long_form(text[max(0, match.start() - 120) : match.start()].split(), short)
        if long:
            found.setdefault(match[1], long)
    return found


def _long_form(before: list[str], short: str) -> str:
    """The last words whose initials spell the abbreviation; small words may be skipped."""
    for n in range(max(1, len(short) - 2), len(short) + 4):
        words = before[-n:]
        if len(words) < n or not words[0][0].isupper():
            continue
        parts = [part for word in words for part in word.split("-") if part]
        initials = "".join(
            part[0] for part in parts if part[0].isupper() or part.lower() not in SMALL
        )
        if initials.upper() == short.upper():
            return " ".join(words)
    return ""
