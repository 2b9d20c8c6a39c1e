"""Claims of which the verdict is known, and what is drawn of them; see `db.models.Gold`."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, insert
from sqlmodel import Session, and_, col, exists, func, or_, select

from db.models import Article, Assignment, Claim, Gold, Review, Trial
from db.queries.blindness import is_hidden_gold
from db.queries.claims import WORKED_ON
from db.queries.queue import Rules
from db.queries.slots import insert_new


def of_claim(session: Session, *, claim_id: int) -> Gold | None:
    """What was ever marked of the claim; it holds unless it is retired."""
    return session.exec(_OF_CLAIM, params={"claim_id": claim_id}).first()


def is_hidden(session: Session, *, claim_id: int) -> bool:
    """Whether the claim is hidden gold now."""
    found = of_claim(session, claim_id=claim_id)
    return found is not None and found.used_for == "hidden" and found.retired_at is None


def n_marked(session: Session, *, project_id: int) -> dict[str, int]:
    """How many claims of the project are marked, by what they are used for."""
    query = (
        select(Gold.used_for, func.count())
        .join(Claim, col(Claim.id) == col(Gold.claim_id))
        .where(Claim.project_id == project_id, col(Gold.retired_at).is_(None))
        .group_by(Gold.used_for)
    )
    return dict(session.exec(query).all())


def claims_quoting(
    session: Session, *, project_id: int, external_id: str, quote: str
) -> list[Claim]:
    """The claims with exactly this quote in the article of this id of its own."""
    query = (
        select(Claim)
        .join(Article, col(Article.id) == col(Claim.article_id))
        .where(
            Claim.project_id == project_id,
            Article.external_id == external_id,
            Claim.quote == quote,
        )
        .order_by(col(Claim.id))
    )
    return list(session.exec(query))


# ---- training


def for_training(session: Session, *, project_id: int, user_id: int) -> list[tuple[int, bool]]:
    """(claim id, whether this person has judged it) of each training claim, as they were marked."""
    judged = exists().where(
        col(Trial.claim_id) == col(Gold.claim_id),
        col(Trial.user_id) == user_id,
        col(Trial.kind) == "training",
        col(Trial.status) == "submitted",
    )
    query = (
        select(Gold.claim_id, judged)
        .join(Claim, col(Claim.id) == col(Gold.claim_id))
        .where(
            Claim.project_id == project_id,
            Gold.used_for == "training",
            col(Gold.retired_at).is_(None),
        )
        .order_by(col(Gold.id))
    )
    return [(id, bool(done)) for id, done in session.exec(query)]


def trained(session: Session, *, project_id: int, user_id: int) -> list[bool]:
    """Whether each verdict that the person gave in training is the known one, the oldest first."""
    query = (
        select(col(Trial.label_id) == col(Gold.label_id))
        .select_from(Trial)
        .join(Gold, col(Gold.claim_id) == col(Trial.claim_id))
        .join(Claim, col(Claim.id) == col(Trial.claim_id))
        .where(
            Claim.project_id == project_id,
            Trial.user_id == user_id,
            Trial.kind == "training",
            Trial.status == "submitted",
        )
        .order_by(col(Trial.submitted_at), col(Trial.id))
    )
    return [bool(right) for right in session.exec(query)]


def n_trained(session: Session, *, claim_id: int) -> int:
    """How many people were told the claim's verdict in training."""
    query = (
        select(func.count())
        .select_from(Trial)
        .where(Trial.claim_id == claim_id, Trial.kind == "training", Trial.status == "submitted")
    )
    return session.exec(query).one()


def trial_on_desk(session: Session, *, claim_id: int, user_id: int) -> Trial | None:
    """What the claim is given to the person for, if not for a review: training, or a repeat that
    they have not submitted."""
    return session.exec(_ON_DESK, params={"claim_id": claim_id, "user_id": user_id}).first()


def trial(session: Session, *, claim_id: int, user_id: int, kind: str) -> Trial | None:
    """The person's trial of this kind on the claim, whatever became of it."""
    query = select(Trial).where(
        Trial.claim_id == claim_id, Trial.user_id == user_id, Trial.kind == kind
    )
    return session.exec(query).first()


def give(session: Session, *, claim_id: int, user_id: int, kind: str) -> None:
    """Make the person's trial of this kind on the claim, if there is none."""
    if trial(session, claim_id=claim_id, user_id=user_id, kind=kind) is None:
        who = {"claim_id": claim_id, "user_id": user_id, "kind": kind}
        insert_new(session, insert(Trial).values(**who))


# ---- what is mixed into the work


@dataclass(frozen=True, slots=True)
class Mixed:
    """What a person was given so far: `n_done` verdicts in the work, repeats among them; hidden
    gold and repeats that they were given, also those not judged yet."""

    n_done: int
    n_gold: int
    n_repeats: int


