"""Sources described in full, guidelines in versions, comments, flags, undo"""

import sqlalchemy as sa
from alembic import op

import db.models

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guideline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", db.models.UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_guideline_number")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user.id"],
            name=op.f("fk_guideline_created_by_id_user"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_guideline_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guideline")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_guideline_project_id")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canonical_url", sa.String(), nullable=False),
        sa.Column("taken_at", db.models.UtcDateTime(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("how IN ('pasted')", name=op.f("ck_snapshot_how")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_snapshot_text")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user.id"],
            name=op.f("fk_snapshot_created_by_id_user"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("canonical_url", "text_sha256", name=op.f("uq_snapshot_canonical_url")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_text_sha256"), ["text_sha256"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", db.models.UtcDateTime(), nullable=False),
        sa.Column("updated_at", db.models.UtcDateTime(), nullable=False),
        sa.Column("resolved_at", db.models.UtcDateTime(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", db.models.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_comment_text")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_comment_version")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_comment_claim_id_claim"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"],
            ["user.id"],
            name=op.f("fk_comment_resolved_by_id_user"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["comment.id"],
            name=op.f("fk_comment_thread_id_comment"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_comment_user_id_user"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", db.models.UtcDateTime(), nullable=False),
        sa.Column("lowered_at", db.models.UtcDateTime(), nullable=True),
        sa.Column("lowered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_flag_version")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_flag_claim_id_claim"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lowered_by_id"],
            ["user.id"],
            name=op.f("fk_flag_lowered_by_id_user"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_flag_user_id_user"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_claim_id"), ["claim_id"], unique=False)

    _add("claim", "claim_types JSON NOT NULL DEFAULT '[]'")
    _add("claim", "claimed_on DATE")
    _add("claim", "place VARCHAR NOT NULL DEFAULT ''")
    _add("claim", "proposed JSON NOT NULL DEFAULT '{}'")
    _add("claim", "reason VARCHAR NOT NULL DEFAULT ''")
    _add("event", "undoes_id INTEGER", references="event")
    op.create_index("ix_event_undoes_id", "event", ["undoes_id"])
    _add("review", "guideline_id INTEGER", references="guideline")
    _add("review", "active_seconds FLOAT NOT NULL DEFAULT 0", check="active_seconds >= 0")
    _add("source", "canonical_url VARCHAR NOT NULL DEFAULT ''")
    _add("source", "author VARCHAR NOT NULL DEFAULT ''")
    _add("source", "medium VARCHAR NOT NULL DEFAULT 'web text'", check=_ONE_OF_MEDIA)
    op.execute("UPDATE source SET canonical_url = url")
    op.create_index(
        "uq_source_canonical_url", "source", ["project_id", "canonical_url"], unique=True
    )
    _add("user", "keys JSON NOT NULL DEFAULT '{}'")
    _evidence()
    _first_guidelines()


_ONE_OF_MEDIA = (
    "medium IN ('web text', 'web table', 'PDF', 'image', 'video', 'audio', 'metadata', 'other')"
)


def _add(table: str, column: str, *, check: str = "", references: str = "") -> None:
    """Add a column with its constraint: SQLite takes one only in the same statement."""
    name = column.split()[0]
    if check:
        column += f" CONSTRAINT ck_{table}_{name} CHECK ({check})"
    if references:
        column += (
            f" CONSTRAINT fk_{table}_{name}_{references} REFERENCES {references} (id)"
            " ON DELETE RESTRICT"
        )
    op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')


def _evidence() -> None:
    """Evidence without a source: on SQLite the table is made anew, and nothing points to it."""
    stance = sa.CheckConstraint(
        "stance IN ('supports', 'refutes', 'context')", name=op.f("ck_evidence_stance")
    )
    with op.batch_alter_table("evidence", table_args=(stance,)) as batch_op:
        batch_op.alter_column("source_id", existing_type=sa.Integer(), nullable=True)
        for name, kind, default in (
            ("set_number", sa.Integer(), "1"),
            ("answer_type", sa.String(), ""),
            ("explanation", sa.String(), ""),
        ):
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        for name, rule in (
            (
                "answer_type",
                "answer_type IN ('', 'extractive', 'abstractive', 'boolean', 'unanswerable')",
            ),
            ("set_number", "set_number >= 1"),
            ("source", "source_id IS NOT NULL OR answer_type = 'unanswerable'"),
        ):
            batch_op.create_check_constraint(op.f(f"ck_evidence_{name}"), rule)


def _first_guidelines() -> None:
    """A guideline that stood on its project becomes the first version."""
    op.execute(
        "INSERT INTO guideline (project_id, number, text, created_at)"
        " SELECT id, 1, guideline, created_at FROM project WHERE guideline <> ''"
    )
    op.drop_column("project", "guideline")
