"""Models and migrations agree, and an upgrade leaves the new state or the old one."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlmodel import SQLModel

import db.models  # noqa: F401
from db.engine import open_engine, transaction
from db.migrations import NewerSchema, current_revision, newest_revision, upgrade
from tests import factories


@pytest.fixture
def empty(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names())


def test_models_and_migrations_agree(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_check_constraints_of_models_and_migrations_agree(engine):
    # Alembic does not compare these, and they are what keeps nonsense out.
    for table in SQLModel.metadata.sorted_tables:
        stored = inspect(engine).get_check_constraints(table.name)
        assert {(check["name"], check["sqltext"]) for check in stored} == {
            (check.name, str(check.sqltext))
            for check in table.constraints
            if isinstance(check, CheckConstraint)
        }


def test_an_upgrade_says_where_it_came_from_and_a_second_one_does_nothing(empty):
    assert upgrade(empty) == (None, newest_revision())
    with transaction(empty) as session:
        factories.claim(session)
    before = tables(empty)
    assert upgrade(empty) == (newest_revision(), newest_revision())
    assert tables(empty) == before
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM claim")) == 1


def test_a_database_of_a_newer_version_is_refused_and_left_alone(engine):
    with transaction(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        upgrade(engine)
    with engine.connect() as connection:
        assert current_revision(connection) == "9999"


def test_an_interrupted_upgrade_leaves_the_old_state_and_the_next_one_succeeds(empty, monkeypatch):
    from alembic import op

    calls = []
    create_table = op.create_table

    def breaks_at_the_sixth(*args, **kwargs):
        calls.append(args[0])
        if len(calls) == 6:
            raise KeyboardInterrupt
        return create_table(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(op, "create_table", breaks_at_the_sixth)
        with pytest.raises(KeyboardInterrupt):
            upgrade(empty)
    assert len(calls) == 6
    assert tables(empty) == set()
    assert upgrade(empty) == (None, newest_revision())
