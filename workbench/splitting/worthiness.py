"""What in a sentence makes it check-worthy or not, under names that a reviewer can read.

The features are what fact-checkers' guidelines ask for: quantities, records, changes, named
actors; no opinions, wishes, greetings, questions. How much each counts is learned: see `weights`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.splitting import kinds
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.splitting.weights import Weights

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
RAISING = (
    "number",
    "percentage",
    "amount of money",
    "date",
    "length of time",
    "change over time",
    "voting record",
    "public issue",
    "comparison",
    "past event",
    "named actor",
    "report of words",
    "named source",
)
LOWERING = (
    "question",
    "possibility",
    "prediction",
    "opinion",
    "position",
    "address to the audience",
)


def assess(
    sentence: str, *, named_source: bool = False, kind: str = "", weights: Weights | None = None
) -> tuple[float, tuple[str, ...]]:
    """The check-worthiness of a sentence, 0 to 1, and the reasons for it, the strongest first.

    `weights` are a project's own; without them ours count. A reason stands there only if it moved
    this very score, up for one of `RAISING`, down for one of `LOWERING`.

    >>> score, reasons = assess("Unemployment fell by 3 percent in 2012.")
    >>> score > 0.8, {"number", "change over time"} <= set(reasons)
    (True, True)
    >>> assess("Thank you very much.")[0] < 0.1
    True
    """
    from workbench.splitting.weights import shipped

    found = features(sentence, named_source=named_source, kind=kind)
    return (weights or shipped()).assess(sentence, found)


def features(sentence: str, *, named_source: bool = False, kind: str = "") -> dict[str, float]:
    """The features of a sentence: reasons by their names, and helpers whose names begin with `_`.

    >>> features("Is it so?")["question"]
    1.0
    """
    return dict(_features(sentence, named_source=named_source, kind=kind))


def _features(sentence: str, *, named_source: bool, kind: str) -> Iterator[tuple[str, float]]:
    lower = sentence.lower().replace("’", "'")
    words = WORD.findall(lower)
    found = set(words)
    yield from _quantities(sentence, words, found)
    if found & TREND:
        yield "change over time", 1.0
    if found & RECORD:
        yield "voting record", 1.0
    if topics := found & TOPIC:
        yield "public issue", 0.5 + 0.25 * min(len(topics), 4)
    if found & EXTREME:
        yield "comparison", 1.0
    if any(word in PAST or (word.endswith("ed") and len(word) > 4) for word in words):
        yield "past event", 1.0
    if found & PERFECT:
        yield "_perfect", 1.0
    if names := len(NAME.findall(sentence)):
        yield "named actor", 0.5 + 0.25 * min(names, 3)
    elif found & THIRD:
        yield "_third person", 1.0
    if found & REPORT:
        yield "report of words", 1.0
    if named_source:
        yield "named source", 1.0
    if kind == "position":
        yield "position", 1.0
    yield from _drawbacks(sentence, lower, words, found)


def _quantities(sentence: str, words: list[str], found: set[str]) -> Iterator[tuple[str, float]]:
    dates = DATE.findall(sentence)
    figures = [i for i, word in enumerate(words) if word[0].isdigit() or word in NUMBER_WORDS]
    lengths = [i for i in figures if i + 1 < len(words) and words[i + 1] in SPANS]
    money, percent = found & MONEY, found & PERCENT
    n_figures = len(figures) - len(lengths) - len(dates)
    if n_figures > 0 or money or percent:
        yield "number", 1.0 + 0.125 * min(max(n_figures, 0), 3)
    elif lengths:
        yield "length of time", 1.0
    if percent:
        yield "percentage", 1.0
    if money:
        yield "amount of money", 1.0
    if dates:
        yield "date", 1.0


def _drawbacks(
    sentence: str, lower: str, words: list[str], found: set[str]
) -> Iterator[tuple[str, float]]:
    if sentence.rstrip("\"' ”").endswith("?"):
        yield "question", 1.0
    if unreal := found & UNREAL:
        yield "possibility", 0.5 + 0.25 * min(len(unreal), 3)
    if found & FUTURE or "going to" in lower:
        yield "prediction", 1.0
    if found & OPINION:
        yield "opinion", 1.0
    if ADDRESS.search(lower):
        yield "address to the audience", 1.0
    if "you" in found:
        yield "_you", 1.0
    n_words = len(words)
    if n_words < 5:
        yield "_short", 1.0
    yield "_length", min(n_words, 30) / 30
