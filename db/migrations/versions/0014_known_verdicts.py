"""Claims of known verdict, to train reviewers and to see how they judge; repeats of their own"""

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _setting("training_claims", "INTEGER", "0", "training_claims >= 0")
    _setting("training_share", "FLOAT", "0.8", "training_share BETWEEN 0 AND 1")
    _setting("gold_share", "FLOAT", "0", "gold_share BETWEEN 0 AND 1")
    _setting("repeat_share", "FLOAT", "0", "repeat_share BETWEEN 0 AND 1")
    _setting("repeat_after", "INTEGER", "20", "repeat_after >= 1")
    op.add_column("member", sa.Column("let_through_at", UtcDateTime(timezone=True), nullable=True))
    _make_gold()
    _make_trials()
    dialect = op.get_bind().dialect.name
    for kind in ("INSERT", "UPDATE", "DELETE"):
        for statement in (_sqlite if dialect == "sqlite" else _postgresql)(kind):
            op.get_bind().exec_driver_sql(statement)


def _setting(column: str, kind: str, default: str, rule: str) -> None:
    """In SQL that both databases know: Alembic would copy the table for it on SQLite."""
    op.execute(
        f"ALTER TABLE project ADD COLUMN {column} {kind} DEFAULT {default} NOT NULL"
        f" CONSTRAINT ck_project_{column} CHECK ({rule})"
    )


def _make_gold() -> None:
    op.create_table(
        "gold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("used_for", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_gold_version")),
        sa.CheckConstraint("used_for IN ('training', 'hidden')", name=op.f("ck_gold_used_for")),
        sa.CheckConstraint(
            "state_before IN ('proposed', 'accepted', 'rejected', 'retired')",
            name=op.f("ck_gold_state_before"),
        ),
        _reference("gold", "claim_id", "claim"),
        _reference("gold", "label_id", "label"),
        _reference("gold", "created_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gold")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_gold_claim_id")),
    )


def _make_trials() -> None:
    op.create_table(
        "trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("retired_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_trial_version")),
        sa.CheckConstraint("kind IN ('training', 'repeat')", name=op.f("ck_trial_kind")),
        sa.CheckConstraint("status IN ('draft', 'submitted')", name=op.f("ck_trial_status")),
        sa.CheckConstraint("active_seconds >= 0", name=op.f("ck_trial_active_seconds")),
        sa.CheckConstraint(
            "status = 'draft' OR (label_id IS NOT NULL AND submitted_at IS NOT NULL)",
            name=op.f("ck_trial_submitted"),
        ),
        _reference("trial", "claim_id", "claim"),
        _reference("trial", "user_id", "user"),
        _reference("trial", "label_id", "label"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sa.UniqueConstraint("claim_id", "user_id", "kind", name=op.f("uq_trial_claim_id")),
    )
    op.create_index("ix_trial_of_user", "trial", ["user_id", "kind", "status", "claim_id"])


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


# ---- how many found what is hidden is among the numbers of an article, as in 0012


def _trigger(kind: str) -> tuple[str, str, str]:
    columns = " OF label_id, used_for, retired_at" if kind == "UPDATE" else ""
    row = "OLD" if kind == "DELETE" else "NEW"
    return (
        f"gold_is_tallied_after_{kind.lower()}",
        f"AFTER {kind}{columns} ON gold",
        f"SELECT article_id FROM claim WHERE id = {row}.claim_id",
    )


def _sqlite(kind: str) -> tuple[str, ...]:
    name, when, articles = _trigger(kind)
    return (
        f"CREATE TRIGGER {name} {when} BEGIN"
        f" DELETE FROM stale_article WHERE article_id IN ({articles});"
        f" INSERT INTO stale_article (article_id) {articles}; END",
    )


def _postgresql(kind: str) -> tuple[str, ...]:
    name, when, articles = _trigger(kind)
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO stale_article (article_id) {articles}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
