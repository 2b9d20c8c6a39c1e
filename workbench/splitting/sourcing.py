"""Who says what in an article: each attribution of it as a record, with the speaker's full name."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import strip_marks
from workbench.splitting.quoting import attribute
from workbench.splitting.records import Attribution, Span

if TYPE_CHECKING:
    from workbench.splitting.context import Context
    from workbench.splitting.extents import Relation
    from workbench.splitting.propositions import Proposition
    from workbench.splitting.reading import Article, Passage

LONGEST_BRACKET = 120  # code points


class Sources:
    """The attributions of one parsed article; `speaker` says whatever nobody is quoted with."""

    def __init__(self, article: Article, context: Context, speaker: str | None) -> None:
        self.article = article
        self.context = context
        self.speaker = speaker
        self.relations = attribute(article)
        self.silent = self._silent()
        self.attributions = {
            id(relation): self._attribution(relation) for relation in self.relations
        }
        self._anchors = [relation.anchor for relation in self.relations]
        self._covering: dict[int, list[Relation]] = {}
        self._anchored: dict[int, Relation] = {}
        for relation in self.relations:
            self._anchored.setdefault(relation.anchor, relation)

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

    def reported(self, passage: Passage) -> list[int]:
        """The tokens of what somebody says in this sentence, without the frame."""
        for relation in self.relations:
            if relation.kind == "speech" and passage.first <= relation.anchor < passage.last:
                return self.content_in(passage, relation)
        return []

    def content_in(self, passage: Passage, relation: Relation) -> list[int]:
        """The tokens of a sentence that belong to what is attributed."""
        places = self.article.tree.idx
        return [
            t
            for t in range(passage.first, passage.last)
            if any(start <= places[t] < end for start, end in relation.parts)
        ]

    def relation(self, proposition: Proposition) -> Relation | None:
        """The innermost attribution that covers the verb of the proposition, or is that verb."""
        tree = self.article.tree
        head = proposition.head
        if head not in self._covering:
            self._covering[head] = self._around(head)
        for relation in self._covering[head]:
            if relation.anchor not in proposition.pieces or tree.pos[relation.anchor] == "ADV":
                return relation
        return self._anchored.get(head)

    def _around(self, head: int) -> list[Relation]:
        """The attributions whose content holds a token, innermost first."""
        at = self.article.tree.idx[head]
        covering = [
            relation
            for relation in self.relations
            if relation.kind in ("speech", "belief", "evidence")
            and any(start <= at < end for start, end in relation.parts)
            and not self._in_brackets(max(relation.start, at - LONGEST_BRACKET), at)
        ]
        return sorted(covering, key=lambda relation: relation.end - relation.start)

    def _in_brackets(self, start: int, at: int) -> bool:
        """Whether brackets that opened after `start` are open: what they add is the writer's."""
        text = self.article.text
        return text.rfind("(", start, at) > text.rfind(")", start, at)

    def anchored_in(self, passage: Passage) -> list[Relation]:
        """The attributions whose cue stands in a sentence."""
        first = bisect.bisect_left(self._anchors, passage.first)
        last = bisect.bisect_left(self._anchors, passage.last)
        return self.relations[first:last]

    def of(self, relation: Relation | None) -> Attribution | None:
        """The attribution of what a relation covers; in a speech all else is the speaker's."""
        if relation is not None:
            return self.attributions[id(relation)]
        return speaking(self.speaker, self.article.text)

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
        return _without_bracket(self._stretch(self._named(relation.source))[0])

    def _named(self, source: list[int]) -> list[int]:
        """The words of a source that name it: `the bank, which …` is the bank."""
        tree = self.article.tree
        for k in range(1, len(source)):
            if tree.tag[source[k]] in ("WP", "WDT") and tree.words[source[k] - 1] == ",":
                return source[: k - 1] or source
        return source

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


def speaking(speaker: str | None, text: str) -> Attribution | None:
    """In a speech, whatever nobody else is quoted with is said by the speaker."""
    if speaker is None:
        return None
    return Attribution(speaker, None, None, 0, len(text))


def _without_bracket(name: str) -> str:
    """`the National Hurricane Center (NHC)` without the abbreviation in brackets."""
    return name.partition(" (")[0] if name.count("(") == 1 else name
