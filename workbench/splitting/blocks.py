"""Blocks of an article: its title, headings, and the paragraphs and items of its body.

A blank line always ends a block. A single line break ends one too, unless the text is wrapped
at a fixed width, so that the next line carries the same sentence on.
"""

import dataclasses
import re
import statistics

TERMINAL = ".!?…。！？؟।"
CLOSERS = "\"'”’»)]」』"
ITEM = re.compile(r"(?:[-*•‣◦·–—]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+")
BYLINE = re.compile(
    r"(?:By|From|Written by|Reporting by|Editing by|Photo(?:graph)? by|Image)\b[^.!?]{0,80}$"
    r"|(?:Updated|Published|Posted|Last modified)\b[^.!?]{0,60}$"
    r"|\(?(?:Reuters|AP|AFP|UPI|Photo|Image|File photo)\b[^.!?]{0,60}\)?$",
)
DATELINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+[A-Z][a-zä]{2,8}\.?),?\s+(?:19|20)\d\d[\s,|·•-]*"
    r"(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\s*[A-Z]{0,4})?$"
)
CREDIT = re.compile(r"[-–—]\s?[A-Z“\"][^.!?]{1,100}$")  # below a quotation set apart: `—Jane Roe`
BOILERPLATE = re.compile(
    r"(?:read more|read also|see also|click here|subscribe|sign up|follow us|share this|"
    r"all rights reserved|copyright|©|advertisement|related (?:news|articles?|stories)|"
    r"more on this|you may also like|source:|sources:|tags:|abstract\.|full text\.)",
    re.IGNORECASE,
)
SITE_SUFFIX = re.compile(
    r"\s+[|•»]\s+\S[^|]{0,60}$|\s+[-–—]\s+[A-Z][\w.]*\.(?:com|org|net|co)\b.*$"
)
TITLE_MOST_CHARS = 220
HEADING_MOST_WORDS = 18


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` is one block; `kind` is title, heading, body, item or furniture.

    Furniture are bylines, datelines standing alone and boilerplate: no claims come from there.
    """

    start: int
    end: int
    kind: str

    @property
    def public_kind(self) -> str:
        """The block as the outside knows it: title, heading or body."""
        return {"item": "body", "furniture": "heading"}.get(self.kind, self.kind)


def find_blocks(text: str) -> list[Block]:
    """The blocks of `text` in order, trimmed of white space.

    >>> text = "Prices rise | News\\n\\nPrices rose by 3% in May.\\nWages fell."
    >>> [(text[b.start:b.end], b.kind) for b in find_blocks(text)]
    [('Prices rise', 'title'), ('Prices rose by 3% in May.', 'body'), ('Wages fell.', 'body')]
    """
    spans = [span for paragraph in _paragraphs(text) for span in _lines(text, *paragraph)]
    kinds = [_kind(text[start:end], i, len(spans)) for i, (start, end) in enumerate(spans)]
    kinds = _title_after_dateline(kinds)
    kinds = _credits(text, spans, kinds)
    kinds = _demote_lonely_headings(text, spans, kinds)
    blocks = []
    for (start, end), kind in zip(spans, kinds, strict=True):
        if kind == "title" and (suffix := SITE_SUFFIX.search(text, start, end)):
            end = suffix.start()
        blocks.append(Block(start, end, kind))
    return blocks


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans between blank lines; other Unicode line separators count as breaks."""
    spans = []
    start = 0
    for gap in re.finditer(r"(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])(?:[^\S\n]*\n)+|\Z", text):
        spans.append(_trim(text, start, gap.start()))
        start = gap.end()
    return [(start, end) for start, end in spans if start < end]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The blocks within one paragraph: its lines, joined where the text is merely wrapped."""
    lines = []
    position = start
    for line in text[start:end].splitlines(keepends=True):
        span = _trim(text, position, position + len(line))
        position += len(line)
        if span[0] < span[1]:
            lines.append(span)
    if len(lines) < 2:
        return lines
    width = _wrap_width([e - s for s, e in lines[:-1]])
    joined = [lines[0]]
    for span in lines[1:]:
        if _carries_on(text, joined[-1], span, width):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _wrap_width(lengths: list[int]) -> float:
    """The width at which lines are wrapped, 0 where they are not."""
    if len(lengths) < 2 or max(lengths) > 130:
        return 0.0
    middle = statistics.median(lengths)
    regular = sum(abs(length - middle) <= 15 for length in lengths) / len(lengths)
    return middle if middle >= 40 and regular >= 0.7 else 0.0


def _carries_on(text: str, line: tuple[int, int], following: tuple[int, int], width: float) -> bool:
    last = text[line[0] : line[1]].rstrip(CLOSERS)[-1:]
    if ITEM.match(text, following[0], following[1]):
        return False
    if text[following[0]].islower():
        return last not in TERMINAL
    last_line = text.rfind("\n", line[0], line[1]) + 1 or line[0]
    return bool(width) and line[1] - last_line >= width - 20


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def _kind(line: str, index: int, n_blocks: int) -> str:
    if BYLINE.match(line) or BOILERPLATE.match(line) or DATELINE.match(line):
        return "furniture"
    if ITEM.match(line):
        return "item"
    if _ends_open(line) and n_blocks > 1:
        if index == 0 and len(line) <= TITLE_MOST_CHARS:
            return "title"
        if len(line.split()) <= HEADING_MOST_WORDS:
            return "heading"
    return "body"


def _ends_open(line: str) -> bool:
    """Whether the line ends without a mark that closes a sentence, as headlines do."""
    bare = line.rstrip(CLOSERS + " ")
    return not bare or bare[-1] not in TERMINAL + ",;:" or bool(SITE_SUFFIX.search(line))


def _title_after_dateline(kinds: list[str]) -> list[str]:
    """The first line below a date or byline that stands on top is the title, if it is a heading."""
    top = next((i for i, kind in enumerate(kinds) if kind != "furniture"), 0)
    if 0 < top < len(kinds) - 1 and kinds[top] == "heading":
        return [*kinds[:top], "title", *kinds[top + 1 :]]
    return kinds


def _credits(text: str, spans: list[tuple[int, int]], kinds: list[str]) -> list[str]:
    """A dash and a name standing alone between paragraphs credit a quotation; in a list they are
    items."""
    kept = list(kinds)
    for i, (start, end) in enumerate(spans):
        beside = {kinds[j] for j in (i - 1, i + 1) if 0 <= j < len(kinds)}
        if CREDIT.fullmatch(text, start, end) and "item" not in beside:
            kept[i] = "furniture"
    return kept


def _demote_lonely_headings(text: str, spans: list[tuple[int, int]], kinds: list[str]) -> list[str]:
    """A heading stands over something: texts that never close a sentence have no headings."""
    if any(kind == "body" for kind in kinds):
        return kinds
    return ["body" if kind in ("heading", "title") else kind for kind in kinds]
