"""Participial and adverbial clauses: `X, founded in 2002, …`, `…, leading Y to Z`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.coordination import shares
from workbench.splitting.fences import (
    Aside,
    Wording,
    after_comma,
    antecedent_of,
    is_loose,
    noun_phrase,
    with_marks,
)
from workbench.splitting.inflection import past, present
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.tree import Tree

CONTRAST = words("although though while whereas whilst")
WH = frozenset({"WDT", "WP", "WP$", "WRB"})


def participle(tree: Tree, i: int, inside: set[int]) -> Aside | None:
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
    fenced = after_comma(tree, i)
    aside = Aside(
        "participle", i, with_marks(tree, i, inside), removable=fenced or is_loose(tree, noun)
    )
    if not aside.removable and (tree.tag[i] == "VBG" or _is_picked(tree, noun)):
        return None
    aside.readings = _participle_readings(tree, i, antecedent_of(tree, noun), noun)
    return aside


NO_PARTICIPLES = words(
    """
    include accord follow regard concern base compare give assume provide depend need go age
    consider judge exclude bar speak start begin
    """
)
QUANTIFIERS = words("all any every each no most many few some only those one")


def _is_picked(tree: Tree, noun: int) -> bool:
    """`the only players trained here`: without the participle nobody knows which are meant."""
    return any(
        tree.lower[j] in QUANTIFIERS or tree.tag[j] in ("JJS", "RBS")
        for j in (tree.subtree(noun)[0], *tree.children[noun])
        if j < noun
    )


def _participle_readings(tree: Tree, verb: int, subject: list[int], noun: int) -> list[Wording]:
    several = bool(tree.all(noun, "conj") and noun in subject)
    plural = several or tree.tag[noun] in ("NNS", "NNPS") or tree.lower[noun] in ("we", "they")
    plural = plural or any(tree.lower[j] in ("these", "those") for j in tree.all(noun, "det"))
    members = [verb] + [
        j
        for j in tree.all(verb, "conj")
        if tree.is_verb(j) and tree.subject(j) is None and tree.tag[j] == tree.tag[verb]
    ]
    below = {t for m in members[1:] for t in tree.subtree(m)}
    readings: list[Wording] = []
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
    if tree.words[verb][0].isupper() and tree.tag[verb] == "VBG" and tree.dep[verb] != "advcl":
        return []  # a name that looks like a participle
    having = tree.first(verb, "aux")
    if having is not None and tree.lower[having] == "having" and having in own:
        have = "had" if _is_over(tree, verb) else "have" if plural else "has"
        return [*subject, have, *(t for t in own if t != having)]
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
    operate name design intend title entitle aim remember regard recognise recognize
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
    lemma = tree.lemma[verb]
    if _is_over(tree, verb):
        return "were" if lemma == "be" and plural else past(lemma)
    return {"be": "are"}.get(lemma, lemma) if plural else present(lemma)


def _is_over(tree: Tree, verb: int) -> bool:
    """Whether the clause that a participle hangs on tells of the past."""
    main = next(
        (a for a in tree.ancestors(verb) if tree.tag[a] in ("VBD", "VBZ", "VBP", "VBN")), None
    )
    if tree.dep[verb] == "pcomp" and tree.lower[tree.head[verb]] != "with":
        return True
    return main is None or tree.tag[main] in ("VBD", "VBN")


def before_after(tree: Tree, i: int, inside: set[int]) -> Aside | None:
    """`X began in Egypt before moving to Basel`: X moved to Basel."""
    verb = tree.first(i, "pcomp")
    subject = tree.subject(tree.head[i])
    if verb is None or tree.tag[verb] != "VBG" or subject is None or len(tree.subtree(verb)) < 2:
        return None
    aside = Aside("participle", verb, with_marks(tree, i, inside), removable=i > tree.head[i])
    aside.readings = _participle_readings(tree, verb, noun_phrase(tree, subject), subject)
    return aside


def absolute(tree: Tree, i: int, inside: set[int]) -> Aside | None:
    """`…, with Smith replacing Jones`: Smith replaced Jones."""
    verb = tree.first(i, "pcomp")
    subject = None if verb is None else tree.subject(verb)
    if verb is None or subject is None or tree.tag[verb] != "VBG" or not after_comma(tree, i):
        return None
    aside = Aside("participle", verb, with_marks(tree, i, inside), removable=True)
    phrase = tree.subtree(subject)
    below = [t for t in tree.subtree(verb) if t not in phrase]
    plural = tree.first(subject, "conj") is not None or tree.tag[subject] in ("NNS", "NNPS")
    for chosen, own in shares(tree, below, verb):
        if pieces := _as_sentence(tree, verb, phrase, plural, chosen):
            aside.readings.append((pieces, own))
    return aside


# participles that describe the noun before them, wherever the parser hangs them
OF_THE_NOUN = words("comprise consist contain feature cover span range total number")


# of `…, causing delays` the whole clause before it is the subject, not its subject
CONSEQUENCES = words(
    """
    cause result prompt spark trigger mean allow enable force ensure signal suggest indicate
    contribute
    """
)


def _is_consequence(tree: Tree, i: int) -> bool:
    if tree.lemma[i] == "lead":
        return any(tree.lower[j] == "to" for j in tree.all(i, "prep"))
    if tree.lemma[i] == "make":
        return tree.first(i, "ccomp") is not None
    return tree.lemma[i] in CONSEQUENCES


def _is_event(tree: Tree, i: int, root: int) -> bool:
    """`His career began when he was hired`: both happened."""
    adverb = tree.first(i, "advmod")
    return (
        adverb is not None
        and adverb == tree.subtree(i)[0]
        and tree.lower[adverb] == "when"
        and i > root
        and _is_past(tree, i)
        and _is_past(tree, root)
        and not tree.negated(root)
    )


def _is_past(tree: Tree, verb: int) -> bool:
    return tree.tag[verb] == "VBD" or any(
        tree.tag[j] == "VBD" for j in tree.all(verb, "aux", "auxpass")
    )


def _is_fenced(tree: Tree, i: int, root: int) -> bool:
    """Whether a participle says something more about the subject: `Born in Rome, she …`."""
    if tree.tag[i] not in ("VBG", "VBN") or len(tree.subtree(i)) < 2:
        return False
    if i > root:
        if tree.tag[i] == "VBG":
            return after_comma(tree, i) and not _is_consequence(tree, i)
        return after_comma(tree, i) and tree.head[i] == root
    subject, last = tree.subject(root), tree.subtree(i)[-1]
    return (
        tree.head[i] == root
        and subject is not None
        and last + 1 < root
        and "," in (tree.words[last], tree.words[last + 1])
        and i < subject
        and not any(tree.tag[j] in ("MD", "VB") for j in (root, *tree.all(root, "aux")))
    )


def adverbial(tree: Tree, i: int, root: int, inside: set[int]) -> Aside | None:
    """`While X fell, Y rose` is two claims; `…, leading Y to Z` is one more; conditions stay."""
    if tree.lemma[i] in OF_THE_NOUN or tree.lower[tree.subtree(i)[0]] == "even":
        return None
    mark = tree.first(i, "mark")
    if (
        mark is not None
        and tree.lower[mark] == "so"
        and tree.subject(i) is not None
        and after_comma(tree, i)
    ):
        return Aside("clause", i, with_marks(tree, i, inside), removable=True)
    if (
        mark is not None
        and tree.lower[mark] in CONTRAST
        and tree.subject(i) is not None
        and tree.is_finite(i)
    ):
        return Aside("clause", i, with_marks(tree, i, inside), removable=True)
    if (
        mark is not None
        and tree.lower[mark] in ("after", "as", "because", "since", "before")
        and i > root
        and tree.is_finite(i)
    ) or _is_event(tree, i, root):
        return (
            Aside("clause", i, tree.subtree(i), removable=False)
            if tree.subject(i) is not None
            else None
        )
    if mark is not None or not _is_fenced(tree, i, root):
        return None
    if tree.subject(i) is not None or any(tree.tag[j] in (*WH, "TO") for j in tree.children[i]):
        return None
    subject = tree.subject(tree.head[i])
    if subject is None or tree.dep[subject] == "expl" or tree.lemma[i] in NO_PARTICIPLES:
        return None
    aside = Aside("participle", i, with_marks(tree, i, inside), removable=True)
    words = noun_phrase(tree, subject)
    if tree.first(subject, "conj") is not None:
        words = tree.subtree(subject)
    aside.readings = _participle_readings(tree, i, words, subject)
    return aside
