"""Frames around what is said: `…, X said.`, `According to X, …`, `X: …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import (
    EDGE_MARKS,
    QUOTE_MARKS,
    Relation,
    clause_above,
    cue_of,
    kind_of_cue,
    mark_of,
    relation_of,
    source_of,
    strip_marks,
    without_lives,
)
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree


def label(tree: Tree, passage: Passage) -> Relation | None:
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
    return relation_of(tree, "speech", colon, source, content, main)


SIGNATURE = re.compile(r"\s[—–-]{1,2}\s?(?P<name>[^—–\n]{2,50}?\(@\w+\))")


def signed(article: Article) -> list[Relation]:
    """`Sad day. — Jane Doe (@jane) May 1, 2016`: a message that somebody posted."""
    tree = article.tree
    found = []
    for block in article.blocks:
        match = SIGNATURE.search(article.text, block.start, block.end)
        if match is None:
            continue
        dash = article.token_at(match.start() + 1)
        source = range(dash + 1, article.token_at(match.end("name")))
        content = range(article.token_at(block.start), dash)
        relation = relation_of(tree, "speech", dash, list(source), list(content), None)
        if relation is not None:
            found.append(relation)
    return found


def fenced(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
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
    content = _framed(tree, range(passage.first, first), range(last + 1, passage.last))
    if not any(tree.is_verb(t) for t in content):
        return None
    main = next(
        (t for t in content if tree.head[t] == verb and tree.dep[t] in ("ccomp", "parataxis")), None
    )
    if main is None and tree.head[verb] in content:
        main = tree.head[verb]
    return relation_of(tree, kind_of_cue(lemma), verb, source, content, main)


def _framed(tree: Tree, before: range, after: range) -> list[int]:
    """What is said of all that stands before and after the frame; the rest is the writer's."""
    quoted_before = any(tree.words[t] in QUOTE_MARKS for t in before)
    quoted_after = any(tree.words[t] in QUOTE_MARKS for t in after[:2])
    if quoted_after and not quoted_before:
        inside = next((t for t in after if tree.words[t][0].isalnum()), after[0])
        return [*before, *after] if tree.words[inside][0].islower() else list(after)
    if quoted_after or not _is_writers_tail(tree, before, after):
        return [*_last_clause(tree, before), *after]
    return list(_last_clause(tree, before))


def _is_writers_tail(tree: Tree, before: range, after: range) -> bool:
    """`…, X said, adding …`, `…, said Y, who …`, `…, X said, but Z …`."""
    start = next((t for t in after if tree.words[t] not in EDGE_MARKS), -1)
    if start < 0 or not any(tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return False
    return tree.tag[start] in ("VBG", "WP", "WP$", "WDT", "CC") or tree.lower[start] in WRITERS


WRITERS = words("before after when as with not while although though")


def _last_clause(tree: Tree, before: range) -> range:
    """The clause next to the frame: what stands before a semicolon is said by the writer."""
    if any(tree.words[t] in QUOTE_MARKS for t in before):
        return before
    return next(
        (range(t + 1, before.stop) for t in reversed(before) if tree.words[t] in (";", ":")), before
    )


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


def parenthetical(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`…, he said, …` and `…, X said`: the parser hangs the cue below what is said."""
    if lemma not in cues.REPORTING or tree.first(verb, "dobj", "xcomp") is not None:
        return None
    dep = tree.dep[verb]
    head = tree.head[verb]
    if dep == "parataxis" or (dep in ("ccomp", "advcl", "conj", "dep") and _set_off(tree, verb)):
        if tree.subject(verb) is None or mark_of(tree, verb) not in ("", "as"):
            return None
        below = set(tree.subtree(verb))
        content = [t for t in tree.subtree(head) if t not in below]
        first = min(below)
        if content[0] < first and all(
            tree.pos[t] in ("CCONJ", "ADV", "SCONJ", "PUNCT") for t in content if t < first
        ):
            content = [t for t in content if t > first]  # `But as X noted, …`
        return relation_of(tree, kind_of_cue(lemma), verb, source_of(tree, verb), content, head)
    return None


def _set_off(tree: Tree, verb: int) -> bool:
    """Whether the clause of `verb` is short and fenced by commas or the end of the sentence."""
    tokens = tree.subtree(verb)
    first, last = tokens[0], tokens[-1]
    if mark_of(tree, verb) == "as":
        return True
    before = tree.words[first - 1] if first else ""
    after = tree.words[last + 1] if last + 1 < tree.n else "."
    return (
        before[-1:] in ',"”—'
        and after[:1] in ".,—;"
        and tree.dep[verb] == "ccomp"
        and len(tokens) < 25
    )


def rest(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
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
    return relation_of(tree, kind_of_cue(lemma), verb, source_of(tree, verb), after, None)


_ALWAYS_CLAUSE = words(
    """
    say claim hope add insist argue think believe note contend maintain acknowledge
    """
)


def according(tree: Tree, i: int, passage: Passage) -> list[Relation]:
    """`According to X, …`: everything in the sentence, or the clause it stands in."""
    to = next((j for j in tree.children[i] if tree.lower[j] == "to"), None)
    noun = tree.first(to, "pobj") if to is not None else None
    if to is None or noun is None:
        return []
    own = set(tree.subtree(i))
    head = clause_above(tree, i)
    if head == i or head in own:  # stands alone: the parser was given the rest as its own sentence
        content = [t for t in range(passage.first, passage.last) if t not in own]
        head = next((t for t in content if tree.dep[t] == "ROOT"), -1)
        if head < 0:
            return []
    else:
        content = [t for t in tree.subtree(head) if t not in own]
    content = _without_concession(tree, head, i, _without_opening(tree, content))
    passed_on = _passed_on(tree, noun)
    relation = relation_of(
        tree,
        "speech",
        i,
        passed_on or without_lives(tree, noun, tree.subtree(noun)),
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


def _without_opening(tree: Tree, content: list[int]) -> list[int]:
    """`TALLAHASSEE — Prices fell`, `But prices fell`: the place and the link are the writer's."""
    dash = next((k for k, t in enumerate(content[:8]) if tree.words[t] in ("—", "–", "--")), 0)
    if dash and all(tree.pos[t] in ("PROPN", "PUNCT", "NUM") for t in content[:dash]):
        return content[dash + 1 :]
    return content[1:] if tree.tag[content[0]] == "CC" else content


def _without_concession(tree: Tree, head: int, cue: int, content: list[int]) -> list[int]:
    """`Although …, prices fell, according to X`: the concession before it is the writer's."""
    for j in tree.all(head, "advcl"):
        if j < head < cue and mark_of(tree, j) in ("although", "though", "while", "as"):
            clause = set(tree.subtree(j))
            return strip_marks(tree, [t for t in content if t not in clause and t > min(clause)])
    return content


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
