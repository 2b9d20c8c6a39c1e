"""Agreement as plain JSON values, for those that read it without a screen."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from db.models import Project
from workbench.reviewing.agreement import Coefficient
from workbench.workflow.comparing import ROUNDS, Group, Report, compare, slices, stages
from workbench.workflow.estimating import Estimate, Probable, Trust, estimate
from workbench.workflow.filtering import to_query

LEVEL = 0.95


def figures(
    session: Session,
    *,
    project_id: int,
    stage: str | None = None,
    by: Collection[str] = (),
    probable: bool = False,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> dict[str, Any]:
    """Everything that everybody said, whoever may see it on the pages.

    Keys: project, level (of the intervals), rounds and seed (of the bootstrap), stages. A stage
    has labels (key to title), reviewers, rated (items), compared and differ (items that two people
    rated, and not alike), coefficients ([{name, title, value, low, high}], None where one is not
    defined), confusion (label by label), and slices by each of `by`: the same of a part, with its
    `claims`, the query of the address that finds them. With `probable` there is dawid_skene: each
    claim's posterior and each reviewer's confusion, by true label and then by the label given.

    Raises `UnknownName` for a stage or a slice that is not there.
    """
    sampled: dict[str, Any] = {"rounds": rounds, "seed": seed}
    of: dict[str, Any] = {"project_id": project_id, "user_id": None}
    names = [stage] if stage is not None else list(stages(session, project_id=project_id))
    found: list[dict[str, Any]] = []
    for name in names:
        report = compare(session, **of, stage=name, **sampled)
        parts = {each: slices(session, **of, stage=name, by=each, **sampled) for each in by}
        found.append(_stage(report) | ({"slices": _slices(parts)} if by else {}))
    project = session.get_one(Project, project_id).name
    whole = {"project": project, "level": LEVEL, **sampled, "stages": found}
    return whole | ({"dawid_skene": _estimate(estimate(session, **of))} if probable else {})


def _stage(report: Report) -> dict[str, Any]:
    labels = list(report.stage.labels)
    return {
        "stage": report.stage.key,
        "title": report.stage.title,
        "about": report.stage.about,
        "labels": report.stage.labels,
        "reviewers": list(report.reviewers),
        "rated": report.n_items,
        **_figures(report.whole),
        "confusion": {
            label: dict(zip(labels, row, strict=True))
            for label, row in zip(labels, report.confusion, strict=True)
        },
    }


def _slices(parts: dict[str, list[Group]]) -> dict[str, Any]:
    return {
        by: [
            {
                "slice": group.key,
                "title": group.title,
                **_figures(group),
                "claims": to_query(group.wanted),
            }
            for group in groups
        ]
        for by, groups in parts.items()
    }


def _figures(group: Group) -> dict[str, Any]:
    return {
        "compared": group.n_items,
        "differ": group.n_disagreed,
        "coefficients": [_coefficient(one) for one in group.coefficients],
    }


def _coefficient(one: Coefficient) -> dict[str, Any]:
    bounds = {"value": one.value, "low": one.low, "high": one.high}
    return {"name": one.name, "title": one.title, **bounds}


def _estimate(found: Estimate) -> dict[str, Any]:
    labels = list(found.stage.labels)
    return {
        "labels": dict(zip(labels, found.prior, strict=False)),
        "differ_from_resolved": [one.claim_id for one in found.differing],
        "reviewers": [_trust(one, labels) for one in found.reviewers],
        "claims": [_probable(one, labels) for one in found.claims],
    }


def _trust(one: Trust, labels: list[str]) -> dict[str, Any]:
    return {
        "name": one.name,
        "reviews": one.n_reviews,
        "right": one.accuracy,
        "confusion": {
            label: dict(zip(labels, line, strict=True))
            for label, line in zip(labels, one.confusion, strict=True)
        },
    }


def _probable(one: Probable, labels: list[str]) -> dict[str, Any]:
    return {
        "claim": one.claim_id,
        "label": one.label,
        "posterior": dict(zip(labels, one.shares, strict=True)),
        "resolved": one.resolved,
        "reviews": one.n_reviews,
    }
