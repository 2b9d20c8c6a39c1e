"""The desk and the pages in a large project against a small one: `python -m tests.bench desk-size`.

Small: 200 claims. Large: 100,000 claims and an article of 20,000 words with 400 of them. In both
half of the claims are reviewed. Each figure is a median in Chromium, each ratio the large project's
against the small one's; the goal of opening, saving and moving on is `GOAL`.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import func, select

from db.engine import open_engine, reading
from db.models import Claim
from tests.bench.saving import judge, measure
from tests.browser.conftest import FLAGS, Server
from tests.browsers import ensure_chromium
from tests.crowd import add_long_article, populate
from workbench.settings import sqlite_url
from workbench.workflow.checking import findings
from workbench.workflow.opening import open_workbench

N_SMALL, N_LARGE = 200, 100_000
N_VISITS = 8
GOAL = 1.5
NEXT = "j"
_CLAIM = "document.querySelector('.fc-claim-text')?.value"
_PAGES = {
    "Claims": ("claims", ".fc-claims tbody tr"),
    "Claims, words": ("claims?q=steel+exports", ".fc-claims tbody tr"),
    "Intake": ("intake", ".st-key-intake-articles"),
    "Progress": ("progress", ".fc-figures"),
}
Figures = dict[str, float]


def main(arguments: list[str]) -> int:
    """Print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench desk-size", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--claims", type=int, default=N_LARGE, help="how many the large one has")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        small = figures(browser, Path(folder) / "small.sqlite3", N_SMALL, long=False)
        large = figures(browser, Path(folder) / "large.sqlite3", given.claims, long=True)
        browser.close()
    show(small, large)
    if given.json:
        report = {"small_ms": small, "large_ms": large, "load": os.getloadavg()[0]}
        given.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return 0


def show(small: Figures, large: Figures) -> None:
    """One line a figure; one of the long article stands against the same of a short one."""
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'':<26}{'small ms':>10}{'large ms':>10}{'ratio':>8}")
    for name, ms in large.items():
        before = small[name.removesuffix(", long article")]
        print(f"{name:<26}{before:>10.1f}{ms:>10.1f}{ms / before:>8.2f}")


def figures(browser: Browser, database: Path, n_claims: int, *, long: bool) -> Figures:
    """Medians in milliseconds by what was done."""
    engine = open_engine(sqlite_url(database))
    open_workbench(engine, sample=False)
    populate(engine, n_claims=n_claims, reviewed=True)
    with reading(engine) as session:
        first = session.exec(select(func.min(Claim.id))).one() + n_claims // 2
    article = add_long_article(engine) if long else None
    measured = {
        "start": milliseconds(lambda: open_workbench(engine, sample=False)),
        "doctor": milliseconds(lambda: findings(engine)),
    }
    with reading(engine) as session:
        in_long = select(func.min(Claim.id)).where(Claim.article_id == article)
        first_of_long = session.exec(in_long).one()
    engine.dispose()
    with running(database) as server:
        measured |= desk_figures(browser, server, first, "")
        if first_of_long is not None:
            measured |= desk_figures(browser, server, first_of_long, ", long article")
        for name, (address, selector) in _PAGES.items():
            measured[name] = visits(browser, f"{server.url}/{address}", selector)
    return measured


def desk_figures(browser: Browser, server: Server, claim_id: int, suffix: str) -> Figures:
    """Opening a claim by its link, saving and going on, moving on without a verdict."""
    url = f"{server.url}/review?claim={claim_id}"
    opened = visits(browser, url, ".fc-article mark")
    moved = measure(browser, url, _CLAIM, lambda page: page.keyboard.press(NEXT))
    saved = measure(browser, url, _CLAIM, judge)
    return {
        f"open a claim{suffix}": opened,
        f"save & next{suffix}": statistics.median(saved),
        f"next claim{suffix}": statistics.median(moved),
    }


def visits(browser: Browser, url: str, selector: str) -> float:
    """The median time from asking for the page to what it is asked for, after one to warm up."""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800})

    def visit() -> None:
        page.goto(url)
        page.wait_for_selector(selector, state="attached")

    visit()
    waits = [milliseconds(visit) for _ in range(N_VISITS)]
    page.close()
    return statistics.median(waits)


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


@contextmanager
def running(database: Path) -> Iterator[Server]:
    """The real server on this database."""
    server = Server(database)
    server.start()
    try:
        yield server
    finally:
        server.kill()
