"""Projects, their label schemes and labels."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.models import Label, LabelScheme, Project


def all_projects(session: Session) -> list[Project]:
    """Every project, the oldest first."""
    return list(session.exec(select(Project).order_by(col(Project.id))))


def by_name(session: Session, *, name: str) -> Project | None:
    """The project of this name."""
    return session.exec(select(Project).where(Project.name == name)).first()


def oldest(session: Session) -> Project | None:
    """The first project that was made; None before the first start."""
    return session.exec(select(Project).order_by(col(Project.id)).limit(1)).first()


def all_schemes(session: Session) -> list[LabelScheme]:
    """Every label scheme, by title."""
    return list(session.exec(select(LabelScheme).order_by(col(LabelScheme.title))))


def scheme_by_key(session: Session, *, key: str) -> LabelScheme | None:
    """The label scheme stored under this key."""
    return session.exec(select(LabelScheme).where(LabelScheme.key == key)).first()


def labels(session: Session, *, project_id: int) -> list[Label]:
    """The verdicts that a review in this project can give, in their order."""
    return list(session.exec(_LABELS, params={"project_id": project_id}))


# Built once: putting a statement together costs more than SQLite needs to answer it.
_LABELS = (
    select(Label)
    .join(Project, col(Project.scheme_id) == col(Label.scheme_id))
    .where(Project.id == bindparam("project_id"))
    .order_by(col(Label.position))
)
