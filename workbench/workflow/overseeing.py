"""The dashboard's figures: every table as plain data, each number with the filter that finds it.

A `Figure` that counts claims knows the filter that finds exactly these; one that says something
else of claims (reviews, a share, a time) the filter that finds what it is said of. With `user_id`,
a person's role must allow it, and whoever is bound by blindness sees of verdicts and evidence their
own alone; without, as for the commands, all is seen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.models import CLAIM_STATES, Label, Project, User, utc_now
from db.queries import progress, projects, tallies
from db.queries.claims import WORKED_ON
from db.queries.search import NONE, ClaimFilter
from db.queries.steps import STEPS
from db.queries.tallies import Numbers
from workbench.reviewing.forecast import Forecast, forecast
from workbench.workflow import permitting

MOST, MOST_ARTICLES = 200, 15
N_DAYS, N_WEEKS = 28, 12
STEP_TITLES = {
    "unreviewed": "Not reviewed",
    "started": "Under review",
    "contested": "Contested",
    "done": "Done",
}
Value = int | float | str | datetime | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: a value of a `kind` (n, share, seconds, at, mean, text) and what finds its claims.

    `counts` says what an n is of: the claims found, or something else about them.
    """

    value: Value
    kind: str = "text"
    wanted: ClaimFilter | None = None
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its columns, and rows that each begin with their heading.

    `colors` are those of the rows where they have their own; `note` says how to read it.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    note: str = ""
    colors: tuple[str, ...] = ()

    def plain(self) -> list[dict[str, Any]]:
        """One dict a row, for files and programs: shares 0 to 1, seconds, ISO times."""
        return [
            {column: _plain(cell.value) for column, cell in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Board:
    """All of the dashboard. With `narrowed`, of verdicts and evidence only one's own is in it."""

    project: str
    n_articles: int
    n_claims: int
    n_reviewed: int
    n_done: int
    n_wanted: int
    forecast: Forecast
    narrowed: bool
    with_links: bool
    parts: dict[str, Part]
    checked_at: datetime | None

    def __getitem__(self, key: str) -> Part:
        return self.parts[key]


def oversee(
    session: Session, *, project_id: int, user_id: int | None, now: datetime | None = None
) -> Board:
    """Every figure as it is now. Raises `NotPermitted`."""
    viewer = permitting.sight(
        session, project_id=project_id, user_id=user_id, activity="see progress"
    )
    project = session.get_one(Project, project_id)
    narrowed = project.blind and not viewer.sees_all
    found = tallies.numbers(session, project_id=project_id)
    look = _Look(session, project, found, viewer.user_id if narrowed else None, now or utc_now())
    look.sees_gold = viewer.sees_gold
    parts = [part for make in _PARTS if (part := make(look)) is not None]
    return Board(
        project=project.name,
        n_articles=progress.n_articles(session, project_id=project_id),
        n_claims=sum(found.of.get("step", {}).values()),
        n_reviewed=found("reviewed"),
        n_done=found("step", "done"),
        n_wanted=found("wanted"),
        forecast=_forecast(look),
        narrowed=narrowed,
        with_links=user_id is None
        or permitting.may(session, project_id=project_id, user_id=user_id, activity="see claims"),
        parts={part.key: part for part in parts},
        checked_at=progress.checked_last(session, project_id=project_id),
    )


def stats(session: Session, *, project_id: int, now: datetime | None = None) -> dict[str, Any]:
    """The dashboard's figures as plain JSON values, as one who sees everything."""
    board = oversee(session, project_id=project_id, user_id=None, now=now)
    ahead = board.forecast
    return {
        **progress.project_stats(session, project_id=project_id),
        "wanted": board.n_wanted,
        "forecast": {
            "left": ahead.n_left,
            "a_day": ahead.a_day,
            "days": ahead.n_days,
            **{name: _plain(getattr(ahead, name)) for name in ("low", "on", "high")},
            "why": ahead.why,
        },
        "parts": {key: part.plain() for key, part in board.parts.items()},
    }


class _Look:
    """What all parts are made from: the numbers, and whose own alone are told."""

    def __init__(
        self, session: Session, project: Project, found: Numbers, only: int | None, now: datetime
    ) -> None:
        self.session, self.project, self.found, self.now = session, project, found, now
        self.project_id: int = project.id or 0
        self.only = only
        self.sees_gold = False
        self.today: date = now.date()
        ids = {int(id) for name in _OF_PEOPLE for id in found.of.get(name, {})} | {only or 0}
        self.people: dict[int, User] = progress.people(session, ids=ids)
        self.labels: list[Label] = projects.labels(session, project_id=self.project_id)

    @property
    def own(self) -> ClaimFilter:
        """What finds the claims behind a number of verdicts or evidence."""
        name = self.people[self.only].name if self.only in self.people else ""
        return ClaimFilter(reviewer=name, states=CLAIM_STATES)

    def told(self, dimension: str) -> dict[str, int]:
        """A dimension of verdicts or evidence: all of it, or one's own."""
        if self.only is None:
            return self.found.of.get(dimension, {})
        return self.found.by_person(f"{dimension}_of").get(self.only, {})


_OF_PEOPLE = ("person", "draft", "queue_of")


# ---- the parts


def _whole(look: _Look) -> Part:
    states = look.found.of.get("state", {})
    rows = [
        (_text(state.capitalize()), _claims(states.get(state, 0), ClaimFilter(states=(state,))))
        for state in CLAIM_STATES
    ]
    return Part("states", "Claims by state", ("State", "Claims"), tuple(rows))


def _steps(look: _Look) -> Part:
    steps = dict(look.found.of.get("step", {}))
    if look.only is not None:
        steps["started"] = steps.get("started", 0) + steps.pop("contested", 0)
    total = sum(steps.values())
    rows = []
    for step in STEPS:
        if step == "contested" and look.only is not None:
            continue
        n, wanted = steps.get(step, 0), ClaimFilter(states=WORKED_ON, step=step)
        rows.append((_text(STEP_TITLES[step]), _claims(n, wanted), _share(n, total, wanted)))
    note = f"Contested: as many reviews as wanted ({look.project.overlap}), and no verdict of them."
    columns = ("Step", "Claims", "Share")
    return Part("steps", "Backlog", columns, tuple(rows), "" if look.only else note)


def _waiting(look: _Look) -> Part:
    found, session, id = look.found, look.session, look.project_id
    since_contested = tallies.contested_since(session, found, project_id=id)
    rows = [
        _waits(
            "Proposed claims",
            "Somebody who accepts or rejects them",
            _claims(found("state", "proposed"), ClaimFilter(states=("proposed",))),
            progress.proposed_since(session, project_id=id),
        ),
        _waits(
            "Contested claims",
            "A lead",
            _claims(found("step", "contested"), ClaimFilter(states=WORKED_ON, step="contested")),
            since_contested,
        ),
        _waits(
            "Flagged claims",
            "A lead",
            _claims(found("flagged"), ClaimFilter(flagged=True)),
            progress.flagged_since(session, project_id=id),
        ),
        _waits(
            "Claims with open comments",
            "Somebody who answers",
            _claims(found("discussed"), ClaimFilter(discussed=True)),
            progress.discussed_since(session, project_id=id),
        ),
        *(_assigned(look, user) for user in _by_name(look) if found("queue_of", user.id)),
    ]
    if look.only is not None:
        # Of verdicts, flags and comments a bound reviewer is told no numbers either.
        del rows[1:4]
    return Part(
        "waiting",
        "What waits for whom",
        ("What", "For whom", "Claims", "Oldest"),
        tuple(row for row in rows if row[2].value),
    )


def _waits(what: str, whom: str, n: Figure, since: datetime | None) -> tuple[Figure, ...]:
    return (_text(what), _text(whom), n, Figure(since, "at", n.wanted))


def _assigned(look: _Look, user: User) -> tuple[Figure, ...]:
    wanted = ClaimFilter(states=WORKED_ON, waits_for=user.name)
    since = progress.assigned_since(look.session, project_id=look.project_id, user_id=user.id or 0)
    n = _claims(look.found("queue_of", user.id), wanted)
    return _waits("Assigned claims", _named(user), n, since)


def _people(look: _Look) -> Part:
    found = look.found
    days, times = found.by_person("day_of"), found.by_person("seconds_of")
    ranked = sorted(_by_name(look), key=lambda user: -found("person", user.id))
    rows = [
        _person(look, user, days.get(user.id or 0, {}), times.get(user.id or 0, {}))
        for user in ranked
    ]
    note = (
        "A day: the mean over the last 28 days on which they gave any. Time a claim: the median "
        "of the time at work on it, within 2.5 percent. Agrees: of all pairs of a verdict of "
        "theirs and another's on the same claim, those that are alike."
    )
    if look.sees_gold:
        note += " Gold score: of the hidden gold that they judged, where they found the verdict."
    columns = (*_PEOPLE, *(_GOLD if look.sees_gold else ()))
    return Part("people", "Reviewers", columns, tuple(rows), note)


_PEOPLE = (
    "Reviewer", "Reviews", "Last 7 days", "A day", "Time a claim", "Drafts", "Waiting", "Skipped",
    "Compared", "Agrees", "Differs",
)  # fmt: skip
_GOLD = ("Gold", "Gold score")


def _person(
    look: _Look, user: User, days: dict[str, int], times: dict[str, int]
) -> tuple[Figure, ...]:
    found, id = look.found, user.id
    theirs = ClaimFilter(states=CLAIM_STATES, reviewer=user.name)
    week = replace(theirs, reviewed_from=look.today - timedelta(days=6), reviewed_to=look.today)
    month = replace(theirs, reviewed_from=look.today - timedelta(days=27), reviewed_to=look.today)
    worked = _between(days, month)
    return (
        _text(_named(user)),
        _claims(found("person", id), theirs),
        _claims(sum(_between(days, week)), week),
        Figure(sum(worked) / len(worked) if worked else None, "mean", month if worked else None),
        Figure(tallies.median(times), "seconds", theirs if times else None),
        Figure(found("draft", id), "n"),
        _claims(found("queue_of", id), ClaimFilter(states=WORKED_ON, waits_for=user.name)),
        _claims(found("skipped_of", id), ClaimFilter(states=WORKED_ON, skipped=user.name)),
        *_agreeing(look, user),
        *(_on_gold(look, user) if look.sees_gold else ()),
    )


def _between(days: dict[str, int], wanted: ClaimFilter) -> list[int]:
    first, last = str(wanted.reviewed_from), str(wanted.reviewed_to)
    return [n for day, n in days.items() if first <= day <= last]


def _agreeing(look: _Look, user: User) -> tuple[Figure, ...]:
    found, id = look.found, user.id
    if look.only not in (None, id):
        return (Figure(None, "n"), Figure(None, "share"), Figure(None, "n"))
    compared = ClaimFilter(stage="verdict", reviewers=(user.name,))
    return (
        _claims(found("compared_of", id), compared),
        _share(found("same_of", id), found("pairs_of", id), compared),
        _claims(found("differ_of", id), replace(compared, disagreed=True)),
    )


def _on_gold(look: _Look, user: User) -> tuple[Figure, ...]:
    found, id = look.found, user.id
    wanted = ClaimFilter(states=CLAIM_STATES, gold="hidden", reviewer=user.name)
    return (
        _claims(found("gold_of", id), wanted),
        _share(found("found_of", id), found("gold_of", id), wanted),
    )


def _verdicts(look: _Look) -> Part | None:
    if not look.labels:
        return None
    given = look.told("verdict") if look.only is None else look.told("label")
    rows = []
    for label in look.labels:
        n, key = given.get(str(label.id), 0), str(label.id)
        wanted = replace(look.own, verdict=label.key)
        row = [_text(label.title), _claims(n, wanted)]
        if look.only is None:
            final = ClaimFilter(states=WORKED_ON, label=label.key, step="done")
            row += [
                Figure(look.found("verdicts", key), "n", wanted, "reviews"),
                _claims(look.found("final", key), final),
            ]
        rows.append(tuple(row))
    columns = ("Verdict", "Claims", "Reviews", "Final")[: len(rows[0])]
    title = "Verdicts" if look.only is None else "Your verdicts"
    return Part(
        "verdicts", title, columns, tuple(rows), colors=tuple(one.color for one in look.labels)
    )


def _days(look: _Look) -> Part:
    days = [look.today - timedelta(days=n) for n in reversed(range(N_DAYS))]
    spans = [(day.isoformat(), day, day) for day in _from_first(days, look.found, "day")]
    return _periods(look, "days", "Day by day", "Day", "day", spans)


def _weeks(look: _Look) -> Part:
    monday = look.today - timedelta(days=look.today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(N_WEEKS))]
    spans = [
        (day.isoformat(), day, day + timedelta(days=6))
        for day in _from_first(weeks, look.found, "week")
    ]
    return _periods(look, "weeks", "Week by week", "Week from", "week", spans)


def _from_first(days: list[date], found: Numbers, dimension: str) -> list[date]:
    """The days from the first on which anything was done."""
    known = {*found.of.get(dimension, {}), *found.of.get("resolved_on", {})}
    first = min(known, default=days[-1].isoformat())
    return [day for day in days if day.isoformat() >= first] or days[-1:]


def _periods(
    look: _Look,
    key: str,
    title: str,
    column: str,
    dimension: str,
    spans: Sequence[tuple[str, date, date]],
) -> Part:
    found, resolved = look.found, look.found.of.get("resolved_on", {})
    rows = []
    for name, first, last in spans:
        wanted = ClaimFilter(states=CLAIM_STATES, reviewed_from=first, reviewed_to=last)
        decided = ClaimFilter(states=WORKED_ON, resolved_from=first, resolved_to=last)
        n_done = sum(n for day, n in resolved.items() if str(first) <= day <= str(last))
        rows.append(
            (
                _text(name),
                Figure(found(f"{dimension}_reviews", name), "n", wanted, "reviews"),
                _claims(found(dimension, name), wanted),
                _claims(n_done, decided),
            )
        )
    return Part(key, title, (column, "Reviews", "Claims reviewed", "Done"), tuple(rows))


def _outlets(look: _Look) -> Part:
    by_outlet: dict[str, dict[str, int]] = {}
    for key, n in look.found.of.get("outlet", {}).items():
        step, _, outlet = key.partition("|")
        by_outlet.setdefault(outlet, {})[step] = n
    ranked = sorted(by_outlet.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    rows = [
        (
            _text(outlet or "None given"),
            *_how_far(
                ClaimFilter(outlet=outlet or NONE), sum(steps.values()), steps.get("done", 0)
            ),
        )
        for outlet, steps in ranked[:MOST]
    ]
    if rest := ranked[MOST:]:
        n, done = (sum(map(of, rest)) for of in (_n_of, _n_done))
        rows.append((_text(f"{len(rest):,} more"), *_how_far(None, n, done)))
    return Part("outlets", "Outlets", ("Outlet", *_FAR), tuple(rows))


def _n_of(one: tuple[str, dict[str, int]]) -> int:
    return sum(one[1].values())


def _n_done(one: tuple[str, dict[str, int]]) -> int:
    return one[1].get("done", 0)


def _articles(look: _Look) -> Part:
    most = tallies.articles_left(
        look.session, look.found, project_id=look.project_id, limit=MOST_ARTICLES
    )
    rows = [
        (
            _text(title or "Without a title"),
            *_how_far(
                ClaimFilter(article_id=one.article_id), one.n_claims, one.n_claims - one.n_left
            ),
        )
        for title, one in most
    ]
    full = len(rows) == MOST_ARTICLES
    note = f"The {MOST_ARTICLES} with most left to do." if full else ""
    return Part("articles", "Articles", ("Article", *_FAR), tuple(rows), note)


_FAR = ("Claims", "Done", "Left", "Share done")


def _how_far(wanted: ClaimFilter | None, n: int, done: int) -> tuple[Figure, ...]:
    """Claims worked on, done, left, and the share; `wanted` finds those of any state."""

    def at(step: str) -> ClaimFilter | None:
        return wanted and replace(wanted, states=WORKED_ON, step=step)

    return (
        _claims(n, at("")),
        _claims(done, at("done")),
        _claims(n - done, at("left")),
        _share(done, n, at("done")),
    )


def _evidence(look: _Look) -> Part:
    pieces = {int(n): claims for n, claims in look.told("evidence").items()}
    total = sum(pieces.values())
    own = replace(look.own, states=WORKED_ON)
    rows = []
    for n in range(4):
        wanted = replace(own, evidence_from=n, evidence_to=n)
        found = pieces.get(n, 0)
        rows.append((_text(str(n)), _claims(found, wanted), _share(found, total, wanted)))
    most = replace(own, evidence_from=4)
    found = sum(claims for n, claims in pieces.items() if n >= 4)
    rows.append((_text("4 or more"), _claims(found, most), _share(found, total, most)))
    mean = sum(n * claims for n, claims in pieces.items()) / total if total else 0.0
    note = f"{mean:.1f} a reviewed claim on average" + (
        f"; {pieces.get(0, 0) / total:.0%} have none." if total else "."
    )
    columns = ("Pieces of evidence", "Claims", "Share")
    return Part("evidence", "Evidence", columns, tuple(rows), note if total else "")


def _domains(look: _Look) -> Part:
    ranked = sorted(look.told("domain").items(), key=lambda one: (-one[1], one[0]))
    total = sum(n for _, n in ranked)
    rows = [
        (
            _text(name),
            _claims(n, wanted := replace(look.own, domain=name)),
            _share(n, total, wanted),
        )
        for name, n in ranked[:MOST]
    ]
    if rest := ranked[MOST:]:
        n = sum(n for _, n in rest)
        words = f"{len(rest):,} more"
        rows.append((_text(words), Figure(n, "n", None, "more"), _share(n, total, None)))
    note = "A claim with sources at two sites counts at both." if rows else ""
    return Part("domains", "Sources by site", ("Site", "Claims", "Share"), tuple(rows), note)


def _links(look: _Look) -> Part | None:
    """Addresses that died. Which claims cite them tells of others' evidence."""
    if look.only is not None:
        return None
    dead = progress.dead_links(look.session, project_id=look.project_id, limit=MOST)
    citing = progress.n_citing(look.session, source_ids=[source.id or 0 for source, _ in dead])
    rows = [
        (
            _text(source.title or source.url),
            _text(source.url),
            _text(check.reason),
            Figure(check.since, "at"),
            _claims(citing.get(source.id or 0, 0), replace(look.own, source_id=source.id)),
        )
        for source, check in dead
    ]
    columns = ("Source", "Address", "Answer", "Dead since", "Claims")
    return Part("links", "Links that died", columns, tuple(rows))


_PARTS: tuple[Callable[[_Look], Part | None], ...] = (
    _whole, _steps, _waiting, _people, _verdicts, _days, _weeks, _outlets, _articles, _evidence,
    _domains, _links,
)  # fmt: skip


# ---- cells


def _text(value: str) -> Figure:
    return Figure(value)


def _claims(n: int, wanted: ClaimFilter | None) -> Figure:
    return Figure(n, "n", wanted, "claims")


def _share(n: int, total: int, wanted: ClaimFilter | None) -> Figure:
    return Figure(n / total if total else None, "share", wanted if total else None)


def _named(user: User) -> str:
    return user.display_name or user.name


def _by_name(look: _Look) -> Iterable[User]:
    found = look.found
    busy = (user for id, user in look.people.items() if any(found(of, id) for of in _OF_PEOPLE))
    return sorted(busy, key=lambda user: user.name)


def _forecast(look: _Look) -> Forecast:
    done = {date.fromisoformat(day): n for day, n in look.found.of.get("day_reviews", {}).items()}
    return forecast(done, n_left=look.found("wanted"), today=look.today)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
