"""Which label is probably right, weighed by how far each reviewer can be trusted.

Dawid and Skene (1979, Maximum likelihood estimation of observer error-rates using the EM
algorithm): each reviewer has a confusion of their own, each label a share of the claims, and both
are what makes the given labels most likely. The estimate itself is crowd-kit's. Loading that takes
seconds and a hundred megabytes, so it runs in a process of its own, which reads ratings from its
standard input and ends: `python -m workbench.reviewing.posterior`.
"""

import io
import subprocess
import sys
import warnings
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 100
TOLERANCE = 1e-7
NAMES = ("claims", "shares", "prior", "reviewers", "confusion", "expected")


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of the true labels after all ratings.

    `shares` has a line for each of `claims` and a column a label: how probable it is that this is
    the claim's true label. `prior` is the share of each label among the claims. `confusion` is
    by reviewer (in the order of `reviewers`), true label and given label: how probable it is that
    this reviewer gives this label where that one is true; all zeros for a label that nobody gave.
    `expected` is by reviewer and true label: about how many claims of this label the reviewer
    judged, which `confusion` rests on.
    """

    claims: Ints
    shares: Floats
    prior: Floats
    reviewers: Ints
    confusion: Floats
    expected: Floats

    @property
    def labels(self) -> Ints:
        """The place of each claim's most probable label; of equals, the first."""
        labels: Ints = self.shares.argmax(axis=1)
        return labels

    @property
    def accuracy(self) -> Floats:
        """How probable it is that a reviewer is right about a claim of those that they judged."""
        right = np.diagonal(self.confusion, axis1=1, axis2=2) * self.expected
        accuracy: Floats = right.sum(axis=1) / self.expected.sum(axis=1)
        return accuracy


def dawid_skene(ratings: Ints, n_labels: int) -> Posterior:
    """The posterior of ratings, one a line: claim, reviewer, place of the label given.

    The same ratings in any order give the same posterior. Raises `ValueError` without a rating.
    """
    import pandas as pd
    from crowdkit.aggregation import DawidSkene

    if not len(ratings):
        raise ValueError("without a rating there is no posterior")
    rated = pd.DataFrame(ratings, columns=["task", "worker", "label"])
    rated = rated.sort_values(["task", "worker", "label"], ignore_index=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # crowd-kit's own, about words that pandas 4 will drop
        model: Any = DawidSkene(n_iter=ROUNDS, tol=TOLERANCE).fit(rated)
    places = range(n_labels)
    shares = model.probas_.sort_index().reindex(columns=places, fill_value=0.0)
    reviewers = rated["worker"].drop_duplicates().sort_values()
    every = pd.MultiIndex.from_product([reviewers, places], names=["worker", "label"])
    errors = model.errors_.reindex(index=every, columns=places, fill_value=0.0)
    of_ratings = shares.loc[rated["task"]].groupby(rated["worker"].to_numpy()).sum()
    return Posterior(
        claims=shares.index.to_numpy(dtype=np.int64),
        shares=shares.to_numpy(dtype=np.float64),
        prior=model.priors_.reindex(places, fill_value=0.0).to_numpy(dtype=np.float64),
        reviewers=reviewers.to_numpy(dtype=np.int64),
        confusion=_by_true_label(errors.to_numpy(dtype=np.float64), len(reviewers)),
        expected=of_ratings.to_numpy(dtype=np.float64),
    )


def dawid_skene_apart(ratings: Ints, n_labels: int) -> Posterior:
    """The same, in a process of its own: what it loads is gone when it ends."""
    given = _packed(ratings=ratings, n_labels=np.array(n_labels))
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    found = _unpacked(done.stdout)
    return Posterior(**{name: found[name] for name in NAMES})


def _by_true_label(errors: Floats, n_reviewers: int) -> Floats:
    """From lines of reviewer and given label to reviewer, true label, given label."""
    n_labels = errors.shape[1]
    return errors.reshape(n_reviewers, n_labels, n_labels).swapaxes(1, 2)


def _packed(**arrays: NDArray[Any]) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]  # a name could be taken for allow_pickle
    return out.getvalue()


def _unpacked(data: bytes) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def main() -> None:
    """Read ratings, write their posterior, both as NumPy packs them."""
    given = _unpacked(sys.stdin.buffer.read())
    found = dawid_skene(given["ratings"], int(given["n_labels"]))
    sys.stdout.buffer.write(_packed(**asdict(found)))


if __name__ == "__main__":
    main()
