"""Progress is rolled up article by article, and sources remember how their address answered"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime, domain_of

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sources()
    _tallies()
    op.create_index("ix_assignment_waiting", "assignment", ["user_id", "state", "created_at"])
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    op.execute("INSERT INTO stale_article (article_id) SELECT id FROM article")


def _sources() -> None:
    op.add_column("source", sa.Column("domain", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_source_domain", "source", ["project_id", "domain"])
    named = op.get_bind().execute(_SOURCE.select()).all()
    known = sa.update(_SOURCE).where(_SOURCE.c.id == sa.bindparam("of"))
    values = [{"of": id, "named": domain_of(url)} for id, url, _ in named]
    if values:
        op.get_bind().execute(known.values(domain=sa.bindparam("named")), values)
    op.create_table(
        "source_check",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('alive', 'dead', 'unclear', 'refused')",
            name=op.f("ck_source_check_outcome"),
        ),
        _foreign_key("source_check", "source"),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_check")),
    )
    op.create_index("ix_source_check_outcome", "source_check", ["outcome", "source_id"])


def _tallies() -> None:
    op.create_table(
        "tally",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        _foreign_key("tally", "project"),
        sa.PrimaryKeyConstraint("project_id", "dimension", "key", name=op.f("pk_tally")),
    )
    op.create_table(
        "article_tally",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("n_claims", sa.Integer(), nullable=False),
        sa.Column("n_reviewed", sa.Integer(), nullable=False),
        sa.Column("n_left", sa.Integer(), nullable=False),
        sa.Column("contested_since", UtcDateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        _foreign_key("article_tally", "article"),
        _foreign_key("article_tally", "project"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_tally")),
    )
    op.create_index(
        "ix_article_tally_left", "article_tally", ["project_id", "n_left", "article_id"]
    )
    op.create_index(
        "ix_article_tally_contested", "article_tally", ["project_id", "contested_since"]
    )
    op.create_table(
        "stale_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stale_article")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stale_article", "stale_article", ["article_id"])


def _foreign_key(table: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{target}_id_{target}")
    return sa.ForeignKeyConstraint(
        [f"{target}_id"], [f"{target}.id"], name=name, ondelete="RESTRICT"
    )


_SOURCE = sa.table(
    "source",
    sa.column("id", sa.Integer()),
    sa.column("url", sa.String()),
    sa.column("domain", sa.String()),
)

# ---- what makes an article stale: the table, the columns that count, and whose article it is

_OF_CLAIM = "SELECT article_id FROM claim WHERE id = {row}.claim_id"
_OF_REVIEW = (
    "SELECT c.article_id FROM review r JOIN claim c ON c.id = r.claim_id"
    " WHERE r.id = {row}.review_id"
)
_OF_SOURCE = (
    "SELECT DISTINCT c.article_id FROM evidence e JOIN review r ON r.id = e.review_id"
    " JOIN claim c ON c.id = r.claim_id WHERE e.source_id = {row}.id"
)
_EVERY = ("INSERT", "UPDATE", "DELETE")
_WATCHED = (
    ("article", ("INSERT", "UPDATE"), "outlet", "SELECT {row}.id"),
    ("assignment", _EVERY, "state, user_id", _OF_CLAIM),
    ("claim", _EVERY, "state, article_id, extra_reviews", "SELECT {row}.article_id"),
    ("comment", _EVERY, "resolved_at, retired_at", _OF_CLAIM),
    ("evidence", _EVERY, "retired_at, source_id", _OF_REVIEW),
    ("flag", _EVERY, "lowered_at", _OF_CLAIM),
    ("project", ("UPDATE",), "overlap", "SELECT id FROM article WHERE project_id = {row}.id"),
    ("resolution", _EVERY, "label_id, decided_at", _OF_CLAIM),
    ("review", _EVERY, "status, label_id, submitted_at, active_seconds", _OF_CLAIM),
    ("source", ("UPDATE",), "domain", _OF_SOURCE),
)


def _each(make: Callable[[str, str, str], tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        statement
        for table, kinds, columns, articles in _WATCHED
        for kind in kinds
        for statement in make(
            f"{table}_is_tallied_after_{kind.lower()}",
            f"AFTER {kind}{f' OF {columns}' if kind == 'UPDATE' else ''} ON {table}",
            articles.format(row="OLD" if kind == "DELETE" else "NEW"),
        )
    )


def _sqlite(name: str, when: str, articles: str) -> tuple[str, ...]:
    """An article is noted once, under a new number: whoever waits for a change sees one."""
    return (
        f"CREATE TRIGGER {name} {when} BEGIN"
        f" DELETE FROM stale_article WHERE article_id IN ({articles});"
        f" INSERT INTO stale_article (article_id) {articles}; END",
    )


def _postgresql(name: str, when: str, articles: str) -> tuple[str, ...]:
    """Each change is noted by itself: nobody waits for another who changes the same article."""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO stale_article (article_id) {articles}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


_SQLITE = _each(_sqlite)
_POSTGRESQL = _each(_postgresql)
