"""What our weights of check-worthiness are worth on documents that they did not learn from."""

import math

from tests.splitting import ship
from tests.splitting.golden import gold
from workbench.splitting.training import held_out, platt
from workbench.splitting.weights import shipped
from workbench.splitting.worthiness import features

BINS = 10


def print_report() -> None:
    """Held-out figures and reliability: ClaimBuster in folds, the others as they are."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    for source in ("claimbuster", "policlaim"):
        known = ship.examples(source)
        labels = [example.worth for example in known]
        if source == "claimbuster":
            logits = held_out(known, own=False)
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
    print(f"official    ct19_t1      MAP={official_map():.3f} (the test transcripts of dev)")


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


def official_map() -> float:
    """Mean average precision over the transcripts of CheckThat! 2019's own test set."""
    from sklearn.metrics import average_precision_score

    found = []
    for row in gold("checkworthy"):
        if row["source"] != "ct19_t1" or row["official_split"] != "test":
            continue
        labels = [sentence["label"] for sentence in row["sentences"]]
        logits = [shipped().logit(s["text"], features(s["text"])) for s in row["sentences"]]
        found.append(float(average_precision_score(labels, logits)) if any(labels) else 0.0)
    return sum(found) / len(found)
