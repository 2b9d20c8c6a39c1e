"""Check-worthiness: how much a fact-checker should care, with reasons that a reviewer can read.

A fixed sum of weighted features, squashed to 0..1. The weights are set by hand from what
fact-checkers' guidelines ask for (quantities, records, causes, named actors; no opinions, wishes,
greetings, questions); none was fitted to data.
"""

from __future__ import annotations

import math
import re

from workbench.splitting import kinds

Feature = tuple[str, float, "re.Pattern[str]"]


def _words(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words.split()) + r")\b", re.IGNORECASE)


PERCENT = re.compile(r"\d\s?(?:%|percent|per cent)|\bpercent\b|\bper cent\b", re.IGNORECASE)
MONEY = re.compile(r"[$€£]\s?\d|\b(?:million|billion|trillion)\b|\b(?:dollars|euros|pounds)\b", re.IGNORECASE)
TREND = _words(
    """increas(?:e|es|ed|ing) decreas(?:e|es|ed|ing) rose risen fell fallen grew grown doubled tripled halved cut cuts
    dropped declined lost gained raised created added reduced quadrupled soared plunged skyrocketed"""
)
RECORD = _words("voted vote votes signed passed vetoed supported opposed introduced sponsored endorsed promised")
TOPIC = _words(
    """jobs? unemployment inflation deficit debt tax(?:es)? budget econom(?:y|ic) wages? income poverty immigra(?:nts?|tion)
    border crime murders? health insurance medicare medicaid social security schools? education energy oil gas
    climate emissions military troops nuclear war trade spending unemployed workers workforce percent rate rates
    record federal government congress senate act bill law program military soldiers weapons vaccines? deaths?"""
)
OPINION = _words(
    """think believe feel hope wish love hate want deserve great wonderful terrible beautiful proud sorry glad
    honor privilege should must ought"""
)
ADDRESS = re.compile(
    r"\b(?:thank you|thanks|good (?:evening|night|morning)|ladies and gentlemen|god bless|my friends?|welcome|"
    r"let me|let us|let's|please|applause|laughter|you know|i mean|excuse me|next question)\b",
    re.IGNORECASE,
)
FIRST = _words("i i'm i've i'll we we'll we're my me us our")
FUTURE = re.compile(r"\b(?:will|won't|shall|gonna|going to|'ll)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:was|were|had|did|went|took|made|gave|got|said|voted|became|came|left|has|have been|\w{3,}ed)\b", re.IGNORECASE
)
NAME = re.compile(r"(?<![.!?]\s)(?<!^)(?<!^[\"“])\b[A-Z][a-z]{2,}")


def assess(sentence: str, *, named_source: bool = False, kind: str = "") -> tuple[float, tuple[str, ...]]:
    """The check-worthiness of a sentence, 0 to 1, and the reasons for it.

    >>> score, reasons = assess("Unemployment fell by 3 percent in 2012.")
    >>> score > 0.8, reasons
    (True, ('number', 'percentage', 'change over time', 'public issue', 'past event'))
    >>> assess("Thank you very much.")[0] < 0.1
    True
    """
    total = -2.2
    reasons = []
    for reason, weight in _features(sentence, named_source=named_source, kind=kind):
        total += weight
        if reason:
            reasons.append(reason)
    return round(1 / (1 + math.exp(-total)), 3), tuple(dict.fromkeys(reasons))


def _features(sentence: str, *, named_source: bool, kind: str) -> list[tuple[str, float]]:
    bare = kinds.YEARISH.sub("", sentence)
    n_words = len(sentence.split())
    checks = [
        ("number", 1.3, kinds.NUMBER.search(bare)),
        ("percentage", 0.6, PERCENT.search(sentence)),
        ("amount of money", 0.5, MONEY.search(sentence)),
        ("date", 0.4, kinds.YEARISH.search(sentence)),
        ("change over time", 0.8, TREND.search(sentence)),
        ("voting record", 0.7, RECORD.search(sentence)),
        ("public issue", 0.6, TOPIC.search(sentence)),
        ("comparison", 0.4, kinds.COMPARISON.search(sentence)),
        ("cause", 0.3, kinds.CAUSAL.search(sentence)),
        ("past event", 0.5, PAST.search(sentence)),
        ("named actor", 0.5, NAME.search(sentence)),
        ("named source", 0.2, named_source),
        ("question", -1.5, sentence.rstrip("\"' ”").endswith("?")),
        ("opinion", -0.7, OPINION.search(sentence)),
        ("prediction", -0.5, FUTURE.search(sentence)),
        ("address to the audience", -1.5, ADDRESS.search(sentence)),
        ("", -0.2, FIRST.search(sentence)),
        ("position", -0.3, kind == "position"),
    ]
    found = [(reason, weight) for reason, weight, hit in checks if hit]
    found.append(("", min(0.9, 0.05 * n_words) - 0.4 if n_words > 4 else -1.5))
    return found
