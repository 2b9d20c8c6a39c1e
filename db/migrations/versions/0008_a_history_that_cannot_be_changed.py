"""A history that cannot be changed: its events are chained, and triggers refuse all but adding"""

import sqlalchemy as sa
from alembic import op

import db.models
from db.queries import chain

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PORTION = 2_000


def upgrade() -> None:
    links = op.create_table(
        "history_link",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_history_link_event_id_event"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_link")),
        sa.UniqueConstraint("event_id", name=op.f("uq_history_link_event_id")),
    )
    head = op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n_links", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    n_links, hash = _link_all(links)
    op.bulk_insert(head, [{"id": 1, "n_links": n_links, "hash": hash}])
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def _link_all(links: sa.Table) -> tuple[int, str]:
    """Link the events that there are, a portion at a time; returns the chain's end."""
    n_links, hash, last_id = 0, "", 0
    connection = op.get_bind()
    after = _EVENT.select().where(_EVENT.c.id > sa.bindparam("last_id"))
    after = after.order_by(_EVENT.c.id).limit(PORTION)
    while portion := connection.execute(after, {"last_id": last_id}).mappings().all():
        made = chain.links(portion, n_before=n_links, previous_hash=hash)
        connection.execute(links.insert(), made)
        n_links, hash = made[-1]["number"], made[-1]["hash"]
        last_id = portion[-1]["id"]
    return n_links, hash


# The columns of this day: the model may have others by the time that this runs.
_EVENT = sa.table(
    "event",
    sa.column("id", sa.Integer()),
    sa.column("project_id", sa.Integer()),
    sa.column("at", db.models.UtcDateTime()),
    sa.column("user_id", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("subject", sa.String()),
    sa.column("subject_id", sa.Integer()),
    sa.column("op_id", sa.String()),
    sa.column("undoes_id", sa.Integer()),
    sa.column("part_of_id", sa.Integer()),
    sa.column("before", sa.JSON()),
    sa.column("after", sa.JSON()),
)

_EVENTS = "The history is only added to: no event is ever changed or deleted."
_LINKS = "The chain of the history is only added to: no link is ever changed or deleted."
_HEAD = "The head of the history only ever moves on."


def _sqlite(name: str, when: str, words: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


_SQLITE = (
    _sqlite("event_is_not_changed", "UPDATE ON event", _EVENTS),
    _sqlite("event_is_not_deleted", "DELETE ON event", _EVENTS),
    # INSERT OR REPLACE deletes without asking the trigger for it.
    _sqlite(
        "event_is_not_replaced",
        "INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)",
        _EVENTS,
    ),
    _sqlite("history_link_is_not_changed", "UPDATE ON history_link", _LINKS),
    _sqlite("history_link_is_not_deleted", "DELETE ON history_link", _LINKS),
    _sqlite(
        "history_link_is_not_replaced",
        "INSERT ON history_link WHEN EXISTS (SELECT 1 FROM history_link"
        " WHERE number = NEW.number OR event_id = NEW.event_id)",
        _LINKS,
    ),
    _sqlite(
        "history_head_only_grows", "UPDATE ON history_head WHEN NEW.n_links <= OLD.n_links", _HEAD
    ),
    _sqlite("history_head_is_not_deleted", "DELETE ON history_head", _HEAD),
    _sqlite(
        "history_head_is_not_replaced",
        "INSERT ON history_head WHEN EXISTS (SELECT 1 FROM history_head)",
        _HEAD,
    ),
)


def _function(name: str, words: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )


def _postgresql(name: str, when: str, function: str) -> tuple[str, str]:
    """The trigger, and that it holds for replicas as well."""
    table = when.split(" ON ")[1].split()[0]
    return (
        f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION {function}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


_POSTGRESQL = (
    _function("refuse_change_of_event", _EVENTS),
    _function("refuse_change_of_history_link", _LINKS),
    _function("refuse_change_of_history_head", _HEAD),
    *(
        statement
        for table in ("event", "history_link")
        for done, when in (("changed", "UPDATE"), ("deleted", "DELETE"), ("replaced", "TRUNCATE"))
        for statement in _postgresql(
            f"{table}_is_not_{done}",
            f"{when} ON {table} FOR EACH STATEMENT",
            f"refuse_change_of_{table}",
        )
    ),
    *_postgresql(
        "history_head_only_grows",
        "UPDATE ON history_head FOR EACH ROW WHEN (NEW.n_links <= OLD.n_links)",
        "refuse_change_of_history_head",
    ),
    *_postgresql(
        "history_head_is_not_deleted",
        "DELETE ON history_head FOR EACH STATEMENT",
        "refuse_change_of_history_head",
    ),
    *_postgresql(
        "history_head_is_not_replaced",
        "TRUNCATE ON history_head FOR EACH STATEMENT",
        "refuse_change_of_history_head",
    ),
)
