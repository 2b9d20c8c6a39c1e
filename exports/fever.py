"""FEVER's claims (Thorne et al. 2018), with the quoted sources as a corpus of wiki-pages' shape.

A source is a page, each quote from it a line. `evidence` is the list of complete alternative sets
that reviewers made. A "supports" or "refutes" without a quote cannot be scored: it is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from exports.base import EvidenceRecord, LeftOut, Loss, Options, Record, exporter, flattened
from exports.jsonl import json_line
from exports.verdicts import Verdict, in_words_of
from exports.zipped import archive, member

NOT_ENOUGH = "NOT ENOUGH INFO"
_OPPOSED = {"SUPPORTS": "refutes", "REFUTES": "supports"}
_ESCAPES = str.maketrans(
    {" ": "_", "(": "-LRB-", ")": "-RRB-", "[": "-LSB-", "]": "-RSB-", ":": "-COLON-", "/": "-SLH-"}
)
_BREAKS = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")


@exporter(
    "fever",
    title="FEVER",
    suffix=".zip",
    group="dataset",
    description="Claims with alternative sets of evidence, and the quoted sources as its corpus",
)
def write_fever(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """`claims.jsonl` and `wiki-pages.jsonl`; conflicting and graded verdicts are left out."""
    left_out: list[LeftOut] = []
    changed: list[Loss] = []
    corpus = Corpus()
    with archive(out) as zipped:
        with member(zipped, "claims.jsonl") as file:
            for verdict, label in in_words_of("fever", records, options, left_out):
                sets = list(_sets(verdict, label, corpus))
                if label != NOT_ENOUGH and not sets:
                    reason = f"FEVER needs a quoted source for {label}, and it has none"
                    left_out.append(LeftOut(verdict.record.claim.id, reason))
                    continue
                file.write(json_line(_claim(verdict, label, sets)))
                if any(one.url and not one.quote for one in verdict.evidence):
                    reason = "a source without a quote is no evidence in FEVER"
                    changed.append(flattened(verdict.record, reason))
        with member(zipped, "wiki-pages.jsonl") as file:
            for page in corpus.pages():
                file.write(json_line(page))
    return [*left_out, *changed]


Reference = tuple[int, str, int]


class Corpus:
    """The sources as pages, and the quotes as their lines, numbered as they were met."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self._n = 0

    def refer(self, one: EvidenceRecord) -> Reference:
        """(evidence id, page, line) of the quote."""
        page = self._page(one)
        lines, quote = self._lines[page], _BREAKS.sub(" ", one.quote).strip()
        if quote not in lines:
            lines.append(quote)
        self._n += 1
        return self._n, page, lines.index(quote)

    def pages(self) -> Iterator[dict[str, str]]:
        """Every page as FEVER's wiki-pages files have it."""
        for name, lines in self._lines.items():
            numbered = "\n".join(f"{number}\t{line}" for number, line in enumerate(lines))
            yield {"id": name, "text": " ".join(lines), "lines": numbered}

    def _page(self, one: EvidenceRecord) -> str:
        if one.canonical_url not in self._names:
            plain = _BREAKS.sub(" ", one.title or one.url).strip().translate(_ESCAPES)
            name, n = plain, 1
            while name in self._lines:
                n += 1
                name = f"{plain}-{n}"
            self._names[one.canonical_url] = name
            self._lines[name] = []
        return self._names[one.canonical_url]


def _sets(verdict: Verdict, label: str, corpus: Corpus) -> Iterator[list[Reference]]:
    """The complete sets with a quote: what speaks against the verdict is no evidence for it."""
    if label == NOT_ENOUGH:
        return
    for entries in verdict.sets:
        quoted = [one for one in entries if one.quote.strip() and one.stance != _OPPOSED[label]]
        if quoted:
            yield [corpus.refer(one) for one in quoted]


def _claim(verdict: Verdict, label: str, sets: Sequence[Sequence[Reference]]) -> dict[str, Any]:
    id = verdict.record.claim.id
    nothing: list[list[list[Any]]] = [[[id * 1_000, None, None, None]]]
    evidence = [
        [[id * 1_000 + number, *reference] for reference in references]
        for number, references in enumerate(sets)
    ]
    verifiable = "NOT VERIFIABLE" if label == NOT_ENOUGH else "VERIFIABLE"
    return {
        "id": id,
        "verifiable": verifiable,
        "label": label,
        "claim": verdict.record.claim.text,
        "evidence": evidence or nothing,
    }
