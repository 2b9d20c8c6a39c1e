"""Everything there is about a project's claims, some hundred claims at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from db.models import (
    Article,
    Claim,
    ClaimLineage,
    Comment,
    Evidence,
    Flag,
    Guideline,
    Label,
    Resolution,
    Review,
    Snapshot,
    Source,
    User,
)

CHUNK = 500


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A stored copy without its text."""

    text_sha256: str
    taken_at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, the document it was found in, and the copies there are of it."""

    evidence: Evidence
    source: Source | None
    copies: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A submitted review, the reviewer's pseudonym, the verdict, and what it rests on.

    `guideline` is the number of the version it was made under, None where there was none.
    """

    review: Review
    reviewer: str
    label: Label
    guideline: int | None
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment, the pseudonym of who wrote it, and of who resolved its thread."""

    comment: Comment
    by: str
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag, the pseudonym of who raised it, and of who lowered it."""

    flag: Flag
    by: str
    lowered_by: str | None


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """A claim's resolution, its verdict, the pseudonym of who decided, and the dissenters' ones.

    `dissent` holds what the resolution does, each beside the pseudonym and the verdict.
    """

    resolution: Resolution
    label: Label
    decided_by: str | None
    dissent: tuple[tuple[dict[str, Any], str, Label], ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its article, the pseudonym of who made it, and all that hangs on it."""

    claim: Claim
    article: Article
    created_by: str | None
    parents: tuple[ClaimLineage, ...]
    resolution: ResolutionRow | None
    reviews: tuple[ReviewRow, ...]
    comments: tuple[CommentRow, ...]
    flags: tuple[FlagRow, ...]


def records(session: Session, project_id: int, *, states: Collection[str]) -> Iterator[ClaimRow]:
    """The project's claims in these states: by article, then in the order of its text.

    Claims of retired articles, drafts and retired evidence are left out. Reviews are in the order
    in which they were begun. Nine queries for `CHUNK` claims, however many hang on
    them, and two more where there is dissent.
    """
    ids = _claim_ids(session, project_id, states)
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(session, ids[start : start + CHUNK])


def _claim_ids(session: Session, project_id: int, states: Collection[str]) -> Sequence[int]:
    query = (
        select(col(Claim.id))
        .join(Article, col(Article.id) == col(Claim.article_id))
        .where(Claim.project_id == project_id, col(Claim.state).in_(states))
        .where(col(Article.retired_at).is_(None))
        .order_by(col(Claim.article_id), col(Claim.start), col(Claim.end), col(Claim.id))
    )
    return [id for id in session.exec(query) if id is not None]


def _chunk(session: Session, ids: Sequence[int]) -> Iterator[ClaimRow]:
    parents = _parents(session, ids)
    resolutions = _resolutions(session, ids)
    reviews = _reviews(session, ids)
    comments, flags = _comments(session, ids), _flags(session, ids)
    for id, (claim, article, created_by) in _claims(session, ids).items():
        yield ClaimRow(
            claim,
            article,
            created_by,
            tuple(parents[id]),
            resolutions.get(id),
            tuple(reviews[id]),
            tuple(comments[id]),
            tuple(flags[id]),
        )


def _claims(session: Session, ids: Sequence[int]) -> dict[int, tuple[Claim, Article, str | None]]:
    query = (
        select(Claim, Article, User.name)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .outerjoin(User, col(User.id) == col(Claim.created_by_id))
        .where(col(Claim.id).in_(ids))
    )
    found = {claim.id: (claim, article, name) for claim, article, name in session.exec(query)}
    return {id: found[id] for id in ids}


def _parents(session: Session, ids: Sequence[int]) -> dict[int, list[ClaimLineage]]:
    query = (
        select(ClaimLineage)
        .where(col(ClaimLineage.child_id).in_(ids))
        .order_by(col(ClaimLineage.parent_id))
    )
    found: dict[int, list[ClaimLineage]] = defaultdict(list)
    for lineage in session.exec(query):
        found[lineage.child_id].append(lineage)
    return found


def _resolutions(session: Session, ids: Sequence[int]) -> dict[int, ResolutionRow]:
    query = (
        select(Resolution, Label, User.name)
        .join(Label, col(Label.id) == col(Resolution.label_id))
        .outerjoin(User, col(User.id) == col(Resolution.decided_by_id))
        .where(col(Resolution.claim_id).in_(ids))
    )
    found = session.exec(query).all()
    told = [each for resolution, *_ in found for each in resolution.dissent]
    names, labels = _named(session, told)
    return {
        resolution.claim_id: ResolutionRow(
            resolution,
            label,
            decided_by,
            tuple(
                (each, names[each["user_id"]], labels[each["label_id"]])
                for each in resolution.dissent
            ),
        )
        for resolution, label, decided_by in found
    }


def _named(
    session: Session, dissent: Sequence[dict[str, Any]]
) -> tuple[dict[int, str], dict[int, Label]]:
    """The pseudonyms and the verdicts of the dissenting reviews, by id."""
    if not dissent:
        return {}, {}
    people = select(User).where(col(User.id).in_({each["user_id"] for each in dissent}))
    given = select(Label).where(col(Label.id).in_({each["label_id"] for each in dissent}))
    names = {user.id or 0: user.name for user in session.exec(people)}
    return names, {label.id or 0: label for label in session.exec(given)}


def _reviews(session: Session, ids: Sequence[int]) -> dict[int, list[ReviewRow]]:
    evidence = _evidence(session, ids)
    query = (
        select(Review, User.name, Label, Guideline.number)
        .join(User, col(User.id) == col(Review.user_id))
        .join(Label, col(Label.id) == col(Review.label_id))
        .outerjoin(Guideline, col(Guideline.id) == col(Review.guideline_id))
        .where(col(Review.claim_id).in_(ids), Review.status == "submitted")
        .order_by(col(Review.id))
    )
    found: dict[int, list[ReviewRow]] = defaultdict(list)
    for review, reviewer, label, guideline in session.exec(query):
        row = ReviewRow(review, reviewer, label, guideline, tuple(evidence[review.id or 0]))
        found[review.claim_id].append(row)
    return found


def _evidence(session: Session, ids: Sequence[int]) -> dict[int, list[EvidenceRow]]:
    query = (
        select(Evidence, Source)
        .outerjoin(Source, col(Source.id) == col(Evidence.source_id))
        .join(Review, col(Review.id) == col(Evidence.review_id))
        .where(col(Review.claim_id).in_(ids), Review.status == "submitted")
        .where(col(Evidence.retired_at).is_(None))
        .order_by(col(Evidence.position), col(Evidence.id))
    )
    pairs = session.exec(query).all()
    copies = _copies(session, {source.canonical_url for _, source in pairs if source})
    found: dict[int, list[EvidenceRow]] = defaultdict(list)
    for evidence, source in pairs:
        kept = tuple(copies[source.canonical_url]) if source else ()
        found[evidence.review_id].append(EvidenceRow(evidence, source, kept))
    return found


def _copies(session: Session, addresses: Collection[str]) -> dict[str, list[CopyRow]]:
    found: dict[str, list[CopyRow]] = defaultdict(list)
    listed = sorted(addresses)
    for start in range(0, len(listed), CHUNK):
        query = (
            select(Snapshot.canonical_url, Snapshot.text_sha256, Snapshot.taken_at, Snapshot.how)
            .where(col(Snapshot.canonical_url).in_(listed[start : start + CHUNK]))
            .order_by(col(Snapshot.taken_at), col(Snapshot.id))
        )
        for address, text_sha256, taken_at, how in session.exec(query):
            found[address].append(CopyRow(text_sha256, taken_at, how))
    return found


def _comments(session: Session, ids: Sequence[int]) -> dict[int, list[CommentRow]]:
    by, ended_by = aliased(User), aliased(User)
    query = (
        select(Comment, by.name, ended_by.name)
        .join(by, col(by.id) == col(Comment.user_id))
        .outerjoin(ended_by, col(ended_by.id) == col(Comment.resolved_by_id))
        .where(col(Comment.claim_id).in_(ids), col(Comment.retired_at).is_(None))
        .order_by(col(Comment.id))
    )
    found: dict[int, list[CommentRow]] = defaultdict(list)
    for comment, name, ended in session.exec(query):
        found[comment.claim_id].append(CommentRow(comment, name, ended))
    return found


def _flags(session: Session, ids: Sequence[int]) -> dict[int, list[FlagRow]]:
    by, ended_by = aliased(User), aliased(User)
    query = (
        select(Flag, by.name, ended_by.name)
        .join(by, col(by.id) == col(Flag.user_id))
        .outerjoin(ended_by, col(ended_by.id) == col(Flag.lowered_by_id))
        .where(col(Flag.claim_id).in_(ids))
        .order_by(col(Flag.id))
    )
    found: dict[int, list[FlagRow]] = defaultdict(list)
    for flag, name, ended in session.exec(query):
        found[flag.claim_id].append(FlagRow(flag, name, ended))
    return found
