"""What kind of assertion a claim is."""

from __future__ import annotations

import re

KINDS = (
    "numerical",
    "event",
    "quote",
    "position",
    "causal",
    "comparison",
    "prediction",
    "opinion",
    "fact",
)
# all but YEARISH are for small letters: ignoring case makes them more than twice as slow
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|trillions?|half|percent|twice|double)\b"
)
YEARISH = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\b"
)
CAUSAL = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|because|due to|led to|leads? to|result(?:s|ed)? in|as a result|"
    r"thanks to|trigger(?:s|ed)?|responsible for|contribut(?:e|es|ed) to|prevent(?:s|ed)?|"
    r"makes? (?:it )?possible)\b"
)
COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|better|worse|bigger|faster|older|"
    r"younger)\b[^.]{0,60}\bthan\b|"
    r"\bthe (?:most|least|largest|biggest|highest|lowest|best|worst|first|only|oldest|youngest)\b"
)
FUTURE = re.compile(r"\b(?:will|won't|shall|going to|is expected to|are expected to|would)\b")
OPINION = re.compile(
    r"\b(?:should|must|ought|great|good|bad|terrible|wonderful|beautiful|best|worst|important|crucial|"
    r"disaster|disgrace|shameful|ridiculous|absurd|amazing|incredible|unfair|fair|stupid|brilliant|"
    r"efficiently|successful|i think|i believe|in my view)\b"
)


def kind_of(claim: str, *, stance: bool, past: bool, quoted: bool) -> str:
    """The type of a claim.

    >>> kind_of("Unemployment fell to 4%.", stance=False, past=True, quoted=False)
    'numerical'
    >>> kind_of("Taxes will rise.", stance=False, past=False, quoted=False)
    'prediction'
    """
    if stance:
        return "position"
    lower = claim.lower()
    if FUTURE.search(lower):
        return "prediction"
    if NUMBER.search(YEARISH.sub("", claim).lower()):
        return "numerical"
    if CAUSAL.search(lower):
        return "causal"
    if COMPARISON.search(lower):
        return "comparison"
    if OPINION.search(lower):
        return "opinion"
    if quoted:
        return "quote"
    return "event" if past else "fact"
