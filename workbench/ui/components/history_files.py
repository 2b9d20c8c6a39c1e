"""The history that is found, as files: each is written from the database at the click."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from db.queries.history import EventFilter
from workbench.ui import cache, who
from workbench.ui.components.downloads import at_click, file_name
from workbench.workflow.permitting import sight
from workbench.workflow.tracing import WRITERS, lines


def history_files(me: who.Present, project: str, wanted: EventFilter) -> None:
    """One button a format."""
    for suffix in WRITERS:
        st.download_button(
            f"Download {suffix.upper()}",
            builder(cache.engine(), me, wanted, suffix),
            file_name=file_name(f"{project} history", datetime.now(UTC).date(), f".{suffix}"),
            mime="application/octet-stream",
            key=f"history-{suffix}",
            on_click="ignore",
        )


def builder(
    engine: Engine, me: who.Present, wanted: EventFilter, suffix: str
) -> Callable[[], bytes]:
    """The history's bytes at the moment of the click."""

    def write(session: Session, path: Path) -> None:
        viewer = sight(
            session, project_id=me.project_id, user_id=me.user_id, activity="see history"
        )
        WRITERS[suffix](lines(session, viewer, wanted), path)

    return at_click(engine, write)
