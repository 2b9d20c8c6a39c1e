"""Weights of check-worthiness learned from labelled sentences, with logistic regression.

Offline work: scikit-learn is loaded when a function is called, and what it learned leaves as plain
numbers (`Weights`).
"""

from __future__ import annotations

import collections
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.splitting import worthiness
from workbench.splitting.errors import SplittingError
from workbench.splitting.weights import Weights, shipped, singles, terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Matrix = npt.NDArray[Any]
    Vectors = Mapping[str, Matrix]

FOLDS = 5
LEAST_OF_EACH = 20
LEAST_GROUPS = 3
LEAST_WEIGHT = 0.02
# The strength of the regression on log-count ratios, as a share of the plain one's.
RATIO_STRENGTH = 1 / 3
NO_VECTORS: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, whether it is worth a check, and the document it is from."""

    text: str
    worth: bool
    group: str
    named_source: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """Average precision and area under the ROC curve on held-out documents, 0 to 1."""

    n_worth: int
    n_other: int
    n_groups: int
    folds: int
    seed: int
    ap_ours: float
    ap_own: float
    auc_ours: float
    auc_own: float

    @property
    def is_better(self) -> bool:
        """Whether the own weights rank held-out sentences better than ours."""
        return self.ap_own > self.ap_ours


def learn(
    examples: Sequence[Example],
    *,
    seed: int = 0,
    strength: float = 6.0,
    own: bool = True,
    vectors: Vectors = NO_VECTORS,
) -> Weights:
    """Weights from the examples, calibrated by Platt's method on held-out documents.

    `own` builds on our score, for a project with few labels; otherwise from nothing.
    `strength` is the inverse of the L2 penalty. `vectors` of words, where given, teach what words
    mean beyond those of the examples. Raises `SplittingError` for too few examples.
    """
    refuse_few(examples)
    logits = held_out(examples, seed=seed, strength=strength, own=own, vectors=vectors)
    weights = _fit(examples, strength, own, vectors)
    slope, shift = platt(logits, [example.worth for example in examples])
    return Weights(
        round(weights.bias * slope + shift, 4),
        {name: round(by * slope, 4) for name, by in weights.features.items()},
        _worth_keeping(weights.terms, slope),
        round(weights.ours * slope, 4),
        _worth_keeping(weights.words, slope),
    )


def _worth_keeping(weights: Mapping[str, float], slope: float) -> dict[str, float]:
    return {
        term: round(by * slope, 3)
        for term, by in weights.items()
        if abs(by * slope) >= LEAST_WEIGHT
    }


def gain(examples: Sequence[Example], *, seed: int = 0, strength: float = 1.0) -> Gain:
    """How own weights compare with ours on documents that they did not see (grouped folds)."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    refuse_few(examples)
    worth = [example.worth for example in examples]
    own = held_out(examples, seed=seed, strength=strength)
    ours = [shipped().logit(example.text, _features(example)) for example in examples]
    groups = {example.group for example in examples}
    return Gain(
        n_worth=sum(worth),
        n_other=len(worth) - sum(worth),
        n_groups=len(groups),
        folds=min(FOLDS, len(groups)),
        seed=seed,
        ap_ours=float(average_precision_score(worth, ours)),
        ap_own=float(average_precision_score(worth, own)),
        auc_ours=float(roc_auc_score(worth, ours)),
        auc_own=float(roc_auc_score(worth, own)),
    )


def held_out(
    examples: Sequence[Example],
    *,
    seed: int = 0,
    strength: float = 6.0,
    own: bool = True,
    vectors: Vectors = NO_VECTORS,
) -> list[float]:
    """The logit of each example from weights that saw nothing of its document."""
    from sklearn.model_selection import StratifiedGroupKFold

    groups = [example.group for example in examples]
    folds = StratifiedGroupKFold(min(FOLDS, len(set(groups))), shuffle=True, random_state=seed)
    logits = [0.0] * len(examples)
    for seen, unseen in folds.split(groups, [e.worth for e in examples], groups):
        part = [examples[at] for at in seen]
        if len({example.worth for example in part}) < 2:
            raise SplittingError("One article holds all claims of a kind; label a second one.")
        weights = _fit(part, strength, own, vectors)
        for at in unseen:
            logits[at] = weights.logit(examples[at].text, _features(examples[at]))
    return logits


def refuse_few(examples: Sequence[Example]) -> None:
    """Raise `SplittingError` where nothing reliable can be learned, with what is needed."""
    n_worth = sum(example.worth for example in examples)
    n_other, n_groups = len(examples) - n_worth, len({example.group for example in examples})
    if min(n_worth, n_other) >= LEAST_OF_EACH and n_groups >= LEAST_GROUPS:
        return
    raise SplittingError(
        f"There are too few labels to learn from: {n_worth} accepted and {n_other} rejected claims "
        f"of {n_groups} articles; at least {LEAST_OF_EACH} of each from {LEAST_GROUPS} articles "
        "are needed."
    )


