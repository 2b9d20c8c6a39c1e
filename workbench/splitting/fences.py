"""What asides are made of: fences of commas, and the words for the noun that they describe."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

Wording = tuple[list[int | str], list[int]]


@dataclasses.dataclass(slots=True)
class Aside:
    """`kind` is relative, apposition, participle, clause or parenthesis.

    `readings` are its assertions one by one, `undivided` the same in one sentence, or with the
    place or the time that a relative adverb stands for.
    """

    kind: str
    head: int
    tokens: list[int]
    removable: bool
    readings: list[Wording] = dataclasses.field(default_factory=list)
    undivided: Wording | None = None


def with_marks(tree: Tree, i: int, inside: set[int]) -> list[int]:
    """The subtree with the commas, dashes or brackets that fence it."""
    tokens = [t for t in tree.subtree(i) if t in inside]
    first, last = tokens[0], tokens[-1]
    fence = ",—–-("
    if first - 1 in inside and tree.words[first - 1] in fence and tree.words[first - 1] != "":
        tokens.insert(0, first - 1)
        closing = {"(": ")"}.get(tree.words[first - 1], tree.words[first - 1])
        if last + 1 in inside and tree.words[last + 1] in (closing, ","):
            tokens.append(last + 1)
    elif last + 1 in inside and first == min(inside) and tree.words[last + 1] == ",":
        tokens.append(last + 1)
    return tokens


def bracketed(tree: Tree, tokens: list[int]) -> set[int]:
    """What stands in round brackets, with them; nothing where they do not come in pairs.

    Square ones hold what an editor put into a quotation, and that is needed.
    """
    depth = 0
    found: set[int] = set()
    for t in tokens:
        if tree.words[t] == "(":
            depth += 1
        if depth:
            found.add(t)
            if tree.words[t] == ")":
                depth -= 1
    return set() if depth else found


def first_of(tree: Tree, noun: int) -> int:
    """The first of the coordinated words that the noun is one of."""
    while tree.dep[noun] == "conj" and tree.head[noun] != noun:
        noun = tree.head[noun]
    return noun


def after_comma(tree: Tree, i: int) -> bool:
    first = tree.subtree(i)[0]
    return first > 0 and tree.words[first - 1] in (",", "—", "–", "-", "(", ", ")


def noun_phrase(tree: Tree, noun: int) -> list[int]:
    """A noun phrase without its asides and coordinated members, as the subject of a new claim."""
    dropped: set[int] = set()
    for j in tree.children[noun]:
        if (
            tree.dep[j] in ("relcl", "appos", "cc", "conj", "acl", "punct", "preconj", "parataxis")
            and j > noun
        ) or tree.lower[j] == "including":
            dropped.update(tree.subtree(j))
    tokens = [t for t in tree.subtree(noun) if t not in dropped]
    while tokens and tree.words[tokens[-1]] in (",", ";", "—", "–"):
        tokens.pop()
    return tokens


def antecedent_of(tree: Tree, noun: int) -> list[int]:
    """The words for a noun that something more is said about: of `X is a singer who …`, X."""
    first = first_of(tree, noun)
    if tree.dep[first] == "attr":
        noun = first
    copula = tree.head[noun]
    if tree.dep[noun] == "attr" and tree.lemma[copula] in ("be", "become", "remain"):
        subject = tree.subject(copula)
        while subject is None and tree.dep[copula] == "conj":
            copula = tree.head[copula]
            subject = tree.subject(copula)
        if (
            subject is not None
            and tree.dep[subject] != "expl"
            and tree.tag[subject] not in ("WDT", "WP", "EX", "DT")
        ):
            return noun_phrase(tree, subject)
    return noun_phrase(tree, noun)


def is_loose(tree: Tree, noun: int) -> bool:
    """Whether the sentence says the same without what describes the noun: `a family`, `Salah`."""
    if tree.ent[noun] in ("PERSON", "ORG", "GPE"):
        return True
    lead = first_of(tree, noun)
    first = tree.first(noun, "det") or tree.first(lead, "det")
    return (
        first is not None
        and tree.lower[first] in ("a", "an")
        and tree.dep[lead] in ("attr", "dobj", "pobj", "conj")
    )
