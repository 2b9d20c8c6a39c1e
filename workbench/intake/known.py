"""CSV or JSON Lines of known verdicts -> rows: a claim, its verdict, why, what it is used for."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from workbench.errors import InputError

COLUMNS = ("claim", "article", "quote", "label", "explanation", "use")
MAX_BYTES = 50_000_000
Row = tuple[str, dict[str, Any]]
"""Where it stands ("gold.csv:2"), and its fields."""


def read(name: str) -> tuple[list[Row], list[str]]:
    """The rows of a file, or of `-`, and what was refused, each with its line and the reason.

    A file named *.csv is CSV with a line of headings, all else JSON Lines. Raises `InputError` for
    what cannot be read at all.
    """
    text = _text(name)
    return _of_csv(text, name) if name.lower().endswith(".csv") else _of_lines(text, name)


def _text(name: str) -> str:
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else Path(name).read_bytes()
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; split it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name} is not in UTF-8; save it so.") from None


def _of_csv(text: str, name: str) -> tuple[list[Row], list[str]]:
    """
    >>> _of_csv("claim,label,use\\n7,refuted,hidden\\n", "g.csv")[0]
    [('g.csv:2', {'claim': '7', 'label': 'refuted', 'use': 'hidden'})]
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    unknown = [column for column in reader.fieldnames or [] if column not in COLUMNS]
    if unknown or not reader.fieldnames:
        found = repr(unknown[0]) if unknown else "nothing"
        raise InputError(f"{name} has the column {found}; known are {', '.join(COLUMNS)}.")
    rows, refused = [], []
    for row in reader:
        where = f"{name}:{reader.line_num}"
        if None in row:
            refused.append(f"{where}: the line has more fields than the headings.")
        else:
            rows.append((where, row))
    return rows, refused


def _of_lines(text: str, name: str) -> tuple[list[Row], list[str]]:
    """
    >>> _of_lines('{"claim": 7, "label": "refuted"}\\n[]\\n', "g.jsonl")
    ([('g.jsonl:1', {'claim': 7, 'label': 'refuted'})], ['g.jsonl:2: the line is no JSON object.'])
    """
    rows, refused = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        unknown = [key for key in found if key not in COLUMNS] if isinstance(found, dict) else []
        if not isinstance(found, dict):
            refused.append(f"{where}: the line is no JSON object.")
        elif unknown:
            known = ", ".join(COLUMNS)
            refused.append(f"{where}: {unknown[0]!r} is not known; known are {known}.")
        else:
            rows.append((where, found))
    return rows, refused
