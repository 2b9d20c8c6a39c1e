"""Progress in a large project against a small one: `python -m tests.bench progress-size`.

Small: 1,000 claims with 3,000 reviews by 40 people. Large: 100,000 with 300,000. What is measured
in Chromium is the time from asking for the page to the last of its tables, a median over several
visits; the goal of the ratio is `GOAL`. The server's own work, all figures read, is printed too.
"""

import argparse
import json
import os
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, insert
from sqlmodel import func, select

from db.engine import open_engine, reading, transaction
from db.models import Claim, Project, Resolution, Review, User, utc_now
from db.queries import projects, tallies
from tests.bench.size import milliseconds, running, visits
from tests.browser.conftest import FLAGS
from tests.browsers import ensure_chromium
from tests.crowd import PORTION, populate
from workbench.settings import sqlite_url
from workbench.workflow.opening import default_project, open_workbench
from workbench.workflow.overseeing import oversee

N_SMALL, N_LARGE, N_PEOPLE, N_REVIEWS = 1_000, 100_000, 40, 3
N_READS = 9
GOAL = 2.0
LAST = '[aria-label="Sources by site"], [aria-label="Articles"] tbody tr'
Figures = dict[str, float]


def main(arguments: list[str]) -> int:
    """Print the ratios, and write them as JSON where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench progress-size")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--claims", type=int, default=N_LARGE, help="how many the large one has")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        small = figures(browser, Path(folder) / "small.sqlite3", N_SMALL)
        large = figures(browser, Path(folder) / "large.sqlite3", given.claims)
        browser.close()
    print(f"load {os.getloadavg()[0]:.1f}; {given.claims:,} claims against {N_SMALL:,}")
    print(f"{'':<26}{'small ms':>10}{'large ms':>10}{'ratio':>8}{'goal':>8}")
    for name, ms in large.items():
        goal = f"{GOAL:.1f}" if name.startswith("page") else ""
        print(f"{name:<26}{small[name]:>10.1f}{ms:>10.1f}{ms / small[name]:>8.2f}{goal:>8}")
    if given.json:
        given.json.write_text(json.dumps({"small": small, "large": large}, indent=2) + "\n")
    return 0


def figures(browser: Browser, database: Path, n_claims: int) -> Figures:
    """Medians in milliseconds by what was done."""
    engine = open_engine(sqlite_url(database))
    open_workbench(engine, sample=False)
    populate(engine, n_claims=n_claims)
    judge(engine)
    measured = {"count all of it once": milliseconds(lambda: count(engine))}
    with reading(engine) as session:
        project_id = default_project(session).id or 0
    measured["all figures"] = statistics.median(
        milliseconds(lambda: read(engine, project_id)) for _ in range(N_READS)
    )
    engine.dispose()
    with running(database) as server:
        address = f"{server.url}/progress"
        measured["page in Chromium"] = statistics.median(visits(browser, address, LAST))
    return measured


def count(engine: Engine) -> None:
    """What the worker does after a large import."""
    with transaction(engine) as session:
        tallies.rebuild(session)


def read(engine: Engine, project_id: int) -> None:
    """What the server does for a page."""
    with reading(engine) as session:
        oversee(session, project_id=project_id, user_id=None)


def judge(engine: Engine) -> None:
    """Three people have judged every claim, over half a year; most claims are resolved."""
    with transaction(engine) as session:
        project = session.get_one(Project, default_project(session).id)
        project.blind, project.overlap = False, N_REVIEWS
        labels = [row.id for row in projects.labels(session, project_id=project.id or 0)]
        people = [User(name=f"p{n}", display_name=f"Person {n}") for n in range(N_PEOPLE)]
        session.add_all(people)
        session.flush()
        ids, now = list(session.exec(select(Claim.id).order_by(Claim.id))), utc_now()
        rows = [
            {
                "claim_id": id,
                "user_id": people[(id * N_REVIEWS + n) % N_PEOPLE].id,
                "label_id": labels[(id + (n if id % 5 == 0 else 0)) % len(labels)],
                "status": "submitted",
                "active_seconds": float(id % 240),
                "submitted_at": now - timedelta(minutes=(id * 37 + n * 811) % 260_000),
            }
            for id in ids
            for n in range(N_REVIEWS)
        ]
        resolved = [
            {"claim_id": id, "label_id": labels[id % len(labels)], "how": "unanimous"}
            for id in ids
            if id % 5
        ]
        for table, values in ((Review, rows), (Resolution, resolved)):
            for at in range(0, len(values), PORTION):
                session.execute(insert(table), values[at : at + PORTION])
        n = session.exec(select(func.count()).select_from(Review)).one()
        print(f"{len(ids):,} claims, {n:,} reviews", flush=True)
