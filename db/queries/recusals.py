"""What a reviewer judges no claims of: declared topics and people, and articles of their own."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col, exists, func, select

from db.models import Article, Claim, Recusal, RecusedClaim, User


def of_user(session: Session, *, project_id: int, user_id: int) -> Sequence[Recusal]:
    """What the reviewer has declared and not withdrawn, the oldest first."""
    query = (
        select(Recusal)
        .where(Recusal.project_id == project_id, Recusal.user_id == user_id)
        .where(col(Recusal.retired_at).is_(None))
        .order_by(col(Recusal.id))
    )
    return session.exec(query).all()


def readable(
    session: Session, *, project_id: int, article_id: int | None = None
) -> Iterator[Row[Any]]:
    """(id, text, quote, speaker, entities, title) of every claim: what words are looked for in.

    Of one article's claims alone if it is given.
    """
    query = _READABLE.where(col(Claim.project_id) == project_id)
    if article_id is not None:
        query = query.where(col(Claim.article_id) == article_id)
    yield from session.connection().execute(query)


def readable_claim(session: Session, *, claim_id: int) -> Row[Any]:
    """The same of one claim."""
    return session.connection().execute(_READABLE.where(col(Claim.id) == claim_id)).one()


def keep(session: Session, *, recusal: Recusal, claim_ids: Collection[int]) -> None:
    """Note these claims as recused by it; those that are so already by another stay theirs."""
    known = set(
        session.exec(select(RecusedClaim.claim_id).where(RecusedClaim.user_id == recusal.user_id))
    )
    rows = [
        {"user_id": recusal.user_id, "claim_id": id, "recusal_id": recusal.id}
        for id in claim_ids
        if id not in known
    ]
    if rows:
        session.connection().execute(insert(RecusedClaim), rows)


def forget(session: Session, *, recusal_id: int) -> None:
    """Let the claims be drawn again that were recused by it."""
    session.connection().execute(
        delete(RecusedClaim).where(col(RecusedClaim.recusal_id) == recusal_id)
    )


def is_recused(user_id: int) -> ColumnElement[bool]:
    """That the claim is one in which this reviewer's words were found."""
    return exists().where(
        col(RecusedClaim.user_id) == user_id, col(RecusedClaim.claim_id) == col(Claim.id)
    )


def is_own(session: Session, *, project_id: int, user_id: int) -> ColumnElement[bool]:
    """That the claim's article names this person as its author."""
    written = select(col(Article.id)).where(
        Article.project_id == project_id, _is_author(session, user_id)
    )
    return col(Claim.article_id).in_(written)


def wrote(session: Session, *, article_id: int, user_id: int) -> bool:
    """Whether the article names this person as its author."""
    written = select(col(Article.id)).where(Article.id == article_id, _is_author(session, user_id))
    return session.exec(written).first() is not None


def _is_author(session: Session, user_id: int) -> ColumnElement[bool]:
    user = session.get_one(User, user_id)
    names = {form for name in (user.name, user.display_name) for form in _lowered(name)}
    return func.lower(Article.author).in_(sorted(names))


def _lowered(name: str) -> set[str]:
    """What `lower` makes of the usual ways to write a name: SQLite's knows ASCII alone."""
    written = {name, name.lower(), name.upper(), name.title()}
    ascii_only = {
        "".join(letter.lower() if letter.isascii() else letter for letter in form)
        for form in written
    }
    return ascii_only | {form.lower() for form in written}


_READABLE: Any = sqlalchemy_select(
    col(Claim.id), col(Claim.text), col(Claim.quote), col(Claim.speaker),
    col(Claim.entities), col(Article.title),
).join(Article, col(Article.id) == col(Claim.article_id))  # fmt: skip
