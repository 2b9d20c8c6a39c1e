"""Changing the order of the work on a project's claims."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import phases
from workbench.reviewing.workflows import chosen, parse_options
from workbench.workflow.phasing import Plan
from workbench.workflow.project_settings import change_settings
from workbench.workflow.resolving import resolve


def set_workflow(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    version: int,
    workflow: str,
    options: Mapping[str, Any],
) -> Project:
    """Let the project work by this workflow; where each of its claims stands is told anew.

    What has a final verdict keeps it. Reviews from before there were phases count as evidence (a
    claim's first) and as second verdicts (the others).

    Raises:
        Conflict: somebody changed the project after `version`.
        InputError: a setting that does not exist or has no such value, or no blind project.
        NotPermitted: the role does not allow it.
        UnknownName: there is no such workflow.
    """
    plan = Plan(chosen(workflow), parse_options(options))
    project = change_settings(
        session,
        project_id=project_id,
        user_id=user_id,
        version=version,
        workflow=workflow,
        phases=plan.options.as_json() if plan.phases else {},
    )
    if project.version != version:
        _place_claims(session, project_id, user_id, plan)
    return project


def _place_claims(session: Session, project_id: int, user_id: int, plan: Plan) -> None:
    if not plan.phases:
        phases.forget(session, project_id=project_id)
        return
    options = plan.options
    phases.name_reviews(session, project_id=project_id)
    phases.recompute(
        session,
        project_id=project_id,
        normalise=options.normalise,
        dispute=options.dispute,
        control=options.control,
        n_second=options.n_second,
    )
    for claim in phases.settled_unresolved(session, project_id=project_id):
        resolve(session, claim=claim, user_id=user_id)
