"""Comments on claims, in threads."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from db.models import Comment, User


def of_claim(session: Session, *, claim_id: int) -> list[tuple[Comment, str]]:
    """The claim's comments and who wrote them, each thread's beginning before its answers.

    A retired one is kept where it has answers, so that they hang on something.
    """
    rows = list(session.exec(_OF_CLAIM, params={"claim_id": claim_id}))
    answers = defaultdict(list)
    for row, name in rows:
        if row.thread_id is not None and row.retired_at is None:
            answers[row.thread_id].append((row, name))
    begun = [(row, name) for row, name in rows if row.thread_id is None]
    shown = [(row, name) for row, name in begun if row.retired_at is None or answers[row.id or 0]]
    return [each for pair in shown for each in (pair, *answers[pair[0].id or 0])]


def n_open(session: Session, *, claim_ids: Collection[int]) -> dict[int, int]:
    """Claim id to its number of threads that are neither resolved nor retired."""
    query = (
        select(Comment.claim_id, func.count())
        .where(col(Comment.claim_id).in_(claim_ids), col(Comment.thread_id).is_(None))
        .where(col(Comment.resolved_at).is_(None), col(Comment.retired_at).is_(None))
        .group_by(col(Comment.claim_id))
    )
    return dict(session.exec(query).all())


_OF_CLAIM = (
    select(Comment, User.name)
    .join(User, col(User.id) == col(Comment.user_id))
    .where(Comment.claim_id == bindparam("claim_id"))
    .order_by(col(Comment.id))
)
