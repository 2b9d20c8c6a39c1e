"""Which claims go to whom by rule: the rules, a way to take each back, and fields for one more."""

from functools import partial

import streamlit as st

from db.models import AssignmentRule, Project, User
from db.queries import rules as stored
from db.queries import search
from db.queries.search import ClaimFilter
from workbench.ui import feedback, state, who
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import permitting, ruling


def assignment_rules(me: who.Present, project: Project) -> None:
    """Draw the rules of the project and fields for one more."""
    with reading() as session:
        held = stored.of_project(session, project_id=me.project_id)
        people = permitting.reviewers(session, project_id=me.project_id)
        viewer = permitting.viewer(session, project_id=me.project_id, user_id=me.user_id)
        known = {
            of: [value for value, _ in search.options(session, viewer, ClaimFilter(), of)]
            for of in ("outlet", "speaker")
        }
    st.caption(
        "Claims go to these people as articles are split. Nobody gets what they are recused from, "
        "wrote or have already, nor what has its reviews."
    )
    for rule, user in held:
        _rule(me, rule, user)
    if held:
        press("Apply to the claims there are", partial(_apply, me), key="rules-apply")
    _more(me, people, known, key=f"rule-{project.id}-{len(held)}")


def _rule(me: who.Present, rule: AssignmentRule, user: User) -> None:
    asked = {"outlet": rule.outlet, "speaker": rule.speaker, "language": rule.language}
    like = ", ".join(f"{name} {value}" for name, value in asked.items() if value)

    def take_back() -> None:
        with feedback.later(), writing() as session:
            ruling.retire_rule(
                session,
                project_id=me.project_id,
                rule_id=rule.id or 0,
                user_id=me.user_id,
                version=rule.version,
            )

    words, button = st.columns([4, 1], vertical_alignment="center")
    words.markdown(feedback.literal(f"{like} → {user.display_name or user.name}"))
    with button:
        press("Take back", take_back, key=f"rule-{rule.id}-take-back")


def _more(me: who.Present, people: list[User], known: dict[str, list[str]], *, key: str) -> None:
    names = {user.id or 0: user.display_name or user.name for user in people}
    outlet, speaker, language, to = st.columns(4)
    for column, name in ((outlet, "outlet"), (speaker, "speaker")):
        column.selectbox(
            f"Claims of {name}",
            known[name],
            None,
            key=f"{key}-{name}",
            placeholder="Any",
            accept_new_options=True,
        )
    language.text_input("In language", key=f"{key}-language", placeholder="Any, or en, de …")
    to.selectbox("Go to", list(names), None, names.__getitem__, key=f"{key}-to", placeholder="Who")

    def add() -> None:
        to_id = state.widget(f"{key}-to")
        if to_id is None:
            state.report("warning", "Choose who gets the claims.")
            return
        asked = {name: state.widget(f"{key}-{name}") or "" for name in (*known, "language")}
        with feedback.later(), writing() as session:
            ruling.add_rule(
                session, project_id=me.project_id, user_id=me.user_id, to_id=int(to_id), **asked
            )

    press("Add the rule", add, key=f"{key}-add")


def _apply(me: who.Present) -> None:
    with feedback.later():
        with writing() as session:
            n = ruling.apply(session, project_id=me.project_id, user_id=me.user_id)
        claims = "1 claim was" if n == 1 else f"{n:,} claims were"
        state.report("success", f"{claims} assigned by rule.")
