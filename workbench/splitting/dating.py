"""Which dates a claim carries: those in its words, and the day on which it was said."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from workbench.splitting.times import find_times
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    import datetime

    from workbench.splitting.extents import Relation
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.records import TimeMention
    from workbench.splitting.tree import Tree

WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
PLANS = words(
    """
    plan schedule expect set due aim hope intend prepare vow promise pledge slate project go
    likely ready
    """
)


class Dates:
    """The dates of an article, read sentence by sentence; a date after `will` lies ahead."""

    def __init__(self, article: Article, published: datetime.date | None) -> None:
        self.article = article
        self.published = published
        self._found: dict[int, list[tuple[TimeMention, int]]] = {}

    def of(
        self, tokens: list[int], passage: Passage, relation: Relation | None
    ) -> tuple[TimeMention, ...]:
        """The dates in the tokens and those of the words that say who spoke and when."""
        if passage.start not in self._found:
            self._found[passage.start] = self._read(passage)
        found = self._found[passage.start]
        if not found:
            return ()
        starts = sorted(self.article.tree.idx[t] for t in tokens)
        return tuple(
            mention
            for mention, verb in found
            if (
                (k := bisect.bisect_left(starts, mention.start)) < len(starts)
                and starts[k] < mention.end
            )
            or (relation is not None and _says_when(relation, mention, verb))
        )

    def _read(self, passage: Passage) -> list[tuple[TimeMention, int]]:
        """Each date of a sentence with the verb that it goes with."""
        article, tree = self.article, self.article.tree
        found = find_times(article.text, passage.start, passage.end, self.published)
        if not found:
            return []
        verbs = [_verb_above(tree, article.token_at(m.start)) for m in found]
        if any(_lies_ahead(tree, verb) for verb in verbs):
            ahead = {
                m.start: m
                for m in find_times(
                    article.text, passage.start, passage.end, self.published, past=False
                )
            }
            found = [
                ahead.get(m.start, m) if _lies_ahead(tree, verb) else m
                for m, verb in zip(found, verbs, strict=True)
            ]
        return list(zip(found, verbs, strict=True))


def _says_when(relation: Relation, mention: TimeMention, verb: int) -> bool:
    inside = any(start <= mention.start < end for start, end in relation.parts)
    return not inside and verb == relation.anchor


def _verb_above(tree: Tree, t: int) -> int:
    """The verb that a date goes with, -1 where there is none."""
    return next((j for j in tree.ancestors(t) if tree.is_verb(j)), -1) if t < tree.n else -1


def _lies_ahead(tree: Tree, verb: int) -> bool:
    """`Will meet`, `plans to meet`: what the verb tells of is still to come."""
    while verb >= 0:
        if any(tree.lower[j] in WILL for j in tree.all(verb, "aux")):
            return True
        above = tree.head[verb]
        if tree.tag[verb] == "VB" and tree.dep[verb] == "xcomp" and tree.lemma[above] in PLANS:
            return bool(tree.tag[above] != "VBD")
        shares = tree.dep[verb] == "conj" and tree.subject(verb) is None
        if above == verb or not (shares or tree.dep[verb] == "xcomp"):
            return False
        verb = above
    return False
