"""What the database says when it cannot be used, as one sentence with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from db.migrations import NewerSchema
from workbench.errors import DatabaseProblem

_SENTENCES = {
    "database is locked": "The database is busy: another program holds it. Try again in a moment.",
    "readonly database": "The database is read-only. Make the file and its folder writable.",
    "unable to open database file": (
        "The database file cannot be opened. Check that its folder exists and may be written to."
    ),
    "file is not a database": "The file is not a SQLite database. Name another with --database.",
    "disk image is malformed": "The database file is damaged. Restore the newest backup.",
    "disk is full": "The disk is full. Free some space; nothing was half-written.",
    "disk i/o error": "The disk reports an error. Nothing was acknowledged that is not stored.",
    "no such table": "The database has no tables of the workbench yet. Run `workbench migrate`.",
}


def sentence(error: DBAPIError) -> str:
    """What went wrong, for somebody who does not know the driver's words."""
    said = str(error.orig)
    known = (told for words, told in _SENTENCES.items() if words in said.lower())
    return next(known, f"The database does not answer as it should ({said}).")


@contextmanager
def database_problems() -> Iterator[None]:
    """Inside, what the driver raises comes out as `DatabaseProblem`."""
    try:
        yield
    except NewerSchema as error:
        raise DatabaseProblem(str(error)) from error
    except DBAPIError as error:
        raise DatabaseProblem(sentence(error)) from error
