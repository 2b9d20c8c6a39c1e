"""`This win` after `Argentina won`: what was done, named by the noun that belongs to the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.referents import Referent, phrase
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.splitting.reading import Article
    from workbench.splitting.referents import Replacement
    from workbench.splitting.tree import Tree

REACH = 2
LONGEST_DOER = 5
LONGEST_THING = 6
SUFFIXES = ("ion", "ment", "al", "ance", "ence", "ure", "ing", "ery")
UNRELATED = words("station section mission version position condition department mention portion")
TAKES_OF = ("ion", "ment", "al")


def deed(
    article: Article, number: int, i: int, noun: int, known: Mapping[int, Replacement]
) -> Referent | None:
    """Who did what `this` noun means, from the only verb of its kind shortly before."""
    tree = article.tree
    first = article.passages[max(0, number - REACH)].first
    name = tree.lemma[noun]
    verbs = [
        t
        for t in range(article.passages[number].first - 1, first - 1, -1)
        if tree.pos[t] == "VERB" and belongs(name, tree.lemma[t])
    ]
    if not verbs or tree.subtree(noun) != list(range(i, noun + 1)):
        return None
    own = tree.span_text(i + 1, noun + 1)
    doer, thing = _doer(tree, verbs[0], known), _thing(tree, verbs[0], known)
    of = f" of {thing}" if thing and name.endswith(TAKES_OF) else ""
    if doer:
        return Referent(f"{doer}{'’' if '’' in tree.text else chr(39)}s {own}{of}")
    return Referent(f"the {own}{of}") if of else None


def belongs(noun: str, verb: str) -> bool:
    """Whether the noun names what the verb says.

    >>> belongs("win", "win"), belongs("decision", "decide"), belongs("station", "state")
    (True, True, False)
    """
    if noun == verb:
        return True
    stem = verb[: max(4, len(verb) - 2)]
    near = len(noun) - len(verb) <= 6 and noun.startswith(stem)
    return near and noun.endswith(SUFFIXES) and noun not in UNRELATED


def _doer(tree: Tree, verb: int, known: Mapping[int, Replacement]) -> str:
    while (subject := tree.subject(verb)) is None and tree.dep[verb] in ("conj", "xcomp"):
        verb = tree.head[verb]
    if subject is None or tree.dep[subject] != "nsubj":
        return ""
    return _named(tree, subject, known, LONGEST_DOER)


def _thing(tree: Tree, verb: int, known: Mapping[int, Replacement]) -> str:
    thing = tree.first(verb, "dobj") or tree.first(verb, "nsubjpass")
    return _named(tree, thing, known, LONGEST_THING) if thing is not None else ""


def _named(tree: Tree, noun: int, known: Mapping[int, Replacement], longest: int) -> str:
    """A phrase that says by a name who or what it is; empty where it does not."""
    if noun in known and tree.pos[noun] == "PRON":
        return known[noun].referent.text if not known[noun].referent.plural else ""
    referent = phrase(tree, noun, known, alone=True)
    if referent is None or len(referent.text.split()) > longest or tree.tag[noun].endswith("S"):
        return ""
    named = any(tree.pos[t] == "PROPN" for t in [noun, *tree.all(noun, "compound", "nmod", "poss")])
    return referent.text if named else ""
