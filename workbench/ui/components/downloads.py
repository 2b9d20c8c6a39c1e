"""Files to take away: what is in them, and one button a format, which builds its file."""

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import reading
from db.models import Project
from exports.base import Exporter, Group, Kind, exporters
from workbench.errors import InputError
from workbench.settings import DATABASE_VARIABLE
from workbench.ui import cache, feedback, who
from workbench.workflow.permitting import require
from workbench.workflow.previewing import Preview
from workbench.workflow.problems import database_problems
from workbench.workflow.publishing import export

RAW = (
    "Raw cells, for programs: without the apostrophe that keeps a spreadsheet from running a text "
    "that begins like a formula"
)


def selection(preview: Preview, *, n_retired: int) -> None:
    """What every file below takes from the project, and what it does not."""
    without = preview.n_claims - preview.n_with_verdict
    claims = "1 claim" if preview.n_claims == 1 else f"{preview.n_claims:,} claims"
    st.markdown(
        f"**{claims}** in the selection: **{preview.n_with_verdict:,}** with a verdict "
        f"({preview.n_resolved:,} resolved), **{without:,}** without. "
        "Drafts are nobody's verdict yet and stay here."
    )
    if n_retired:
        st.caption(f"Left out: {n_retired:,} retired, because merged, split or replaced.")
    if preview.losses is None:
        st.caption("`workbench export` also lists what a format cannot hold: too much to try here.")


def of_group(group: Group) -> list[Exporter]:
    """The formats of one group, the one that holds everything first, then by title."""
    known = [one for one in exporters().values() if one.group == group]
    return sorted(known, key=lambda one: (one.name != "jsonl", one.title.lower()))


def download(
    exporter: Exporter, me: who.Present, *, project: str, on: date, losses: Mapping[Kind, int]
) -> None:
    """One format: what it is, what it cannot hold, and its button."""
    with st.container(border=True):
        words, action = st.columns([7, 2], vertical_alignment="center")
        with words:
            title, about = feedback.literal(exporter.title), feedback.literal(exporter.description)
            st.markdown(f"**{title}** · {about}.")
            for (befell, reason), n in losses.items():
                claims = "1 claim" if n == 1 else f"{n:,} claims"
                st.caption(feedback.literal(f"{claims} {befell}: {reason}."))
            raw = exporter.suffix == ".csv" and st.checkbox(RAW, key=f"raw-{exporter.name}")
        with action:
            st.download_button(
                f"Download {short_title(exporter)}",
                builder(cache.engine(), exporter, me, raw=raw),
                file_name=file_name(project, on, exporter.suffix),
                mime="application/octet-stream",
                key=f"download-{exporter.name}",
                on_click="ignore",
                type="primary",
                width="stretch",
            )


def short_title(exporter: Exporter) -> str:
    """What the button calls the format: its title, and JSONL for JSON Lines, as its files end."""
    return "JSONL" if exporter.name == "jsonl" else exporter.title


def file_name(project: str, on: date, suffix: str) -> str:
    """A name that every file system takes.

    >>> file_name("Été: rates/2026", date(2026, 1, 15), ".csv")
    'Ete-rates-2026-20260115.csv'
    >>> file_name("事实", date(2026, 1, 15), ".csv")
    'project-20260115.csv'
    """
    plain = unicodedata.normalize("NFKD", project).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60] or "project"
    return f"{name}-{on:%Y%m%d}{suffix}"


def builder(
    engine: Engine, exporter: Exporter, me: who.Present, *, raw: bool
) -> Callable[[], bytes]:
    """The export's bytes at the moment of the click, if it is still allowed then."""

    def write(session: Session, path: Path) -> None:
        require(session, project_id=me.project_id, user_id=me.user_id, activity="export")
        if exporter.heavy:
            name = session.get_one(Project, me.project_id).name
            _in_a_process_of_its_own(engine, exporter, name, path)
        else:
            export(
                session,
                project_id=me.project_id,
                user_id=me.user_id,
                format=exporter.name,
                path=path,
                raw=raw,
            )

    return at_click(engine, write)


def at_click(engine: Engine, write: Callable[[Session, Path], None]) -> Callable[[], bytes]:
    """The bytes of the file that `write` makes, at the moment of the click, outside of the page."""

    def build() -> bytes:
        with TemporaryDirectory() as folder, database_problems(), reading(engine) as session:
            path = Path(folder) / "file"
            write(session, path)
            return path.read_bytes()

    return build


def _in_a_process_of_its_own(engine: Engine, exporter: Exporter, project: str, path: Path) -> None:
    """The same as `workbench export`: what it loads is gone when it ends."""
    words = [sys.executable, "-m", "workbench.cli", "export", "--allow-loss"]
    words += ["--format", exporter.name, "--out", str(path), "--project", project]
    database = engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, DATABASE_VARIABLE: database}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(f"The file could not be made: {done.stderr.strip()[-300:]}")
