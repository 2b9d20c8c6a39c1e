"""How far the work is: figures for the dashboard and the command line."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from db.models import Article, Claim, Label, Project, Resolution, Review, User
from db.queries import flags
from db.queries.blindness import may_see
from db.queries.claims import WORKED_ON
from db.queries.search import Viewer


def project_stats(session: Session, viewer: Viewer) -> dict[str, Any]:
    """The project's figures as plain JSON values.

    How much was done is told to everybody. What was said of claims (resolved, flagged, verdicts) is
    counted over those that the viewer may see it of.

    Keys: project, articles, claims (by state), on_queue (claims to work on), reviewed (those with a
    submitted review), resolved, flagged (claims with a flag up), reviewers ([{name, display_name,
    submitted, drafts}]), verdicts ([{key, title, color, n}], of all submitted reviews), per_day
    ([{day, n}] of submissions, UTC).
    """
    project_id = viewer.project_id
    project = session.get_one(Project, project_id)
    return {
        "project": project.name,
        "articles": n_articles(session, project_id=project_id),
        "claims": claims_by_state(session, project_id=project_id),
        "on_queue": _n_claims(session, project_id),
        "reviewed": n_reviewed(session, project_id=project_id),
        "resolved": n_resolved(session, viewer),
        "flagged": flags.n_claims_raised(session, viewer),
        "reviewers": reviewers(session, project_id=project_id),
        "verdicts": verdicts(session, viewer),
        "per_day": [
            {"day": day, "n": n} for day, n in submissions_per_day(session, project_id=project_id)
        ],
    }


def n_articles(session: Session, *, project_id: int) -> int:
    """Articles that are not retired."""
    query = (
        select(func.count())
        .select_from(Article)
        .where(Article.project_id == project_id, col(Article.retired_at).is_(None))
    )
    return session.exec(query).one()


def claims_by_state(session: Session, *, project_id: int) -> dict[str, int]:
    """Claim state to the number of claims in it."""
    query = (
        select(Claim.state, func.count())
        .where(Claim.project_id == project_id)
        .group_by(col(Claim.state))
        .order_by(col(Claim.state))
    )
    return dict(session.exec(query).all())


def n_reviewed(session: Session, *, project_id: int) -> int:
    """Claims on the queue with at least one submitted review."""
    query = (
        select(func.count(func.distinct(col(Review.claim_id))))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Claim.project_id == project_id,
            col(Claim.state).in_(WORKED_ON),
            Review.status == "submitted",
        )
    )
    return session.exec(query).one()


def n_resolved(session: Session, viewer: Viewer) -> int:
    """Claims on the queue with a final verdict that the viewer may see."""
    query = (
        select(func.count())
        .select_from(Resolution)
        .join(Claim, col(Claim.id) == col(Resolution.claim_id))
        .where(Claim.project_id == viewer.project_id, col(Claim.state).in_(WORKED_ON))
        .where(may_see(viewer, col(Resolution.claim_id)))
    )
    return session.exec(query).one()


def reviewers(session: Session, *, project_id: int) -> list[dict[str, Any]]:
    """Who has reviewed how much: submitted reviews and open drafts, the busiest first."""
    submitted = func.count().filter(col(Review.status) == "submitted")
    drafts = func.count().filter(col(Review.status) == "draft")
    query = (
        select(User.name, User.display_name, submitted, drafts)
        .join(Review, col(Review.user_id) == col(User.id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.project_id == project_id)
        .group_by(col(User.id), col(User.name), col(User.display_name))
        .order_by(submitted.desc(), col(User.name))
    )
    names = ("name", "display_name", "submitted", "drafts")
    return [dict(zip(names, row, strict=True)) for row in session.exec(query)]


def verdicts(session: Session, viewer: Viewer) -> list[dict[str, Any]]:
    """Every label of the project's scheme, in order, with the submitted reviews that chose it.

    Counted are those that the viewer may see.
    """
    chosen = (
        select(Review.label_id, func.count().label("n"))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.project_id == viewer.project_id, Review.status == "submitted")
        .where(may_see(viewer, col(Review.claim_id), by=col(Review.user_id)))
        .group_by(col(Review.label_id))
        .subquery()
    )
    query = (
        select(Label.key, Label.title, Label.color, func.coalesce(chosen.c.n, 0))
        .join(Project, col(Project.scheme_id) == col(Label.scheme_id))
        .outerjoin(chosen, chosen.c.label_id == col(Label.id))
        .where(Project.id == viewer.project_id)
        .order_by(col(Label.position))
    )
    names = ("key", "title", "color", "n")
    return [dict(zip(names, row, strict=True)) for row in session.exec(query)]


def submissions_per_day(session: Session, *, project_id: int) -> list[tuple[str, int]]:
    """(day as 2022-01-31 in UTC, number of reviews submitted), the earliest first."""
    day = func.date(col(Review.submitted_at))
    query = (
        select(day, func.count())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.project_id == project_id, Review.status == "submitted")
        .group_by(day)
        .order_by(day)
    )
    return [(_iso(value), n) for value, n in session.exec(query)]


def _iso(day: date | str) -> str:
    return day if isinstance(day, str) else day.isoformat()


def _n_claims(session: Session, project_id: int) -> int:
    query = (
        select(func.count())
        .select_from(Claim)
        .where(Claim.project_id == project_id, col(Claim.state).in_(WORKED_ON))
    )
    return session.exec(query).one()
