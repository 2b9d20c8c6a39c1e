"""The order of the work on a claim: which phases it goes through, and what is left open at the end.

Draws its own fields and saves them on the version of the project that was on the screen.
"""

from typing import Any

import streamlit as st

from db.models import Project
from workbench.reviewing.workflows import (
    AFTER,
    MAX_SECOND_VERDICTS,
    Options,
    Workflow,
    chosen,
    n_people,
    parse_options,
    phases_on,
    workflows,
)
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import writing
from workbench.workflow.replanning import set_workflow

_WORKFLOW = "setting-workflow"
_AFTER = {
    "lead": "It waits for a lead, who decides",
    "discard": "It is retired, for the reason “verdicts differ after dispute”",
}


def workflow_settings(me: who.Present, project: Project) -> None:
    """Draw the fields, for a lead to change."""
    when = f"{project.id}:{project.version}"
    state.fill_widget(_WORKFLOW, project.workflow, when=when)
    known = workflows()
    picked = known[
        st.radio(
            "Order of the work on a claim",
            list(known),
            key=_WORKFLOW,
            format_func=lambda key: known[key].title,
            captions=[each.about for each in known.values()],
        )
    ]
    if picked.phases:
        _phases(picked, parse_options(project.phases), when)

    def save() -> None:
        with feedback.later():
            with writing() as session:
                set_workflow(
                    session,
                    project_id=me.project_id,
                    user_id=me.user_id,
                    version=project.version,
                    workflow=picked.key,
                    options=_sent(picked),
                )
            state.report("success", "The order of the work is saved.")

    press("Save the order of the work", save, key=f"save-workflow-{when}", type="primary")


def _phases(workflow: Workflow, options: Options, when: str) -> None:
    for name, value in options.as_json().items():
        state.fill_widget(_key(name), value, when=when)
    st.markdown("Phases that can be left out")
    with st.container(horizontal=True, gap="medium"):
        for phase in workflow.phases:
            if phase.option:
                st.checkbox(phase.title, key=_key(phase.option), width="content")
    on = phases_on(workflow, parse_options(_sent(workflow)))
    st.markdown("\n".join(f"1. **{phase.title}**: {phase.told}" for phase in on))
    st.number_input(
        "Second verdicts on each claim", 1, MAX_SECOND_VERDICTS, key=_key("n_second"), width=320
    )
    st.radio(
        "A claim whose verdicts still differ",
        AFTER,
        key=_key("after"),
        format_func=_AFTER.__getitem__,
    )
    people = n_people(workflow, parse_options(_sent(workflow)))
    st.caption(
        f"A claim can need {people} people, all of them different. One person at a time works on "
        "it. What has a final verdict keeps it when you save."
    )


def _sent(workflow: Workflow) -> dict[str, Any]:
    """What the fields say; the project keeps nothing of a workflow without phases."""
    if not workflow.phases:
        return {}
    drawn = {name: state.widget(_key(name)) for name in Options.__slots__}
    return drawn | {"n_second": int(drawn["n_second"])}


def in_words(project: Project) -> str:
    """How it is, for those who cannot change it."""
    return chosen(project.workflow).title


def _key(name: str) -> str:
    return f"setting-phases-{name}"
