"""A thing named again in fewer words: `the committee` after `the Safety Committee`, `the law` after
`a New York state law`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from workbench.splitting.antecedents import PERSONS, VAGUE
from workbench.splitting.referents import UNLIKE, Referent, phrase
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article
    from workbench.splitting.tree import Tree

LONGEST = 10
REACH = 3
UNIQUE = words(
    """
    world future past present sun moon sky earth internet web press public weather truth economy
    climate atmosphere environment
    """
)
REGIONS = words("state city country province region town district county island area capital")
NEW = words("a an another other some new second next any every each such")
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

    def read(self, number: int, i: int, noun: int) -> Referent | None:
        """What the phrase from `the` at i to the noun, in sentence `number`, names again."""
        tree = self.article.tree
        own = range(i + 1, noun)
        if any(tree.head[t] != noun or tree.dep[t] not in BEFORE for t in own):
            return None
        if tree.lemma[noun] in VAGUE | UNIQUE:
            return None
        if tree.pos[noun] == "PROPN":  # `the Court`
            short = not own and is_bare(tree, i, noun) and tree.words[noun].istitle()
            return self._name(number, noun) if short else None
        if not is_bare(tree, i, noun) or (tree.lemma[noun] in PERSONS and tree.tag[noun] == "NN"):
            return None
        start = self.article.passages[number].first
        if not own and tree.tag[noun] == "NN" and (named := self._name(number, noun)) is not None:
            return named
        if any(start <= t < i for t in self._common.get(tree.lemma[noun], ())):
            return None  # the sentence itself has told
        if any(t < noun for t in self._named.get(tree.lemma[noun], ())):
            return None  # more than one party has a name
        return self._fuller(start, i, noun)

    def _name(self, number: int, noun: int) -> Referent | None:
        """The only name that ends with the noun, if it was told of just before."""
        tree = self.article.tree
        start = self.article.passages[number].first
        near = self.article.passages[max(0, number - REACH)].first
        key = tree.lemma[noun].lower()
        ends = [
            t
            for t in self._named.get(key, [])
            if t < noun and tree.first(t, "compound") is not None
        ]
        found = {
            _key(referent.text): referent
            for t in reversed(ends)
            if tree.dep[t] not in ("compound", "nmod")
            and (referent := phrase(tree, t, {}, alone=True)) is not None
        }
        others = (t for t in self._common.get(key, []) if t < start)
        if len(found) != 1 or not near <= ends[-1] < start or any(_is_new(tree, t) for t in others):
            return None
        return next(iter(found.values()))

    def _fuller(self, start: int, i: int, noun: int) -> Referent | None:
        """The earlier mention with more words, if no other thing of that kind was told of."""
        tree = self.article.tree
        own = {tree.lemma[t] for t in range(i + 1, noun)}
        found: Referent | None = None
        known: set[str] = set()
        for t in self._common.get(tree.lemma[noun], []):
            if t >= start:
                break
            if tree.tag[t] != tree.tag[noun]:
                continue
            before, after = _described(tree, t)
            words = {tree.lemma[k] for k in [*before, *after]}
            if found is not None:
                if _is_new(tree, t) or not words <= known:
                    return None
                continue
            named = after or any(_specifies(tree, k) for k in before if tree.lemma[k] not in own)
            if not own <= words or not named:
                if words - own:
                    return None
                continue
            if any(tree.lower[k] in UNLIKE for k in before):
                return None
            text = _worded(tree, before, noun, after)
            if not text or len(text.split()) > LONGEST:
                return None
            found, known = Referent(text, antecedent=t), words
            if tree.lemma[noun] in REGIONS and self._elsewhere(t, start):
                return None
        return found

    def _elsewhere(self, noun: int, start: int) -> bool:
        """Whether another place was named since: `the state` may be another by now."""
        tree = self.article.tree
        known = {tree.words[t] for t in tree.subtree(noun)}
        return any(tree.ent[t] == "GPE" and tree.words[t] not in known for t in range(noun, start))


def _key(text: str) -> str:
    return text.lower().removeprefix("the ")


def is_bare(tree: Tree, i: int, noun: int) -> bool:
    """Whether nothing after the noun says which one it is."""
    after = [t for t in tree.subtree(noun) if t > noun and tree.tag[t] != "POS"]
    return not after and tree.subtree(noun)[0] == i


def _is_new(tree: Tree, noun: int) -> bool:
    """`A law`, `another law`: not the one told of before."""
    return any(tree.lower[j] in NEW for j in tree.children[noun])


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
        if thing is not None and any(
            _specifies(tree, t) for t in [thing, *tree.all(thing, "compound")]
        ):
            dropped = {t for k in tree.children[thing] if k > thing for t in tree.subtree(k)}
            return before, [t for t in tree.subtree(j) if t not in dropped]
    return before, []


def _worded(tree: Tree, before: list[int], noun: int, after: list[int]) -> str:
    """The fuller mention, empty where marks or gaps stand in it."""
    inside = [*before, *after]
    if any(not tree.words[t][0].isalnum() and tree.words[t][0] not in "-'’." for t in inside):
        return ""
    if any(after - before != 1 for before, after in itertools.pairwise(before)):
        return ""
    first = [] if any(tree.dep[t] == "poss" for t in before) else ["the "]
    parts = first + [tree.words[t] + tree.space[t] for t in before]
    parts += [tree.words[noun] + " "] + [tree.words[t] + tree.space[t] for t in after]
    return " ".join("".join(parts).split())
