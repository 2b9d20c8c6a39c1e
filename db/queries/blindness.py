"""What blindness hides: what others said of a claim, until one has judged it oneself.

It binds whoever gives verdicts in a blind project; `search.Viewer.sees_all` is whom it does not.

Hidden are reviews with their verdicts, words and evidence, comments, flags, the final verdict, how
it came about and why, and everything counted from these: what is counted for somebody who is bound
holds only claims that they have judged. Not hidden is what was done to the claim itself (its text,
its place, its state, and the reason why it was rejected or retired), who has worked and how much,
how many claims have a final verdict, and that a source is known to the project, without the claims
that cite it: it is offered while one is typed, so that two people do not describe the same document
twice.
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlmodel import col, exists, or_

from db.models import Project, Review

if TYPE_CHECKING:
    from db.queries.search import Viewer

# Aliases: the statement around it may read the same tables.
_PROJECT = Project.__table__.alias("blind_project")  # type: ignore[attr-defined]
_OWN = Review.__table__.alias("own")  # type: ignore[attr-defined]


def is_open(claim_id: Any, *, project_id: int, user_id: int) -> ColumnElement[bool]:
    """That the project is not blind, or that this person has judged the claim of this column."""
    not_blind = select(_PROJECT.c.id).where(_PROJECT.c.id == project_id, ~_PROJECT.c.blind)
    return or_(exists(not_blind), claim_id.in_(_judged(user_id)))


def may_see(viewer: "Viewer", claim_id: Any, *, by: Any = None) -> ColumnElement[bool]:
    """That the viewer may see what was said of the claim of this column; `by` is who said it.

    One's own is always seen.
    """
    if viewer.sees_all:
        return true()
    opened = is_open(claim_id, project_id=viewer.project_id, user_id=viewer.user_id)
    return opened if by is None else or_(by == viewer.user_id, opened)


def _judged(user_id: int) -> Select[tuple[int]]:
    return select(col(_OWN.c.claim_id)).where(
        _OWN.c.user_id == user_id, _OWN.c.status == "submitted"
    )
