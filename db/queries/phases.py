"""Phases of the work on a claim: who did which, and on what a person may work now.

`normalise`, `evidence`, `verdict`, `dispute` and `control` are work; `lead` and `done` are none.
"""

from typing import Any

from sqlalchemy import ColumnElement, case, literal, update
from sqlmodel import Session, and_, col, exists, func, or_, select

from db.models import Claim, Resolution, Review

NO_WORK = ("lead", "done")
THROUGH = ("", "lead")
"""Where no phase can settle the claim any more, or there are none: a lead can."""

# Aliases: the statement around it may read the same tables.
_REVIEW = Review.__table__.alias("phase_review")  # type: ignore[attr-defined]
_EARLIER = Review.__table__.alias("earlier_review")  # type: ignore[attr-defined]


def through_phases() -> ColumnElement[bool]:
    """That what differs on the claim is for a lead: no phase of it is left."""
    return col(Claim.phase).in_(THROUGH)


def work_on(session: Session, *, claim_id: int) -> list[tuple[str, int, int | None]]:
    """(phase, user id, label id) of the claim's submitted reviews, in the order they were given."""
    query = (
        select(Review.phase, Review.user_id, Review.label_id)
        .where(Review.claim_id == claim_id, Review.status == "submitted")
        .order_by(col(Review.submitted_at), col(Review.id))
    )
    return list(session.exec(query))


def may_work(user_id: int) -> list[ColumnElement[bool]]:
    """That there is work on the claim in its present phase which this person may do.

    Nobody does two phases of a claim, and one person at a time works on it. Whoever only began to
    make it stand alone has not done that phase.
    """
    other = exists().where(
        _REVIEW.c.claim_id == col(Claim.id),
        _REVIEW.c.user_id == user_id,
        _REVIEW.c.phase.not_in(("normalise", "")),
        or_(_REVIEW.c.phase != col(Claim.phase), _REVIEW.c.status == "submitted"),
    )
    normaliser = col(Claim.normalised_by_id)
    return [
        col(Claim.phase).not_in(NO_WORK),
        or_(normaliser.is_(None), normaliser != user_id),
        ~other,
    ]


def worked_on(user_id: int) -> ColumnElement[bool]:
    """That the person has given a verdict on the claim, in whichever phase."""
    return exists().where(
        _REVIEW.c.claim_id == col(Claim.id),
        _REVIEW.c.user_id == user_id,
        _REVIEW.c.status == "submitted",
    )


def is_for(session: Session, *, claim_id: int, user_id: int) -> bool:
    """Whether the person may do the phase that the claim is in."""
    query = select(Claim.id).where(Claim.id == claim_id, *may_work(user_id))
    return session.exec(query).first() is not None


def earlier(session: Session, *, claim_id: int, user_id: int) -> list[Review]:
    """The submitted reviews of the claim by others, in the order in which they were given."""
    query = (
        select(Review)
        .where(
            Review.claim_id == claim_id,
            Review.status == "submitted",
            Review.user_id != user_id,
        )
        .order_by(col(Review.submitted_at), col(Review.id))
    )
    return list(session.exec(query))


def set_phase(session: Session, *, claim: Claim, phase: str) -> None:
    """Note the phase that the claim is in. It follows from the work, so it is no new version."""
    session.flush()
    statement = update(Claim).where(col(Claim.id) == claim.id).values(phase=phase)
    session.execute(statement, execution_options={"synchronize_session": "evaluate"})


def name_reviews(session: Session, *, project_id: int) -> None:
    """Give each review of the project from before it had phases one: the claim's first submitted
    counts as its evidence, the others as second verdicts."""
    ours = select(Claim.id).where(Claim.project_id == project_id)
    before = exists().where(
        _EARLIER.c.claim_id == col(Review.claim_id),
        _EARLIER.c.status == "submitted",
        or_(
            _EARLIER.c.submitted_at < col(Review.submitted_at),
            and_(
                _EARLIER.c.submitted_at == col(Review.submitted_at),
                _EARLIER.c.id < col(Review.id),
            ),
        ),
    )
    statement = (
        update(Review)
        .where(
            col(Review.claim_id).in_(ours),
            col(Review.status) == "submitted",
            col(Review.phase) == "",
        )
        .values(phase=case((before, "verdict"), else_="evidence"))
    )
    session.execute(statement, execution_options={"synchronize_session": False})


def recompute(
    session: Session,
    *,
    project_id: int,
    normalise: bool,
    dispute: bool,
    control: bool,
    n_second: int,
) -> None:
    """Set the phase of every claim of the project, as `reviewing.workflows.standing` has it.

    What is resolved is done, however it came to that.
    """
    n = _count
    whens: list[tuple[Any, str]] = [
        (exists().where(col(Resolution.claim_id) == col(Claim.id)), "done")
    ]
    if normalise:
        untouched = and_(col(Claim.normalised_by_id).is_(None), n() == 0)
        whens.append((untouched, "normalise"))
    whens += [
        (n("evidence") == 0, "evidence"),
        (n("verdict") < n_second, "verdict"),
        (_of_claim(func.count(_REVIEW.c.label_id.distinct())) == 1, "done"),
    ]
    whens += [
        (n(phase) == 0, phase) for phase, on in (("dispute", dispute), ("control", control)) if on
    ]
    both = and_(n("dispute") > 0, n("control") > 0)
    whens += [
        (and_(both, _label("dispute") == _label("control")), "done"),
        (and_(~both, _has_majority()), "done"),
    ]
    _set_all(session, project_id, case(*whens, else_="lead"))


def forget(session: Session, *, project_id: int) -> None:
    """Take every claim of the project out of its phase: it has none any more."""
    _set_all(session, project_id, literal(""))


def settled_unresolved(session: Session, *, project_id: int) -> list[Claim]:
    """Claims that are through all phases and have no final verdict yet."""
    query = (
        select(Claim)
        .where(
            Claim.project_id == project_id,
            Claim.phase == "done",
            ~exists().where(col(Resolution.claim_id) == col(Claim.id)),
        )
        .order_by(col(Claim.id))
    )
    return list(session.exec(query))


def _set_all(session: Session, project_id: int, phase: ColumnElement[str]) -> None:
    session.flush()
    statement = update(Claim).where(col(Claim.project_id) == project_id).values(phase=phase)
    session.execute(statement, execution_options={"synchronize_session": False})
    session.expire_all()


def _of_claim(what: ColumnElement[Any], *rules: ColumnElement[bool]) -> Any:
    return (
        select(what)
        .where(_REVIEW.c.claim_id == col(Claim.id), _REVIEW.c.status == "submitted", *rules)
        .correlate(Claim)
        .scalar_subquery()
    )


def _count(phase: str | None = None) -> Any:
    return _of_claim(func.count(), *([] if phase is None else [_REVIEW.c.phase == phase]))


def _label(phase: str) -> Any:
    return _of_claim(func.max(_REVIEW.c.label_id), _REVIEW.c.phase == phase)


def _has_majority() -> ColumnElement[bool]:
    most = (
        select(_EARLIER.c.label_id)
        .where(_EARLIER.c.claim_id == col(Claim.id), _EARLIER.c.status == "submitted")
        .group_by(_EARLIER.c.label_id)
        .having(func.count() * 2 > _count())
        .correlate(Claim)
    )
    return most.exists()
