"""Clauses to atomic propositions: one subject, one predicate, grammatical by itself.

A proposition is a list of pieces: tokens of the article in the order of the new sentence, and
literal function words between them. Coordination is undone by leaving the other members out, so
that what remains keeps the words, the tense, the negation and the modality of the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting.asides import find_asides
from workbench.splitting.coordination import members_of, separators, shares
from workbench.splitting.fences import Aside, bracketed
from workbench.splitting.inflection import present
from workbench.splitting.nounfacts import described, inversions, nominal_facts, origin_of
from workbench.splitting.presupposed import presupposed
from workbench.splitting.propositions import Proposition
from workbench.splitting.tree import Tree
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DISCOURSE = words(
    """
    however therefore thus hence moreover furthermore additionally also meanwhile nevertheless
    nonetheless consequently accordingly besides indeed similarly likewise instead overall
    finally firstly secondly lastly interestingly notably importantly incidentally still yet
    anyway so then well
    """
)


def propositions(tree: Tree, root: int, silent: dict[int, list[int]]) -> list[Proposition]:
    """The atomic propositions of the clause headed by `root`, in the order of the text.

    `silent` maps reporting verbs to the clauses they report: there the frame (`He said that`)
    asserts nothing by itself, and only what is reported is taken.
    """
    found: list[Proposition] = []
    for verb, tokens, shared in _coordinated(tree, root):
        contents = silent.get(verb)
        reported = [p for clause in contents or () for p in propositions(tree, clause, silent)]
        if contents is not None and reported:
            found.extend(reported)
            inner = {t for clause in contents for t in tree.subtree(clause)}
            found.extend(_asides_only(tree, verb, [t for t in tokens if t not in inner], silent))
            continue
        found.extend(_clause(tree, verb, tokens, shared, silent))
    return found


def _coordinated(tree: Tree, root: int) -> Iterator[tuple[int, list[int], list[int]]]:
    """Each verb coordinated with `root`: the verb, its own tokens, and the tokens it shares."""
    members = _verbs_of(tree, root)
    for verb in members:
        below = set(tree.subtree(verb)) - {verb}
        others = {t for other in members if other in below for t in tree.subtree(other)}
        joints = separators(tree, verb, members)
        own = [t for t in tree.subtree(verb) if t not in others and t not in joints]
        shared: list[int] = []
        if verb != root and tree.subject(verb) is None:
            shared = _shared(tree, verb)
        yield verb, own + _lent_object(tree, verb, members), shared


def _lent_object(tree: Tree, verb: int, members: list[int]) -> list[int]:
    """`attacked and killed a cyclist`: the object of the second verb serves the first too."""
    if verb + 2 not in members or tree.lower[verb + 1] not in ("and", "or", "&"):
        return []
    second = verb + 2
    if any(
        j > verb and tree.dep[j] in ("dobj", "prep", "attr", "xcomp", "ccomp") and j < second
        for j in tree.children[verb]
    ):
        return []
    if tree.tag[second] != tree.tag[verb] and {tree.tag[second], tree.tag[verb]} != {"VBD", "VBN"}:
        return []
    thing = tree.first(second, "dobj")
    if thing is not None:
        return tree.subtree(thing) if tree.first(second, "dative") is None else []
    preps = tree.all(second, "prep", "agent")
    if not preps or preps[0] != second + 1:
        return []
    if tree.tag[verb] == "VBN":
        return [t for prep in preps for t in tree.subtree(prep)]
    return [t for t in tree.subtree(preps[0]) if t != preps[0]]


def _verbs_of(tree: Tree, root: int) -> list[int]:
    members = [root]
    for verb in members:
        members.extend(
            j
            for j in tree.children[verb]
            if tree.dep[j] == "conj" and _is_predicate(tree, j) and j > verb
        )
    return members


def _is_predicate(tree: Tree, i: int) -> bool:
    if tree.is_verb(i):
        return True
    return tree.subject(i) is not None


def _shared(tree: Tree, verb: int) -> list[int]:
    """The subject of the verb before and, where it is needed, its auxiliaries."""
    head = tree.head[verb]
    shared: list[int] = []
    needs_aux = not tree.is_finite(verb)
    while True:
        subject = tree.subject(head)
        if needs_aux:
            shared += [
                j
                for j in tree.children[head]
                if tree.dep[j] in ("aux", "auxpass") and j < head and _fits(tree, j, verb)
            ]
            needs_aux = not shared
        if subject is not None:
            return sorted([*_trimmed(tree, subject), *shared])
        if tree.dep[head] != "conj":
            return sorted(shared)
        head = tree.head[head]


def _fits(tree: Tree, aux: int, verb: int) -> bool:
    """Whether an auxiliary of the first verb can serve the second: `was created and destroyed`."""
    if any(tree.dep[j] in ("aux", "auxpass") for j in tree.children[verb]):
        return tree.tag[aux] in ("MD",) or tree.lemma[aux] == "have"
    return True


def _trimmed(tree: Tree, noun: int) -> list[int]:
    """A noun phrase without what is said about it by the way."""
    dropped = {
        t
        for aside in find_asides(tree, tree.subtree(noun), noun)
        if aside.removable
        for t in aside.tokens
    }
    return [t for t in tree.subtree(noun) if t not in dropped]


def _clause(
    tree: Tree, verb: int, tokens: list[int], shared: list[int], silent: dict[int, list[int]]
) -> list[Proposition]:
    """The clause itself without its asides, one for each choice of coordinated members."""
    asides = find_asides(tree, tokens, verb)
    removed = {t for aside in asides if aside.removable for t in aside.tokens}
    removed |= bracketed(tree, tokens) - {verb}
    kept = [t for t in tokens if t not in removed and not _is_discourse(tree, t, verb)]
    kept = [t for t in kept if not _is_left_over(tree, t, removed)]
    kept = _without_label(tree, kept, verb)
    found = []
    if _asserts(tree, verb, kept, shared):
        origin = origin_of(tree, verb, kept)
        plain = [t for t in kept if t not in origin]
        examples = _examples(tree, verb, plain, shared)
        replaced = {t for example in examples for t in example.instead_of}
        plain = [t for t in plain if t not in replaced]
        parts = shares(tree, plain, verb)
        for chosen, own in parts:
            pieces = agreeing(tree, sorted({*shared, *chosen}), verb)
            found.append(Proposition(pieces, own, verb, clause=verb))
        found.extend(_undivided(tree, verb, tokens, kept, shared, several=len(parts) > 1))
        found.extend(examples)
        if tree.lemma[verb] == "include":
            found.extend(inversions(tree, verb, plain))
        found.extend(described(tree, verb, kept, shared, origin))
    for aside in asides:
        found.extend(_from_aside(tree, aside, silent))
    found.extend(nominal_facts(tree, kept, verb))
    found.extend(presupposed(tree, tokens, verb))
    return found


def _is_left_over(tree: Tree, t: int, removed: set[int]) -> bool:
    """A dash that fenced what has been taken out."""
    return tree.words[t] in "—–" and (t - 1 in removed or t + 1 in removed)


def _undivided(
    tree: Tree, verb: int, tokens: list[int], kept: list[int], shared: list[int], *, several: bool
) -> list[Proposition]:
    """The clause with all its asides, and without them but with all coordinated members."""
    found = []
    whole = _without_label(tree, [t for t in tokens if not _is_discourse(tree, t, verb)], verb)
    if several or len(kept) < len(whole):
        found.append(Proposition(sorted({*shared, *whole}), whole, verb, "full", verb))
    if several and len(kept) < len(whole):
        found.append(Proposition(sorted({*shared, *kept}), kept, verb, "joint", verb))
    return found


def _without_label(tree: Tree, tokens: list[int], verb: int) -> list[int]:
    """`Best Paper Award: X received …`: a label before a colon is not part of the clause."""
    colon = next((t for t in tokens if tree.words[t] == ":" and t < verb), None)
    if colon is None or any(
        tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in tokens if t < colon
    ):
        return tokens
    subject = tree.subject(verb)
    if subject is None or tree.subtree(subject)[0] != colon + 1 or tree.pos[tokens[0]] == "ADP":
        return tokens
    return [t for t in tokens if t > colon]


def _asides_only(
    tree: Tree, verb: int, tokens: list[int], silent: dict[int, list[int]]
) -> list[Proposition]:
    found = []
    for aside in find_asides(tree, tokens, verb):
        if aside.kind != "clause":
            found.extend(_from_aside(tree, aside, silent))
    return found


def _from_aside(tree: Tree, aside: Aside, silent: dict[int, list[int]]) -> list[Proposition]:
    if aside.kind == "clause" and aside.head >= 0:
        return propositions(tree, aside.head, silent)
    if aside.kind == "relative" and silent.get(aside.head):
        return []
    found = []
    seen: set[int] = set()
    if aside.undivided is not None:
        pieces, own = aside.undivided
        found.append(Proposition(pieces, own, aside.head, "full", aside.head))
    for pieces, own in aside.readings:
        inner = [
            a
            for a in find_asides(tree, own, aside.head)
            if aside.kind in ("relative", "participle")
        ]
        if aside.undivided is None and any(a.removable for a in inner):
            found.append(Proposition(pieces, own, aside.head, "full", aside.head))
        removed = {t for a in inner if a.removable for t in a.tokens} | bracketed(tree, own)
        kept = [t for t in own if t not in removed]
        lead = [p for p in pieces if p not in own]
        verb_words = [t for t in kept if t in pieces]
        examples = (
            _examples(tree, aside.head, verb_words, lead)
            if aside.kind == "relative" and pieces[: len(lead)] == lead
            else []
        )
        removed |= {t for example in examples for t in example.instead_of}
        kept = [t for t in kept if t not in removed]
        if kept:
            found.append(
                Proposition(
                    [p for p in pieces if p not in removed],
                    kept,
                    aside.head,
                    aside.kind,
                    aside.head,
                )
            )
        found.extend(examples)
        for a in inner:
            if a.head not in seen:
                seen.add(a.head)
                found.extend(_from_aside(tree, a, silent))
    return found


def _asserts(tree: Tree, verb: int, kept: list[int], shared: list[int]) -> bool:
    """Whether the words make a statement: a subject and a tensed verb, and no question."""
    if tree.subject(verb) is None and not shared:
        return False
    if not tree.is_finite(verb) and not any(
        tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in shared
    ):
        return False
    return len(kept) > 1


def _is_discourse(tree: Tree, t: int, verb: int) -> bool:
    """`However,` at the start of a clause, and a bare `and` or `that` before it."""
    if tree.head[t] != verb:
        return False
    if tree.dep[t] == "advmod" and tree.lower[t] in ("also", "then") and not tree.children[t]:
        return True
    if t > verb:
        return False
    if tree.dep[t] == "cc":
        return True
    if tree.dep[t] == "mark":
        return tree.lower[t] != "if"
    if tree.lower[t] == "when" and t < min(j for j in (verb, tree.subject(verb) or verb)):
        return tree.dep[verb] == "advcl"
    before_subject = (subject := tree.subject(verb)) is None or t < subject
    return (
        tree.dep[t] == "advmod"
        and tree.lower[t] in DISCOURSE
        and before_subject
        and not tree.children[t]
    )


def _examples(
    tree: Tree, verb: int, kept: list[int], shared: Sequence[int | str]
) -> list[Proposition]:
    """`He won awards, including A and B`: he won A, he won B."""
    inside = set(kept)
    found = []
    for i in kept:
        noun = tree.head[i]
        if tree.dep[i] not in ("prep", "appos") or noun not in inside:
            continue
        first: int | None = None
        if _is_enumeration(tree, i, verb):
            first = i
        elif _opens_examples(tree, i):
            first = tree.first(i, "pobj")
        else:
            continue
        if (
            first is None
            or tree.pos[noun] not in ("NOUN", "PROPN")
            or not _leads_to(tree, noun, verb)
        ):
            continue
        phrase = set(tree.subtree(noun)) & inside
        before = [t for t in kept if t < min(phrase)]
        after = [t for t in kept if t > max(phrase)]
        dropped = [t for t in tree.subtree(i) if t in inside]
        if tree.words[dropped[0] - 1] in (",", "such", ":", "—", "–"):
            dropped = [dropped[0] - 1, *dropped]
        if tree.words[dropped[0] - 1] == "," and dropped[0] - 1 in inside:
            dropped = [dropped[0] - 1, *dropped]
        for member in members_of(tree, first):
            pieces = [*shared, *sorted(before), *member, *after]
            found.append(Proposition(pieces, member, verb, "example", verb, dropped))
    return found


def _is_enumeration(tree: Tree, i: int, verb: int) -> bool:
    """`He founded two schools, one in Rome and one in Pisa`: an apposition that names them all."""
    noun = tree.head[i]
    return (
        tree.dep[i] == "appos"
        and i > noun
        and tree.tag[noun] in ("NNS", "NNPS")
        and tree.first(i, "conj") is not None
        and tree.words[tree.subtree(i)[0] - 1] in (",", ":", "—", "–")
        and tree.lemma[verb] not in ("have", "be")
    )


def _opens_examples(tree: Tree, i: int) -> bool:
    if tree.dep[i] != "prep" or i == 0:
        return False
    if tree.lower[i] == "as":
        return tree.lower[i - 1] == "such"
    return tree.lower[i] == "including" or (tree.lower[i] == "like" and tree.words[i - 1] == ",")


def _leads_to(tree: Tree, noun: int, verb: int) -> bool:
    """Whether only objects and prepositions stand between the noun and the verb."""
    i = noun
    while i != verb:
        if (
            tree.dep[i] not in ("pobj", "prep", "dobj", "attr", "pcomp", "agent", "xcomp")
            or tree.head[i] == i
        ):
            return False
        i = tree.head[i]
    return True


SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}


def agreeing(tree: Tree, tokens: list[int], verb: int) -> list[int | str]:
    """Where one of several subjects is left, and it is singular, the verb follows it."""
    subject = next(
        (
            t
            for t in tokens
            if tree.dep[t] in ("nsubj", "nsubjpass", "conj")
            and t < verb
            and _is_lone(tree, t, verb, tokens)
        ),
        None,
    )
    if subject is None or tree.tag[subject] not in ("NN", "NNP"):
        return list(tokens)
    out: list[int | str] = []
    for t in tokens:
        if (
            t > subject
            and (t == verb or tree.head[t] == verb)
            and tree.tag[t] in ("VBP", "VBD")
            and tree.lower[t] in SINGULAR
        ):
            out.append(SINGULAR[tree.lower[t]])
        elif t == verb and tree.tag[t] == "VBP":
            out.append(present(tree.lemma[t]))
        elif (
            tree.lower[t] in ("both", "all")
            and tree.dep[t] in ("preconj", "advmod", "appos", "det", "predet")
            and tree.head[t] in (verb, subject)
        ):
            continue
        else:
            out.append(t)
    return out


def _is_lone(tree: Tree, t: int, verb: int, tokens: list[int]) -> bool:
    """Whether t is one of the coordinated subjects of the verb and the only one left."""
    first = t
    while tree.dep[first] == "conj":
        first = tree.head[first]
    if tree.dep[first] not in ("nsubj", "nsubjpass") or tree.head[first] != verb:
        return False
    everyone = [first]
    for m in everyone:
        everyone.extend(j for j in tree.children[m] if tree.dep[j] == "conj")
    return len(everyone) > 1 and sum(m in tokens for m in everyone) == 1
