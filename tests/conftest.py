"""A fresh, migrated database for each test: cheaper than a mock, and true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine, transaction
from db.migrations import upgrade
from workbench.settings import sqlite_url


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine on a new SQLite file at the newest revision."""
    engine = open_engine(sqlite_url(tmp_path / "workbench.sqlite3"))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session inside one transaction that writes."""
    with transaction(engine) as session:
        yield session
