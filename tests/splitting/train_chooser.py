"""Learns which readings of a clause people write as claims, and writes `choosing.json`.

    python -m tests.splitting.train_chooser [--half a|b] [--output FILE]

Learns from FActScore (MIT) and Factcheck-Bench (Apache-2.0) alone, which lie beside the repository;
the other sources of the gold only show how it carries over. The gain of a plan is the soft match
of all claims of the sentence with it less that without it, less PRICE for each claim. Figures for
the two sources are out of fold, folds made of whole documents.
"""

import argparse
import collections
import dataclasses
import importlib
import json
import pathlib
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import GroupKFold

from tests.splitting.bench import SHARED, Row, chosen, gold
from workbench.splitting import choosing
from workbench.splitting.extraction import Reader
from workbench.splitting.pipeline import load_pipeline
from workbench.splitting.reading import Article, Layout, parse

Array = NDArray[np.float64]
WEIGHTS = {"factscore": 1.0, "factcheckbench": 6.0}  # so that the small source counts too
PRICE = 0.27  # about half the F1 that is reached: a claim that matches better than that raises it
DEPTH, TREES, RATE = 4, 60, 0.12
OUTPUT = pathlib.Path(choosing.__file__).with_name("choosing.json")


@dataclasses.dataclass
class Sentence:
    """One gold item: similarity of its claims to every reading, and the plans of its groups."""

    source: str
    doc: str
    similarity: Array  # gold claims by readings
    groups: list[list[list[int]]]  # for each group and plan, columns of `similarity`
    rows: Array


def token_f1(left: list[str], right: list[str]) -> float:
    common = sum((collections.Counter(left) & collections.Counter(right)).values())
    return 2 * common / (len(left) + len(right)) if common else 0.0


def read_item(row: Row) -> Sentence | None:
    sys.path.insert(0, str(SHARED / "eval"))
    words = importlib.import_module("evallib").words  # the tokens of the scorer

    context, text = row.get("context") or "", row["text"]
    at = context.find(text) if row["source"] == "factcheckbench" else -1
    whole = context if at >= 0 else text
    low, high = (at, at + len(text)) if at >= 0 else (0, len(whole))
    layout = Layout.of(whole)
    article = Article(layout, parse(load_pipeline(), whole, layout))
    if not article.parsed:
        return None
    reader = Reader(article)
    texts: list[str] = []
    groups, made_groups = [], []
    for passage in reader.statements():
        if passage.start < high and passage.end > low:
            for made in reader.groups(passage):
                plans: list[list[int]] = []
                for plan in made.plans:
                    plans.append([])
                    for reading in plan:
                        claim = reader.text_of(reading.proposition)
                        if claim:
                            plans[-1].append(len(texts))
                            texts.append(claim)
                groups.append(plans)
                made_groups.append(made)
    if not groups:
        return None
    tokens = [words(claim) for claim in texts]
    similarity = [[token_f1(words(claim), other) for other in tokens] for claim in row["claims"]]
    return Sentence(
        row["source"], row["doc_id"], np.array(similarity), groups, choosing.rows(made_groups)
    )


def matched(similarity: Array, columns: list[int]) -> float:
    if not columns:
        return 0.0
    part = similarity[:, columns]
    return float(part[linear_sum_assignment(-part)].sum())


def gains(item: Sentence, state: list[int]) -> list[float]:
    """What each plan of each group brings, with the other groups as they are."""
    found: list[float] = []
    for g, plans in enumerate(item.groups):
        rest = [
            c
            for other, options in enumerate(item.groups)
            if other != g
            for c in options[state[other]]
        ]
        if len(plans) == 1:
            continue
        before = matched(item.similarity, rest)
        found.extend(
            matched(item.similarity, rest + plan) - before - PRICE * len(plan) for plan in plans
        )
    return found


def best_plans(item: Sentence, values: Array) -> list[int]:
    found: list[int] = []
    at = 0
    if len(values):
        values = choosing.preferred(item.rows, values)
    for plans in item.groups:
        if len(plans) == 1:
            found.append(0)
            continue
        found.append(int(np.argmax(values[at : at + len(plans)])))
        at += len(plans)
    return found


def regressor() -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        max_iter=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        min_samples_leaf=30,
        l2_regularization=5,
        random_state=0,
    )


def learn(items: list[Sentence]) -> tuple[HistGradientBoostingRegressor, list[list[int]]]:
    """Gains depend on what the other clauses give, so the plans are learned in rounds."""
    rows = np.vstack([item.rows for item in items])
    cuts = np.cumsum([len(item.rows) for item in items])[:-1]
    owner = np.repeat(np.arange(len(items)), [len(item.rows) for item in items])
    weight = np.array([WEIGHTS[items[i].source] for i in owner])
    folds = list(GroupKFold(5).split(items, groups=[item.doc for item in items]))
    states = [[min(1, len(plans) - 1) for plans in item.groups] for item in items]
    target: Array | None = None
    for _ in range(5):
        new = np.concatenate([gains(i, s) for i, s in zip(items, states, strict=True)])
        target = new if target is None else (target + new) / 2
        guess = np.zeros(len(rows))
        for inside, outside in folds:
            a, b = np.isin(owner, inside), np.isin(owner, outside)
            guess[b] = regressor().fit(rows[a], target[a], weight[a]).predict(rows[b])
        parts = np.split(guess, cuts)
        states = [best_plans(item, part) for item, part in zip(items, parts, strict=True)]
    return regressor().fit(rows, target, weight), states


def report(items: list[Sentence], states: list[list[int]]) -> None:
    sums: dict[str, Array] = collections.defaultdict(lambda: np.zeros(3))
    for item, state in zip(items, states, strict=True):
        columns = [c for plans, s in zip(item.groups, state, strict=True) for c in plans[s]]
        sums[item.source] += [
            matched(item.similarity, columns),
            len(columns),
            len(item.similarity),
        ]
    for source, (soft, made, wanted) in sums.items():
        print(
            f"{source:15} P {soft / made:.3f} R {soft / wanted:.3f} "
            f"F1 {2 * soft / (made + wanted):.3f} ratio {made / wanted:.2f}"
        )


def as_json(model: HistGradientBoostingRegressor) -> dict[str, Any]:
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        itself = range(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, 0, nodes["feature_idx"]).tolist(),
                "threshold": np.where(leaf, 0.0, nodes["num_threshold"]).round(6).tolist(),
                "left": np.where(leaf, itself, nodes["left"]).tolist(),
                "right": np.where(leaf, itself, nodes["right"]).tolist(),
                "value": np.where(leaf, nodes["value"], 0.0).round(6).tolist(),
            }
        )
    return {
        "features": list(choosing.FEATURES),
        "start": round(float(model._baseline_prediction.ravel()[0]), 6),
        "depth": DEPTH,
        "trees": trees,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="", choices=["", "a", "b"])
    parser.add_argument("--output", type=pathlib.Path, default=OUTPUT)
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit("The gold data are not beside the repository; nothing was learned.")
    rows = chosen(gold("claims"), 10**6, options.half)
    items = [item for item in map(read_item, rows) if item is not None]
    learnable = [item for item in items if item.source in WEIGHTS]
    model, states = learn(learnable)
    report(learnable, states)
    others = [item for item in items if item.source not in WEIGHTS and len(item.rows)]
    report(others, [best_plans(item, model.predict(item.rows)) for item in others])
    options.output.write_text(json.dumps(as_json(model), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
