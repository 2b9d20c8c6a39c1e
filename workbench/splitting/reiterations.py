"""A thing named again in fewer words: `the committee` after `the Safety Committee`, `the law` after
`a New York state law`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.antecedents import PERSONS, VAGUE
from workbench.splitting.referents import Referent, phrase

if TYPE_CHECKING:
    from workbench.splitting.reading import Article
    from workbench.splitting.tree import Tree

LONGEST = 8
BEFORE = ("amod", "compound", "nmod", "nummod", "poss")
PLACES = ("GPE", "NORP", "ORG", "LOC", "FAC", "PERSON", "EVENT", "LAW", "WORK_OF_ART")
NAMED = ("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "LOC", "PRODUCT", "")
Index = dict[str, list[int]]


class Reiterations:
    """The nouns of an article by their lemma, so that a later mention finds a fuller one."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._common: Index = {}
        self._named: Index = {}
        tree = article.tree
        for passage in article.passages:
            if passage.block.kind in ("heading", "furniture"):
                continue
            for t in range(passage.first, passage.last):
                if tree.pos[t] == "NOUN":
                    self._common.setdefault(tree.lemma[t], []).append(t)
                elif tree.pos[t] == "PROPN" and tree.ent[t] in NAMED:
                    self._named.setdefault(tree.lower[t], []).append(t)

    def read(self, start: int, i: int, noun: int) -> Referent | None:
        """What the phrase from `the` at i to the noun repeats from before token `start`."""
        tree = self.article.tree
        own = range(i + 1, noun)
        if any(tree.head[t] != noun or tree.dep[t] not in BEFORE for t in own):
            return None
        if tree.lemma[noun] in VAGUE or not is_bare(tree, i, noun):
            return None
        if tree.lemma[noun] in PERSONS and tree.tag[noun] == "NN":
            return None
        if not own and tree.tag[noun] == "NN" and (named := self._name(start, noun)) is not None:
            return named
        return self._fuller(start, i, noun)

    def _name(self, start: int, noun: int) -> Referent | None:
        """The only name that ends with the noun."""
        tree = self.article.tree
        ends = [t for t in self._named.get(tree.lemma[noun], []) if t < start]
        heads = [t for t in ends if tree.dep[t] not in ("compound", "nmod")]
        found = [
            referent
            for t in heads
            if (referent := phrase(tree, t, {}, alone=True)) is not None
            and tree.first(t, "compound") is not None
        ]
        if not found or len({_key(ref.text) for ref in found}) > 1 or len(found) < len(ends):
            return None
        return found[0]

    def _fuller(self, start: int, i: int, noun: int) -> Referent | None:
        """The earlier mention with more words, if all that have more have the same."""
        tree = self.article.tree
        own = {tree.lemma[t] for t in range(i + 1, noun)}
        found: dict[str, Referent] = {}
        for t in self._common.get(tree.lemma[noun], []):
            if t >= start:
                break
            if tree.tag[t] != tree.tag[noun]:
                continue
            before, after = _described(tree, t)
            if not own <= {tree.lemma[k] for k in before}:
                if before or after:
                    return None
                continue
            more = [k for k in before if tree.lemma[k] not in own]
            if not after and not any(_specifies(tree, k) for k in more):
                continue
            text = _worded(tree, before, noun, after)
            if len(text.split()) <= LONGEST:
                found.setdefault(_key(text), Referent(text, antecedent=t))
        return next(iter(found.values())) if len(found) == 1 else None


def _key(text: str) -> str:
    return text.lower().removeprefix("the ")


def is_bare(tree: Tree, i: int, noun: int) -> bool:
    """Whether nothing after the noun says which one it is."""
    after = [t for t in tree.subtree(noun) if t > noun and tree.tag[t] != "POS"]
    return not after and tree.subtree(noun)[0] == i


def _specifies(tree: Tree, t: int) -> bool:
    return tree.ent[t] in PLACES and (tree.pos[t] == "PROPN" or tree.ent[t] == "NORP")


def _described(tree: Tree, noun: int) -> tuple[list[int], list[int]]:
    """The words before a noun, and the `of` phrase after it where that has a name in it."""
    before = [
        t
        for j in tree.children[noun]
        if tree.dep[j] in BEFORE and tree.dep[j] != "nummod" and j < noun
        for t in tree.subtree(j)
    ]
    for j in tree.all(noun, "prep"):
        if j != noun + 1 or tree.lower[j] != "of":
            continue
        thing = tree.first(j, "pobj")
        if thing is not None and any(_specifies(tree, t) for t in [thing, *tree.all(thing, "compound")]):
            dropped = {
                t
                for k in tree.children[thing]
                if k > thing
                for t in tree.subtree(k)
            }
            return before, [t for t in tree.subtree(j) if t not in dropped]
    return before, []


def _worded(tree: Tree, before: list[int], noun: int, after: list[int]) -> str:
    first = [] if any(tree.dep[t] == "poss" for t in before) else ["the "]
    words = first + [tree.words[t] + tree.space[t] for t in before]
    words += [tree.words[noun] + " "] + [tree.words[t] + tree.space[t] for t in after]
    return " ".join("".join(words).split())
