"""The numbers of a project, rolled up article by article, so that none is counted twice.

Every number is a sum over articles. What an article adds is kept (`article_tally`), and the sums
are (`tally`). Triggers note each article that something changed in (`stale_article`), whatever code
changed it. Whoever reads takes the sums and counts anew those few articles alone, so that what is
read is always what a full count would find; the worker folds them in from time to time.

The dimensions, each with its keys (ids of people and labels, days as 2026-01-31, weeks by Monday):

    state                          claims in each state
    step, outlet                   of those worked on: at each step; step|outlet
    reviewed, wanted               worked on with a review; reviews that are still to be given
    final, resolved_on             final verdicts of those worked on, by label and by day
    verdict, verdicts              claims with a review of this label; such reviews
    day, week, day_reviews, …      claims that were reviewed in it; such reviews
    person, draft, day_of, …       reviews and drafts of a person; person|day, |week, |label
    seconds_of                     person|bucket of time that was spent (see `bucket`)
    queue_of, skipped_of           claims that are assigned to a person and not judged by them
    compared_of, differ_of         claims that others judged too; on which somebody says otherwise
    pairs_of, same_of              pairs of a verdict of theirs and another's; those that are alike
    evidence, evidence_of          claims with this many pieces of evidence; person|number
    domain, domain_of, citations   claims that cite a source there; person|domain; pieces
    gold_of, found_of              hidden gold that a person judged; of which the known verdict
    flagged, discussed, threads    claims with a flag up, with an open comment; such comments
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    delete,
    insert,
    literal,
    null,
    select,
    text,
    union_all,
)
from sqlmodel import Session, and_, col, exists, func

from db.models import (
    Article,
    ArticleTally,
    Assignment,
    Claim,
    Comment,
    Evidence,
    Flag,
    Gold,
    Project,
    Resolution,
    Review,
    Source,
    StaleArticle,
    Tally,
)
from db.queries.claims import SHOWN, WORKED_ON
from db.queries.phases import THROUGH

AT_ONCE = 200
_ALL = ("insert", "update", "delete")
_WATCHED = {
    "article": ("insert", "update"),
    "assignment": _ALL,
    "claim": _ALL,
    "comment": _ALL,
    "evidence": _ALL,
    "flag": _ALL,
    "gold": _ALL,
    "project": ("update",),
    "resolution": _ALL,
    "review": _ALL,
    "source": ("update",),
}
TRIGGERS = [
    f"{table}_is_tallied_after_{kind}" for table, kinds in _WATCHED.items() for kind in kinds
]
WIDTH = 1.05
Counts = Counter[tuple[str, str]]


@dataclass(slots=True)
class Counted:
    """What one article adds; `n_left` of the `n_claims` worked on have no final verdict."""

    article_id: int
    project_id: int
    n_claims: int = 0
    n_reviewed: int = 0
    n_left: int = 0
    contested_since: datetime | None = None
    counts: Counts = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A project's numbers, by dimension and key; `fresh` are the articles counted for them."""

    of: dict[str, dict[str, int]]
    fresh: dict[int, Counted]

    def __call__(self, dimension: str, key: object = "") -> int:
        return self.of.get(dimension, {}).get(str(key), 0)

    def by_person(self, dimension: str) -> dict[int, dict[str, int]]:
        """A dimension of which the keys are person|something: person to something to number."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for key, n in self.of.get(dimension, {}).items():
            person, _, rest = key.partition("|")
            found[int(person)][rest] = n
        return found


def bucket(seconds: float) -> int:
    """The place of a time on a scale of steps of 5 percent.

    >>> bucket(60), round(middle(bucket(60)))
    (83, 59)
    """
    return math.floor(math.log(max(seconds, 0.1)) / math.log(WIDTH))


def middle(place: int) -> float:
    """The time, in seconds, in the middle of this place of the scale."""
    return float(WIDTH ** (place + 0.5))


def median(places: dict[str, int]) -> float | None:
    """The median of the times in these buckets, in seconds, within 2.5 percent; None of none."""
    wanted, seen = (sum(places.values()) + 1) / 2, 0
    for place in sorted(map(int, places)):
        seen += places[str(place)]
        if seen >= wanted:
            return middle(place)
    return None


def numbers(session: Session, *, project_id: int) -> Numbers:
    """The project's numbers as they are now. The sums and what is stale are read in one statement:
    what the worker folds in meanwhile is counted once."""
    sums: Counts = Counter()
    before: dict[int, Counts] = {}
    for article_id, dimension, key, n, counts in session.connection().execute(_now(project_id)):
        if article_id is None:
            sums[dimension, key] = n
        else:
            before[article_id] = _unpacked(counts)
    fresh = counted(session, before)
    for id, earlier in before.items():
        sums.subtract(earlier)
        if id in fresh:
            sums.update(fresh[id].counts)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (dimension, key), n in sums.items():
        if n:
            found[dimension][key] = n
    return Numbers(dict(found), fresh)


def contested_since(session: Session, found: Numbers, *, project_id: int) -> datetime | None:
    """When the last review was given of the contested claim that waits longest."""
    query = select(func.min(col(ArticleTally.contested_since))).where(
        col(ArticleTally.project_id) == project_id, _not_among(found.fresh)
    )
    stored = session.connection().execute(query).scalar()
    ages = [stored, *(one.contested_since for one in found.fresh.values())]
    return min((age for age in ages if age is not None), default=None)


def articles_left(
    session: Session, found: Numbers, *, project_id: int, limit: int
) -> list[tuple[str, Counted]]:
    """(title, counts) of the articles with most left to do, the most first."""
    query = (
        select(
            col(ArticleTally.article_id),
            col(ArticleTally.n_claims),
            col(ArticleTally.n_reviewed),
            col(ArticleTally.n_left),
        )
        .where(col(ArticleTally.project_id) == project_id, _not_among(found.fresh))
        .order_by(col(ArticleTally.n_left).desc(), col(ArticleTally.article_id).desc())
        .limit(limit)
    )
    stored = [
        Counted(id, project_id, n, reviewed, left)
        for id, n, reviewed, left in session.connection().execute(query)
    ]
    every = [*stored, *found.fresh.values()]
    most = sorted(every, key=lambda one: (-one.n_left, -one.article_id))[:limit]
    titles = _titles(session, [one.article_id for one in most])
    return [(titles[one.article_id], one) for one in most if one.n_claims]


def change_stamp(session: Session, *, project_id: int) -> str:
    """Something else after every change that the numbers depend on; cheap to ask for."""
    newest = "SELECT (SELECT max(id) FROM event), (SELECT max(id) FROM stale_article)"
    checked = (
        "(SELECT count(*) FROM job WHERE finished_at IS NULL),"
        " (SELECT max(finished_at) FROM job), (SELECT version FROM project WHERE id = :id)"
    )
    row = session.connection().execute(text(f"{newest}, {checked}"), {"id": project_id}).one()
    return "/".join(map(str, row))


def n_stale(session: Session, *, most: int) -> int:
    """How many notes of changed articles there are to fold in; stops counting at `most`."""
    few = select(col(StaleArticle.id)).limit(most).subquery()
    return session.connection().execute(select(func.count()).select_from(few)).scalar_one()


def catch_up(session: Session, *, limit: int = AT_ONCE) -> int:
    """Fold the articles that changed into the sums, at most `limit`; returns how many there were.

    The notes are read first: what changes afterwards leaves another one, for the next time.
    """
    oldest = select(col(StaleArticle.article_id)).order_by(col(StaleArticle.id)).limit(limit)
    ids = sorted(set(session.connection().execute(oldest).scalars()))
    if not ids:
        return 0
    of_these = col(StaleArticle.article_id).in_(ids)
    notes = session.connection().execute(select(col(StaleArticle.id)).where(of_these))
    noted = [id for id in notes.scalars() if id is not None]
    before = _stored(session, ids)
    _store(session, ids, before, counted(session, ids))
    for part in _portions(noted):
        session.connection().execute(delete(StaleArticle).where(col(StaleArticle.id).in_(part)))
    return len(ids)


def rebuild(session: Session) -> None:
    """Count everything anew, whatever was stored."""
    for model in (Tally, ArticleTally, StaleArticle):
        session.connection().execute(delete(model))
    every = select(col(Article.id))
    session.connection().execute(insert(StaleArticle).from_select(["article_id"], every))
    while catch_up(session):
        pass


def missing_triggers(session: Session) -> list[str]:
    """Those of `TRIGGERS` that are not there: without them a change goes unnoticed."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    there = set(session.connection().execute(text(query)).scalars())
    return [name for name in TRIGGERS if name not in there]


