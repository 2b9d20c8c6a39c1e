"""The same tests on SQLite, and on PostgreSQL where a server can be started."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from db.engine import open_engine
from db.migrations import upgrade

DEBIAN = Path("/usr/lib/postgresql")


def _program(name: str) -> str | None:
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A migrated database on a server of our own, reached through a socket in its folder."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL")
    initdb, server = _program("initdb"), _program("postgres")
    if initdb is None or server is None:
        pytest.skip("no PostgreSQL server on this machine")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        user = _let_postgres_own(folder)
        data = f"{folder}/data"
        subprocess.run(
            [*user, initdb, "-D", data, "-U", "workbench", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        process = subprocess.Popen(
            [*user, server, "-D", data, "-k", folder, "-h", "", "-F"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        engine = open_engine(f"postgresql+psycopg://workbench@/postgres?host={folder}")
        try:
            _wait(engine)
            upgrade(engine)
            yield engine
        finally:
            engine.dispose()
            process.terminate()
            process.wait(20)


def _let_postgres_own(folder: str) -> list[str]:
    """What to put before a command so that it does not run as root, which the server refuses."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _wait(engine: Engine) -> None:
    for _ in range(100):
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session in a transaction that is taken back, on each kind of database."""
    engine = request.getfixturevalue("engine" if request.param == "sqlite" else "postgresql")
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()
