"""Real worker processes on a real database: killed, orphaned, ended, and nothing twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from db.engine import reading, transaction
from db.models import Job, utc_now
from db.queries import articles, events, jobs
from workbench.samples import samples
from workbench.settings import DATABASE_VARIABLE
from workbench.worker import Worker
from workbench.workers import worker_process
from workbench.workflow.importing import import_article
from workbench.workflow.jobs import cancel
from workbench.workflow.opening import default_project, local_user, open_workbench

LONG_TEXT = "\n\n".join(
    f"{name} said on Monday that exports rose by {n} percent and that unemployment fell in {year}."
    for n, (name, year) in enumerate(
        (name, year)
        for year in range(1900, 2000)
        for name in ("The minister", "Anna Schmidt", "The central bank", "A union")
    )
)


@pytest.fixture
def opened(engine):
    open_workbench(engine)
    return engine


@pytest.fixture
def start(opened):
    """Start worker processes on the database; all are ended with the test."""
    started = []

    def start_one(*flags, **options):
        environment = {**os.environ, DATABASE_VARIABLE: opened.url.render_as_string()}
        command = [sys.executable, "-m", "workbench.worker", *flags]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, **options)
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def wait_until(is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def states(engine):
    with reading(engine) as session:
        return {job.id: job.state for job in jobs.with_ids(session, ids=range(100))}


def long_article(engine, times=1):
    """Queue the splitting of a long article, or one some times as long; its job's id."""
    with transaction(engine) as session:
        return import_article(
            session,
            project_id=default_project(session).id,
            user_id=local_user(session).id,
            text="\n\n".join([LONG_TEXT] * times),
        ).job_id


def lines(engine):
    with reading(engine) as session:
        return articles.in_project(session, project_id=default_project(session).id)


def n_proposed(engine):
    with reading(engine) as session:
        project_id = default_project(session).id
        return events.n_of_kind(session, project_id=project_id, kind="claim.proposed")


def test_a_worker_splits_the_sample_and_ends_on_sigterm(opened, start):
    process = start()
    wait_until(lambda: states(opened) == {1: "done"})
    (line,) = lines(opened)
    assert line.title == samples()[0].title
    assert line.n_claims == n_proposed(opened) >= 15
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_what_a_killed_worker_left_is_finished_by_the_next_with_nothing_twice(opened, start):
    job_id = long_article(opened)
    first = start()
    wait_until(lambda: states(opened)[job_id] == "running")
    first.kill()
    first.wait()
    assert states(opened)[job_id] == "running"
    with transaction(opened) as session:
        session.get_one(Job, job_id).leased_until = utc_now() - timedelta(seconds=1)
    start()
    wait_until(lambda: states(opened)[job_id] == "done")
    with reading(opened) as session:
        assert session.get_one(Job, job_id).attempts == 2
    claims = sum(line.n_claims for line in lines(opened))
    assert claims == n_proposed(opened) > 400


def test_progress_is_written_while_a_long_article_is_split(opened, start):
    # Progress is written five times a second: the claims must take longer than that.
    job_id = long_article(opened, times=6)
    start()
    seen = set()

    def is_done():
        with reading(opened) as session:
            job = session.get_one(Job, job_id)
            seen.add((job.done, job.total))
            return job.state == "done"

    wait_until(is_done, seconds=900)
    assert max(total for _, total in seen) == 2400


def test_a_cancelled_job_writes_no_claims(opened, start):
    job_id = long_article(opened)
    start()
    wait_until(lambda: states(opened)[job_id] == "running")
    with transaction(opened) as session:
        cancel(session, job_id=job_id, user_id=local_user(session).id)
        after = import_article(
            session,
            project_id=default_project(session).id,
            user_id=local_user(session).id,
            text="Exports rose by 4 percent in May. Unemployment fell to 5 percent.",
        )
    wait_until(lambda: states(opened)[after.job_id] == "done")
    assert states(opened)[job_id] == "cancelled"
    assert next(line for line in lines(opened) if line.job_id == job_id).n_claims == 0


def test_a_text_that_cannot_be_split_fails_its_job_and_not_the_worker(opened):
    with transaction(opened) as session:
        bad = import_article(
            session,
            project_id=default_project(session).id,
            user_id=local_user(session).id,
            text="… … …",
        )
    from workbench.splitting import load_pipelines

    worker = Worker(opened, load_pipelines())
    while worker.run_next():
        pass
    assert states(opened) == {1: "done", bad.job_id: "failed"}
    with reading(opened) as session:
        assert "no words" in session.get_one(Job, bad.job_id).error


def test_a_worker_ends_when_its_parent_lets_go(opened, start):
    process = start("--with-parent", stdin=subprocess.PIPE)
    wait_until(lambda: states(opened) == {1: "done"})
    process.stdin.close()
    assert process.wait(15) == 0


def test_the_keeper_starts_a_dead_worker_again_and_ends_it_with_the_block(opened):
    def workers():
        with reading(opened) as session:
            return {job.worker for job in jobs.with_ids(session, ids=range(100))} - {""}

    with worker_process(opened.url.render_as_string()):
        wait_until(lambda: states(opened) == {1: "done"})
        (first,) = workers()
        os.kill(int(first.rpartition(":")[2]), signal.SIGKILL)
        job_id = long_article(opened)
        wait_until(lambda: states(opened)[job_id] == "done")
        (second,) = workers() - {first}
    with pytest.raises(ProcessLookupError):
        os.kill(int(second.rpartition(":")[2]), 0)
