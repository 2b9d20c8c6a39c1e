"""Quotations meet attributions: whole quotations as contents, and speakers for orphaned ones."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.attribution import find_relations
from workbench.splitting.extents import (
    Relation,
    cue_of,
    join_close,
    source_of,
    strip_marks,
)

if TYPE_CHECKING:
    from workbench.splitting.quotations import Quotation
    from workbench.splitting.reading import Article

LEAST_WORDS = 4
MARKS = frozenset("\"“„«'‘`")


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
    places = article.tree.idx
    free = [
        relation
        for relation in relations
        if not any(q.start <= places[relation.anchor] < q.end for q in article.quotations)
    ]
    return [
        relation
        for relation in free
        if not any(
            _contains(other, places[relation.anchor])
            and not (
                _contains(relation, places[other.anchor])
                and relation.end - relation.start > other.end - other.start
            )
            for other in free
            if other is not relation
        )
    ]


def _contains(outer: Relation, at: int) -> bool:
    return outer.kind != "stance" and any(start <= at < end for start, end in outer.parts)


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
    for relation in relations:
        if relation.kind == "speech":
            _only_quotations(article, relation)
    for k, quotation in enumerate(article.quotations):
        if k in owners or len(quotation.inner(article.text).split()) < 2:
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


def _only_quotations(article: Article, relation: Relation) -> None:
    """After a full quotation, what follows outside of the marks is the writer's."""
    first = min(relation.parts)
    opening = next(
        (q for q in article.quotations if q.start == first[0] and q.end < relation.end), None
    )
    if (
        opening is None
        or article.text[opening.end - 2] not in ",.?!—-"
        or len(opening.inner(article.text).split()) < 2
    ):
        return
    kept = [(opening.start, opening.end)]
    for quotation in article.quotations:
        if quotation.start >= opening.end and any(
            s <= quotation.start and quotation.end <= e for s, e in relation.parts
        ):
            start = next(
                s for s, e in relation.parts if s <= quotation.start and quotation.end <= e
            )
            kept.append((start if start >= opening.end else quotation.start, quotation.end))
    relation.parts = kept


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
    if len(article.quotations[k].inner(article.text).split()) < LEAST_WORDS:
        return None
    if not _is_sentence(article, k):
        return None
    before = _speaking_before(article, article.quotations[k], relations)
    if before is not None:
        _absorb(before, article.quotations[k])
    return before


def _speaking_before(
    article: Article, quotation: Quotation, relations: list[Relation]
) -> Relation | None:
    """Whoever was quoted last in the same paragraph, or at the very end of the one before."""
    tree = article.tree
    block = _block_of(article, quotation.start)
    earlier = [
        r
        for r in relations
        if r.kind == "speech" and r.source and tree.idx[r.anchor] < quotation.start
    ]
    if not earlier:
        return None
    main = [r for r in earlier if tree.dep[r.anchor] not in ("relcl", "acl")]
    quoted = [
        r
        for r in main
        if article.text[r.start] in MARKS and _block_of(article, tree.idx[r.anchor]) == block
    ]
    last = max(quoted or main or earlier, key=lambda r: r.anchor)
    at = _block_of(article, tree.idx[last.anchor])
    if at == block:
        between = article.text[max(last.end, tree.end[last.anchor]) : quotation.start]
        return last if len(between) < 80 else None
    if at == block - 1 and quotation.start == article.blocks[block].start:
        rest = article.text[max(last.end, tree.end[last.anchor]) : article.blocks[at].end]
        return last if sum(c.isalpha() for c in rest) < 25 else None
    return None


def _block_of(article: Article, offset: int) -> int:
    starts = [block.start for block in article.blocks]
    return bisect.bisect_right(starts, offset) - 1


def _is_sentence(article: Article, k: int) -> bool:
    """Whether the quotation begins a sentence of its own."""
    quotation = article.quotations[k]
    starts = [passage.start for passage in article.passages]
    at = bisect.bisect_right(starts, quotation.start) - 1
    return at >= 0 and quotation.start - starts[at] <= 1


def _beside(article: Article, quotation: Quotation) -> Relation | None:
    """A verb of saying in the words right before or after the quotation, in the same sentence."""
    tree = article.tree
    first = article.token_at(quotation.start)
    last = article.token_at(quotation.end)
    left = max((p.first for p in article.passages if p.first <= first), default=0)
    right = min((p.last for p in article.passages if p.last >= last), default=tree.n)
    after = list(range(last, min(right, last + 12)))
    before = list(range(first - 1, max(left, first - 15) - 1, -1))
    for t in after + before:
        if tree.pos[t] == "VERB" and tree.lemma[t] in cues.QUOTING and tree.tag[t] != "VB":
            source = strip_marks(tree, source_of(tree, t))
            outside = [s for s in source if not quotation.start <= tree.idx[s] < quotation.end]
            if not outside:
                continue
            return Relation(
                "speech", cue_of(tree, t), outside, [(quotation.start, quotation.end)], t
            )
    return None
