"""Claims found by words and filters, a page at a time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import eq, ge, le
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, false, select, true, union
from sqlmodel import Session, and_, col, exists, func, or_

from db.models import (
    Article,
    Assignment,
    Claim,
    Comment,
    Evidence,
    Flag,
    Label,
    Project,
    Resolution,
    Review,
    Source,
    SourceCheck,
    Trial,
    User,
)
from db.queries import agreement, gold, words
from db.queries.blindness import is_hidden_gold, may_see
from db.queries.claims import SHOWN
from db.queries.steps import at_step

ORDER = (col(Claim.article_id), col(Claim.start), col(Claim.end), col(Claim.id))


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What the claims must have in common; what is empty or None asks for nothing.

    `states` empty means all but the retired, `ids` empty any. `label` is the key of the final
    verdict, `verdict` that of a reviewer's, `reviewer` and `assigned` are names of users. Days are
    inclusive, check-worthiness is 0 to 1. `NONE` as outlet, claim type or kind asks for claims
    that have none. `phase` is where the claim stands in the project's workflow.

    `step` is how far a claim that is worked on is (see `steps`). `waits_for` and `skipped` name
    whom it is assigned to, who has not judged it, or has skipped it. The days `resolved_…` are
    those of the final verdict; `reviewed_…` those of a review, which is a `reviewer`'s and a
    `verdict` if these are given. It cites a source at `domain`, the source of `source_id`, or one
    that is `dead`; all such reviews of a claim together have `evidence_from` to `evidence_to`
    pieces of evidence.

    What follows finds nothing for who may not know of it. `gold` is what a claim of known verdict
    is used for, `known` the key of that verdict. With `trial` (training, repeat, or changed for a
    repeat with another verdict) `reviewer` and `verdict` are those of a trial, not of a review.

    The last six ask for claims of which people said something that can be compared, at a `stage`
    of the work (verdict if it is empty; see `agreement`): at least two people about the same.
    `reviewers` are names of people who both did, `labels` what one and what another said (of the
    same reviewers, in this order); with `disagreed`, not all said the same. The last of it was
    said between the days `rated_from` and `rated_to`, UTC.
    """

    words: str = ""
    states: tuple[str, ...] = ()
    speaker: str = ""
    outlet: str = ""
    label: str = ""
    verdict: str = ""
    reviewer: str = ""
    assigned: str = ""
    article_id: int | None = None
    published_from: date | None = None
    published_to: date | None = None
    claimed_from: date | None = None
    claimed_to: date | None = None
    worth_from: float | None = None
    worth_to: float | None = None
    flagged: bool = False
    discussed: bool = False
    ids: tuple[int, ...] = ()
    claim_type: str = ""
    kind: str = ""
    step: str = ""
    waits_for: str = ""
    skipped: str = ""
    reviewed_from: date | None = None
    reviewed_to: date | None = None
    resolved_from: date | None = None
    resolved_to: date | None = None
    domain: str = ""
    source_id: int | None = None
    dead: bool = False
    evidence_from: int | None = None
    evidence_to: int | None = None
    phase: str = ""
    gold: str = ""
    known: str = ""
    trial: str = ""
    stage: str = ""
    reviewers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    disagreed: bool = False
    rated_from: date | None = None
    rated_to: date | None = None


NONE = "(none)"
EVERYTHING = ClaimFilter()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who searches, and where: nobody finds in a blind project what others said before they did.

    That binds whoever gives verdicts; with `sees_all` it does not. With `sees_gold` they may know
    of which claims the verdict is known.
    """

    project_id: int
    user_id: int
    sees_all: bool = False
    sees_gold: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list. `label` and `color` are those of the final verdict, empty if none."""

    id: int
    state: str
    text: str
    speaker: str
    article_id: int
    article: str
    checkworthiness: float
    label: str
    color: str
    flagged: bool
    n_comments: int


