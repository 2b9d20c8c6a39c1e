"""What a sentence says by the way: appositions, relative and participial clauses, parentheses.

Each aside knows its tokens, whether the sentence stands without it, and how it reads as a
sentence of its own.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.coordination import shares
from workbench.splitting.inflection import past, present
from workbench.splitting.repairs import PEOPLE
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

Reading = tuple[list[int | str], list[int]]
PLACES = frozenset({"GPE", "LOC"})
CONTRAST = words("although though while whereas whilst")
WH = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclasses.dataclass(slots=True)
class Aside:
    """`kind` is relative, apposition, participle, clause or parenthesis."""

    kind: str
    head: int
    tokens: list[int]
    removable: bool
    readings: list[Reading] = dataclasses.field(default_factory=list)


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
        return _participle(tree, i, inside)
    if dep == "advcl":
        return _adverbial(tree, i, root, inside)
    if dep == "prep" and tree.lower[i] in ("before", "after") and tree.is_verb(tree.head[i]):
        return _before_after(tree, i, inside)
    if tree.lower[i] == "according" and dep == "prep":
        return Aside("parenthesis", i, _with_marks(tree, i, inside), removable=True)
    if dep == "parataxis":
        return Aside("parenthesis", i, _with_marks(tree, i, inside), removable=True)
    return None


def _with_marks(tree: Tree, i: int, inside: set[int]) -> list[int]:
    """The subtree with the commas, dashes or brackets that fence it."""
    tokens = [t for t in tree.subtree(i) if t in inside]
    first, last = tokens[0], tokens[-1]
    fence = ",—–-("
    if first - 1 in inside and tree.words[first - 1] in fence and tree.words[first - 1] != "":
        tokens.insert(0, first - 1)
        closing = {"(": ")"}.get(tree.words[first - 1], tree.words[first - 1])
        if last + 1 in inside and tree.words[last + 1] in (closing, ","):
            tokens.append(last + 1)
    return tokens


def _after_comma(tree: Tree, i: int) -> bool:
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
        or _after_comma(tree, i)
        or (_is_loose(tree, noun) and tree.dep[noun] in ("attr", "dobj"))
    )
    aside = Aside("relative", i, _with_marks(tree, i, inside), removable)
    if not removable and _is_definite(tree, noun):
        return None
    aside.readings = _relative_readings(tree, i, noun)
    return aside


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
    ) or (tree.dep[noun] == "pobj" and tree.pos[noun] != "PROPN" and tree.lemma[noun] not in PEOPLE)


def _relative_readings(tree: Tree, verb: int, noun: int) -> list[Reading]:
    """The relative clause with its antecedent put where the pronoun stood."""
    if tree.tag[noun] in ("DT", "PRP", "WP") or tree.lower[noun] in (
        "one",
        "those",
        "all",
        "something",
        "anything",
    ):
        return []
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
    if not tree.is_finite(verb):
        return []
    if pronoun is None:
        return []
    antecedent = antecedent_of(tree, noun)
    readings = []
    for chosen, own in shares(tree, tokens, verb):
        pieces = _substitute(tree, chosen, verb, pronoun, antecedent)
        if pieces:
            readings.append((pieces, own))
    if tree.dep[pronoun] in ("nsubj", "nsubjpass") and tree.head[pronoun] == verb:
        for m in members[1:]:
            own = tree.subtree(m)
            if tree.is_finite(m):
                readings.append(([*antecedent, *own], own))
    return readings


def antecedent_of(tree: Tree, noun: int) -> list[int]:
    """The words for a noun that something more is said about: of `X is a singer who …`, X."""
    copula = tree.head[noun]
    if tree.dep[noun] == "conj":
        noun_head = tree.head[noun]
        if tree.dep[noun_head] == "attr":
            noun, copula = noun_head, tree.head[noun_head]
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
    if tree.lower[pronoun] == "where":
        return [*rest, "in", *antecedent]
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
    tokens = _with_marks(tree, i, inside)
    first = tree.subtree(i)[0]
    if first > 0 and tree.words[first - 1] in ("(", "["):
        return Aside("parenthesis", i, _bracketed(tree, tokens, inside), removable=True)
    if _is_list(tree, i, noun):
        return None
    if tree.ent[i] in PLACES and tree.ent[noun] in PLACES:
        place, region = noun_phrase(tree, noun), noun_phrase(tree, i)
        pieces = [*place, "is in", *_with_article(tree, region)]
        return Aside("place", i, tokens, True, [(pieces, sorted({*place, *region}))])
    if not _after_comma(tree, i):
        return None
    if tree.pos[i] == "PROPN" and tree.pos[noun] != "PROPN":
        # `the president, X, left`: role and name stay together in the sentence
        return Aside("apposition", i, [], True, _identity(tree, named=i, role=noun))
    return Aside("apposition", i, tokens, True, _identity(tree, named=noun, role=i))


def _identity(tree: Tree, *, named: int, role: int) -> list[Reading]:
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


def _can_identify(tree: Tree, named: int, role: int) -> bool:
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


# -- participles and adverbial clauses -------------------------------------------------------------


def _participle(tree: Tree, i: int, inside: set[int]) -> Aside | None:
    """`X, founded in 2002, …`, `a family involved in …`, `a sign urging people to …`."""
    noun = tree.head[i]
    if i < noun or tree.tag[i] not in ("VBN", "VBG", "VBD") or tree.subject(i) is not None:
        return None
    if (
        len(tree.subtree(i)) < 2
        or tree.lemma[i] in NO_PARTICIPLES
        or tree.pos[noun] not in ("NOUN", "PROPN", "PRON")
    ):
        return None
    if any(tree.tag[j] == "TO" for j in tree.children[i]):
        return None
    fenced = _after_comma(tree, i)
    aside = Aside(
        "participle", i, _with_marks(tree, i, inside), removable=fenced or _is_loose(tree, noun)
    )
    if not aside.removable and (
        tree.tag[i] == "VBG" or tree.lower[tree.subtree(noun)[0]] in QUANTIFIERS
    ):
        return None
    aside.readings = _participle_readings(tree, i, antecedent_of(tree, noun), noun)
    return aside


NO_PARTICIPLES = words(
    """
    include accord follow regard concern base compare give assume provide depend need go age
    """
)
QUANTIFIERS = words("all any every each no most many few some only those one")


def _is_loose(tree: Tree, noun: int) -> bool:
    """Whether the sentence says the same without what describes the noun: `a family`, `Salah`."""
    if tree.ent[noun] in ("PERSON", "ORG", "GPE"):
        return True
    first = next((j for j in tree.children[noun] if tree.dep[j] == "det"), None)
    return (
        first is not None
        and tree.lower[first] in ("a", "an")
        and tree.dep[noun] in ("attr", "dobj", "pobj", "conj")
    )


def _participle_readings(tree: Tree, verb: int, subject: list[int], noun: int) -> list[Reading]:
    several = bool(tree.all(noun, "conj") and noun in subject)
    plural = several or tree.tag[noun] in ("NNS", "NNPS") or tree.lower[noun] in ("we", "they")
    plural = plural or any(tree.lower[j] in ("these", "those") for j in tree.all(noun, "det"))
    members = [verb] + [
        j
        for j in tree.all(verb, "conj")
        if tree.is_verb(j) and tree.subject(j) is None and tree.tag[j] == tree.tag[verb]
    ]
    below = {t for m in members[1:] for t in tree.subtree(m)}
    readings: list[Reading] = []
    for m in members:
        tokens = [t for t in tree.subtree(m) if m != verb or t not in below]
        joined = len(members) > 1
        tokens = [
            t
            for t in tokens
            if not (
                tree.head[t] == m
                and ((joined and tree.dep[t] == "cc") or (tree.dep[t] == "punct" and t > m))
            )
        ]
        for chosen, own in shares(tree, tokens, m):
            if pieces := _as_sentence(tree, m, subject, plural, chosen):
                readings.append((pieces, own))
    return readings


def _as_sentence(
    tree: Tree, verb: int, subject: list[int], plural: bool, own: list[int]
) -> list[int | str]:
    if tree.words[verb][0].isupper() and tree.tag[verb] == "VBG":
        return []  # a name that looks like a participle
    if tree.tag[verb] in ("VBN", "VBD"):
        be = (
            ("are" if plural else "is")
            if _is_lasting(tree, verb)
            else ("were" if plural else "was")
        )
        return [*subject, be, *own]
    before = [t for t in own if t < verb]
    after = [t for t in own if t > verb]
    return [*subject, *before, _finite(tree, verb, plural), *after]


LASTING = words(
    """
    know call base locate involve surround use consider situate dedicate associate relate own
    operate name design intend title entitle aim
    """
)


def _is_lasting(tree: Tree, verb: int) -> bool:
    """Whether a passive participle tells a state that lasts, in a sentence about the present."""
    if tree.lemma[verb] not in LASTING:
        return False
    main = next((a for a in tree.ancestors(verb) if tree.tag[a] in ("VBD", "VBZ", "VBP")), None)
    return main is not None and tree.tag[main] != "VBD"


def _finite(tree: Tree, verb: int, plural: bool) -> str:
    """A participle as a finite verb, in the tense of the clause it hangs on."""
    main = next(
        (a for a in tree.ancestors(verb) if tree.tag[a] in ("VBD", "VBZ", "VBP", "VBN")), None
    )
    was = tree.dep[verb] == "pcomp" or main is None or tree.tag[main] in ("VBD", "VBN")
    lemma = tree.lemma[verb]
    if was:
        return "were" if lemma == "be" and plural else past(lemma)
    return {"be": "are"}.get(lemma, lemma) if plural else present(lemma)


def _before_after(tree: Tree, i: int, inside: set[int]) -> Aside | None:
    """`X began in Egypt before moving to Basel`: X moved to Basel."""
    verb = tree.first(i, "pcomp")
    subject = tree.subject(tree.head[i])
    if verb is None or tree.tag[verb] != "VBG" or subject is None or len(tree.subtree(verb)) < 2:
        return None
    aside = Aside("participle", verb, _with_marks(tree, i, inside), removable=i > tree.head[i])
    aside.readings = _participle_readings(tree, verb, noun_phrase(tree, subject), subject)
    return aside


# participles that describe the noun before them, wherever the parser hangs them
OF_THE_NOUN = words("comprise consist contain feature cover span range total number")


def _adverbial(tree: Tree, i: int, root: int, inside: set[int]) -> Aside | None:
    """`While X fell, Y rose` is two claims; `…, leading Y to Z` is one more; conditions stay."""
    if tree.lemma[i] in OF_THE_NOUN or tree.lower[tree.subtree(i)[0]] == "even":
        return None
    mark = tree.first(i, "mark")
    if (
        mark is not None
        and tree.lower[mark] == "so"
        and tree.subject(i) is not None
        and _after_comma(tree, i)
    ):
        return Aside("clause", i, _with_marks(tree, i, inside), removable=True)
    if (
        mark is not None
        and tree.lower[mark] in CONTRAST
        and tree.subject(i) is not None
        and tree.is_finite(i)
    ):
        return Aside("clause", i, _with_marks(tree, i, inside), removable=True)
    if (
        mark is not None
        and tree.lower[mark] in ("after", "as", "because", "since", "before")
        and i > root
        and tree.is_finite(i)
    ):
        return (
            Aside("clause", i, tree.subtree(i), removable=False)
            if tree.subject(i) is not None
            else None
        )
    if tree.tag[i] != "VBG" or mark is not None or not _after_comma(tree, i) or i < root:
        return None
    if tree.subject(i) is not None or any(tree.tag[j] in WH for j in tree.children[i]):
        return None
    subject = tree.subject(tree.head[i])
    if subject is None:
        return None
    aside = Aside("participle", i, _with_marks(tree, i, inside), removable=True)
    words = noun_phrase(tree, subject)
    if tree.first(subject, "conj") is not None:
        words = tree.subtree(subject)
    aside.readings = _participle_readings(tree, i, words, subject)
    return aside
