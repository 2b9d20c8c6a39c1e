"""Claims: an article with its claims marked in place, and the one that is open beside it."""

from typing import Any

import streamlit as st

from db.models import Article, Claim
from db.queries import articles, claims
from db.queries.articles import ArticleLine
from workbench.ui import feedback, state, who
from workbench.ui.components.claim_editor import claim_editor
from workbench.ui.components.claim_table import claim_table
from workbench.ui.components.empty import no_article
from workbench.ui.components.picker import asked, picker
from workbench.ui.database import reading, writing
from workbench.workflow import claimwork


def render() -> None:
    """Draw the page."""
    with feedback.here():
        me = who.present()
        with reading() as session:
            lines = articles.in_project(session, project_id=me.project_id)
        if not lines:
            no_article()
            return
        line = _article_picker(lines)
        with reading() as session:
            article = session.get_one(Article, line.id)
            shown = claims.in_article(session, article_id=line.id)
            current = _current(shown)
            parents = claims.parents(session, claim_id=current.id or 0) if current else []
        left, right = st.columns(2, gap="medium")
        with left:
            missed = picker(article, shown, current, on_act=_act)
        with right, st.container(height="stretch", border=False):
            if current:
                others = [claim for claim in shown if claim.id != current.id]
                claim_editor(me, current, others, parents)
            claim_table(line, shown)
        if missed and _carry_out(missed):
            st.rerun()


def _article_picker(lines: list[ArticleLine]) -> ArticleLine:
    by_id = {line.id: line for line in lines}
    wanted = state.article_in_url()
    index = list(by_id).index(wanted) if wanted in by_id else len(lines) - 1
    chosen = st.selectbox(
        "Article",
        list(by_id),
        index=index,
        format_func=lambda id: f"{by_id[id].title} ({by_id[id].n_claims} claims)",
        label_visibility="collapsed",
        key=f"article-of-claims-{wanted}",
    )
    if chosen != wanted:
        state.set_url(article=chosen)
    return by_id[chosen]


def _current(shown: list[Claim]) -> Claim | None:
    wanted = state.claim_in_url()
    return next((claim for claim in shown if claim.id == wanted), shown[0] if shown else None)


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
            claim_id = claimwork.carry_out(session, me.project_id, me.user_id, action)
        state.set_url(article=action["article_id"], claim=claim_id)
    return True


render()
