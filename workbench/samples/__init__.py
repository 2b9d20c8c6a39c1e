"""Real articles to begin with; `samples.json` says where each is from and under which licence."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sample:
    """An article that comes with the workbench, its text verbatim; unknown fields are empty."""

    text: str
    title: str
    outlet: str
    author: str
    url: str
    published: date | None
    licence: str
    attribution: str
    changes: str


@cache
def samples() -> tuple[Sample, ...]:
    """The articles, the one that a newcomer sees first.

    >>> [sample.published.year for sample in samples()]
    [2022, 2019, 2019, 2019]
    """
    return tuple(_sample(**fields) for fields in json.loads(_read("samples.json")))


def _sample(*, file: str, published: str, **fields: str) -> Sample:
    day = date.fromisoformat(published) if published else None
    return Sample(text=_read(file), published=day, **fields)


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_bytes().decode()
