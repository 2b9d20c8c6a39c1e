"""Claims on which reviewers differ, the reviews side by side, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, or_

from db.models import Claim, Event, Label, Project, Resolution, Review
from db.queries import search
from db.queries.blindness import may_see
from db.queries.claims import WORKED_ON
from db.queries.phases import through_phases
from db.queries.search import ClaimFilter, Viewer

SHOWS = ("contested", "reopened", "sent back", "decided")
"""What there is to look at: claims that wait for a decision, those of them that were decided once,
those that wait for another review after a lead sent them back, and those that a lead decided."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why claims are not contested: how many have too few reviews, or a final verdict."""

    n_claims: int
    n_short: int
    n_resolved: int


def queue(session: Session, viewer: Viewer, wanted: ClaimFilter, show: str) -> Sequence[int]:
    """The ids of the claims to `show`, what has waited longest first.

    Decided ones come the latest first.
    """
    query, order = _SHOWN[show](viewer)
    query = query.where(*search.matching(session, viewer, wanted))
    return session.execute(query.order_by(*order)).scalars().all()


def n_shown(session: Session, viewer: Viewer, wanted: ClaimFilter) -> dict[str, int]:
    """How many claims there are to look at, by what `SHOWS` names."""
    found = search.matching(session, viewer, wanted)
    counts = [
        select(func.count())
        .select_from(query(viewer)[0].where(*found).subquery())
        .scalar_subquery()
        for query in _SHOWN.values()
    ]
    row = session.execute(select(*counts)).one()
    return dict(zip(_SHOWN, row, strict=True))


