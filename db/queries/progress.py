"""How far the work is: figures for the dashboard and the command line; since when what waits."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, exists, func, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import (
    Article,
    Assignment,
    Claim,
    Comment,
    Evidence,
    Flag,
    Project,
    Review,
    Source,
    SourceCheck,
    User,
)
from db.queries import projects, tallies
from db.queries.claims import SHOWN, WORKED_ON
from db.queries.tallies import Numbers


def counts(session: Session, *, project_id: int, found: Numbers | None = None) -> dict[str, Any]:
    """How much there is, as plain JSON values: nothing in it tells what was said of a claim.

    Keys: project, articles, claims (by state), on_queue (claims to work on). They come from the
    numbers `found`, read if not given.
    """
    found = found or tallies.numbers(session, project_id=project_id)
    return {
        "project": session.get_one(Project, project_id).name,
        "articles": n_articles(session, project_id=project_id),
        "claims": dict(sorted(found.of.get("state", {}).items())),
        "on_queue": sum(found.of.get("step", {}).values()),
    }


def project_stats(session: Session, *, project_id: int) -> dict[str, Any]:
    """The project's figures as plain JSON values, for who may see what everybody said.

    Keys: project, articles, claims (by state), on_queue (claims to work on), reviewed (those with a
    submitted review), resolved, flagged (claims with a flag up), reviewers ([{name, display_name,
    submitted, drafts}]), verdicts ([{key, title, color, n}], of all submitted reviews), per_day
    ([{day, n}] of submissions, UTC).
    """
    found = tallies.numbers(session, project_id=project_id)
    return {
        **counts(session, project_id=project_id, found=found),
        "reviewed": found("reviewed"),
        "resolved": found("step", "done"),
        "flagged": found("flagged"),
        "reviewers": reviewers(session, found),
        "verdicts": [
            {
                "key": label.key,
                "title": label.title,
                "color": label.color,
                "n": found("verdicts", label.id),
            }
            for label in projects.labels(session, project_id=project_id)
        ],
        "per_day": [
            {"day": day, "n": n} for day, n in sorted(found.of.get("day_reviews", {}).items())
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


def reviewers(session: Session, found: Numbers) -> list[dict[str, Any]]:
    """Who has reviewed how much: submitted reviews and open drafts, the busiest first."""
    submitted, drafts = found.of.get("person", {}), found.of.get("draft", {})
    known = people(session, ids={int(id) for id in (*submitted, *drafts)})
    rows = [
        {
            "name": user.name,
            "display_name": user.display_name,
            "submitted": found("person", id),
            "drafts": found("draft", id),
        }
        for id, user in known.items()
    ]
    return sorted(rows, key=lambda row: (-row["submitted"], row["name"]))


def people(session: Session, *, ids: Collection[int]) -> dict[int, User]:
    """The users of these ids."""
    return {user.id or 0: user for user in session.exec(select(User).where(col(User.id).in_(ids)))}


# ---- since when the oldest of what waits does so


def proposed_since(session: Session, *, project_id: int) -> datetime | None:
    """When the first claim that is still only proposed was made."""
    query = (
        select(Claim.created_at)
        .where(Claim.project_id == project_id, Claim.state == "proposed")
        .order_by(col(Claim.id))
        .limit(1)
    )
    return session.exec(query).first()


def assigned_since(session: Session, *, project_id: int, user_id: int) -> datetime | None:
    """Since when the claim is assigned to the person that waits longest for their verdict."""
    oldest = [
        session.exec(_ASSIGNED, params={"project": project_id, "user": user_id, "state": state})
        for state in ("open", "skipped")
    ]
    return min((at for found in oldest if (at := found.first()) is not None), default=None)


def flagged_since(session: Session, *, project_id: int) -> datetime | None:
    """When the flag was raised that is up longest."""
    return session.exec(_oldest(Flag, project_id).where(col(Flag.lowered_at).is_(None))).first()


def discussed_since(session: Session, *, project_id: int) -> datetime | None:
    """When the open thread was begun that is open longest."""
    query = _oldest(Comment, project_id).where(
        col(Comment.thread_id).is_(None),
        col(Comment.resolved_at).is_(None),
        col(Comment.retired_at).is_(None),
    )
    return session.exec(query).first()


def _oldest(model: Any, project_id: int) -> SelectOfScalar[datetime]:
    return (
        select(model.created_at)
        .join(Claim, col(Claim.id) == model.claim_id)
        .where(Claim.project_id == project_id, col(Claim.state).in_(SHOWN))
        .order_by(model.id)
        .limit(1)
    )


_JUDGED = exists().where(
    col(Review.claim_id) == col(Assignment.claim_id),
    col(Review.user_id) == col(Assignment.user_id),
    col(Review.status) == "submitted",
)
_ASSIGNED = (
    select(Assignment.created_at)
    .join(Claim, col(Claim.id) == col(Assignment.claim_id))
    .where(
        Assignment.user_id == bindparam("user"),
        Assignment.state == bindparam("state"),
        Claim.project_id == bindparam("project"),
        col(Claim.state).in_(WORKED_ON),
        ~_JUDGED,
    )
    .order_by(col(Assignment.created_at))
    .limit(1)
)


# ---- the sources' addresses, as they answered when they were last asked


def checked_last(session: Session, *, project_id: int) -> datetime | None:
    """When one of the project's sources was last asked."""
    query = (
        select(func.max(col(SourceCheck.at)))
        .join(Source, col(Source.id) == col(SourceCheck.source_id))
        .where(Source.project_id == project_id)
    )
    return session.exec(query).one()


def dead_links(
    session: Session, *, project_id: int, limit: int
) -> list[tuple[Source, SourceCheck]]:
    """Sources whose address is dead, those that died last first."""
    query = (
        select(Source, SourceCheck)
        .join(SourceCheck, col(SourceCheck.source_id) == col(Source.id))
        .where(Source.project_id == project_id, SourceCheck.outcome == "dead")
        .order_by(col(SourceCheck.since).desc(), col(Source.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))


def n_citing(session: Session, *, source_ids: Collection[int]) -> dict[int, int]:
    """Source to the number of claims of which a submitted review cites it."""
    query: Any = (
        select(col(Evidence.source_id), func.count(func.distinct(col(Review.claim_id))))
        .join(Review, col(Review.id) == col(Evidence.review_id))
        .where(
            col(Evidence.source_id).in_(source_ids),
            col(Evidence.retired_at).is_(None),
            Review.status == "submitted",
        )
        .group_by(col(Evidence.source_id))
    )
    return {row[0]: row[1] for row in session.connection().execute(query)}
