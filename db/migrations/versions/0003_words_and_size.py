"""Full-text search, and indexes that keep the desk quick in a project of 100,000 claims"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SEARCHED = {
    "claim": ("text", "quote", "speaker"),
    "review": ("justification",),
    "evidence": ("quote", "question", "answer"),
}


def upgrade() -> None:
    op.drop_index("ix_claim_queue", table_name="claim")
    op.create_index(
        "ix_claim_place", "claim", ["project_id", "article_id", "start", "end", "id", "state"]
    )
    op.create_index("ix_claim_state", "claim", ["project_id", "state"])
    op.create_index("ix_claim_speaker", "claim", ["project_id", "speaker", "state"])
    op.drop_index("ix_review_user_id", table_name="review")
    op.create_index("ix_review_of_user", "review", ["user_id", "status", "claim_id"])
    op.create_index("ix_review_label", "review", ["label_id", "status", "claim_id"])
    op.drop_index("ix_assignment_user_id", table_name="assignment")
    op.create_index("ix_assignment_of_user", "assignment", ["user_id", "state", "claim_id"])
    op.create_index("ix_assignment_latest", "assignment", ["user_id", "updated_at", "id"])
    op.create_index("ix_resolution_label", "resolution", ["label_id", "claim_id"])
    for table, columns in SEARCHED.items():
        if op.get_bind().dialect.name == "sqlite":
            _sqlite_words(table, columns)
        else:
            _postgresql_words(table, columns)


def _sqlite_words(table: str, columns: tuple[str, ...]) -> None:
    """A word index that holds no text of its own; triggers tell it what was written.

    A table that is made anew by a later revision loses its triggers: that revision puts them back.
    """
    words, named = f"{table}_fts", ", ".join(columns)
    old = ", ".join(f"old.{column}" for column in columns)
    new = ", ".join(f"new.{column}" for column in columns)
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    take = f"INSERT INTO {words} ({words}, rowid, {named}) VALUES ('delete', old.id, {old});"
    put = f"INSERT INTO {words} (rowid, {named}) VALUES (new.id, {new});"
    for statement in (
        f"CREATE VIRTUAL TABLE {words} USING fts5 ({named}, content='{table}',"
        " content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
        f"INSERT INTO {words} ({words}) VALUES ('rebuild')",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE OF {named} ON {table} WHEN {changed}"
        f" BEGIN {take} {put} END",
    ):
        op.execute(statement)


def _postgresql_words(table: str, columns: tuple[str, ...]) -> None:
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    op.execute(
        f"CREATE INDEX ix_{table}_words ON {table} USING gin (to_tsvector('simple', {text}))"
    )
