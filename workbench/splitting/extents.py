"""One attribution and its extents: who is the source, which words are the cue, what the content."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
QUOTE_MARKS = frozenset({'"', "“", "”", "„", "«", "»", "''", "``"})
EDGE_MARKS = frozenset(",;:.!?-–—―()[]")


@dataclasses.dataclass(slots=True)
class Relation:
    """One attribution in tokens of the tree.

    `parts` are spans of the content in characters; `clause` is the verb that heads the content
    where that is a clause that can be asserted by itself, otherwise None.
    """

    kind: str
    cue: list[int]
    source: list[int]
    parts: list[tuple[int, int]]
    anchor: int
    clause: int | None = None
    negated: bool = False
    hedged: bool = False
    through: list[str] = dataclasses.field(default_factory=list)

    @property
    def start(self) -> int:
        return min(start for start, _ in self.parts)

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)


def relation_of(
    tree: Tree,
    kind: str,
    anchor: int,
    source: list[int],
    content: list[int],
    clause: int | None,
) -> Relation | None:
    cue = cue_of(tree, anchor) if tree.is_verb(anchor) else [anchor]
    taken = set(cue) | set(source)
    content = _without_tail(tree, content)
    content = _without_link(tree, [t for t in content if t not in taken])
    content = _whole_words(tree, content)
    if kind == "stance":
        content = _without_occasion(tree, anchor, content)
    parts = char_parts(tree, content)
    if not parts:
        return None
    lemma = tree.lemma[anchor]
    return Relation(
        kind=kind,
        cue=cue,
        source=strip_marks(tree, source),
        parts=parts,
        anchor=anchor,
        clause=clause,
        negated=tree.negated(anchor) or lemma in cues.DENIAL_VERBS,
        hedged=lemma in cues.HEDGE_VERBS,
    )


def source_of(tree: Tree, verb: int) -> list[int]:
    """The tokens of whoever does what `verb` says; empty where nobody is to be found."""
    seen = 0
    while seen < 6:
        seen += 1
        subject = _speaking_subject(tree, verb)
        if subject is not None:
            if tree.dep[subject] == "expl" or (
                tree.lower[subject] == "it" and tree.first(verb, "auxpass")
            ):
                return []
            return noun_phrase(tree, subject, verb)
        inverted = inverted_source(tree, verb)
        if inverted:
            return inverted
        dep, head = tree.dep[verb], tree.head[verb]
        if head == verb:
            return []
        if dep in ("conj", "xcomp", "advcl", "ccomp", "parataxis") and tree.pos[head] in (
            "VERB",
            "AUX",
        ):
            if dep == "xcomp" and (patient := tree.first(head, "dobj")) is not None:
                return noun_phrase(tree, patient, verb)
            verb = head
        elif dep in ("acl", "relcl") and tree.tag[verb] == "VBG":
            return noun_phrase(tree, head, verb)
        elif dep == "pcomp" and tree.pos[tree.head[head]] in ("VERB", "AUX"):
            verb = tree.head[head]
        else:
            return []
    return []


def _speaking_subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb; of two before it, as in `“One of us,” X said`, the nearer one, unless
    the two are one name: `The leader, X said`."""
    before = [j for j in tree.all(verb, "nsubj", "nsubjpass") if j < verb]
    if len(before) < 2:
        return tree.subject(verb)
    first, last = tree.subtree(before[0])[-1], tree.subtree(before[-1])[0]
    one = all(tree.words[t] == "," or tree.tag[t] == "CC" for t in range(first + 1, last))
    return before[0] if one else before[-1]


def inverted_source(tree: Tree, verb: int) -> list[int]:
    """`…," said X`, where the parser takes X for an object."""
    if verb == 0 or tree.tag[verb] not in ("VBD", "VBZ") or tree.lemma[verb] not in cues.SPEECH:
        return []
    if tree.words[verb - 1] not in ("”", '"', "''", ",", ",”"):
        return []
    for j in tree.children[verb]:
        if (
            j > verb
            and tree.dep[j] in ("dobj", "attr", "oprd", "dative", "npadvmod")
            and tree.subtree(j)[0] == verb + 1
        ) and tree.ent[j] not in ("DATE", "TIME"):
            return noun_phrase(tree, j, verb)
    return []


def noun_phrase(tree: Tree, noun: int, verb: int) -> list[int]:
    """The noun phrase headed by `noun`, without the clause of `verb` where that is part of it."""
    tokens = tree.subtree(noun)
    if verb in tokens:
        clause = set(tree.subtree(verb))
        tokens = [t for t in tokens if t not in clause]
    return without_lives(tree, noun, tokens)


def without_lives(tree: Tree, noun: int, tokens: list[int]) -> list[int]:
    """A source is named by noun phrases: ages, relative clauses and datelines are left out."""
    if len(tokens) == 1:
        return tokens
    dropped: set[int] = set()
    for j in tokens:
        if j <= noun or tree.head[j] not in tokens:
            continue
        fenced = tree.words[tree.subtree(j)[0] - 1] in (",", "—", "–", "-", "--", "―", "(")
        if tree.dep[j] == "parataxis" or (
            fenced and (tree.dep[j] in ("acl", "advcl") or tree.words[j].isdigit())
        ):
            dropped.update(tree.subtree(j))
    kept = [t for t in tokens if t not in dropped]
    dash = next((t for t in kept if t < noun and _is_dash(tree, t)), None)
    return [t for t in kept if dash is None or t > dash]


