"""Links are checked for a lead, by the worker, in portions; without internet nothing is stored."""

from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import reading, transaction
from db.models import Job, SourceCheck
from tests import factories as make
from tests.intake.test_links import site  # noqa: F401
from workbench.errors import NotPermitted
from workbench.intake.links import Answer, ask
from workbench.worker import Worker
from workbench.workflow import linking


def cited(engine: Engine, *urls: str) -> tuple[int, int]:
    """A project with these sources and a check that was asked for: (project id, job id)."""
    with transaction(engine) as session:
        project = make.project(session)
        for url in urls:
            make.source(session, project, url=url)
        lead = make.member(session, project, "lead")
        job = linking.queue_check(session, project_id=project.id or 0, user_id=lead.id or 0)
        return project.id or 0, job.id or 0


def outcome(engine: Engine, job_id: int) -> tuple[str, str, dict[int, str]]:
    with reading(engine) as session:
        job = session.get_one(Job, job_id)
        rows = session.exec(select(SourceCheck).order_by(SourceCheck.source_id))
        return job.state, job.error, {row.source_id: row.outcome for row in rows}


def test_the_worker_asks_every_address(engine: Engine, site: str) -> None:  # noqa: F811
    paths = ["200", "404", *["200"] * linking.PORTION]
    urls = [f"http://{site}/{path}?n={n}" for n, path in enumerate(paths)]
    _, job_id = cited(engine, *urls)
    worker = Worker(engine, pipelines=None, ask=partial(ask, allowed=[site]))
    assert worker.run_next()
    state, _, found = outcome(engine, job_id)
    assert (state, len(found)) == ("done", len(urls))
    assert [id for id, said in found.items() if said == "dead"] == [2]


def test_without_internet_it_says_so_and_keeps_what_was_known(engine: Engine) -> None:
    _, job_id = cited(engine, "https://a.example/", "https://b.example/")
    with transaction(engine) as session:
        linking.store_answers(session, {1: Answer("alive", "200 OK", 200)})
    no_way = Worker(engine, pipelines=None, ask=lambda url: Answer("dead", "there is no such host"))
    assert no_way.run_next()
    state, said, found = outcome(engine, job_id)
    assert (state, found) == ("failed", {1: "alive"})
    assert "no way to the internet" in said


def test_since_when_a_link_is_dead_is_kept(session: Session) -> None:
    source = make.source(session)
    dead = Answer("dead", "404 Not Found", 404)
    linking.store_answers(session, {source.id or 0: dead})
    first = session.get_one(SourceCheck, source.id).since
    linking.store_answers(session, {source.id or 0: dead})
    check = session.get_one(SourceCheck, source.id)
    assert check.since == first < check.at
    linking.store_answers(session, {source.id or 0: Answer("alive", "200 OK", 200)})
    assert session.get_one(SourceCheck, source.id).since > first


def test_only_a_lead_has_links_checked_and_only_one_check_runs(engine: Engine) -> None:
    project_id, job_id = cited(engine, "https://a.example/")
    with transaction(engine) as session:
        project = make.project(session)
        reviewer = make.member(session, project)
        with pytest.raises(NotPermitted, match="lead"):
            linking.queue_check(session, project_id=project.id or 0, user_id=reviewer.id or 0)
        admin = make.user(session, is_admin=True, joined_at=make.NOON)
        again = linking.queue_check(session, project_id=project_id, user_id=admin.id or 0)
        assert again.id == job_id
