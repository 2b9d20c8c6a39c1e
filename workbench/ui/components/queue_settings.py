"""Who does what next: the settings of a project's queue."""

import streamlit as st

from db.models import Project
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow.project_settings import change_settings

_CHOICES = {
    "drawing": (
        "Who chooses the claims",
        {"pool": "Reviewers draw from the pool", "assigned": "A lead assigns every claim"},
    ),
    "order_by": (
        "What comes first",
        {
            "project": "As the texts stand in the project",
            "worthiness": "The most check-worthy first",
            "age": "The oldest article first, by its date, else by its import",
        },
    ),
    "skip_to": (
        "When a reviewer skips a claim",
        {
            "own": "It comes back at the end of the own queue",
            "pool": "It goes back to the pool, for others",
            "lead": "It is flagged for the lead, with the reason",
        },
    ),
}
"""Column of the project to its title and the title of each value."""
_NUMBERS = {
    "lease_minutes": (
        "Minutes reserved",
        10_080,
        "How long a claim stays with its reviewer after the last sign of work.",
    ),
    "quota_day": (
        "Reviews a day",
        100_000,
        "The most that one reviewer gives from midnight to midnight, UTC.",
    ),
    "quota_total": (
        "Reviews in all",
        1_000_000,
        "The most that one reviewer gives in this project.",
    ),
}
"""Column of the project to its title, the most that it can be, and what it means."""


def queue_settings(me: who.Present, project: Project) -> None:
    """Draw the settings of the queue, and store them on the version that was shown."""
    key = f"queue-{project.id}-{project.version}"
    fields = {**_choices(project, key), **_numbers(project, key)}

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


def _choices(project: Project, key: str) -> dict[str, str]:
    return {
        name: st.radio(
            title,
            list(titles),
            index=list(titles).index(getattr(project, name)),
            format_func=titles.__getitem__,
            key=f"{key}-{name}",
        )
        for name, (title, titles) in _CHOICES.items()
    }


def _numbers(project: Project, key: str) -> dict[str, int | None]:
    columns = st.columns(len(_NUMBERS))
    return {
        name: column.number_input(
            title,
            1,
            most,
            getattr(project, name),
            key=f"{key}-{name}",
            placeholder="no limit",
            help=about,
        )
        for column, (name, (title, most, about)) in zip(columns, _NUMBERS.items(), strict=True)
    }
