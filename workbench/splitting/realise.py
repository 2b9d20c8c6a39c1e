"""Pieces to a sentence: spacing, capital letter, articles and the full stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.splitting.inflection import article_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.splitting.tree import Tree

NO_SPACE_BEFORE = re.compile(r"^(?:[,;:.!?%)\]}’”»]|'s?$|’s?$|n't$|n’t$)")
MARKS = re.compile(r"[()\[\]“”«»\"]|''")
NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)]|[-•*–—])\s+(?=\S)")
UNTIDY = re.compile(r"\s[,;:.!?]|[,;:]\s*[,;:.!?]|[—–-]\s*(?:[.!?]|$)|[,;:]$|^[^\w\"“'(]")
ARTICLE = re.compile(r"\b([Aa]n?)$")
NO_SPACE_AFTER = re.compile(r"[(\[{“«$£€]$")


def realise(
    tree: Tree, pieces: Sequence[int | str], replace: Callable[[int], tuple[str, int] | None]
) -> str:
    """The sentence that the pieces make.

    `replace(i)` may give a text for the tokens from i on and how many of them it stands for.
    """
    words: list[tuple[str, int]] = []  # text and the token it ends with, -1 for inserted words
    starts: list[int] = []
    k = 0
    while k < len(pieces):
        piece = pieces[k]
        if isinstance(piece, str):
            words.append((piece, -1))
            starts.append(-1)
            k += 1
            continue
        replacement = replace(piece)
        if replacement is not None:
            text, n = replacement
            last = piece
            while n > 1 and k + 1 < len(pieces) and pieces[k + 1] == last + 1:
                last += 1
                n -= 1
                k += 1
            words.append((text, last))
            starts.append(piece)
        elif not tree.words[piece].isspace():
            words.append((_in_place(tree, piece, bool(words)), piece))
            starts.append(piece)
        k += 1
    return tidy(_join(tree, words, starts))


def _in_place(tree: Tree, t: int, inside: bool) -> str:
    """A word that opened its sentence and now stands inside another loses its capital."""
    word = tree.words[t]
    if (
        not inside
        or tree.pos[t] not in ("DET", "PRON", "ADP", "SCONJ", "ADV", "VERB", "ADJ", "NOUN")
        or word == "I"
        or not word.istitle()
        or (tree.pos[t] in ("VERB", "ADJ", "NOUN") and tree.ent[t] != "")
    ):
        return word
    before = tree.words[t - 1] if t else "."
    return word.lower() if before.isspace() or before in '.!?:"“”' else word


def _join(tree: Tree, words: list[tuple[str, int]], starts: list[int]) -> str:
    out = ""
    before = -2
    for (word, last), start in zip(words, starts, strict=True):
        if out:
            if start != before + 1 or before < 0:
                out = _fit_article(out, word)
            out += _gap(tree, out, word, before, start)
        out += word
        before = last
    return out


def _gap(tree: Tree, out: str, word: str, before: int, start: int) -> str:
    if before >= 0 and start == before + 1:
        return " " if tree.space[before] else ""
    if NO_SPACE_BEFORE.search(word) or NO_SPACE_AFTER.search(out):
        return ""
    return " "


def tidy(text: str) -> str:
    """A sentence in clean dress.

    >>> tidy('"the club , , was a famous one ,')
    'The club, was a famous one.'
    """
    text = " ".join(text.split())
    if not text[:1].isalpha():
        text = NUMBERING.sub("", text)
    if UNTIDY.search(text):
        text = re.sub(r"\s+([,;:.!?])", r"\1", text)
        text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
        text = re.sub(r"[,;:—–-]+\s*([.!?]|$)", r"\1", text)
        text = re.sub(r"^[\s,;:.!?)\]—–-]+", "", text)
    text = _balance(text)
    text = text.rstrip(" ,;:—–-")
    if text and text[-1] not in ".!?":
        text = (
            text[:-1] + "." + text[-1]
            if text[-1] in '"”' and text[-2:-1] not in (".", "!", "?")
            else text + ("" if text[-1] in '"”' else ".")
        )
    return _capital(text)


def _fit_article(out: str, word: str) -> str:
    """`a` or `an` at the end of `out`, where the word after it is not the one that stood there."""
    match = ARTICLE.search(out)
    bare = word.lstrip("\"“‘'(")
    if match is None or not bare[:1].isalpha():
        return out
    fixed = article_for(bare)
    return out[: match.start()] + (fixed.capitalize() if match[1][0] == "A" else fixed)


def _balance(text: str) -> str:
    """Quotation marks and brackets whose partner was left out are left out too."""
    if not MARKS.search(text):
        return text
    for left, right in ("()", "[]", "“”", "«»"):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    if text.count("''") % 2:
        text = text.replace("''", "")
    return text.strip()


def _capital(text: str) -> str:
    for i, char in enumerate(text):
        if char.isalnum():
            return text[:i] + char.upper() + text[i + 1 :] if not _brand(text[i:]) else text
    return text


def _brand(rest: str) -> bool:
    """`iPhone` keeps its small letter."""
    return rest[:1].islower() and rest[1:2].isupper()
