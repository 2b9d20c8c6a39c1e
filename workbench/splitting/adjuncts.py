"""When, where, by whom, with what: circumstances of an event, one to a claim.

`X was born on May 3, 1957, in Riyadh` is two facts; in the news, an event keeps its date and place.
Each claim keeps the core of the clause and one circumstance; what the verb cannot do without stays
in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

FREE = words(
    """
    in on at during since until after before throughout following from by for with as despite
    within over amid alongside under through to without
    """
)
PLACES = frozenset({"GPE", "LOC", "FAC", "ORG"})
TIMES = frozenset({"DATE", "TIME"})
LINKING = words(
    """
    be become remain seem appear consist depend rely refer belong amount relate contribute lead
    """
)
# verbs of a life: the events whose date and place are checked apart
LIVES = words(
    """
    appoint award baptise baptize bear bury debut die elect found graduate join launch marry
    move play publish raise release retire serve sign
    """
)
LEAST_CORE = 2


def one_adjunct_each(
    tree: Tree, tokens: list[int], own: list[int], verb: int
) -> list[tuple[list[int], list[int]]]:
    """The clause once for each of its circumstances, where it has several."""
    if tree.negated(verb) or any(
        tree.lower[t] in ("only", "if", "unless", "most", "without") for t in tokens
    ):
        return [(tokens, own)]
    adjuncts = _adjuncts(tree, tokens, verb)
    if tree.lemma[verb] not in LIVES:
        return [(tokens, own)]
    if len(adjuncts) < 2:
        return [(tokens, own)]
    if all(_is_dated(tree, adjunct) for adjunct in adjuncts):
        return [(tokens, own)]
    everything = {t for adjunct in adjuncts for t in adjunct}
    core = [t for t in tokens if t not in everything]
    if len([t for t in core if tree.words[t][0].isalnum()]) < LEAST_CORE:
        return [(tokens, own)]
    found = []
    for k, adjunct in enumerate(adjuncts):
        chosen = sorted({*core, *adjunct})
        mine = (
            [t for t in chosen if t in own]
            if k == 0
            else [t for t in adjunct if t in own] or adjunct
        )
        found.append((chosen, mine))
    return found


def _adjuncts(tree: Tree, tokens: list[int], verb: int) -> list[list[int]]:
    """The detachable circumstances of the verb, each as its tokens with its comma."""
    inside = set(tokens)
    found: list[list[int]] = []
    needs_first = (
        tree.lemma[verb] in LINKING
        or tree.first(verb, "dobj", "attr", "acomp", "xcomp", "ccomp", "agent", "oprd") is None
    )
    for j in tree.children[verb]:
        if j not in inside or tree.dep[j] not in ("prep", "npadvmod", "agent"):
            continue
        below = [t for t in tree.subtree(j) if t in inside]
        if not below or not _is_free(tree, j, below):
            continue
        if needs_first and j > verb and not _is_dated(tree, below) and not _is_placed(tree, below):
            needs_first = False
            continue
        if (
            found
            and tree.lower[j] in ("to", "until", "through")
            and tree.lower[found[-1][0]] == "from"
        ):
            found[-1].extend(below)
            continue
        found.append(below)
    return [_with_commas(tree, adjunct, inside) for adjunct in found]


def _is_free(tree: Tree, j: int, below: list[int]) -> bool:
    if tree.dep[j] == "npadvmod":
        return _is_dated(tree, below)
    if tree.dep[j] == "agent":
        return True
    return (
        tree.lower[j] in FREE
        and len(below) > 1
        and not (tree.lower[j] == "to" and not _is_placed(tree, below))
    )


def _is_dated(tree: Tree, below: list[int]) -> bool:
    return any(tree.ent[t] in TIMES for t in below[:4])


def _is_placed(tree: Tree, below: list[int]) -> bool:
    return any(tree.ent[t] in PLACES for t in below[1:4])


def _with_commas(tree: Tree, adjunct: list[int], inside: set[int]) -> list[int]:
    """A fronted circumstance takes its comma along, one in the middle the comma before it."""
    first, last = adjunct[0], adjunct[-1]
    more = []
    if last + 1 in inside and tree.words[last + 1] == ",":
        more.append(last + 1)
    if first - 1 in inside and tree.words[first - 1] == ",":
        more.append(first - 1)
    return sorted([*adjunct, *more])
