"""What the splitter hands out: plain, frozen values with offsets into the text as it was given."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """Words of the article and where they stand: `text[start:end]`, in code points."""

    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclasses.dataclass(frozen=True, slots=True)
class TimeMention:
    """A date or time as written and the ISO date or interval (`from/to`) it means."""

    text: str
    start: int
    end: int
    value: str

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "value": self.value}


@dataclasses.dataclass(frozen=True, slots=True)
class EntityMention:
    """A named person, place, organisation or quantity, with the pipeline's label."""

    text: str
    label: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "label": self.label, "start": self.start, "end": self.end}


@dataclasses.dataclass(frozen=True, slots=True)
class Attribution:
    """Who says, thinks or wants something, by which words, and what.

    `content_start` to `content_end` covers everything that is attributed; a quotation that the
    cue interrupts has several `parts`. `kind` says what the cue expresses: `speech`, `belief`,
    `evidence` (a study shows), `intention` or `stance` (supports, criticised).
    `through` is the chain of those who pass it on, outermost first.
    """

    name: str | None
    speaker: Span | None
    cue: Span | None
    content_start: int
    content_end: int
    through: tuple[str, ...] = ()
    negated: bool = False
    hedged: bool = False
    kind: str = "speech"
    parts: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "speaker": self.speaker.as_json() if self.speaker else None,
            "cue": self.cue.as_json() if self.cue else None,
            "content": {"start": self.content_start, "end": self.content_end},
            "parts": [{"start": start, "end": end} for start, end in self.parts],
            "through": list(self.through),
            "negated": self.negated,
            "hedged": self.hedged,
            "kind": self.kind,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimCandidate:
    """One checkable assertion: `quote` as the article has it, `claim` made to stand alone."""

    claim: str
    quote: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    block: str
    attribution: Attribution | None = None
    times: tuple[TimeMention, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    type: str = "event"
    ambiguous: bool = False
    checkworthiness: float = 0.0
    reasons: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `workbench split` prints for this claim."""
        return {
            "claim": self.claim,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "sentence": {"start": self.sentence_start, "end": self.sentence_end},
            "block": self.block,
            "attribution": self.attribution.as_json() if self.attribution else None,
            "times": [mention.as_json() for mention in self.times],
            "entities": [mention.as_json() for mention in self.entities],
            "type": self.type,
            "ambiguous": self.ambiguous,
            "checkworthiness": self.checkworthiness,
            "reasons": list(self.reasons),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article; `claim` is the same sentence made to stand alone."""

    start: int
    end: int
    block: str
    claim: str

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "block": self.block, "claim": self.claim}
