"""What noun phrases assert in passing: titles, origins, classes, owners and places.

`Former MP Bob Marshall defected` also says that Bob Marshall is a former MP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.coordination import members_of
from workbench.splitting.inflection import article_for
from workbench.splitting.propositions import Proposition
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP"})
RELATIONS = words(
    """
    wife husband son daughter brother sister father mother uncle aunt cousin nephew niece partner
    friend boss lawyer spokesman spokeswoman capital successor predecessor deputy rival manager
    coach captain owner founder girlfriend boyfriend fiancee grandfather grandmother colleague
    """
)
WHERE = words("in on at near inside outside")
SITES = frozenset({"GPE", "LOC", "FAC"})


def nominal_facts(tree: Tree, tokens: list[int], clause: int) -> list[Proposition]:
    """The facts of the noun phrases among `tokens`; `clause` is the verb that they belong to."""
    inside = set(tokens)
    found: list[Proposition] = []
    for t in tokens:
        if tree.pos[t] == "PROPN" and tree.dep[t] != "compound":
            found.extend(_titled(tree, t))
        elif tree.pos[t] == "NOUN":
            found.extend(_named_after(tree, t))
        if tree.dep[t] == "prep" and tree.lower[t] in WHERE and tree.head[t] in inside:
            found.extend(_situated(tree, t, inside, clause))
        if tree.dep[t] == "prep" and tree.head[t] in inside:
            found.extend(_listed(tree, t))
    return found


def _fact(pieces: list[int | str], own: list[int], head: int, origin: str) -> Proposition:
    return Proposition(pieces, sorted(own), head, origin, head)


def _titled(tree: Tree, name: int) -> list[Proposition]:
    """`actor Richard Burton` says that Richard Burton is an actor."""
    role = role_of(tree, name)
    if not role:
        return []
    names = list(range(role[-1] + 1, name + 1))
    kind, last = tree.ent[name], tree.words[role[-1]]
    if last.islower() or (tree.pos[role[0]] == "ADJ" and tree.ent[role[0]] == ""):
        lead: list[int | str] = ["is", article_for(tree.words[role[0]])]
    elif kind == "PERSON" and last in TITLES:
        lead = ["is"]
    else:
        return []
    return [_fact([*names, *lead, *role], [*role, *names], name, "title")]


def role_of(tree: Tree, name: int) -> list[int]:
    """The words before a name that say what it names: `Finance Secretary`, `the actor`."""
    kind = tree.ent[name]
    if kind not in NAMED or not tree.children[name] or tree.children[name][0] > name:
        return []
    before = [t for t in tree.subtree(name) if t < name]
    first = name
    while first - 1 in before and tree.ent[first - 1] == kind and tree.ent_iob[first] != 3:
        first -= 1
    role = [t for t in before if t < first]
    while role and tree.pos[role[0]] in ("DET", "PUNCT", "PRON", "ADP"):
        role.pop(0)
    if not role or role != list(range(role[0], first)):
        return []
    if any(tree.pos[t] not in ("NOUN", "ADJ", "PROPN", "PUNCT", "PART") for t in role):
        return []
    last = tree.words[role[-1]]
    if tree.pos[role[-1]] not in ("NOUN", "PROPN") or tree.tag[role[-1]] in ("NNS", "NNPS"):
        return []
    if tree.tag[role[-1]] == "POS" or (kind != "PERSON" and not last.islower()):
        return []
    return [] if any(tree.dep[t] == "poss" for t in role) else role


TITLES = frozenset(
    {
        *("President", "Minister", "Chancellor", "Secretary", "Senator", "Governor", "Mayor"),
        *("Judge", "Justice", "Chairman", "Director", "King", "Queen", "Prince", "Princess"),
        *("Pope", "Archbishop", "Bishop", "General", "Colonel", "Ambassador", "Commissioner"),
        *("Congressman", "Congresswoman", "Representative", "MP", "MEP", "Speaker", "Premier"),
        *("Leader", "Chief", "Manager"),
    }
)


def _named_after(tree: Tree, noun: int) -> list[Proposition]:
    """`his wife Ann`, `the television series SeaChange`: a noun and, without a comma, a name."""
    name = next(
        (
            j
            for j in tree.children[noun]
            if tree.dep[j] == "appos" and tree.pos[j] == "PROPN" and j > noun
        ),
        None,
    )
    if name is None or tree.tag[noun] != "NN" or tree.first(name, "conj") is not None:
        return []
    names = [t for t in tree.subtree(name) if t > noun]
    if names[0] != noun + 1 or any(tree.pos[t] not in ("PROPN", "PART") for t in names):
        return []
    return _is_a(tree, names, [t for t in tree.subtree(noun) if t <= noun], noun)


def _is_a(tree: Tree, names: list[int], phrase: list[int], noun: int) -> list[Proposition]:
    owner = tree.first(noun, "poss")
    if owner is not None:
        if tree.lemma[noun] not in RELATIONS:
            return []
        return [_fact([*names, "is", *phrase], [*phrase, *names], noun, "kinship")]
    while phrase and tree.pos[phrase[0]] in ("DET", "PUNCT", "PRON", "ADP"):
        phrase = phrase[1:]
    if not phrase:
        return []
    article = article_for(tree.words[phrase[0]])
    return [_fact([*names, "is", article, *phrase], [*phrase, *names], noun, "class")]


def _be(tree: Tree, noun: int, clause: int) -> str:
    plural = tree.tag[noun] in ("NNS", "NNPS")
    past = tree.tag[clause] in ("VBD", "VBN") and not any(
        tree.tag[j] in ("VBZ", "VBP", "MD") for j in tree.children[clause]
    )
    return ("were" if plural else "was") if past else ("are" if plural else "is")


def _simple(tree: Tree, noun: int, inside: set[int]) -> list[int]:
    """The noun with its determiner, owner, and names before it."""
    kept = {noun}
    for j in tree.children[noun]:
        if j < noun and tree.dep[j] in ("det", "poss", "compound", "nummod"):
            kept.update(t for t in tree.subtree(j) if t in inside)
    return sorted(kept)


def _situated(tree: Tree, t: int, inside: set[int], clause: int) -> list[Proposition]:
    """`two explosions in Nairobi`: the explosions were in Nairobi."""
    noun = tree.head[t]
    if tree.pos[noun] not in ("NOUN", "PROPN") or t < noun or tree.first(t, "pobj") is None:
        return []
    if tree.dep[noun] not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return []
    if not any(tree.ent[j] in SITES for j in tree.subtree(t)[1:4]):
        return []
    if tree.tag[noun] == "NN" and tree.first(noun, "det", "poss", "nummod") is None:
        return []
    subject: list[int | str] = list(_simple(tree, noun, inside))
    if isinstance(subject[0], int) and tree.lower[subject[0]] in ("a", "an"):
        subject[0] = "the"
    below = [j for j in tree.subtree(t) if j in inside]
    return [_fact([*subject, _be(tree, noun, clause), *below], [noun, *below], noun, "situated")]


def _listed(tree: Tree, t: int) -> list[Proposition]:
    """`films such as Dune and Alien`: Dune is a film."""
    noun = tree.head[t]
    if tree.lower[t] == "as" and (t == 0 or tree.lower[t - 1] != "such"):
        return []
    if tree.lower[t] not in ("as", "including") or tree.tag[noun] != "NNS":
        return []
    first, lemma = tree.first(t, "pobj"), tree.lemma[noun]
    if first is None or lemma == tree.lower[noun]:
        return []
    return [
        _fact([*member, "is", *class_of(tree, noun)], [*member, noun], noun, "kind")
        for member in members_of(tree, first)
        if any(tree.pos[m] == "PROPN" for m in member)
    ]


def class_of(tree: Tree, noun: int) -> list[int | str]:
    """One of several things: `several Argentine films`, an Argentine film."""
    kept = [
        t
        for j in tree.children[noun]
        if j < noun
        and tree.dep[j] in ("amod", "compound")
        and tree.tag[j] not in ("JJS", "JJR", "CD")
        and tree.lower[j] not in VAGUE
        for t in tree.subtree(j)
    ]
    if kept and kept != list(range(kept[0], noun)):
        kept = []
    lemma = tree.lemma[noun]
    return [article_for(tree.words[kept[0]] if kept else lemma), *kept, lemma]


# adjectives of a plural that say nothing of each single thing
VAGUE = words(
    """
    several many numerous various different other some few certain more most such multiple further
    additional countless diverse similar same own
    """
)


def inversions(tree: Tree, verb: int, kept: list[int]) -> list[Proposition]:
    """`Some top exporters include Chile and Peru`: Chile is a top exporter."""
    subject, first = tree.subject(verb), tree.first(verb, "dobj")
    if tree.lemma[verb] != "include" or subject is None or first is None or tree.negated(verb):
        return []
    lemma = tree.lemma[subject]
    if tree.tag[subject] != "NNS" or lemma == tree.lower[subject]:
        return []
    if any(
        tree.dep[j] in ("poss", "nummod", "relcl")
        or (tree.dep[j] == "det" and tree.lower[j] != "some")
        for j in tree.children[subject]
    ):
        return []
    be = "was" if tree.tag[verb] == "VBD" else "is"
    phrase = set(tree.subtree(subject))
    after = [t for t in kept if t in phrase and t > subject]
    return [
        Proposition([*member, be, *class_of(tree, subject), *after], member, verb, "inverse", verb)
        for member in members_of(tree, first)
        if all(t in kept for t in member)
    ]


def described(
    tree: Tree, verb: int, kept: list[int], shared: list[int], origin: list[int]
) -> list[Proposition]:
    """`X is an American singer` says that X is American."""
    subject = [t for t in kept if t < verb] or shared
    if not subject:
        return []
    home = _home(tree, verb, kept)
    if home and tree.subject(verb) is not None:
        return [Proposition([*subject, verb, *home], home, verb, "origin", verb)]
    if not origin:
        return []
    own_verb = [verb] if subject is not shared else []
    return [Proposition([*subject, *own_verb, *origin], origin, verb, "origin", verb)]


def origin_of(tree: Tree, verb: int, kept: list[int]) -> list[int]:
    """The word of nationality in `X is an American singer`, where more than that is said."""
    attribute = tree.first(verb, "attr")
    if attribute is None or attribute not in kept or tree.negated(verb) or tree.lemma[verb] != "be":
        return []
    if (
        tree.ent[attribute] != ""
        or tree.pos[attribute] != "NOUN"
        or tree.first(verb, "expl") is not None
    ):
        return []
    found = [
        j
        for j in kept
        if attribute - 6 < j < attribute and tree.ent[j] == "NORP" and tree.head[j] == attribute
    ]
    if (
        len(found) != 1
        or tree.first(attribute, "det") is None
        or tree.lower[found[0] - 1] not in ("a", "an")
    ):
        return []
    return tree.subtree(found[0])


def _home(tree: Tree, verb: int, kept: list[int]) -> list[int]:
    """`from Somerset` in `X is a driver from Somerset`."""
    attribute = tree.first(verb, "attr")
    if attribute is None or tree.lemma[verb] != "be" or tree.negated(verb):
        return []
    for j in tree.all(attribute, "prep"):
        below = tree.subtree(j)
        if tree.lower[j] == "from" and j in kept and any(tree.ent[t] == "GPE" for t in below):
            return below
    return []