def against(session: Session, viewer: Viewer) -> list[tuple[str, str, int]]:
    """(label key, label key, on how many contested claims they stand against each other)."""
    contested = _contested(viewer)[0].subquery()
    one, other = aliased(Review), aliased(Review)
    first, second = aliased(Label), aliased(Label)
    n = func.count(func.distinct(col(one.claim_id)))
    query = (
        select(col(first.key), col(second.key), n)
        .select_from(one)
        .join(other, col(other.claim_id) == col(one.claim_id))
        .join(first, col(first.id) == col(one.label_id))
        .join(second, col(second.id) == col(other.label_id))
        .where(col(one.claim_id).in_(select(contested.c.id)))
        .where(col(one.status) == "submitted", col(other.status) == "submitted")
        .where(col(first.position) < col(second.position))
        .group_by(col(first.key), col(second.key), col(first.position), col(second.position))
        .order_by(n.desc(), col(first.position), col(second.position))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def waiting(session: Session, viewer: Viewer) -> Waiting:
    """Why the project's claims that are worked on are not contested."""
    n_reviews = (
        select(func.count())
        .where(col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted")
        .scalar_subquery()
    )
    resolved = exists().where(col(Resolution.claim_id) == col(Claim.id))
    short = and_(n_reviews < _wanted(viewer), ~resolved)
    query = select(
        func.count(), func.count().filter(short), func.count().filter(resolved)
    ).select_from(Claim)
    row = session.execute(query.where(*_worked_on(viewer))).one()
    return Waiting(*row)


def submitted(session: Session, viewer: Viewer, *, claim_id: int) -> list[tuple[Review, Label]]:
    """The claim's submitted reviews that the viewer may see, in the order in which they began."""
    query = (
        select(Review, Label)
        .join(Label, col(Label.id) == col(Review.label_id))
        .where(col(Review.claim_id) == claim_id, col(Review.status) == "submitted")
        .where(may_see(viewer, col(Review.claim_id), by=col(Review.user_id)))
        .order_by(col(Review.id))
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def outcome(session: Session, viewer: Viewer, *, claim_id: int) -> Resolution | None:
    """The claim's final verdict, if it has one that the viewer may see."""
    return session.execute(_outcome(viewer), {"claim_id": claim_id}).scalars().first()


@lru_cache  # for each viewer: putting a statement together costs more than its answer
def _outcome(viewer: Viewer) -> Any:
    return select(Resolution).where(
        col(Resolution.claim_id) == bindparam("claim_id"),
        may_see(viewer, col(Resolution.claim_id)),
    )


def version(session: Session, *, claim_id: int) -> int:
    """The newest event that a decision on the claim should know of; 0 before any."""
    of_claim = select(func.max(col(Event.id)).label("id")).where(
        col(Event.subject) == "claim",
        col(Event.subject_id) == claim_id,
        col(Event.kind).not_in(_BESIDE),
    )
    hanging = select(col(Review.id)).where(col(Review.claim_id) == claim_id)
    of_review = select(func.max(col(Event.id)).label("id")).where(
        col(Event.subject) == "review",
        col(Event.subject_id).in_(hanging),
        col(Event.kind) != "review.drafted",
    )
    newest = union_all(of_claim, of_review).subquery()
    return session.execute(select(func.max(newest.c.id))).scalar() or 0


def last_of_kind(session: Session, *, claim_id: int, kind: str) -> Event | None:
    """The newest event of this kind on the claim itself."""
    query = (
        select(Event)
        .where(col(Event.subject) == "claim", col(Event.subject_id) == claim_id)
        .where(col(Event.kind) == kind)
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.execute(query).scalars().first()


def unsettled(session: Session, *, project_id: int) -> Sequence[int]:
    """Claims with enough reviews and no final verdict, whether or not the reviewers differ."""
    owner = Viewer(project_id, 0, sees_all=True)
    query = _reviewed(owner).having(_enough(owner)).order_by(col(Claim.id))
    return session.execute(query).scalars().all()


Shown = tuple[Select[Any], Sequence[Any]]


def _contested(viewer: Viewer) -> Shown:
    """Enough reviews, no final verdict, and not one label; or a lead is to confirm every one."""
    asks_lead = select(col(Project.id)).where(
        col(Project.id) == viewer.project_id, col(Project.resolve_by) == "lead"
    )
    differ = or_(func.count(func.distinct(col(Review.label_id))) > 1, exists(asks_lead))
    query = _reviewed(viewer).having(_enough(viewer), differ)
    return query, (func.max(col(Review.submitted_at)), col(Claim.id))


def _reopened(viewer: Viewer) -> Shown:
    query, order = _contested(viewer)
    return query.where(col(Claim.id).in_(_with_event("claim.reopened"))), order


def _sent_back(viewer: Viewer) -> Shown:
    """Sent back, and the review asked for has not come yet."""
    n_reviews = (
        select(func.count())
        .where(col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted")
        .scalar_subquery()
    )
    query = select(col(Claim.id)).where(
        *_worked_on(viewer),
        col(Claim.extra_reviews) > 0,
        ~exists().where(col(Resolution.claim_id) == col(Claim.id)),
        n_reviews < _wanted(viewer),
    )
    return query, (col(Claim.id),)


def _decided(viewer: Viewer) -> Shown:
    query = (
        select(col(Claim.id))
        .join(Resolution, col(Resolution.claim_id) == col(Claim.id))
        .where(*_worked_on(viewer), col(Resolution.how) == "adjudicated")
    )
    return query, (col(Resolution.decided_at).desc(), col(Claim.id).desc())


def _reviewed(viewer: Viewer) -> Select[Any]:
    """Claims without a final verdict, grouped with their submitted reviews that may be seen."""
    return (
        select(col(Claim.id))
        .join(
            Review,
            and_(col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted"),
        )
        .where(*_worked_on(viewer), through_phases())
        .where(~exists().where(col(Resolution.claim_id) == col(Claim.id)))
        .where(may_see(viewer, col(Claim.id)))
        .group_by(col(Claim.id))
    )


def _enough(viewer: Viewer) -> ColumnElement[bool]:
    return func.count(col(Review.id)) >= _wanted(viewer)


def _wanted(viewer: Viewer) -> ColumnElement[int]:
    """How many reviews the claim is to have."""
    overlap = select(col(Project.overlap)).where(col(Project.id) == viewer.project_id)
    return col(Claim.extra_reviews) + overlap.scalar_subquery()


def _worked_on(viewer: Viewer) -> list[ColumnElement[bool]]:
    return [col(Claim.project_id) == viewer.project_id, col(Claim.state).in_(WORKED_ON)]


def _with_event(kind: str) -> Select[Any]:
    return select(col(Event.subject_id)).where(
        col(Event.subject) == "claim", col(Event.kind) == kind
    )


_SHOWN = dict(zip(SHOWS, (_contested, _reopened, _sent_back, _decided), strict=True))
_BESIDE = ("claim.skipped", "claim.assigned", "claim.unassigned")
