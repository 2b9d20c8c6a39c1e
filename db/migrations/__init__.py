"""Bringing a database to the newest schema, in one transaction: before or after, never between."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

_BEGIN_IMMEDIATE = {"sqlite_begin": "IMMEDIATE"}


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Migrate to the newest revision; returns the revisions (before, after).

    Raises `NewerSchema` if the database was written by a newer version of the workbench.
    """
    with engine.connect().execution_options(**_BEGIN_IMMEDIATE) as connection, connection.begin():
        before = current_revision(connection)
        _refuse_newer(before)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return before, newest_revision()


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision this version of the workbench works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise ValueError("no migration scripts beside db/migrations/__init__.py")
    return head


class NewerSchema(Exception):
    """The database's `revision` is unknown here: a newer version of the workbench wrote it."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__(
            f"The database is at schema {revision}, which this version of the workbench does not "
            "know: a newer version wrote it. Start that newer version, or restore an older backup."
        )


def _refuse_newer(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerSchema(revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