def at_odds(session: Session) -> list[str]:
    """What is stored and is not what a full count finds; stale articles are not looked at."""
    stale = select(col(StaleArticle.article_id))
    every = session.connection().execute(
        select(col(Article.id)).where(col(Article.id).not_in(stale)).order_by(col(Article.id))
    )
    wrong = []
    for part in _portions([id for id in every.scalars() if id is not None]):
        stored, found = _stored(session, part), counted(session, part)
        wrong += [id for id in part if stored.get(id) != found[id].counts]
    said = [f"the numbers of article {id} are not those of its claims" for id in wrong[:20]]
    return [*said, *_sums_at_odds(session)]


# ---- what is stored


def _now(project_id: int) -> Any:
    """The project's sums; and each of its stale articles with what it had added to them."""
    sums = select(
        cast(null(), Integer).label("article_id"),
        col(Tally.dimension),
        col(Tally.key),
        col(Tally.n),
        cast(null(), String).label("counts"),
    ).where(col(Tally.project_id) == project_id)
    stale = (
        select(
            col(Article.id),
            literal(""),
            literal(""),
            literal(0),
            cast(col(ArticleTally.counts), String),
        )
        .outerjoin(ArticleTally, col(ArticleTally.article_id) == col(Article.id))
        .where(
            col(Article.project_id) == project_id,
            col(Article.id).in_(select(col(StaleArticle.article_id))),
        )
    )
    return union_all(sums, stale)


