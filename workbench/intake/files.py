"""Files and standard input -> articles, whatever kind they are."""

import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from workbench.errors import InputError
from workbench.intake.jsonl import ArticleInput, Refused, read_lines
from workbench.intake.text import MAX_BYTES, article_text

Kind = Literal["auto", "text", "jsonl"]
STANDARD_INPUT = "-"
FORMATS = {
    "text": "a plain text in UTF-8, or UTF-16 with its mark: one article",
    "jsonl": "one JSON object a line: id, text, published, title, outlet, author, url, language",
}


def existing(names: list[str]) -> list[str]:
    """The names, if each is a file that is there, or `-`. Raises `InputError`."""
    for name in names:
        if name == STANDARD_INPUT or Path(name).is_file():
            continue
        what = "a folder" if Path(name).is_dir() else "not there"
        raise InputError(f"{name} is {what}; name a text file, a .jsonl file, or - .")
    return names


def read_input(name: str, *, kind: Kind = "auto") -> Iterator[ArticleInput | Refused]:
    """The articles of one input and what was refused of it.

    `auto` reads `*.jsonl` as lines, other files as one text, and standard input as lines if its
    first line is a JSON object with a text.
    """
    if name == STANDARD_INPUT:
        yield from _read(sys.stdin.buffer, name="stdin", kind=kind)
        return
    path = Path(name)
    if kind == "auto":
        kind = "jsonl" if path.suffix.lower() in (".jsonl", ".ndjson") else "text"
    try:
        with path.open("rb") as file:
            yield from _read(file, name=name, kind=kind)
    except OSError as error:
        yield Refused(name, f"the file cannot be read ({error.strerror}).")


def is_lines(first: bytes) -> bool:
    """Whether a stream that begins with this line holds JSON objects with texts.

    >>> is_lines(b'{"id": "a1", "text": "Rates fell."}')
    True
    >>> is_lines(b"Rates fell.")
    False
    """
    try:
        found = json.loads(first.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "text" in found


def _read(stream: BinaryIO, *, name: str, kind: Kind) -> Iterator[ArticleInput | Refused]:
    if kind == "text":
        yield _one_text(stream.read(MAX_BYTES + 1), name)
        return
    head = _through_first_line(stream) if kind == "auto" else []
    if kind == "auto" and not is_lines(head[-1] if head else b""):
        yield _one_text(b"".join(head) + stream.read(MAX_BYTES + 1), name)
    else:
        yield from read_lines(itertools.chain(head, stream), name=name)


def _through_first_line(stream: BinaryIO) -> list[bytes]:
    """The lines up to the first that is not blank, with it."""
    head = []
    for line in stream:
        head.append(line)
        if line.strip():
            break
    return head


def _one_text(data: bytes, name: str) -> ArticleInput | Refused:
    try:
        return ArticleInput(text=article_text(data), where=name)
    except InputError as error:
        return Refused(name, str(error))
