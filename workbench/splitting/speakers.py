"""Who speaks in a quotation that no clause took in: the words beside it, a colon, a byline, or
whoever was speaking in the sentence before."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import (
    Relation,
    cue_of,
    inverted_source,
    source_of,
    strip_marks,
)

if TYPE_CHECKING:
    from workbench.splitting.quotations import Quotation
    from workbench.splitting.reading import Article

LEAST_WORDS = 2
MARKS = frozenset("\"“„«'‘`")
DASHES = frozenset("—–―-") | {"--"}
LONGEST_BYLINE = 8
PAST_OR_PRESENT = frozenset({"VBD", "VBZ", "VBP"})


def speaker_of(article: Article, k: int, relations: list[Relation]) -> Relation | None:
    """The attribution of quotation `k`: one of `relations`, grown by it, or a new one."""
    quotation = article.quotations[k]
    if _is_title(article, quotation):
        return None
    short = len(quotation.inner(article.text).split()) < LEAST_WORDS
    found = _beside(article, quotation)
    if short and found is not None and not _touches(article, quotation, found):
        return None
    if found is not None:
        for relation in relations:
            if relation.anchor == found.anchor:
                absorb(relation, quotation)
                return relation
        return found
    if short:
        return None
    found = _byline(article, quotation) or _after_colon(article, quotation)
    if found is not None:
        return found
    if not _is_sentence(article, quotation):
        return None
    before = _announced(article, quotation, relations)
    if before is None and (before := _speaking_before(article, quotation, relations)) is not None:
        absorb(before, quotation)
    return before


def _announced(
    article: Article, quotation: Quotation, relations: list[Relation]
) -> Relation | None:
    """`X said in a statement. “…”`: the sentence before says that somebody spoke, but not what."""
    tree = article.tree
    at = _sentence_at(article, quotation.start)
    if at < 1 or quotation.start - article.passages[at].start > 1:
        return None
    passage = article.passages[at - 1]
    if passage.block_index != article.passages[at].block_index:
        return None
    for t in range(passage.first, passage.last):
        if (
            tree.head[t] != t
            or tree.lemma[t] not in cues.SPEECH
            or tree.tag[t] not in PAST_OR_PRESENT
        ):
            continue
        if tree.first(t, "ccomp", "dobj", "xcomp") or any(r.anchor == t for r in relations):
            return None
        source = strip_marks(tree, source_of(tree, t))
        if source:
            return Relation(
                "speech", cue_of(tree, t), source, [(quotation.start, quotation.end)], t
            )
    return None


def absorb(relation: Relation, quotation: Quotation) -> None:
    """The quotation and the parts that touch it become one part."""
    start, end = quotation.start, quotation.end
    rest = []
    for part in relation.parts:
        if part[0] <= end and start <= part[1]:
            start, end = min(start, part[0]), max(end, part[1])
        else:
            rest.append(part)
    relation.parts = sorted([*rest, (start, end)])


def _is_title(article: Article, quotation: Quotation) -> bool:
    """`on “Fox News Sunday”`: the name of a work within a sentence, in capitals."""
    last = article.token_at(quotation.start) - 1
    if last > 0 and article.tree.lemma[last] in cues.QUOTING:
        return False
    before = article.text[max(0, quotation.start - 12) : quotation.start].rstrip()
    names = [word for word in quotation.inner(article.text).split() if len(word) > 3]
    return (
        (before[-1:].isalnum() or before[-2:] in ("'s", "’s"))
        and not before.endswith(SAID)
        and all(name[0].isupper() for name in names)
    )


SAID = ("said", "says", "asked", "wrote", "tweeted", "reads", "read", "saying", "that")


def _byline(article: Article, quotation: Quotation) -> Relation | None:
    """`“I voted.” — Jane Doe`: a name behind a dash closes the paragraph."""
    tree = article.tree
    after = article.text[quotation.end : quotation.end + 4].lstrip()
    if after[:1] not in DASHES:
        return None
    first = article.token_at(article.text.index(after[0], quotation.end) + 1)
    block = article.blocks[block_of(article, quotation.start)]
    end = next((t for t in range(first, tree.n) if tree.idx[t] >= block.end), tree.n)
    end = next((t for t in range(first, end) if "\n" in tree.words[t]), end)
    source = strip_marks(tree, list(range(first, end)))
    if not 0 < len(source) <= LONGEST_BYLINE or tree.pos[source[0]] != "PROPN":
        return None
    return Relation("speech", [first - 1], source, [(quotation.start, quotation.end)], first - 1)


def _after_colon(article: Article, quotation: Quotation) -> Relation | None:
    """`Kasich resisted: “…”`: whoever does what the clause before the colon says."""
    tree = article.tree
    colon = article.token_at(quotation.start) - 1
    while colon > 0 and tree.words[colon].isspace():
        colon -= 1
    if colon < 1 or tree.words[colon] != ":":
        return None
    first = max((p.first for p in article.passages if p.first <= colon), default=0)
    for t in range(colon - 1, first - 1, -1):
        if tree.tag[t] in PAST_OR_PRESENT and (source := strip_marks(tree, source_of(tree, t))):
            return Relation(
                "speech", cue_of(tree, t), source, [(quotation.start, quotation.end)], t
            )
    source = strip_marks(tree, list(range(first, colon)))
    if not 0 < len(source) <= 2 * LONGEST_BYLINE:
        return None
    return Relation("speech", [colon], source, [(quotation.start, quotation.end)], colon)


def _speaking_before(
    article: Article, quotation: Quotation, relations: list[Relation]
) -> Relation | None:
    """Whoever spoke in the sentence before, or at the very end of the paragraph before."""
    tree = article.tree
    block = block_of(article, quotation.start)
    earlier = [
        r
        for r in relations
        if r.kind == "speech"
        and r.source
        and tree.idx[r.anchor] < quotation.start
        and tree.words[r.anchor][-1] not in DASHES
    ]
    if not earlier:
        return None
    last = max(
        (r for r in earlier if tree.dep[r.anchor] not in ("relcl", "acl")),
        key=lambda r: r.anchor,
        default=earlier[-1],
    )
    at = block_of(article, tree.idx[last.anchor])
    if at == block:
        return last if _reaches_sentence_before(article, last, quotation) else None
    if at == block - 1 and quotation.start == article.blocks[block].start:
        rest = article.text[max(last.end, tree.end[last.anchor]) : article.blocks[at].end]
        return last if sum(c.isalpha() for c in rest) < 25 else None
    return None


def _reaches_sentence_before(article: Article, relation: Relation, quotation: Quotation) -> bool:
    at = _sentence_at(article, quotation.start)
    reach = max(relation.end, article.tree.end[relation.anchor])
    return at <= 0 or reach > article.passages[at - 1].start


def block_of(article: Article, offset: int) -> int:
    """The number of the block that `offset` lies in."""
    starts = [block.start for block in article.blocks]
    return bisect.bisect_right(starts, offset) - 1


def _sentence_at(article: Article, offset: int) -> int:
    """The number of the sentence that `offset` lies in, -1 before the first."""
    starts = [passage.start for passage in article.passages]
    return bisect.bisect_right(starts, offset) - 1


def _is_sentence(article: Article, quotation: Quotation) -> bool:
    """Whether the quotation begins a sentence of its own, perhaps behind `But`."""
    at = _sentence_at(article, quotation.start)
    if at < 0:
        return False
    first = article.passages[at].first
    return quotation.start - article.passages[at].start <= 1 or (
        article.tree.tag[first] == "CC" and quotation.start - article.tree.end[first] <= 1
    )


def _beside(article: Article, quotation: Quotation) -> Relation | None:
    """A verb of saying in the words right before or after the quotation, in the same sentence;
    where a comma closes the quotation, the first verb after it, whichever it is."""
    tree = article.tree
    before, after = _around(article, quotation)
    framed = article.text[quotation.end - 2] in ",?!—"
    for t in [*after, *before]:
        if tree.pos[t] != "VERB" or tree.tag[t] == "VB":
            continue
        any_verb = framed and t in after and tree.tag[t] in PAST_OR_PRESENT
        if not (any_verb or tree.lemma[t] in cues.QUOTING):
            continue
        source = strip_marks(tree, source_of(tree, t))
        outside = [s for s in source if not quotation.start <= tree.idx[s] < quotation.end]
        if not outside and framed and t in after:
            outside = _name_between(article, after.start, t) or inverted_source(tree, t)
        if outside and (t in before or _adjoins(article, after.start, [*outside, t])):
            return Relation(
                "speech", cue_of(tree, t), outside, [(quotation.start, quotation.end)], t
            )
        framed = framed and not any_verb
    return None


def _touches(article: Article, quotation: Quotation, relation: Relation) -> bool:
    """Whether only marks stand between the cue and a quotation: `said, "Probably."`."""
    tree, text = article.tree, article.text
    before = [tree.end[t] for t in relation.cue if tree.end[t] <= quotation.start]
    after = [tree.idx[t] for t in (*relation.cue, *relation.source) if tree.idx[t] >= quotation.end]
    if before:
        return not any(char.isalnum() for char in text[max(before) : quotation.start])
    framed = text[quotation.end - 2] in ",?!"
    return framed and not any(char.isalnum() for char in text[quotation.end : min(after)])


def _adjoins(article: Article, first: int, frame: list[int]) -> bool:
    """Whether the frame of a quotation begins right behind it."""
    return not any(article.tree.words[t][0].isalnum() for t in range(first, min(frame)))


def _name_between(article: Article, first: int, verb: int) -> list[int]:
    """The words from the quotation to the verb, where the parser did not see a subject in them."""
    tree = article.tree
    source = strip_marks(tree, list(range(first, verb)))
    finite = any(
        tree.tag[t] in PAST_OR_PRESENT or tree.tag[t] in ("MD", "TO", "IN") for t in source[1:]
    )
    return [] if finite or not source or not tree.words[source[0]][0].isalpha() else source


def _around(article: Article, quotation: Quotation) -> tuple[range, range]:
    """The tokens before the quotation, nearest first, and after it, in its sentence."""
    first = article.token_at(quotation.start)
    last = article.token_at(quotation.end)
    left = max((p.first for p in article.passages if p.first <= first), default=0)
    right = min((p.last for p in article.passages if p.last >= last), default=article.tree.n)
    if right == last and article.text[quotation.end - 2] in "?!":
        right = _end_of_frame(article, last)
    return range(first - 1, max(left, first - 15) - 1, -1), range(last, min(right, last + 12))


def _end_of_frame(article: Article, first: int) -> int:
    """Where the sentence after `“Are you ready?”` ends, if it only says who asks."""
    tree = article.tree
    passage = next((p for p in article.passages if p.first == first), None)
    if passage is None:
        return first
    for t in range(passage.first, passage.last):
        if tree.head[t] == t and tree.lemma[t] in cues.QUOTING and tree.tag[t] in PAST_OR_PRESENT:
            said = tree.first(t, "ccomp", "dobj", "xcomp", "attr", "acomp") is not None
            return first if said else passage.last
    return first
