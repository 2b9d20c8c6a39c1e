"""The same tests on SQLite, and on PostgreSQL where a server can be started."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session in a transaction that is taken back, on each kind of database."""
    with Session(request.getfixturevalue(request.param), expire_on_commit=False) as session:
        yield session
        session.rollback()
