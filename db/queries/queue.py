"""A reviewer's queue: the project's claims in the order of the texts, skipped ones at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, true, tuple_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, or_, select

from db.models import Article, Assignment, Claim, Review, User
from db.queries.claims import WORKED_ON
from db.queries.slots import NOW, OVERLAP

Rules = Sequence[ColumnElement[bool]]
_ORDER = (col(Claim.article_id), col(Claim.start), col(Claim.end), col(Claim.id))


@dataclass(frozen=True, slots=True)
class Place:
    """How far the reviewer is: `n_reviewed` of `n_claims` have a submitted review of theirs."""

    n_claims: int
    n_reviewed: int
    n_skipped: int


@dataclass(frozen=True, slots=True)
class Team:
    """That several people draw: how many reviews a claim wants, and the time of the draw."""

    overlap: int
    now: datetime


def next_claim(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    after: Claim | None = None,
    among: Rules = (),
    team: Team | None = None,
    order_by: str = "project",
    with_skipped: bool = True,
) -> Claim | None:
    """The claim to review next: the first after `after`, else the first, else a skipped one.

    Claims the reviewer submitted a verdict on are done; None when nothing is left. With `among`,
    only claims that satisfy these rules are drawn. In a `team`, what others hold all slots of is
    not drawn either. `order_by` is one of `db.models.ORDERS`; by worthiness or age there is no
    going on behind `after`.
    """
    mine: dict[str, Any] = {"project_id": project_id, "user_id": user_id}
    if team is not None:
        mine |= {"now": team.now, "overlap": team.overlap}
        among = (OPEN_TO_ONE, *among)
    if order_by != "project":
        first = session.exec(_ORDERED[order_by].where(*among), params=mine).first()
        return first or (_longest_skipped(session, mine, after, among) if with_skipped else None)
    if after is not None:
        place = {"article": after.article_id, "start": after.start, "end": after.end}
        later = session.exec(_LATER.where(*among), params={**mine, **place, "claim": after.id})
        if found := later.first():
            return found
    waiting = session.exec(_WAITING.where(*among), params=mine).first()
    if waiting is not None or not with_skipped:
        return waiting
    return _longest_skipped(session, mine, after, among)


def previous_claim(session: Session, *, project_id: int, user_id: int, before: int) -> Claim | None:
    """The claim the reviewer worked on before the claim `before`; None at the very first one."""
    current = assignment(session, claim_id=before, user_id=user_id)
    query = (
        select(Claim)
        .join(Assignment, col(Assignment.claim_id) == col(Claim.id))
        .where(
            Assignment.user_id == user_id,
            Claim.id != before,
            Claim.project_id == project_id,
            col(Claim.state).in_(WORKED_ON),
        )
        .order_by(col(Assignment.updated_at).desc(), col(Assignment.id).desc())
        .limit(1)
    )
    if current is not None:
        query = query.where(col(Assignment.updated_at) < current.updated_at)
    return session.exec(query).first()


def neighbour(session: Session, *, claim: Claim, forward: bool) -> Claim | None:
    """The claim that is worked on and stands next to `claim` in the order of the texts."""
    here = tuple_(claim.article_id, claim.start, claim.end, claim.id)
    beside = tuple_(*_ORDER) > here if forward else tuple_(*_ORDER) < here
    order = _ORDER if forward else [column.desc() for column in _ORDER]
    query = (
        select(Claim)
        .where(
            Claim.project_id == claim.project_id,
            col(Claim.state).in_(WORKED_ON),
            beside,
        )
        .order_by(*order)
        .limit(1)
    )
    return session.exec(query).first()


def assignment(
    session: Session, *, claim_id: int, user_id: int, anew: bool = False
) -> Assignment | None:
    """The reviewer's assignment of the claim; `anew` reads what single statements changed of it."""
    params = {"claim_id": claim_id, "user_id": user_id}
    options = {"populate_existing": anew}
    return session.exec(_ASSIGNMENT, params=params, execution_options=options).first()


def begin(session: Session, *, claim_id: int, user_id: int, at: datetime) -> bool:
    """Note when the reviewer last had the claim before them; False where it is on no queue."""
    params = {"its_claim": claim_id, "its_user": user_id, "updated_at": at}
    return bool(session.connection().execute(_BEGIN, params).rowcount)