def page(
    session: Session, viewer: Viewer, wanted: ClaimFilter, *, limit: int, offset: int = 0
) -> list[Hit]:
    """A part of the claims found, in the order of the texts."""
    ids = _found(session, viewer, wanted, col(Claim.id))
    chosen = ids.order_by(*ORDER).limit(limit).offset(offset).subquery()
    query = (
        select(*_hit(viewer))
        .join(chosen, chosen.c.id == col(Claim.id))
        .join(Article, col(Article.id) == col(Claim.article_id))
        .outerjoin(Resolution, and_(*_resolved(viewer)))
        .outerjoin(Label, col(Label.id) == col(Resolution.label_id))
        .order_by(*ORDER)
    )
    return [Hit(*row) for row in session.connection().execute(query)]


def n_found(session: Session, viewer: Viewer, wanted: ClaimFilter) -> int:
    """How many claims there are to find."""
    query = _found(session, viewer, wanted, func.count())
    return int(session.connection().execute(query).scalar_one())


def matching(session: Session, viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a claim must satisfy, to be put after WHERE."""
    return [
        col(Claim.project_id) == viewer.project_id,
        *_by_claim(viewer, wanted),
        *_by_article(wanted),
        *_by_people(viewer, wanted),
        *_by_work(viewer, wanted),
        *_by_gold(viewer, wanted),
        *_by_agreement(viewer, wanted),
        *_by_words(session, viewer, wanted.words),
    ]


def _found(session: Session, viewer: Viewer, wanted: ClaimFilter, *what: Any) -> Select[Any]:
    return select(*what).select_from(Claim).where(*matching(session, viewer, wanted))


def _by_claim(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    rules = _given(
        (col(Claim.speaker), eq, wanted.speaker),
        (col(Claim.claimed_on), ge, wanted.claimed_from),
        (col(Claim.claimed_on), le, wanted.claimed_to),
        (col(Claim.checkworthiness), ge, wanted.worth_from),
        (col(Claim.checkworthiness), le, wanted.worth_to),
        (col(Claim.article_id), eq, wanted.article_id),
        (col(Claim.kind), _is, wanted.kind),
        (col(Claim.phase), eq, wanted.phase),
    )
    if wanted.claim_type:
        rules.append(_of_type(wanted.claim_type))
    rules.append(col(Claim.state).in_(wanted.states or SHOWN))
    if wanted.ids:
        rules.append(col(Claim.id).in_(wanted.ids))
    if wanted.flagged:
        rules.append(col(Claim.id).in_(_flagged(viewer)))
    if wanted.discussed:
        rules.append(col(Claim.id).in_(_discussed(viewer)))
    return rules


def _by_article(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    rules = _given(
        (col(Article.outlet), _is, wanted.outlet),
        (col(Article.published_on), ge, wanted.published_from),
        (col(Article.published_on), le, wanted.published_to),
    )
    return [col(Claim.article_id).in_(select(col(Article.id)).where(*rules))] if rules else []


def _given(*rules: tuple[Any, Callable[[Any, Any], Any], Any]) -> list[ColumnElement[bool]]:
    """The rules of which the value was given."""
    return [compare(column, value) for column, compare, value in rules if value not in ("", None)]


def _is(column: Any, value: str) -> Any:
    return column == ("" if value == NONE else value)


def _of_type(claim_type: str) -> ColumnElement[bool]:
    chosen = cast(col(Claim.claim_types), Text)
    if claim_type == NONE:
        return chosen == "[]"
    return chosen.contains(json.dumps(claim_type), autoescape=True)


def _by_people(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.label:
        resolved = select(col(Resolution.claim_id)).where(
            col(Resolution.label_id).in_(_labels(viewer, wanted.label)),
            may_see(viewer, col(Resolution.claim_id)),
        )
        rules.append(col(Claim.id).in_(resolved))
    if wanted.assigned:
        on_queue = select(col(Assignment.claim_id)).where(
            col(Assignment.user_id).in_(_users(wanted.assigned)),
            col(Assignment.state) != "done",
        )
        rules.append(col(Claim.id).in_(on_queue))
    if wanted.waits_for:
        rules.append(col(Claim.id).in_(_waiting(wanted.waits_for, ("open", "skipped"))))
    if wanted.skipped:
        rules.append(col(Claim.id).in_(_waiting(wanted.skipped, ("skipped",))))
    return rules


def _waiting(name: str, states: tuple[str, ...]) -> Select[Any]:
    """Claims that are assigned to this person and not judged by them."""
    judged = exists().where(
        col(Review.claim_id) == col(Assignment.claim_id),
        col(Review.user_id) == col(Assignment.user_id),
        col(Review.status) == "submitted",
    )
    return select(col(Assignment.claim_id)).where(
        col(Assignment.user_id).in_(_users(name)), col(Assignment.state).in_(states), ~judged
    )


def _by_work(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.step:
        rules.append(at_step(wanted.step, may_know=_may_compare(viewer)))
    decided = _given(
        (col(Resolution.decided_at), ge, _begin(wanted.resolved_from)),
        (col(Resolution.decided_at), le, _end(wanted.resolved_to)),
    )
    if decided:
        rules.append(col(Claim.id).in_(select(col(Resolution.claim_id)).where(*decided)))
    said = () if wanted.trial else (wanted.reviewer, wanted.verdict)
    if any((*said, wanted.reviewed_from, wanted.reviewed_to)) or _asks_for_sources(wanted):
        rules.append(col(Claim.id).in_(_reviewed(viewer, wanted)))
    if wanted.evidence_from is not None or wanted.evidence_to is not None:
        rules.append(col(Claim.id).in_(_with_evidence(viewer, wanted)))
    return rules


def _by_gold(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    if not (wanted.gold or wanted.known or wanted.trial):
        return []
    if not viewer.sees_gold:
        return [false()]
    found = []
    if wanted.gold:
        found.append(gold.used_for(wanted.gold))
    if wanted.known:
        found.append(gold.known_as(_labels(viewer, wanted.known)))
    if wanted.trial:
        of_whom = [col(Trial.user_id).in_(_users(wanted.reviewer))] if wanted.reviewer else []
        said = [col(Trial.label_id).in_(_labels(viewer, wanted.verdict))] if wanted.verdict else []
        found.append(gold.tried(wanted.trial, *of_whom, *said))
    return [col(Claim.id).in_(claims) for claims in found]


def _reviewed(viewer: Viewer, wanted: ClaimFilter) -> Select[Any]:
    query = select(col(Review.claim_id)).where(*_such_reviews(viewer, wanted))
    if _asks_for_sources(wanted):
        query = query.where(col(Review.id).in_(_citing(viewer, wanted)), _may_see(viewer))
    return query


def _asks_for_sources(wanted: ClaimFilter) -> bool:
    return bool(wanted.domain or wanted.source_id is not None or wanted.dead)


def _such_reviews(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    rules = [
        col(Review.status) == "submitted",
        _gives_nothing_away(viewer),
        *_given(
            (col(Review.submitted_at), ge, _begin(wanted.reviewed_from)),
            (col(Review.submitted_at), le, _end(wanted.reviewed_to)),
        ),
    ]
    if wanted.reviewer and not wanted.trial:
        rules.append(col(Review.user_id).in_(_users(wanted.reviewer)))
    if wanted.verdict and not wanted.trial:
        rules += [col(Review.label_id).in_(_labels(viewer, wanted.verdict)), _may_see(viewer)]
    return rules


def _gives_nothing_away(viewer: Viewer) -> ColumnElement[bool]:
    """Who judged what is no secret, but of hidden gold it would tell that all judge it."""
    if viewer.sees_all:
        return true()
    hidden = is_hidden_gold(col(Review.claim_id))
    return or_(col(Review.user_id) == viewer.user_id, ~hidden)


def _citing(viewer: Viewer, wanted: ClaimFilter) -> Select[Any]:
    """Reviews with a piece of evidence from such a source."""
    sources = select(col(Source.id)).where(col(Source.project_id) == viewer.project_id)
    if wanted.domain:
        sources = sources.where(col(Source.domain) == wanted.domain)
    if wanted.source_id is not None:
        sources = sources.where(col(Source.id) == wanted.source_id)
    if wanted.dead:
        died = select(col(SourceCheck.source_id)).where(col(SourceCheck.outcome) == "dead")
        sources = sources.where(col(Source.id).in_(died))
    return select(col(Evidence.review_id)).where(
        col(Evidence.source_id).in_(sources), col(Evidence.retired_at).is_(None)
    )


def _with_evidence(viewer: Viewer, wanted: ClaimFilter) -> Select[Any]:
    pieces = func.count(col(Evidence.id))
    is_piece = and_(col(Evidence.review_id) == col(Review.id), col(Evidence.retired_at).is_(None))
    return (
        select(col(Review.claim_id))
        .outerjoin(Evidence, is_piece)
        .where(*_such_reviews(viewer, wanted), _may_see(viewer))
        .group_by(col(Review.claim_id))
        .having(and_(*_given((pieces, ge, wanted.evidence_from), (pieces, le, wanted.evidence_to))))
    )


def _by_agreement(viewer: Viewer, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    asked = (wanted.stage, wanted.reviewers, wanted.labels, wanted.disagreed)
    if not any((*asked, wanted.rated_from, wanted.rated_to)):
        return []
    said = agreement.ratings(
        wanted.stage or "verdict",
        project_id=viewer.project_id,
        viewer_id=None if viewer.sees_all else viewer.user_id,
    )
    of_pair = bool(wanted.reviewers or wanted.labels)
    found = [
        agreement.compared(said.subquery(), disagreed=wanted.disagreed and not of_pair),
        *([_of_pair(said, wanted)] if of_pair else []),
        *([_rated_between(said, wanted)] if wanted.rated_from or wanted.rated_to else []),
    ]
    return [col(Claim.id).in_(claims) for claims in found]


def _of_pair(said: Select[Any], wanted: ClaimFilter) -> Select[Any]:
    """Claims of which one person and another, the `reviewers`, said the `labels`."""
    one, other = said.subquery(), said.subquery()
    query = (
        select(one.c.claim_id)
        .join(other, and_(one.c.claim_id == other.c.claim_id, one.c.source_id == other.c.source_id))
        .where(one.c.user_id != other.c.user_id)
    )
    for side, name in zip((one, other), wanted.reviewers, strict=False):
        query = query.where(side.c.user_id.in_(_users(name)))
    for side, label in zip((one, other), wanted.labels, strict=False):
        query = query.where(side.c.label == label)
    return query.where(one.c.label != other.c.label) if wanted.disagreed else query


def _rated_between(said: Select[Any], wanted: ClaimFilter) -> Select[Any]:
    last = said.subquery()
    query = select(last.c.claim_id).group_by(last.c.claim_id)
    if wanted.rated_from:
        query = query.having(func.max(last.c.at) >= _of_day(wanted.rated_from, time.min))
    if wanted.rated_to:
        query = query.having(func.max(last.c.at) <= _of_day(wanted.rated_to, time.max))
    return query


def _begin(day: date | None) -> datetime | None:
    return _of_day(day, time.min) if day else None


def _end(day: date | None) -> datetime | None:
    return _of_day(day, time.max) if day else None


def _of_day(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UTC)


def _by_words(session: Session, viewer: Viewer, typed: str) -> list[ColumnElement[bool]]:
    """What occurs in the claim, or in a justification or a piece of evidence that may be seen."""
    if not typed.strip():
        return []
    in_claims = words.matching(session, "claim", typed)
    in_reviews = words.matching(session, "review", typed)
    in_evidence = words.matching(session, "evidence", typed)
    if in_claims is None or in_reviews is None or in_evidence is None:
        return [false()]
    seen = and_(col(Review.status) == "submitted", _may_see(viewer))
    justified = select(col(Review.claim_id)).where(col(Review.id).in_(in_reviews), seen)
    cited = (
        select(col(Review.claim_id))
        .join(Evidence, col(Evidence.review_id) == col(Review.id))
        .where(col(Evidence.id).in_(in_evidence), col(Evidence.retired_at).is_(None), seen)
    )
    return [col(Claim.id).in_(union(in_claims, justified, cited))]


def _may_see(viewer: Viewer) -> ColumnElement[bool]:
    """Reviews of one's own, in a project that is not blind, or of a claim one has judged too."""
    return may_see(viewer, col(Review.claim_id), by=col(Review.user_id))


def _may_compare(viewer: Viewer) -> ColumnElement[bool]:
    """Claims of which one may know what all said."""
    return may_see(viewer, col(Claim.id))


def _labels(viewer: Viewer, key: str) -> Select[Any]:
    return (
        select(col(Label.id))
        .join(Project, col(Project.scheme_id) == col(Label.scheme_id))
        .where(col(Project.id) == viewer.project_id, col(Label.key) == key)
    )


def _users(name: str) -> Select[Any]:
    return select(col(User.id)).where(col(User.name) == name)


def options(
    session: Session, viewer: Viewer, wanted: ClaimFilter, of: str, *, limit: int = 100
) -> list[tuple[str, int]]:
    """What the claims found have as `of`, and how many: state, phase, speaker, outlet or label.

    The most frequent come first; if `wanted` filters by that field itself, there is one choice.
    """
    column = _OPTIONS[of]
    query = _found(session, viewer, wanted, column, func.count().label("n"))
    if of == "outlet":
        query = query.join(Article, col(Article.id) == col(Claim.article_id))
    if of == "label":
        query = query.join(Resolution, and_(*_resolved(viewer)))
        query = query.join(Label, col(Label.id) == col(Resolution.label_id))
    query = query.where(column.is_not(None), column != "").group_by(column)
    found = session.connection().execute(query.order_by(func.count().desc(), column).limit(limit))
    return [(value, n) for value, n in found]


def _resolved(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The claim's final verdict, where the viewer may see it."""
    return [col(Resolution.claim_id) == col(Claim.id), may_see(viewer, col(Resolution.claim_id))]


def _flagged(viewer: Viewer) -> Select[Any]:
    seen = may_see(viewer, col(Flag.claim_id), by=col(Flag.user_id), talk=True)
    return select(col(Flag.claim_id)).where(col(Flag.lowered_at).is_(None), seen)


def _discussed(viewer: Viewer) -> Select[Any]:
    return select(col(Comment.claim_id)).where(_open_comment(viewer))


def _open_comment(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        col(Comment.thread_id).is_(None),
        col(Comment.resolved_at).is_(None),
        col(Comment.retired_at).is_(None),
        may_see(viewer, col(Comment.claim_id), by=col(Comment.user_id), talk=True),
    )


def _hit(viewer: Viewer) -> tuple[Any, ...]:
    return (
        col(Claim.id),
        col(Claim.state),
        col(Claim.text),
        func.coalesce(col(Claim.speaker), ""),
        col(Claim.article_id),
        col(Article.title),
        col(Claim.checkworthiness),
        func.coalesce(col(Label.title), ""),
        func.coalesce(col(Label.color), ""),
        exists(_flagged(viewer).where(col(Flag.claim_id) == col(Claim.id))),
        select(func.count())
        .where(col(Comment.claim_id) == col(Claim.id), _open_comment(viewer))
        .scalar_subquery(),
    )


_OPTIONS: dict[str, Any] = {
    "state": col(Claim.state),
    "phase": col(Claim.phase),
    "speaker": col(Claim.speaker),
    "outlet": col(Article.outlet),
    "label": col(Label.key),
}
