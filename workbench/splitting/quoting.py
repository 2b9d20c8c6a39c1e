"""Quotations meet attributions: whole quotations as contents, and speakers for orphaned ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.attribution import find_relations
from workbench.splitting.extents import Relation, join_close, with_words
from workbench.splitting.speakers import absorb, speaker_of
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.quotations import Quotation
    from workbench.splitting.reading import Article


def attribute(article: Article) -> list[Relation]:
    """Every attribution of the article, in the order of its cues."""
    relations = join_quotations(article, find_relations(article))
    for relation in relations:
        relation.parts = with_words(article.text, join_close(article.text, relation.parts))
    relations = [
        relation
        for relation in relations
        if relation.parts and not _is_the_writers(article, relation)
    ]
    relations.sort(key=lambda relation: (relation.anchor, relation.start))
    return _outermost(article, _without_repeats(relations))


FIRST_OR_SECOND = words("i me my we us our you your")


def _is_the_writers(article: Article, relation: Relation) -> bool:
    """`I am proud of …`, `You want to …`: whoever writes or speaks takes this stance himself."""
    tree = article.tree
    stance = relation.kind in ("stance", "intention") or tree.pos[relation.anchor] == "ADJ"
    return stance and [tree.lower[t] in FIRST_OR_SECOND for t in relation.source] == [True]


def _outermost(article: Article, relations: list[Relation]) -> list[Relation]:
    """What a speaker says about others' words is his: attributions within a quotation or within
    another attribution's content are left to whoever reads the claim."""
    places, ends = article.tree.idx, article.tree.end
    free = [
        relation
        for relation in relations
        if not any(
            q.start <= places[relation.anchor] and ends[relation.anchor] <= q.end
            for q in article.quotations
        )
    ]
    return [
        relation
        for relation in free
        if not any(
            _contains(other, places[relation.anchor], article.tree.pos[relation.anchor])
            and not (
                _contains(relation, places[other.anchor], article.tree.pos[other.anchor])
                and relation.end - relation.start > other.end - other.start
            )
            for other in free
            if other is not relation
        )
    ]


def _contains(outer: Relation, at: int, pos: str) -> bool:
    """Whether a cue stands in the content; a stance towards a claim takes in only its noun."""
    return (outer.kind != "stance" or pos == "NOUN") and any(
        start <= at < end for start, end in outer.parts
    )


def _without_repeats(relations: list[Relation]) -> list[Relation]:
    """One attribution for each content: the first that names a source, else the first."""
    kept: dict[tuple[tuple[int, int], ...], Relation] = {}
    for relation in relations:
        parts = tuple(relation.parts)
        if parts not in kept or (relation.source and not kept[parts].source):
            kept[parts] = relation
    return sorted(kept.values(), key=lambda relation: (relation.anchor, relation.start))


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
        absorb(relation, article.quotations[k])
    for relation in relations:
        if relation.kind == "speech":
            _from_quotation(article, relation)
            _only_quotations(article, relation)
    for k, quotation in enumerate(article.quotations):
        if k in owners:
            continue
        if _inside_any(quotation, relations):
            continue
        found = speaker_of(article, k, relations)
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


def _from_quotation(article: Article, relation: Relation) -> None:
    """`said on Monday, in reference to her child, a girl, “…”`: a whole sentence in quotation
    marks behind a comma is what was said, not the phrases that lead up to it."""
    text = article.text
    for k, (start, end) in enumerate(relation.parts):
        for quotation in article.quotations:
            if not start < quotation.start < end <= quotation.end + 1:
                continue
            before = text[start : quotation.start].rstrip()
            inner = quotation.inner(text)
            whole = inner[:1].isupper() and len(inner.split()) > 3
            if (
                whole
                and before[-1:] in ",:"
                and start > article.tree.idx[relation.anchor]
                and not _is_clause(article, start, quotation.start)
            ):
                relation.parts[k] = (quotation.start, end)


def _is_clause(article: Article, start: int, end: int) -> bool:
    tags = article.tree.tag[article.token_at(start) : article.token_at(end)]
    return any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in tags)


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