def assignments(session: Session, *, claim_id: int) -> list[tuple[Assignment, User]]:
    """Who has or had the claim on their queue: by slot, then those without one."""
    query = (
        select(Assignment, User)
        .join(User, col(User.id) == col(Assignment.user_id))
        .where(Assignment.claim_id == claim_id)
        .order_by(col(Assignment.slot).is_(None), col(Assignment.slot), col(Assignment.id))
    )
    return [(row, user) for row, user in session.exec(query)]


def place(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    among: Rules = (),
    team: Team | None = None,
) -> Place:
    """Counts over the whole queue of the reviewer, or over what satisfies the rules `among`.

    With the rule `is_to_do` among them it must know the `team`.
    """
    params: dict[str, Any] = {"project_id": project_id, "user_id": user_id}
    if team is not None:
        params["overlap"] = team.overlap
    counts = [count.where(*among).scalar_subquery() for count in _COUNTS]
    query = select(*counts) if among else _PLACE
    return Place(*session.exec(query, params=params).one())


def is_to_do(drawn: Rules) -> ColumnElement[bool]:
    """That the reviewer has judged the claim or still may: what is `drawn` and wants a review."""
    given = aliased(Review)  # a count that is made over reviews must not take its rows for these
    judged = exists().where(
        col(given.claim_id) == col(Claim.id),
        col(given.user_id) == _OWN,
        col(given.status) == "submitted",
    )
    return or_(judged, and_(or_(N_JUDGED < WANTED, GIVEN), *drawn))


@dataclass(frozen=True, slots=True)
class Left:
    """Why claims that the reviewer has not judged are not drawn, each counted once, in this order.

    `n_left` are all of them; `n_given` those that a lead assigned to the reviewer. `free_at` is
    when the first reservation of others ends that holds one back.
    """

    n_left: int
    n_recused: int
    n_full: int
    n_reserved: int
    n_skipped: int
    n_given: int
    free_at: datetime | None


def left(session: Session, *, project_id: int, user_id: int, unrecused: Rules, team: Team) -> Left:
    """What keeps the reviewer from the claims that they have not judged."""
    params = {"project_id": project_id, "user_id": user_id, "now": team.now}
    params["overlap"] = team.overlap
    fine = and_(true(), *unrecused)
    full, held = N_JUDGED >= WANTED, HELD_BY_OTHERS >= WANTED
    reserved = and_(fine, ~full, held)
    skipped = exists().where(_IS_SKIPPED)
    counts = (~fine, and_(fine, full), reserved, and_(fine, ~held, skipped), GIVEN)
    query = (
        select(func.count(), *(func.count(case((rule, 1))) for rule in counts))
        .select_from(Claim)
        .where(_ON_QUEUE, ~exists().where(_SUBMITTED))
    )
    ends = (
        select(func.min(_OTHER.leased_until))
        .join(Claim, col(Claim.id) == col(_OTHER.claim_id))
        .where(_ON_QUEUE, col(_OTHER.user_id) != _OWN, col(_OTHER.state) == "open")
        .where(col(_OTHER.leased_until) > NOW, ~exists().where(_SUBMITTED), reserved)
    )
    found: Any = session.connection().execute(query, params).one()
    free_at = session.connection().execute(ends, params).scalar()
    return Left(*(*found, free_at))


def n_given(
    session: Session, *, project_id: int, user_id: int, since: datetime | None = None
) -> int:
    """How many reviews the person has submitted in the project, or has since then."""
    query = (
        select(func.count())
        .select_from(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Review.user_id == user_id, Review.status == "submitted")
        .where(Claim.project_id == project_id)
    )
    if since is not None:
        query = query.where(col(Review.submitted_at) >= since)
    return session.exec(query).one()


def n_judged(session: Session, *, claim_id: int, but: int) -> int:
    """How many people beside this one are done with the claim."""
    query = (
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.claim_id == claim_id, Assignment.user_id != but, Assignment.state == "done"
        )
    )
    return session.exec(query).one()


def _longest_skipped(
    session: Session, mine: dict[str, Any], after: Claim | None, among: Rules
) -> Claim | None:
    skipped = session.exec(_SKIPPED.where(*among), params=mine).all()
    others = [claim for claim in skipped if after is None or claim.id != after.id]
    return next(iter(others or skipped), None)