def _features(example: Example) -> dict[str, float]:
    return worthiness.features(example.text, named_source=example.named_source, kind=example.kind)


def meanings(examples: Sequence[Example], vectors: Vectors) -> Matrix:
    """The vector of each example: the sum of its words' over the root of their number."""
    size = len(next(iter(vectors.values()))) if vectors else 0
    table = np.zeros((len(examples), size))
    for at, example in enumerate(examples):
        alone = sorted(singles(terms_of(example.text)))
        if known := [vectors[word] for word in alone if word in vectors]:
            table[at] = np.sum(known, axis=0) / math.sqrt(len(alone))
    return table


def _fit(examples: Sequence[Example], strength: float, own: bool, vectors: Vectors) -> Weights:
    """The mean of two logistic regressions; a reason whose weight has the wrong sign is left out.

    One takes each n-gram as it stands, one as strong as its log-count ratio (Wang and Manning
    2012): they err in different sentences.
    """
    found = [_features(example) for example in examples]
    terms = [sorted(terms_of(example.text)) for example in examples]
    uses = collections.Counter(term for some in terms for term in some)
    known = {term for term, n in uses.items() if n >= 3}
    ours = [shipped().logit(e.text, f) for e, f in zip(examples, found, strict=True)] if own else []
    worth = np.array([example.worth for example in examples])
    sense = meanings(examples, vectors)
    names = {name for features in found for name in features}
    while True:
        columns, rows = _rows(found, terms, ours, names, known)
        coefficients, bias = _regress(columns, rows, sense, worth, strength)
        by = dict(zip(columns, map(float, coefficients), strict=False))
        wrong = {name for name in names if _is_wrong(name, by[f"f {name}"])}
        if not wrong:
            break
        names -= wrong
    across = coefficients[len(columns) :]
    return Weights(
        bias,
        {name: by[f"f {name}"] for name in sorted(names)},
        {term: by[f"t {term}"] for term in sorted(known)},
        by.get("ours", 0.0),
        {word: float(np.dot(vector, across)) for word, vector in vectors.items()},
    )


def _rows(
    found: list[dict[str, float]],
    terms: list[list[str]],
    ours: list[float],
    names: set[str],
    known: set[str],
) -> tuple[list[str], Any]:
    from sklearn.feature_extraction import DictVectorizer

    rows = []
    for at, (features, some) in enumerate(zip(found, terms, strict=True)):
        row = {f"f {name}": by for name, by in features.items() if name in names}
        mine = [term for term in some if term in known]
        row |= {f"t {term}": 1 / math.sqrt(len(mine)) for term in mine}
        rows.append(row | ({"ours": ours[at]} if ours else {}))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    return list(vectorizer.get_feature_names_out()), matrix


def _regress(
    columns: list[str], rows: Any, sense: Matrix, worth: Matrix, strength: float
) -> tuple[Matrix, float]:
    """The mean of both models' coefficients and of their biases."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    every = sparse.hstack([rows, sparse.csr_matrix(sense)]).tocsr()
    # liblinear reads 32-bit indices only.
    every.indices, every.indptr = every.indices.astype("int32"), every.indptr.astype("int32")
    ratios = np.ones(every.shape[1])
    is_term = [at for at, name in enumerate(columns) if name.startswith("t ")]
    ratios[is_term] = _ratios(rows[:, is_term], worth)
    weak = strength * RATIO_STRENGTH
    coefficients, biases = [], []
    for scale, c in ((np.ones_like(ratios), strength), (ratios, weak)):
        model = LogisticRegression(C=c, solver="liblinear", max_iter=2000)
        model.fit(every @ sparse.diags_array(scale, format="csr"), worth)
        coefficients.append(model.coef_[0] * scale)
        biases.append(model.intercept_[0])
    return np.mean(coefficients, axis=0), float(np.mean(biases))


def _ratios(terms: Any, worth: Matrix) -> Matrix:
    """How much more often each term stands in what is worth a check, as a logarithm."""
    uses = terms.astype(bool)
    more, less = (np.asarray(uses[worth == side].sum(axis=0)).ravel() + 1.0 for side in (1, 0))
    return np.asarray(np.log((more / more.sum()) / (less / less.sum())))


def _is_wrong(name: str, by: float) -> bool:
    return (name in worthiness.RAISING and by < 0) or (name in worthiness.LOWERING and by > 0)


def platt(logits: list[float], worth: list[bool]) -> tuple[float, float]:
    """Slope and shift that make probabilities of logits (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit([[logit] for logit in logits], worth)
    return max(0.0, float(model.coef_[0][0])), float(model.intercept_[0])
