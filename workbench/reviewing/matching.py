"""Whether words stand in a text, however the two were typed, and whether two texts are one."""

import re
import unicodedata
from functools import lru_cache

SHINGLE_WORDS = 3
SAME_SHARE = 0.6
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3}")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTE_MARKS = dict.fromkeys(map(ord, "“”„‟«»″’‘‚‛′`´"), "'") | {ord('"'): "'"}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TABLE = _DASHES | _QUOTE_MARKS | _UNSEEN
_BROKEN_WORD = re.compile(r"(?<=\w)-\s*\n\s*(?=[^\W\d_])")


@lru_cache(maxsize=64)
def searchable(text: str) -> str:
    """The text without what copying changes: white space, kinds of quote marks, ligatures, case.

    A word that was broken at the end of a line is whole again.

    >>> searchable("It\u00a0“ﬁnally”  fell –\\n he said")
    "it 'finally' fell - he said"
    """
    whole = _BROKEN_WORD.sub("", text)
    plain = unicodedata.normalize("NFKC", whole).translate(_TABLE)
    return " ".join(plain.casefold().split())


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote stands in the text; its parts around `[…]` in their order.

    >>> stands_in("It fell […] he said.", "It fell by 4%, he said.")
    True
    """
    whole, at = searchable(text), 0
    for part in filter(None, map(searchable, _LEFT_OUT.split(quote))):
        found = whole.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def n_words(text: str) -> int:
    """How many words the text has."""
    return len(re.findall(r"\w+", text))


def near_equal(one: str, other: str) -> bool:
    """Whether the shorter text is in the longer one but for a few words.

    Containment of its runs of three words (Broder 1997) from 0.6 on: one other word among twelve.
    """
    first, second = shingles(one), shingles(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= SAME_SHARE * fewer


@lru_cache(maxsize=256)
def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of three words of the text."""
    words = re.findall(r"\w+", searchable(text))
    runs = range(len(words) - SHINGLE_WORDS + 1)
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in runs)
