"""Finer readings of a proposition: what remains when circumstances and modifiers are left out.

People who take sentences apart write `The draft was held in May` and `The draft was held in Utah`,
not the sentence with both. Here are all such readings, more than anybody wants; `choosing` keeps
those that are worth a claim. A reading only ever leaves words out, and nothing without which the
rest would no longer be true.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.fences import first_of
from workbench.splitting.nounfacts import role_of
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.propositions import Proposition
    from workbench.splitting.tree import Tree

MOST_MODIFIERS = 7
PLACES = frozenset({"GPE", "LOC", "FAC", "ORG"})
TIMES = frozenset({"DATE", "TIME"})
MEASURES = frozenset({"PERCENT", "MONEY", "QUANTITY"})
LINKING = words(
    """
    be become remain seem appear consist depend rely refer belong amount relate contribute lead
    """
)
# words that limit a statement: without the modifier it would say more than the article does
LIMITING = words(
    """
    only if unless without except barely hardly scarcely almost nearly not n't never no nobody
    nothing none neither nor than rather few little
    """
)
UNIVERSAL = words("all any every each no most few many some both those these only least more")
# adjectives that change what the noun means, or which one is meant
KEPT_ADJECTIVES = words(
    """
    former late future alleged suspected accused apparent so-called fake false potential possible
    likely unlikely would-be failed attempted planned proposed supposed purported presumed first
    second third fourth fifth last next previous same other only such own main sole top best
    worst most least many few several more less much multiple various numerous different certain
    acting deputy vice assistant honorary nominal virtual near total average estimated mock
    unable able due responsible part early mid recent new old current then
    """
)
# prepositions that a noun can lose with what follows them
LOOSE = words(
    """
    in on at during since until after before throughout following from by for with as despite
    within over amid alongside under through to about against around across near along via
    including into onto among between toward towards outside inside behind beyond per
    """
)


DIVISIBLE = frozenset({"clause", "relative", "participle", "apposition", "example"})


@dataclasses.dataclass(slots=True)
class Modifier:
    """What can be left out: its first word, its tokens with their commas, and its kind.

    `kind` is time, place, adjunct, adverb, clause, noun (a phrase after a noun), adjective or
    role (what stands before a name).
    """

    head: int
    tokens: set[int]
    kind: str
    inner: set[int] = dataclasses.field(default_factory=set)


@dataclasses.dataclass(slots=True)
class Reading:
    """One way to state (a part of) a proposition: what it leaves out, and how it came about."""

    base: Proposition
    operation: str
    modifiers: list[Modifier]
    dropped: set[int] = dataclasses.field(default_factory=set)
    kept: Modifier | None = None

    @property
    def proposition(self) -> Proposition:
        """The reading as a proposition of its own."""
        if not self.dropped:
            return self.base
        left = [p for p in self.base.pieces if isinstance(p, str) or p not in self.dropped]
        own = [t for t in self.base.own if t not in self.dropped]
        return dataclasses.replace(self.base, pieces=left, own=own or self.base.own)

    @property
    def tokens(self) -> list[int]:
        return [t for t in self.base.tokens if t not in self.dropped]


def readings(tree: Tree, base: Proposition) -> list[Reading]:
    """The proposition itself and every reading of it with less."""
    modifiers = find_modifiers(tree, base) if base.origin in DIVISIBLE else []
    found = [Reading(base, "whole", modifiers)]
    if not modifiers:
        return found
    seen: list[set[int]] = [set()]

    def add(operation: str, dropped: set[int], kept: Modifier | None = None) -> None:
        if commas:
            dropped = dropped | _bare_commas(tree, tokens, commas, dropped)
        reading = Reading(base, operation, modifiers, dropped, kept)
        if dropped not in seen and _stands(tree, reading):
            seen.append(dropped)
            found.append(reading)

    tokens = base.tokens
    commas = [t for t in tokens if tree.words[t] == ","]
    roles = [m for m in modifiers if m.kind == "role"]
    loose = [m for m in modifiers if m.kind not in ("adjective", "role")]
    fine = [m for m in modifiers if m.kind == "adjective"]
    named: set[int] = set().union(*(m.tokens for m in roles))
    outer: set[int] = named.union(*(m.tokens for m in loose))
    everything = outer.union(*(m.tokens for m in fine))
    add("core", outer)
    if roles and loose:
        add("named", named)
    if fine:
        add("bare", everything)
    for m in loose:
        rest = (outer - m.tokens) | named
        add("one", rest, m)
        inside = m.inner | {t for f in fine if f.tokens < m.tokens for t in f.tokens}
        if inside:
            add("trimmed", rest | inside, m)
    for m in fine:
        if not m.tokens <= outer:
            add("adjective", everything - m.tokens, m)
    return found


def _bare_commas(tree: Tree, tokens: list[int], commas: list[int], dropped: set[int]) -> set[int]:
    """Commas before which everything has gone: `arrested, in a café`."""
    found = set()
    for t in commas:
        if t - 1 in dropped and t not in dropped:
            left = [j for j in tokens if j < t and j not in dropped]
            after_comma = bool(left) and tree.words[left[-1]] == ","
            if not after_comma and not (left and _opens(tree, left)):
                found.add(t)
    return found


def _opens(tree: Tree, left: list[int]) -> bool:
    """Whether the words before a comma are a circumstance that comes before the subject."""
    return tree.dep[left[0]] in ("prep", "advmod", "npadvmod", "mark") and not any(
        tree.dep[t] in ("nsubj", "nsubjpass") for t in left
    )


def _stands(tree: Tree, reading: Reading) -> bool:
    """Whether something is left to say: words with a meaning, and three at least."""
    tokens = reading.tokens
    if reading.base.origin == "participle" and max(tokens) <= reading.base.head:
        return False
    literal = len(reading.base.pieces) - len(reading.base.tokens)
    return (
        len(tokens) + literal >= 3
        and sum(tree.words[t][0].isalnum() for t in tokens) >= 2
        and any(tree.pos[t] in ("NOUN", "PROPN", "NUM", "ADJ", "VERB") for t in tokens)
    )


def find_modifiers(tree: Tree, base: Proposition) -> list[Modifier]:
    """The detachable parts of a proposition, outermost first, in the order of the text."""
    tokens = base.tokens
    inside = set(tokens)
    measured = any(tree.ent[t] in MEASURES for t in tokens)
    strict, limited = _limits(tree, tokens, base.head)
    found: list[Modifier] = []
    for t in sorted(inside):
        lead = first_of(tree, t) if tree.pos[t] == "ADP" else t
        head = tree.head[lead]
        if t == base.head or head == t or head not in inside:
            continue
        if lead == t:
            kind = _kind(tree, t, base.head, inside)
        else:
            kind = _adjunct_kind(tree, t, head, inside) if tree.is_verb(head) else ""
        if not kind or t in limited:
            continue
        if strict and not (kind in ("time", "place") and t < base.head):
            continue
        below = {j for j in tree.subtree(t) if j in inside}
        if measured and (kind == "time" or any(tree.ent[j] in MEASURES for j in below)):
            continue  # `fell by 2 percent in May`: a figure stays with its time
        if base.head not in below:
            found.append(Modifier(t, below | _commas(tree, below, inside), kind))
    found.extend(_roles(tree, inside, base.head))
    return _outermost(tree, found)[:MOST_MODIFIERS]


def _limits(tree: Tree, tokens: list[int], verb: int) -> tuple[bool, set[int]]:
    """Whether a word limits the statement itself, and what is limited in clauses below it."""
    limited: set[int] = set()
    for t in tokens:
        if tree.lower[t] not in LIMITING or tree.pos[t] == "PROPN":
            continue
        clause = tree.head[t]
        while tree.head[clause] != clause and clause != verb and not tree.is_verb(clause):
            clause = tree.head[clause]
        if clause == verb or tree.dep[clause] not in ("relcl", "acl", "advcl", "pcomp", "xcomp"):
            return True, limited
        limited.update(j for j in tree.subtree(clause) if j != clause)
    return False, limited


def _roles(tree: Tree, inside: set[int], verb: int) -> list[Modifier]:
    """`striker Gohi Cyriac` is Gohi Cyriac, `the film Alien` is Alien."""
    found = []
    for t in sorted(inside):
        if tree.pos[t] != "PROPN" or tree.dep[t] in ("compound", "nmod"):
            continue
        role = set(role_of(tree, t))
        if role and role <= inside and tree.head[t] in inside:
            determiner = tree.first(t, "det")
            if determiner is not None:
                role.add(determiner)
            found.append(Modifier(min(role), role, "role"))
    return found


def _outermost(tree: Tree, found: list[Modifier]) -> list[Modifier]:
    """Modifiers within others are only noted there: `in the struggle (for independence)`."""
    kept = []
    for modifier in found:
        around = next(
            (
                m
                for m in found
                if m is not modifier
                and m.kind not in ("adjective", "role")
                and modifier.head in m.tokens
                and m.head not in modifier.tokens
            ),
            None,
        )
        if around is None or modifier.kind == "role":
            kept.append(modifier)
        elif modifier.kind not in ("adjective", "role"):
            around.inner |= (modifier.tokens & around.tokens) - _closing(tree, around)
    return kept


def _closing(tree: Tree, modifier: Modifier) -> set[int]:
    """The comma that ends a modifier, which what remains of it still needs."""
    last = max(modifier.tokens)
    return {last} if tree.words[last] == "," else set()


def _kind(tree: Tree, t: int, verb: int, inside: set[int]) -> str:
    dep, head = tree.dep[t], tree.head[t]
    if dep in ("prep", "agent"):
        if tree.is_verb(head):
            if _is_fronted(tree, t, head):
                return "time" if _is_dated(tree, t) else "adjunct"
            return _adjunct_kind(tree, t, head, inside)
        if tree.pos[head] in ("NOUN", "PROPN") and t > head:
            return _noun_kind(tree, t, head)
        return ""
    if dep == "npadvmod" and tree.is_verb(head) and tree.ent[t] in TIMES:
        return "time"
    if dep in ("relcl", "acl") and t > head and head != verb:
        return "clause" if _is_loose_clause(tree, t, head) else ""
    if dep == "advcl" and t > head and tree.is_verb(head):
        return _clause_kind(tree, t)
    if dep == "advmod" and tree.tag[t] == "RB" and head == verb:
        return "" if tree.lower[t] in LIMITING or tree.children[t] else _adverb_kind(tree, t)
    if dep in ("amod", "compound", "nmod") and t < head:
        return "adjective" if _is_loose_word(tree, t, head, inside) else ""
    return ""


def _is_fronted(tree: Tree, t: int, verb: int) -> bool:
    """`In addition to music, he …`: what stands before the subject, with a comma."""
    last = tree.subtree(t)[-1]
    return last + 1 < verb and tree.words[last + 1] == "," and tree.lower[t] not in ("of", "like")


def _is_dated(tree: Tree, t: int) -> bool:
    return any(tree.ent[j] in TIMES for j in tree.subtree(t)[:4])


def _adverb_kind(tree: Tree, t: int) -> str:
    if tree.lower[t] in HEDGES:
        return ""
    return "adverb" if tree.lower[t].endswith("ly") or tree.lower[t] in ADVERBS else ""


# adverbs without which a statement would say more than the article does
HEDGES = words(
    """
    allegedly reportedly supposedly purportedly apparently seemingly probably possibly potentially
    presumably perhaps maybe likely nearly partly partially primarily mostly mainly largely
    rarely seldom usually normally typically generally often sometimes occasionally roughly
    approximately virtually practically jointly unsuccessfully theoretically nominally
    """
)
ADVERBS = words("also then later now again still once often soon just")
OPEN_CLAUSES = words("as because since after before when while although though so")


def _clause_kind(tree: Tree, t: int) -> str:
    mark = tree.first(t, "mark", "advmod")
    if any(tree.tag[j] == "TO" for j in tree.children[t]):
        return "clause"
    if mark is not None and tree.lower[mark] in OPEN_CLAUSES and tree.subject(t) is not None:
        return "clause"
    return "clause" if tree.tag[t] == "VBG" and tree.first(t, "mark") is None else ""


def _adjunct_kind(tree: Tree, t: int, verb: int, inside: set[int]) -> str:
    below = [j for j in tree.subtree(t) if j in inside]
    if len(below) < 2 or tree.lower[t] not in LOOSE:
        return ""
    if any(tree.ent[j] in TIMES for j in below[:4]):
        return "time"
    placed = any(tree.ent[j] in PLACES for j in below[1:4])
    if tree.dep[t] != "agent" and tree.lemma[verb] in LINKING:
        return ""
    if tree.lower[t] == "as" and tree.first(verb, "dobj") is not None:
        return ""
    if not _is_saturated(tree, verb, t):
        return ""
    return "place" if placed else "adjunct"


COMPLEMENTS = ("dobj", "attr", "acomp", "xcomp", "ccomp", "agent", "oprd", "dative")


def _is_saturated(tree: Tree, verb: int, t: int) -> bool:
    """Whether the verb has what it needs without the preposition t: an object, or one before."""
    if any(tree.dep[j] == "auxpass" for j in tree.children[verb]) or tree.tag[verb] == "VBN":
        return True
    return any(
        tree.dep[j] in COMPLEMENTS or (tree.dep[j] in ("prep", "prt") and verb < j < t)
        for j in tree.children[verb]
        if j != t
    )


def _noun_kind(tree: Tree, t: int, noun: int) -> str:
    if tree.lower[t] not in LOOSE or len(tree.subtree(t)) < 2 or _is_limited(tree, noun):
        return ""
    if tree.lower[t] in ("between", "per", "into") or tree.lower[noun] in ("addition", "contrast"):
        return ""
    return "noun"


def _is_loose_clause(tree: Tree, t: int, noun: int) -> bool:
    """`a party that lost` is a party; `the party that lost` and `a wish to win` need the rest."""
    if _is_limited(tree, noun) or any(tree.tag[j] == "TO" for j in tree.children[t]):
        return False
    first = tree.subtree(t)[0]
    definite = any(tree.lower[j] == "the" for j in tree.all(noun, "det"))
    return not definite or (first > 0 and tree.words[first - 1] in (",", "—", "–", "("))


def _is_limited(tree: Tree, noun: int) -> bool:
    """`all students in Paris`, `the largest city in Texas`: less would say more."""
    return any(
        tree.lower[j] in UNIVERSAL
        or tree.tag[j] in ("JJS", "RBS", "WDT", "WP$")
        or tree.ent[j] in ("ORDINAL", "PERCENT")
        or (tree.dep[j] == "amod" and any(tree.tag[k] == "RBS" for k in tree.children[j]))
        for j in tree.children[noun]
        if j < noun
    ) or tree.lower[noun] in ("those", "one", "number", "percent", "anyone", "everyone", "people")


def _is_loose_word(tree: Tree, t: int, noun: int, inside: set[int]) -> bool:
    """Whether the noun keeps its meaning without the word before it: `a popular group`."""
    if tree.pos[noun] != "NOUN" or tree.dep[noun] not in ("attr", "dobj", "pobj", "conj", "appos"):
        return False
    if tree.lower[t] in KEPT_ADJECTIVES or tree.tag[t] in ("JJS", "JJR") or _is_limited(tree, noun):
        return False
    below = tree.subtree(t)
    if tree.ent[t] in ("ORDINAL", "DATE") or tree.first(t, "conj", "cc") is not None:
        return False
    if below[-1] >= noun or below != list(range(below[0], below[-1] + 1)):
        return False
    if tree.words[below[0] - 1] == "-" or tree.words[below[-1] + 1] == "-":
        return False
    if tree.dep[t] == "amod":
        return tree.pos[t] in ("ADJ", "VERB", "NOUN", "PROPN")
    return tree.dep[noun] in ("attr", "appos") and (t == 0 or t - 1 in inside)


def _commas(tree: Tree, below: set[int], inside: set[int]) -> set[int]:
    """A fronted circumstance takes its comma along, one in the middle the comma before it."""
    first, last = min(below), max(below)
    found = set()
    if last + 1 in inside and tree.words[last + 1] in ",—–":
        found.add(last + 1)
    if first - 1 in inside and tree.words[first - 1] in ",—–":
        found.add(first - 1)
    return found
