"""How much each feature and each turn of phrase counts for check-worthiness: learned weights.

Ours are shipped as `worthiness.json` (MODELS.md says from which data); a project may have its own,
learned by `workbench train` from what its reviewers accepted and rejected. Both are plain numbers.
"""

from __future__ import annotations

import functools
import json
import math
import re
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from workbench.splitting import worthiness
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TOKEN = re.compile(r"[$€£%?!]|\d[\d.,]*|[A-Za-z]+(?:['’][A-Za-z]+)?")
YEAR = re.compile(r"1[89]\d\d|20\d\d")
NUMBER_WORDS = words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions trillion trillions dozen
    dozens half third quarter
    """
)
SHAPES = frozenset({"YEAR", "NUM", "NAME"})
LEAST_SHARE = 0.05
# Sentences of debates have neither, so what they count is set by hand.
BY_HAND = {"named source": 0.2, "position": -0.4}


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of check-worthiness.

    `ours` is how much our own logit counts in a project's model; 0 in ours. `features` weigh what
    `worthiness.features` names, `terms` the n-grams of `terms_of`, `words` single words by what
    they mean, so that one counts that the labelled sentences never had. All are in logits.
    """

    bias: float
    features: Mapping[str, float]
    terms: Mapping[str, float] = field(default_factory=dict)
    ours: float = 0.0
    words: Mapping[str, float] = field(default_factory=dict)

    def logit(self, sentence: str, found: Mapping[str, float]) -> float:
        """The log odds that the sentence with these features is check-worthy."""
        total = self.bias + sum(self.features.get(name, 0.0) * by for name, by in found.items())
        terms, said = self.terms, terms_of(sentence)
        known = [terms[term] for term in said if term in terms]
        if known:
            total += math.fsum(known) / math.sqrt(len(known))
        if self.words:
            total += _meaning(self.words, said)
        return total + (self.ours * shipped().logit(sentence, found) if self.ours else 0.0)

    def assess(self, sentence: str, found: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
        """The probability, and the reasons that moved it, the strongest first."""
        moved = {name: self.moves(name) * by for name, by in found.items()}
        reasons = [name for name, by in moved.items() if _is_reason(name, by)]
        reasons.sort(key=lambda name: -abs(moved[name]))
        return probability(self.logit(sentence, found)), tuple(reasons)

    def moves(self, name: str) -> float:
        """By how much a feature moves the log odds, through ours too."""
        own = self.features.get(name, 0.0)
        return own + (self.ours * shipped().moves(name) if self.ours else 0.0)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, as a database or a file stores them."""
        return {
            "bias": self.bias,
            "ours": self.ours,
            "features": dict(self.features),
            "terms": dict(self.terms),
            "words": dict(self.words),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Weights:
        """What `as_json` wrote."""
        return cls(
            given["bias"],
            given["features"],
            given["terms"],
            given["ours"],
            given.get("words", {}),
        )


@functools.cache
def shipped() -> Weights:
    """Our own weights."""
    text = files("workbench.splitting").joinpath("worthiness.json").read_text(encoding="utf-8")
    ours = Weights.from_json(json.loads(text))
    return Weights(ours.bias, {**ours.features, **BY_HAND}, ours.terms, words=ours.words)


def terms_of(sentence: str) -> set[str]:
    """Words and pairs as they stand, and up to three with numbers, years and names made alike.

    >>> sorted(terms_of("In 2012 Ohio lost 5 jobs"))[:6]
    ['2012', '2012 ohio', '5', '5 jobs', 'NAME', 'NAME lost']
    """
    plain: list[str] = []
    alike: list[str] = []
    for match in TOKEN.finditer(sentence.replace("’", "'")):
        word = match.group()
        lower = word.lower()
        plain.append(lower)
        shape = _shape(word, lower, match.start())
        if not (shape in SHAPES and alike[-1:] == [shape]):
            alike.append(shape)
    found = set(_runs(plain, 2))
    found.update(_runs(alike, 3))
    return found


def singles(terms: Iterable[str]) -> list[str]:
    """The terms of one word."""
    return [term for term in terms if " " not in term]


def _meaning(words: Mapping[str, float], terms: set[str]) -> float:
    alone = singles(terms)
    return math.fsum(words.get(word, 0.0) for word in alone) / math.sqrt(max(len(alone), 1))


def _shape(word: str, lower: str, at: int) -> str:
    if word[0].isdigit():
        return "YEAR" if YEAR.fullmatch(word.rstrip(".,")) else "NUM"
    if lower in NUMBER_WORDS:
        return "NUM"
    if at > 0 and len(word) > 2 and word[0].isupper() and not word.startswith("I'"):
        return "NAME"
    return lower


def _runs(tokens: list[str], longest: int) -> Iterator[str]:
    yield from tokens
    for size in range(2, longest + 1):
        yield from map(" ".join, zip(*(tokens[at:] for at in range(size)), strict=False))


def _is_reason(name: str, by: float) -> bool:
    if name in worthiness.RAISING:
        return by >= LEAST_SHARE
    return name in worthiness.LOWERING and by <= -LEAST_SHARE


def probability(logit: float) -> float:
    """The logistic function, for any logit, to four digits."""
    return round(1 / (1 + math.exp(-max(-40.0, min(40.0, logit)))), 4)
