"""Who says, thinks or wants what, by which words: sources, cues and contents in the parse."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree

CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
EDGE_MARKS = frozenset(",;:.!?-–—―()[]")


@dataclasses.dataclass(slots=True)
class Relation:
    """One attribution in tokens of the tree.

    `parts` are spans of the content in characters; `clause` is the verb that heads the content
    where that is a clause that can be asserted by itself, otherwise None.
    """

    kind: str
    cue: list[int]
    source: list[int]
    parts: list[tuple[int, int]]
    anchor: int
    clause: int | None = None
    negated: bool = False
    hedged: bool = False
    through: list[str] = dataclasses.field(default_factory=list)

    @property
    def start(self) -> int:
        return min(start for start, _ in self.parts)

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)


def find_relations(article: Article) -> list[Relation]:
    """The attributions that words and grammar show; quotations are joined to them in `quoting`."""
    tree = article.tree
    relations: list[Relation] = []
    for passage in article.passages:
        label = _label(tree, passage)
        if label is not None:
            relations.append(label)
            continue
        for i in range(passage.first, passage.last):
            relations.extend(_at(tree, i, passage))
    return relations


def _at(tree: Tree, i: int, passage: Passage) -> list[Relation]:
    pos = tree.pos[i]
    if tree.lower[i] == "according":
        return _according(tree, i, passage)
    if pos == "VERB":
        return _verbal(tree, i, passage)
    if pos in ("NOUN", "PROPN"):
        return _nominal(tree, i)
    if pos == "ADJ":
        return _adjectival(tree, i)
    if pos == "ADV" and tree.lower[i] in cues.HEDGE_ADVERBS:
        return _hedging(tree, i)
    return []


def _label(tree: Tree, passage: Passage) -> Relation | None:
    """`Trump: My plans are not set in stone`: a name and a colon open the sentence."""
    colon = next(
        (
            t
            for t in range(passage.first, min(passage.first + 7, passage.last))
            if tree.words[t] == ":"
        ),
        -1,
    )
    source = strip_marks(tree, list(range(passage.first, colon)))
    if colon < 0 or not source or colon + 2 >= passage.last:
        return None
    if any(tree.pos[t] != "PROPN" for t in source) or tree.ent[source[-1]] in (
        "DATE",
        "TIME",
        "GPE",
        "CARDINAL",
    ):
        return None
    content = list(range(colon + 1, passage.last))
    main = next(
        (t for t in content if tree.dep[t] in ("ROOT", "appos", "acl") and tree.is_verb(t)), None
    )
    return _relation(tree, "speech", colon, source, content, main)


# -- verbs ----------------------------------------------------------------------------------


def _verbal(tree: Tree, verb: int, passage: Passage) -> list[Relation]:
    lemma = tree.lemma[verb]
    found = []
    for rule in (
        _fenced,
        _seeming,
        _clausal,
        _parenthetical,
        _infinitive,
        _gerund,
        _observed,
        _objective,
        _oblique,
        _rest,
    ):
        relation = rule(tree, verb, lemma, passage)
        if relation is not None:
            found.append(relation)
            break
    return found


def _fenced(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`…, X said.` and `…, X said, …`: all the rest of the sentence, however it was parsed."""
    if lemma not in cues.REPORTING or tree.tag[verb] not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    source = strip_marks(tree, source_of(tree, verb))
    if not source or abs(source[0] - verb) > 25:
        return None
    frame = {*source, *cue_of(tree, verb)}
    first, last = min(frame), max(frame)
    last = _end_of_frame(tree, last, verb, passage)
    if (
        last < 0
        or first <= passage.first + 1
        or tree.words[first - 1] not in (",", '"', "”", "''", "—", "--", "–")
    ):
        return None
    if any(
        tree.tag[t] in ("WP", "WDT", "WRB") or tree.lower[t] in ("that", "as", "but")
        for t in (first, first - 1)
    ):
        return None
    before = list(range(passage.first, first))
    after = list(range(last + 1, passage.last))
    content = before + after
    if not any(tree.is_verb(t) for t in content):
        return None
    main = next(
        (t for t in content if tree.head[t] == verb and tree.dep[t] in ("ccomp", "parataxis")), None
    )
    if main is None and tree.head[verb] in content:
        main = tree.head[verb]
    return _relation(tree, _kind_of(lemma), verb, source, content, main)


