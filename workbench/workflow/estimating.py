"""Which verdict is probably right, weighed by how far each reviewer can be trusted."""

from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from db.queries import agreement, users
from db.queries.search import Viewer
from workbench.reviewing.posterior import Posterior, dawid_skene_apart
from workbench.workflow.comparing import Rated, Stage, bound, read, sight


@dataclass(frozen=True, slots=True)
class Probable:
    """A claim with the probability of each label, in the order of the stage's labels.

    `label` is the most probable one's key, `resolved` that of the final verdict, None without one.
    """

    claim_id: int
    shares: tuple[float, ...]
    label: str
    resolved: str | None
    n_reviews: int

    @property
    def share(self) -> float:
        """How probable the most probable label is."""
        return max(self.shares)


@dataclass(frozen=True, slots=True)
class Trust:
    """One reviewer: `confusion` is by true label and given label, 0 to 1; see `Posterior`.

    `accuracy` is how probable it is that they are right, `expected` about how many claims of each
    true label they judged.
    """

    name: str
    title: str
    n_reviews: int
    accuracy: float
    confusion: tuple[tuple[float, ...], ...]
    expected: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The probable verdicts of all claims with a review, as far as one may see them.

    `prior` is each label's share of the claims. Without two reviews of one claim nothing can be
    said of anybody: then there is no claim and no reviewer here.
    """

    stage: Stage
    prior: tuple[float, ...]
    claims: tuple[Probable, ...]
    reviewers: tuple[Trust, ...]

    @property
    def differing(self) -> list[Probable]:
        """The claims of which the final verdict is another one, the surest first."""
        found = [one for one in self.claims if one.resolved not in (None, one.label)]
        return sorted(found, key=lambda one: (-one.share, one.claim_id))

    @property
    def n_resolved(self) -> int:
        """How many of the claims have a final verdict."""
        return sum(one.resolved is not None for one in self.claims)


def estimate(session: Session, *, project_id: int, user_id: int | None) -> Estimate:
    """The probable verdicts; takes seconds, whatever the size. Raises as `comparing.compare`."""
    stage, rated = read(session, project_id=project_id, user_id=user_id, stage="verdict")
    _, n_reviews = np.unique(rated.claims, return_counts=True)
    if not (n_reviews >= 2).any():
        return Estimate(stage, (), (), ())
    ratings = np.stack([rated.claims, rated.reviewers, rated.labels], axis=1)
    found = dawid_skene_apart(ratings, rated.n_labels)
    prior = tuple(found.prior.tolist())
    viewer = sight(session, project_id, user_id)
    claims = _claims(session, viewer, stage, found, n_reviews.tolist())
    return Estimate(stage, prior, claims, _reviewers(session, found, rated))


def _claims(
    session: Session, viewer: Viewer, stage: Stage, found: Posterior, n_reviews: list[int]
) -> tuple[Probable, ...]:
    resolved = agreement.resolved(session, project_id=viewer.project_id, viewer_id=bound(viewer))
    keys = list(stage.labels)
    lines = zip(
        found.claims.tolist(), found.shares.tolist(), found.labels.tolist(), n_reviews, strict=True
    )
    return tuple(
        Probable(claim, tuple(shares), keys[place], resolved.get(claim), n)
        for claim, shares, place, n in lines
    )


def _reviewers(session: Session, found: Posterior, rated: Rated) -> tuple[Trust, ...]:
    ids, n_reviews = np.unique(rated.reviewers, return_counts=True)
    people = users.names(session, ids=ids.tolist())
    confusion, expected = found.confusion.tolist(), found.expected.tolist()
    trusted = [
        Trust(
            *people[id],
            n_reviews=int(n_reviews[place]),
            accuracy=float(found.accuracy[place]),
            confusion=tuple(map(tuple, confusion[place])),
            expected=tuple(expected[place]),
        )
        for place, id in enumerate(ids.tolist())
    ]
    return tuple(sorted(trusted, key=lambda one: one.name))
