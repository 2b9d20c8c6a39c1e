"""From a read article to its claims: propositions, their attribution, dates, entities and rank."""

from __future__ import annotations

import bisect
import dataclasses
import re
from typing import TYPE_CHECKING

from workbench.splitting.choosing import Group, choose, explains, group, style
from workbench.splitting.clauses import propositions
from workbench.splitting.context import Context
from workbench.splitting.dating import Dates
from workbench.splitting.details import Reading, readings
from workbench.splitting.fallback import quoted_by
from workbench.splitting.kinds import kind_of
from workbench.splitting.propositions import Proposition
from workbench.splitting.realise import realise, tidy
from workbench.splitting.records import (
    Attribution,
    ClaimCandidate,
    EntityMention,
    Sentence,
)
from workbench.splitting.sourcing import Sources, speaking
from workbench.splitting.times import find_times
from workbench.splitting.wordlists import words
from workbench.splitting.worthiness import assess

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from workbench.splitting.extents import Relation
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree

SILENT_KINDS = ("title", "body", "item")
LEAST_WORDS = 3
CONTENT = ("NOUN", "PROPN", "NUM", "ADJ")


def claims_of(
    article: Article,
    *,
    published: datetime.date | None = None,
    speaker: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[ClaimCandidate]:
    """The claims of an article, in the order of its text."""
    if not article.parsed:
        return _unparsed(article, published, speaker, on_progress)
    reader = Reader(article, published, speaker)
    passages = reader.statements()
    groups = [reader.groups(passage) for passage in passages]
    whole = explains(reader.style, len(passages))
    chosen = iter(choose([made for some in groups for made in some], whole=whole))
    plans = {
        passage.start: [next(chosen) for _ in some]
        for passage, some in zip(passages, groups, strict=True)
    }
    found: list[ClaimCandidate] = []
    total = len(article.passages)
    for done, passage in enumerate(article.passages, start=1):
        if passage.start in plans:
            found.extend(reader.claims(passage, plans[passage.start]))
        if on_progress is not None:
            on_progress(done, total)
    return _without_echoes(found)


def attributions_of(article: Article, *, speaker: str | None = None) -> list[Attribution]:
    """The attributions of an article, in the order of their cues."""
    if not article.parsed:
        return [found for passage in article.passages if (found := quoted_by(article, passage))]
    sources = Sources(article, Context(article), speaker)
    return [sources.attributions[id(relation)] for relation in sources.relations]


def sentences_of(article: Article) -> list[Sentence]:
    """The sentences of an article, each made to stand alone."""
    context = Context(article) if article.parsed else None
    found = []
    for passage in article.passages:
        text = article.text[passage.start : passage.end]
        claim = _alone(article, context, passage) if context is not None else " ".join(text.split())
        found.append(Sentence(passage.start, passage.end, passage.block.public_kind, claim or text))
    return found


def _alone(article: Article, context: Context, passage: Passage) -> str:
    first = _after_connective(article, passage)
    tokens: list[int | str] = list(range(first, passage.last))
    return realise(article.tree, tokens, _replacer(context, tokens))


CONNECTIVES = words(
    """
    therefore thus hence additionally furthermore moreover consequently accordingly similarly
    likewise overall also conversely
    """
)
LINKS = frozenset(
    {("in", "contrast"), ("by", "contrast"), ("in", "addition"), ("in", "conclusion")}
)


def _after_connective(article: Article, passage: Passage) -> int:
    """A sentence that stands alone does not begin with `Therefore,` or `Additionally,`."""
    tree = article.tree
    first = passage.first
    if first == passage.last:  # its only word begins before it, at a mark that is no letter
        return first
    if (
        first + 2 < passage.last
        and tree.lower[first] in CONNECTIVES
        and tree.words[first + 1] == ","
    ):
        return first + 2
    link = (tree.lower[first], tree.lower[first + 1] if first + 3 < passage.last else "")
    if link in LINKS and tree.words[first + 2] == ",":
        return first + 3
    return first


def _replacer(context: Context, pieces: list[int | str]) -> Callable[[int], tuple[str, int] | None]:
    """Replaces a referring word unless the claim has already said who or what is meant."""
    lower = context.article.tree.lower
    tokens = {piece for piece in pieces if isinstance(piece, int)}
    done: set[str] = set()

    def replace(i: int) -> tuple[str, int] | None:
        replacement = context.replacements.get(i)
        if replacement is None:
            return None
        text = replacement.referent.text
        said = " ".join(lower[p] if isinstance(p, int) else p.lower() for p in pieces)
        if text in done or text.lower() in said or replacement.referent.antecedent in tokens:
            return None
        done.add(text)
        return replacement.text, replacement.n_tokens

    return replace


class Reader:
    """Takes the sentences of one parsed article apart and makes claims of what is chosen."""

    def __init__(
        self,
        article: Article,
        published: datetime.date | None = None,
        speaker: str | None = None,
    ) -> None:
        self.article = article
        self.published = published
        self.speaker = speaker
        self.context = Context(article)
        self.sources = Sources(article, self.context, speaker)
        self.style = style(article.tree, 0, article.tree.n)
        self._entity_starts = [entity.start for entity in article.entities]
        self._dates = Dates(article, published)

    def statements(self) -> list[Passage]:
        """The sentences that may hold claims: no headings, no questions."""
        text = self.article.text
        return [
            passage
            for passage in self.article.passages
            if passage.block.kind in SILENT_KINDS
            and not text[passage.start : passage.end].rstrip("\"”' ").endswith("?")
        ]

    def groups(self, passage: Passage) -> list[Group]:
        """Everything that a sentence could be taken apart into, clause by clause."""
        tree = self.article.tree
        found = [
            reading
            for root in range(passage.first, passage.last)
            if tree.head[root] == root
            for proposition in propositions(tree, root, self.sources.silent)
            for reading in readings(tree, proposition)
        ]
        return group(tree, found, passage.first)

    def claims(self, passage: Passage, chosen: list[list[Reading]]) -> list[ClaimCandidate]:
        found = [
            claim
            for kept in chosen
            for reading in kept
            if (claim := self._claim(passage, reading.proposition)) is not None
        ]
        return self._with_the_rest(passage, found or self._fallback(passage))

    def _with_the_rest(self, passage: Passage, found: list[ClaimCandidate]) -> list[ClaimCandidate]:
        """Attributions from which no claim follows are carried by a claim that holds their words
        and has none of its own, or by one made for them, so that little of it is lost."""
        told = {id(claim.attribution) for claim in found}
        for relation in self.sources.anchored_in(passage):
            attribution = self.sources.of(relation)
            cue = attribution.cue if attribution else None
            if cue is None or id(attribution) in told:
                continue
            places = [k for k, c in enumerate(found) if c.attribution == self.sources.of(None)]
            held = [k for k in places if found[k].start <= cue.start < found[k].end] or [
                k for k in places if found[k].start < relation.end and relation.start < found[k].end
            ]
            if held:
                found[held[0]] = dataclasses.replace(found[held[0]], attribution=attribution)
            elif (claim := self._carrier(passage, relation)) is not None:
                found.append(dataclasses.replace(claim, attribution=attribution))
        return found

    def _carrier(self, passage: Passage, relation: Relation) -> ClaimCandidate | None:
        """What somebody says as a claim, or for a stance that he takes it: `X opposes the law`."""
        tree = self.article.tree
        tokens = self.sources.content_in(passage, relation)
        if relation.kind in ("stance", "intention"):
            tokens = sorted({*relation.source, *relation.cue, *tokens})
        else:
            tokens = _unmarked(tree, tokens)
        inside = set(tokens)
        heads = (t for t in tokens if tree.head[t] not in inside or tree.head[t] == t)
        root = next((t for t in heads if tree.is_verb(t)), -1)
        root = relation.anchor if relation.anchor in inside else root
        subject = tree.subject(root) if root >= 0 and tree.is_finite(root) else None
        if subject is None or subject not in inside:
            return None
        if any(tree.tag[t] in ("WP", "WDT", "WRB") for t in (subject, tokens[0])):
            return None
        return self._claim(passage, Proposition(list(tokens), tokens, root, clause=root))

    def _fallback(self, passage: Passage) -> list[ClaimCandidate]:
        """A statement that the rules could not take apart is one claim."""
        tree = self.article.tree
        tokens = list(range(passage.first, passage.last))
        stated = any(
            tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") or tree.dep[t] == "nsubj" for t in tokens
        )
        root = next((t for t in tokens if tree.head[t] == t), -1)
        if not stated or root < 0 or len(tokens) < 5 or tree.tag[root] == "VB":
            return []
        if self.article.text[passage.end - 1] not in ".!\"”’)'…" and passage.block.kind != "body":
            return []
        tokens = _unmarked(tree, self.sources.reported(passage)) or tokens
        if root not in tokens:
            root = next((t for t in tokens if tree.is_verb(t)), tokens[0])
        claim = self._claim(passage, Proposition(list(tokens), tokens, root, clause=root))
        return [claim] if claim is not None else []

    def text_of(self, proposition: Proposition) -> str:
        """How the proposition reads; empty where it says nothing that could be checked."""
        tree = self.article.tree
        tokens = proposition.tokens
        if not any(tree.pos[t] in CONTENT for t in tokens) or _tears_a_word(self.article, tokens):
            return ""
        if _is_cut_off(tree, proposition.pieces):
            return ""
        text = realise(tree, proposition.pieces, _replacer(self.context, proposition.pieces))
        return text if text.count(" ") + 1 >= LEAST_WORDS else ""

    def _claim(self, passage: Passage, proposition: Proposition) -> ClaimCandidate | None:
        article = self.article
        own = [t for t in proposition.own if not article.tree.words[t].isspace()]
        text = self.text_of(proposition) if own else ""
        if not text:
            return None
        start, end = _trimmed(article.text, article.tree.idx[min(own)], article.tree.end[max(own)])
        if start >= end:
            return None
        relation = self.sources.relation(proposition)
        attribution = self.sources.of(relation)
        kind = kind_of(
            text,
            stance=relation is not None and relation.kind in ("stance", "intention"),
            past=any(article.tree.tag[t] == "VBD" for t in proposition.tokens),
            quoted=relation is not None
            and any(q.start <= start and end <= q.end for q in article.quotations),
        )
        named = bool(attribution and attribution.name)
        worth, reasons = assess(text, named_source=named, kind=kind)
        return ClaimCandidate(
            claim=text,
            quote=article.text[start:end],
            start=start,
            end=end,
            sentence_start=passage.start,
            sentence_end=passage.end,
            block=passage.block.public_kind,
            attribution=attribution,
            times=self._dates.of(proposition.tokens, passage, relation),
            entities=self._entities(start, end),
            type=kind,
            ambiguous=self._is_ambiguous(proposition),
            checkworthiness=worth,
            reasons=reasons,
        )

    def _entities(self, start: int, end: int) -> tuple[EntityMention, ...]:
        first = bisect.bisect_left(self._entity_starts, start)
        last = bisect.bisect_left(self._entity_starts, end)
        return tuple(e for e in self.article.entities[first:last] if e.end <= end)

    def _is_ambiguous(self, proposition: Proposition) -> bool:
        """Whether a word of the claim refers to something that could not be told.

        A possessive after a noun of its number reads as well in the claim as in the article.
        """
        tree = self.article.tree
        tokens = proposition.tokens
        for t in tokens:
            if tree.lower[t] in ("i", "we", "my", "our", "me", "us") and self.speaker is None:
                return True
            if t not in self.context.unsure:
                continue
            tags = {"their": ("NNS", "NNPS"), "its": ("NN", "NNP")}.get(tree.lower[t], ())
            if not any(tree.tag[k] in tags for k in tokens if k < t):
                return True
        return False


def _unmarked(tree: Tree, tokens: list[int]) -> list[int]:
    """What is reported without the `that` before it."""
    marked = bool(tokens) and tree.dep[tokens[0]] == "mark" and tree.lower[tokens[0]] == "that"
    return tokens[1:] if marked else tokens


def _whole(
    article: Article,
    passage: Passage,
    published: datetime.date | None,
    speaker: str | None,
) -> ClaimCandidate:
    """A sentence as a claim, where there is no parse."""
    text = article.text[passage.start : passage.end]
    claim = tidy(text)
    worth, reasons = assess(claim)
    return ClaimCandidate(
        claim=claim or text,
        quote=text,
        start=passage.start,
        end=passage.end,
        sentence_start=passage.start,
        sentence_end=passage.end,
        block=passage.block.public_kind,
        attribution=quoted_by(article, passage) or speaking(speaker, article.text),
        times=tuple(find_times(article.text, passage.start, passage.end, published)),
        type=kind_of(claim, stance=False, past=False, quoted=False),
        checkworthiness=worth,
        reasons=reasons,
    )


def _unparsed(
    article: Article,
    published: datetime.date | None,
    speaker: str | None,
    on_progress: Callable[[int, int], None] | None,
) -> list[ClaimCandidate]:
    """Without a parse every sentence is one claim."""
    found = []
    for done, passage in enumerate(article.passages, start=1):
        if passage.block.kind in SILENT_KINDS:
            found.append(_whole(article, passage, published, speaker))
        if on_progress is not None:
            on_progress(done, len(article.passages))
    return _without_echoes(found)


def _tears_a_word(article: Article, tokens: list[int]) -> bool:
    """Whether the claim takes only a part of a hyphenated word: `re` of `re-enabled`."""
    tree = article.tree
    if "-" not in article.text[tree.idx[min(tokens)] : tree.end[max(tokens)] + 1]:
        return False
    inside = set(tokens)

    def joined(t: int) -> bool:
        return t >= 0 and t + 1 < tree.n and not tree.space[t]

    for t in tokens:
        if tree.words[t] == "-" and joined(t) and joined(t - 1):
            if t - 1 not in inside or t + 1 not in inside:
                return True
        elif joined(t) and tree.words[t + 1] == "-" and t + 1 not in inside:
            return True
    return False


def _is_cut_off(tree: Tree, pieces: Sequence[int | str]) -> bool:
    """Whether the last word wants another: `The excerpts are`, `It costs money to`."""
    last = next(
        (p for p in reversed(pieces) if isinstance(p, str) or tree.words[p][0].isalnum()), ""
    )
    if isinstance(last, str):
        return False
    if tree.tag[last] in ("MD", "TO", "DT", "PRP$", "POS"):
        return tree.tag[last] != "DT" or tree.dep[last] == "det"
    if tree.pos[last] == "AUX" and tree.first(last, "attr", "acomp", "prep", "neg") is not None:
        return True
    return tree.dep[last] == "prep" and tree.first(last, "pobj", "pcomp") is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:.—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–"):
        end -= 1
    return start, end


def _without_echoes(claims: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """Leaves out claims of the title that the body makes too, and exact repeats in a sentence."""
    seen: set[tuple[str, int]] = set()
    body = [set(_content(claim.claim)) for claim in claims if claim.block == "body"]
    kept = []
    for claim in claims:
        key = (claim.claim, claim.sentence_start)
        if key in seen:
            continue
        seen.add(key)
        words = set(_content(claim.claim))
        if claim.block == "title" and any(
            len(words & other) >= 0.75 * len(words) for other in body
        ):
            continue
        kept.append(claim)
    return sorted(kept, key=lambda claim: (claim.sentence_start, claim.start, claim.end))


def _content(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]
