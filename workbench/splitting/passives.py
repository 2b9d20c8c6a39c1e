"""Stances in participles and relative clauses: `the law, opposed by X`, `X is worried about Y`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import Relation, kind_of_cue, relation_of, source_of

if TYPE_CHECKING:
    from workbench.splitting.reading import Passage
    from workbench.splitting.tree import Tree

ABOUT = frozenset({"about", "by", "with", "over", "at", "on", "in", "to", "of", "for"})


def participial(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`the law, opposed by X`: the noun is what the participle is about."""
    if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl":
        return None
    agent = tree.first(verb, "agent")
    who = tree.first(agent, "pobj") if agent is not None else None
    if who is None or lemma not in cues.ATTRIBUTING:
        return None
    source = tree.subtree(who)
    return relation_of(tree, kind_of_cue(lemma), verb, source, _described(tree, verb), None)


def relative(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`the approach X advocated`: the noun is what the relative clause is about."""
    if tree.dep[verb] != "relcl" or lemma not in cues.STANCE:
        return None
    subject = tree.subject(verb)
    if subject is None or tree.tag[subject] in ("WP", "WDT"):
        return None
    if tree.first(verb, "dobj", "ccomp", "xcomp", "auxpass") is not None:
        return None
    return relation_of(tree, "stance", verb, source_of(tree, verb), _described(tree, verb), None)


def _described(tree: Tree, clause: int) -> list[int]:
    """The noun phrase above a clause, without the clause."""
    below = set(tree.subtree(clause))
    return [t for t in tree.subtree(tree.head[clause]) if t not in below]


def affected(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X is worried that …`, `X was shocked by …`: a participle that tells of a state of mind."""
    if lemma not in cues.AFFECTING or tree.tag[verb] != "VBN":
        return None
    if tree.first(verb, "auxpass") is None or tree.subject(verb) is None:
        return None
    source = source_of(tree, verb)
    clause = tree.first(verb, "ccomp", "xcomp")
    if clause is not None:
        return relation_of(tree, "belief", verb, source, tree.subtree(clause), None)
    about = tree.first(verb, "prep", "agent")
    if about is None or about < verb or tree.lower[about] not in ABOUT:
        return None
    content = [t for t in tree.subtree(about) if t != about]
    relation = relation_of(tree, "belief", verb, source, content, None)
    if relation is not None:
        relation.cue = sorted({*relation.cue, about})
    return relation
