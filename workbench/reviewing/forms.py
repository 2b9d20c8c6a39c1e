"""The review form: what is typed, kept as typed while it is a draft, and checked when submitted.

A draft is what the page sends: it may be half a URL, but never of a shape that was not asked for.
"""

from collections.abc import Mapping, Sized
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbench.errors import InputError
from workbench.reviewing.evidence import EvidenceForm, checked_evidence, parse_evidence
from workbench.reviewing.typed import text_of

MAX_SOURCES = 100


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One review as typed: `label` is a label's key or empty, `confidence` 0 to 1 or None.

    `pending` is the source that is being typed and not yet among `evidence`; `claim_text` is a new
    stand-alone text for the claim, empty while it is left as it is, and `claim_base` the text that
    the claim had when it was typed.
    """

    label: str = ""
    justification: str = ""
    confidence: float | None = None
    evidence: tuple[EvidenceForm, ...] = ()
    pending: EvidenceForm = field(default_factory=EvidenceForm)
    claim_text: str = ""
    claim_base: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form as the page and the draft column hold it."""
        return asdict(self) | {"evidence": [asdict(entry) for entry in self.evidence]}


def parse_form(raw: Mapping[str, Any]) -> ReviewForm:
    """The form from what the page sent.

    Raises:
        InputError: a field is too long or no text, or the confidence is outside of 0 to 1.

    >>> parse_form({"label": "refuted", "confidence": 0.8}).confidence
    0.8
    >>> parse_form({"justification": 3})
    Traceback (most recent call last):
    workbench.errors.InputError: The field 'justification' must be text.
    """
    if not isinstance(raw, Mapping):
        raise InputError("A review must be a set of fields.")
    entries = raw.get("evidence") or []
    if not isinstance(entries, list):
        raise InputError("The sources of a review must be a list.")
    _refuse_too_many(entries)
    return ReviewForm(
        label=text_of(raw, "label"),
        justification=text_of(raw, "justification"),
        confidence=_confidence(raw.get("confidence")),
        evidence=tuple(parse_evidence(entry) for entry in entries),
        pending=parse_evidence(raw.get("pending") or {}),
        claim_text=text_of(raw, "claim_text"),
        claim_base=text_of(raw, "claim_base"),
    )


def check_submission(form: ReviewForm) -> ReviewForm:
    """The form ready to be stored: the source still being typed is added if it is complete.

    Raises:
        InputError: no verdict, or a source without a valid URL, date or stance; names which.
    """
    if not form.label:
        raise InputError("Choose a verdict first: press its digit or click it.")
    entries = form.evidence if form.pending.is_blank else (*form.evidence, form.pending)
    _refuse_too_many(entries)
    checked = (checked_evidence(entry, number) for number, entry in enumerate(entries, start=1))
    return replace(form, evidence=tuple(checked), pending=EvidenceForm(), claim_base="")


def _refuse_too_many(entries: Sized) -> None:
    if len(entries) > MAX_SOURCES:
        raise InputError(f"A review holds at most {MAX_SOURCES} sources.")


def _confidence(value: Any) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError("The confidence must lie between 0 and 100 %.")
    return float(value)
