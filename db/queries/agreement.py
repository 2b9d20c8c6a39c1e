"""Who said what about which claim, at each stage of the work: narrow rows, never a text.

A *rating* is what one person said of one item. An item is a claim; at the stage "stance" it is a
claim together with a source, and `source_id` is 0 at the others. Stages and their labels:

- verdict: the label's key, of submitted reviews.
- claim: "claim" or "no claim", by what each person did last of their own: accepting, making or
  restoring the claim, or submitting a review, is a yes, rejecting it a no; who put it back among
  the proposed said nothing.
- boundaries: "changed" for who moved, merged or split the claim, "kept" for who accepted or
  reviewed it and did not. Those who come later judge the span as the earlier ones left it, and
  claims that were retired by a merge or a split count as well.
- stance: supports, context or refutes, of a source in a submitted review; who cites a source
  several times for one claim said what they said most often.

What was undone was not done.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Subquery,
    Text,
    case,
    cast,
    literal,
    select,
    union_all,
)
from sqlmodel import Session, col, func

from db.models import Article, Claim, Event, Evidence, Label, Resolution, Review
from db.queries.blindness import is_open
from db.queries.claims import SHOWN
from db.queries.events import taken_back

STAGES = ("verdict", "claim", "boundaries", "stance")
ATTRIBUTES = ("outlet", "type", "kind")
STANCES = ("supports", "context", "refutes")
_YES = ("claim.accepted", "claim.created", "claim.restored")
_NO = ("claim.rejected",)
_UNDECIDED = ("claim.proposed",)
_CHANGED = ("claim.moved", "claim.merge", "claim.split")
_UNCHANGED = ("claim.accepted",)


def ratings(stage: str, *, project_id: int, viewer_id: int | None) -> Select[Any]:
    """All ratings at a stage as (claim_id, source_id, user_id, label, at).

    With `viewer_id`, of a blind project only those on claims that this person has judged.
    """
    said = _STAGES[stage](project_id).subquery()
    query = (
        select(said.c.claim_id, said.c.source_id, said.c.user_id, said.c.label, said.c.at)
        .join(Claim, col(Claim.id) == said.c.claim_id)
        .where(col(Claim.project_id) == project_id)
    )
    if stage != "boundaries":
        query = query.where(col(Claim.state).in_(SHOWN))
    if viewer_id is None:
        return query
    return query.where(is_open(said.c.claim_id, project_id=project_id, user_id=viewer_id))


def rated(
    session: Session, stage: str, *, project_id: int, viewer_id: int | None
) -> list[tuple[int, int, int, str]]:
    """(claim id, source id, user id, label) of every rating at a stage, in no order."""
    said = ratings(stage, project_id=project_id, viewer_id=viewer_id).subquery()
    query = select(said.c.claim_id, said.c.source_id, said.c.user_id, said.c.label)
    return [(row[0], row[1], row[2], row[3]) for row in session.connection().execute(query)]


def rated_last(
    session: Session, stage: str, *, project_id: int, viewer_id: int | None
) -> list[tuple[int, datetime]]:
    """(claim id, when its last rating at this stage was given) of every claim with any."""
    said = ratings(stage, project_id=project_id, viewer_id=viewer_id).subquery()
    query = select(said.c.claim_id, func.max(said.c.at))
    query = query.group_by(said.c.claim_id)
    return [(row[0], row[1]) for row in session.connection().execute(query)]


def attribute(session: Session, of: str, *, project_id: int) -> list[tuple[int, str]]:
    """(claim id, value) of every claim: its outlet, its types as a JSON list, or its kind."""
    column = {
        "outlet": col(Article.outlet),
        "type": cast(col(Claim.claim_types), Text),
        "kind": col(Claim.kind),
    }[of]
    query = select(col(Claim.id), column).where(col(Claim.project_id) == project_id)
    if of == "outlet":
        query = query.join(Article, col(Article.id) == col(Claim.article_id))
    return [(row[0] or 0, row[1]) for row in session.connection().execute(query)]


def resolved(session: Session, *, project_id: int, viewer_id: int | None) -> dict[int, str]:
    """Claim id to the key of its final verdict, of what this person may see; None sees all."""
    query = (
        select(col(Resolution.claim_id), col(Label.key))
        .join(Claim, col(Claim.id) == col(Resolution.claim_id))
        .join(Label, col(Label.id) == col(Resolution.label_id))
        .where(col(Claim.project_id) == project_id)
    )
    if viewer_id is not None:
        opened = is_open(col(Resolution.claim_id), project_id=project_id, user_id=viewer_id)
        query = query.where(opened)
    return {row[0]: row[1] for row in session.connection().execute(query)}


def last_change(session: Session, *, project_id: int) -> int:
    """The newest event that could change a rating; 0 before any."""
    query = (
        select(col(Event.id))
        .where(col(Event.project_id) == project_id, col(Event.kind) != "review.drafted")
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.connection().execute(query).scalar() or 0


def compared(said: Subquery, *, disagreed: bool) -> Select[Any]:
    """The claims with an item that at least two rated; and not all the same, if asked for."""
    query = select(said.c.claim_id).group_by(said.c.claim_id, said.c.source_id)
    query = query.having(func.count() >= 2)
    if disagreed:
        query = query.having(func.min(said.c.label) != func.max(said.c.label))
    return query


# ---- what was said at each stage: (claim_id, source_id, user_id, label, at)


def _verdicts(_project_id: int) -> Select[Any]:
    return _reviews(col(Label.key)).join(Label, col(Label.id) == col(Review.label_id))


def _decisions(project_id: int) -> Select[Any]:
    decided = case(
        (col(Event.kind).in_(_YES), "claim"), (col(Event.kind).in_(_NO), "no claim"), else_=""
    )
    every = union_all(
        _events(project_id, decided, (*_YES, *_NO, *_UNDECIDED)), _reviews(literal("claim"))
    )
    ranked = _ranked(every, lambda said: (said.c.at.desc(), said.c.label.desc()))
    return _first(ranked).where(ranked.c.label != "")


def _boundaries(project_id: int) -> Select[Any]:
    changed = case((col(Event.kind).in_(_CHANGED), 1), else_=0)
    every = union_all(
        _events(project_id, changed, (*_CHANGED, *_UNCHANGED)), _reviews(literal(0))
    ).subquery()
    label = case((func.max(every.c.label) == 1, "changed"), else_="kept")
    return select(
        every.c.claim_id,
        every.c.source_id,
        every.c.user_id,
        label.label("label"),
        func.max(every.c.at).label("at"),
    ).group_by(every.c.claim_id, every.c.source_id, every.c.user_id)


def _stances(project_id: int) -> Select[Any]:
    by: tuple[Any, ...] = (
        col(Review.claim_id).label("claim_id"),
        col(Evidence.source_id).label("source_id"),
        col(Review.user_id).label("user_id"),
        col(Evidence.stance).label("label"),
    )
    given: Select[Any] = (
        select(*by, func.max(Review.submitted_at).label("at"), func.count().label("n"))
        .join(Review, col(Review.id) == col(Evidence.review_id))
        .where(col(Review.status) == "submitted", col(Evidence.retired_at).is_(None))
        .where(col(Evidence.source_id).is_not(None))
        .group_by(*(one.element for one in by))
    )
    places = {stance: place for place, stance in enumerate(STANCES)}
    ranked = _ranked(given, lambda said: (said.c.n.desc(), case(places, value=said.c.label)))
    return _first(ranked)


def _reviews(label: Any) -> Select[Any]:
    return select(
        col(Review.claim_id).label("claim_id"),
        literal(0).label("source_id"),
        col(Review.user_id).label("user_id"),
        label.label("label"),
        col(Review.submitted_at).label("at"),
    ).where(col(Review.status) == "submitted")


def _events(project_id: int, label: Any, kinds: tuple[str, ...]) -> Select[Any]:
    return select(
        col(Event.subject_id).label("claim_id"),
        literal(0).label("source_id"),
        col(Event.user_id).label("user_id"),
        label.label("label"),
        col(Event.at).label("at"),
    ).where(
        col(Event.project_id) == project_id,
        col(Event.kind).in_(kinds),
        col(Event.user_id).is_not(None),
        ~taken_back(Event),
    )


def _ranked(every: Select[Any] | CompoundSelect[Any], order: Any) -> Subquery:
    """What each person said of each item, numbered in this order."""
    said = every.subquery()
    by = (said.c.claim_id, said.c.source_id, said.c.user_id)
    place = func.row_number().over(partition_by=by, order_by=order(said))
    return select(said, place.label("place")).subquery()


def _first(ranked: Subquery) -> Select[Any]:
    names = ("claim_id", "source_id", "user_id", "label", "at")
    return select(*(ranked.c[name] for name in names)).where(ranked.c.place == 1)


_STAGES = {
    "verdict": _verdicts,
    "claim": _decisions,
    "boundaries": _boundaries,
    "stance": _stances,
}
