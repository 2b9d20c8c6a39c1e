"""The queue of contested claims, much against little: `python -m tests.bench adjudication`.

Small: 200 contested claims. Large: 20,000. Each has two reviews. A figure is the median of what the
page reads from the database when it is opened: the queue, its counts, and the first claim.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlmodel import select

from db.engine import open_engine, reading, transaction
from db.models import Claim, Review, utc_now
from db.queries import adjudication, projects, users
from db.queries.search import EVERYTHING
from tests.crowd import populate
from tests.factories import owner, user
from workbench.settings import sqlite_url
from workbench.ui.components.adjudicator_data import adjudicator_data
from workbench.workflow.opening import default_project, open_workbench

N_SMALL, N_LARGE = 200, 20_000
N_VISITS = 7
Figures = dict[str, float]


def main(arguments: list[str]) -> int:
    """Print each part of opening the page, small and large in milliseconds, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench adjudication", description=__doc__)
    parser.add_argument("--claims", type=int, default=N_LARGE, help="how many the large one has")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        small = figures(Path(folder) / "small.sqlite3", N_SMALL)
        large = figures(Path(folder) / "large.sqlite3", given.claims)
    print(f"{'':<12}{N_SMALL:>10,}{given.claims:>10,}{'ratio':>8}")
    for name, n in small.items():
        print(f"{name:<12}{n:>7.1f} ms{large[name]:>7.1f} ms{large[name] / n:>8.1f}")
    print(f"load {os.getloadavg()[0]:.1f}")
    return 0


def figures(path: Path, n_claims: int) -> Figures:
    """The medians of one project, in milliseconds."""
    engine = open_engine(sqlite_url(path))
    open_workbench(engine, sample=False)
    populate(engine, n_claims=n_claims)
    _dispute(engine)
    visits = [_visit(engine) for _ in range(N_VISITS)]
    engine.dispose()
    return {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}


def _dispute(engine: Engine) -> None:
    """Two people judge every claim, and never alike."""
    with transaction(engine) as session:
        project = default_project(session)
        project.overlap = 2
        labels = projects.labels(session, project_id=project.id or 0)
        ids = session.exec(select(Claim.id).where(Claim.project_id == project.id)).all()
        for name, label in zip(("ann", "bob"), labels, strict=False):
            by = users.by_name(session, name=name) or user(session, name=name)
            rows = [
                {"claim_id": id, "user_id": by.id, "label_id": label.id, "status": "submitted",
                 "submitted_at": utc_now()}
                for id in ids
            ]  # fmt: skip
            session.connection().execute(insert(Review), rows)


def _visit(engine: Engine) -> Figures:
    taken: Figures = {}
    with reading(engine) as session:
        viewer = owner(default_project(session).id)
        began = last = time.perf_counter()
        ids = adjudication.queue(session, viewer, EVERYTHING, "contested")
        taken["queue"], last = _since(last)
        adjudication.n_shown(session, viewer, EVERYTHING)
        taken["counts"], last = _since(last)
        adjudication.against(session, viewer)
        taken["pairs"], last = _since(last)
        adjudicator_data(session, viewer, session.get_one(Claim, ids[0]))
        taken["claim"], last = _since(last)
        taken["all"] = (last - began) * 1_000
    return taken


def _since(last: float) -> tuple[float, float]:
    now = time.perf_counter()
    return (now - last) * 1_000, now
