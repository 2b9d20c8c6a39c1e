"""What blindness hides: what others said of a claim, until one has judged it oneself.

It binds whoever gives verdicts in a blind project; whom it does not bind is not asked of here
(`search.Viewer.sees_all`).
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col, exists, or_

from db.models import Project, Review

# Aliases: the statement around it may read the same tables.
_PROJECT = Project.__table__.alias("blind_project")  # type: ignore[attr-defined]
_OWN = Review.__table__.alias("own")  # type: ignore[attr-defined]


def is_open(claim_id: Any, *, project_id: int, user_id: int) -> ColumnElement[bool]:
    """That the project is not blind, or that this person has judged the claim of this column."""
    not_blind = select(_PROJECT.c.id).where(_PROJECT.c.id == project_id, ~_PROJECT.c.blind)
    return or_(exists(not_blind), claim_id.in_(_judged(user_id)))


def _judged(user_id: int) -> Select[tuple[int]]:
    return select(col(_OWN.c.claim_id)).where(
        _OWN.c.user_id == user_id, _OWN.c.status == "submitted"
    )