def mixed(session: Session, *, project_id: int, user_id: int) -> Mixed:
    """The counts that decide what the person gets next."""
    return Mixed(*session.exec(_MIXED, params={"project_id": project_id, "user_id": user_id}).one())


def hidden_left(session: Session, *, project_id: int, user_id: int, among: Rules) -> list[int]:
    """The hidden gold that the person was never given, by id."""
    query = _hidden_in(project_id).where(~_was_given(user_id), *among)
    return [id for id in session.exec(query) if id is not None]


def hidden_unfinished(
    session: Session, *, project_id: int, user_id: int, among: Rules
) -> list[int]:
    """Hidden gold that the person was given beyond the overlap and has not judged."""
    beyond = exists().where(
        col(Assignment.claim_id) == col(Claim.id),
        col(Assignment.user_id) == user_id,
        col(Assignment.state) == "open",
        col(Assignment.how) == "drawn",
        col(Assignment.slot).is_(None),
    )
    query = _hidden_in(project_id).where(beyond, ~_has_judged(user_id), *among)
    return [id for id in session.exec(query) if id is not None]


def repeats_unfinished(
    session: Session, *, project_id: int, user_id: int, among: Rules
) -> list[int]:
    """Claims that the person was given once more and has not submitted."""
    query = (
        select(Claim.id)
        .join(Trial, col(Trial.claim_id) == col(Claim.id))
        .where(
            Claim.project_id == project_id,
            col(Claim.state).in_(WORKED_ON),
            Trial.user_id == user_id,
            Trial.kind == "repeat",
            Trial.status == "draft",
            col(Trial.retired_at).is_(None),
            *among,
        )
        .order_by(col(Trial.id))
    )
    return [id for id in session.exec(query) if id is not None]


def to_repeat(
    session: Session, *, project_id: int, user_id: int, n_back: int, among: Rules
) -> list[int]:
    """Claims that the person judged at least `n_back` claims ago and never got again, the oldest
    first. Hidden gold is not repeated."""
    own = (Review.user_id == user_id, Review.status == "submitted", Claim.project_id == project_id)
    since = (
        select(Review.submitted_at)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(*own)
        .order_by(col(Review.submitted_at).desc(), col(Review.id).desc())
        .offset(n_back)
        .limit(1)
    )
    last = session.exec(since).first()
    if last is None:
        return []
    again = exists().where(
        col(Trial.claim_id) == col(Claim.id),
        col(Trial.user_id) == user_id,
        col(Trial.kind) == "repeat",
    )
    query = (
        select(Claim.id)
        .join(Review, col(Review.claim_id) == col(Claim.id))
        .where(
            *own,
            col(Review.submitted_at) <= last,
            col(Claim.state).in_(WORKED_ON),
            ~again,
            ~is_hidden_gold(col(Claim.id)),
            *among,
        )
        .order_by(col(Review.submitted_at), col(Review.id))
    )
    return [id for id in session.exec(query) if id is not None]


# ---- what came of it: (person, the one verdict, the other, how many claims)

Crossed = list[tuple[int, int, int, int]]


