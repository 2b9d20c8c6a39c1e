"""How claims are settled: by which agreement, with what cause and dissent, after what reviews"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out, since only so SQLite adds a column with its rule without making the table anew.
    _add("project", "names_hidden", "BOOLEAN DEFAULT true NOT NULL")
    _add("claim", "extra_reviews", "INTEGER DEFAULT 0 NOT NULL", "extra_reviews >= 0")
    _add("resolution", "dissent", "JSON DEFAULT '[]' NOT NULL")
    _add(
        "project",
        "resolve_by",
        "VARCHAR DEFAULT 'majority' NOT NULL",
        "resolve_by IN ('unanimous', 'majority', 'lead')",
    )
    _add(
        "resolution",
        "cause",
        "VARCHAR DEFAULT '' NOT NULL",
        "cause IN ('', 'guideline gap', 'missing evidence', 'ambiguous claim', 'slip')",
    )


def _add(table: str, column: str, kind: str, rule: str = "") -> None:
    check = f" CONSTRAINT ck_{table}_{column} CHECK ({rule})" if rule else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{check}")
