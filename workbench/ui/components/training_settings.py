"""Training before the work, and what is mixed into it to see how people judge."""

import streamlit as st

from db.models import Project
from db.queries import gold
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow.project_settings import change_settings

_SHARES = {
    "training_share": (
        "Share that must be right (%)",
        "Of the last training claims, as many as are asked for.",
    ),
    "gold_share": (
        "Hidden gold (% of claims)",
        "Of what a reviewer is given, also beyond the reviews that a claim wants. They are never "
        "told.",
    ),
    "repeat_share": (
        "Repeats (% of claims)",
        "Of what a reviewer is given: claims that they have judged, as a blank review that never "
        "replaces the first.",
    ),
}
"""Column of the project to its title and what it means."""


def training_settings(me: who.Present, project: Project) -> None:
    """Draw the settings, and store them on the version that was shown."""
    key = f"training-{project.id}-{project.version}"
    with reading() as session:
        marked = gold.n_marked(session, project_id=me.project_id)
    first, second = st.columns(2)
    with first:
        _number("Training claims, 0 for no training", 0, 500, project.training_claims, key, "n")
    with second:
        _share(project, "training_share", key)
    _warn(project, marked.get("training", 0))
    first, second, third = st.columns(3)
    with first:
        _share(project, "gold_share", key)
    with second:
        _share(project, "repeat_share", key)
    with third:
        _number("Repeats: claims in between", 1, 10_000, project.repeat_after, key, "back")
    st.caption(
        f"{_n(marked.get('training', 0))} for training and {_n(marked.get('hidden', 0))} hidden. "
        "Claims of known verdict are marked on Claims, below a claim's details, or by "
        "`workbench gold`."
    )
    press("Save training and checks", lambda: _save(me, project, key), type="primary", key=key)


def _number(title: str, least: int, most: int, value: int, key: str, name: str) -> None:
    st.number_input(title, least, most, value, key=f"{key}-{name}")


def _share(project: Project, name: str, key: str) -> None:
    title, about = _SHARES[name]
    percent = round(getattr(project, name) * 100, 1)
    st.number_input(title, 0.0, 100.0, percent, 1.0, "%g", key=f"{key}-{name}", help=about)


def _warn(project: Project, n_marked: int) -> None:
    if project.training_claims > n_marked:
        st.warning(
            f"The training asks for {project.training_claims:,}, and {_n(n_marked)} marked for it: "
            "so many make up the training until there are more."
        )


def _save(me: who.Present, project: Project, key: str) -> None:
    shares = {name: float(state.widget(f"{key}-{name}")) / 100 for name in _SHARES}
    with feedback.later(), writing() as session:
        change_settings(
            session,
            project_id=me.project_id,
            user_id=me.user_id,
            version=project.version,
            training_claims=int(state.widget(f"{key}-n")),
            repeat_after=int(state.widget(f"{key}-back")),
            **shares,
        )
        state.report("success", "Training and checks are saved.")


def _n(n: int) -> str:
    return "1 claim is" if n == 1 else f"{n:,} claims are"
