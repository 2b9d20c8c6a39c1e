"""The documents that a project cites, their stored copies, and finding one by a few words."""

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from db.models import Article, Snapshot, Source, SourceWord

MAX_WORDS = 60
MAX_WORD_CHARACTERS = 40
_WORD = re.compile(r"[^\W_]+")
_LAST = "\U0010ffff"
_IN_EVERY_ADDRESS = {"http", "https", "www"}


def words_of(*texts: str) -> list[str]:
    """The different words of the texts as they are looked up, in their order.

    >>> words_of("Trade: Exports", "https://www.trade.example/a_1")
    ['trade', 'exports', 'example', 'a', '1']
    """
    found = (
        word[:MAX_WORD_CHARACTERS] for text in texts for word in _WORD.findall(text.casefold())
    )
    return list(dict.fromkeys(word for word in found if word not in _IN_EVERY_ADDRESS))


def by_address(session: Session, *, project_id: int, canonical_url: str, url: str) -> Source | None:
    """The project's source with this canonical address, else the one typed exactly as `url`."""
    for found in (Source.canonical_url == canonical_url, Source.url == url):
        query = select(Source).where(Source.project_id == project_id, found)
        if (source := session.exec(query).first()) is not None:
            return source
    return None


def by_words(session: Session, *, project_id: int, words: str, limit: int) -> Sequence[Source]:
    """The newest sources in which each of the words begins a word of title, URL or publisher."""
    prefixes = sorted(words_of(words), key=len, reverse=True)[:8]
    if not prefixes:
        return []
    query = select(Source).where(Source.project_id == project_id)
    for prefix in prefixes:
        query = query.where(
            col(Source.id).in_(
                select(SourceWord.source_id).where(
                    SourceWord.project_id == project_id,
                    col(SourceWord.word) >= prefix,
                    col(SourceWord.word) < prefix + _LAST,
                )
            )
        )
    return session.exec(query.order_by(col(Source.id).desc()).limit(limit)).all()


def index_words(session: Session, source: Source) -> None:
    """Let the source be found by the words that it has now."""
    session.exec(delete(SourceWord).where(col(SourceWord.source_id) == source.id))
    words = words_of(source.title, source.publisher, source.author, source.url)[:MAX_WORDS]
    place = {"source_id": source.id, "project_id": source.project_id}
    if words:
        session.execute(insert(SourceWord), [place | {"word": word} for word in words])


def snapshots(session: Session, *, canonical_urls: Collection[str]) -> Sequence[Snapshot]:
    """The stored copies of these addresses, the newest last."""
    if not canonical_urls:
        return []
    query = select(Snapshot).where(col(Snapshot.canonical_url).in_(canonical_urls))
    return session.exec(query.order_by(col(Snapshot.taken_at), col(Snapshot.id))).all()


def snapshot_of_text(session: Session, *, canonical_url: str, text_sha256: str) -> Snapshot | None:
    """The stored copy of the address that has exactly this text."""
    query = select(Snapshot).where(
        Snapshot.canonical_url == canonical_url, Snapshot.text_sha256 == text_sha256
    )
    return session.exec(query).first()


def article_at(session: Session, *, project_id: int, urls: Iterable[str]) -> Article | None:
    """The project's newest article that stands at one of these addresses."""
    query = (
        select(Article)
        .where(Article.project_id == project_id, col(Article.url).in_(list(urls)))
        .where(col(Article.retired_at).is_(None))
        .order_by(col(Article.id).desc())
    )
    return session.exec(query).first()
