"""Claims go to people by rule"""

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_assignment_rule_version")),
        sa.CheckConstraint(
            "outlet <> '' OR speaker <> '' OR language <> ''",
            name=op.f("ck_assignment_rule_asks"),
        ),
        _reference("project_id", "project"),
        _reference("user_id", "user"),
        _reference("created_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_rule")),
    )
    op.create_index(op.f("ix_assignment_rule_project_id"), "assignment_rule", ["project_id"])


def _reference(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_assignment_rule_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")