def _is_dash(tree: Tree, t: int) -> bool:
    return tree.words[t] in ("—", "―", "--", "–") or (
        tree.words[t] == "-" and t > 0 and bool(tree.space[t - 1])
    )


def cue_of(tree: Tree, verb: int) -> list[int]:
    """The verb with its auxiliaries, negation, particle and the adverbs that stand beside it."""
    tokens = [verb]
    for j in tree.children[verb]:
        beside = tree.dep[j] == "advmod" and tree.tag[j] == "RB" and abs(j - verb) == 1
        if tree.dep[j] in CUE_PARTS or (beside and not tree.children[j] and j < verb):
            tokens.append(j)
    return sorted(tokens)


def mark_of(tree: Tree, clause: int) -> str:
    """The word that opens a subordinate clause, in small letters; empty where there is none."""
    mark = tree.first(clause, "mark")
    return tree.lower[mark] if mark is not None else ""


def _without_tail(tree: Tree, content: list[int]) -> list[int]:
    """The content without a clause behind a comma that closes it: `…, who …`, `…, saying …`."""
    for k in range(len(content) - 2, 0, -1):
        t = content[k]
        if tree.words[content[k - 1]] != "," or tree.tag[t] not in ("VBG", "WP", "WDT"):
            continue
        clause = t if tree.tag[t] == "VBG" else tree.head[t]
        if tree.dep[clause] in ("relcl", "advcl") and tree.subtree(clause)[-1] == content[-1]:
            return content[: k - 1]
    return content


def _without_link(tree: Tree, content: list[int]) -> list[int]:
    """The content without the conjunction that joins what follows to the cue: `said …, and`."""
    last = len(content)
    while last > 1 and (tree.tag[content[last - 1]] == "CC" or _is_edge(tree, content[last - 1])):
        last -= 1
    return content[:last]


OCCASIONS = words(
    """
    interview statement speech ruling tweet post ad rally trail debate appearance email letter memo
    column article conference call meeting hearing event show program broadcast website television
    radio release filing note message testimony address podcast newscast blog
    """
)


def _without_occasion(tree: Tree, anchor: int, content: list[int]) -> list[int]:
    """The content without where it was said: `called it a lie in an interview`, `at a rally`."""
    if not content or content[-1] < anchor:
        return content
    for j in reversed(content):
        if tree.dep[j] != "prep" or tree.lower[j] not in ("in", "on", "at", "during"):
            continue
        noun = tree.first(j, "pobj")
        said = noun is not None and tree.lemma[noun] in OCCASIONS and tree.is_verb(tree.head[j])
        if said and j > content[0] and tree.subtree(j)[-1] >= content[-1]:
            return [t for t in content if t < j]
    return content


def _whole_words(tree: Tree, content: list[int]) -> list[int]:
    """`counter-punching` is not torn where the parser took its parts for two phrases."""
    if not content:
        return content
    last = content[-1]
    while (
        last + 2 < tree.n
        and tree.words[last + 1] == "-"
        and not tree.space[last]
        and not tree.space[last + 1]
    ):
        last += 2
    return [*content, *range(content[-1] + 1, last + 1)]


def clause_above(tree: Tree, i: int) -> int:
    """The finite verb whose clause an adverbial belongs to; coordinated clauses count together."""
    for j in tree.ancestors(i):
        if tree.dep[j] == "ROOT" or (
            tree.dep[j] in ("ccomp", "relcl", "advcl") and tree.is_finite(j)
        ):
            return j
    return i


def strip_marks(tree: Tree, tokens: list[int]) -> list[int]:
    """The tokens without punctuation and white space at either edge."""
    start, end = 0, len(tokens)
    while start < end and _is_edge(tree, tokens[start]):
        start += 1
    while end > start and _is_edge(tree, tokens[end - 1]):
        end -= 1
    return tokens[start:end]


def _is_edge(tree: Tree, t: int) -> bool:
    return tree.words[t] in EDGE_MARKS or tree.words[t].isspace()


def char_parts(tree: Tree, tokens: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring tokens as spans of characters; runs of mere punctuation are left out."""
    parts = []
    run: list[int] = []
    for t in [*tokens, -1]:
        if run and t != run[-1] + 1:
            run = strip_marks(tree, run)
            if any(tree.words[k][0].isalnum() for k in run):
                parts.append((tree.idx[run[0]], tree.end[run[-1]]))
            run = []
        run.append(t)
    return join_close(tree.text, parts)


def join_close(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts between which only marks and white space stand become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and not any(char.isalnum() for char in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def with_words(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts in which a word stands; quotation marks may hold commas alone."""
    return [(start, end) for start, end in parts if any(c.isalnum() for c in text[start:end])]


def kind_of_cue(lemma: str) -> str:
    """What the cue expresses, one of the kinds of an attribution."""
    if lemma in cues.SPEECH:
        return "speech"
    return "belief" if lemma in cues.BELIEF else "evidence" if lemma in cues.EVIDENCE else "speech"