def _unpacked(counts: str | list[Any] | None) -> Counts:
    listed = json.loads(counts) if isinstance(counts, str) else counts
    return Counter({(dimension, key): n for dimension, key, n in listed or []})


def _stored(session: Session, ids: Collection[int]) -> dict[int, Counts]:
    """What the articles have added. Rows are locked where databases do so: two who fold the same
    article in must not both take the difference."""
    query = (
        select(col(ArticleTally.article_id), col(ArticleTally.counts))
        .where(col(ArticleTally.article_id).in_(ids))
        .order_by(col(ArticleTally.article_id))
        .with_for_update()
    )
    return {id: _unpacked(counts) for id, counts in session.connection().execute(query)}


def _store(
    session: Session,
    ids: Collection[int],
    before: dict[int, Counts],
    found: dict[int, Counted],
) -> None:
    changes: dict[int, Counts] = defaultdict(Counter)
    for one in found.values():
        changes[one.project_id].update(one.counts)
        changes[one.project_id].subtract(before.get(one.article_id, Counter()))
    connection = session.connection()
    connection.execute(delete(ArticleTally).where(col(ArticleTally.article_id).in_(ids)))
    rows = [
        {
            "article_id": one.article_id,
            "project_id": one.project_id,
            "n_claims": one.n_claims,
            "n_reviewed": one.n_reviewed,
            "n_left": one.n_left,
            "contested_since": one.contested_since,
            "counts": [[*place, n] for place, n in sorted(one.counts.items())],
        }
        for one in found.values()
    ]
    if rows:
        connection.execute(insert(ArticleTally), rows)
    for project_id, changed in sorted(changes.items()):
        added = [
            {"project_id": project_id, "dimension": dimension, "key": key, "n": n}
            for (dimension, key), n in sorted(changed.items())
            if n
        ]
        if added:
            connection.execute(_ADD, added)


