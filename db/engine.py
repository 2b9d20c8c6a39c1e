"""Opening the database, and the only commit.

SQLite's driver by default begins a transaction at the first write, so that what was read before
it is outside of it and two writers lose updates without an error. Here the driver begins nothing;
`transaction` begins with BEGIN IMMEDIATE and `reading` with BEGIN (one snapshot).
"""

import sqlite3
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session

from db.models import Label, LabelScheme, Project, User
from db.queries import chain

BUSY_TIMEOUT_MS = 5_000
N_HELD = 64
CACHE_KILOBYTES = 16_000
_SQLITE_BEGIN = "sqlite_begin"


def sqlite_driver() -> Any:
    """The newest SQLite at hand: Debian's 3.40 can corrupt a WAL that several connections write."""
    if sys.platform == "linux":
        import pysqlite3

        return pysqlite3
    return sqlite3


def open_engine(url: str) -> Engine:
    """An engine for `url` (`sqlite:///…` or another SQLAlchemy URL) with our settings on it."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, module=sqlite_driver())
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        f"cache_size = -{CACHE_KILOBYTES}",
        "journal_mode = WAL",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get(_SQLITE_BEGIN, "")
    connection.exec_driver_sql(f"BEGIN {mode}".strip())


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A unit that writes: all of it is stored at the end of the block, or nothing.

    The events that it added are sealed last (`chain.seal`). Nothing that leaves by exception on
    purpose (a page's rerun or stop) belongs inside.
    """
    writing = engine.execution_options(**{_SQLITE_BEGIN: "IMMEDIATE"})
    with _WritingUnit(writing, expire_on_commit=False) as session, session.begin():
        yield session


def _hold(session: Session, row: Any) -> None:
    """Keep what everything asks for: a session forgets what nobody holds, and loads it again.

    Not claims and what hangs on them: single statements change these past the session.
    """
    if isinstance(row, Project | LabelScheme | Label | User):
        session.info.setdefault("held", deque(maxlen=N_HELD)).append(row)


class _Unit(Session):
    """The session of a unit."""


class _WritingUnit(_Unit):
    """The session of a unit that writes."""


event.listen(_Unit, "loaded_as_persistent", _hold)
event.listen(_Unit, "pending_to_persistent", _hold)
event.listen(_WritingUnit, "before_commit", chain.seal)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A unit that only reads, in one snapshot; its rows stay readable after the block.

    What was changed by mistake is rolled back.
    """
    with _Unit(engine, expire_on_commit=False, autoflush=False) as session:
        try:
            yield session
        finally:
            session.expunge_all()
            session.rollback()
