"""Who says, thinks or wants what, by which words: sources, cues and contents in the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.framing import according, label, signed
from workbench.splitting.nominal import adjectival, hedging, nominal, surveyed
from workbench.splitting.verbal import verbal

if TYPE_CHECKING:
    from workbench.splitting.extents import Relation
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree


def find_relations(article: Article) -> list[Relation]:
    """The attributions that words and grammar show; quotations are joined to them in `quoting`."""
    tree = article.tree
    relations: list[Relation] = []
    for passage in article.passages:
        labelled = label(tree, passage)
        if labelled is not None:
            relations.append(labelled)
            continue
        for i in range(passage.first, passage.last):
            relations.extend(_at(tree, i, passage))
    relations.extend(signed(article))
    return relations


def _at(tree: Tree, i: int, passage: Passage) -> list[Relation]:
    pos = tree.pos[i]
    if tree.lower[i] == "according":
        return according(tree, i, passage)
    if pos == "VERB":
        return verbal(tree, i, passage)
    if pos in ("NOUN", "PROPN"):
        return nominal(tree, i)
    if tree.lower[i] == "in" and pos == "ADP":
        return surveyed(tree, i)
    if pos == "ADJ":
        return adjectival(tree, i)
    if pos == "ADV" and tree.lower[i] in cues.HEDGE_ADVERBS:
        return hedging(tree, i)
    return []