# SQLite needs to be told that this is no ON of a join, which it is not after VALUES.
_ADD = text(
    "INSERT INTO tally (project_id, dimension, key, n) VALUES (:project_id, :dimension, :key, :n)"
    " ON CONFLICT (project_id, dimension, key) DO UPDATE SET n = tally.n + excluded.n"
)


def _sums_at_odds(session: Session) -> list[str]:
    stored: dict[int, Counts] = defaultdict(Counter)
    rows = select(col(Tally.project_id), col(Tally.dimension), col(Tally.key), col(Tally.n))
    for project_id, dimension, key, n in session.connection().execute(rows):
        stored[project_id][dimension, key] += n
    kept = select(col(ArticleTally.project_id), col(ArticleTally.counts))
    for project_id, counts in session.connection().execute(kept):
        stored[project_id].subtract(_unpacked(counts))
    return [
        f"the sums of project {project_id} are not those of its articles ({dimension})"
        for project_id, rest in stored.items()
        for dimension in sorted({dimension for (dimension, _), n in rest.items() if n})
    ]


def _not_among(fresh: Collection[int]) -> Any:
    return col(ArticleTally.article_id).not_in(list(fresh))


def _titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = select(col(Article.id), col(Article.title)).where(col(Article.id).in_(ids))
    return {row.id: row.title for row in session.connection().execute(query)}


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(ids), AT_ONCE):
        yield ids[at : at + AT_ONCE]


# ---- what is counted


def counted(session: Session, article_ids: Iterable[int]) -> dict[int, Counted]:
    """What each of these articles adds, counted from its claims."""
    found: dict[int, Counted] = {}
    for part in _portions(sorted(article_ids)):
        found |= _counted(session, part)
    return found


def _counted(session: Session, ids: list[int]) -> dict[int, Counted]:
    run = session.connection().execute
    of_article = {
        id: (Counted(id, project_id), overlap, outlet)
        for id, project_id, overlap, outlet in run(_ARTICLES, {"ids": ids})
    }
    given_in = run(_REVIEWS, {"ids": ids}).all()
    reviews = _by_claim(given_in)
    evidence = _by_claim(run(_EVIDENCE, {"ids": ids}))
    for article_id, claim_id, n_extra, phase, *claim in run(_CLAIMS, {"ids": ids}):
        into, overlap, outlet = of_article[article_id]
        given = reviews.get(claim_id, [])
        n_wanted = overlap + n_extra
        if phase not in THROUGH:
            n_wanted = max(n_wanted, 1 + sum(row.status == "submitted" for row in given))
        _count_claim(into, claim, given, n_wanted, outlet)
        _count_reviews(into.counts, given)
        if claim[0] in SHOWN:
            _count_agreement(into.counts, given)
        _count_evidence(into.counts, claim[0], given, evidence.get(claim_id, []))
    _count_periods(of_article, given_in)
    for article_id, user_id, state, n in run(_ASSIGNED, {"ids": ids}):
        counts = of_article[article_id][0].counts
        counts["queue_of", str(user_id)] += n
        if state == "skipped":
            counts["skipped_of", str(user_id)] += n
    for article_id, user_id, n_judged, n_found in run(_OF_GOLD, {"ids": ids}):
        counts = of_article[article_id][0].counts
        counts["gold_of", str(user_id)] += n_judged
        counts["found_of", str(user_id)] += n_found
    for dimension, query in _SAID.items():
        for article_id, n in run(query, {"ids": ids}):
            of_article[article_id][0].counts[dimension, ""] += n
    return {id: into for id, (into, *_) in of_article.items()}


def _by_claim(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.claim_id].append(row)
    return found


