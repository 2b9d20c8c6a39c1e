"""Check-worthiness: how much a fact-checker should care, with reasons that a reviewer can read.

A fixed sum of weighted features, squashed to 0..1. The weights are set by hand from what
fact-checkers' guidelines ask for (quantities, records, changes, named actors; no opinions, wishes,
greetings, questions); none was fitted to data.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from workbench.splitting import kinds
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[$€£%]|\d[\d.,]*")
NUMBER_WORDS = words(
    """
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred
    hundreds thousand thousands dozen dozens half third thirds quarter quarters double twice
    majority most
    """
)
MONEY = words(
    """
    $ € £ million billion trillion millions billions trillions dollar dollars euros pounds cents
    """
)
PERCENT = words("% percent percentage")
SPANS = words(
    """
    year years month months week weeks day days hours hour minutes decades decade
    """
)
TREND = words(
    """
    increase increased increases increasing decrease decreased decreases rose rise risen rising
    fell fall fallen falling grew grow grown growing growth doubled tripled halved cut cuts
    cutting dropped drop declined decline lost lose losing gained gain raised raise raising
    created create creating added add reduced reduce reducing quadrupled soared plunged
    skyrocketed higher lower faster slower down up
    """
)
RECORD = words(
    """
    voted vote votes signed passed vetoed supported opposed introduced sponsored endorsed
    promised pledged proposed appointed negotiated approved rejected cosponsored enacted
    repealed
    """
)
TOPIC = words(
    """
    job jobs unemployment inflation deficit deficits debt tax taxes budget economy economic wage
    wages income incomes poverty immigrants immigration border crime murders health insurance
    medicare medicaid security schools education energy oil gas climate emissions military
    troops nuclear war wars trade spending unemployed workers rate rates federal government
    congress senate law laws program programs soldiers weapons vaccine vaccines deaths treaty
    sanctions tariffs welfare abortion guns prison police terrorists attack attacks
    """
)
OPINION = words(
    """
    think believe feel hope wish love hate deserve great wonderful terrible beautiful proud
    sorry glad honor privilege ought important wrong agree understand respect
    """
)
UNREAL = words(
    """
    would could should might may if must can can't cannot let need needs want try trying able
    """
)
FUTURE = words("will won't shall gonna i'll we'll he'll she'll they'll you'll")
EXTREME = words(
    """
    first only never ever largest biggest highest lowest worst best record every all any more
    less fewer
    """
)
THIRD = words("he she they his her their he's she's they're them him")
FIRST = words("i i'm i've my me we we're we've our us")
PERFECT = words("been gone done gotten become begun taken given made")
PAST = words(
    """
    was were had did went took made gave got said voted became came left lost won told put ran
    built brought spent cut sent met held kept paid led began knew wrote stood found called
    fought grew fell rose sold bought been
    """
)
REPORT = words(
    """
    said says say told tells claims claimed reported reports according accused
    """
)
ADDRESS = re.compile(
    r"\b(?:thank you|thanks|good (?:evening|night|morning)|ladies and gentlemen|god bless|"
    r"my friends?\b|welcome|let me|let us|let's|please|applause|laughter|you know|i mean|excuse me|"
    r"next question|go ahead)\b"
)
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
DATE = kinds.YEARISH


def assess(
    sentence: str, *, named_source: bool = False, kind: str = ""
) -> tuple[float, tuple[str, ...]]:
    """The check-worthiness of a sentence, 0 to 1, and the reasons for it.

    >>> score, reasons = assess("Unemployment fell by 3 percent in 2012.")
    >>> score > 0.8, reasons
    (True, ('number', 'percentage', 'date', 'change over time', 'public issue', 'past event'))
    >>> assess("Thank you very much.")[0] < 0.1
    True
    """
    total = -2.3
    reasons: dict[str, None] = {}
    for reason, weight in _features(sentence, named_source=named_source, kind=kind):
        total += weight
        if reason:
            reasons[reason] = None
    return round(1 / (1 + math.exp(-total)), 3), tuple(reasons)


def _features(sentence: str, *, named_source: bool, kind: str) -> Iterator[tuple[str, float]]:
    lower = sentence.lower().replace("’", "'")
    words = WORD.findall(lower)
    found = set(words)
    yield from _quantities(sentence, words, found)
    if found & TREND:
        yield "change over time", 0.7
    if found & RECORD:
        yield "voting record", 0.6
    if topics := found & TOPIC:
        yield "public issue", 0.4 + 0.15 * min(len(topics), 4)
    if found & EXTREME:
        yield "comparison", 0.3
    if any(word in PAST or (word.endswith("ed") and len(word) > 4) for word in words):
        yield "past event", 0.5
    if found & PERFECT:
        yield "", 0.2
    if names := len(NAME.findall(sentence)):
        yield "named actor", 0.25 + 0.1 * min(names, 3)
    elif found & THIRD:
        yield "", 0.2
    if found & REPORT:
        yield "report of words", 0.2
    if named_source:
        yield "named source", 0.2
    if kind == "position":
        yield "position", -0.2
    yield from _drawbacks(sentence, lower, words, found)


def _quantities(sentence: str, words: list[str], found: set[str]) -> Iterator[tuple[str, float]]:
    dates = DATE.findall(sentence)
    figures = [i for i, word in enumerate(words) if word[0].isdigit() or word in NUMBER_WORDS]
    lengths = [i for i in figures if i + 1 < len(words) and words[i + 1] in SPANS]
    money, percent = found & MONEY, found & PERCENT
    n_figures = len(figures) - len(lengths) - len(dates)
    if n_figures > 0 or money or percent:
        yield "number", 1.2 + 0.15 * min(n_figures, 3)
    elif lengths:
        yield "length of time", 0.6
    if percent:
        yield "percentage", 0.7
    if money:
        yield "amount of money", 0.6
    if dates:
        yield "date", 0.5


def _drawbacks(
    sentence: str, lower: str, words: list[str], found: set[str]
) -> Iterator[tuple[str, float]]:
    if sentence.rstrip("\"' ”").endswith("?"):
        yield "question", -1.5
    if unreal := found & UNREAL:
        yield "possibility", -0.3 - 0.2 * min(len(unreal), 3)
    if found & FUTURE or "going to" in lower:
        yield "prediction", -0.7
    if found & OPINION:
        yield "opinion", -0.5
    if ADDRESS.search(lower):
        yield "address to the audience", -0.8
    if "you" in found:
        yield "", -0.2
    n_words = len(words)
    yield "", -1.5 if n_words < 5 else min(0.8, 0.04 * n_words) - 0.4
