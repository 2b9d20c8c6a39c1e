"""The first start brings what a newcomer needs, once; later starts change nothing."""

import subprocess
import sys

import pytest
from sqlalchemy import text as sql

from db.engine import open_engine, reading, transaction
from db.models import Article, Project
from db.queries import articles, events, jobs, projects, users
from workbench.errors import DatabaseProblem
from workbench.reviewing.schemes import DEFAULT_SCHEME, schemes
from workbench.samples import samples
from workbench.settings import sqlite_url
from workbench.workflow.opening import default_project, local_user, open_workbench
from workbench.workflow.problems import database_problems


@pytest.fixture
def url(tmp_path):
    return sqlite_url(tmp_path / "new.sqlite3")


@pytest.fixture
def empty(url):
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_the_first_start_brings_a_user_a_project_schemes_and_the_sample(empty):
    open_workbench(empty)
    with reading(empty) as session:
        project = default_project(session)
        assert (project.name, local_user(session).display_name) == ("My project", "You")
        assert {scheme.key for scheme in projects.all_schemes(session)} == set(schemes())
        labels = projects.labels(session, project_id=project.id)
        assert [label.key for label in labels] == [
            label.key for label in schemes()[DEFAULT_SCHEME].labels
        ]
        (line,) = articles.in_project(session, project_id=project.id)
        assert (line.title, line.job_state) == (samples()[0].title, "queued")
        kinds = [event.kind for event in events.latest(session, project_id=project.id)]
        assert kinds == ["article.imported", "guideline.published", "project.created"]


def test_a_later_start_changes_nothing(empty):
    open_workbench(empty)
    with transaction(empty) as session:
        session.get_one(Project, 1).name = "Renamed"
    open_workbench(empty)
    with reading(empty) as session:
        assert [project.name for project in projects.all_projects(session)] == ["Renamed"]
        assert len(users.all_users(session)) == 1
        assert jobs.n_open(session) == 1


def test_the_sample_is_not_forced_on_who_imports_and_comes_with_the_first_page(empty):
    open_workbench(empty, sample=False)
    with reading(empty) as session:
        assert not articles.any_exists(session)
    open_workbench(empty)
    with reading(empty) as session:
        assert articles.any_exists(session)


def test_two_processes_that_start_at_once_bring_everything_once(empty, url):
    script = (
        "import sys; from db.engine import open_engine;"
        "from workbench.workflow.opening import open_workbench;"
        "sys.stdin.readline(); open_workbench(open_engine(sys.argv[1]))"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", script, url], stdin=subprocess.PIPE)
        for _ in range(4)
    ]
    for starter in starters:
        starter.stdin.write(b"go\n")
        starter.stdin.close()
    assert [starter.wait(60) for starter in starters] == [0] * 4
    with reading(empty) as session:
        assert len(projects.all_projects(session)) == len(users.all_users(session)) == 1
        assert jobs.n_open(session) == 1


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(DatabaseProblem, match="not a SQLite database"):
        open_workbench(open_engine(sqlite_url(path)))


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(DatabaseProblem, match="cannot be opened"):
        open_workbench(open_engine(sqlite_url(tmp_path / "nowhere" / "a.sqlite3")))


def test_a_read_only_database_is_told(empty, url):
    open_workbench(empty)
    empty.dispose()
    read_only = url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    with pytest.raises(DatabaseProblem, match="read-only"):
        open_workbench(open_engine(read_only))


def test_a_locked_database_is_told(empty, url, monkeypatch):
    open_workbench(empty)
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_MS", 50)
    impatient = open_engine(url)
    with transaction(empty) as session:
        local_user(session)
        with pytest.raises(DatabaseProblem, match="busy"):
            open_workbench(impatient)
    impatient.dispose()


def test_a_newer_schema_is_told(empty):
    open_workbench(empty)
    with transaction(empty) as session:
        session.execute(sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseProblem, match=r"9999.*newer version"):
        open_workbench(empty)


def test_a_full_disk_is_told(empty):
    open_workbench(empty)
    with transaction(empty) as session:
        session.execute(sql("PRAGMA max_page_count = 1"))
    with (
        pytest.raises(DatabaseProblem, match="disk is full"),
        database_problems(),
        transaction(empty) as session,
    ):
        session.get_one(Article, 1).text = "long " * 1_000_000
