"""Reviews have slots that are reserved, and projects say how their queue works"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from db.models import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _one_of("project", "order_by", ("project", "worthiness", "age"))
    _one_of("project", "drawing", ("pool", "assigned"))
    _number("project", "lease_minutes", default=60)
    _number("project", "quota_day")
    _number("project", "quota_total")
    _one_of("project", "skip_to", ("own", "pool", "lead"))
    _number("assignment", "slot")
    op.add_column("assignment", sa.Column("leased_until", UtcDateTime(timezone=True)))
    _one_of("assignment", "how", ("drawn", "assigned"))
    op.execute(
        "ALTER TABLE assignment ADD COLUMN assigned_by_id INTEGER"
        " CONSTRAINT fk_assignment_assigned_by_id_user"
        ' REFERENCES "user" (id) ON DELETE RESTRICT'
    )
    _make_recusals()
    _fill_slots()
    op.create_index("ix_article_author", "article", ["project_id", "author"])
    op.create_index("ix_claim_worthiness", "claim", ["project_id", "checkworthiness", "state"])
    op.create_index("uq_assignment_slot", "assignment", ["claim_id", "slot"], unique=True)


def _make_recusals() -> None:
    op.create_table(
        "recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_recusal_version")),
        sa.CheckConstraint("kind IN ('topic', 'person')", name=op.f("ck_recusal_kind")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_recusal_words")),
        _reference("recusal", "project_id", "project"),
        _reference("recusal", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    op.create_index("ix_recusal_of_user", "recusal", ["project_id", "user_id"])
    op.create_table(
        "recused_claim",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("recusal_id", sa.Integer(), nullable=False),
        _reference("recused_claim", "user_id", "user"),
        _reference("recused_claim", "claim_id", "claim"),
        _reference("recused_claim", "recusal_id", "recusal"),
        sa.PrimaryKeyConstraint("user_id", "claim_id", name=op.f("pk_recused_claim")),
    )
    op.create_index(op.f("ix_recused_claim_recusal_id"), "recused_claim", ["recusal_id"])


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def _one_of(table: str, column: str, values: tuple[str, ...]) -> None:
    """A column that holds one of these words; the first is what it holds at once.

    In SQL that both databases know: Alembic would copy the table for it on SQLite.
    """
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR DEFAULT '{values[0]}' NOT NULL"
        f" CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({listed}))"
    )


def _number(table: str, column: str, default: int | None = None) -> None:
    """A column for a number of at least 1; without a default it may hold none."""
    may_be = "" if default is None else f" DEFAULT {default} NOT NULL"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER{may_be}"
        f" CONSTRAINT ck_{table}_{column} CHECK ({column} >= 1)"
    )


def _fill_slots() -> None:
    """Submitted reviews take the slots first, then what lies open, as long as there are some.

    What lies open is reserved from now on as if it had been drawn at this moment.
    """
    _note_assigned()
    op.execute(
        "UPDATE assignment SET slot = placed.slot FROM"
        " (SELECT assignment.id AS id, project.overlap AS overlap, row_number() OVER"
        " (PARTITION BY assignment.claim_id ORDER BY"
        " CASE assignment.state WHEN 'done' THEN 0 ELSE 1 END, assignment.id) AS slot"
        " FROM assignment JOIN claim ON claim.id = assignment.claim_id"
        " JOIN project ON project.id = claim.project_id"
        " WHERE assignment.state <> 'skipped') AS placed"
        " WHERE placed.id = assignment.id AND placed.slot <= placed.overlap"
    )
    drawn = sa.and_(
        _ASSIGNMENT.c.state == "open",
        _ASSIGNMENT.c.how == "drawn",
        _ASSIGNMENT.c.slot.is_not(None),
    )
    until = datetime.now(UTC) + timedelta(hours=1)
    op.execute(sa.update(_ASSIGNMENT).where(drawn).values(leased_until=until))


def _note_assigned() -> None:
    """What the history says was assigned by somebody was not drawn from the pool."""
    connection = op.get_bind()
    found = connection.execute(_EVENT.select().where(_EVENT.c.kind == "claim.assigned")).all()
    people = connection.execute(_USER.select())
    ids = {person.name: person.id for person in people}
    rows = [
        {"claim": claim_id, "to": ids[after["assigned"]], "by": by}
        for claim_id, by, _, after in found
        if after.get("assigned") in ids
    ]
    if rows:
        connection.execute(_ASSIGNED, rows)


_USER = sa.table("user", sa.column("id", sa.Integer()), sa.column("name", sa.String()))
_EVENT = sa.table(
    "event",
    sa.column("subject_id", sa.Integer()),
    sa.column("user_id", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("after", sa.JSON()),
)
_ASSIGNMENT = sa.table(
    "assignment",
    sa.column("id", sa.Integer()),
    sa.column("claim_id", sa.Integer()),
    sa.column("user_id", sa.Integer()),
    sa.column("state", sa.String()),
    sa.column("slot", sa.Integer()),
    sa.column("leased_until", UtcDateTime(timezone=True)),
    sa.column("how", sa.String()),
    sa.column("assigned_by_id", sa.Integer()),
)
_ASSIGNED = (
    sa.update(_ASSIGNMENT)
    .where(
        _ASSIGNMENT.c.claim_id == sa.bindparam("claim"),
        _ASSIGNMENT.c.user_id == sa.bindparam("to"),
    )
    .values(how="assigned", assigned_by_id=sa.bindparam("by"))
)
