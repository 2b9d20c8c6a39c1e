"""The project's articles: how far each is split, and the way to its claims."""

from datetime import timedelta

import streamlit as st

from db.models import utc_now
from db.queries import articles, jobs, progress
from db.queries.articles import ArticleLine
from db.queries.jobs import OPEN_STATES
from db.queries.waiting import nobody_works_since
from workbench.ui import feedback, state, who
from workbench.ui.components.empty import nothing
from workbench.ui.components.missing import what_is_missing
from workbench.ui.database import reading, writing
from workbench.workflow.jobs import split_again

LINES_A_PAGE = 50
PATIENCE = timedelta(seconds=15)
COLUMNS = [5, 3, 2]


def board(me: who.Present, *, keep: bool) -> None:
    """Draw the article that the address names, and the list; follows open jobs by itself.

    With `keep`, the rest of the page is left as it is when the last job ends: it says something.
    """
    with reading() as session:
        busy = jobs.any_open(session, project_id=me.project_id, kind="split")
    st.fragment(_draw, run_every=1.0 if busy else None)(me, busy=busy, keep=keep)


def _draw(me: who.Present, *, busy: bool, keep: bool) -> None:
    with feedback.here():
        with reading() as session:
            named = state.article_in_url()
            latest = named and articles.line(session, article_id=named)
            since = nobody_works_since(session, project_id=me.project_id)
            still = jobs.any_open(session, project_id=me.project_id, kind="split")
        if latest:
            _latest(me, latest)
        if since is not None and utc_now() - since > PATIENCE:
            st.warning(
                "No worker is running, so nothing is being split. `workbench serve` starts one; "
                "on a server of its own, run `workbench worker`."
            )
        _list(me)
        if busy and not keep and not still:
            st.rerun()


def _latest(me: who.Present, line: ArticleLine) -> None:
    """The article that was just added, from waiting to its claims."""
    with st.container(border=True, key="intake-latest"):
        st.text(line.title)
        if line.job_state in OPEN_STATES:
            st.progress(_share(line), text=_state_of(line))
        elif line.job_state is not None:
            st.error(feedback.literal(line.job_error or "Splitting was cancelled."))
            _split_again(me, line, "latest")
        else:
            with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                st.markdown(f"{_n_claims(line.n_claims)} found", width="content")
                _claims_link(line, "Go to its claims")
                if line.n_claims:
                    st.page_link("ui/pages/review.py", label="Start reviewing")
            what_is_missing(line)


def _list(me: who.Present) -> None:
    with reading() as session:
        n = progress.n_articles(session, project_id=me.project_id)
        n_pages = max(1, -(-n // LINES_A_PAGE))
        heading, pages = st.container(), st.container()
        page = 1
        if n_pages > 1:
            page = pages.pagination(n_pages, key=f"intake-page-{n_pages}")
        lines = articles.in_project(
            session,
            project_id=me.project_id,
            limit=LINES_A_PAGE,
            offset=(page - 1) * LINES_A_PAGE,
        )
    if not n:
        nothing("No article yet", "Paste a text, upload files, or begin with one of the samples.")
        return
    heading.subheader("1 article" if n == 1 else f"{n:,} articles", anchor=False)
    with st.container(key="intake-articles", gap=None):
        for line in lines:
            _line(me, line)


def _line(me: who.Present, line: ArticleLine) -> None:
    title, about, state_of = st.columns(COLUMNS, vertical_alignment="center")
    with title:
        _claims_link(line, line.title)
    facts = (line.outlet, str(line.published_on or ""))
    about.text(" · ".join(fact for fact in facts if fact) or "–")
    with state_of:
        if line.job_state in OPEN_STATES or line.job_state is None:
            st.text(_state_of(line))
            what_is_missing(line)
        else:
            _split_again(me, line, "line")


def _state_of(line: ArticleLine) -> str:
    if line.job_state == "queued":
        return "Waiting to be split"
    if line.job_state == "running":
        return f"Splitting, {_share(line):.0%}"
    return _n_claims(line.n_claims)


def _share(line: ArticleLine) -> float:
    return min(1.0, line.job_done / line.job_total) if line.job_total else 0.0


def _n_claims(n: int) -> str:
    return "1 claim" if n == 1 else f"{n:,} claims"


def _claims_link(line: ArticleLine, label: str) -> None:
    st.page_link(
        "ui/pages/claims.py",
        label=feedback.literal(label),
        query_params={"article": str(line.id)},
    )


def _split_again(me: who.Present, line: ArticleLine, place: str) -> None:
    reason = line.job_error or "Splitting was cancelled."
    pressed = st.button(
        "Split again", key=f"again-{place}-{line.id}-{line.job_id}", help=feedback.literal(reason)
    )
    if pressed:
        with writing() as session:
            split_again(session, article_id=line.id, user_id=me.user_id)
        st.rerun()
