"""Every format read by a reader of its kind: all its texts in one string, to look for one in it."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
import spacy
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from spacy.tokens import DocBin

Fold = Callable[[str], str]
_LIAR_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


def texts(name: str, written: bytes) -> str:
    """Every text in the file, one behind the other."""
    return "\x1f".join(_READERS[name](written))


def content(name: str, written: bytes) -> Any:
    """What is in the file, without what a version of a packing library makes of it."""
    return _CONTENTS.get(name, lambda written: written)(written)


def fold(name: str) -> Fold:
    """What the format cannot keep of a text, taken away: rows without breaks, tokens alone."""
    return _FOLDS.get(name, lambda text: text)


def members(written: bytes) -> dict[str, bytes]:
    """The files of a ZIP file."""
    with ZipFile(BytesIO(written)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def rows(written: bytes, separator: str) -> list[list[str]]:
    """The rows of a table, the header among them."""
    text = StringIO(written.decode(), newline="")
    return list(csv.reader(text, delimiter=separator))


def docs(written: bytes) -> list[Any]:
    """The documents of a DocBin."""
    return list(DocBin().from_bytes(written).get_docs(spacy.blank("xx").vocab))


def _json(written: bytes) -> Iterator[str]:
    for line in written.decode().split("\n"):
        if line:
            yield from _strings(json.loads(line))


def _json_whole(written: bytes) -> Iterator[str]:
    yield from _strings(json.loads(written))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _zipped(written: bytes) -> Iterator[str]:
    for name, content in members(written).items():
        if name.endswith(".jsonl"):
            yield from _json(content)
        elif name.endswith((".json", ".jsonld")):
            yield from _json_whole(content)


def _table(separator: str) -> Callable[[bytes], Iterator[str]]:
    def read(written: bytes) -> Iterator[str]:
        for row in rows(written, separator):
            yield from row

    return read


def _xlsx(written: bytes) -> Iterator[str]:
    for row in load_workbook(BytesIO(written), read_only=True)["claims"].iter_rows(
        values_only=True
    ):
        yield from (unescape(cell) for cell in row if isinstance(cell, str))


def _parquet(written: bytes) -> Iterator[str]:
    for row in pq.read_table(BytesIO(written)).to_pylist():
        yield from _strings(row)


def _docbin(written: bytes) -> Iterator[str]:
    for doc in docs(written):
        yield doc.text
        yield from _strings(doc.user_data)


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "averitec": _json_whole,
    "checkthat": _table("\t"),
    "claimreview": _zipped,
    "conll": lambda written: iter([written.decode()]),
    "csv": _table(","),
    "doccano": _json,
    "docbin": _docbin,
    "fever": _zipped,
    "jsonl": _json,
    "labelstudio": _zipped,
    "liar": lambda written: iter(written.decode().split("\n")),
    "parquet": _parquet,
    "scifact": _zipped,
    "tsv": _table("\t"),
    "webannotation": _json_whole,
    "xlsx": _xlsx,
}
_CONTENTS: dict[str, Callable[[bytes], Any]] = {
    "claimreview": members,
    "fever": members,
    "labelstudio": members,
    "scifact": members,
    "docbin": lambda written: [doc.to_json() for doc in docs(written)],
    "parquet": lambda written: pq.read_table(BytesIO(written)),
    "xlsx": lambda written: [
        [cell.value for cell in row] for row in load_workbook(BytesIO(written))["claims"]
    ],
}
_FOLDS: dict[str, Fold] = {
    "liar": lambda text: _LIAR_BREAKS.sub(" ", text),
    "conll": lambda text: re.sub(r" -X- _ (O|[BI]-CLAIM)\n|\s", "", text),
    # XML knows no carriage return of its own and no character below the space but three.
    "xlsx": lambda text: re.sub("[\r\n]+", "\n", text),
}
