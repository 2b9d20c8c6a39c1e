"""An event in words, and what it changed as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.queries import projects, users
from db.queries.history import EventRow
from workbench.reviewing.roles import done
from workbench.reviewing.workflows import phase_titles

WORKBENCH = "The workbench"


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids and keys in events stand for: labels by id and by key, people by id."""

    labels: Mapping[int | str, str]
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A field and its value before and after, as people read them; empty where there is none."""

    title: str
    before: str
    after: str


def names_of(session: Session, *, project_id: int) -> Names:
    """The labels of the project and everybody's names."""
    labels: dict[int | str, str] = {}
    for label in projects.labels(session, project_id=project_id):
        labels |= {label.id or 0: label.title, label.key: label.title}
    people = {user.id or 0: user.display_name or user.name for user in users.all_users(session)}
    return Names(labels, people)


def who(row: EventRow) -> str:
    """Who did it, by the name on the screen."""
    return row.display_name or row.user or WORKBENCH


def words(row: EventRow, names: Names) -> str:
    """The event as a sentence without its full stop: "Ada changed the text of claim 12"."""
    return f"{who(row)} {did(row, names)}"


def did(row: EventRow, names: Names) -> str:
    """What was done, as the rest of a sentence that begins with a name."""
    kind = done(row.kind)
    how = {".undone": "took back: ", ".redone": "did again: "}.get(row.kind[len(kind) :], "")
    return f"{how}{_done(kind, row, names)}"


def _done(kind: str, row: EventRow, names: Names) -> str:
    told = DID.get(_told_as(kind, row))
    if told is None:
        thing, _, verb = kind.partition(".")
        about = f"claim {row.claim_id}" if row.claim_id else f"{row.subject} {row.subject_id}"
        return f"{verb or thing} ({thing}) · {about}"
    assigned = _people(row.after.get("assigned") or row.before.get("assigned", ""), names)
    return told.format(
        claim=f"claim {row.claim_id}",
        id=row.subject_id,
        number=row.after.get("number", ""),
        person=assigned,
        name=row.after.get("name") or row.before.get("name", ""),
        role=row.after.get("role", ""),
    )


def _people(told: Any, names: Names) -> str:
    return names.people.get(told, str(told)) if isinstance(told, int) else str(told)


def _told_as(kind: str, row: EventRow) -> str:
    """Some kinds are told in another way where there was something before."""
    again = {"claim.proposed": "claim.proposed again", "review.submitted": "review.changed"}
    return again.get(kind, kind) if row.before and row.kind == kind else kind


DID = {
    "article.imported": "brought in article {id}",
    "article.split": "split article {id} into claims",
    "claim.proposed": "proposed {claim}",
    "claim.proposed again": "put {claim} back among the proposed",
    "claim.accepted": "accepted {claim}",
    "claim.rejected": "rejected {claim}",
    "claim.retired": "retired {claim}",
    "claim.restored": "restored {claim}",
    "claim.rewritten": "changed the text of {claim}",
    "claim.described": "changed who, when, where or what of {claim}",
    "claim.moved": "moved {claim} to other words",
    "claim.merge": "merged {claim} into another",
    "claim.split": "split {claim}",
    "claim.created": "made {claim}",
    "claim.normalised": "normalised {claim}",
    "claim.advanced": "moved {claim} to another phase",
    "claim.assigned": "put {claim} on the queue of {person}",
    "claim.unassigned": "took {claim} off the queue of {person}",
    "claim.skipped": "skipped {claim}",
    "claim.resolved": "settled the final verdict on {claim}",
    "claim.unresolved": "unsettled the final verdict on {claim}",
    "claim.adjudicated": "decided the final verdict on {claim}",
    "claim.reopened": "re-opened {claim} by another verdict",
    "claim.sent_back": "sent {claim} back for another review",
    "flag.raised": "flagged {claim}",
    "flag.lowered": "lowered the flag of {claim}",
    "review.submitted": "gave the verdict on {claim}",
    "review.changed": "changed the review of {claim}",
    "review.drafted": "drafted the review of {claim}",
    "comment.written": "commented on {claim}",
    "comment.rewritten": "corrected a comment on {claim}",
    "comment.retired": "took a comment on {claim} away",
    "comment.resolved": "resolved a thread on {claim}",
    "comment.reopened": "opened a thread on {claim} again",
    "source.described": "described source {id}",
    "snapshot.kept": "kept a copy of a source",
    "gold.marked": "noted the known verdict of {claim}",
    "gold.unmarked": "took the known verdict of {claim} away",
    "repeat.judged": "judged {claim} once more, to be compared",
    "repeat.drafted": "drafted another review of {claim}, to be compared",
    "repeat.skipped": "skipped {claim}, given once more to be compared",
    "training.judged": "judged {claim} in training",
    "training.drafted": "drafted a verdict on {claim} in training",
    "training.waived": "let {name} begin without having passed the training",
    "guideline.published": "published version {number} of the guideline",
    "project.created": "made the project",
    "project.changed": "changed the project's settings",
    "job.cancelled": "cancelled job {id}",
    "rule.added": "made a rule that claims go to {person}",
    "rule.retired": "took back a rule that claims go to {person}",
    "member.added": "added {name} as {role}",
    "member.changed": "changed the role of {name} to {role}",
    "member.ended": "took {name} out of the project",
    "member.invited": "invited somebody as {role}",
    "member.joined": "joined as {role}",
    "member.left": "left the project",
    "member.uninvited": "withdrew an invitation as {role}",
    "worthiness.trained": "trained the project's own check-worthiness",
    "worthiness.retired": "put the project's own check-worthiness out of use",
}
"""What each kind of event says after the name of who did it."""


