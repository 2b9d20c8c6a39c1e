"""What blindness hides: what others said of a claim, until one has judged it oneself.

It binds whoever gives verdicts in a blind project; `search.Viewer.sees_all` is whom it does not.

Hidden are reviews with their verdicts, words and evidence, comments, flags, the final verdict, how
it came about and why, and everything counted from these: what is counted for somebody who is bound
holds only claims that they have judged. Not hidden is what was done to the claim itself (its text,
its place, its state, and the reason why it was rejected or retired), who has worked and how much,
how many claims have a final verdict, and that a source is known to the project, without the claims
that cite it: it is offered while one is typed, so that two people do not describe the same document
twice.

Of hidden gold others' verdicts stay hidden for good: it gets more of them than other claims, which
would give it away. What is talked about it is seen like that of any claim.
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlmodel import and_, col, exists, or_

from db.models import Gold, Project, Review, User

if TYPE_CHECKING:
    from db.queries.search import Viewer

# Aliases: the statement around it may read the same tables.
_PROJECT = Project.__table__.alias("blind_project")  # type: ignore[attr-defined]
_OWN = Review.__table__.alias("own")  # type: ignore[attr-defined]
_GOLD = Gold.__table__.alias("hidden_gold")  # type: ignore[attr-defined]
_SOMEBODY = User.__table__.alias("somebody")  # type: ignore[attr-defined]


def is_open(
    claim_id: Any, *, project_id: int, user_id: int, talk: bool = False
) -> ColumnElement[bool]:
    """That the project is not blind, or that this person has judged the claim of this column.

    Hidden gold is open only for `talk`; to whoever works alone as any claim.
    """
    not_blind = select(_PROJECT.c.id).where(_PROJECT.c.id == project_id, ~_PROJECT.c.blind)
    judged: ColumnElement[bool] = claim_id.in_(_judged(user_id))
    return or_(exists(not_blind), judged if talk else and_(judged, ~_stays_shut(claim_id)))


def may_see(
    viewer: "Viewer", claim_id: Any, *, by: Any = None, talk: bool = False
) -> ColumnElement[bool]:
    """That the viewer may see what was said of the claim of this column; `by` is who said it.

    One's own is always seen. `talk` is what is said beside the verdicts: comments and flags.
    """
    if viewer.sees_all:
        return true()
    who = {"project_id": viewer.project_id, "user_id": viewer.user_id}
    opened = is_open(claim_id, **who, talk=talk)
    return opened if by is None else or_(by == viewer.user_id, opened)


def is_hidden_gold(claim_id: Any) -> ColumnElement[bool]:
    """That the claim of this column is hidden gold now."""
    return exists().where(
        _GOLD.c.claim_id == claim_id, _GOLD.c.used_for == "hidden", _GOLD.c.retired_at.is_(None)
    )


def _stays_shut(claim_id: Any) -> ColumnElement[bool]:
    in_a_team = exists().where(_SOMEBODY.c.joined_at.is_not(None))
    return and_(is_hidden_gold(claim_id), in_a_team)


def _judged(user_id: int) -> Select[tuple[int]]:
    return select(col(_OWN.c.claim_id)).where(
        _OWN.c.user_id == user_id, _OWN.c.status == "submitted"
    )
