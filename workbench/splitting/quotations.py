"""Direct quotations: the stretches between quotation marks, also over several paragraphs."""

import dataclasses
import re

OPENERS = {"“": "”", "„": "“”", "«": "»", "”": "”", "»": "«", "「": "」", "『": "』"}
STRAIGHT = '"'
MARK = re.compile("[" + "".join(OPENERS) + STRAIGHT + "‘'`]")


@dataclasses.dataclass(frozen=True, slots=True)
class Quotation:
    """`text[start:end]` including its marks."""

    start: int
    end: int

    def inner(self, text: str) -> str:
        return text[self.start : self.end].strip("\"“”„«»'‘’` ")


def find_quotations(text: str, blocks: list[tuple[int, int]]) -> list[Quotation]:
    """The quotations in the given blocks, in order, never overlapping.

    A quotation that is still open at the end of a block runs on when the next block opens with a
    quotation mark, as newspapers print long quotations; otherwise it ends with its block.

    >>> text = 'He said "we won" and “they lost”.'
    >>> [text[q.start:q.end] for q in find_quotations(text, [(0, len(text))])]
    ['"we won"', '“they lost”']
    """
    found: list[Quotation] = []
    for start, end in blocks:
        found.extend(_in_block(text, start, end))
    return found


def _in_block(text: str, start: int, end: int) -> list[Quotation]:
    found = []
    position = start
    while mark := MARK.search(text, position, end):
        position = mark.start()
        opener = _opener(text, position, start)
        if not opener:
            position += 1
            continue
        close = _closing(text, position + len(opener), end, opener)
        if close < 0:  # runs to the end of the block, as in quotations over paragraphs
            if opener != "'" and _rest_is_quoted(text, position, end):
                found.append(Quotation(position, end))
                break
            position += len(opener)
            continue
        found.append(Quotation(position, close))
        position = close
    return found


def _opener(text: str, position: int, start: int) -> str:
    char = text[position]
    before = text[position - 1] if position > start else " "
    if text.startswith("''", position) or text.startswith("``", position):
        return text[position : position + 2] if not before.isalnum() else ""
    if char == STRAIGHT:
        return char if not before.isalnum() else ""
    if char == "‘" or (
        char == "'" and not before.isalnum() and text[position + 1 : position + 2].isalnum()
    ):
        return char
    if char in OPENERS and char not in "”»":
        return char
    if char == "”" and before.isspace() and text[position + 1 : position + 2].isalnum():
        return char  # typed the wrong way round
    return ""


def _closing(text: str, position: int, end: int, opener: str) -> int:
    """Where the quotation ends (exclusive), -1 where it does not."""
    if opener in ("''", "``"):
        close = text.find("''", position, end)
        return close + 2 if close >= 0 else -1
    if opener == STRAIGHT:
        return _closing_straight(text, position, end)
    if opener in "'‘":
        return _closing_single(text, position, end)
    return _closing_curly(text, position, end, OPENERS[opener])


def _closing_straight(text: str, position: int, end: int) -> int:
    """At a straight mark, or at a curly one that nothing within the quotation has opened."""
    close = text.find(STRAIGHT, position, end)
    curly = text.find("”", position, end if close < 0 else close)
    if curly >= 0 and "“" not in text[position:curly] and not text[curly + 1 : curly + 2].isalnum():
        close = curly
    return close + 1 if close >= 0 else -1


def _closing_curly(text: str, position: int, end: int, closers: str) -> int:
    """Past quotations within the quotation, if these are closed too."""
    first, depth = -1, 0
    for i in range(position, end):
        char = text[i]
        if char in closers or (char in '“"' and _ends_speech(text, i)):
            first = i + 1 if first < 0 else first
            if not depth:
                return i + 1
            depth -= 1
        elif char == "“":
            depth += 1
    return first


def _ends_speech(text: str, i: int) -> bool:
    """Whether the mark closes, though typed as one that opens: after `,`, before white space."""
    return text[i - 1] in ",.?!—" and not text[i + 1 : i + 2].isalnum()


def _closing_single(text: str, position: int, end: int) -> int:
    """Single marks are apostrophes too: one that ends a word and is not followed by one closes."""
    for i in range(position + 1, min(end, position + 600)):
        if text[i] in "'’" and not text[i + 1 : i + 2].isalnum() and text[i - 1] not in " sS":
            return i + 1
    return -1


def _rest_is_quoted(text: str, position: int, end: int) -> bool:
    rest = text[position:end]
    return len(rest) > 20 and not any(mark in rest[1:] for mark in '"“”')
