"""How far a claim is: the steps that it goes through, as the search asks for them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlmodel import col, exists, func

from db.models import Claim, Project, Resolution, Review
from db.queries.claims import WORKED_ON
from db.queries.phases import through_phases

STEPS = ("unreviewed", "started", "contested", "done")
"""Every claim that is worked on is at one: nobody has judged it; fewer have than are wanted (the
project's `overlap` and what a lead asked for on top), or phases are left; enough have and they do
not agree; it has a final verdict."""

N_REVIEWS: Any = (
    select(func.count())
    .select_from(Review)
    .where(col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted")
    .correlate(Claim)
    .scalar_subquery()
)
N_WANTED: Any = (
    select(col(Project.overlap) + col(Claim.extra_reviews))
    .where(col(Project.id) == col(Claim.project_id))
    .correlate(Claim)
    .scalar_subquery()
)
_REVIEWED = exists().where(col(Review.claim_id) == col(Claim.id), col(Review.status) == "submitted")
_DONE = exists().where(col(Resolution.claim_id) == col(Claim.id))


def at_step(step: str, *, may_know: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a claim is worked on and at this step; `reviewed` and `left` are any with, or without.

    `wanting` are those of `left` that want more reviews: unreviewed or started.
    That a claim is contested tells what others said of it: only where `may_know` holds is it told
    apart from what was started.
    """
    wanting = or_(N_REVIEWS < N_WANTED, ~through_phases(), ~may_know)
    found = {
        "unreviewed": and_(~_DONE, ~_REVIEWED),
        "started": and_(~_DONE, _REVIEWED, wanting),
        "contested": and_(~_DONE, N_REVIEWS >= N_WANTED, through_phases(), _REVIEWED, may_know),
        "done": _DONE,
        "reviewed": _REVIEWED,
        "left": ~_DONE,
        "wanting": and_(~_DONE, or_(~_REVIEWED, wanting)),
    }
    return and_(col(Claim.state).in_(WORKED_ON), found.get(step, false()))
