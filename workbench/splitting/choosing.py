"""Which readings of a sentence become claims: a small regression over features of the parse.

The readings of one clause are alternatives: `X was born in May in Ohio` alone, or its core, or one
claim for each circumstance. Every such plan gets the gain that it is expected to bring, and the
best one of each clause is taken. The regression trees lie beside this file as JSON; `MODELS.md`
says what they learned from.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from workbench.splitting.details import Reading
    from workbench.splitting.tree import Tree

# what may be taken of a clause: nothing, or the readings made by these operations
PLANS: tuple[tuple[str, ...], ...] = (
    (),
    ("whole",),
    ("core",),
    ("whole", "core"),
    ("core", "one"),
    ("one",),
    ("whole", "core", "one"),
    ("bare", "one"),
    ("core", "one", "adjective"),
    ("trimmed",),
    ("core", "trimmed"),
    ("whole", "bare"),
    ("full",),
    ("joint",),
    ("named",),
    ("named", "core"),
    ("inverse",),
)
UNDIVIDED = ("full", "joint", "inverse")
VERBAL = ("clause", "relative", "participle")
ORIGINS = (
    *("clause", "relative", "participle", "apposition", "example", "situated", "origin"),
    *("title", "kind", "class", "kinship", "place", "age", "presupposed"),
)
KINDS = ("time", "place", "adjunct", "adverb", "clause", "noun", "adjective", "role")
FACETS = ("situated", "kind")
CONTENT = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "VERB"})
PERSONAL = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
# a text of several sentences without people and past is an explanation: its readers want whole
# statements, not the details that a life or a report is made of
EXPLANATION = {"sentences": 3, "people": 0.02, "past": 0.3}
FEATURES = (
    *(f"origin={name}" for name in ORIGINS),
    *(f"with={name}" for name in KINDS),
    *("tokens", "share", "content", "entities", "numbers", "groups", "index", "readings"),
    *("wholes", "undivided", "loose", "fine", "ones", "one_tokens", "one_entities", "one_numbers"),
    *("core_tokens", "core_content", "has_core", "subject", "name", "pronoun", "copula"),
    *("passive", "past", "modal", "object", "depth", "after_verb"),
    *("plan=" + "+".join(plan) for plan in PLANS),
    *("claims", "claim_tokens", "covered", "repeats"),
)


# what a reader wants beyond the expected gain: nothing of a clause untold, nothing told twice
COVERED, REPEATED = 0.1, 0.09


@dataclasses.dataclass(slots=True)
class Group:
    """The readings of one clause: the plans among which to choose, by their number in PLANS.

    `features` are those of the clause; a clause that cannot be divided has one plan and none.
    `sizes` holds, for each plan, its claims, their words, the share of the clause's words that it
    covers, and how many of its claims say nothing that another does not.
    """

    numbers: list[int]
    plans: list[list[Reading]]
    features: list[float]
    sizes: list[tuple[float, ...]] = dataclasses.field(default_factory=list)


def style(tree: Tree, first: int, last: int) -> list[float]:
    """How a stretch of text is written: people and the past, each as a share.

    News and lives are told in the past about people; explanations are not.
    """
    n = max(1, last - first)
    people = tree.ent[first:last].count("PERSON") + sum(
        map(PERSONAL.__contains__, tree.lower[first:last])
    )
    tags = tree.tag[first:last]
    past = tags.count("VBD")
    verbs = past + tags.count("VBZ") + tags.count("VBP") + tags.count("MD")
    return [people / n, past / max(1, verbs)]


def group(tree: Tree, readings: Sequence[Reading], first: int) -> list[Group]:
    """The groups of a sentence that begins with token `first`."""
    together: dict[tuple[int, int], list[Reading]] = {}
    for reading in readings:
        base = reading.base
        of_clause = base.origin in VERBAL or base.origin in UNDIVIDED
        together.setdefault((base.head, 0 if of_clause else id(base)), []).append(reading)
    covered = {t for reading in readings for t in reading.base.tokens}
    total = sum(tree.pos[t] in CONTENT for t in covered) or 1
    found = []
    for index, members in enumerate(together.values()):
        made = _planned(members)
        if len(made.plans) > 1:
            made.sizes = _sizes(tree, made.plans, members, first)
            made.features = _features(tree, members, total, len(together), index)
        found.append(made)
    return found


def _planned(members: list[Reading]) -> Group:
    by_operation: dict[str, list[Reading]] = {}
    for reading in members:
        by_operation.setdefault(_operation(reading), []).append(reading)
    if by_operation.keys() == {"whole"} and members[0].base.origin == "clause":
        return Group([PLANS.index(("whole",))], [members], [])
    made = Group([], [], [])
    for number, plan in enumerate(PLANS):
        if all(operation in by_operation for operation in plan):
            made.numbers.append(number)
            made.plans.append([r for operation in plan for r in by_operation[operation]])
    return made


def _sizes(
    tree: Tree, plans: list[list[Reading]], members: list[Reading], first: int
) -> list[tuple[float, ...]]:
    said: dict[int, int] = {}
    whole: dict[int, int] = {}  # the words of each proposition as the bits of one number
    everything = 0
    for reading in members:
        base = reading.base
        if id(base) not in whole:
            whole[id(base)] = _bits(tree, base.tokens, first)
        mask = whole[id(base)]
        if reading.dropped:
            mask &= ~_bits(tree, reading.dropped, first)
        said[id(reading)] = mask
        if base.origin not in UNDIVIDED:
            everything |= mask
    total = everything.bit_count() or 1
    found: list[tuple[float, ...]] = []
    for plan in plans:
        masks = [said[id(reading)] for reading in plan]
        covered, repeats = 0, 0
        for k, mask in enumerate(masks):
            covered |= mask
            repeats += any(
                mask & ~other == 0 and (mask != other or j < k)
                for j, other in enumerate(masks)
                if j != k
            )
        words = sum(len(r.base.pieces) - len(r.dropped) for r in plan)
        share = (covered & everything).bit_count() / total
        found.append((float(len(plan)), float(words), share, float(repeats)))
    return found


def _bits(tree: Tree, tokens: Iterable[int], first: int) -> int:
    mask = 0
    for t in tokens:
        if tree.pos[t] in CONTENT:
            mask |= 1 << (t - first)
    return mask


def _operation(reading: Reading) -> str:
    return reading.base.origin if reading.base.origin in UNDIVIDED else reading.operation


def rows(groups: Sequence[Group]) -> NDArray[np.float64]:
    """One row in the order of FEATURES for each plan of each group that leaves a choice."""
    open_ = [made for made in groups if len(made.plans) > 1]
    if not open_:
        return np.zeros((0, len(FEATURES)))
    counts = [len(made.plans) for made in open_]
    clause = np.repeat(np.array([made.features for made in open_]), counts, axis=0)
    which = np.zeros((len(clause), len(PLANS)))
    which[np.arange(len(clause)), [n for made in open_ for n in made.numbers]] = 1.0
    sizes = [size for made in open_ for size in made.sizes]
    return np.hstack([clause, which, np.array(sizes, dtype=np.float64)])


def _features(
    tree: Tree, members: list[Reading], total: int, groups: int, index: int
) -> list[float]:
    lead = next((r for r in members if r.base.origin not in UNDIVIDED), members[0])
    tokens = lead.base.tokens
    ones = [r.kept for r in members if r.operation == "one" and r.kept is not None]
    one_tokens = [t for kept in ones for t in kept.tokens]
    pos = [tree.pos[t] for t in tokens]
    content = sum(map(CONTENT.__contains__, pos))
    origin, kinds = lead.base.origin, {m.kind for m in lead.modifiers}
    loose = sum(m.kind != "adjective" for m in lead.modifiers)
    return [
        *[float(origin == name) for name in ORIGINS],
        *[float(kind in kinds) for kind in KINDS],
        *(len(tokens), content / total, content),
        sum(tree.ent[t] != "" for t in tokens),
        pos.count("NUM"),
        *(groups, index, len(members)),
        sum(_operation(r) == "whole" for r in members),
        sum(r.base.origin in UNDIVIDED for r in members),
        *(loose, len(lead.modifiers) - loose),
        *(len(ones), len(one_tokens) / max(1, len(ones))),
        sum(tree.ent[t] != "" for t in one_tokens),
        sum(tree.pos[t] == "NUM" for t in one_tokens),
        *_of_clause(tree, lead, members, tokens),
    ]


def _of_clause(tree: Tree, lead: Reading, members: list[Reading], tokens: list[int]) -> list[float]:
    verb = lead.base.head
    core = next((r for r in members if r.operation == "core"), None)
    left = core.tokens if core else tokens
    deps = {tree.dep[j] for j in tree.children[verb]}
    subject = tree.subject(verb)
    return [
        len(left),
        sum(tree.pos[t] in CONTENT for t in left),
        float(core is not None),
        sum(t < verb for t in tokens),
        float(subject is not None and tree.pos[subject] == "PROPN"),
        float(subject is not None and tree.pos[subject] == "PRON"),
        float(tree.lemma[verb] == "be"),
        float("auxpass" in deps or "nsubjpass" in deps),
        float(tree.tag[verb] in ("VBD", "VBN")),
        float(any(tree.tag[j] == "MD" for j in tree.children[verb])),
        float(not deps.isdisjoint(("dobj", "attr", "acomp", "oprd"))),
        float(len(tree.ancestors(verb))),
        sum(t > verb for t in tokens),
    ]


class Chooser:
    """Regression trees as arrays: row t of each array is tree t, column k its node k."""

    def __init__(self, model: dict[str, Any]) -> None:
        if tuple(model["features"]) != FEATURES:
            raise ValueError("The trees were learned from other features; train them again.")
        self.start = float(model["start"])
        self.depth = int(model["depth"])
        width = max(len(tree["value"]) for tree in model["trees"])

        def table(name: str, kind: type) -> NDArray[Any]:
            rows = [tree[name] + [0] * (width - len(tree[name])) for tree in model["trees"]]
            return np.array(rows, dtype=kind).ravel()

        self.feature = table("feature", np.int32)
        self.threshold = table("threshold", np.float64)
        self.value = table("value", np.float64)
        roots = np.arange(len(model["trees"]), dtype=np.int32) * width
        self.roots = roots
        below = np.repeat(roots, width)
        self.next = np.stack([table("right", np.int32) + below, table("left", np.int32) + below])

    def gains(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """The expected gain of each row; a leaf leads to itself."""
        at = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        line = np.arange(len(table))[:, None]
        for _ in range(self.depth):
            left = table[line, self.feature[at]] <= self.threshold[at]
            at = self.next[left.astype(np.int8), at]
        gains: NDArray[np.float64] = self.start + self.value[at].sum(axis=1)
        return gains


def preferred(table: NDArray[np.float64], gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """The expected gains, where a plan that leaves words out or repeats them stands back."""
    covered, repeats = table[:, -2], table[:, -1]
    return gains + COVERED * covered - REPEATED * repeats


@functools.cache
def chooser() -> Chooser:
    """The trees that come with the package."""
    file = resources.files("workbench.splitting") / "choosing.json"
    return Chooser(json.loads(file.read_text(encoding="utf-8")))


def explains(article: Sequence[float], sentences: int) -> bool:
    """Whether a text of this style and length explains rather than reports."""
    people, past = article
    return (
        sentences >= EXPLANATION["sentences"]
        and people < EXPLANATION["people"]
        and past < EXPLANATION["past"]
    )


def choose(groups: Sequence[Group], *, whole: bool = False) -> list[list[Reading]]:
    """The readings to keep of each group: the plan with the highest expected gain.

    With `whole`, every clause as it stands, and no facts from within its noun phrases.
    """
    if not groups:
        return []
    if whole:
        return [_as_it_stands(made) for made in groups]
    table = rows(groups)
    gains = preferred(table, chooser().gains(table))
    kept, at = [], 0
    for made in groups:
        best = 0
        if len(made.plans) > 1:
            best = int(np.argmax(gains[at : at + len(made.plans)]))
            at += len(made.plans)
        kept.append(made.plans[best])
    return kept


def _as_it_stands(made: Group) -> list[Reading]:
    for number, plan in zip(made.numbers, made.plans, strict=True):
        if PLANS[number] == ("whole",) and plan[0].base.origin not in FACETS:
            return plan
    return []