def crossed_hidden(session: Session, *, project_id: int) -> Crossed:
    """Of hidden gold: the known verdict, and the one that the person gave."""
    query: Any = (
        select(col(Review.user_id), col(Gold.label_id), col(Review.label_id), func.count())
        .select_from(Review)
        .join(Gold, col(Gold.claim_id) == col(Review.claim_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Claim.project_id == project_id,
            Review.status == "submitted",
            Gold.used_for == "hidden",
            col(Gold.retired_at).is_(None),
        )
        .group_by(col(Review.user_id), col(Gold.label_id), col(Review.label_id))
    )
    return [tuple(row) for row in session.connection().execute(query)]


def crossed_training(session: Session, *, project_id: int) -> Crossed:
    """Of training: the known verdict, and the one that the person gave."""
    query: Any = (
        select(col(Trial.user_id), col(Gold.label_id), col(Trial.label_id), func.count())
        .select_from(Trial)
        .join(Gold, col(Gold.claim_id) == col(Trial.claim_id))
        .join(Claim, col(Claim.id) == col(Trial.claim_id))
        .where(
            Claim.project_id == project_id,
            Trial.kind == "training",
            Trial.status == "submitted",
        )
        .group_by(col(Trial.user_id), col(Gold.label_id), col(Trial.label_id))
    )
    return [tuple(row) for row in session.connection().execute(query)]


def crossed_repeats(session: Session, *, project_id: int) -> Crossed:
    """Of repeats: the verdict of the person's review, and the one that they gave again."""
    query: Any = (
        select(col(Trial.user_id), col(Review.label_id), col(Trial.label_id), func.count())
        .select_from(Trial)
        .join(Review, _IS_FIRST)
        .join(Claim, col(Claim.id) == col(Trial.claim_id))
        .where(
            Claim.project_id == project_id,
            Trial.kind == "repeat",
            Trial.status == "submitted",
            Review.status == "submitted",
        )
        .group_by(col(Trial.user_id), col(Review.label_id), col(Trial.label_id))
    )
    return [tuple(row) for row in session.connection().execute(query)]


def known_as(label_ids: Any) -> Any:
    """The claims whose known verdict is one of these labels."""
    return select(col(Gold.claim_id)).where(
        col(Gold.label_id).in_(label_ids), col(Gold.retired_at).is_(None)
    )


def used_for(purpose: str) -> Any:
    """The claims that are gold of this use."""
    return select(col(Gold.claim_id)).where(
        col(Gold.used_for) == purpose, col(Gold.retired_at).is_(None)
    )


def tried(kind: str, *rules: ColumnElement[bool]) -> Any:
    """The claims with a submitted trial of this kind that satisfies the rules; `changed` asks for
    repeats with another verdict than the person's review."""
    query = select(col(Trial.claim_id)).where(col(Trial.status) == "submitted", *rules)
    if kind != "changed":
        return query.where(col(Trial.kind) == kind)
    differs = exists().where(
        _IS_FIRST, col(Review.status) == "submitted", col(Review.label_id) != col(Trial.label_id)
    )
    return query.where(col(Trial.kind) == "repeat", differs)


_IS_FIRST = and_(
    col(Review.claim_id) == col(Trial.claim_id), col(Review.user_id) == col(Trial.user_id)
)


def _hidden_in(project_id: int) -> Any:
    return (
        select(Claim.id)
        .join(Gold, col(Gold.claim_id) == col(Claim.id))
        .where(
            Claim.project_id == project_id,
            col(Claim.state).in_(WORKED_ON),
            Gold.used_for == "hidden",
            col(Gold.retired_at).is_(None),
        )
        .order_by(col(Claim.id))
    )


def _has_judged(user_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.user_id) == user_id,
        col(Review.status) == "submitted",
    )


def _was_given(user_id: int) -> ColumnElement[bool]:
    on_queue = exists().where(
        col(Assignment.claim_id) == col(Claim.id), col(Assignment.user_id) == user_id
    )
    begun = exists().where(col(Review.claim_id) == col(Claim.id), col(Review.user_id) == user_id)
    return or_(on_queue, begun)


# Built once: every opening of the desk asks for the trial, every draw for the counts.
_OF_CLAIM = select(Gold).where(Gold.claim_id == bindparam("claim_id"))
_OWN: BindParameter[int] = bindparam("user_id")
_ON_DESK = (
    select(Trial)
    .outerjoin(Gold, col(Gold.claim_id) == col(Trial.claim_id))
    .where(
        Trial.claim_id == bindparam("claim_id"),
        Trial.user_id == _OWN,
        col(Trial.retired_at).is_(None),
        or_(
            and_(
                col(Trial.kind) == "training",
                col(Gold.used_for) == "training",
                col(Gold.retired_at).is_(None),
            ),
            and_(col(Trial.kind) == "repeat", col(Trial.status) == "draft"),
        ),
    )
)
_IN_PROJECT = Claim.project_id == bindparam("project_id")
_N_REVIEWS = (
    select(func.count())
    .select_from(Review)
    .join(Claim, col(Claim.id) == col(Review.claim_id))
    .where(Review.user_id == _OWN, Review.status == "submitted", _IN_PROJECT)
    .scalar_subquery()
)


def _n_trials(*rules: Any) -> Any:
    return (
        select(func.count())
        .select_from(Trial)
        .join(Claim, col(Claim.id) == col(Trial.claim_id))
        .where(Trial.user_id == _OWN, Trial.kind == "repeat", _IN_PROJECT, *rules)
        .scalar_subquery()
    )


_N_GOLD = (
    select(func.count())
    .select_from(Gold)
    .join(Claim, col(Claim.id) == col(Gold.claim_id))
    .where(
        _IN_PROJECT,
        Gold.used_for == "hidden",
        col(Gold.retired_at).is_(None),
        or_(
            exists().where(
                col(Assignment.claim_id) == col(Claim.id), col(Assignment.user_id) == _OWN
            ),
            exists().where(col(Review.claim_id) == col(Claim.id), col(Review.user_id) == _OWN),
        ),
    )
    .scalar_subquery()
)
_MIXED: Any = select(_N_REVIEWS + _n_trials(col(Trial.status) == "submitted"), _N_GOLD, _n_trials())
