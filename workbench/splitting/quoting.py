"""Quotations meet attributions: whole quotations as contents, and speakers for orphaned ones."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.attribution import (
    Relation,
    cue_of,
    find_relations,
    join_close,
    source_of,
    strip_marks,
)

if TYPE_CHECKING:
    from workbench.splitting.quotations import Quotation
    from workbench.splitting.reading import Article

LEAST_WORDS = 4


def attribute(article: Article) -> list[Relation]:
    """Every attribution of the article, in the order of its cues."""
    relations = join_quotations(article, find_relations(article))
    for relation in relations:
        relation.parts = join_close(article.text, relation.parts)
    relations.sort(key=lambda relation: (relation.anchor, relation.start))
    return _outermost(article, _without_repeats(relations))


def _outermost(article: Article, relations: list[Relation]) -> list[Relation]:
    """What a speaker says about others' words is his: attributions within a quotation or within
    another attribution's content are left to whoever reads the claim."""
    kept = []
    for relation in relations:
        at = article.tree.idx[relation.anchor]
        if any(q.start <= at < q.end for q in article.quotations):
            continue
        if any(_contains(other, at) for other in relations if other is not relation):
            continue
        kept.append(relation)
    return kept


def _contains(outer: Relation, at: int) -> bool:
    return outer.kind in ("speech", "belief", "evidence") and any(
        start <= at < end for start, end in outer.parts
    )


def _without_repeats(relations: list[Relation]) -> list[Relation]:
    kept = []
    seen = set()
    for relation in relations:
        key = (tuple(relation.parts), relation.anchor)
        if key not in seen:
            seen.add(key)
            kept.append(relation)
    return kept


def join_quotations(article: Article, relations: list[Relation]) -> list[Relation]:
    """Grows contents to the quotations they touch, and attributes quotations left over."""
    owners: dict[int, Relation] = {}
    for relation in relations:
        if relation.kind != "speech":
            continue
        for k, quotation in enumerate(article.quotations):
            if k not in owners and _is_content(relation, quotation, article):
                owners[k] = relation
    for k, relation in owners.items():
        _absorb(relation, article.quotations[k])
    for k, quotation in enumerate(article.quotations):
        if k in owners or len(quotation.inner(article.text).split()) < LEAST_WORDS:
            continue
        if _inside_any(quotation, relations):
            continue
        found = _orphan(article, k, owners, relations)
        if found is not None:
            owners[k] = found
            if found not in relations:
                relations.append(found)
    return relations


def _is_content(relation: Relation, quotation: Quotation, article: Article) -> bool:
    """Whether the quotation (or its beginning) is what this relation reports."""
    cue_at = article.tree.idx[relation.anchor]
    if quotation.start <= cue_at < quotation.end:
        return False
    return any(
        start < quotation.end and quotation.start < end and start >= quotation.start - 12
        for start, end in relation.parts
    )


def _absorb(relation: Relation, quotation: Quotation) -> None:
    """The quotation and the parts that touch it become one part."""
    start, end = quotation.start, quotation.end
    rest = []
    for part in relation.parts:
        if part[0] <= end and start <= part[1]:
            start, end = min(start, part[0]), max(end, part[1])
        else:
            rest.append(part)
    relation.parts = sorted([*rest, (start, end)])


def _inside_any(quotation: Quotation, relations: list[Relation]) -> bool:
    return any(
        start <= quotation.start and quotation.end <= end + 1
        for relation in relations
        for start, end in relation.parts
    )


def _orphan(
    article: Article, k: int, owners: dict[int, Relation], relations: list[Relation]
) -> Relation | None:
    """The attribution of a quotation that no clause took in."""
    found = _beside(article, article.quotations[k])
    if found is not None:
        for relation in relations:
            if relation.anchor == found.anchor:
                _absorb(relation, article.quotations[k])
                return relation
        return found
    before = owners.get(k - 1)
    if before is not None and _same_block(article, k - 1, k) and _is_sentence(article, k):
        _absorb(before, article.quotations[k])
        return before
    return None


def _is_sentence(article: Article, k: int) -> bool:
    """Whether the quotation begins a sentence of its own."""
    quotation = article.quotations[k]
    starts = [passage.start for passage in article.passages]
    at = bisect.bisect_right(starts, quotation.start) - 1
    return at >= 0 and quotation.start - starts[at] <= 1


def _same_block(article: Article, k: int, m: int) -> bool:
    first, second = article.quotations[k], article.quotations[m]
    return any(
        block.start <= first.start and second.end <= block.end for block in article.blocks
    )


def _beside(article: Article, quotation: Quotation) -> Relation | None:
    """A verb of saying in the words right before or after the quotation, in the same sentence."""
    tree = article.tree
    first = article.token_at(quotation.start)
    last = article.token_at(quotation.end)
    left = max((p.first for p in article.passages if p.first <= first), default=0)
    right = min((p.last for p in article.passages if p.last >= last), default=tree.n)
    after = [t for t in range(last, min(right, last + 12))]
    before = [t for t in range(first - 1, max(left, first - 15) - 1, -1)]
    for t in after + before:
        if tree.pos[t] == "VERB" and tree.lemma[t] in cues.QUOTING and tree.tag[t] != "VB":
            source = strip_marks(tree, source_of(tree, t))
            outside = [s for s in source if not quotation.start <= tree.idx[s] < quotation.end]
            if not outside:
                continue
            return Relation("speech", cue_of(tree, t), outside, [(quotation.start, quotation.end)], t)
    return None


