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
from workbench.settings import sqlite_url

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the newest revision, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "workbench.sqlite3"
    engine = open_engine(sqlite_url(path))
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(tmp_path: Path, migrated: Path) -> Iterator[Engine]:
    """An engine on a new SQLite file at the newest revision."""
    path = shutil.copyfile(migrated, tmp_path / "workbench.sqlite3")
    engine = open_engine(sqlite_url(path))
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session inside one transaction that writes."""
    with transaction(engine) as session:
        yield session
