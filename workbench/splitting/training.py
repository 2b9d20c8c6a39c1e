"""Weights of check-worthiness learned from labelled sentences, with logistic regression.

Offline work: scikit-learn is loaded when a function is called, and what it learned leaves as plain
numbers (`Weights`).
"""

from __future__ import annotations

import collections
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.splitting import worthiness
from workbench.splitting.errors import SplittingError
from workbench.splitting.weights import Weights, shipped, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS = 5
LEAST_OF_EACH = 20
LEAST_GROUPS = 3
LEAST_WEIGHT = 0.02


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
    examples: Sequence[Example], *, seed: int = 0, strength: float = 6.0, own: bool = True
) -> Weights:
    """Weights from the examples, calibrated by Platt's method on held-out documents.

    `own` builds on our score, for a project with few labels; otherwise from nothing.
    `strength` is the inverse of the L2 penalty. Raises `SplittingError` for too few examples.
    """
    refuse_few(examples)
    logits = held_out(examples, seed=seed, strength=strength, own=own)
    weights = _fit(examples, strength, own)
    slope, shift = platt(logits, [example.worth for example in examples])
    return Weights(
        round(weights.bias * slope + shift, 4),
        {name: round(by * slope, 4) for name, by in weights.features.items()},
        {
            term: round(by * slope, 3)
            for term, by in weights.terms.items()
            if abs(by * slope) >= LEAST_WEIGHT
        },
        round(weights.ours * slope, 4),
    )


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
    examples: Sequence[Example], *, seed: int = 0, strength: float = 6.0, own: bool = True
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
        weights = _fit(part, strength, own)
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


def _fit(examples: Sequence[Example], strength: float, own: bool) -> Weights:
    """One logistic regression; a reason whose weight has the wrong sign is left out."""
    from sklearn.linear_model import LogisticRegression

    found = [_features(example) for example in examples]
    terms = [sorted(terms_of(example.text)) for example in examples]
    uses = collections.Counter(term for some in terms for term in some)
    known = {term for term, n in uses.items() if n >= 3}
    ours = [shipped().logit(e.text, f) for e, f in zip(examples, found, strict=True)] if own else []
    names = {name for features in found for name in features}
    while True:
        vectorizer, rows = _rows(found, terms, ours, names, known)
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=2000)
        model.fit(rows, [example.worth for example in examples])
        by = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
        wrong = {name for name in names if _is_wrong(name, by[f"f {name}"])}
        if not wrong:
            break
        names -= wrong
    return Weights(
        float(model.intercept_[0]),
        {name: by[f"f {name}"] for name in sorted(names)},
        {term: by[f"t {term}"] for term in sorted(known)},
        by.get("ours", 0.0),
    )


def _rows(
    found: list[dict[str, float]],
    terms: list[list[str]],
    ours: list[float],
    names: set[str],
    known: set[str],
) -> tuple[Any, Any]:
    from sklearn.feature_extraction import DictVectorizer

    rows = []
    for at, (features, some) in enumerate(zip(found, terms, strict=True)):
        row = {f"f {name}": by for name, by in features.items() if name in names}
        mine = [term for term in some if term in known]
        row |= {f"t {term}": 1 / math.sqrt(len(mine)) for term in mine}
        rows.append(row | ({"ours": ours[at]} if ours else {}))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    # liblinear reads 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    return vectorizer, matrix


def _is_wrong(name: str, by: float) -> bool:
    return (name in worthiness.RAISING and by < 0) or (name in worthiness.LOWERING and by > 0)


def platt(logits: list[float], worth: list[bool]) -> tuple[float, float]:
    """Slope and shift that make probabilities of logits (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit([[logit] for logit in logits], worth)
    return max(0.0, float(model.coef_[0][0])), float(model.intercept_[0])