def _count_claim(
    into: Counted, claim: list[Any], given: list[Any], n_wanted: int, outlet: str
) -> None:
    state, label_id, decided_at = claim
    into.counts["state", state] += 1
    if state not in WORKED_ON:
        return
    submitted = [row for row in given if row.status == "submitted"]
    step = _step(label_id, len(submitted), n_wanted)
    into.n_claims += 1
    into.n_reviewed += bool(submitted)
    into.n_left += step != "done"
    into.counts["step", step] += 1
    into.counts["outlet", f"{step}|{outlet}"] += 1
    into.counts["reviewed", ""] += bool(submitted)
    if step == "done":
        into.counts["final", str(label_id)] += 1
        into.counts["resolved_on", _day(decided_at)] += 1
    else:
        into.counts["wanted", ""] += max(0, n_wanted - len(submitted))
    if step == "contested":
        last = max(row.submitted_at for row in submitted)
        into.contested_since = min(into.contested_since or last, last)


def _step(label_id: int | None, n_reviews: int, n_wanted: int) -> str:
    if label_id is not None:
        return "done"
    if n_reviews == 0:
        return "unreviewed"
    return "started" if n_reviews < n_wanted else "contested"


def _count_reviews(counts: Counts, given: list[Any]) -> None:
    submitted = [row for row in given if row.status == "submitted"]
    for row in given:
        counts["person" if row.status == "submitted" else "draft", str(row.user_id)] += 1
    for row in submitted:
        counts["verdicts", str(row.label_id)] += 1
        counts["label_of", f"{row.user_id}|{row.label_id}"] += 1
        if row.active_seconds > 0:
            counts["seconds_of", f"{row.user_id}|{bucket(row.active_seconds)}"] += 1
    for label_id in {row.label_id for row in submitted}:
        counts["verdict", str(label_id)] += 1


def _count_agreement(counts: Counts, given: list[Any]) -> None:
    submitted = [row for row in given if row.status == "submitted"]
    if len(submitted) < 2:
        return
    labels = Counter(row.label_id for row in submitted)
    for row in submitted:
        person, others = str(row.user_id), len(submitted) - 1
        same = labels[row.label_id] - 1
        counts["compared_of", person] += 1
        counts["pairs_of", person] += others
        counts["same_of", person] += same
        counts["differ_of", person] += same < others


def _count_evidence(counts: Counts, state: str, given: list[Any], cited: list[Any]) -> None:
    people = {row.user_id for row in given if row.status == "submitted"}
    pieces = Counter(row.user_id for row in cited)
    if people and state in WORKED_ON:
        counts["evidence", str(len(cited))] += 1
        for person in people:
            counts["evidence_of", f"{person}|{pieces[person]}"] += 1
    named = [(row.user_id, row.domain) for row in cited if row.domain]
    for person, domain in set(named):
        counts["domain_of", f"{person}|{domain}"] += 1
    for domain in {domain for _, domain in named}:
        counts["domain", domain] += 1
    for _, domain in named:
        counts["citations", domain] += 1


