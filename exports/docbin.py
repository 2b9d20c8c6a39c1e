"""spaCy's DocBin: one Doc an article, its claims as the span group "claims".

Tokens are cut so that every claim is exactly its tokens, and the text is kept byte for byte. A
span's label is the key of the final verdict, or "claim" while it has none, its `id_` the claim's
number; `doc.user_data` holds the article's and the claims' fields as plain values.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from exports.base import Loss, Options, Record, exporter, flattened
from exports.tokens import pieces

NO_VERDICT = "claim"
_PIECE = re.compile(r"\w+|[^\w\s]|\s+")


@exporter(
    "docbin",
    title="DocBin",
    suffix=".spacy",
    group="tool",
    description="spaCy documents with the claims as spans, for training",
    heavy=True,
)
def write_docbin(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """One Doc an article; reviews are flattened to the final verdict."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    losses: list[Loss] = []
    vocab = Vocab()
    bin = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for _, group in groupby(records, key=lambda record: record.article.id):
        claims = list(group)
        bin.add(_doc(vocab, claims))
        losses += [flattened(one, _FLAT) for one in claims if one.reviews]
    out.write(bin.to_bytes())
    return losses


_FLAT = "reviewers, evidence and times are not kept, only the final verdict"


def _doc(vocab: Any, claims: Sequence[Record]) -> Any:
    from spacy.tokens import Doc, Span

    article = claims[0].article
    tokens = _tokens(article.text, [(one.claim.start, one.claim.end) for one in claims])
    words = [article.text[start:end] for start, end, _ in tokens]
    doc = Doc(vocab, words=words, spaces=[space for *_, space in tokens])
    doc.user_data = {
        "article_id": article.id,
        "title": article.title,
        "url": article.url,
        "claims": {one.claim.id: one.claim.text for one in claims},
    }
    first = {start: i for i, (start, _, _) in enumerate(tokens)}
    last = {end: i + 1 for i, (_, end, _) in enumerate(tokens)}
    doc.spans["claims"] = [
        Span(
            doc,
            first[one.claim.start],
            last[one.claim.end],
            label=one.resolution.label if one.resolution else NO_VERDICT,
            span_id=str(one.claim.id),
        )
        for one in claims
    ]
    return doc


def _tokens(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """(start, end, whether a space follows) of each token; a space at a claim's edge is a token."""
    begins, ends = {start for start, _ in spans}, {end for _, end in spans}
    tokens: list[tuple[int, int, bool]] = []
    for start, end in pieces(_PIECE, text, spans):
        lone_space = text[start:end] == " " and start not in begins and end not in ends
        if lone_space and tokens and not tokens[-1][2]:
            tokens[-1] = (*tokens[-1][:2], True)
        else:
            tokens.append((start, end, False))
    return tokens
