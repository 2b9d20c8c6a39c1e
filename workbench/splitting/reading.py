"""An article as the rules see it: text, blocks, sentences, parse, quotations and entities."""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from typing import TYPE_CHECKING, Any

from workbench.splitting.blocks import Block, find_blocks
from workbench.splitting.languages import ENGLISH, is_english
from workbench.splitting.matrices import quick_products
from workbench.splitting.quotations import Quotation, find_quotations
from workbench.splitting.records import EntityMention
from workbench.splitting.repairs import repair
from workbench.splitting.segmenting import find_sentences
from workbench.splitting.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_PIECE = 60_000
SOURCE_PREFACE = re.compile(
    r"According to [^,.;:\"“]{2,80}, (?:which|who|whose|citing|quoting)\b[^,.;:\"“]{2,80},\s+(?=\w)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: `text[start:end]`, and its tokens `first` to `last` (exclusive)."""

    start: int
    end: int
    block: Block
    block_index: int
    first: int = 0
    last: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Blocks and sentences of a text, known before anything is parsed.

    With `trained`, the blocks alone are: the pipeline finds the sentences in them.
    """

    blocks: list[Block]
    passages: list[Passage]
    starts: list[int]
    trained: bool = False

    @classmethod
    def of(cls, text: str, nlp: Language | None = None) -> Layout:
        blocks = find_blocks(text)
        if nlp is not None and _finds_sentences(nlp):
            whole = [Passage(block.start, block.end, block, i) for i, block in enumerate(blocks)]
            edges = {edge for block in blocks for edge in (block.start, block.end)}
            return cls(blocks, whole, sorted(edges), trained=True)
        passages = [
            Passage(start, end, block, i)
            for i, block in enumerate(blocks)
            for start, end in find_sentences(text, block)
        ]
        starts = [passage.start for passage in passages]
        starts += [block.end for block in blocks]
        starts += [
            match.end()
            for passage in passages
            if (match := SOURCE_PREFACE.match(text, passage.start, passage.end))
        ]
        return cls(blocks, passages, sorted(starts))


def _finds_sentences(nlp: Language) -> bool:
    """English has rules that find them better; other languages take what a pipeline was taught."""
    return nlp.lang != ENGLISH and any(pipe in nlp.pipe_names for pipe in ("parser", "senter"))


class Article:
    """Everything about one parsed text; the rules read it and never change it."""

    def __init__(self, layout: Layout, doc: Doc) -> None:
        self.tree = Tree(doc)
        self.text = self.tree.text
        self.parsed = doc.has_annotation("DEP") and doc.lang_ == ENGLISH and is_english(self.text)
        self.blocks = layout.blocks
        passages = _taught(doc, layout) if layout.trained else layout.passages
        self.passages = [self._locate(passage) for passage in passages]
        self.entities = [
            EntityMention(ent.text, ent.label_, ent.start_char, ent.end_char) for ent in doc.ents
        ]
        self.quotations: list[Quotation] = find_quotations(
            self.text, [(block.start, block.end) for block in layout.blocks]
        )
        if self.parsed:
            repair(self.tree)

    def _locate(self, passage: Passage) -> Passage:
        first = bisect.bisect_left(self.tree.idx, passage.start)
        last = bisect.bisect_left(self.tree.idx, passage.end)
        return dataclasses.replace(passage, first=first, last=max(first, last))

    def token_at(self, offset: int) -> int:
        """The first token that starts at or after `offset`."""
        return bisect.bisect_left(self.tree.idx, offset)


def _taught(doc: Doc, layout: Layout) -> list[Passage]:
    """The sentences that the pipeline found, each in its block and without white space around.

    An opening mark that stands as a sentence of its own belongs to the next one.
    """
    found: list[Passage] = []
    opened: int | None = None
    block_starts = [passage.start for passage in layout.passages]
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if not any(char.isalnum() for char in sent.text):
            opened = words[0].idx if words else opened
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        block = layout.passages[max(0, bisect.bisect_right(block_starts, start) - 1)]
        if opened is not None and opened >= max(block.start, found[-1].end if found else 0):
            start = opened
        opened = None
        if block.start <= start and end <= block.end:
            found.append(dataclasses.replace(block, start=start, end=end))
    return found


def parse(nlp: Language, text: str, layout: Layout) -> Doc:
    """The parsed text; a long one is read piece by piece, so that memory stays small."""
    from spacy.tokens import Doc as SpacyDoc

    if len(text) <= LONGEST_PIECE:
        with quick_products(nlp):
            return nlp(prepare(nlp, text, layout.starts, trained=layout.trained))
    cuts = _cuts(text, layout)
    pieces = (
        prepare(
            nlp,
            text[start:end],
            [s - start for s in layout.starts if start <= s < end],
            trained=layout.trained,
        )
        for start, end in itertools.pairwise(cuts)
    )
    with quick_products(nlp):
        read = list(nlp.pipe(pieces, batch_size=1))
    return SpacyDoc.from_docs(read, ensure_whitespace=False)


def _cuts(text: str, layout: Layout) -> list[int]:
    """Where a long text is cut: at the starts of sentences."""
    cuts = [0]
    for passage in layout.passages:
        if passage.end - cuts[-1] > LONGEST_PIECE and passage.start > cuts[-1]:
            cuts.append(passage.start)
    return [*cuts, len(text)]


def prepare(nlp: Language, text: str, starts: list[int], *, trained: bool = False) -> Doc:
    """The tokens of `text` with its sentence starts fixed, so that the parser keeps to them.

    With `trained`, the pipeline may find more of them.
    """
    import numpy

    doc = nlp.make_doc(text)
    if not len(doc):
        return doc
    places: list[int] = doc.to_array("IDX").tolist()
    flags = [0 if trained else -1] * len(doc)
    for start in starts:
        first = bisect.bisect_left(places, start)
        if first < len(flags):
            flags[first] = 1
    flags[0] = 1
    signs: Any = numpy.array(flags, dtype="int64").astype("uint64")
    doc.from_array(["SENT_START"], signs)
    return doc
