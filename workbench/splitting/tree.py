"""A parsed `Doc` as plain Python lists.

Rules ask the same few things of every word thousands of times; list look-ups cost a tenth of
`Token` attributes, and integers sort the same way in every process.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CLAUSAL = frozenset(
    {"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "xcomp", "acl", "pcomp"}
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Tree:
    """Row i of every list is token i of `doc`; `head[i] == i` for the head of a sentence.

    `idx` and `end` are code points in the text, `space[i]` the white space after the token,
    `children[i]` the direct dependents in order. Whitespace tokens are kept but have no children
    that matter. Labels are ClearNLP's, as English pipelines give them.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        rows = doc.to_array(
            [
                "HEAD",
                "DEP",
                "TAG",
                "POS",
                "LEMMA",
                "LOWER",
                "ENT_TYPE",
                "ORTH",
                "ENT_IOB",
                "IDX",
                "LENGTH",
                "SPACY",
            ]
        )
        names: dict[int, str] = {0: ""}
        n = len(doc)

        def column(k: int) -> list[str]:
            values = rows[:, k].tolist()
            for value in set(values).difference(names):
                names[value] = strings[value]
            return [names[value] for value in values]

        self.n = n
        self.words = column(7)
        self.idx: list[int] = rows[:, 9].tolist()
        self.end: list[int] = [
            start + length for start, length in zip(self.idx, rows[:, 10].tolist(), strict=True)
        ]
        self.space = [" " if spaced else "" for spaced in rows[:, 11].tolist()]
        self.text = "".join(map(operator.add, self.words, self.space))
        self.head = [i + h for i, h in enumerate(rows[:, 0].astype("int64").tolist())]
        self.dep, self.tag, self.pos, self.lemma, self.lower = (column(k) for k in range(1, 6))
        self.ent = column(6)
        self.ent_iob: list[int] = rows[:, 8].tolist()
        self.children: list[list[int]] = [[] for _ in range(n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)

        self._subtrees: dict[int, list[int]] = {}

    def attach(self, i: int, head: int, dep: str) -> None:
        """Hang token i, with all below it, under another head."""
        self._subtrees.clear()
        old = self.head[i]
        if old != i:
            self.children[old].remove(i)
        self.head[i], self.dep[i] = head, dep
        if head != i:
            self.children[head].append(i)
            self.children[head].sort()

    def subtree(self, i: int) -> list[int]:
        """Token i and everything below it, in order of the text; not to be changed."""
        known = self._subtrees.get(i)
        if known is not None:
            return known
        found = [i]
        for j in found:
            found.extend(self.children[j])
        found.sort()
        self._subtrees[i] = found
        return found

    def first(self, i: int, *deps: str) -> int | None:
        """The first child of i with one of these labels."""
        for j in self.children[i]:
            if self.dep[j] in deps:
                return j
        return None

    def all(self, i: int, *deps: str) -> list[int]:
        return [j for j in self.children[i] if self.dep[j] in deps]

    def subject(self, i: int) -> int | None:
        for j in self.children[i]:
            if self.dep[j] in SUBJECTS and self.dep[j] != "expl":
                return j
        for j in self.children[i]:
            if self.dep[j] == "expl":
                return j
        return None

    def is_verb(self, i: int) -> bool:
        return self.pos[i] in ("VERB", "AUX")

    def is_finite(self, i: int) -> bool:
        """Whether the clause headed by i is tensed: the verb itself or an auxiliary of it."""
        if self.tag[i] in FINITE:
            return True
        return any(
            self.dep[j] in ("aux", "auxpass") and self.tag[j] in FINITE for j in self.children[i]
        )

    def negated(self, i: int) -> bool:
        return any(
            self.dep[j] == "neg" or self.lower[j] in ("never", "no", "nobody", "hardly")
            for j in self.children[i]
            if self.dep[j] in ("neg", "advmod", "det")
        )

    def ancestors(self, i: int) -> list[int]:
        out = []
        while self.head[i] != i:
            i = self.head[i]
            out.append(i)
        return out

    def span_text(self, start: int, end: int) -> str:
        """The text from token `start` up to, not including, token `end`."""
        return self.text[self.idx[start] : self.end[end - 1]]
