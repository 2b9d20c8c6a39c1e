"""One piece of evidence as typed: a source, what it says, and the question that it answers.

Questions and the kinds of answers are AVeriTeC's (Schlichtkrull, Guo and Vlachos 2023), complete
alternative sets of evidence are FEVER's (Thorne et al. 2018).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.addresses import is_web_address
from workbench.errors import InputError
from workbench.reviewing.typed import check_date, text_of, whole_number

STANCES = ("supports", "refutes", "context")
MEDIA = ("web text", "web table", "PDF", "image", "video", "audio", "metadata", "other")
ANSWER_TYPES = ("extractive", "abstractive", "boolean", "unanswerable")
BOOLEAN_ANSWERS = ("yes", "no")
MAX_SETS = 20
_ONE_LINE = ("url", "title", "publisher", "published_on", "author", "accessed_on", "question")
_LONGER = ("quote", "answer", "explanation")
_CHOICES = ("medium", "answer_type")


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """The fields of one piece of evidence; `id` is the stored one that it edits, None for new.

    An empty `medium` is the one that the source has already, or web text; an empty `accessed_on`
    is today. Entries of the same `set_number` belong together; those with the same `question` are
    its answers.
    """

    url: str = ""
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    quote: str = ""
    stance: str = "supports"
    author: str = ""
    medium: str = ""
    accessed_on: str = ""
    set_number: int = 1
    question: str = ""
    answer: str = ""
    answer_type: str = ""
    explanation: str = ""
    id: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: what is chosen from a list is always set and not counted."""
        return not any(getattr(self, name) for name in (*_ONE_LINE, *_LONGER))

    @property
    def is_sourced(self) -> bool:
        """Whether it rests on a document: a question without an answer need not."""
        return bool(self.url) or self.answer_type != "unanswerable"


def parse_evidence(raw: Any) -> EvidenceForm:
    """The entry from what the page sent; fields that it does not know are empty.

    Raises `InputError` for a field of the wrong kind.
    """
    if not isinstance(raw, Mapping):
        raise InputError("A source must be a set of fields.")
    return EvidenceForm(
        **{name: text_of(raw, name).strip() for name in _ONE_LINE},
        **{name: text_of(raw, name) for name in (*_LONGER, *_CHOICES)},
        stance=text_of(raw, "stance") or EvidenceForm().stance,
        set_number=whole_number(raw, "set_number") or 1,
        id=whole_number(raw, "id"),
    )


def checked_evidence(entry: EvidenceForm, number: int = 1) -> EvidenceForm:
    """The entry as it is stored: an extractive answer that was left empty is the quote.

    Raises `InputError` with `number` in it if the entry cannot be stored.

    >>> checked_evidence(EvidenceForm(url="example.org/a"))
    Traceback (most recent call last):
    workbench.errors.InputError: Source 1: 'example.org/a' is no web address; give one that \
starts with http:// or https://.
    """
    where = f"Source {number}"
    if entry.is_sourced and not is_web_address(entry.url):
        found = f"{entry.url[:80]!r} is no web address" if entry.url else "it has no URL"
        raise InputError(f"{where}: {found}; give one that starts with http:// or https://.")
    check_date(entry.published_on, where)
    check_date(entry.accessed_on, where)
    _check_choice(entry.stance, STANCES, f"{where}: choose one of {{}} as its stance.")
    _check_choice(entry.medium or MEDIA[0], MEDIA, f"{where}: choose one of {{}} as its medium.")
    if not 1 <= entry.set_number <= MAX_SETS:
        raise InputError(f"{where}: the evidence set is a number from 1 to {MAX_SETS}.")
    return _checked_answer(entry, where)


def _checked_answer(entry: EvidenceForm, where: str) -> EvidenceForm:
    if entry.answer_type == "extractive" and not entry.answer.strip():
        entry = replace(entry, answer=entry.quote)
    told = bool(entry.answer.strip())
    if not entry.answer_type:
        if entry.question or told:
            raise InputError(f"{where}: choose the type of the answer.")
        return entry
    _check_choice(entry.answer_type, ANSWER_TYPES, f"{where}: an answer is one of {{}}.")
    if not entry.question:
        raise InputError(f"{where}: it has an answer type; write the question that it answers.")
    if entry.answer_type == "unanswerable":
        if told:
            raise InputError(f"{where}: an unanswerable question has no answer; empty it.")
    elif not told:
        raise InputError(f"{where}: write the answer to {entry.question[:60]!r}.")
    if entry.answer_type == "boolean":
        _check_boolean(entry, where)
    return entry


def _check_boolean(entry: EvidenceForm, where: str) -> None:
    if entry.answer.strip().lower() not in BOOLEAN_ANSWERS:
        raise InputError(f"{where}: a boolean answer is Yes or No.")
    if not entry.explanation.strip():
        raise InputError(f"{where}: a boolean answer needs its explanation.")


def _check_choice(value: str, allowed: tuple[str, ...], sentence: str) -> None:
    if value not in allowed:
        raise InputError(sentence.format(", ".join(allowed)))
