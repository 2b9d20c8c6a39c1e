"""The verdicts of a record as the formats with one verdict a line take them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from exports.base import EvidenceRecord, LeftOut, Options, Record, ReviewRecord
from exports.labels import mapped


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict on a claim: its resolution, or that of one reviewer.

    `evidence` and `justification` are those of the reviewers who gave this verdict; `sets` is the
    evidence by the alternative sets that each of them made. Where the work went by phases, a final
    verdict rests on the evidence of all of them: that is what the last ones judged from.
    """

    record: Record
    label: str
    title: str
    justification: str
    evidence: tuple[EvidenceRecord, ...]
    sets: tuple[tuple[EvidenceRecord, ...], ...]
    given_at: datetime | None
    reviewer: str | None = None


UNRESOLVED = "it has no final verdict yet"
UNREVIEWED = "nobody has submitted a verdict on it yet"


def verdicts(record: Record, options: Options) -> tuple[Verdict, ...]:
    """The final verdict, or with `labels="all"` each reviewer's; none is an empty tuple."""
    if options.labels == "all":
        return tuple(_of_reviewer(record, review) for review in submitted(record))
    return _final(record)


def submitted(record: Record) -> tuple[ReviewRecord, ...]:
    """The reviews that somebody stands by: drafts are left out."""
    return tuple(review for review in record.reviews if review.status == "submitted")


def _of_reviewer(record: Record, review: ReviewRecord) -> Verdict:
    return Verdict(
        record,
        review.label,
        review.title,
        review.justification,
        review.evidence,
        _sets([review]),
        review.submitted_at,
        review.reviewer,
    )


def _final(record: Record) -> tuple[Verdict, ...]:
    final = record.resolution
    if final is None:
        return ()
    given = submitted(record)
    agreeing = [review for review in given if review.label == final.label]
    resting = given if any(review.phase for review in given) else agreeing
    reasons = [final.reason, *(review.justification for review in agreeing)]
    return (
        Verdict(
            record,
            final.label,
            final.title,
            "\n\n".join(dict.fromkeys(filter(None, map(str.strip, reasons)))),
            tuple(dict.fromkeys(entry for review in resting for entry in review.evidence)),
            _sets(resting),
            final.decided_at,
        ),
    )


def _sets(reviews: Iterable[ReviewRecord]) -> tuple[tuple[EvidenceRecord, ...], ...]:
    found: dict[tuple[EvidenceRecord, ...], None] = {}
    for review in reviews:
        by_number: dict[int, list[EvidenceRecord]] = {}
        for entry in review.evidence:
            by_number.setdefault(entry.set_number, []).append(entry)
        found |= dict.fromkeys(tuple(by_number[number]) for number in sorted(by_number))
    return tuple(found)


def in_words_of(
    format: str, records: Iterable[Record], options: Options, left_out: list[LeftOut]
) -> Iterator[tuple[Verdict, str]]:
    """Each verdict with the format's word for it; the claims without one go to `left_out`."""
    for record in records:
        found = verdicts(record, options)
        if not found:
            reason = UNREVIEWED if options.labels == "all" else UNRESOLVED
            left_out.append(LeftOut(record.claim.id, reason))
        refused = [one for one in found if mapped(format, record.scheme, one.label) is None]
        if refused:
            titles = ", ".join(dict.fromkeys(repr(one.title) for one in refused))
            left_out.append(
                LeftOut(record.claim.id, f"the format has no equivalent of the verdict {titles}")
            )
            continue
        for one in found:
            yield one, mapped(format, record.scheme, one.label) or ""