def kinds() -> list[str]:
    """The kinds of events that can be asked for, by subject."""
    return sorted(kind for kind in DID if " " not in kind and kind != "review.changed")


def changes(row: EventRow, names: Names) -> list[Change]:
    """What differs, field by field; what is of no use to a reader is left out."""
    found = [
        Change(_title(name), *(_shown(name, side.get(name), names) for side in _sides(row)))
        for name in dict.fromkeys([*row.before, *row.after])
        if not _is_untold(name)
    ]
    return [change for change in [*_place(row), *found] if change.before != change.after]


def _sides(row: EventRow) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return row.before, row.after


def _place(row: EventRow) -> list[Change]:
    before, after = (
        f"characters {side['start']:,} to {side['end']:,}"
        if isinstance(side.get("start"), int) and isinstance(side.get("end"), int)
        else ""
        for side in _sides(row)
    )
    return [Change("Place", before, after)]


_TITLES = {
    "label": "Verdict", "label_id": "Verdict", "claim_text": "Claim text", "n_claims": "Claims",
    "published_on": "Published", "claimed_on": "Claimed on", "claim_types": "Type",
    "canonical_url": "Address", "url": "Address", "how": "Settled by", "form": "Review",
    "external_id": "Its id", "number": "Version",
}  # fmt: skip
_UNTOLD = {"start", "end", "proposed", "pending", "text_sha256", "project_id", "article_id"}


def _is_untold(name: str) -> bool:
    return name in _UNTOLD or name.endswith(("_at", "_by_id"))


def _title(name: str) -> str:
    return _TITLES.get(name) or name.replace("_", " ").strip().capitalize()


def _shown(name: str, value: Any, names: Names) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if name in ("label", "label_id", "verdict"):
        return str(names.labels.get(value, value)) if isinstance(value, int | str) else str(value)
    if name == "phase":
        return phase_titles().get(str(value), str(value))
    if name.endswith("user_id"):
        return _people(value, names)
    if name == "confidence" and isinstance(value, int | float):
        return f"{value:.0%}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "evidence" and isinstance(value, list):
        return "\n".join(_piece(each) for each in value if isinstance(each, dict))
    return _in_lines(value, names)


def _piece(evidence: Mapping[str, Any]) -> str:
    """One piece of evidence on one line: its stance, source, question, answer and quote."""
    told = [str(evidence.get(name) or "") for name in ("title", "url", "question", "answer")]
    quote = evidence.get("quote")
    parts = [*filter(None, told), *([f"“{quote}”"] if quote else [])]
    return f"{str(evidence.get('stance') or 'context').capitalize()}: {' · '.join(parts)}"


def _in_lines(value: Any, names: Names) -> str:
    """A list or an object, each part on a line of its own; a short list of words on one."""
    if isinstance(value, list):
        plain = all(isinstance(each, str | int | float) for each in value)
        parts = [_in_lines(each, names) for each in value]
        return ", ".join(parts) if plain else "\n".join(f"– {part}" for part in parts)
    if isinstance(value, dict):
        told = {name: _shown(name, each, names) for name, each in value.items()}
        return "\n".join(f"{_title(name)}: {text}" for name, text in told.items() if text)
    return str(value)


def time(at: datetime) -> str:
    """The minute, UTC, as every page writes it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
