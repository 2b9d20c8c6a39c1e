"""The history: who did what to what, in the order in which it happened."""

from sqlmodel import Session, col, func, select

from db.models import Event


def of_subject(session: Session, *, subject: str, subject_id: int) -> list[Event]:
    """Everything that happened to one row of the table `subject`, the oldest first."""
    query = (
        select(Event)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(col(Event.id))
    )
    return list(session.exec(query))


def latest(session: Session, *, project_id: int, limit: int = 50) -> list[Event]:
    """The project's newest events, the newest first."""
    query = (
        select(Event)
        .where(Event.project_id == project_id)
        .order_by(col(Event.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))


def n_of_kind(session: Session, *, project_id: int, kind: str) -> int:
    """How many events of this kind the project has."""
    query = (
        select(func.count())
        .select_from(Event)
        .where(Event.project_id == project_id, Event.kind == kind)
    )
    return session.exec(query).one()
