"""Coordination: which phrases are joined by commas and `and`, and may be asserted one by one."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.splitting.tree import Tree

COLLECTIVE = words("between among amongst despite without with like")
WHOLE_VERBS = words(
    """
    comprise compose consist mix combine merge unite meet join differ vary range
    """
)
RECIPROCAL = words(
    """
    meet marry agree clash fight talk separate divorce collide cooperate differ compete
    """
)


MOST_VARIANTS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Coordinated members, each as its tokens; `everything` adds the separators between them."""

    members: list[set[int]]
    everything: set[int]


def shares(tree: Tree, tokens: list[int], verb: int) -> list[tuple[list[int], list[int]]]:
    """The tokens once for each choice of coordinated members, with the tokens that are its own."""
    groups = find_groups(tree, tokens, verb)
    n = 1
    used: list[Group] = []
    for group in groups:
        if n * len(group.members) <= MOST_VARIANTS:
            n *= len(group.members)
            used.append(group)
    if not used:
        return [(tokens, tokens)]
    found = []
    for choice in itertools.product(*(range(len(group.members)) for group in used)):
        chosen = set(tokens)
        for group, k in zip(used, choice, strict=True):
            chosen -= group.everything
            chosen |= group.members[k] & set(tokens)
        own = sorted(chosen)
        last = [group.members[k] for group, k in zip(used, choice, strict=True) if k > 0]
        if last:
            own = sorted({t for member in last for t in member if t in chosen})
        found.append((sorted(chosen), own))
    return found


def separators(tree: Tree, verb: int, members: Sequence[int]) -> set[int]:
    """Conjunctions and commas of `verb` that only stand before one of the coordinated members."""
    found = set()
    later = [m for m in members if m > verb]
    for j in tree.children[verb]:
        if (
            j > verb
            and later
            and tree.dep[j] in ("cc", "punct", "preconj")
            and tree.words[j] not in ".!?\"”'"
        ):
            following = [m for m in later if m > j]
            if following and not _something_between(tree, verb, j, following[0]):
                found.add(j)
    return found


def _something_between(tree: Tree, verb: int, mark: int, member: int) -> bool:
    return any(
        mark < j < member and tree.dep[j] not in ("cc", "punct", "conj", "preconj", "advmod")
        for j in tree.children[verb]
    )


def find_groups(tree: Tree, tokens: list[int], verb: int) -> list[Group]:
    """The coordinations of a clause that distribute over its verb."""
    inside = set(tokens)
    found = []
    joined = {tree.head[j] for j in inside if tree.dep[j] == "conj" and tree.head[j] != j}
    for i in tokens:
        if i in joined and _distributes(tree, i, verb):
            group = _group(tree, i, inside)
            if group is not None:
                found.append(group)
    return found


def _distributes(tree: Tree, i: int, verb: int) -> bool:
    dep, head = tree.dep[i], tree.head[i]
    if dep == "conj" or i == verb:
        return False
    if dep in ("nsubj", "nsubjpass"):
        return head == verb and _subjects_split(tree, i, verb)
    if dep in ("dobj", "attr", "oprd"):
        return _on_spine(tree, head, verb) or (
            _is_long_list(tree, i) and _leads_to(tree, head, verb)
        )
    if dep == "acomp":
        return _on_spine(tree, head, verb)
    if dep in ("xcomp", "pcomp"):
        return _on_spine(tree, head, verb)
    if dep == "advcl":
        return (
            head == verb
            and tree.first(i, "mark") is None
            and any(tree.tag[j] == "TO" for j in tree.children[i])
        )
    if dep == "prep":
        return _on_spine(tree, head, verb)
    if dep == "amod":
        return i < head and tree.dep[head] in ("dobj", "attr", "pobj") and _qualities(tree, i, verb)
    if dep == "pobj":
        return _object_splits(tree, i, head, verb)
    return False


COLOURS = words("black white red blue green yellow orange brown grey gray pink purple")


def _qualities(tree: Tree, i: int, verb: int) -> bool:
    """`the political and cultural development`: adjectives that may each describe the noun."""
    return (
        _leads_to(tree, tree.head[i], verb)
        and tree.ent[i] in ("", "NORP")
        and all(tree.pos[m] == "ADJ" and tree.lower[m] not in COLOURS for m in _members(tree, i))
    )


def _is_long_list(tree: Tree, i: int) -> bool:
    return len(_members(tree, i)) >= 3


def _leads_to(tree: Tree, i: int, verb: int) -> bool:
    """Whether only objects and prepositions stand between token i and the verb."""
    while i != verb:
        if (
            tree.dep[i] not in ("pobj", "prep", "dobj", "attr", "pcomp", "agent", "xcomp", "acomp")
            or tree.head[i] == i
        ):
            return False
        i = tree.head[i]
    return True


def _on_spine(tree: Tree, i: int, verb: int) -> bool:
    """Whether i is the verb or an infinitive that depends on it."""
    while i != verb:
        if tree.dep[i] not in ("xcomp", "pcomp", "prep") or tree.head[i] == i:
            return False
        i = tree.head[i]
    return True


