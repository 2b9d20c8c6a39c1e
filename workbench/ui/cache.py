"""Every `st.cache_*`: thin wrappers of plain functions."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from db.engine import open_engine, reading
from db.queries import agreement
from db.queries.search import Viewer
from workbench.settings import from_environment
from workbench.workflow import comparing, estimating

LARGEST = 50
LARGEST_PAIRS = 190


def engine() -> Engine:
    """The one engine of this process on the database that the settings name."""
    return _engine(from_environment().database_url)


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Engine:
    return open_engine(url)


@dataclass(frozen=True, slots=True)
class Seen:
    """What figures of agreement depend on: the database, whose sight it is, the last change."""

    database: str
    project_id: int
    user_id: int
    sees_all: bool
    blind: bool
    change: int


def seen(viewer: Viewer, *, blind: bool) -> Seen:
    """The project as this person sees it now: with the next change that counts, it is another."""
    with reading(engine()) as session:
        change = agreement.last_change(session, project_id=viewer.project_id)
    who = (viewer.project_id, viewer.user_id, viewer.sees_all)
    return Seen(from_environment().database_url, *who, blind, change)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Seen: repr})
def report(seen: Seen, stage: str) -> comparing.Report:
    """The agreement at a stage."""
    with reading(engine()) as session:
        return comparing.compare(
            session, project_id=seen.project_id, user_id=seen.user_id, stage=stage
        )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Seen: repr})
def slices(seen: Seen, stage: str, by: str, measure: str) -> list[comparing.Group]:
    """The largest slices of a stage, with the percentage and one coefficient."""
    with reading(engine()) as session:
        return comparing.slices(
            session,
            project_id=seen.project_id,
            user_id=seen.user_id,
            stage=stage,
            by=by,
            names=("percent", measure),
            limit=LARGEST_PAIRS if by == "pair" else LARGEST,
        )


@st.cache_data(max_entries=4, show_spinner=False, hash_funcs={Seen: repr})
def estimate(seen: Seen) -> estimating.Estimate:
    """The probable verdicts."""
    with reading(engine()) as session:
        return estimating.estimate(session, project_id=seen.project_id, user_id=seen.user_id)
