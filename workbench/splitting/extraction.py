"""From a read article to its claims: propositions, their attribution, dates, entities and rank."""

from __future__ import annotations

import bisect
import dataclasses
import re
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.clauses import Proposition, propositions
from workbench.splitting.context import Context
from workbench.splitting.extents import strip_marks
from workbench.splitting.fallback import quoted_by
from workbench.splitting.kinds import kind_of
from workbench.splitting.quoting import attribute
from workbench.splitting.realise import realise, tidy
from workbench.splitting.records import (
    Attribution,
    ClaimCandidate,
    EntityMention,
    Sentence,
    Span,
    TimeMention,
)
from workbench.splitting.times import find_times
from workbench.splitting.wordlists import words
from workbench.splitting.worthiness import assess

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from workbench.splitting.extents import Relation
    from workbench.splitting.reading import Article, Passage

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
    maker = _Maker(article, published, speaker)
    found: list[ClaimCandidate] = []
    total = len(article.passages)
    for done, passage in enumerate(article.passages, start=1):
        if passage.block.kind in SILENT_KINDS:
            found.extend(maker.claims(passage))
        if on_progress is not None:
            on_progress(done, total)
    return _without_echoes(found)


def attributions_of(article: Article, *, speaker: str | None = None) -> list[Attribution]:
    """The attributions of an article, in the order of their cues."""
    if not article.parsed:
        return [found for passage in article.passages if (found := quoted_by(article, passage))]
    maker = _Maker(article, None, speaker)
    return [maker.attributions[id(relation)] for relation in maker.relations]


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
    therefore thus hence additionally furthermore moreover consequently accordingly
    """
)


def _after_connective(article: Article, passage: Passage) -> int:
    """A sentence that stands alone does not begin with `Therefore,` or `Additionally,`."""
    tree = article.tree
    first = passage.first
    if (
        first + 2 < passage.last
        and tree.lower[first] in CONNECTIVES
        and tree.words[first + 1] == ","
    ):
        return first + 2
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


class _Maker:
    """Makes the claims of one article, sentence by sentence."""

    def __init__(
        self, article: Article, published: datetime.date | None, speaker: str | None
    ) -> None:
        self.article = article
        self.published = published
        self.speaker = speaker
        self.context = Context(article) if article.parsed else None
        self.relations = attribute(article) if article.parsed else []
        self._anchors = [relation.anchor for relation in self.relations]
        self._entity_starts = [entity.start for entity in article.entities]
        self._found_times: dict[tuple[int, bool], list[TimeMention]] = {}
        self.silent = self._silent()
        self.attributions = {
            id(relation): self._attribution(relation) for relation in self.relations
        }

    def _silent(self) -> dict[int, list[int]]:
        """The verbs that only report, with the clauses that they report."""
        silent: dict[int, list[int]] = {}
        tree = self.article.tree
        for relation in self.relations:
            clause, verb = relation.clause, relation.anchor
            reported = clause is not None and relation.kind in ("speech", "belief", "evidence")
            if clause is not None and reported and tree.is_verb(verb) and tree.head[clause] == verb:
                silent.setdefault(verb, []).append(clause)
                self._take_along(relation)
            elif reported and tree.is_verb(verb) and tree.head[verb] == clause:
                tree.dep[verb] = "parataxis"  # the frame stands within what it reports
        return silent

    def _take_along(self, relation: Relation) -> None:
        """Adverbials that the parser gave to the cue, but that stand within what is reported."""
        tree = self.article.tree
        clause = relation.clause
        if clause is None or len(relation.parts) != 1 or clause > relation.anchor:
            return
        start, end = relation.parts[0]
        for j in list(tree.children[relation.anchor]):
            if (
                tree.dep[j] in ("prep", "advcl", "advmod", "npadvmod")
                and start <= tree.idx[j] < end
                and j != clause
            ):
                tree.attach(j, clause, tree.dep[j])

    def claims(self, passage: Passage) -> list[ClaimCandidate]:
        if not self.article.parsed:
            return [self._whole(passage)]
        if self.article.text[passage.start : passage.end].rstrip("\"”' ").endswith("?"):
            return []
        found = []
        tree = self.article.tree
        for root in range(passage.first, passage.last):
            if tree.head[root] == root:
                for proposition in propositions(tree, root, self.silent):
                    claim = self._claim(passage, proposition)
                    if claim is not None:
                        found.append(claim)
        return self._with_the_rest(passage, found or self._fallback(passage))

    def _with_the_rest(self, passage: Passage, found: list[ClaimCandidate]) -> list[ClaimCandidate]:
        """Attributions from which no claim follows are carried by a claim that holds their words
        and has none of its own, so that nothing found is lost."""
        first = bisect.bisect_left(self._anchors, passage.first)
        last = bisect.bisect_left(self._anchors, passage.last)
        told = {id(claim.attribution) for claim in found} if first < last else set()
        for relation in self.relations[first:last]:
            attribution = self.attributions[id(relation)]
            cue = attribution.cue
            if cue is None or id(attribution) in told:
                continue
            places = [k for k, c in enumerate(found) if c.attribution == self._default()]
            held = [k for k in places if found[k].start <= cue.start < found[k].end] or [
                k for k in places if found[k].start < relation.end and relation.start < found[k].end
            ]
            if held:
                found[held[0]] = dataclasses.replace(found[held[0]], attribution=attribution)
        return found

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
        tokens = self._reported(passage) or tokens
        if root not in tokens:
            root = next((t for t in tokens if tree.is_verb(t)), tokens[0])
        claim = self._claim(passage, Proposition(list(tokens), tokens, root, clause=root))
        return [claim] if claim is not None else []

    def _reported(self, passage: Passage) -> list[int]:
        """The tokens of what somebody says in this sentence, without the frame."""
        tree = self.article.tree
        for relation in self.relations:
            if relation.kind == "speech" and passage.first <= relation.anchor < passage.last:
                return [
                    t
                    for t in range(passage.first, passage.last)
                    if any(start <= tree.idx[t] < end for start, end in relation.parts)
                ]
        return []

    def _claim(self, passage: Passage, proposition: Proposition) -> ClaimCandidate | None:
        assert self.context is not None
        article = self.article
        own = [t for t in proposition.own if not article.tree.words[t].isspace()]
        tokens = proposition.tokens
        if not own or not any(article.tree.pos[t] in CONTENT for t in tokens):
            return None
        if _tears_a_word(article, tokens):
            return None
        start, end = _trimmed(article.text, article.tree.idx[min(own)], article.tree.end[max(own)])
        text = realise(
            article.tree, proposition.pieces, _replacer(self.context, proposition.pieces)
        )
        if len(text.split()) < LEAST_WORDS or start >= end:
            return None
        relation = self._relation(proposition)
        attribution = self.attributions[id(relation)] if relation is not None else self._default()
        past = not any(
            article.tree.lower[t] in ("will", "shall", "'ll") for t in proposition.tokens
        )
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
            times=self._times(proposition, passage, past),
            entities=self._entities(start, end),
            type=kind,
            ambiguous=self._is_ambiguous(proposition),
            checkworthiness=worth,
            reasons=reasons,
        )

    def _whole(self, passage: Passage) -> ClaimCandidate:
        """A sentence as a claim, where there is no parse."""
        text = self.article.text[passage.start : passage.end]
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
            attribution=quoted_by(self.article, passage) or self._default(),
            times=tuple(find_times(self.article.text, passage.start, passage.end, self.published)),
            type=kind_of(claim, stance=False, past=False, quoted=False),
            checkworthiness=worth,
            reasons=reasons,
        )

    def _relation(self, proposition: Proposition) -> Relation | None:
        """The innermost attribution that covers the verb of the proposition, or is that verb."""
        tree = self.article.tree
        at = tree.idx[proposition.head]
        covering = [
            relation
            for relation in self.relations
            if (relation.anchor not in proposition.pieces or tree.pos[relation.anchor] == "ADV")
            and relation.kind in ("speech", "belief", "evidence")
            and any(start <= at < end for start, end in relation.parts)
        ]
        if covering:
            return min(covering, key=lambda relation: relation.end - relation.start)
        for relation in self.relations:
            if relation.anchor == proposition.head:
                return relation
        return None

    def _default(self) -> Attribution | None:
        """In a speech, whatever nobody else is quoted with is said by the speaker."""
        if self.speaker is None:
            return None
        return Attribution(self.speaker, None, None, 0, len(self.article.text))

    def _attribution(self, relation: Relation) -> Attribution:
        tree = self.article.tree
        cue = Span(*self._stretch(relation.cue))
        speaker = Span(*self._stretch(relation.source)) if relation.source else None
        start, end = relation.start, relation.end
        return Attribution(
            name=self._speaker_name(relation),
            speaker=speaker,
            cue=cue,
            content_start=start,
            content_end=end,
            through=tuple(self._through(relation)),
            negated=relation.negated,
            hedged=relation.hedged
            or any(tree.lower[t] in cues.HEDGE_ADVERBS for t in relation.cue),
            kind=relation.kind,
            parts=tuple(relation.parts),
        )

    def _stretch(self, tokens: list[int]) -> tuple[str, int, int]:
        """Tokens as one span: up to the first gap of more than a few words."""
        tree = self.article.tree
        kept = [tokens[0]]
        for t in tokens[1:]:
            if t - kept[-1] > 4:
                break
            kept.append(t)
        kept = strip_marks(tree, kept) or kept
        start, end = tree.idx[kept[0]], tree.end[kept[-1]]
        return self.article.text[start:end], start, end

    def _speaker_name(self, relation: Relation) -> str | None:
        assert self.context is not None
        if not relation.source:
            return None
        tree = self.article.tree
        inside = set(relation.source)
        head = next(
            (t for t in relation.source if tree.head[t] not in inside or tree.head[t] == t),
            relation.source[0],
        )
        name = self.context.speaker(relation.source)
        if name is not None:
            return name
        if tree.tag[head] in ("WP", "WDT"):
            noun = next((a for a in tree.ancestors(head) if tree.pos[a] in ("NOUN", "PROPN")), None)
            if noun is not None:
                return (
                    self.context.people[noun].full
                    if noun in self.context.people
                    else tree.words[noun]
                )
        if tree.tag[head] in ("PRP", "PRP$"):
            return self.speaker if tree.lower[head] in ("i", "we") else None
        return _without_bracket(self._stretch(relation.source)[0])

    def _through(self, relation: Relation) -> list[str]:
        """Those whose words contain this attribution, outermost first."""
        at = self.article.tree.idx[relation.anchor]
        around = [
            other
            for other in self.relations
            if other is not relation
            and other.source
            and other.kind == "speech"
            and any(start <= at < end for start, end in other.parts)
        ]
        around.sort(key=lambda other: other.start - other.end)
        names = [*(self._speaker_name(other) for other in around), *relation.through]
        return [name for name in names if name]

    def _times(
        self, proposition: Proposition, passage: Passage, past: bool
    ) -> tuple[TimeMention, ...]:
        tree = self.article.tree
        key = (passage.start, past)
        if key not in self._found_times:
            self._found_times[key] = find_times(
                self.article.text, passage.start, passage.end, self.published, past=past
            )
        found = self._found_times[key]
        if not found:
            return ()
        starts = sorted(tree.idx[t] for t in proposition.tokens)
        return tuple(
            m
            for m in found
            if (k := bisect.bisect_left(starts, m.start)) < len(starts) and starts[k] < m.end
        )

    def _entities(self, start: int, end: int) -> tuple[EntityMention, ...]:
        first = bisect.bisect_left(self._entity_starts, start)
        last = bisect.bisect_left(self._entity_starts, end)
        return tuple(e for e in self.article.entities[first:last] if e.end <= end)

    def _is_ambiguous(self, proposition: Proposition) -> bool:
        """Whether a word of the claim refers to something that could not be told.

        A possessive after a noun of its number reads as well in the claim as in the article.
        """
        assert self.context is not None
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


def _without_bracket(name: str) -> str:
    """`the National Hurricane Center (NHC)` without the abbreviation in brackets."""
    return name.partition(" (")[0] if name.count("(") == 1 else name


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
