"""CoNLL-2003's four columns: an article a document, claims as B-CLAIM and I-CLAIM.

A token has one tag, so a claim that overlaps an earlier one cannot be written. The second and third
column, part of speech and chunk, are not known and are "-X-" and "_", as other tools write them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from exports.base import LeftOut, Options, Record, exporter
from exports.tokens import pieces

_TOKEN = re.compile(r"\w+|[^\w\s]")
_END_OF_SENTENCE = re.compile(r"[.!?…。！？]")


@exporter(
    "conll",
    title="CoNLL-2003",
    suffix=".conll",
    group="tool",
    description="One token a line, claims as B-CLAIM and I-CLAIM, for sequence taggers",
)
def write_conll(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[LeftOut]:
    """One document an article; claims that overlap an earlier one are left out."""
    left_out: list[LeftOut] = []
    for _, group in groupby(records, key=lambda record: record.article.id):
        claims = list(group)
        kept = list(_apart(claims, left_out))
        out.write(b"-DOCSTART- -X- O O\n\n")
        for line in _lines(claims[0].article.text, kept):
            out.write(line.encode() + b"\n")
        out.write(b"\n")
    return left_out


def _apart(claims: Sequence[Record], left_out: list[LeftOut]) -> Iterator[tuple[int, int]]:
    end = 0
    for one in sorted(claims, key=lambda one: (one.claim.start, -one.claim.end, one.claim.id)):
        start = one.claim.start
        if not _TOKEN.search(one.claim.quote):
            left_out.append(LeftOut(one.claim.id, "its quote holds no word"))
        elif start < end:
            reason = "it overlaps an earlier claim, and a token has one tag"
            left_out.append(LeftOut(one.claim.id, reason))
        else:
            end = one.claim.end
            yield start, end


def _lines(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The rows of the article's tokens, with an empty line behind each sentence."""
    waiting = list(spans)
    inside = False
    previous = 0
    for start, end in pieces(_TOKEN, text, spans):
        if previous and "\n" in text[previous:start] and not inside:
            yield ""
        while waiting and waiting[0][1] <= start:
            waiting.pop(0)
            inside = False
        covered = bool(waiting) and waiting[0][0] <= start
        tag = "O" if not covered else "I-CLAIM" if inside else "B-CLAIM"
        inside = covered
        yield f"{text[start:end]} -X- _ {tag}"
        if not covered and _END_OF_SENTENCE.fullmatch(text[start:end]):
            yield ""
        previous = end
