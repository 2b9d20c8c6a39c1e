"""What a sentence says by the way: appositions, relative and participial clauses, parentheses.

Each aside knows its tokens, whether the sentence stands without it, and how it reads as a
sentence of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.coordination import shares
from workbench.splitting.fences import (
    Aside,
    Wording,
    after_comma,
    antecedent_of,
    first_of,
    is_loose,
    noun_phrase,
    with_marks,
)
from workbench.splitting.participles import absolute, adverbial, before_after, participle
from workbench.splitting.people import OFFICES
from workbench.splitting.repairs import PEOPLE
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

PLACES = frozenset({"GPE", "LOC"})
WH = frozenset({"WDT", "WP", "WP$", "WRB"})


def find_asides(tree: Tree, tokens: list[int], root: int) -> list[Aside]:
    """The asides among `tokens`, outermost only: the inner ones are found later."""
    inside = set(tokens)
    found: list[Aside] = []
    taken: set[int] = set()
    for i in tokens:
        if i == root or i in taken or tree.head[i] not in inside:
            continue
        aside = _aside(tree, i, root, inside)
        if aside is not None:
            found.append(aside)
            taken.update(aside.tokens)
    return found


def _aside(tree: Tree, i: int, root: int, inside: set[int]) -> Aside | None:
    dep = tree.dep[i]
    if dep == "relcl":
        return _relative(tree, i, inside)
    if dep == "appos":
        return _apposition(tree, i, root, inside)
    if dep == "acl":
        return participle(tree, i, inside)
    if dep == "advcl":
        return adverbial(tree, i, root, inside)
    if dep == "prep" and tree.lower[i] in ("before", "after") and tree.is_verb(tree.head[i]):
        return before_after(tree, i, inside)
    if dep == "prep" and tree.lower[i] == "with":
        return absolute(tree, i, inside)
    if tree.lower[i] == "according" and dep == "prep":
        return Aside("parenthesis", i, with_marks(tree, i, inside), removable=True)
    if dep == "parataxis":
        return Aside("parenthesis", i, with_marks(tree, i, inside), removable=True)
    return None


# -- relative clauses ----------------------------------------------------------------------------


def _relative(tree: Tree, i: int, inside: set[int]) -> Aside | None:
    noun = tree.head[i]
    if i < noun:
        return None
    moved = any(
        tree.is_verb(t) and t == tree.head[noun] for t in range(noun + 1, tree.subtree(i)[0])
    )
    removable = (
        moved
        or after_comma(tree, i)
        or (is_loose(tree, noun) and tree.dep[first_of(tree, noun)] in ("attr", "dobj"))
        or _is_somebody(tree, noun)
    )
    aside = Aside("relative", i, with_marks(tree, i, inside), removable)
    if not removable and _is_definite(tree, noun):
        return None
    aside.readings, aside.undivided = _relative_readings(tree, i, noun)
    return aside


def _is_somebody(tree: Tree, noun: int) -> bool:
    """`A man who fled was shot`: a man was shot; but `A man who flees is shot` is a rule."""
    verb = tree.head[noun]
    first = tree.first(noun, "det")
    return (
        tree.dep[noun] in ("nsubj", "nsubjpass")
        and first is not None
        and tree.lower[first] in ("a", "an")
        and not tree.negated(verb)
        and (
            tree.tag[verb] == "VBD"
            or any(
                tree.tag[j] == "VBD" or tree.lemma[j] == "have"
                for j in tree.all(verb, "aux", "auxpass")
            )
        )
        and not any(tree.tag[j] == "MD" for j in tree.all(verb, "aux"))
    )


def _is_definite(tree: Tree, noun: int) -> bool:
    """`the reasons for which …`: without the clause nobody knows which reasons."""
    first = tree.subtree(noun)[0]
    return tree.lower[first] in (
        "the",
        "this",
        "that",
        "these",
        "those",
        "any",
        "all",
        "every",
        "each",
        "no",
    ) or (
        tree.dep[noun] == "pobj"
        and tree.pos[noun] != "PROPN"
        and tree.lemma[noun] not in PEOPLE
        and tree.lower[first] not in ("a", "an")
        and tree.tag[first] not in ("PRP$", "CD")
    )


def _relative_readings(tree: Tree, verb: int, noun: int) -> tuple[list[Wording], Wording | None]:
    """The relative clause with its antecedent put where the pronoun stood, one by one and whole."""
    if tree.tag[noun] in ("DT", "PRP", "WP") or tree.lower[noun] in (
        "one",
        "those",
        "all",
        "something",
        "anything",
    ):
        return [], None
    members = [verb] + [
        j for j in tree.all(verb, "conj") if tree.is_verb(j) and tree.subject(j) is None
    ]
    below = {t for m in members[1:] for t in tree.subtree(m)}
    tokens = [t for t in tree.subtree(verb) if t not in below]
    tokens = [t for t in tokens if not (tree.dep[t] == "cc" and tree.head[t] == verb)]
    pronoun = next(
        (
            t
            for t in tokens
            if tree.tag[t] in WH
            or (
                tree.lower[t] == "that"
                and tree.dep[t] in ("nsubj", "nsubjpass", "dobj")
                and t < verb
            )
        ),
        None,
    )
    if not tree.is_finite(verb) or pronoun is None:
        return [], None
    antecedent = antecedent_of(tree, noun)
    readings = []
    for chosen, own in shares(tree, tokens, verb):
        pieces = _substitute(tree, chosen, verb, pronoun, antecedent)
        if pieces:
            readings.append((pieces, own))
    undivided = None
    if tree.tag[pronoun] == "WRB":
        if placed := _placed(tree, tokens, pronoun, noun, antecedent):
            undivided = (placed, tokens)
    elif len(readings) > 1 or len(members) > 1:
        together = [t for t in tree.subtree(verb) if t not in _joints_before(tree, verb)]
        if pieces := _substitute(tree, together, verb, pronoun, antecedent):
            undivided = (pieces, together)
    if tree.dep[pronoun] in ("nsubj", "nsubjpass") and tree.head[pronoun] == verb:
        for m in members[1:]:
            own = tree.subtree(m)
            if tree.is_finite(m):
                readings.append(([*antecedent, *own], own))
    return readings, undivided


def _joints_before(tree: Tree, verb: int) -> list[int]:
    return [j for j in tree.children[verb] if tree.dep[j] == "cc" and j < verb]


def _placed(
    tree: Tree, tokens: list[int], adverb: int, noun: int, antecedent: list[int]
) -> list[int | str]:
    """`Yale, where he taught`, `2015, when he left`: he taught in Yale, he left in 2015."""
    rest = [t for t in tokens if t != adverb]
    before = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[before] in ("in", "at", "on", "to", "during"):
        preposition: int | str = "in" if tree.lower[before] == "to" else before
    else:
        preposition = "in"
    return [*rest, preposition, *antecedent] if tree.subject(tree.head[adverb]) else []


def _substitute(
    tree: Tree, tokens: list[int], verb: int, pronoun: int, antecedent: list[int]
) -> list[int | str]:
    dep = tree.dep[pronoun]
    rest = [t for t in tokens if t != pronoun]
    if tree.tag[pronoun] == "WP$":
        possessor = tree.head[pronoun]
        after = [t for t in rest if t >= pronoun or t >= tree.subtree(possessor)[0]]
        mark = "'" if tree.tag[antecedent[-1]] == "NNS" else "'s"
        return [*antecedent, mark, *after]
    if dep in ("nsubj", "nsubjpass") and tree.head[pronoun] == verb:
        return [*antecedent, *rest]
    if tree.lower[pronoun] in ("where", "when"):
        return list(rest) if tree.head[pronoun] == verb and tree.subject(verb) is not None else []
    if dep == "dobj" and tree.head[pronoun] == verb:
        cut = max([verb, *(j for j in tree.all(verb, "prt"))])
        return [*(t for t in rest if t <= cut), *antecedent, *(t for t in rest if t > cut)]
    if dep == "pobj" and tree.head[pronoun] < pronoun:
        preposition = tree.head[pronoun]
        if tree.head[preposition] != verb:
            return []
        clause = [t for t in rest if t != preposition]
        return [*clause, preposition, *antecedent]
    return []


# -- appositions ---------------------------------------------------------------------------------


def _apposition(tree: Tree, i: int, root: int, inside: set[int]) -> Aside | None:
    noun = tree.head[i]
    if i < noun:
        return None
    tokens = with_marks(tree, i, inside)
    first = tree.subtree(i)[0]
    if first > 0 and tree.words[first - 1] in ("(", "["):
        aside = Aside("parenthesis", i, _bracketed(tree, tokens, inside), removable=True)
        aside.readings = _holder(tree, i, noun)
        return aside
    if _is_list(tree, i, noun):
        return None
    if tree.ent[i] in PLACES and tree.ent[noun] in PLACES:
        place, region = noun_phrase(tree, noun), noun_phrase(tree, i)
        pieces = [*place, "is in", *_with_article(tree, region)]
        return Aside("place", i, tokens, True, [(pieces, sorted({*place, *region}))])
    if not after_comma(tree, i):
        return None
    if tree.tag[i] == "CD" and _is_aged(tree, i, noun):
        name = noun_phrase(tree, noun)
        return Aside("age", i, tokens, True, [([*name, "is", i], [*name, i])])
    if tree.pos[i] == "PROPN" and tree.pos[noun] != "PROPN":
        # `the president, X, left`: role and name stay together in the sentence
        return Aside("apposition", i, [], True, _identity(tree, named=i, role=noun))
    return Aside("apposition", i, tokens, True, _identity(tree, named=noun, role=i))


def _is_aged(tree: Tree, number: int, noun: int) -> bool:
    """`Smith, 28, left`: a bare number between commas after a name is an age."""
    return (
        tree.subtree(number) == [number]
        and tree.pos[noun] == "PROPN"
        and tree.ent[noun] in ("PERSON", "ORG", "")
        and tree.words[number].isdigit()
        and 1 < int(tree.words[number]) < 115
        and (tree.ent[noun] == "PERSON" or tree.words[number + 1 : number + 2] == [","])
    )


def _holder(tree: Tree, person: int, place: int) -> list[Wording]:
    """`the leaders of Russia (Vladimir Putin)`: Vladimir Putin is the leader of Russia."""
    preposition = tree.head[place]
    role = tree.head[preposition]
    if (
        tree.ent[person] != "PERSON"
        or tree.ent[place] not in ("GPE", "ORG", "NORP")
        or tree.lower[preposition] != "of"
        or tree.tag[role] not in ("NN", "NNS")
        or tree.lemma[role] not in OFFICES
    ):
        return []
    name, of = noun_phrase(tree, person), noun_phrase(tree, place)
    pieces = [*name, "is", "the", tree.lemma[role], preposition, *of]
    return [(pieces, sorted({*name, role, preposition, *of}))]


def _identity(tree: Tree, *, named: int, role: int) -> list[Wording]:
    """`X is the president`, where name and role agree in number."""
    left, right = noun_phrase(tree, named), noun_phrase(tree, role)
    plural = tree.tag[role] in ("NNS", "NNPS")
    several = tree.first(named, "conj") is not None
    if plural and several:
        left = [t for t in tree.subtree(named) if t not in tree.subtree(role)]
    if plural != (several or tree.tag[named] in ("NNS", "NNPS")):
        return []
    if not left or not _can_identify(tree, named, role):
        return []
    return [([*left, "are" if plural else "is", *right], sorted({*left, *right}))]


def _is_list(tree: Tree, i: int, noun: int) -> bool:
    """Commas in a list look like appositions to the parser."""
    if tree.first(i, "conj") is not None and tree.pos[i] == tree.pos[noun]:
        return True
    if tree.dep[noun] == "conj" and tree.pos[i] == tree.pos[noun] == "PROPN":
        return True
    return sum(tree.dep[j] == "appos" and j > noun for j in tree.children[noun]) > 1


def _with_article(tree: Tree, tokens: list[int]) -> list[int | str]:
    """`the Dominican Republic`: some countries' names want an article."""
    needs = tree.words[tokens[-1]] in (
        "Republic",
        "States",
        "Kingdom",
        "Union",
        "Federation",
        "Netherlands",
        "Philippines",
        "Islands",
        "Emirates",
    )
    return ["the", *tokens] if needs and tree.lower[tokens[0]] != "the" else list(tokens)


