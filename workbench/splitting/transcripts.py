"""Check-worthiness in a debate, an interview or a speech: who speaks, and what else they say there.

Three rules, for sentences in order with their speakers; none is learned. Who asks more than they
tell is the host, whose sentences are seldom checked. What is no speech ("SYSTEM: (APPLAUSE)") never
is. And a speaker's passage full of figures is a better place to look than a lone one, so that the
sentences around a sentence by the same speaker count a little.
"""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

REACH = 3
NEIGHBOURS = 0.35
# In logits: a host's sentence must be e^4 times as likely to be worth a check as a guest's.
HOST = 4.0
NO_SPEECH = 8.0
ASKING = 0.1
HOSTS = words("announcer host interviewer moderator question questioner")
NOBODY = words("applause audience crowd laughter music system")


def in_context(
    logits: Sequence[float], texts: Sequence[str], speakers: Sequence[str | None]
) -> list[float]:
    """The log odds of sentences in document order, where it is known who says them.

    A sentence without a speaker keeps its own.
    """
    hosts = _hosts(texts, speakers)
    found = []
    for at, speaker in enumerate(speakers):
        logit = logits[at]
        if speaker:
            around = [
                logits[near]
                for near in range(max(0, at - REACH), min(len(logits), at + REACH + 1))
                if near != at and speakers[near] == speaker
            ]
            if around:
                logit += NEIGHBOURS * (sum(around) / len(around) - logit)
            logit -= HOST * (speaker in hosts) + NO_SPEECH * (_first(speaker) in NOBODY)
        found.append(logit)
    return found


def _hosts(texts: Sequence[str], speakers: Sequence[str | None]) -> set[str]:
    """Who asks much and says little: less than half of what the one who speaks most says."""
    says = collections.Counter(speaker for speaker in speakers if speaker)
    asks = collections.Counter(
        speaker
        for text, speaker in zip(texts, speakers, strict=True)
        if speaker and text.rstrip("\"' ”").endswith("?")
    )
    most = max(says.values(), default=0)
    return {
        speaker
        for speaker, n in says.items()
        if _first(speaker) in HOSTS or (asks[speaker] > ASKING * n and n < most / 2)
    }


def _first(speaker: str) -> str:
    return (speaker.lower().split() or [""])[0]
