"""How each reviewer judges what can be compared, for leads: training, hidden gold, repeats."""

from functools import partial

import streamlit as st

from db.models import Label
from db.queries import projects
from db.queries.search import ClaimFilter
from workbench.ui import feedback, state, who
from workbench.ui.components.cells import Cell, cells, csv_button, number
from workbench.ui.components.empty import nothing
from workbench.ui.components.press import press
from workbench.ui.database import reading, writing
from workbench.workflow import gauging, schooling
from workbench.workflow.gauging import Compared, Result

TITLES = {
    "training": ("Training", "known", "given"),
    "hidden": ("Hidden gold", "known", "given"),
    "repeat": ("Repeats", "first", "second"),
}
_COLUMNS = ("Reviewer", "Training", "Passed", "Hidden gold", "Found", "Repeats", "Same again")
_PERSON = "results-person"


def reviewer_results(me: who.Present) -> None:
    """Draw everybody's results, who waits to be let through, and one person's confusion."""
    with reading() as session:
        found = gauging.results(session, project_id=me.project_id, user_id=me.user_id)
        labels = projects.labels(session, project_id=me.project_id)
    if not found:
        nothing(
            "Nothing to compare yet",
            "Mark claims of known verdict on Claims, and ask for a training round, hidden gold or "
            "repeats in the project settings.",
        )
        return
    _everybody(found)
    _waiting(me, found)
    _one(found, labels)


def _everybody(found: list[Result]) -> None:
    rows: list[list[Cell]] = [_row(result) for result in found]
    cells("results", "Results of each reviewer", _COLUMNS, rows, full=True)
    st.caption(
        "Training: verdicts that are the known ones. Found: the same of hidden gold, which "
        "reviewers take for claims like any other. Same again: verdicts that a reviewer gave alike "
        "to a claim that came once more; a number of few claims says little."
    )
    csv_button("Results as CSV", "results.csv", [_plain(one) for one in found], key="results-csv")


def _row(result: Result) -> list[Cell]:
    name = {"text": result.user.display_name or result.user.name, "words": True}
    training, hidden, repeat = (result.of[kind] for kind in gauging.KINDS)
    return [
        name,
        number(_of(training), _behind("training", result, training)),
        _passed(result),
        number(f"{hidden.n:,}", _behind("hidden", result, hidden)),
        number(_share(hidden), _behind("hidden", result, hidden)),
        number(f"{repeat.n:,}", _behind("repeat", result, repeat)),
        number(_share(repeat), _behind("repeat", result, repeat)),
    ]


def _behind(kind: str, result: Result, of: Compared) -> ClaimFilter | None:
    return gauging.behind(kind, result.user) if of.n else None


def _of(of: Compared) -> str:
    return f"{of.n_same:,} of {of.n:,} right" if of.n else "–"


def _share(of: Compared) -> str:
    return "–" if of.share is None else f"{of.share:.0%}"


def _passed(result: Result) -> str:
    standing = result.standing
    if standing is None:
        return "–"
    if standing.let_through:
        return "let through"
    return "yes" if standing.passed else f"no, {standing.n_judged} of {standing.n_asked} judged"


def _plain(result: Result) -> dict[str, object]:
    row: dict[str, object] = {"reviewer": result.user.name, "passed": _passed(result)}
    for kind in gauging.KINDS:
        of = result.of[kind]
        row |= {f"{kind}_n": of.n, f"{kind}_same": of.n_same, f"{kind}_share": of.share}
    return row


def _waiting(me: who.Present, found: list[Result]) -> None:
    for result in found:
        standing, version = result.standing, result.member_version
        if standing is None or standing.passed or version is None:
            continue
        words, act = st.columns([4, 1], vertical_alignment="center")
        name = feedback.literal(result.user.display_name or result.user.name)
        stuck = "" if standing.n_left else " and has no training claim left"
        words.markdown(f"**{name}** has not passed the training{stuck}.")
        with act:
            key = f"let-{result.user.id}-{version}"
            press("Let through", partial(_let, me, result, version), key=key)


def _let(me: who.Present, result: Result, version: int) -> None:
    with feedback.later():
        with writing() as session:
            schooling.let_through(
                session,
                project_id=me.project_id,
                user_id=result.user.id or 0,
                by=me.user_id,
                version=version,
            )
        state.report("success", f"{result.user.name} gets claims of the work from now on.")


def _one(found: list[Result], labels: list[Label]) -> None:
    judged = {one.user.name: one for one in found if any(of.n for of in one.of.values())}
    if not judged:
        return
    st.subheader("Which verdict for which", anchor=False)
    picked = st.selectbox(
        "Reviewer",
        list(judged),
        format_func=lambda name: judged[name].user.display_name or name,
        key=_PERSON,
        width=320,
    )
    for kind in gauging.KINDS:
        if judged[picked].of[kind].n:
            _confusion(kind, judged[picked], labels)


def _confusion(kind: str, result: Result, labels: list[Label]) -> None:
    title, one, other = TITLES[kind]
    of = result.of[kind]
    st.markdown(f"**{title}**")
    most = max(of.cross.values())
    rows: list[list[Cell]] = [
        [
            row.title,
            *(_cell(kind, result, row, column, most=most) for column in labels),
        ]
        for row in labels
    ]
    cells(f"cross-{kind}", f"{title}: {one} by {other}", ["", *(x.title for x in labels)], rows)
    st.caption(f"Rows: the {one} verdict. Columns: the {other} one.")
    if kind == "repeat" and of.n_same < of.n:
        changed = number(f"{of.n - of.n_same:,}", gauging.behind("changed", result.user))
        cells("changed", "Repeats with another verdict", ["", "Claims"], [["Changed", changed]])


def _cell(kind: str, result: Result, row: Label, column: Label, *, most: int) -> Cell:
    n = result.of[kind].cross.get((row.id or 0, column.id or 0), 0)
    wanted = gauging.behind(kind, result.user, row, column) if n else None
    return number(f"{n:,}", wanted, shade=n / most)
