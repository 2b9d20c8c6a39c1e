"""How the project works: each part of the settings draws and saves its own fields."""

from collections.abc import Callable

import streamlit as st

from db.models import Project
from workbench.reviewing.adjudication import RESOLVE_BY
from workbench.ui import feedback, state, who
from workbench.ui.components.adjudication_settings import adjudication_settings
from workbench.ui.components.assignment_rules import assignment_rules
from workbench.ui.components.press import press
from workbench.ui.components.queue_settings import queue_settings
from workbench.ui.components.training_settings import training_settings
from workbench.ui.components.workflow_settings import in_words, workflow_settings
from workbench.ui.database import reading, writing
from workbench.workflow.permitting import may
from workbench.workflow.project_settings import change_settings

MAX_OVERLAP = 20
_OVERLAP, _BLIND, _VIEWERS = "setting-overlap", "setting-blind", "setting-viewers"
Part = Callable[[who.Present, Project], None]


def project_settings(me: who.Present) -> None:
    """Draw all parts, for a lead to change; others read how it is."""
    with reading() as session:
        project = session.get_one(Project, me.project_id)
        asked = {"project_id": me.project_id, "user_id": me.user_id}
        changes = may(session, **asked, activity="project.changed")
    if not changes:
        _read(project)
        return
    for title, part in PARTS.items():
        st.subheader(title, anchor=False)
        part(me, project)


def _read(project: Project) -> None:
    st.markdown(
        f"- Reviews wanted for each claim: **{project.overlap}**\n"
        f"- Blind: **{'yes' if project.blind else 'no'}**\n"
        f"- Viewers see claims: **{'yes' if project.viewers_see_claims else 'no'}**\n"
        f"- Final without a lead: **{RESOLVE_BY[project.resolve_by]}**\n"
        f"- Order of the work on a claim: **{in_words(project)}**"
    )
    st.caption("A lead changes these.")


def reviews_and_sight(me: who.Present, project: Project) -> None:
    """How many reviews a claim gets, and who sees what of them."""
    when = f"{project.id}:{project.version}"
    for key, value in (
        (_OVERLAP, project.overlap),
        (_BLIND, project.blind),
        (_VIEWERS, project.viewers_see_claims),
    ):
        state.fill_widget(key, value, when=when)
    st.number_input(
        "Reviews wanted for each claim (overlap)", 1, MAX_OVERLAP, key=_OVERLAP, width=320
    )
    st.checkbox("Blind: nobody sees another's verdict before giving an own one", key=_BLIND)
    st.checkbox("Viewers see claims, not the progress alone", key=_VIEWERS)

    def save() -> None:
        with feedback.later():
            with writing() as session:
                change_settings(
                    session,
                    project_id=me.project_id,
                    user_id=me.user_id,
                    version=project.version,
                    overlap=int(state.widget(_OVERLAP)),
                    blind=bool(state.widget(_BLIND)),
                    viewers_see_claims=bool(state.widget(_VIEWERS)),
                )
            state.report("success", "The settings are saved.")

    press("Save settings", save, key=f"save-settings-{when}", type="primary")


PARTS: dict[str, Part] = {
    "Reviews and sight": reviews_and_sight,
    "The queue": queue_settings,
    "Training and checks": training_settings,
    "Claims that go to people by rule": assignment_rules,
    "Final verdicts": adjudication_settings,
    "Phases of the work": workflow_settings,
}
"""Title to the function that draws the part and saves its fields, in the order of the page. The
settings of other areas of the work are added here, each from a component of its own."""
