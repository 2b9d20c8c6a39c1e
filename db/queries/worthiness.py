"""A project's own check-worthiness: its weights, and the labels that teach them."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from db.models import Claim, Worthiness
from db.queries.claims import WORKED_ON

JUDGED = ("accepted", "rejected")


class Rankable(NamedTuple):
    """What the check-worthiness of a claim depends on."""

    id: int
    text: str
    speaker: str | None
    kind: str


def in_use(session: Session, *, project_id: int) -> Worthiness | None:
    """The weights that hold for the project; None where ours do."""
    query = (
        select(Worthiness)
        .where(Worthiness.project_id == project_id, col(Worthiness.retired_at).is_(None))
        .order_by(col(Worthiness.id).desc())
    )
    return session.exec(query).first()


def judged(session: Session, *, project_id: int) -> list[Claim]:
    """The claims that people accepted or rejected, in the order of their making."""
    query = (
        select(Claim)
        .where(Claim.project_id == project_id, col(Claim.state).in_(JUDGED))
        .order_by(col(Claim.id))
    )
    return list(session.exec(query))


def rankable(session: Session, *, project_id: int, after: int, limit: int) -> list[Rankable]:
    """The first `limit` claims behind the id `after` that are neither rejected nor retired."""
    query = (
        select(Claim.id, Claim.text, Claim.speaker, Claim.kind)
        .where(
            Claim.project_id == project_id, col(Claim.state).in_(WORKED_ON), col(Claim.id) > after
        )
        .order_by(col(Claim.id))
        .limit(limit)
    )
    return [Rankable(*row) for row in session.exec(query)]


def put_ranks(session: Session, ranks: list[dict[str, Any]]) -> None:
    """Store {claim_id, seen, worth, why} of claims whose text is still the one seen.

    A rank is computed, so nobody's change: the claim keeps its version.
    """
    claims = Claim.__table__  # type: ignore[attr-defined]
    statement = (
        update(claims)
        .where(claims.c.id == bindparam("claim_id"), claims.c.text == bindparam("seen"))
        .values(checkworthiness=bindparam("worth"), reasons=bindparam("why"))
    )
    session.connection().execute(statement, ranks)
