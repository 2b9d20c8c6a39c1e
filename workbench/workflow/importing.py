"""Bringing an article in: its text is stored as it came, and the worker is asked to split it."""

from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from sqlmodel import Session

from db.models import Article, Project
from db.queries import articles, jobs
from workbench.errors import NotFound
from workbench.intake.fields import link, one_line, refuse_far_future
from workbench.intake.text import article_text
from workbench.workflow.jobs import queue_split
from workbench.workflow.recording import carried_out, earlier_result, record

MAX_DERIVED_TITLE = 120


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """`duplicate_of` is the stored article if the project had the same text already.

    `job_id` is the split job to watch, None if nothing is left to do.
    """

    article_id: int
    job_id: int | None
    duplicate_of: int | None = None


def import_article(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    text: str,
    title: str = "",
    outlet: str = "",
    author: str = "",
    url: str = "",
    published_on: date | None = None,
    language: str = "en",
    external_id: str | None = None,
    op_id: str | None = None,
) -> ImportedArticle:
    """Store the text verbatim and queue its splitting; the same text again adds nothing.

    Raises `InputError` for a text or field that cannot be taken.
    """
    if op_id and (earlier := earlier_result(session, op_id, "article.import")):
        return ImportedArticle(**earlier)
    article = Article(
        project_id=_known_project(session, project_id),
        external_id=one_line("id", external_id or "") or None,
        text=article_text(text),
        text_sha256=digest(text),
        title=one_line("title", title) or title_of(text),
        outlet=one_line("outlet", outlet),
        author=one_line("author", author),
        url=link(url),
        published_on=_plausible(published_on),
        language=one_line("language", language) or "en",
        created_by_id=user_id,
    )
    imported = _known(session, article) or _add(session, article, user_id=user_id, op_id=op_id)
    if op_id:
        result = asdict(imported)
        carried_out(session, op_id=op_id, kind="article.import", user_id=user_id, result=result)
    return imported


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, by which it is recognised.

    >>> digest("Rates fell.")[:12]
    'e3f30c03d8fd'
    """
    return sha256(text.encode()).hexdigest()


def title_of(text: str, limit: int = MAX_DERIVED_TITLE) -> str:
    """The first line that is not empty, cut after a word.

    >>> title_of("\\n  Rates fell again \\nThe bank said …")
    'Rates fell again'
    >>> title_of("Rates fell again in May", limit=12)
    'Rates fell…'
    """
    line = " ".join(text.lstrip()[: 4 * limit].splitlines()[0].split())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"


def _known_project(session: Session, project_id: int) -> int:
    if session.get(Project, project_id) is None:
        raise NotFound("project", project_id)
    return project_id


def _plausible(published_on: date | None) -> date | None:
    if published_on is not None:
        refuse_far_future(published_on)
    return published_on


def _known(session: Session, article: Article) -> ImportedArticle | None:
    stored = articles.by_sha(session, project_id=article.project_id, sha256=article.text_sha256)
    if stored is None or stored.id is None:
        return None
    job = jobs.open_for_article(session, article_id=stored.id)
    return ImportedArticle(stored.id, job.id if job else None, duplicate_of=stored.id)


def _add(session: Session, article: Article, *, user_id: int, op_id: str | None) -> ImportedArticle:
    session.add(article)
    record(
        session,
        project_id=article.project_id,
        user_id=user_id,
        kind="article.imported",
        row=article,
        before={},
        after=article.model_dump(exclude={"text", "version", "created_at", "id"}),
        op_id=op_id,
    )
    job = queue_split(session, article=article, user_id=user_id)
    return ImportedArticle(article.id or 0, job.id)
