"""A PostgreSQL server of our own, where the machine has the programs for it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.engine import open_engine
from db.migrations import upgrade

DEBIAN = Path("/usr/lib/postgresql")
MIGRATED = "migrated"


class ServerMissing(Exception):
    """Why no server can be started here."""


@contextmanager
def postgresql_server() -> Iterator[Path]:
    """The folder whose socket it answers at; it has a migrated database to be copied.

    Raises `ServerMissing`.
    """
    initdb, server = _program("initdb"), _program("postgres")
    if initdb is None or server is None:
        raise ServerMissing("no PostgreSQL server on this machine")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        user = _let_postgres_own(folder)
        data = f"{folder}/data"
        made = [*user, initdb, "-D", data, "-U", "workbench", "-E", "UTF8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder)
        process = subprocess.Popen(
            [*user, server, "-D", data, "-k", folder, "-h", "", "-F"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            _wait(Path(folder))
            run(Path(folder), f"CREATE DATABASE {MIGRATED}")
            engine = open_engine(address(Path(folder), MIGRATED))
            upgrade(engine)
            engine.dispose()
            yield Path(folder)
        finally:
            process.terminate()
            process.wait(20)


def address(folder: Path, database: str) -> str:
    """The URL of a database of the server."""
    return f"postgresql+psycopg://workbench@/{database}?host={folder}"


def run(folder: Path, statement: str) -> None:
    """Carry out what cannot be part of a transaction."""
    engine = open_engine(address(folder, "postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def _program(name: str) -> str | None:
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def _let_postgres_own(folder: str) -> list[str]:
    """What to put before a command so that it does not run as root, which the server refuses."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _wait(folder: Path) -> None:
    for _ in range(100):
        try:
            run(folder, "SELECT 1")
        except OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")