# nouns for what the whole clause says: `He resigned, a move that …` is not about the noun before
SHELLS = words(
    """
    move step decision sign development result feat achievement trend process fact change claim
    event measure blow setback victory loss rise fall increase decrease first figure
    """
)


def _can_identify(tree: Tree, named: int, role: int) -> bool:
    if tree.lemma[role] in SHELLS and tree.pos[named] != "PROPN":
        return False
    if tree.ent[named] in PLACES and (
        tree.pos[role] == "PROPN" or (role < named and tree.subtree(named)[0] - 2 != role)
    ):
        return False
    if tree.pos[named] == "NOUN" and any(
        tree.lower[j] in ("a", "an") for j in tree.all(named, "det")
    ):
        return False
    if tree.pos[named] not in ("PROPN", "NOUN") or tree.pos[role] not in ("NOUN", "PROPN"):
        return False
    return tree.lower[role] not in ("which", "who") and tree.ent[role] not in (
        "DATE",
        "TIME",
        "MONEY",
        "PERCENT",
        "CARDINAL",
    )


def _bracketed(tree: Tree, tokens: list[int], inside: set[int]) -> list[int]:
    if (
        tree.words[tokens[-1]] not in (")", "]")
        and tokens[-1] + 1 in inside
        and tree.words[tokens[-1] + 1] in (")", "]")
    ):
        return [*tokens, tokens[-1] + 1]
    return tokens
