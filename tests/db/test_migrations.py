"""Models and migrations agree, and an upgrade leaves the new state or the old one."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlmodel import SQLModel

import db.models  # noqa: F401
from db.engine import open_engine, reading, transaction
from db.migrations import NewerSchema, _config, current_revision, newest_revision, upgrade
from db.queries import chain
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
        opts = {"compare_type": True, "include_object": _is_compared}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


def _is_compared(_object, name, kind, _reflected, _compare_to):
    # SQLAlchemy does not read the ON DELETE of a column that was added later: see the next test.
    # The tables of the word index are SQLite's own.
    return kind != "foreign_key_constraint" and not (kind == "table" and "_fts" in name)


def test_foreign_keys_of_models_and_migrations_agree(engine):
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            rows = connection.execute(text(f'PRAGMA foreign_key_list("{table.name}")')).mappings()
            assert {(row["from"], row["table"], row["to"], row["on_delete"]) for row in rows} == {
                (
                    key.parent.name,
                    key.column.table.name,
                    key.column.name,
                    key.ondelete or "NO ACTION",
                )
                for key in table.foreign_keys
            }


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


def test_a_guideline_and_sources_of_the_first_schema_are_kept(empty):
    _at_first_schema(empty)
    upgrade(empty)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT project_id, number, text FROM guideline")).all() == [
            (1, 1, "Be fair.")
        ]
        source = connection.execute(text("SELECT canonical_url, medium FROM source")).one()
        assert source == ("https://example.org/a", "web text")
        evidence = connection.execute(text("SELECT quote, set_number, source_id FROM evidence"))
        assert evidence.all() == [("so it was", 1, 1)]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def _at_first_schema(engine):
    now = "2026-01-01 00:00:00"
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            f"INSERT INTO label_scheme VALUES (1, 's', 'S', '{now}')",
            f"INSERT INTO user (id, name, display_name, created_at) VALUES (1, 'u', 'U', '{now}')",
            "INSERT INTO project (id, name, guideline, scheme_id, overlap, blind, created_at,"
            f" version) VALUES (1, 'P', 'Be fair.', 1, 1, 1, '{now}', 1),"
            f" (2, 'Q', '', 1, 1, 1, '{now}', 1)",
            "INSERT INTO article (id, project_id, title, outlet, author, url, language, text,"
            " text_sha256, created_by_id, created_at, version)"
            f" VALUES (1, 1, '', '', '', '', 'en', 'It was.', 'x', 1, '{now}', 1)",
            'INSERT INTO claim (id, project_id, article_id, quote, start, "end", text, block,'
            " through, times, entities, kind, ambiguous, checkworthiness, reasons, state, origin,"
            " created_at, updated_at, version) VALUES (1, 1, 1, 'It was.', 0, 7, 'It was.', 'body',"
            f" '[]', '[]', '[]', '', 0, 0, '[]', 'proposed', 'splitter', '{now}', '{now}', 1)",
            "INSERT INTO source (id, project_id, url, title, publisher, accessed_at, created_by_id,"
            f" version) VALUES (1, 1, 'https://example.org/a', '', '', '{now}', 1, 1)",
            "INSERT INTO review (id, claim_id, user_id, justification, draft, status, created_at,"
            f" updated_at, version) VALUES (1, 1, 1, '', '{{}}', 'draft', '{now}', '{now}', 1)",
            "INSERT INTO evidence (id, review_id, source_id, position, quote, stance, question,"
            f" answer, created_at) VALUES (1, 1, 1, 0, 'so it was', 'supports', '', '', '{now}')",
        ):
            connection.execute(text(statement))


def test_events_of_an_earlier_schema_are_chained(empty):
    """More than the migration takes in one portion, in the words that they were written in."""
    _at_first_schema(empty)
    with empty.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        connection.execute(text(_EVENTS))
    upgrade(empty)
    with reading(empty) as session:
        assert chain.first_break(session) is None
        assert chain.head(session)[0] == 4_500
        assert chain.missing_triggers(session) == []


_EVENTS = """
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 4500)
INSERT INTO event (project_id, at, kind, subject, subject_id, before, after)
SELECT 1, '2026-01-01 00:00:00', 'claim.accepted', 'claim', 1, '{}', '{"b" : "é", "a": ' || n || '}'
FROM number
"""


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