# Built once: putting a statement together costs more than SQLite needs to answer it.
_OWN: BindParameter[int] = bindparam("user_id")
_ON_QUEUE = and_(Claim.project_id == bindparam("project_id"), col(Claim.state).in_(WORKED_ON))
_SUBMITTED = and_(
    col(Review.claim_id) == col(Claim.id),
    col(Review.user_id) == _OWN,
    col(Review.status) == "submitted",
)
_IS_SKIPPED = and_(
    col(Assignment.claim_id) == col(Claim.id),
    col(Assignment.user_id) == _OWN,
    col(Assignment.state) == "skipped",
)
_UNREVIEWED = select(Claim).where(_ON_QUEUE, ~exists().where(_SUBMITTED))
_UNSKIPPED = _UNREVIEWED.where(~exists().where(_IS_SKIPPED))
_WAITING = _UNSKIPPED.order_by(*_ORDER).limit(1)
_LATER = _WAITING.where(
    tuple_(*_ORDER) > tuple_(*(bindparam(name) for name in ("article", "start", "end", "claim")))
)
_AGE = func.coalesce(col(Article.published_on), func.date(col(Article.created_at)))
_ORDERED = {
    "worthiness": _UNSKIPPED.order_by(col(Claim.checkworthiness).desc(), *_ORDER).limit(1),
    "age": _UNSKIPPED.join(Article, col(Article.id) == col(Claim.article_id))
    .order_by(_AGE, *_ORDER)
    .limit(1),
}
_SKIPPED = (
    _UNREVIEWED.join(Assignment, _IS_SKIPPED)
    .order_by(col(Assignment.updated_at), col(Assignment.id))
    .limit(2)
)
_ASSIGNMENT = select(Assignment).where(
    Assignment.claim_id == bindparam("claim_id"), Assignment.user_id == _OWN
)
_BEGIN = update(Assignment).where(
    col(Assignment.claim_id) == bindparam("its_claim"),
    col(Assignment.user_id) == bindparam("its_user"),
)
_OTHER = aliased(Assignment)
# What others have judged or hold, and so cannot be drawn by one more.
HELD_BY_OTHERS = (
    select(func.count())
    .select_from(_OTHER)
    .where(
        col(_OTHER.claim_id) == col(Claim.id),
        col(_OTHER.user_id) != _OWN,
        or_(
            col(_OTHER.state) == "done",
            and_(
                col(_OTHER.slot).is_not(None),
                or_(col(_OTHER.leased_until).is_(None), col(_OTHER.leased_until) > NOW),
            ),
        ),
    )
    .correlate(Claim)
    .scalar_subquery()
)
_JUDGED = aliased(Assignment)
N_JUDGED = (
    select(func.count())
    .select_from(_JUDGED)
    .where(
        col(_JUDGED.claim_id) == col(Claim.id),
        col(_JUDGED.user_id) != _OWN,
        col(_JUDGED.state) == "done",
    )
    .correlate(Claim)
    .scalar_subquery()
)
# In a project with phases one person at a time works on a claim.
WANTED = case((col(Claim.phase) == "", OVERLAP + col(Claim.extra_reviews)), else_=N_JUDGED + 1)
_OWN_ROW = aliased(Assignment)
GIVEN = exists().where(
    col(_OWN_ROW.claim_id) == col(Claim.id),
    col(_OWN_ROW.user_id) == _OWN,
    col(_OWN_ROW.how) == "assigned",
)
OPEN_TO_ONE = or_(HELD_BY_OTHERS < WANTED, GIVEN)
# Each count begins with what it counts: an index alone, or the reviewer's own rows.
_N_CLAIMS = select(func.count()).select_from(Claim).where(_ON_QUEUE)
_N_REVIEWED = (
    select(func.count())
    .select_from(Review)
    .join(Claim, col(Claim.id) == col(Review.claim_id))
    .where(col(Review.user_id) == _OWN, col(Review.status) == "submitted", _ON_QUEUE)
)
_N_SKIPPED = (
    select(func.count())
    .select_from(Assignment)
    .join(Claim, col(Claim.id) == col(Assignment.claim_id))
    .where(col(Assignment.user_id) == _OWN, col(Assignment.state) == "skipped", _ON_QUEUE)
)
_COUNTS = (_N_CLAIMS, _N_REVIEWED, _N_SKIPPED)
_PLACE = select(*(count.scalar_subquery() for count in _COUNTS))
