"""What must hold in every database of ours, whatever happened to it. `doctor` asks these."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, and_, col, func, or_, select

from db.models import (
    Article,
    Assignment,
    Claim,
    ClaimLineage,
    Comment,
    Event,
    Evidence,
    Flag,
    Job,
    Operation,
    Project,
    Review,
)
from db.queries import words

FIRST_OF_EACH = 20


def prove_writable(session: Session) -> None:
    """Write something that changes nothing: a read-only file or a full disk shows now."""
    session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def integrity(session: Session) -> list[str]:
    """What SQLite finds wrong in the file; empty when all is well, and on other databases."""
    if not _is_sqlite(session):
        return []
    found = session.execute(text(f"PRAGMA integrity_check({FIRST_OF_EACH})")).scalars()
    return [line for line in found if line != "ok"]


def broken_references(session: Session) -> list[str]:
    """Rows that point at a row that is not there."""
    if not _is_sqlite(session):
        return []
    rows = session.execute(text("PRAGMA foreign_key_check"))
    return [f"{table} {rowid} points at a missing {parent}" for table, rowid, parent, _ in rows]


def misquoted_claims(session: Session) -> list[str]:
    """Claims whose quote is not what stands in the article at their offsets, in code points."""
    length = col(Claim.end) - col(Claim.start)
    slice_ = func.substr(col(Article.text), col(Claim.start) + 1, length)
    query = (
        select(Claim.id)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .where(or_(slice_ != col(Claim.quote), Claim.project_id != Article.project_id))
    )
    return [f"claim {id} does not quote its article" for id in session.exec(query)]


def submitted_without_verdict(session: Session) -> list[str]:
    """Submitted reviews that have no label or no time of submission."""
    unlabelled = or_(col(Review.label_id).is_(None), col(Review.submitted_at).is_(None))
    query = select(Review.id).where(and_(Review.status == "submitted", unlabelled))
    return [f"review {id} is submitted without a verdict" for id in session.exec(query)]


def operations_carried_out_twice(session: Session) -> list[str]:
    """Operations under whose id the same row was changed twice in the same way."""
    query = (
        select(Event.op_id)
        .where(col(Event.op_id).is_not(None))
        .group_by(col(Event.op_id), Event.kind, Event.subject, col(Event.subject_id))
        .having(func.count() > 1)
    )
    return [f"operation {op_id} left the same event twice" for op_id in session.exec(query)]


def operations_without_name(session: Session) -> list[str]:
    """Operations with an empty id: nothing could be recognised by it."""
    query = select(func.count()).select_from(Operation).where(Operation.op_id == "")
    n = session.exec(query).one()
    return [f"{n} operations have an empty id"] if n else []


def versions_below_one(session: Session, *, models: tuple[type[Any], ...]) -> list[str]:
    """Rows whose version never was one that the workbench writes."""
    found = []
    for model in models:
        query = select(model.id).where(model.version < 1)
        found += [f"{model.__tablename__} {id} has no version" for id in session.exec(query)]
    return found


def events_about_nothing(session: Session) -> list[str]:
    """Events whose row is not there: nothing is ever deleted, so each must be."""
    found = []
    for subject in session.exec(select(Event.subject).distinct().order_by(Event.subject)):
        table = SQLModel.metadata.tables.get(subject)
        if table is None:
            found.append(f"events speak of {subject!r}, which is no table")
            continue
        query = (
            select(Event.id)
            .where(Event.subject == subject)
            .where(col(Event.subject_id).not_in(select(table.c.id)))
        )
        found += [f"event {id} is about a missing {subject}" for id in session.exec(query)]
    return found


def claims_without_history(session: Session) -> list[str]:
    """Claims of which no event says how they came about."""
    known = select(Event.subject_id).where(Event.subject == "claim")
    query = select(Claim.id).where(col(Claim.id).not_in(known))
    return [f"claim {id} has no history" for id in session.exec(query)]


def words_out_of_step(session: Session) -> list[str]:
    """Tables of which the search finds other words than are stored; needs the right to write."""
    return [
        f"the search does not know the words of every {table}: run `workbench doctor --reindex`"
        for table in words.out_of_step(session)
    ]


def slots_beyond(session: Session) -> list[str]:
    """Assignments with a slot beyond the reviews that their project wants of a claim."""
    query = (
        select(Assignment.id)
        .join(Claim, col(Claim.id) == col(Assignment.claim_id))
        .join(Project, col(Project.id) == col(Claim.project_id))
        .where(
            col(Claim.phase) == "",
            col(Assignment.slot) > col(Project.overlap) + col(Claim.extra_reviews),
        )
    )
    return [
        f"assignment {id} has a slot that its project does not want" for id in session.exec(query)
    ]


def jobs_at_odds(session: Session) -> list[str]:
    """Split jobs that are done although their article has no claims written."""
    query = (
        select(Job.id)
        .join(Article, col(Article.id) == col(Job.article_id))
        .where(Job.kind == "split", Job.state == "done", col(Article.split_at).is_(None))
    )
    return [f"job {id} is done but its article is not split" for id in session.exec(query)]


def circular_lineage(session: Session) -> list[str]:
    """Claims that come from themselves, and such as are made from another article's."""
    child, parent = aliased(Claim), aliased(Claim)
    query = (
        select(ClaimLineage.child_id)
        .join(child, col(child.id) == col(ClaimLineage.child_id))
        .join(parent, col(parent.id) == col(ClaimLineage.parent_id))
        .where(or_(col(child.id) <= col(parent.id), child.article_id != parent.article_id))
        .distinct()
    )
    return [f"claim {id} cannot come from what it came from" for id in session.exec(query)]


def threads_at_odds(session: Session) -> list[str]:
    """Comments whose thread is on another claim, or is itself an answer."""
    thread = aliased(Comment)
    query = (
        select(Comment.id)
        .join(thread, col(thread.id) == col(Comment.thread_id))
        .where(or_(thread.claim_id != Comment.claim_id, col(thread.thread_id).is_not(None)))
    )
    return [f"comment {id} answers what it cannot answer" for id in session.exec(query)]


def undos_at_odds(session: Session) -> list[str]:
    """Undos of what happened later, in another project or to another row."""
    undone = aliased(Event)
    query = (
        select(Event.id)
        .join(undone, col(undone.id) == col(Event.undoes_id))
        .where(
            or_(
                col(undone.id) >= col(Event.id),
                undone.project_id != Event.project_id,
                undone.subject != Event.subject,
                undone.subject_id != Event.subject_id,
            )
        )
    )
    return [f"event {id} undoes what it cannot undo" for id in session.exec(query)]


def counts(session: Session) -> dict[str, int]:
    """How many rows the tables have that people fill."""
    models: tuple[type[Any], ...] = (
        Article, Claim, Review, Evidence, Comment, Flag, Event, Job,
    )  # fmt: skip
    return {
        str(model.__tablename__): session.exec(select(func.count()).select_from(model)).one()
        for model in models
    }


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
