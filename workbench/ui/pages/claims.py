"""Claims: found by words and filters, worked on one by one in their article, or many at once."""

from typing import Any

import streamlit as st

from db.models import Article, Claim, User
from db.queries import articles, claims, progress, search
from db.queries.articles import ArticleLine
from db.queries.search import ClaimFilter, Hit, Viewer
from workbench.ui import feedback, state, who
from workbench.ui.components.bulk_bar import bulk_bar
from workbench.ui.components.claim_editor import claim_editor, claim_read, undo_bar
from workbench.ui.components.claim_filter import claim_filter, clear
from workbench.ui.components.claim_table import claim_table
from workbench.ui.components.claim_text import on_seen
from workbench.ui.components.empty import blind_to, no_article, nothing
from workbench.ui.components.missing import what_is_missing
from workbench.ui.components.picker import asked, picker
from workbench.ui.database import reading, writing
from workbench.workflow import claimwork, drawing, permitting
from workbench.workflow.addressing import pairs
from workbench.workflow.filtering import from_query, to_query
from workbench.workflow.keying import key_table

LINES_A_PAGE = 50


def render() -> None:
    """Draw the page."""
    with feedback.here():
        me = who.present("see claims")
        wanted = from_query(state.query())
        with reading() as session:
            viewer = permitting.viewer(session, project_id=me.project_id, user_id=me.user_id)
            if not progress.n_articles(session, project_id=me.project_id):
                no_article()
                return
            article, current = _opened(me, wanted)
        claim_filter(viewer, wanted)
        if article is None:
            _list(viewer, wanted, None)
        else:
            _in_article(me, viewer, wanted, article, current)


def _opened(me: who.Present, wanted: ClaimFilter) -> tuple[ArticleLine | None, Claim | None]:
    """The article that is open and the claim in it: those of the address, or none."""
    claim_id = state.claim_in_url()
    with reading() as session:
        claim = None
        if claim_id is not None:
            claim = drawing.claim_of_project(session, project_id=me.project_id, claim_id=claim_id)
        article_id = claim.article_id if claim else wanted.article_id
        return articles.line(session, article_id=article_id) if article_id else None, claim


def _in_article(
    me: who.Present, viewer: Viewer, wanted: ClaimFilter, line: ArticleLine, current: Claim | None
) -> None:
    with reading() as session:
        article = session.get_one(Article, line.id)
        shown = claims.in_article(session, article_id=line.id)
        current = current or (shown[0] if shown else None)
        keys = key_table(session.get_one(User, me.user_id))
    left, right = st.columns(2, gap="medium")
    with left:
        missed = picker(article, shown, current, keys=keys, on_act=_act)
    with right, st.container(height="stretch", border=False):
        edits = _may(me, "claim.rewritten")
        if edits:
            undo_bar(me)
        what_is_missing(line)
        if current and edits:
            others = [claim for claim in shown if claim.id != current.id]
            claim_editor(me, current, others)
        elif current:
            claim_read(me, current)
        _list(viewer, wanted, current, line)
    if missed and _carry_out(missed):
        st.rerun()


def _list(
    viewer: Viewer, wanted: ClaimFilter, current: Claim | None, line: ArticleLine | None = None
) -> None:
    """The claims found, a page of them, and what can be done with them all."""
    with reading() as session:
        n_found = search.n_found(session, viewer, wanted)
        n_pages = max(1, -(-n_found // LINES_A_PAGE))
        page = min(state.page_in_url(), n_pages)
        offset = (page - 1) * LINES_A_PAGE
        hits = search.page(session, viewer, wanted, limit=LINES_A_PAGE, offset=offset)
        n_all = search.n_found(session, viewer, ClaimFilter())
    _found(viewer, wanted, n_found, n_all)
    if not hits:
        _why_empty(wanted, line)
        return
    _table(viewer, wanted, hits, n_found, current, narrow=line is not None)
    if n_pages > 1:
        _pages(wanted, page, n_pages)


def _table(
    viewer: Viewer,
    wanted: ClaimFilter,
    hits: list[Hit],
    n_found: int,
    current: Claim | None,
    *,
    narrow: bool,
) -> None:
    above = st.container()
    query, current_id = to_query(wanted), current.id if current else None
    claim_table(hits, query, current_id, on_open=state.show_claim, narrow=narrow)
    if _may(viewer, "change many claims"):
        with above:
            bulk_bar(viewer, wanted, [hit.id for hit in hits], n_found)


def _may(me: who.Present | Viewer, activity: str) -> bool:
    asked = {"project_id": me.project_id, "user_id": me.user_id}
    with reading() as session:
        return permitting.may(session, **asked, activity=activity)


def _found(viewer: Viewer, wanted: ClaimFilter, n_found: int, n_all: int) -> None:
    claims_ = "1 claim" if n_all == 1 else f"{n_all:,} claims"
    said = claims_ if wanted == ClaimFilter() else f"{n_found:,} of {claims_}"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.markdown(f"**{said}**", width="content")
        if n_found and _may(viewer, "review"):
            st.page_link(
                "ui/pages/review.py", label="Review these", query_params=pairs(to_query(wanted))
            )


def _pages(wanted: ClaimFilter, page: int, n_pages: int) -> None:
    key = "claims-page"
    state.fill_widget(key, page, when=f"{page} of {n_pages} {to_query(wanted)}")

    def turn() -> None:
        state.set_query(to_query(wanted) | {"p": [str(state.widget(key, 1))]})

    st.pagination(n_pages, key=key, on_change=turn)


def _why_empty(wanted: ClaimFilter, line: ArticleLine | None) -> None:
    if line is None or wanted != ClaimFilter(article_id=line.id):
        nothing("No claim is like that", "Ask for less, or for something else.")
        blind_to(who.present(), wanted)
        st.button("Clear filters", on_click=clear, key="clear-all-filters", type="primary")
    elif line.job_state in ("queued", "running"):
        st.write("The article is being split into claims. Reload the page in a moment.")
    elif line.job_state == "failed":
        st.write("The article could not be split. Select words in it to make claims by hand.")
    else:
        st.write("No claim was found in this article. Select words in it to make one.")


def _act() -> None:
    action = asked()
    if action:
        _carry_out(action)


def _carry_out(action: dict[str, Any]) -> bool:
    """Do what was asked for in the article, once; returns whether it was still to be done."""
    if not state.first_time(action["op_id"]):
        return False
    me = who.present()
    with feedback.later():
        with writing() as session:
            claim_id = claimwork.carry_out(session, me.project_id, me.user_id, on_seen(action))
        state.show_claim(claim_id)
    return True


render()
