"""Who does what next: the settings of a project's queue."""

import streamlit as st

from db.models import DRAWINGS, ORDERS, SKIPS, Project
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow.project_settings import change_settings

_ORDERS = {
    "project": "As the texts stand in the project",
    "worthiness": "The most check-worthy first",
    "age": "The oldest article first, by its date, else by its import",
}
_DRAWINGS = {"pool": "Reviewers draw from the pool", "assigned": "A lead assigns every claim"}
_SKIPS = {
    "own": "It comes back at the end of the own queue",
    "pool": "It goes back to the pool, for others",
    "lead": "It is flagged for the lead, with the reason",
}


def queue_settings(me: who.Present, project: Project) -> None:
    """Draw the settings of the queue, and store them on the version that was shown."""
    key = f"queue-{project.id}-{project.version}"
    fields = {**_whose(project, key), **_how_many(project, key)}

    def save() -> None:
        with feedback.later(), writing() as session:
            change_settings(
                session,
                project_id=me.project_id,
                user_id=me.user_id,
                version=project.version,
                **{name: state.widget(f"{key}-{name}", value) for name, value in fields.items()},
            )
            state.report("success", "The settings of the queue are saved.")

    press("Save the queue's settings", save, type="primary", key=f"{key}-save")


def _whose(project: Project, key: str) -> dict[str, str]:
    return {
        "drawing": st.radio(
            "Who chooses the claims",
            DRAWINGS,
            index=DRAWINGS.index(project.drawing),
            format_func=_DRAWINGS.__getitem__,
            key=f"{key}-drawing",
        ),
        "order_by": st.radio(
            "What comes first",
            ORDERS,
            index=ORDERS.index(project.order_by),
            format_func=_ORDERS.__getitem__,
            key=f"{key}-order_by",
        ),
        "skip_to": st.radio(
            "When a reviewer skips a claim",
            SKIPS,
            index=SKIPS.index(project.skip_to),
            format_func=_SKIPS.__getitem__,
            key=f"{key}-skip_to",
        ),
    }


def _how_many(project: Project, key: str) -> dict[str, int | None]:
    middle, right, last = st.columns(3)
    return {
        "lease_minutes": middle.number_input(
            "Minutes reserved",
            1,
            10_080,
            project.lease_minutes,
            key=f"{key}-lease_minutes",
            help="How long a claim stays with its reviewer after the last sign of work.",
        ),
        "quota_day": right.number_input(
            "Reviews a day",
            1,
            100_000,
            project.quota_day,
            key=f"{key}-quota_day",
            placeholder="no limit",
            help="The most that one reviewer gives from midnight to midnight, UTC.",
        ),
        "quota_total": last.number_input(
            "Reviews in all",
            1,
            1_000_000,
            project.quota_total,
            key=f"{key}-quota_total",
            placeholder="no limit",
            help="The most that one reviewer gives in this project.",
        ),
    }
