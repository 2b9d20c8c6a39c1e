"""How far people agree at each stage of the work, over all and slice by slice.

What is counted is an *item*: a claim, or at the stage "stance" a claim with one of its sources.
Those that at least two people said something about are *compared*. Every group of items knows the
filter that finds its claims. With `user_id`, a person's role must allow it and a blind project
shows them only what they have judged themselves; without, as for the commands, all is seen.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from db.models import CLAIM_STATES
from db.queries import agreement, projects, users
from db.queries.search import NONE, ClaimFilter, Viewer
from workbench.errors import UnknownName
from workbench.reviewing.agreement import TITLES, Coefficient, Table, coefficients, tabulate
from workbench.reviewing.claim_facts import CLAIM_TYPES
from workbench.workflow import permitting

ROUNDS = 1_000
SLICES = {
    "outlet": "Outlet",
    "type": "Claim type",
    "kind": "Kind, as the splitter found it",
    "label": "Label against the others",
    "pair": "Pair of reviewers",
    "week": "Week of the last of it",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that people say about claims: its labels in order, key to title."""

    key: str
    title: str
    about: str
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Compared items of one kind and how far people agree on them; `wanted` finds the claims."""

    key: str
    title: str
    n_items: int
    n_disagreed: int
    coefficients: tuple[Coefficient, ...]
    wanted: ClaimFilter


@dataclass(frozen=True, slots=True)
class Report:
    """One stage as a whole.

    `n_items` have been rated at all, by `reviewers` (name to title). `confusion` is by label and
    label: of how many items one person said this and another that.
    """

    stage: Stage
    whole: Group
    n_items: int
    reviewers: dict[str, str]
    confusion: tuple[tuple[int, ...], ...]

    def cell(self, first: str, second: str) -> ClaimFilter:
        """The claims behind one cell of the confusion."""
        return replace(self.whole.wanted, labels=(first, second))


@dataclass(frozen=True, slots=True)
class Rated:
    """All ratings at a stage, one a place: claim, item, reviewer, and the label's place."""

    claims: NDArray[np.int64]
    items: NDArray[np.int64]
    reviewers: NDArray[np.int64]
    labels: NDArray[np.int64]
    n_labels: int

    def table(self, chosen: NDArray[np.bool_] | None = None) -> Table:
        """The table of all ratings, or of those chosen."""
        of = slice(None) if chosen is None else chosen
        return tabulate(self.items[of], self.reviewers[of], self.labels[of], self.n_labels)


def stages(session: Session, *, project_id: int) -> dict[str, Stage]:
    """The stages by key, in their order, with the labels that this project's have."""
    scheme = projects.labels(session, project_id=project_id)
    verdicts = {label.key: label.title for label in scheme}
    labels = {"verdict": verdicts, **{key: known for key, (_, _, known) in _STAGES.items()}}
    return {
        key: Stage(key, title, about, labels[key])
        for key, (title, about, _) in {"verdict": _VERDICT, **_STAGES}.items()
    }


