"""Many articles at once, from the command line: stored, then split by this very process."""

import itertools
import sys
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import Engine

from db.engine import reading, transaction
from db.models import Job
from db.queries import articles, jobs, projects
from workbench.errors import UnknownName, WorkbenchError
from workbench.intake.files import Kind, read_input
from workbench.intake.jsonl import ArticleInput, Refused
from workbench.worker import Worker, ready_worker
from workbench.workflow.importing import ImportedArticle, import_article
from workbench.workflow.opening import default_project, local_user
from workbench.workflow.problems import database_problems
from workbench.workflow.projecting import create_project

Line = tuple[ArticleInput, ImportedArticle]


def import_all(
    engine: Engine,
    names: list[str],
    *,
    project: str | None,
    scheme: str | None = None,
    kind: Kind = "auto",
) -> dict[str, Any]:
    """Import and split every article of the inputs.

    With `scheme`, a label scheme's key, a project that is not there yet is made.

    Returns {project, imported, duplicates, claims, articles: [{id, external_id, title, n_claims,
    duplicate, input}], refused: [{where, reason}]}.
    """
    with database_problems():
        project_id, project_name, user_id = _place(engine, project, scheme)
        lines: list[Line] = []
        refused: list[Refused] = []
        for item in itertools.chain.from_iterable(read_input(name, kind=kind) for name in names):
            if isinstance(item, Refused):
                refused.append(item)
                continue
            try:
                lines.append((item, _store(engine, item, project_id, user_id)))
            except WorkbenchError as error:
                refused.append(Refused(item.where, str(error)))
        queued = {done.job_id for _, done in lines if done.job_id is not None}
        _split_here(engine, queued)
        refused += _failures(engine, lines, queued)
        return {"project": project_name} | _summary(engine, project_id, lines, refused)


def _place(engine: Engine, project: str | None, scheme: str | None) -> tuple[int, str, int]:
    with transaction(engine) as session:
        user_id = local_user(session).id or 0
        found = projects.by_name(session, name=project) if project else default_project(session)
        if found is None and scheme is not None:
            found = create_project(session, name=project or "", scheme=scheme, user_id=user_id)
        if found is None:
            known = [one.name for one in projects.all_projects(session)]
            raise UnknownName("project", project or "", known)
        return found.id or 0, found.name, user_id


def _store(engine: Engine, item: ArticleInput, project_id: int, user_id: int) -> ImportedArticle:
    with transaction(engine) as session:
        return import_article(
            session,
            project_id=project_id,
            user_id=user_id,
            text=item.text,
            title=item.title,
            outlet=item.outlet,
            author=item.author,
            url=item.url,
            published_on=item.published_on,
            language=item.language,
            external_id=item.id,
        )


def _split_here(engine: Engine, queued: Collection[int]) -> None:
    """Do the jobs that no other worker takes, then wait for those that one did."""
    if not queued:
        return
    from rich.console import Console
    from rich.progress import Progress

    worker = ready_worker(engine)
    quiet = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), disable=quiet) as progress:
        bar = progress.add_task("Splitting", total=len(queued))
        for part in _parts(queued):
            _split_part(worker, part, on_done=lambda: progress.advance(bar))


def _split_part(worker: Worker, part: list[int], *, on_done: Callable[[], None]) -> None:
    n_left = len(part)
    while n_left:
        if not worker.run_next(among=part):
            time.sleep(0.25)
        with reading(worker.engine) as session:
            n_now = jobs.n_open(session, among=part)
        for _ in range(n_left - n_now):
            on_done()
        n_left = n_now


def _parts(ids: Collection[int], size: int = 500) -> Iterator[list[int]]:
    """The ids in portions that one statement takes.

    >>> list(_parts([1, 2, 3], size=2))
    [[1, 2], [3]]
    """
    ordered = sorted(ids)
    return (ordered[at : at + size] for at in range(0, len(ordered), size))


def _failures(engine: Engine, lines: list[Line], queued: Collection[int]) -> list[Refused]:
    where = {done.job_id: item.where for item, done in lines}
    with reading(engine) as session:
        found: list[Job] = []
        for part in _parts(queued):
            found += jobs.with_ids(session, ids=part)
        return [
            Refused(where[job.id], job.error or f"the splitting was {job.state}.")
            for job in found
            if job.state in ("failed", "cancelled")
        ]


def _summary(
    engine: Engine, project_id: int, lines: list[Line], refused: list[Refused]
) -> dict[str, Any]:
    with reading(engine) as session:
        stored = {line.id: line for line in articles.in_project(session, project_id=project_id)}
    imported = [_line_summary(line, stored.get(line[1].article_id)) for line in lines]
    return {
        "imported": sum(not line["duplicate"] for line in imported),
        "duplicates": sum(line["duplicate"] for line in imported),
        "claims": sum(line["n_claims"] for line in imported if not line["duplicate"]),
        "articles": imported,
        "refused": [{"where": item.where, "reason": item.reason} for item in refused],
    }


def _line_summary(line: Line, stored: articles.ArticleLine | None) -> dict[str, Any]:
    item, done = line
    return {
        "id": done.article_id,
        "external_id": item.id,
        "title": stored.title if stored else "",
        "n_claims": stored.n_claims if stored else 0,
        "duplicate": done.duplicate_of is not None,
        "input": item.where,
    }
