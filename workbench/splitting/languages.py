"""Whether a text is English, as the grammar rules need it."""

from __future__ import annotations

import re

from workbench.splitting.wordlists import words

WORD = re.compile(r"[^\W\d_]+")
ENGLISH = words(
    """
    the of and to in a is was for that on with as by at from it his her he she they this are were be
    has have had an not or which but who their its been will would said after when about than
    """
)
LEAST_WORDS = 20
LEAST_SHARE = 0.12


def is_english(text: str) -> bool:
    """Whether enough of the words are small English ones; short texts get the benefit.

    >>> is_english("Der Präsident sagte am Montag, dass die Regierung das Gesetz zurückzieht. " * 3)
    False
    >>> is_english("The president said on Monday that the government withdraws the bill. " * 3)
    True
    """
    found = WORD.findall(text[:5000].lower())
    if len(found) < LEAST_WORDS:
        return text[:200].isascii() or _mostly_latin(text)
    return sum(word in ENGLISH for word in found) >= LEAST_SHARE * len(found)


def _mostly_latin(text: str) -> bool:
    letters = [char for char in text[:500] if char.isalpha()]
    return sum(char < "\u0250" for char in letters) >= 0.7 * len(letters)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that a text is most likely in.

    >>> language_of("Der Präsident sagte am Montag, dass die Regierung das Gesetz zurückzieht.")
    'de'
    """
    import py3langid

    return str(py3langid.classify(text[:5000])[0])


def what_is_missing(text: str, *, parses: bool) -> str | None:
    """Why a text is read for its sentences and direct quotations alone; None if it is not."""
    if not is_english(text):
        return (
            f"The language looks like {language_of(text)!r}, for which there are no rules: "
            "its sentences and direct quotations only."
        )
    if not parses:
        return "The pipeline has no parser: sentences and direct quotations only."
    return None
