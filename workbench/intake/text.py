"""Bytes or a string -> the text of an article, verbatim; what cannot be stored is refused."""

import re
import unicodedata

from workbench.errors import InputError

MAX_BYTES = 5_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_MAGIC = {
    b"\x1f\x8b": "a gzip-compressed file",
    b"PK\x03\x04": "a zip file (also DOCX or XLSX)",
    b"%PDF-": "a PDF",
    b"\x7fELF": "a binary program",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}


def article_text(given: bytes | str) -> str:
    """The text of an article from a file's bytes or from pasted words.

    UTF-8 and, with its byte order mark, UTF-16 are read; the mark itself is dropped. Nothing else
    is changed: line ends, blanks and composed characters stay as they are. Raises `InputError`.

    >>> article_text(b"\\xef\\xbb\\xbfOne.\\r\\nTwo.")
    'One.\\r\\nTwo.'
    """
    text = given if isinstance(given, str) else decode(given)
    refuse_unstorable(text, "The text")
    _refuse_invisible(text)
    _refuse_large(len(text.encode()))
    return text


def decode(data: bytes) -> str:
    """A file's bytes as text; never guesses a legacy encoding and never replaces a character."""
    _refuse_large(len(data))
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"This is {kind}, not a text; save it as plain text in UTF-8.")
    if data.startswith(_UTF32):
        raise InputError("The encoding looks like UTF-32, which is not read; convert it to UTF-8.")
    encoding = _UTF16.get(data[:2])
    if encoding:
        return _decoded(data[2:], encoding, "UTF-16")
    _refuse_nul_bytes(data)
    return _decoded(data.removeprefix(b"\xef\xbb\xbf"), "utf-8", "UTF-8")


def refuse_unstorable(text: str, what: str) -> None:
    """Raise `InputError` if `text` holds what cannot be stored, sent or shown: `what` names it.

    >>> refuse_unstorable("rate \\ud800 fell", "The title")
    Traceback (most recent call last):
    ...
    workbench.errors.InputError: The title is invalid Unicode: half a surrogate pair at character 5.
    """
    if (position := text.find("\0")) >= 0:
        raise InputError(f"{what} holds a NUL (null character) at character {position}; remove it.")
    if found := _SURROGATE.search(text):
        raise InputError(
            f"{what} is invalid Unicode: half a surrogate pair at character {found.start()}."
        )
    if found := _CONTROL.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise InputError(
            f"{what} holds the control character {code} at character {found.start()}; remove it."
        )


def _refuse_invisible(text: str) -> None:
    if not text or text.isspace():
        raise InputError("The text is empty; give at least one sentence.")
    if all(char.isspace() or unicodedata.category(char) == "Cf" for char in text):
        raise InputError("The text is empty: it has no visible character, only zero-width ones.")


def _refuse_large(n_bytes: int) -> None:
    if n_bytes > MAX_BYTES:
        raise InputError(f"The text is too large: {n_bytes:,} bytes; the limit is {MAX_BYTES:,}.")


def _refuse_nul_bytes(data: bytes) -> None:
    position = data.find(b"\0")
    if position < 0:
        return
    if data[1::2].count(0) > len(data) // 4 or data[::2].count(0) > len(data) // 4:
        raise InputError(
            "The encoding looks like UTF-16 without a byte order mark; convert it to UTF-8."
        )
    raise InputError(
        f"This is binary, not a text: a NUL (null character) at byte {position}. "
        "If it is a text, its encoding is not UTF-8; convert it."
    )


def _decoded(data: bytes, encoding: str, title: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        cut = "unexpected end" in error.reason or "truncated" in error.reason
        why = (
            "it is truncated inside a character" if cut else "it has bytes that are not valid there"
        )
        raise InputError(
            f"The encoding is not {title}: {why} (byte {error.start:,}). "
            "Find out its encoding and convert it to UTF-8."
        ) from None
