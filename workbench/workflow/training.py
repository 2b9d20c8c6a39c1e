"""A project's own check-worthiness: learned from what its people accepted and rejected."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import reading, transaction
from db.models import Claim, Worthiness, utc_now
from db.queries import worthiness
from workbench.splitting.training import Example, gain, learn
from workbench.splitting.weights import Weights
from workbench.splitting.worthiness import assess
from workbench.workflow.recording import record

STRENGTH = 1.0
PORTION = 500  # claims ranked between two writes, so that others can write as well


def train(
    engine: Engine, *, project_id: int, user_id: int | None, seed: int = 0, anyway: bool = False
) -> dict[str, Any]:
    """Learn weights from the project's labels and take them if they are better than ours.

    Returns the gain on held-out claims, folds grouped by article, and `in_use`: whether the new
    weights hold from now on. `anyway` takes them whatever the gain; otherwise, without a gain,
    what held before still holds. Raises `SplittingError` for too few labels.
    """
    with reading(engine) as session:
        examples = labels(session, project_id=project_id)
    found = gain(examples, seed=seed, strength=STRENGTH)
    taken = found.is_better or anyway
    figures = {
        name: round(by, 4) if isinstance(by, float) else by for name, by in asdict(found).items()
    }
    if taken:
        weights = learn(examples, seed=seed, strength=STRENGTH)
        with transaction(engine) as session:
            _put(session, project_id, user_id, weights, figures)
        rank_again(engine, project_id=project_id)
    return figures | {"in_use": taken}


def reset(engine: Engine, *, project_id: int, user_id: int | None) -> bool:
    """Go back to our weights; False if they held already."""
    with transaction(engine) as session:
        changed = _retire(session, project_id, user_id)
    if changed:
        rank_again(engine, project_id=project_id)
    return changed


def rank_again(engine: Engine, *, project_id: int) -> None:
    """Give the claims that are neither rejected nor retired the check-worthiness of the weights
    that hold now."""
    with reading(engine) as session:
        weights = weights_of(session, project_id=project_id)
    last = 0
    while True:
        with reading(engine) as session:
            claims = worthiness.rankable(session, project_id=project_id, after=last, limit=PORTION)
        if not claims:
            return
        ranks = [_rank(claim, weights) for claim in claims]
        with transaction(engine) as session:
            worthiness.put_ranks(session, ranks)
        last = claims[-1].id


def _rank(claim: worthiness.Rankable, weights: Weights | None) -> dict[str, Any]:
    worth, why = assess(
        claim.text, named_source=claim.speaker is not None, kind=claim.kind, weights=weights
    )
    return {"claim_id": claim.id, "seen": claim.text, "worth": worth, "why": list(why)}


def weights_of(session: Session, *, project_id: int) -> Weights | None:
    """The project's own weights; None where ours hold."""
    found = worthiness.in_use(session, project_id=project_id)
    return Weights.from_json(found.weights) if found else None


def labels(session: Session, *, project_id: int) -> list[Example]:
    """Accepted claims as worth a check, rejected ones as not; duplicates say nothing."""
    return [
        Example(
            claim.text,
            claim.state == "accepted",
            str(claim.article_id),
            named_source=claim.speaker is not None,
            kind=claim.kind,
        )
        for claim in worthiness.judged(session, project_id=project_id)
        if not _is_duplicate(claim)
    ]


def _is_duplicate(claim: Claim) -> bool:
    return claim.state == "rejected" and "duplicate" in claim.reason.lower()


def _put(
    session: Session, project_id: int, user_id: int | None, weights: Weights, gain: dict[str, Any]
) -> None:
    _retire(session, project_id, user_id)
    row = Worthiness(project_id=project_id, weights=weights.as_json(), gain=gain)
    record(
        session,
        project_id=project_id,
        user_id=user_id,
        kind="worthiness.trained",
        row=row,
        before={},
        after=gain,
    )


def _retire(session: Session, project_id: int, user_id: int | None) -> bool:
    held = worthiness.in_use(session, project_id=project_id)
    if held is None:
        return False
    held.retired_at = utc_now()
    record(
        session,
        project_id=project_id,
        user_id=user_id,
        kind="worthiness.retired",
        row=held,
        before={"retired_at": None},
        after={"retired_at": held.retired_at},
    )
    return True