def _end_of_frame(tree: Tree, last: int, verb: int, passage: Passage) -> int:
    """The last token of `X said in a statement`, if a comma or the end of the sentence follows."""
    t = last + 1
    if t < passage.last and tree.head[t] == verb and tree.dep[t] in ("prep", "npadvmod", "advmod"):
        t = max(tree.subtree(t)) + 1
    if (
        t >= passage.last
        or tree.words[t] in (".", ",", "—", "--", "–", "―", ":", ";")
        or tree.words[t] in "\"”“''"
    ):
        return t - 1
    return -1


def _clausal(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X said that …`: the content is a clause below the cue."""
    clauses = [
        j
        for j in tree.children[verb]
        if tree.dep[j] == "ccomp" or (tree.dep[j] == "advcl" and _is_wh_content(tree, j, verb))
    ]
    if not clauses:
        return None
    marked = any(_mark(tree, c) in ("that", "whether") for c in clauses)
    if lemma not in cues.REPORTING and not (
        marked and lemma not in ("be", "make", "let", "have", "do", "so")
    ):
        return None
    if tree.tag[verb] == "VBN" and tree.first(verb, "auxpass") is not None:
        return _passive(tree, verb, clauses)
    source = source_of(tree, verb)
    tokens = [t for c in clauses for t in _said_proper(tree, c, verb)]
    used = set(source) | set(cue_of(tree, verb))
    return _relation(
        tree, _kind_of(lemma), verb, source, [t for t in tokens if t not in used], clauses[0]
    )


def _seeming(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X seems to …`: somebody's impression, nobody is named."""
    if lemma not in cues.SEEMING:
        return None
    below = tree.first(verb, "xcomp", "oprd", "acomp", "ccomp", "attr", "advcl")
    if below is None:
        return None
    subject = tree.subject(verb)
    content = tree.subtree(below)
    if subject is not None and tree.lower[subject] != "it":
        content = sorted(tree.subtree(subject) + content)
    relation = _relation(tree, "belief", verb, [], content, None)
    if relation is not None:
        relation.hedged = True
    return relation


def _is_wh_content(tree: Tree, clause: int, verb: int) -> bool:
    return clause > verb and any(
        tree.tag[j] in ("WRB", "WP", "WDT") and tree.lower[j] in ("how", "why", "what", "whether")
        for j in tree.children[clause]
    )


def _said_proper(tree: Tree, clause: int, verb: int) -> list[int]:
    """The clause without what the writer adds to it: `…, even though …`, `…, throwing …`."""
    tokens = tree.subtree(clause)
    if clause < verb:
        return tokens
    for j in tree.children[clause]:
        if j > clause and tree.dep[j] == "advcl":
            below = tree.subtree(j)
            if tree.words[below[0] - 1] == "," and _is_writers(tree, j):
                tokens = [t for t in tokens if t < below[0] - 1]
    return tokens


def _is_writers(tree: Tree, clause: int) -> bool:
    mark = _mark(tree, clause)
    return mark in ("while", "although", "though", "whereas") or (
        mark == "" and tree.tag[clause] == "VBG"
    )


def _mark(tree: Tree, clause: int) -> str:
    mark = tree.first(clause, "mark")
    return tree.lower[mark] if mark is not None else ""


def _passive(tree: Tree, verb: int, clauses: list[int]) -> Relation | None:
    """`It was reported by X that …`; `X was told that …` has no source."""
    agent = tree.first(verb, "agent")
    source = []
    if agent is not None and (noun := tree.first(agent, "pobj")) is not None:
        source = tree.subtree(noun)
    tokens = [t for c in clauses for t in tree.subtree(c)]
    return _relation(tree, _kind_of(tree.lemma[verb]), verb, source, tokens, clauses[0])


def _parenthetical(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`…, he said, …` and `…, X said`: the parser hangs the cue below what is said."""
    if lemma not in cues.REPORTING or tree.first(verb, "dobj", "xcomp") is not None:
        return None
    dep = tree.dep[verb]
    head = tree.head[verb]
    if dep == "parataxis" or (dep in ("ccomp", "advcl", "conj", "dep") and _set_off(tree, verb)):
        if tree.subject(verb) is None or _mark(tree, verb) not in ("", "as"):
            return None
        below = set(tree.subtree(verb))
        content = [t for t in tree.subtree(head) if t not in below]
        return _relation(tree, _kind_of(lemma), verb, source_of(tree, verb), content, head)
    return None


def _set_off(tree: Tree, verb: int) -> bool:
    """Whether the clause of `verb` is short and fenced by commas or the end of the sentence."""
    tokens = tree.subtree(verb)
    first, last = tokens[0], tokens[-1]
    if _mark(tree, verb) == "as":
        return True
    before = tree.words[first - 1] if first else ""
    after = tree.words[last + 1] if last + 1 < tree.n else "."
    return (
        before[-1:] in ',"”—'
        and after[:1] in ".,—;"
        and tree.dep[verb] == "ccomp"
        and len(tokens) < 25
    )


def _infinitive(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X plans to …`, `X urged Y to …`."""
    clause = tree.first(verb, "xcomp")
    if clause is None or (tree.tag[clause] not in ("VB", "VBG") and tree.lower[verb] != "accused"):
        return _directive_clause(tree, verb, lemma)
    if not any(tree.tag[j] == "TO" for j in tree.children[clause]):
        return None
    if tree.first(verb, "auxpass") is not None:
        return _expected(tree, verb, clause, lemma)
    patient = tree.first(verb, "dobj", "dative")
    if lemma not in cues.INTENTION and not (lemma in cues.DIRECTIVE and patient is not None):
        return None
    content = tree.subtree(clause)
    if patient is not None and lemma in cues.DIRECTIVE:
        content = sorted(tree.subtree(patient) + content)
    return _relation(tree, "intention", verb, source_of(tree, verb), content, None)


def _directive_clause(tree: Tree, verb: int, lemma: str) -> Relation | None:
    """`X wants Y to …`, where the parser makes `Y to …` a clause."""
    clause = tree.first(verb, "ccomp")
    if clause is None or lemma not in cues.DIRECTIVE | cues.INTENTION:
        return None
    return _relation(tree, "intention", verb, source_of(tree, verb), tree.subtree(clause), None)


def _expected(tree: Tree, verb: int, clause: int, lemma: str) -> Relation | None:
    """`X is expected to …`: somebody expects, nobody is named."""
    if lemma not in cues.REPORTING:
        return None
    subject = tree.subject(verb)
    content = tree.subtree(clause) + (tree.subtree(subject) if subject is not None else [])
    return _relation(tree, "belief", verb, [], sorted(content), None)


def _objective(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X supports Y`, `X called Y a fool`: what is attributed is a stance."""
    subject = source_of(tree, verb)
    thing = tree.first(verb, "dobj")
    if tree.first(verb, "auxpass") is not None:
        agent = tree.first(verb, "agent")
        if agent is None and lemma in cues.CALLING:
            return _widely_called(tree, verb)
        if agent is None or lemma not in cues.STANCE or (noun := tree.first(agent, "pobj")) is None:
            return None
        subject_token = tree.subject(verb)
        if subject_token is None:
            return None
        return _relation(
            tree, "stance", verb, tree.subtree(noun), tree.subtree(subject_token), None
        )
    predicate = tree.first(verb, "oprd") if lemma in cues.CALLING else None
    if (
        not subject
        or lemma not in cues.STANCE | cues.CALLING
        or (thing is None and predicate is None)
    ):
        return None
    if tree.dep[verb] == "xcomp" or tree.lower[subject[0]] in ("i", "you", "we"):
        return None
    content = [t for part in (thing, predicate) if part is not None for t in tree.subtree(part)]
    content += _rest_of_stance(tree, verb)
    return _relation(tree, "stance", verb, subject, sorted(content), None)


def _widely_called(tree: Tree, verb: int) -> Relation | None:
    """`X is considered Y`, `X is seen as Y`: by nobody in particular."""
    subject = tree.subject(verb)
    below = tree.first(verb, "oprd") or next(
        (j for j in tree.all(verb, "prep") if tree.lower[j] == "as"), None
    )
    if subject is None or below is None:
        return None
    return _relation(
        tree, "stance", verb, [], sorted(tree.subtree(subject) + tree.subtree(below)), None
    )


def _rest_of_stance(tree: Tree, verb: int) -> list[int]:
    """`blamed the media for …`, `cited X as proof`: the phrases that complete the stance."""
    found: list[int] = []
    for j in tree.all(verb, "prep"):
        below = tree.subtree(j)
        dated = any(tree.ent[t] in ("DATE", "TIME") for t in below[1:2])
        if (
            j > verb
            and tree.lower[j] in STANCE_PREPOSITIONS
            and not dated
            and tree.words[j - 1] != ","
        ):
            found.extend(below)
    return found


STANCE_PREPOSITIONS = words(
    """
    as of for about over because against from with after in on into toward towards
    """
)


def _gerund(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X proposed enforcing …`, `X considered switching …`."""
    clause = tree.first(verb, "xcomp", "pcomp")
    if clause is None or tree.tag[clause] != "VBG" or clause < verb:
        return None
    if lemma not in cues.STANCE | {
        "consider",
        "contemplate",
        "report",
        "enjoy",
        "imagine",
        "advocate",
    }:
        return None
    return _relation(tree, "intention", verb, source_of(tree, verb), tree.subtree(clause), None)


def _observed(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`Polls show X ahead of Y`: whatever a study finds, also without a clause."""
    if lemma not in cues.EVIDENCE or tree.subject(verb) is None:
        return None
    source = source_of(tree, verb)
    if not any(tree.lemma[t] in cues.STUDIES for t in source):
        return None
    right = [
        t
        for j in tree.children[verb]
        if j > verb and tree.dep[j] not in ("punct", "cc", "conj", "prt")
        for t in tree.subtree(j)
    ]
    return _relation(tree, "evidence", verb, source, sorted(right), None)


def _rest(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`He said he had secured contracts …`, where the parser lost the clause: all that follows."""
    if (
        lemma not in cues.REPORTING
        or tree.tag[verb] not in ("VBD", "VBZ", "VBP")
        or tree.first(verb, "ccomp") is not None
    ):
        return None
    after = list(range(verb + 1, passage.last))
    if (
        len(after) < 4
        or tree.pos[after[0]] not in ("PRON", "DET", "PROPN", "NOUN", "SCONJ", "ADJ")
        or tree.tag[after[0]] in ("WP", "WRB")
    ):
        return None
    if (
        not any(tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in after[1:10])
        or tree.subject(verb) is None
    ):
        return None
    if lemma not in _ALWAYS_CLAUSE and tree.lower[after[0]] != "that":
        return None
    return _relation(tree, _kind_of(lemma), verb, source_of(tree, verb), after, None)


_ALWAYS_CLAUSE = words(
    """
    say claim hope add insist argue think believe note contend maintain acknowledge
    """
)


def _oblique(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X called for Y`."""
    prepositions = cues.OBLIQUE.get(lemma, ())
    for j in tree.all(verb, "prep"):
        if tree.lower[j] in prepositions and tree.children[j]:
            source = source_of(tree, verb)
            if not source:
                return None
            below = sorted(
                {t for t in tree.subtree(j) if t != j}.union(_rest_of_stance(tree, verb)) - {j}
            )
            relation = _relation(tree, "stance", verb, source, below, None)
            if relation is not None:
                relation.cue = sorted({*relation.cue, j})
            return relation
    return None


# -- nouns, adjectives, adverbs ---------------------------------------------------------------


def _nominal(tree: Tree, noun: int) -> list[Relation]:
    """`his claim that …`, `the plan to …`."""
    if (
        tree.lemma[noun] in cues.NOUN_OBLIQUE
        and (relation := _nominal_oblique(tree, noun)) is not None
    ):
        return [relation]
    if tree.lemma[noun] not in cues.NOUN_CUES:
        return []
    for j in tree.children[noun]:
        marked = _mark(tree, j) == "that" or any(tree.tag[k] == "TO" for k in tree.children[j])
        if (
            tree.dep[j] in ("acl", "ccomp", "relcl", "xcomp")
            and marked
            and j > noun
            and not _is_relative(tree, j)
        ):
            clause = j if tree.is_finite(j) else None
            kind = "speech" if clause is not None else "intention"
            relation = _relation(tree, kind, noun, _owner(tree, noun), tree.subtree(j), clause)
            return [relation] if relation is not None else []
    return []


def _nominal_oblique(tree: Tree, noun: int) -> Relation | None:
    """`his criticism of the deal`."""
    for j in tree.all(noun, "prep"):
        if j > noun and tree.lower[j] in cues.NOUN_OBLIQUE[tree.lemma[noun]] and tree.children[j]:
            owner = _owner(tree, noun)
            content = [t for t in tree.subtree(j) if t != j]
            if not owner or set(owner) & set(content):
                return None
            relation = _relation(tree, "stance", noun, owner, content, None)
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
    """
)


def _adjectival(tree: Tree, adjective: int) -> list[Relation]:
    """`X is confident that …`."""
    if tree.lemma[adjective] not in cues.ADJECTIVE_CUES or tree.dep[adjective] != "acomp":
        return []
    clause = tree.first(adjective, "ccomp", "xcomp")
    if clause is None or clause < adjective:
        return []
    verb = tree.head[adjective]
    finite = clause if tree.dep[clause] == "ccomp" and tree.is_finite(clause) else None
    relation = _relation(tree, "belief", verb, source_of(tree, verb), tree.subtree(clause), finite)
    if relation is None:
        return []
    relation.cue = sorted({*relation.cue, adjective})
    relation.anchor = adjective
    return [relation]


def _according(tree: Tree, i: int, passage: Passage) -> list[Relation]:
    """`According to X, …`: everything in the sentence, or the clause it stands in."""
    to = next((j for j in tree.children[i] if tree.lower[j] == "to"), None)
    noun = tree.first(to, "pobj") if to is not None else None
    if to is None or noun is None:
        return []
    own = set(tree.subtree(i))
    head = _clause_above(tree, i)
    if head == i or head in own:  # stands alone: the parser was given the rest as its own sentence
        content = [t for t in range(passage.first, passage.last) if t not in own]
        head = next((t for t in content if tree.dep[t] == "ROOT"), -1)
        if head < 0:
            return []
    else:
        content = [t for t in tree.subtree(head) if t not in own]
    passed_on = _passed_on(tree, noun)
    relation = _relation(
        tree,
        "speech",
        i,
        passed_on or _without_lives(tree, noun, tree.subtree(noun)),
        content,
        head,
    )
    if relation is None:
        return []
    relation.cue = sorted([i, to])
    if passed_on:
        outer = [t for t in tree.subtree(noun) if t < passed_on[0]]
        relation.through = [tree.span_text(outer[0], _before_relative(tree, outer) + 1)]
    return [relation]


def _passed_on(tree: Tree, noun: int) -> list[int]:
    """Whom the source quotes: `local media, which quote X`."""
    for t in range(noun + 1, min(noun + 8, tree.n)):
        if tree.lower[t] in (
            "quote",
            "quotes",
            "quoted",
            "quoting",
            "cite",
            "cites",
            "cited",
            "citing",
        ):
            name = list(range(t + 1, min(t + 8, tree.n)))
            end = next(
                (k for k in name if tree.pos[k] not in ("PROPN", "DET", "NOUN", "ADJ")), t + 1
            )
            return list(range(t + 1, end))
        if tree.words[t] in (".", ":"):
            break
    return []


def _before_relative(tree: Tree, tokens: list[int]) -> int:
    """The last token of a source before the comma or pronoun that opens a relative clause."""
    stop = next(
        (
            t
            for t in tokens
            if tree.words[t] == "," or tree.tag[t] in ("WDT", "WP") or tree.tag[t] == "VBG"
        ),
        tokens[-1] + 1,
    )
    return stop - 1


def _clause_above(tree: Tree, i: int) -> int:
    """The finite verb whose clause an adverbial belongs to; coordinated clauses count together."""
    for j in tree.ancestors(i):
        if tree.dep[j] == "ROOT" or (
            tree.dep[j] in ("ccomp", "relcl", "advcl") and tree.is_finite(j)
        ):
            return j
    return i


def _hedging(tree: Tree, i: int) -> list[Relation]:
    """`X reportedly left`."""
    head = tree.head[i]
    if not tree.is_verb(head) or tree.lower[i] == "apparently":
        return []
    content = [t for t in tree.subtree(head) if t != i]
    relation = _relation(tree, "speech", i, [], content, head)
    if relation is None:
        return []
    relation.hedged = True
    return [relation]


# -- parts ------------------------------------------------------------------------------------


def source_of(tree: Tree, verb: int) -> list[int]:
    """The tokens of whoever does what `verb` says; empty where nobody is to be found."""
    seen = 0
    while seen < 6:
        seen += 1
        subject = tree.subject(verb)
        if subject is not None:
            if tree.dep[subject] == "expl" or (
                tree.lower[subject] == "it" and tree.first(verb, "auxpass")
            ):
                return []
            return _noun_phrase(tree, subject, verb)
        inverted = _inverted_source(tree, verb)
        if inverted:
            return inverted
        dep, head = tree.dep[verb], tree.head[verb]
        if head == verb:
            return []
        if dep in ("conj", "xcomp", "advcl", "ccomp", "parataxis") and tree.pos[head] in (
            "VERB",
            "AUX",
        ):
            if dep == "xcomp" and (patient := tree.first(head, "dobj")) is not None:
                return _noun_phrase(tree, patient, verb)
            verb = head
        elif dep in ("acl", "relcl") and tree.tag[verb] == "VBG":
            return _noun_phrase(tree, head, verb)
        elif dep == "pcomp" and tree.pos[tree.head[head]] in ("VERB", "AUX"):
            verb = tree.head[head]
        else:
            return []
    return []


def _inverted_source(tree: Tree, verb: int) -> list[int]:
    """`…," said X`, where the parser takes X for an object."""
    if verb == 0 or tree.tag[verb] not in ("VBD", "VBZ") or tree.lemma[verb] not in cues.SPEECH:
        return []
    if tree.words[verb - 1] not in ("”", '"', "''", ",", ",”"):
        return []
    for j in tree.children[verb]:
        if (
            j > verb
            and tree.dep[j] in ("dobj", "attr", "oprd", "dative", "npadvmod")
            and tree.subtree(j)[0] == verb + 1
        ) and tree.ent[j] not in ("DATE", "TIME"):
            return _noun_phrase(tree, j, verb)
    return []


def _noun_phrase(tree: Tree, noun: int, verb: int) -> list[int]:
    """The noun phrase headed by `noun`, without the clause of `verb` where that is part of it."""
    tokens = tree.subtree(noun)
    if verb in tokens:
        clause = set(tree.subtree(verb))
        tokens = [t for t in tokens if t not in clause]
    return _without_lives(tree, noun, tokens)


def _without_lives(tree: Tree, noun: int, tokens: list[int]) -> list[int]:
    """A source is named by noun phrases: ages, relative clauses and datelines are left out."""
    if len(tokens) == 1:
        return tokens
    dropped: set[int] = set()
    for j in tokens:
        if j <= noun or tree.head[j] not in tokens:
            continue
        fenced = tree.words[tree.subtree(j)[0] - 1] in (",", "—", "–", "-", "--", "―", "(")
        if tree.dep[j] in ("relcl", "parataxis") or (
            fenced and (tree.dep[j] in ("acl", "advcl") or tree.words[j].isdigit())
        ):
            dropped.update(tree.subtree(j))
    kept = [t for t in tokens if t not in dropped]
    dash = next((t for t in kept if tree.words[t] in ("—", "―", "--") and t < noun), None)
    return [t for t in kept if dash is None or t > dash]


def cue_of(tree: Tree, verb: int) -> list[int]:
    """The verb with its auxiliaries, negation, particle and the adverbs that stand beside it."""
    tokens = [verb]
    for j in tree.children[verb]:
        beside = tree.dep[j] == "advmod" and tree.tag[j] == "RB" and abs(j - verb) == 1
        if tree.dep[j] in CUE_PARTS or (beside and not tree.children[j] and j < verb):
            tokens.append(j)
    return sorted(tokens)


def _relation(
    tree: Tree,
    kind: str,
    anchor: int,
    source: list[int],
    content: list[int],
    clause: int | None,
) -> Relation | None:
    cue = cue_of(tree, anchor) if tree.is_verb(anchor) else [anchor]
    taken = set(cue) | set(source)
    parts = char_parts(tree, [t for t in content if t not in taken])
    if not parts:
        return None
    lemma = tree.lemma[anchor]
    return Relation(
        kind=kind,
        cue=cue,
        source=strip_marks(tree, source),
        parts=parts,
        anchor=anchor,
        clause=clause,
        negated=tree.negated(anchor) or lemma in cues.DENIAL_VERBS,
        hedged=lemma in cues.HEDGE_VERBS,
    )


def strip_marks(tree: Tree, tokens: list[int]) -> list[int]:
    """The tokens without punctuation and white space at either edge."""
    start, end = 0, len(tokens)
    while start < end and _is_edge(tree, tokens[start]):
        start += 1
    while end > start and _is_edge(tree, tokens[end - 1]):
        end -= 1
    return tokens[start:end]


def _is_edge(tree: Tree, t: int) -> bool:
    return tree.words[t] in EDGE_MARKS or tree.words[t].isspace()


def char_parts(tree: Tree, tokens: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring tokens as spans of characters; runs of mere punctuation are left out."""
    parts = []
    run: list[int] = []
    for t in [*tokens, -1]:
        if run and t != run[-1] + 1:
            run = strip_marks(tree, run)
            if any(tree.words[k][0].isalnum() for k in run):
                parts.append((tree.idx[run[0]], tree.end[run[-1]]))
            run = []
        run.append(t)
    return join_close(tree.text, parts)


def join_close(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts between which only marks and white space stand become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and not any(char.isalnum() for char in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _kind_of(lemma: str) -> str:
    if lemma in cues.SPEECH:
        return "speech"
    return "belief" if lemma in cues.BELIEF else "evidence" if lemma in cues.EVIDENCE else "speech"