def _subjects_split(tree: Tree, i: int, verb: int) -> bool:
    """`A and B left` is two claims, `A and B met` is one."""
    if tree.lemma[verb] in RECIPROCAL or tree.first(i, "preconj") is not None:
        return False
    if any(
        tree.lower[j] in ("together", "jointly", "each", "other", "respectively")
        for j in tree.subtree(verb)
    ):
        return False
    return (
        all(tree.pos[m] in ("PROPN", "NOUN") for m in _members(tree, i))
        and tree.first(verb, "attr") is None
    )


def _object_splits(tree: Tree, i: int, preposition: int, verb: int) -> bool:
    if tree.lower[preposition] in COLLECTIVE or tree.dep[preposition] not in (
        "prep",
        "agent",
        "dative",
    ):
        return False
    above = tree.head[preposition]
    if tree.lemma[above] in WHOLE_VERBS or (
        tree.lemma[above] == "make" and tree.lower[preposition] == "of"
    ):
        return False
    if tree.lower[preposition] in ("including", "as"):
        return _on_spine(tree, above, verb) or tree.head[above] == verb
    if i < verb:
        return False
    return _on_spine(tree, above, verb) or (_is_long_list(tree, i) and _leads_to(tree, above, verb))


def _members(tree: Tree, i: int) -> list[int]:
    members = [i]
    for m in members:
        members.extend(j for j in tree.children[m] if tree.dep[j] == "conj")
    return members


def _group(tree: Tree, first: int, inside: set[int]) -> Group | None:
    heads = [m for m in _members(tree, first) if m in inside]
    words = {tree.lower[j] for m in heads for j in tree.all(m, "cc", "preconj")}
    if words & {"nor", "neither", "but", "than", "either"} or (
        "or" in words and not _may(tree, first)
    ):
        return None
    everything = set(tree.subtree(first)) & inside
    members = []
    for m in heads:
        below = {
            t
            for other in heads
            if other != m and other in tree.subtree(m)
            for t in tree.subtree(other)
        }
        own = {t for t in tree.subtree(m) if t not in below and t in inside}
        own -= _joints(tree, m, heads)
        members.append(own)
    if not _alike(tree, heads):
        return None
    for own in members[1:]:
        before = min(own) - 1
        if before in inside and tree.words[before] in (",", ";"):
            everything.add(before)
    _inherit(tree, heads, members)
    return Group(members, everything)


def _may(tree: Tree, i: int) -> bool:
    """`can be done by A or B` says both; `was done by A or B` says neither."""
    for verb in tree.ancestors(i):
        if tree.is_verb(verb):
            return any(
                tree.lower[j] in ("can", "could", "may") for j in tree.all(verb, "aux")
            ) and not tree.negated(verb)
    return False


def members_of(tree: Tree, first: int) -> list[list[int]]:
    """The coordinated members that begin with `first`, each as its tokens."""
    group = _group(tree, first, set(tree.subtree(first)))
    return [sorted(member) for member in group.members] if group else [tree.subtree(first)]


def _joints(tree: Tree, m: int, heads: list[int]) -> set[int]:
    """The commas and conjunctions that hang on member m but belong to the coordination."""
    return (
        {
            j
            for j in tree.children[m]
            if j > m
            and (tree.dep[j] == "cc" or (tree.dep[j] == "punct" and tree.words[j] in ",;—-"))
            and any(other > j for other in heads)
        }
        | {j for j in tree.children[m] if tree.dep[j] == "preconj"}
        | _as_well_as(tree, m, heads)
    )


def _as_well_as(tree: Tree, m: int, heads: list[int]) -> set[int]:
    found: set[int] = set()
    for j in tree.all(m, "cc"):
        if tree.lower[j] == "as" and j >= 2 and tree.lower[j - 1] == "well":
            found |= {j, j - 1, j - 2}
    return found


def _alike(tree: Tree, heads: list[int]) -> bool:
    """Members must be of one kind: things with things, actions with actions."""
    verbal = [tree.pos[m] in ("VERB", "AUX") for m in heads]
    if all(verbal):
        return True
    if any(verbal):
        return False
    prepositional = [tree.pos[m] in ("ADP", "SCONJ") for m in heads]
    return all(prepositional) or not any(prepositional)


def _inherit(tree: Tree, heads: list[int], members: list[set[int]]) -> None:
    """Later members take over what stands before the first and serves all: `a singer and actor`."""
    lead = heads[0]
    leading = [j for j in tree.children[lead] if j < lead]
    for m, own in zip(heads[1:], members[1:], strict=True):
        if tree.pos[lead] in ("VERB", "AUX"):
            own.update(j for j in leading if tree.tag[j] == "TO" and not tree.all(m, "aux"))
            continue
        bare = not any(tree.dep[j] in ("det", "poss", "nummod") for j in tree.children[m])
        if bare and tree.pos[m] == "NOUN" and tree.tag[m] == "NN":
            for j in leading:
                if tree.dep[j] in ("det", "poss"):
                    own.update(tree.subtree(j))
