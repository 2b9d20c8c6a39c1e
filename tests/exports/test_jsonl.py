"""The native format holds every field, and gives each back."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args, get_origin

from hypothesis import given

from exports.base import Record
from exports.jsonl import FORMAT, line
from tests.exports.records import any_record, bare, record


def parsed(kind: Any, value: Any) -> Any:
    """The JSON value as the type that the field of the record has."""
    if type(None) in get_args(kind):
        (kind,) = set(get_args(kind)) - {NoneType}
        return None if value is None else parsed(kind, value)
    if is_dataclass(kind):
        assert list(value) == [field.name for field in fields(kind)]
        return kind(**{field.name: parsed(field.type, value[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return tuple(parsed(get_args(kind)[0], each) for each in value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    assert isinstance(value, Mapping if get_origin(kind) else kind)
    return value


@given(any_record())
def test_every_field_comes_back(record: Record) -> None:
    found = json.loads(line(record))
    assert found.pop("format") == FORMAT
    assert parsed(Record, found) == record


@given(any_record())
def test_a_line_is_one_line(record: Record) -> None:
    assert line(record).count("\n") == 0


def test_the_quote_can_be_checked_from_the_line_alone() -> None:
    text = "👩‍👩‍👧 said: é is not e\u0301, \U0001f389 is."
    found = json.loads(line(record(text, "e\u0301, \U0001f389")))
    span = slice(found["claim"]["start"], found["claim"]["end"])
    assert found["article"]["text"][span] == found["claim"]["quote"]


def test_what_is_not_there_is_null() -> None:
    found = json.loads(line(bare()))
    assert found["claim"]["attribution"] is found["resolution"] is None
    assert found["reviews"] == []
