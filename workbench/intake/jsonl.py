"""Lines of JSON -> articles: `{"id", "text", "published"?, "title"?, "outlet"?, "author"?, "url"?,
"language"?, "speaker"?}`.

A bad line is refused with the name of the file and its number; the others are taken. A field that
is not listed here is ignored: nobody sets an author of a review or a version by importing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, NoReturn

from workbench.errors import InputError
from workbench.intake.fields import link, one_line, published
from workbench.intake.text import MAX_BYTES, article_text

MAX_LINE_BYTES = 2 * MAX_BYTES
_ID_TYPES = (str, int)


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """One article as it was given; `id` is the giver's name for it, None if there is none.

    `where` says in which file, and in which line of it, the article stands ("news.jsonl:3").
    """

    text: str
    id: str | None = None
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published_on: date | None = None
    language: str = "en"
    speaker: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that was not taken: where it stands ("news.jsonl:3") and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def read_lines(lines: Iterable[bytes], *, name: str) -> Iterator[ArticleInput | Refused]:
    """The articles and refusals of a file, line by line; `name` is the file's, for the messages."""
    seen: dict[str, bytes] = {}
    empty = True
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        empty = False
        try:
            article = parse_line(line)
            _refuse_second(article, seen)
            yield replace(article, where=f"{name}:{number}")
        except InputError as error:
            yield Refused(f"{name}:{number}", f"line {number}: {error}")
    if empty:
        yield Refused(name, "the file is empty; give one JSON object a line.")


def parse_line(line: bytes) -> ArticleInput:
    """One line as an article. Raises `InputError`, without the position.

    >>> parse_line(b'{"id": "a1", "text": "Rates fell."}').text
    'Rates fell.'
    """
    if len(line) > MAX_LINE_BYTES:
        raise InputError(
            f"the line is too long: {len(line):,} bytes; the limit is {MAX_LINE_BYTES:,}."
        )
    given = _object(_utf8(line))
    return ArticleInput(
        text=_text(given),
        id=_id(given),
        title=one_line("title", _string(given, "title")),
        outlet=one_line("outlet", _string(given, "outlet")),
        author=one_line("author", _string(given, "author")),
        url=link(_string(given, "url")),
        published_on=published(_string(given, "published")),
        language=one_line("language", _string(given, "language")) or "en",
        speaker=_string(given, "speaker").strip() or None,
    )


def _utf8(line: bytes) -> str:
    if line.startswith(b"\x1f\x8b"):
        raise InputError("this is a gzip-compressed file; unpack it first.")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the encoding is not UTF-8 (byte {error.start:,} of the line); convert it to UTF-8."
        ) from None


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line, object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        hint = " (a control character must be escaped)" if "control" in error.msg else ""
        raise InputError(f"not JSON: {error.msg} at column {error.colno}{hint}.") from None
    except RecursionError:
        raise InputError("the JSON is nested too deeply.") from None
    except ValueError:
        raise InputError("a number is too large to read.") from None
    if not isinstance(given, dict):
        kind = "an array" if isinstance(given, list) else "a single value"
        raise InputError(f"{kind} instead of a JSON object with id and text.")
    return given


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise InputError(f"duplicate key {twin!r}: each field may stand there once.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise InputError(f"{name} is not a JSON number.")


def _text(given: dict[str, Any]) -> str:
    text = given.get("text")
    if not isinstance(text, str):
        raise InputError("the field text is missing or not a string; it holds the article.")
    return article_text(text)


def _id(given: dict[str, Any]) -> str | None:
    found = given.get("id")
    if found is None:
        return None
    if not isinstance(found, _ID_TYPES) or isinstance(found, bool):
        raise InputError("the field id is neither a string nor a whole number.")
    return one_line("id", str(found)) or None


def _string(given: dict[str, Any], name: str) -> str:
    found = given.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise InputError(f"the field {name} is not a string.")
    return found


def _refuse_second(article: ArticleInput, seen: dict[str, bytes]) -> None:
    if article.id is None:
        return
    digest = sha256(article.text.encode()).digest()
    if seen.setdefault(article.id, digest) != digest:
        raise InputError(f"duplicate id {article.id!r} with a different text.")
