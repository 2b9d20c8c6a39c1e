"""A fresh, migrated database for each test: cheaper than a mock, and true."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine, transaction
from db.migrations import upgrade
from tests.servers import MIGRATED, ServerMissing, address, postgresql_server, run
from workbench.settings import sqlite_url

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--on postgresql` runs on that what else runs on SQLite."""
    parser.addoption("--on", choices=("sqlite", "postgresql"), default="sqlite", help="database")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the newest revision, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "workbench.sqlite3"
    engine = open_engine(sqlite_url(path))
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite(tmp_path: Path, migrated: Path) -> Iterator[Engine]:
    """An engine on a new SQLite file at the newest revision."""
    path = shutil.copyfile(migrated, tmp_path / "workbench.sqlite3")
    engine = open_engine(sqlite_url(path))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_folder() -> Iterator[Path]:
    """Where our own PostgreSQL server answers."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL")
    try:
        with postgresql_server() as folder:
            yield folder
    except ServerMissing as why:
        pytest.skip(str(why))


@pytest.fixture
def postgresql(postgresql_folder: Path) -> Iterator[Engine]:
    """An engine on a new database of a PostgreSQL server, at the newest revision."""
    run(postgresql_folder, f"CREATE DATABASE fresh TEMPLATE {MIGRATED}")
    engine = open_engine(address(postgresql_folder, "fresh"))
    yield engine
    engine.dispose()
    run(postgresql_folder, "DROP DATABASE fresh WITH (FORCE)")


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on a new database, of the kind that the tests run on."""
    found: Engine = request.getfixturevalue(request.config.getoption("--on"))
    return found


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session inside one transaction that writes."""
    with transaction(engine) as session:
        yield session
