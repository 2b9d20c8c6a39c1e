"""What a clause takes for granted: `despite the resignation of the Cabinet`, the Cabinet resigned.

A preposition of this kind with the noun of an event says that the event happened, whatever the
clause itself says. The noun becomes the verb that it comes from, in the past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.coordination import members_of
from workbench.splitting.inflection import past
from workbench.splitting.propositions import Proposition
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

CONCESSIVE = words("despite notwithstanding")
FACTIVE = words("despite after following since notwithstanding amid")
# nouns of events whose `of` or owner names who acted
ACTED = dict(
    pair.split(":")
    for pair in words(
        """
        resignation:resign death:die departure:depart arrival:arrive collapse:collapse rise:rise
        fall:fall return:return retirement:retire disappearance:disappear abdication:abdicate
        decline:decline growth:grow increase:increase decrease:decrease surrender:surrender
        withdrawal:withdraw defection:defect graduation:graduate emergence:emerge
        """
    )
)
# nouns of events whose `of` names what it happened to
UNDERGONE = dict(
    pair.split(":")
    for pair in words(
        """
        cancellation:cancel arrest:arrest assassination:assassinate murder:murder killing:kill
        closure:close destruction:destroy demolition:demolish adoption:adopt approval:approve
        rejection:reject abolition:abolish dissolution:dissolve dismissal:dismiss removal:remove
        expulsion:expel execution:execute imprisonment:imprison detention:detain
        kidnapping:kidnap shooting:shoot bombing:bomb invasion:invade annexation:annex
        occupation:occupy publication:publish cancelation:cancel suspension:suspend
        introduction:introduce election:elect appointment:appoint nomination:nominate
        acquisition:acquire completion:complete construction:construct creation:create
        discovery:discover formation:form foundation:found establishment:establish
        evacuation:evacuate deportation:deport extradition:extradite conviction:convict
        privatisation:privatise privatization:privatize nationalisation:nationalise
        nationalization:nationalize overthrow:overthrow impeachment:impeach sinking:sink
        hijacking:hijack stabbing:stab ratification:ratify repeal:repeal sale:sell
        """
    )
)
PARTICIPLES = {
    "overthrow": "overthrown",
    "cancel": "cancelled",
}


def presupposed(tree: Tree, tokens: list[int], verb: int) -> list[Proposition]:
    """The events that happened, whatever the clause of `verb` says, one proposition each."""
    found: list[Proposition] = []
    inside = set(tokens)
    for t in tokens:
        if tree.lower[t] not in FACTIVE or tree.dep[t] not in ("prep", "advcl", "mark"):
            continue
        first = tree.first(t, "pobj", "dobj")
        if first is None or not tree.is_verb(tree.head[t]) or not _happened(tree, tree.head[t]):
            continue
        for member in members_of(tree, first):
            phrase = [j for j in member if j in inside]
            found.extend(
                _event(tree, phrase)
                or (_existing(tree, phrase, t) if tree.lower[t] in CONCESSIVE else [])
            )
    return found


def _existing(tree: Tree, phrase: list[int], preposition: int) -> list[Proposition]:
    """`despite calls for his release`: there were calls for his release."""
    inside = set(phrase)
    noun = next((t for t in phrase if tree.head[t] not in inside), -1)
    if noun < 0 or tree.pos[noun] != "NOUN" or tree.tag[tree.subtree(noun)[0]] == "PRP$":
        return []
    if any(
        tree.tag[j] in ("PDT", "PRP$", "WDT", "POS")
        or tree.dep[j] == "poss"
        or tree.lower[j] in ("the", "this", "that", "these", "those", "any", "all", "its", "no")
        for j in tree.children[noun]
        if j < noun
    ):
        return []
    plural = tree.tag[noun] in ("NNS", "NNPS")
    over = tree.tag[tree.head[preposition]] == "VBD" or any(
        tree.tag[j] == "VBD" for j in tree.all(tree.head[preposition], "aux", "auxpass")
    )
    be = ("were" if plural else "was") if over else ("are" if plural else "is")
    return [Proposition(["there", be, *phrase], phrase, noun, "presupposed", noun)]


def _happened(tree: Tree, verb: int) -> bool:
    """Whether the clause tells of the past: `after the election of X` may still be to come."""
    heads = [verb, *tree.all(verb, "aux", "auxpass")]
    return tree.tag[verb] in ("VBD", "VBN", "VBZ", "VBP") and not any(
        tree.tag[j] == "MD" for j in heads
    )


def _event(tree: Tree, phrase: list[int]) -> list[Proposition]:
    noun = next((t for t in phrase if tree.lower[t] in ACTED or tree.lower[t] in UNDERGONE), None)
    if noun is None or tree.pos[noun] != "NOUN" or tree.head[noun] in phrase:
        return []
    if not any(tree.lower[t] == "the" for t in tree.all(noun, "det")) and not tree.all(
        noun, "poss"
    ):
        return []
    theme, rest = _theme(tree, noun, set(phrase))
    if not theme or any(tree.dep[t] in ("amod", "nummod") for t in tree.children[noun]):
        return []
    last = next(t for t in reversed(theme) if tree.tag[t] != "POS")
    plural = tree.tag[last] in ("NNS", "NNPS") or tree.tag[tree.head[last]] == "NNS"
    if tree.lower[noun] in ACTED:
        said: list[int | str] = [past(ACTED[tree.lower[noun]])]
    else:
        base = UNDERGONE[tree.lower[noun]]
        said = ["were" if plural else "was", PARTICIPLES.get(base, past(base))]
    pieces = [*theme, *said, *rest]
    return [Proposition(pieces, sorted(phrase), noun, "presupposed", noun)]


def _theme(tree: Tree, noun: int, inside: set[int]) -> tuple[list[int], list[int]]:
    """Who or what the event happened to, and what else is said of it: when and where."""
    owner = tree.first(noun, "poss")
    of = next((j for j in tree.all(noun, "prep") if tree.lower[j] == "of"), None)
    into = next((j for j in tree.all(noun, "prep") if tree.lower[j] == "in"), None)
    used: list[int]
    if owner is not None:
        used = [owner]
        theme = [t for t in tree.subtree(owner) if tree.tag[t] != "POS"]
        if tree.tag[owner] == "PRP$":
            return [], []
    elif of is not None:
        used = [of]
        theme = [t for t in tree.subtree(of) if t != of]
    elif into is not None and tree.lower[noun] in (
        "rise",
        "fall",
        "increase",
        "decrease",
        "decline",
    ):
        used = [into]
        theme = [t for t in tree.subtree(into) if t != into]
    else:
        return [], []
    rest = [
        t
        for j in tree.all(noun, "prep")
        if j not in used and tree.lower[j] in ("in", "on", "at", "by", "from")
        for t in tree.subtree(j)
    ]
    return [t for t in theme if t in inside], [t for t in rest if t in inside]
