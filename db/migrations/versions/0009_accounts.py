"""People sign in: passwords, identities, sign-ins, one-time links, and a log of the accounts"""

import secrets

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    installation = op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("first_admin_id", sa.Integer(), nullable=True),
        sa.Column("set_up_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_id")),
        _key("installation", "first_admin_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.bulk_insert(installation, [{"id": 1, "secret": secrets.token_urlsafe(32)}])
    op.create_table(
        "password",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        _key("password", "user_id", "user"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_password")),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        _key("identity", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer")),
    )
    op.create_index(op.f("ix_identity_user_id"), "identity", ["user_id"])
    _sign_ins()
    _links()
    _log()


def _sign_ins() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        _key("sign_in", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"])
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_name", "sign_in_attempt", ["name", "at"])
    op.create_index("ix_sign_in_attempt_address", "sign_in_attempt", ["address", "at"])
    op.create_index("ix_sign_in_attempt_at", "sign_in_attempt", ["at"])


def _links() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('invite', 'reset')", name=op.f("ck_one_time_link_kind")),
        sa.CheckConstraint(
            "role IN ('viewer', 'reviewer', 'lead', 'admin')", name=op.f("ck_one_time_link_role")
        ),
        _key("one_time_link", "user_id", "user"),
        _key("one_time_link", "project_id", "project"),
        _key("one_time_link", "created_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    op.create_index(op.f("ix_one_time_link_user_id"), "one_time_link", ["user_id"])
    op.create_index(op.f("ix_one_time_link_project_id"), "one_time_link", ["project_id"])


def _log() -> None:
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        _key("account_event", "by_id", "user"),
        _key("account_event", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index(op.f("ix_account_event_user_id"), "account_event", ["user_id"])
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="RESTRICT"
    )


_WORDS = "The log of the accounts is only added to: no entry is ever changed or deleted."


def _sqlite(name: str, when: str) -> str:
    return (
        f"CREATE TRIGGER account_event_is_not_{name} BEFORE {when}"
        f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    )


_SQLITE = (
    _sqlite("changed", "UPDATE ON account_event"),
    _sqlite("deleted", "DELETE ON account_event"),
    # INSERT OR REPLACE deletes without asking the trigger for it.
    _sqlite(
        "replaced",
        "INSERT ON account_event WHEN EXISTS (SELECT 1 FROM account_event WHERE id = NEW.id)",
    ),
)


def _postgresql(name: str, when: str) -> tuple[str, str]:
    """The trigger, and that it holds for replicas as well."""
    trigger = f"account_event_is_not_{name}"
    return (
        f"CREATE TRIGGER {trigger} BEFORE {when} ON account_event FOR EACH STATEMENT"
        " EXECUTE FUNCTION refuse_change_of_account_event()",
        f"ALTER TABLE account_event ENABLE ALWAYS TRIGGER {trigger}",
    )


_POSTGRESQL = (
    "CREATE FUNCTION refuse_change_of_account_event() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$",
    *_postgresql("changed", "UPDATE"),
    *_postgresql("deleted", "DELETE"),
    *_postgresql("replaced", "TRUNCATE"),
)
