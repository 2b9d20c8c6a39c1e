"""Verbs that attribute: `X said that …`, `X plans to …`, `X supports …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting import cues, passives
from workbench.splitting.extents import (
    QUOTE_MARKS,
    Relation,
    cue_of,
    kind_of_cue,
    mark_of,
    relation_of,
    source_of,
)
from workbench.splitting.framing import fenced, parenthetical, rest
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Passage
    from workbench.splitting.tree import Tree


def verbal(tree: Tree, verb: int, passage: Passage) -> list[Relation]:
    lemma = tree.lemma[verb]
    found = []
    for rule in (
        fenced,
        _seeming,
        _clausal,
        parenthetical,
        _infinitive,
        _gerund,
        _observed,
        _objective,
        _oblique,
        rest,
        passives.participial,
        passives.affected,
        passives.relative,
    ):
        relation = rule(tree, verb, lemma, passage)
        if relation is not None:
            found.append(relation)
            break
    return found


def _clausal(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X said that …`: the content is a clause below the cue."""
    clauses = [
        j
        for j in tree.children[verb]
        if tree.dep[j] == "ccomp" or (tree.dep[j] == "advcl" and _is_wh_content(tree, j, verb))
    ]
    if not clauses:
        return None
    marked = any(
        mark_of(tree, c) in ("that", "whether")
        or (lemma in cues.JUDGING and tree.tag[tree.subtree(c)[0]] in ("WRB", "WP"))
        for c in clauses
    )
    if lemma not in cues.REPORTING and not (
        marked and lemma not in ("be", "make", "let", "have", "do", "so")
    ):
        return None
    if tree.tag[verb] == "VBN" and tree.first(verb, "auxpass") is not None:
        return _passive(tree, verb, clauses)
    source = source_of(tree, verb)
    if clauses[-1] > verb > clauses[0] and tree.subject(clauses[-1]) is not None:
        clauses = [c for c in clauses if c > verb]
    tokens = [t for c in clauses for t in _said_proper(tree, c, verb)]
    if len(clauses) == 1 and clauses[0] > verb:
        tokens = _lost_beginning(tree, verb, lemma, clauses[0], tokens[0]) + tokens
        tokens += _lost_end(tree, verb, tokens[-1], passage)
    used = set(source) | set(cue_of(tree, verb))
    return relation_of(
        tree, kind_of_cue(lemma), verb, source, [t for t in tokens if t not in used], clauses[0]
    )


