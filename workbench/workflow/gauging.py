"""How each reviewer judges what can be compared: training, hidden gold, the same claim twice."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import Session

from db.models import CLAIM_STATES, Label, User
from db.queries import gold, members, progress
from db.queries.search import ClaimFilter
from workbench.workflow import schooling
from workbench.workflow.permitting import require
from workbench.workflow.schooling import Standing

KINDS = ("training", "hidden", "repeat")
Cross = dict[tuple[int, int], int]


@dataclass(slots=True)
class Compared:
    """Verdicts of one kind: (the known or first label, the given one) to the number of claims.

    >>> two = Compared({(1, 1): 3, (1, 2): 1})
    >>> two.n, two.n_same, two.share
    (4, 3, 0.75)
    """

    cross: Cross = field(default_factory=dict)

    @property
    def n(self) -> int:
        """The claims compared."""
        return sum(self.cross.values())

    @property
    def n_same(self) -> int:
        """Those with the same verdict."""
        return sum(n for (one, other), n in self.cross.items() if one == other)

    @property
    def share(self) -> float | None:
        """The share of the same; None of none."""
        return self.n_same / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Result:
    """One person's results by kind. `standing` is that in the training, None where none is asked.

    `member_version` is what letting them through is made on, None for who is no member.
    """

    user: User
    standing: Standing | None
    member_version: int | None
    of: dict[str, Compared]


def results(session: Session, *, project_id: int, user_id: int) -> list[Result]:
    """Everybody who has to pass the training or has judged something to compare, by name.

    Raises `NotPermitted` but for leads.
    """
    require(session, project_id=project_id, user_id=user_id, activity="see gold")
    of: dict[int, dict[str, Compared]] = defaultdict(lambda: {kind: Compared() for kind in KINDS})
    for kind, crossed in _CROSSED.items():
        for person, one, other, n in crossed(session, project_id=project_id):
            of[person][kind].cross[one, other] = n
    here = {one.user.id or 0: one for one in members.of_project(session, project_id=project_id)}
    stand = {id: schooling.standing(session, project_id=project_id, user_id=id) for id in here}
    ids = {*of, *(id for id, found in stand.items() if found is not None)}
    people = progress.people(session, ids=ids)
    return [
        Result(
            user,
            stand.get(id),
            here[id].member.version if id in here else None,
            of[id],
        )
        for id, user in sorted(people.items(), key=lambda one: one[1].name)
    ]


_CROSSED = {
    "training": gold.crossed_training,
    "hidden": gold.crossed_hidden,
    "repeat": gold.crossed_repeats,
}


def behind(
    kind: str, user: User, one: Label | None = None, other: Label | None = None
) -> ClaimFilter:
    """What finds the claims behind a number: all of the kind, or those of one cell.

    Of repeats the first verdict cannot be asked for beside the second.
    """
    of_gold = one.key if one and kind != "repeat" else ""
    return ClaimFilter(
        gold="hidden" if kind == "hidden" else "",
        trial="" if kind == "hidden" else kind,
        known=of_gold,
        reviewer=user.name,
        verdict=other.key if other else "",
        states=CLAIM_STATES,
    )
