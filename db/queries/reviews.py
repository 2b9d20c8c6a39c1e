"""Reviews, their evidence and the sources behind it."""

from sqlmodel import Session, col, func, select

from db.models import Evidence, Label, Project, Resolution, Review, Source


def of_user(session: Session, *, claim_id: int, user_id: int) -> Review | None:
    """The reviewer's own review of the claim."""
    query = select(Review).where(Review.claim_id == claim_id, Review.user_id == user_id)
    return session.exec(query).first()


def evidence(session: Session, *, review_id: int) -> list[tuple[Evidence, Source]]:
    """What the review rests on, in its order; retired evidence is left out."""
    query = (
        select(Evidence, Source)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(Evidence.review_id == review_id, col(Evidence.retired_at).is_(None))
        .order_by(col(Evidence.position), col(Evidence.id))
    )
    return list(session.exec(query))


def source_by_url(session: Session, *, project_id: int, url: str) -> Source | None:
    """The project's source with this URL."""
    query = select(Source).where(Source.project_id == project_id, Source.url == url)
    return session.exec(query).first()


def label_by_key(session: Session, *, project_id: int, key: str) -> Label | None:
    """The label with this key in the project's scheme."""
    query = (
        select(Label)
        .join(Project, col(Project.scheme_id) == col(Label.scheme_id))
        .where(Project.id == project_id, Label.key == key)
    )
    return session.exec(query).first()


def verdict_counts(session: Session, *, claim_id: int) -> dict[int, int]:
    """Label id to the number of submitted reviews of the claim that chose it."""
    query = (
        select(Review.label_id, func.count())
        .where(Review.claim_id == claim_id, Review.status == "submitted")
        .group_by(col(Review.label_id))
    )
    return {label_id: n for label_id, n in session.exec(query) if label_id is not None}


def resolution(session: Session, *, claim_id: int) -> Resolution | None:
    """The claim's final verdict, if it has one."""
    return session.exec(select(Resolution).where(Resolution.claim_id == claim_id)).first()