def _seeming(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X seems to …`: somebody's impression, nobody is named."""
    if lemma not in cues.SEEMING:
        return None
    below = next((j for j in tree.children[verb] if j > verb and _is_impression(tree, j)), None)
    if below is None:
        return None
    subject = tree.subject(verb)
    content = tree.subtree(below)
    if subject is not None and tree.lower[subject] != "it":
        content = sorted(tree.subtree(subject) + content)
    relation = relation_of(tree, "belief", verb, [], content, None)
    if relation is not None:
        relation.hedged = True
    return relation


def _is_impression(tree: Tree, below: int) -> bool:
    if tree.dep[below] == "advcl":
        return mark_of(tree, below) in ("like", "as")
    return tree.dep[below] in ("xcomp", "oprd", "acomp", "ccomp", "attr")


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
    for j in tokens:
        if tree.tag[j] == "VBG" and tree.dep[j] in ("pcomp", "advcl") and tree.lemma[j] in ADDING:
            stop = tree.subtree(tree.head[j] if tree.dep[j] == "pcomp" else j)[0]
            if stop > clause and tree.subtree(j)[-1] == tokens[-1]:
                return [t for t in tokens if t < stop]
    for j in tree.children[clause]:
        if j > clause and tree.dep[j] == "advcl":
            below = tree.subtree(j)
            if tree.words[below[0] - 1] == "," and _is_writers(tree, j):
                tokens = [t for t in tokens if t < below[0] - 1]
    return tokens


def _lost_beginning(tree: Tree, verb: int, lemma: str, clause: int, first: int) -> list[int]:
    """`said the days when … are gone`: a verb that takes a clause alone has no object beside it,
    so what the parser takes for one begins the clause."""
    if lemma not in CLAUSE_ALONE or mark_of(tree, clause):
        return []
    for j in tree.children[verb]:
        if verb < j < first and tree.dep[j] in ("dobj", "nsubj", "attr", "oprd"):
            return list(range(tree.subtree(j)[0], first))
    return []


def _lost_end(tree: Tree, verb: int, last: int, passage: Passage) -> list[int]:
    """`said that …, and that …`, `said …, because …`: what the parser hangs under the cue."""
    found: list[int] = []
    for j in tree.children[verb]:
        if j <= last or tree.dep[j] not in ("advcl", "ccomp", "conj", "dep", "prep"):
            continue
        below = tree.subtree(j)
        opening = tree.lower[below[0]]
        between = [tree.lower[t] for t in range(last + 1, below[0]) if tree.words[t] != ","]
        if opening == "that" and between in ([], ["and"], ["but"], ["or"]):
            found.extend(range(last + 1, below[-1] + 1))
        elif between and all(mark in QUOTE_MARKS for mark in between) and tree.dep[j] != "conj":
            found.extend(range(last + 1, below[-1] + 1))  # the comma is the quotation's
        elif opening in ("because", "if", "unless", "until", "so") and not between:
            found.extend(range(last + 1, below[-1] + 1))
        else:
            break
        last = found[-1]
    return found


CLAUSE_ALONE = words(
    """
    say claim hope argue think contend maintain insist believe conclude assert allege suggest feel
    """
)


ADDING = words("add say claim note tell argue warn insist stress explain call describe")


def _is_writers(tree: Tree, clause: int) -> bool:
    mark = mark_of(tree, clause)
    return mark in ("while", "although", "though", "whereas") or (
        mark == "" and tree.tag[clause] == "VBG"
    )


def _passive(tree: Tree, verb: int, clauses: list[int]) -> Relation | None:
    """`It was reported by X that …`; `X was told that …` has no source."""
    agent = tree.first(verb, "agent")
    source = []
    if agent is not None and (noun := tree.first(agent, "pobj")) is not None:
        source = tree.subtree(noun)
    tokens = [t for c in clauses for t in tree.subtree(c)]
    return relation_of(tree, kind_of_cue(tree.lemma[verb]), verb, source, tokens, clauses[0])


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
    else:
        content = _without_time(tree, clause)
    return relation_of(tree, "intention", verb, source_of(tree, verb), content, None)


def _without_time(tree: Tree, clause: int) -> list[int]:
    """An infinitive without the clause that says when: `to speak to reporters as she left`."""
    tokens = tree.subtree(clause)
    for j in tree.children[clause]:
        if j > clause and tree.dep[j] == "advcl" and tree.subtree(j)[-1] == tokens[-1]:
            first = tree.subtree(j)[0]
            if tree.lower[first] in ("as", "when", "while", "before", "after", "since", "even"):
                return [t for t in tokens if t < first]
    return tokens


def _directive_clause(tree: Tree, verb: int, lemma: str) -> Relation | None:
    """`X wants Y to …`, where the parser makes `Y to …` a clause."""
    clause = tree.first(verb, "ccomp")
    if clause is None or lemma not in cues.URGING:
        return None
    return relation_of(tree, "intention", verb, source_of(tree, verb), tree.subtree(clause), None)


def _expected(tree: Tree, verb: int, clause: int, lemma: str) -> Relation | None:
    """`X is expected to …`: somebody expects, nobody is named."""
    if lemma not in cues.REPORTING:
        return None
    subject = tree.subject(verb)
    content = tree.subtree(clause) + (tree.subtree(subject) if subject is not None else [])
    return relation_of(tree, "belief", verb, [], sorted(content), None)


def _objective(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X supports Y`, `X called Y a fool`: what is attributed is a stance."""
    subject = source_of(tree, verb)
    thing = tree.first(verb, "dobj")
    if tree.first(verb, "auxpass") is not None:
        agent = tree.first(verb, "agent")
        if agent is None and lemma in cues.CALLING:
            return _widely_called(tree, verb)
        if agent is None and lemma in cues.STANCE:
            return _widely_judged(tree, verb)
        if agent is None or lemma not in cues.STANCE or (noun := tree.first(agent, "pobj")) is None:
            return None
        subject_token = tree.subject(verb)
        if subject_token is None:
            return None
        return relation_of(
            tree, "stance", verb, tree.subtree(noun), tree.subtree(subject_token), None
        )
    predicate = tree.first(verb, "oprd") if lemma in cues.CALLING else None
    if not subject or lemma not in cues.JUDGING or (thing is None and predicate is None):
        return None
    if tree.lower[subject[0]] in ("i", "you", "we"):
        return None
    if thing is not None and (told := _told_by(tree, thing)):
        relation = relation_of(tree, kind_of_cue(lemma), verb, subject, told, None)
        if relation is not None:
            relation.cue = sorted({*relation.cue, *range(verb + 1, told[0])})
        return relation
    content = [t for part in (thing, predicate) if part is not None for t in tree.subtree(part)]
    pronoun = thing is not None and tree.pos[thing] == "PRON"
    content += _rest_of_stance(tree, verb, OF_PRONOUNS if pronoun else STANCE_PREPOSITIONS)
    return relation_of(tree, "stance", verb, subject, sorted(content), None)


def _told_by(tree: Tree, noun: int) -> list[int]:
    """`announced a plan to …`, `rejected the idea that …`: the clause below such a noun."""
    if tree.lemma[noun] not in cues.NOUN_CUES or tree.first(noun, "poss") is not None:
        return []
    for j in tree.all(noun, "acl", "ccomp", "relcl"):
        infinitive = any(tree.tag[k] == "TO" for k in tree.children[j])
        if j > noun and (infinitive or mark_of(tree, j) == "that"):
            return tree.subtree(j)
    return []


def _widely_judged(tree: Tree, verb: int) -> Relation | None:
    """`X has been criticized for …`: by nobody in particular."""
    subject = tree.subject(verb)
    if subject is None or tree.dep[verb] in ("acl", "relcl"):
        return None
    content = sorted(tree.subtree(subject) + _rest_of_stance(tree, verb))
    return relation_of(tree, "stance", verb, [], content, None)


def _widely_called(tree: Tree, verb: int) -> Relation | None:
    """`X is considered Y`, `X is seen as Y`: by nobody in particular."""
    subject = tree.subject(verb)
    below = tree.first(verb, "oprd") or next(
        (j for j in tree.all(verb, "prep") if tree.lower[j] == "as"), None
    )
    if subject is None or below is None:
        return None
    named = [t for t in tree.subtree(below) if t != below or tree.dep[t] != "prep"]
    relation = relation_of(tree, "stance", verb, [], sorted(tree.subtree(subject) + named), None)
    if relation is not None and tree.dep[below] == "prep":
        relation.cue = sorted({*relation.cue, below})
    return relation


STANCE_PREPOSITIONS = words(
    """
    as of for about over because against from with after in on into toward towards at than like
    within between under
    """
)
OF_PRONOUNS = words("as of for about over because against from into toward towards like")


def _rest_of_stance(
    tree: Tree, verb: int, prepositions: frozenset[str] = STANCE_PREPOSITIONS
) -> list[int]:
    """`blamed the media for …`, `cited X as proof`: the phrases that complete the stance."""
    found: list[int] = []
    for j in tree.all(verb, "prep", "advcl", "oprd", "acomp", "xcomp"):
        below = tree.subtree(j)
        if tree.dep[j] == "advcl" and mark_of(tree, j) not in ("", "for", "as", "because"):
            continue
        if tree.dep[j] == "advcl" and tree.lower[below[0]] in ("when", "where", "while"):
            continue
        dated = any(tree.ent[t] in ("DATE", "TIME") for t in below[1:2])
        if (
            j > verb
            and (tree.dep[j] != "prep" or tree.lower[j] in prepositions)
            and not dated
            and tree.words[j - 1] != ","
        ):
            found.extend(below)
    return found


def _gerund(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`X proposed enforcing …`, `X considered switching …`."""
    clause = tree.first(verb, "xcomp", "pcomp")
    if clause is None or tree.tag[clause] != "VBG" or clause < verb:
        return None
    if lemma not in cues.CONSIDERING:
        return None
    return relation_of(tree, "intention", verb, source_of(tree, verb), tree.subtree(clause), None)


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
    return relation_of(tree, "evidence", verb, source, sorted(right), None)


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
            relation = relation_of(tree, "stance", verb, source, below, None)
            if relation is not None:
                relation.cue = sorted({*relation.cue, j})
            return relation
    return None
