"""The two kinds of units a page runs: one that reads, one that writes and commits at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

import db.engine
from workbench.errors import SignedOut
from workbench.ui import cache, cookie, state
from workbench.workflow.problems import database_problems
from workbench.workflow.signing_in import arrive


@contextmanager
def reading() -> Iterator[Session]:
    """One snapshot to draw a page from. Raises `DatabaseProblem`."""
    with database_problems(), db.engine.reading(cache.engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One action: stored whole at the end of the block, or not at all. Raises `DatabaseProblem`.

    What a page's button does runs before the page is drawn anew: `SignedOut` is raised if the
    person whom it was drawn for is not signed in any more. Nothing that leaves by exception on
    purpose (`st.rerun`, `st.stop`) belongs inside.
    """
    with database_problems(), db.engine.transaction(cache.engine()) as session:
        if cookie.is_page():
            _still_here(session)
        yield session


def _still_here(session: Session) -> None:
    arrived = arrive(session, cookie=cookie.of_page()).user.id
    if state.person() not in (None, arrived):
        raise SignedOut
