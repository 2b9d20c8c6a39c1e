"""People have roles in projects; whoever sits at the computer is an admin"""

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user", sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("user", sa.Column("joined_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("disabled_at", UtcDateTime(timezone=True), nullable=True))
    op.execute(sa.update(_USER).where(_USER.c.name == "local").values(is_admin=True))
    op.add_column(
        "project",
        sa.Column("viewers_see_claims", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_member_version")),
        sa.CheckConstraint(
            "role IN ('viewer', 'reviewer', 'lead', 'admin')", name=op.f("ck_member_role")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_member_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_member_user_id_user"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("project_id", "user_id", name=op.f("uq_member_project_id")),
    )
    op.create_index(op.f("ix_member_user_id"), "member", ["user_id"])


_USER = sa.table("user", sa.column("name", sa.String()), sa.column("is_admin", sa.Boolean()))
