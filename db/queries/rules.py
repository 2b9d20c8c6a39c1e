"""Rules by which claims go to people, and the claims that one would still give."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, select

from db.models import Article, AssignmentRule, Claim, Resolution, User
from db.queries.bulk import Taker
from db.queries.claims import WORKED_ON
from db.queries.queue import HELD_BY_OTHERS, WANTED, Team


def of_project(session: Session, *, project_id: int) -> list[tuple[AssignmentRule, User]]:
    """The rules that hold, the oldest first, each with whom it gives claims to."""
    query = (
        select(AssignmentRule, User)
        .join(User, col(User.id) == col(AssignmentRule.user_id))
        .where(AssignmentRule.project_id == project_id)
        .where(col(AssignmentRule.retired_at).is_(None))
        .order_by(col(AssignmentRule.id))
    )
    return [(rule, user) for rule, user in session.exec(query)]


def to_give(
    session: Session,
    rule: AssignmentRule,
    taker: Taker,
    team: Team,
    *,
    article_id: int | None,
    limit: int,
) -> Sequence[int]:
    """Claims like the rule's that the person may have and that want one more review.

    Those of one article alone if it is given, in the order of the texts, at most `limit`.
    """
    query = (
        select(Claim.id)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .where(Claim.project_id == rule.project_id, col(Claim.state).in_(WORKED_ON))
        .where(col(Article.retired_at).is_(None), taker.may_have, HELD_BY_OTHERS < WANTED)
        .where(~exists().where(col(Resolution.claim_id) == col(Claim.id)), _is_like(rule))
        .order_by(col(Claim.article_id), col(Claim.start), col(Claim.end), col(Claim.id))
        .limit(limit)
    )
    if article_id is not None:
        query = query.where(Claim.article_id == article_id)
    params = {"user_id": taker.user_id, "now": team.now, "overlap": team.overlap}
    return [id for id in session.exec(query, params=params) if id is not None]


def _is_like(rule: AssignmentRule) -> ColumnElement[bool]:
    asked = (
        (rule.outlet, col(Article.outlet)),
        (rule.speaker, col(Claim.speaker)),
        (rule.language, col(Article.language)),
    )
    return and_(*(column == value for value, column in asked if value))
