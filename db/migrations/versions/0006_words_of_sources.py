"""Sources are found by the words of their title, publisher, author and URL"""

import sqlalchemy as sa
from alembic import op

from db.queries.sources import MAX_WORDS, words_of

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = op.create_table(
        "source_word",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_source_word_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_source_word_source_id_source"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("source_id", "word", name=op.f("pk_source_word")),
    )
    op.create_index("ix_source_word", "source_word", ["project_id", "word", "source_id"])
    for row in op.get_bind().execute(_SOURCES).all():
        found = words_of(row.title, row.publisher, row.author, row.url)[:MAX_WORDS]
        place = {"source_id": row.id, "project_id": row.project_id}
        op.bulk_insert(words, [place | {"word": word} for word in found])


_SOURCES = sa.text("SELECT id, project_id, title, publisher, author, url FROM source")
