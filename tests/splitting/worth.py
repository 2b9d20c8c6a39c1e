"""What our weights of check-worthiness are worth on documents that they did not learn from."""

import math

from tests.splitting import ship
from tests.splitting.golden import gold
from tests.splitting.vectors import vectors
from workbench.splitting import score
from workbench.splitting.training import held_out, platt
from workbench.splitting.weights import shipped
from workbench.splitting.worthiness import features

BINS = 10
TRANSCRIPTS = (
    ("ct19_t1", "test"),
    ("ct19_t1", "train"),
    ("ct20_t5", "test"),
    ("ct20_t5", "train"),
)


def print_report() -> None:
    """Held-out figures and reliability: ClaimBuster in folds, the others as they are."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    for source in ("claimbuster", "policlaim"):
        known = ship.examples(source)
        labels = [example.worth for example in known]
        if source == "claimbuster":
            logits = held_out(known, own=False, vectors=vectors())
            slope, shift = platt(logits, labels)
            logits = [slope * logit + shift for logit in logits]
        else:
            logits = [shipped().logit(example.text, features(example.text)) for example in known]
        ap, auc = average_precision_score(labels, logits), roc_auc_score(labels, logits)
        shares = [1 / (1 + math.exp(-logit)) for logit in logits]
        error, table = reliability(shares, labels)
        print(f"held out    {source:12} AP={ap:.3f}  AUC={auc:.3f}  ECE={error:.3f}")
        for low, n, said, found in table:
            print(f"            {low:.1f}-{low + 1 / BINS:.1f}  n={n:5}  {said:.2f} {found:.2f}")
    for source, split in TRANSCRIPTS:
        print(f"transcripts {source} {split}  MAP={official_map(source, split):.3f}")


def reliability(
    shares: list[float], labels: list[bool]
) -> tuple[float, list[tuple[float, int, float, float]]]:
    """Expected calibration error in ten equal bins, and each bin: from, n, mean, true share."""
    table, error = [], 0.0
    for at in range(BINS):
        inside = [i for i, share in enumerate(shares) if min(int(share * BINS), BINS - 1) == at]
        if not inside:
            continue
        said = sum(shares[i] for i in inside) / len(inside)
        found = sum(labels[i] for i in inside) / len(inside)
        error += abs(said - found) * len(inside) / len(shares)
        table.append((at / BINS, len(inside), said, found))
    return error, table


def official_map(source: str = "ct19_t1", split: str = "test") -> float:
    """Mean average precision over the transcripts of CheckThat!, speakers and order known."""
    from sklearn.metrics import average_precision_score

    found = []
    for row in gold("checkworthy"):
        if row["source"] != source or row["official_split"] != split:
            continue
        labels = [sentence["label"] for sentence in row["sentences"]]
        scores = [line["checkworthiness"] for line in score(row["sentences"])]
        found.append(float(average_precision_score(labels, scores)) if any(labels) else 0.0)
    return sum(found) / len(found)
