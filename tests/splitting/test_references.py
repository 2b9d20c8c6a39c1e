"""Who speaks and what pronouns mean, on articles of Wikinews annotated by hand (data/README.md)."""

import dataclasses
import functools
import json
import pathlib
from typing import Any

import pytest

from workbench.splitting import attributions, load_pipeline, sentences
from workbench.splitting.context import Context
from workbench.splitting.reading import Article, Layout, parse

DATA = pathlib.Path(__file__).parent / "data" / "wikinews.jsonl"
Row = dict[str, Any]


@dataclasses.dataclass
class Tally:
    right: int = 0
    wrong: int = 0
    left: int = 0

    def add(self, row: Row, found: str | None) -> None:
        if found is None:
            self.left += 1
        elif bare(found) in map(bare, row["is"]):
            self.right += 1
        else:
            self.wrong += 1

    @property
    def accuracy(self) -> float:
        return self.right / (self.right + self.wrong + self.left)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)


def bare(name: str) -> str:
    first, _, rest = name.strip().lower().partition(" ")
    return rest if first in ("the", "a", "an") else name.strip().lower()


@functools.cache
def articles() -> list[Row]:
    lines = DATA.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [json.loads(line) for line in lines]


@functools.cache
def speakers(half: str) -> Tally:
    tally = Tally()
    for row in articles()["ab".index(half) :: 2]:
        found = [a for a in attributions(row["text"]) if a.speaker]
        for gold in row["speakers"]:
            names = [
                a.name
                for a in found
                if a.speaker and a.speaker.start < gold["end"] and gold["start"] < a.speaker.end
            ]
            right = (name for name in names if name and bare(name) in map(bare, gold["is"]))
            tally.add(gold, next(right, names[0] if names else None))
    return tally


@functools.cache
def references(half: str) -> Tally:
    tally = Tally()
    nlp = load_pipeline()
    for row in articles()["ab".index(half) :: 2]:
        layout = Layout.of(row["text"])
        article = Article(layout, parse(nlp, row["text"], layout))
        context = Context(article)
        for gold in row["references"]:
            i = article.token_at(gold["start"])
            replacement = context.replacements.get(i)
            tally.add(gold, replacement.referent.text if replacement else None)
    return tally


def test_spans_of_the_data_hold_what_they_say() -> None:
    for row in articles():
        for gold in [*row["speakers"], *row["references"]]:
            assert row["text"][gold["start"] : gold["end"]] == gold["written"]


@pytest.mark.parametrize("half", ["a", "b"])
def test_nine_of_ten_speakers_are_named(half: str) -> None:
    assert speakers(half).accuracy >= 0.9


def test_a_reading_of_a_pronoun_is_more_often_right_than_wrong() -> None:
    assert references("a").precision >= 0.85
    assert references("b").precision >= 0.6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The most expensive restaurant in Oslo is Maaemo. The restaurant opened in 2010.",
            "Maaemo opened in 2010.",
        ),
        ("Jane Roe met Tom Hill. She paid him 5 euros.", "Jane Roe paid Tom Hill 5 euros."),
        (
            "Byte Pair Encoding (BPE) is a method. Many use BPE for text.",
            "Many use Byte Pair Encoding for text.",
        ),
        (
            "Arsenal reached the final in 1930. Later they won four titles.",
            "Later Arsenal won four titles.",
        ),
        ("It is believed that wages fell. It is raining.", "It is raining."),
    ],
)
def test_the_second_sentence_stands_alone(text: str, expected: str) -> None:
    assert sentences(text)[1].claim == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Party leader and Prime Minister Jane Roe said that wages fell.", "Jane Roe"),
        (
            "The party leader and Jane Roe said that wages fell.",
            "The party leader and Jane Roe",
        ),
    ],
)
def test_two_offices_before_a_name_are_one_person(text: str, name: str) -> None:
    assert [found.name for found in attributions(text)] == [name]
