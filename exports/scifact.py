"""SciFact's two files (Wadden et al. 2020): claims with their evidence, and the corpus it is in.

A source is a document, the quotes that reviewers took from it are its sentences.
"""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from exports.base import LeftOut, Loss, Options, Record, exporter, flattened
from exports.jsonl import json_line
from exports.verdicts import Verdict, in_words_of
from exports.zipped import archive, member


@exporter(
    "scifact",
    title="SciFact",
    suffix=".zip",
    group="dataset",
    description="Claims with rationale sentences, and the corpus of quoted sources",
)
def write_scifact(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """`claims.jsonl` and `corpus.jsonl`; conflicting and graded verdicts are left out."""
    left_out: list[LeftOut] = []
    changed: list[Loss] = []
    corpus = Corpus()
    with archive(out) as zipped:
        with member(zipped, "claims.jsonl") as file:
            for verdict, label in in_words_of("scifact", records, options, left_out):
                file.write(json_line(_claim(verdict, label, corpus)))
                if any(one.url and not one.quote for one in verdict.evidence):
                    reason = "a source without a quote is no rationale; it is cited alone"
                    changed.append(flattened(verdict.record, reason))
        with member(zipped, "corpus.jsonl") as file:
            for document in corpus.documents():
                file.write(json_line(document))
    return [*left_out, *changed]


class Corpus:
    """The sources in the order in which they were met, and the quotes taken from each."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._titles: list[str] = []
        self._sentences: list[list[str]] = []

    def document(self, url: str, title: str) -> int:
        """The number of the source with this URL."""
        if url not in self._numbers:
            self._numbers[url] = len(self._numbers)
            self._titles.append(title or url)
            self._sentences.append([])
        return self._numbers[url]

    def sentence(self, document: int, quote: str) -> int:
        """The number of the quote among those of its document."""
        sentences = self._sentences[document]
        if quote not in sentences:
            sentences.append(quote)
        return sentences.index(quote)

    def documents(self) -> list[dict[str, Any]]:
        """Every source as SciFact's corpus has it."""
        return [
            {
                "doc_id": number,
                "title": self._titles[number],
                "abstract": self._sentences[number],
                "structured": False,
                "url": url,
            }
            for url, number in self._numbers.items()
        ]


def _claim(verdict: Verdict, label: str, corpus: Corpus) -> dict[str, Any]:
    evidence: dict[str, list[dict[str, Any]]] = {}
    cited: list[int] = []
    for one in verdict.evidence:
        if not one.url:
            continue
        document = corpus.document(one.url, one.title)
        cited.append(document)
        if one.quote and label:
            sentence = corpus.sentence(document, one.quote)
            entry = {"sentences": [sentence], "label": label}
            evidence.setdefault(str(document), []).append(entry)
    return {
        "id": verdict.record.claim.id,
        "claim": verdict.record.claim.text,
        "evidence": evidence,
        "cited_doc_ids": list(dict.fromkeys(cited)),
    }
