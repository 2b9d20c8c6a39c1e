"""Comments on claims, in threads."""

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, func, select

from db.models import Comment, User
from db.queries.blindness import may_see
from db.queries.search import Viewer


def of_claim(session: Session, viewer: Viewer, *, claim_id: int) -> list[tuple[Comment, str]]:
    """The claim's comments that the viewer may see, by whom, each thread's beginning first.

    A retired one is kept where it has answers, so that they hang on something.
    """
    rows = list(session.exec(_of_claim(viewer), params={"claim_id": claim_id}))
    answers = defaultdict(list)
    for row, name in rows:
        if row.thread_id is not None and row.retired_at is None:
            answers[row.thread_id].append((row, name))
    begun = [(row, name) for row, name in rows if row.thread_id is None]
    shown = [(row, name) for row, name in begun if row.retired_at is None or answers[row.id or 0]]
    return [each for pair in shown for each in (pair, *answers[pair[0].id or 0])]


def n_open(session: Session, viewer: Viewer, *, claim_ids: Collection[int]) -> dict[int, int]:
    """Claim id to its number of threads, of those to be seen, neither resolved nor retired."""
    query = (
        select(Comment.claim_id, func.count())
        .where(col(Comment.claim_id).in_(claim_ids), col(Comment.thread_id).is_(None))
        .where(col(Comment.resolved_at).is_(None), col(Comment.retired_at).is_(None))
        .where(_seen(viewer))
        .group_by(col(Comment.claim_id))
    )
    return dict(session.exec(query).all())


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    return may_see(viewer, col(Comment.claim_id), by=col(Comment.user_id), talk=True)


@lru_cache  # for each viewer: putting a statement together costs more than its answer
def _of_claim(viewer: Viewer) -> Any:
    return (
        select(Comment, User.name)
        .join(User, col(User.id) == col(Comment.user_id))
        .where(Comment.claim_id == bindparam("claim_id"), _seen(viewer))
        .order_by(col(Comment.id))
    )
