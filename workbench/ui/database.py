"""The two kinds of units a page runs: one that reads, one that writes and commits at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

import db.engine
from workbench.ui import cache
from workbench.workflow.problems import database_problems


@contextmanager
def reading() -> Iterator[Session]:
    """One snapshot to draw a page from. Raises `DatabaseProblem`."""
    with database_problems(), db.engine.reading(cache.engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One action: stored whole at the end of the block, or not at all. Raises `DatabaseProblem`.

    Nothing that leaves by exception on purpose (`st.rerun`, `st.stop`) belongs inside.
    """
    with database_problems(), db.engine.transaction(cache.engine()) as session:
        yield session