def _count_periods(of_article: dict[int, Any], rows: Iterable[Any]) -> None:
    """Claims count once a day and once a week, however many judged them in it."""
    for article_id, given in groupby(rows, key=lambda row: row.article_id):
        counts = of_article[article_id][0].counts
        submitted = [row for row in given if row.status == "submitted"]
        for name, period in (("day", _day), ("week", _week)):
            said = [(period(row.submitted_at), row.user_id, row.claim_id) for row in submitted]
            for when, person, _ in said:
                counts[f"{name}_reviews", when] += 1
                counts[f"{name}_of", f"{person}|{when}"] += 1
            for when, _ in {(when, claim_id) for when, _, claim_id in said}:
                counts[name, when] += 1


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _week(at: datetime) -> str:
    return (at.date() - timedelta(days=at.weekday())).isoformat()


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ARTICLES: Any = (
    select(col(Article.id), col(Article.project_id), col(Project.overlap), col(Article.outlet))
    .join(Project, col(Project.id) == col(Article.project_id))
    .where(col(Article.id).in_(_IDS))
)
_CLAIMS: Any = (
    select(
        col(Claim.article_id),
        col(Claim.id),
        col(Claim.extra_reviews),
        col(Claim.phase),
        col(Claim.state),
        col(Resolution.label_id),
        col(Resolution.decided_at),
    )
    .outerjoin(Resolution, col(Resolution.claim_id) == col(Claim.id))
    .where(col(Claim.article_id).in_(_IDS))
)
_REVIEWS: Any = (
    select(
        col(Claim.article_id),
        col(Review.claim_id),
        col(Review.user_id),
        col(Review.label_id),
        col(Review.status),
        col(Review.submitted_at),
        col(Review.active_seconds),
    )
    .join(Claim, col(Claim.id) == col(Review.claim_id))
    .where(col(Claim.article_id).in_(_IDS))
    .order_by(col(Claim.article_id))
)
_EVIDENCE: Any = (
    select(
        col(Review.claim_id),
        col(Review.user_id),
        func.coalesce(col(Source.domain), "").label("domain"),
    )
    .select_from(Evidence)
    .join(Review, col(Review.id) == col(Evidence.review_id))
    .join(Claim, col(Claim.id) == col(Review.claim_id))
    .outerjoin(Source, col(Source.id) == col(Evidence.source_id))
    .where(
        col(Claim.article_id).in_(_IDS),
        col(Review.status) == "submitted",
        col(Evidence.retired_at).is_(None),
    )
)
_JUDGED = exists().where(
    col(Review.claim_id) == col(Assignment.claim_id),
    col(Review.user_id) == col(Assignment.user_id),
    col(Review.status) == "submitted",
)
_ASSIGNED: Any = (
    select(col(Claim.article_id), col(Assignment.user_id), col(Assignment.state), func.count())
    .join(Claim, col(Claim.id) == col(Assignment.claim_id))
    .where(
        col(Claim.article_id).in_(_IDS),
        col(Claim.state).in_(WORKED_ON),
        col(Assignment.state) != "done",
        ~_JUDGED,
    )
    .group_by(col(Claim.article_id), col(Assignment.user_id), col(Assignment.state))
)
_OF_GOLD: Any = (
    select(
        col(Claim.article_id),
        col(Review.user_id),
        func.count(),
        func.sum(case((col(Review.label_id) == col(Gold.label_id), 1), else_=0)),
    )
    .select_from(Gold)
    .join(Claim, col(Claim.id) == col(Gold.claim_id))
    .join(Review, col(Review.claim_id) == col(Gold.claim_id))
    .where(
        col(Claim.article_id).in_(_IDS),
        col(Gold.used_for) == "hidden",
        col(Gold.retired_at).is_(None),
        col(Review.status) == "submitted",
    )
    .group_by(col(Claim.article_id), col(Review.user_id))
)
_OPEN_THREAD = and_(
    col(Comment.thread_id).is_(None),
    col(Comment.resolved_at).is_(None),
    col(Comment.retired_at).is_(None),
)


def _said(model: Any, counted: Any, rule: Any) -> Select[Any]:
    return (
        select(col(Claim.article_id), counted)
        .join(model, model.claim_id == col(Claim.id))
        .where(col(Claim.article_id).in_(_IDS), col(Claim.state).in_(SHOWN), rule)
        .group_by(col(Claim.article_id))
    )


_CLAIMS_SAID = func.count(func.distinct(col(Claim.id)))
_SAID: dict[str, Select[Any]] = {
    "flagged": _said(Flag, _CLAIMS_SAID, col(Flag.lowered_at).is_(None)),
    "discussed": _said(Comment, _CLAIMS_SAID, _OPEN_THREAD),
    "threads": _said(Comment, func.count(), _OPEN_THREAD),
}