def compare(
    session: Session,
    *,
    project_id: int,
    user_id: int | None,
    stage: str,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> Report:
    """Every coefficient of a stage, and its confusion of labels.

    Raises:
        NotPermitted: the role does not allow it.
        UnknownName: there is no such stage.
    """
    of, rated = read(session, project_id=project_id, user_id=user_id, stage=stage)
    table = rated.table()
    people = users.names(session, ids=np.unique(rated.reviewers).tolist())
    whole = _group("all", of.title, table, _behind(of), TITLES, rounds, seed)
    return Report(of, whole, int(table.weights.sum()), dict(people.values()), _confusion(table))


def slices(
    session: Session,
    *,
    project_id: int,
    user_id: int | None,
    stage: str,
    by: str,
    names: Collection[str] = tuple(TITLES),
    rounds: int = ROUNDS,
    seed: int = 0,
    limit: int | None = None,
) -> list[Group]:
    """The stage slice by slice, with the coefficients `names`; at most the `limit` largest slices.

    By label, each stands against all the others: the coefficients are over all items, `n_items` are
    those of which somebody said it. A claim of several types is in each one's slice.
    Slices without a compared item are left out.

    Raises:
        NotPermitted: the role does not allow it.
        UnknownName: there is no such stage or slice.
    """
    if by not in SLICES:
        raise UnknownName("slice of agreement", by, SLICES)
    of, rated = read(session, project_id=project_id, user_id=user_id, stage=stage)
    parts = _PARTS[by](session, of, rated, sight(session, project_id, user_id))
    sizes = sorted((_n_compared(table) for *_, table, _ in parts), reverse=True)
    least = max(1, sizes[limit - 1] if limit and len(sizes) > limit else 1)
    kept = [part for part in parts if _n_compared(part[2]) >= least][:limit]
    groups = [_group(*part, names, rounds, seed) for part in kept]
    if by != "label":
        return groups
    return [
        replace(group, n_items=_n_compared(_with_label(table)))
        for group, (*_, table, _) in zip(groups, kept, strict=True)
    ]


def read(
    session: Session, *, project_id: int, user_id: int | None, stage: str
) -> tuple[Stage, Rated]:
    """The stage and all ratings at it that the person may see; raises as `compare` does."""
    viewer = sight(session, project_id, user_id)
    known = stages(session, project_id=project_id)
    if stage not in known:
        raise UnknownName("stage of the work", stage, known)
    rows = agreement.rated(session, stage, project_id=project_id, viewer_id=bound(viewer))
    claims, sources, people, said = zip(*rows, strict=True) if rows else ((), (), (), ())
    places = {key: place for place, key in enumerate(known[stage].labels)}
    of = np.array([claims, sources], dtype=np.int64)
    items = np.unique(of, axis=1, return_inverse=True)[1].reshape(-1) if any(sources) else of[0]
    labels = np.array([places[key] for key in said], dtype=np.int64)
    return known[stage], Rated(
        of[0], items, np.array(people, dtype=np.int64), labels, len(known[stage].labels)
    )


def sight(session: Session, project_id: int, user_id: int | None) -> Viewer:
    """The person as one who looks at agreement; raises `NotPermitted`."""
    return permitting.sight(
        session, project_id=project_id, user_id=user_id, activity="see agreement"
    )


def bound(viewer: Viewer) -> int | None:
    """Whose own judgements narrow what is seen; None for whom blindness does not bind."""
    return None if viewer.sees_all else viewer.user_id


def _behind(stage: Stage) -> ClaimFilter:
    """What finds the compared claims of a stage; what was merged or split is retired since."""
    states = CLAIM_STATES if stage.key == "boundaries" else ()
    return ClaimFilter(stage=stage.key, states=states)


def _group(
    key: str,
    title: str,
    table: Table,
    wanted: ClaimFilter,
    names: Collection[str],
    rounds: int,
    seed: int,
) -> Group:
    found = coefficients(table, names=names, rounds=rounds, seed=seed)
    differ = (table.counts > 0).sum(axis=1) >= 2
    n_disagreed = int(table.weights[differ].sum())
    return Group(key, title, _n_compared(table), n_disagreed, tuple(found), wanted)


def _n_compared(table: Table) -> int:
    return int(table.weights[table.counts.sum(axis=1) >= 2].sum())


def _with_label(table: Table) -> Table:
    """Of a label against the others, what somebody said it of."""
    said = (table.patterns == 1).any(axis=1)
    return Table(table.patterns[said], table.weights[said], table.n_labels)


def _confusion(table: Table) -> tuple[tuple[int, ...], ...]:
    """Of how many items one said the row's label and another the column's."""
    counts, places = table.counts, range(table.n_labels)

    def n_items(first: int, second: int) -> int:
        if first == second:
            both = counts[:, first] >= 2
        else:
            both = (counts[:, first] >= 1) & (counts[:, second] >= 1)
        return int(table.weights[both].sum())

    return tuple(tuple(n_items(first, second) for second in places) for first in places)


# ---- the slices: (key, title, table, what finds its claims)

_Part = tuple[str, str, Table, ClaimFilter]


def _by_label(_session: Session, stage: Stage, rated: Rated, _viewer: Viewer) -> list[_Part]:
    whole = rated.table()

    def against_others(place: int) -> Table:
        said = np.where(whole.patterns < 0, -1, whole.patterns == place).astype(np.int8)
        return Table(said, whole.weights, 2)

    behind = _behind(stage)
    return [
        (key, title, against_others(place), replace(behind, labels=(key,)))
        for place, (key, title) in enumerate(stage.labels.items())
        if (whole.patterns == place).any()
    ]


def _by_pair(session: Session, stage: Stage, rated: Rated, _viewer: Viewer) -> list[_Part]:
    whole, ids = rated.table(), np.unique(rated.reviewers).tolist()
    people, behind = users.names(session, ids=ids), _behind(stage)
    parts = []
    for first, second in combinations(range(len(ids)), 2):
        said = whole.patterns[:, [first, second]]
        both = (said >= 0).all(axis=1)
        if both.any():
            (one, one_title), (other, other_title) = people[ids[first]], people[ids[second]]
            table = Table(said[both], whole.weights[both], whole.n_labels)
            wanted = replace(behind, reviewers=(one, other))
            parts.append((f"{one} + {other}", f"{one_title} and {other_title}", table, wanted))
    return sorted(parts, key=lambda part: -_n_compared(part[2]))


def _by_outlet(session: Session, stage: Stage, rated: Rated, viewer: Viewer) -> list[_Part]:
    values = agreement.attribute(session, "outlet", project_id=viewer.project_id)
    return _largest_first(_by_value(stage, rated, values, "outlet"))


def _by_kind(session: Session, stage: Stage, rated: Rated, viewer: Viewer) -> list[_Part]:
    values = agreement.attribute(session, "kind", project_id=viewer.project_id)
    return _largest_first(_by_value(stage, rated, values, "kind"))


def _by_type(session: Session, stage: Stage, rated: Rated, viewer: Viewer) -> list[_Part]:
    lists = agreement.attribute(session, "type", project_id=viewer.project_id)
    chosen = {text: json.loads(text) or [""] for text in {text for _, text in lists}}
    values = [(claim, value) for claim, text in lists for value in chosen[text]]
    parts = _by_value(stage, rated, values, "claim_type")
    places = {name: place for place, name in enumerate((*CLAIM_TYPES, NONE))}
    return sorted(parts, key=lambda part: places.get(part[0], len(places)))


def _by_week(session: Session, stage: Stage, rated: Rated, viewer: Viewer) -> list[_Part]:
    last = agreement.rated_last(
        session, stage.key, project_id=viewer.project_id, viewer_id=bound(viewer)
    )
    mondays = [(claim, at.date() - timedelta(days=at.weekday())) for claim, at in last]
    behind = _behind(stage)
    return [
        (
            monday.isoformat(),
            f"from {monday}",
            rated.table(chosen),
            replace(behind, rated_from=monday, rated_to=monday + timedelta(days=6)),
        )
        for monday, chosen in sorted(_chosen(rated, mondays).items())
    ]


def _by_value(
    stage: Stage, rated: Rated, values: Iterable[tuple[int, str]], field: str
) -> list[_Part]:
    behind, parts = _behind(stage), []
    for value, chosen in _chosen(rated, values).items():
        key, title = (value, value) if value else (NONE, "None given")
        wanted: Any = {field: key}
        parts.append((key, title, rated.table(chosen), replace(behind, **wanted)))
    return parts


def _largest_first(parts: list[_Part]) -> list[_Part]:
    return sorted(parts, key=lambda part: (-_n_compared(part[2]), part[0]))


def _chosen(rated: Rated, values: Iterable[tuple[int, Any]]) -> dict[Any, NDArray[np.bool_]]:
    """Each value with the ratings of the claims that have it."""
    of_value: dict[Any, list[int]] = defaultdict(list)
    for claim, value in values:
        of_value[value].append(claim)
    claims, which = np.unique(rated.claims, return_inverse=True)
    return {value: np.isin(claims, ids)[which] for value, ids in of_value.items()}


_Parts = Callable[[Session, Stage, Rated, Viewer], list[_Part]]
_PARTS: dict[str, _Parts] = {
    "outlet": _by_outlet,
    "type": _by_type,
    "kind": _by_kind,
    "label": _by_label,
    "pair": _by_pair,
    "week": _by_week,
}
_VERDICT = ("Verdict", "Which verdict submitted reviews gave.", None)
_STAGES = {
    "claim": (
        "Was it a claim",
        "Whether people took it for a claim, by what each did last: accepting or making it, or "
        "giving a verdict, is a yes, rejecting it a no.",
        {"claim": "Claim", "no claim": "No claim"},
    ),
    "boundaries": (
        "Boundaries",
        "Whether people kept the words that are claimed as they found them, or moved, merged or "
        "split them. Those who come later judge the words as the earlier ones left them.",
        {"kept": "Kept", "changed": "Changed"},
    ),
    "stance": (
        "Stance",
        "What a source does to a claim, for those who cited the same one: each pair of claim and "
        "source counts.",
        {"supports": "Supports", "context": "Context", "refutes": "Refutes"},
    ),
}
