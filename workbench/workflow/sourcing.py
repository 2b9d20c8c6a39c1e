"""The evidence of a review in the database, and the project's one source behind each address."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session

from db.models import Claim, Evidence, Review, Source, utc_now
from db.queries import reviews, sources
from workbench.addresses import canonical
from workbench.reviewing.evidence import EvidenceForm
from workbench.reviewing.typed import date_of
from workbench.workflow.recording import change, record

_OF_EVIDENCE = ("quote", "stance", "set_number", "question", "answer", "answer_type", "explanation")
_OF_SOURCE = ("title", "publisher", "author", "medium")


def evidence_of(session: Session, review: Review) -> tuple[EvidenceForm, ...]:
    """What the review rests on, as its form shows it."""
    pairs = reviews.evidence(session, review_id=review.id or 0)
    return tuple(_as_form(evidence, source) for evidence, source in pairs)


def store_evidence(
    session: Session, claim: Claim, review: Review, entries: Sequence[EvidenceForm]
) -> None:
    """Make the checked `entries` what the review rests on; what is gone from it is retired."""
    stored = {row.id: row for row in _stored(session, review)}
    for position, entry in enumerate(entries):
        fields = {name: getattr(entry, name) for name in _OF_EVIDENCE} | {"position": position}
        fields["source_id"] = _source_id(session, claim.project_id, review.user_id, entry)
        row = stored.pop(entry.id, None)
        if row is None:
            session.add(Evidence(review_id=review.id or 0, **fields))
        else:
            change(row, **fields)
    for removed in stored.values():
        removed.retired_at = utc_now()


def source_fields(source: Source) -> dict[str, str]:
    """What is known about the document, as the fields of a form."""
    return {
        "url": source.url,
        "published_on": source.published_on.isoformat() if source.published_on else "",
        **{name: getattr(source, name) for name in _OF_SOURCE},
    }


def _stored(session: Session, review: Review) -> list[Evidence]:
    """What is stored for the review; a review that is new since this transaction has nothing."""
    if review.version == 1:
        return []
    return [evidence for evidence, _ in reviews.evidence(session, review_id=review.id or 0)]


def _as_form(evidence: Evidence, source: Source | None) -> EvidenceForm:
    about: dict[str, Any] = source_fields(source) | _accessed(source) if source else {}
    typed = {name: getattr(evidence, name) for name in _OF_EVIDENCE}
    return EvidenceForm(**about, **typed, id=evidence.id)


def _accessed(source: Source) -> dict[str, str]:
    return {"accessed_on": source.accessed_at.date().isoformat()}


def _source_id(session: Session, project_id: int, user_id: int, entry: EvidenceForm) -> int | None:
    return _source(session, project_id, user_id, entry).id if entry.url else None


def _source(session: Session, project_id: int, user_id: int, entry: EvidenceForm) -> Source:
    """The project's one source at this address; what was typed about it last is kept on it."""
    address = canonical(entry.url)
    source = sources.by_address(
        session, project_id=project_id, canonical_url=address, url=entry.url
    )
    is_new = source is None
    if source is None:
        source = Source(
            project_id=project_id, url=entry.url, canonical_url=address, created_by_id=user_id
        )
        session.add(source)
    source.canonical_url = address
    before, after = change(source, **_typed(source, entry))
    if after:
        record(
            session,
            project_id=project_id,
            user_id=user_id,
            kind="source.described",
            row=source,
            before=before,
            after=after,
        )
    session.flush()
    if after or is_new:
        sources.index_words(session, source)
    return source


def _typed(source: Source, entry: EvidenceForm) -> dict[str, Any]:
    """What was typed about the document: nothing that is known is made empty."""
    fields: dict[str, Any] = {name: getattr(entry, name) for name in _OF_SOURCE}
    fields["published_on"] = date_of(entry.published_on)
    read_on = date_of(entry.accessed_on)
    if read_on is not None and read_on != source.accessed_at.date():
        fields["accessed_at"] = _midnight(read_on)
    return {name: value for name, value in fields.items() if value}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
