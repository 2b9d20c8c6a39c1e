"""A project's work can go by phases"""

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "project", sa.Column("workflow", sa.String(), nullable=False, server_default="reviews")
    )
    op.add_column("project", sa.Column("phases", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("claim", sa.Column("phase", sa.String(), nullable=False, server_default=""))
    op.execute(
        "ALTER TABLE claim ADD COLUMN normalised_by_id INTEGER"
        ' CONSTRAINT fk_claim_normalised_by_id_user REFERENCES "user" (id) ON DELETE RESTRICT'
    )
    op.add_column("claim", sa.Column("normalised_at", UtcDateTime(timezone=True), nullable=True))
    op.create_index("ix_claim_phase", "claim", ["project_id", "phase"])
    op.add_column("review", sa.Column("phase", sa.String(), nullable=False, server_default=""))
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


# What is counted of a claim goes by its phase, too.
_WHEN = "AFTER UPDATE OF state, article_id, extra_reviews, phase ON claim"
_SQLITE = (
    "DROP TRIGGER claim_is_tallied_after_update",
    f"CREATE TRIGGER claim_is_tallied_after_update {_WHEN} BEGIN"
    " DELETE FROM stale_article WHERE article_id IN (SELECT NEW.article_id);"
    " INSERT INTO stale_article (article_id) SELECT NEW.article_id; END",
)
_POSTGRESQL = (
    "DROP TRIGGER claim_is_tallied_after_update ON claim",
    f"CREATE TRIGGER claim_is_tallied_after_update {_WHEN} FOR EACH ROW"
    " EXECUTE FUNCTION claim_is_tallied_after_update()",
)
