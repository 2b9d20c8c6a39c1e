"""Nouns, adjectives and adverbs that attribute: `his claim that …`, `is confident that …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import (
    Relation,
    clause_above,
    cue_of,
    mark_of,
    relation_of,
    source_of,
)
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree


def nominal(tree: Tree, noun: int) -> list[Relation]:
    """`his claim that …`, `the plan to …`."""
    if (
        tree.lemma[noun] in cues.NOUN_OBLIQUE
        and (relation := _nominal_oblique(tree, noun)) is not None
    ):
        return [relation]
    if tree.lemma[noun] not in cues.NOUN_CUES:
        return []
    for j in tree.children[noun]:
        marked = mark_of(tree, j) == "that" or any(tree.tag[k] == "TO" for k in tree.children[j])
        if (
            tree.dep[j] in ("acl", "ccomp", "relcl", "xcomp")
            and marked
            and j > noun
            and not _is_relative(tree, j)
        ):
            clause = j if tree.is_finite(j) else None
            kind = "speech" if clause is not None else "intention"
            relation = relation_of(tree, kind, noun, _owner(tree, noun), tree.subtree(j), clause)
            return [relation] if relation is not None else []
    return []


def _nominal_oblique(tree: Tree, noun: int) -> Relation | None:
    """`his criticism of the deal`."""
    for j in tree.all(noun, "prep"):
        if j > noun and tree.lower[j] in cues.NOUN_OBLIQUE[tree.lemma[noun]] and tree.children[j]:
            owner = _owner(tree, noun)
            content = [t for t in tree.subtree(j) if t != j]
            if set(owner) & set(content) or not (owner or tree.lemma[noun] in cues.ATTITUDES):
                return None
            relation = relation_of(tree, "stance", noun, owner, content, None)
            if relation is not None:
                relation.cue = sorted({*relation.cue, j})
            return relation
    return None


def _is_relative(tree: Tree, clause: int) -> bool:
    return any(tree.tag[j] in ("WDT", "WP") for j in tree.children[clause])


def _owner(tree: Tree, noun: int) -> list[int]:
    """Whose claim it is: `his claim`, `the claim by X`, `X made the claim`."""
    owner = tree.first(noun, "poss")
    if owner is not None:
        return [t for t in tree.subtree(owner) if tree.dep[t] != "case" or tree.head[t] != owner]
    for j in tree.all(noun, "prep", "agent"):
        if (
            tree.lower[j] in ("by", "of", "from", "among")
            and (who := tree.first(j, "pobj")) is not None
        ):
            return tree.subtree(who)
    verb = tree.head[noun]
    if tree.dep[noun] == "dobj" and tree.lemma[verb] in _LIGHT_VERBS:
        return source_of(tree, verb)
    return []


_LIGHT_VERBS = words(
    """
    make have express issue give offer voice raise repeat announce hold share release reject
    declare deliver harbor launch lodge pose register show sound
    """
)


def adjectival(tree: Tree, adjective: int) -> list[Relation]:
    """`X is confident that …`, `X is critical of …`, `lawmakers nervous about …`."""
    if tree.lemma[adjective] not in cues.ADJECTIVE_CUES:
        return []
    head = tree.head[adjective]
    if tree.dep[adjective] == "acomp":
        source, verbs = source_of(tree, head), cue_of(tree, head)
    elif tree.dep[adjective] == "amod" and head < adjective:
        below = set(tree.subtree(adjective))
        source, verbs = [t for t in tree.subtree(head) if t not in below], []
    else:
        return []
    clause = tree.first(adjective, "ccomp", "xcomp")
    cue = [*verbs, adjective]
    finite = None
    if clause is not None and clause > adjective:
        content = tree.subtree(clause)
        finite = clause if tree.dep[clause] == "ccomp" and tree.is_finite(clause) else None
    else:
        preposition = tree.first(adjective, "prep")
        if preposition is None or tree.lower[preposition] not in ADJECTIVE_PREPOSITIONS:
            return []
        cue.append(preposition)
        content = [t for t in tree.subtree(preposition) if t != preposition]
    relation = relation_of(tree, "belief", head if verbs else adjective, source, content, finite)
    if relation is None:
        return []
    relation.cue = sorted(set(cue))
    relation.anchor = adjective
    return [relation]


ADJECTIVE_PREPOSITIONS = words("about of with at to toward towards for by in over on")


def hedging(tree: Tree, i: int) -> list[Relation]:
    """`X reportedly left`."""
    head = tree.head[i]
    said = tree.lemma[head] in cues.SPEECH  # then the adverb is a part of that cue
    if said or not tree.is_verb(head) or tree.lower[i] == "apparently":
        return []
    content = [t for t in tree.subtree(head) if t != i]
    relation = relation_of(tree, "speech", i, [], content, head)
    if relation is None:
        return []
    relation.hedged = True
    return [relation]


def surveyed(tree: Tree, i: int) -> list[Relation]:
    """`In a poll by X, 8 percent …`: what a study finds, said without a verb."""
    noun = tree.first(i, "pobj")
    head = tree.head[i]
    if noun is None or tree.lower[noun] not in cues.SURVEYS or not tree.is_verb(head):
        return []
    own = set(tree.subtree(i))
    content = [t for t in tree.subtree(clause_above(tree, i)) if t not in own]
    relation = relation_of(tree, "evidence", i, tree.subtree(noun), content, None)
    return [relation] if relation is not None else []
