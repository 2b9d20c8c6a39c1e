"""Articles, listed without their texts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from db.models import Article, Claim, Job
from db.queries.claims import WORKED_ON


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One line of the list: `n_claims` counts the claims that are neither rejected nor retired.

    `splitter` is what proposed them, empty before that.
    `job_state` is None, or the state of the newest job on the article unless it is done;
    `job_done` of `job_total` is its progress and `job_error` the reason if it failed.
    """

    id: int
    title: str
    outlet: str
    published_on: date | None
    created_at: datetime
    split_at: datetime | None
    n_claims: int
    splitter: str = ""
    job_id: int | None = None
    job_state: str | None = None
    job_done: int = 0
    job_total: int = 0
    job_error: str = ""


def by_sha(session: Session, *, project_id: int, sha256: str) -> Article | None:
    """The article of the project whose text has this digest."""
    query = select(Article).where(Article.project_id == project_id, Article.text_sha256 == sha256)
    return session.exec(query).first()


def any_exists(session: Session) -> bool:
    """Whether there is an article in any project, retired or not."""
    return session.exec(select(Article.id).limit(1)).first() is not None


def in_project(
    session: Session, *, project_id: int, limit: int | None = None, offset: int = 0
) -> list[ArticleLine]:
    """The project's articles that are not retired, the newest first, at most `limit`."""
    query = (
        select(Article)
        .where(Article.project_id == project_id, col(Article.retired_at).is_(None))
        .order_by(col(Article.id).desc())
        .limit(limit)
        .offset(offset)
        .options(defer(Article.text, raiseload=True))  # type: ignore[arg-type]
    )
    found = list(session.exec(query))
    ids = [article.id or 0 for article in found] if limit is not None else None
    n_claims = _n_claims(session, project_id=project_id, among=ids)
    jobs = _unfinished_jobs(session, project_id=project_id, among=ids)
    return [
        _line(article, n_claims.get(article.id or 0, 0), jobs.get(article.id or 0))
        for article in found
    ]


def line(session: Session, *, article_id: int) -> ArticleLine | None:
    """One article of the list."""
    article = session.get(Article, article_id)
    if article is None or article.retired_at is not None:
        return None
    n_claims = _n_claims(session, project_id=article.project_id, among=[article_id])
    jobs = _unfinished_jobs(session, project_id=article.project_id, among=[article_id])
    return _line(article, n_claims.get(article_id, 0), jobs.get(article_id))


def _line(article: Article, n_claims: int, job: Job | None) -> ArticleLine:
    progress = () if job is None else (job.id, job.state, job.done, job.total, job.error)
    return ArticleLine(
        article.id or 0,
        article.title,
        article.outlet,
        article.published_on,
        article.created_at,
        article.split_at,
        n_claims,
        article.splitter or "",
        *progress,
    )


def _n_claims(
    session: Session, *, project_id: int, among: Collection[int] | None
) -> dict[int, int]:
    query = (
        select(Claim.article_id, func.count())
        .where(Claim.project_id == project_id, col(Claim.state).in_(WORKED_ON))
        .group_by(col(Claim.article_id))
    )
    if among is not None:
        query = query.where(col(Claim.article_id).in_(among))
    return dict(session.exec(query).all())


def _unfinished_jobs(
    session: Session, *, project_id: int, among: Collection[int] | None
) -> dict[int, Job]:
    newest = (
        select(func.max(col(Job.id)))
        .where(Job.project_id == project_id, col(Job.article_id).is_not(None))
        .group_by(col(Job.article_id))
    )
    if among is not None:
        newest = newest.where(col(Job.article_id).in_(among))
    query = select(Job).where(col(Job.id).in_(newest), Job.state != "done")
    return {job.article_id: job for job in session.exec(query) if job.article_id is not None}
