"""The review form: what is typed, kept as typed while it is a draft, and checked when submitted.

A draft is what the page sends: it may be half a URL, but never of a shape that was not asked for.
"""

import re
from collections.abc import Mapping, Sized
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from workbench.errors import InputError

STANCES = ("supports", "refutes", "context")
MAX_FIELD_CHARACTERS = 20_000
MAX_URL_CHARACTERS = 2_000
MAX_SOURCES = 100
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """The fields of one source as typed; `id` is the stored evidence it edits, None for new."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    quote: str = ""
    stance: str = "supports"
    id: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: the stance alone does not count, it is always set."""
        return not (self.url or self.title or self.publisher or self.published_on or self.quote)


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
    pending: EvidenceForm = EvidenceForm()
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
        label=_text(raw, "label"),
        justification=_text(raw, "justification"),
        confidence=_confidence(raw.get("confidence")),
        evidence=tuple(_evidence(entry) for entry in entries),
        pending=_evidence(raw.get("pending") or {}),
        claim_text=_text(raw, "claim_text"),
        claim_base=_text(raw, "claim_base"),
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
    for number, entry in enumerate(entries, start=1):
        check_evidence(entry, number)
    return replace(form, evidence=tuple(entries), pending=EvidenceForm(), claim_base="")


def check_evidence(entry: EvidenceForm, number: int = 1) -> None:
    """Raise `InputError` unless the source can be stored; `number` names it in the message.

    >>> check_evidence(EvidenceForm(url="example.org/a"))
    Traceback (most recent call last):
    workbench.errors.InputError: Source 1: 'example.org/a' is no web address; give one that \
starts with http:// or https://.
    """
    if not is_web_address(entry.url):
        found = f"{entry.url[:80]!r} is no web address" if entry.url else "it has no URL"
        raise InputError(
            f"Source {number}: {found}; give one that starts with http:// or https://."
        )
    published_on = published_date(entry.published_on)
    if published_on is not None and published_on > datetime.now(UTC).date() + timedelta(days=366):
        raise InputError(f"Source {number}: the date {published_on} is far in the future.")
    if entry.published_on and published_on is None:
        raise InputError(
            f"Source {number}: {entry.published_on[:40]!r} is no date; write it as 2022-01-31."
        )
    if entry.stance not in STANCES:
        raise InputError(f"Source {number}: choose one of {', '.join(STANCES)} as its stance.")


def is_web_address(url: str) -> bool:
    """Whether `url` is a complete http or https address, without a name or password in it.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    if len(url) > MAX_URL_CHARACTERS or " " in url or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        plain = parts.username is None and parts.port != 0
        return parts.scheme in ("http", "https") and bool(parts.hostname) and plain
    except ValueError:
        return False


def published_date(text: str) -> date | None:
    """The date written as 2022-01-31; None where there is none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _refuse_too_many(entries: Sized) -> None:
    if len(entries) > MAX_SOURCES:
        raise InputError(f"A review holds at most {MAX_SOURCES} sources.")


def _evidence(raw: Any) -> EvidenceForm:
    if not isinstance(raw, Mapping):
        raise InputError("A source must be a set of fields.")
    fields = {
        name: _text(raw, name).strip() for name in ("url", "title", "publisher", "published_on")
    }
    id = raw.get("id")
    if id is not None and not isinstance(id, int):
        raise InputError("The id of a source must be a number.")
    stance = _text(raw, "stance") or EvidenceForm().stance
    return EvidenceForm(**fields, quote=_text(raw, "quote"), stance=stance, id=id)


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"The field {name!r} must be text.")
    if len(value) > MAX_FIELD_CHARACTERS:
        raise InputError(
            f"The field {name!r} holds {len(value):,} characters; "
            f"at most {MAX_FIELD_CHARACTERS:,} are kept."
        )
    return plain_text(value, name)


def plain_text(value: str, name: str) -> str:
    """`value`, if every database can keep it; `InputError` names the field otherwise."""
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"The field {name!r} holds a character that is no text; remove it.")
    return value


def _confidence(value: Any) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError("The confidence must lie between 0 and 100 %.")
    return float(value)
