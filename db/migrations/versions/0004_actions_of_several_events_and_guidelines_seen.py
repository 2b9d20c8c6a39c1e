"""Events that belong to one action, and who has seen which guideline"""

import sqlalchemy as sa
from alembic import op

import db.models

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guideline_seen",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("guideline_id", sa.Integer(), nullable=False),
        sa.Column("at", db.models.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guideline_id"],
            ["guideline.id"],
            name=op.f("fk_guideline_seen_guideline_id_guideline"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_guideline_seen_user_id_user")
        ),
        sa.PrimaryKeyConstraint("user_id", "guideline_id", name=op.f("pk_guideline_seen")),
    )
    op.execute(
        "INSERT INTO guideline_seen (user_id, guideline_id, at)"
        " SELECT user_id, guideline_id, min(submitted_at) FROM review"
        " WHERE status = 'submitted' AND guideline_id IS NOT NULL GROUP BY user_id, guideline_id"
    )
    op.execute(
        "ALTER TABLE event ADD COLUMN part_of_id INTEGER CONSTRAINT fk_event_part_of_id_event"
        " REFERENCES event (id) ON DELETE RESTRICT"
    )
    op.create_index(op.f("ix_event_part_of_id"), "event", ["part_of_id"])
    op.create_index("ix_event_user", "event", ["user_id", "project_id", "id"])
