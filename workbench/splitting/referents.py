"""What a word can refer to, and what is put in its place."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.fences import noun_phrase
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.splitting.people import Name
    from workbench.splitting.tree import Tree

LONGEST_PHRASE = 9
QUOTES = frozenset("\"“”'’‘-–—") | {"''"}
INDEFINITE = frozenset({"a", "an", "this", "these", "those", "that", "another"})
PERSONAL = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
NOBODY = words(
    "very few no every each any either neither none all few how what which whoever whatever"
)
UNLIKE = words("similar different other such another same")
HEDGING = words("only just even also not merely reportedly allegedly almost nearly approximately")


@dataclasses.dataclass(frozen=True, slots=True)
class Referent:
    """What a word refers to: the text to put for it, and who that is where it is somebody.

    `antecedent` is the token it was read from; a text that holds it needs no replacement.
    """

    text: str
    plural: bool = False
    name: Name | None = None
    antecedent: int = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Replacement:
    """`n_tokens` tokens from this one on can be read as `referent`."""

    referent: Referent
    n_tokens: int
    possessive: bool = False

    @property
    def text(self) -> str:
        if not self.possessive:
            return self.referent.text
        return self.referent.text + (
            "'" if self.referent.plural and self.referent.text.endswith("s") else "'s"
        )


def is_plural(tree: Tree, noun: int) -> bool:
    return tree.tag[noun] in ("NNS", "NNPS") or any(
        tree.dep[j] == "conj" and tree.pos[j] in ("NOUN", "PROPN") for j in tree.children[noun]
    )


def _dates_beside(tree: Tree, noun: int) -> set[int]:
    """`The ministry on Sunday`: the day belongs to what happened, not to the ministry."""
    return {
        t
        for j in tree.all(noun, "prep")
        if any(tree.ent[k] in ("DATE", "TIME") for k in tree.all(j, "pobj"))
        for t in tree.subtree(j)
    }


def phrase(
    tree: Tree, noun: int, known: Mapping[int, Replacement], *, alone: bool = False
) -> Referent | None:
    """A noun phrase as a referent: without its asides, and only if it is short.

    With `alone` the phrase is taken without the members coordinated with it. A pronoun in it is
    read as in `known`; a phrase with one that is not known would stand for nothing.
    """
    joined = not alone and tree.first(noun, "conj") is not None
    tokens = tree.subtree(noun) if joined else noun_phrase(tree, noun)
    while tokens and (tree.words[tokens[0]] in QUOTES or tree.lower[tokens[0]] in HEDGING):
        tokens = tokens[1:]
    while tokens and (tree.tag[tokens[-1]] == "POS" or tree.words[tokens[-1]] in QUOTES):
        tokens = tokens[:-1]
    dated = _dates_beside(tree, noun)
    tokens = [t for t in tokens if t not in dated] if dated else tokens
    if not tokens or len(tokens) > LONGEST_PHRASE or tokens[-1] - tokens[0] + 1 != len(tokens):
        return None
    if any(tree.tag[t] in PERSONAL and t not in known for t in tokens):
        return None
    if tree.lower[tokens[0]] in NOBODY or any(tree.lower[t] in UNLIKE for t in tokens):
        return None
    text = "".join(
        (known[t].text if tree.tag[t] in PERSONAL else tree.words[t]) + tree.space[t]
        for t in tokens
    )
    text = " ".join(text.split()).strip(" \"”“'’")
    first = tokens[0]
    if tree.lower[first] in INDEFINITE and tree.dep[first] == "det":
        text = "the " + text.split(" ", 1)[1] if " " in text else text
    elif tree.pos[first] == "DET" or (
        tree.pos[first] != "PROPN"
        and first not in known
        and text[:1].isupper()
        and tree.ent[first] == ""
    ):
        text = text[0].lower() + text[1:]
    if text.count("(") != text.count(")"):
        return None
    if text.count('"') % 2:
        text = text.replace('"', "")
    return Referent(text, is_plural(tree, noun) and not alone, antecedent=noun) if text else None
