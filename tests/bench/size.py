"""The desk and the pages in a large project against a small one: `python -m tests.bench desk-size`.

Small: 200 claims. Large: 100,000 claims and an article of 20,000 words with 400 of them. In both
half of the claims are reviewed. Each figure is a median in Chromium, each ratio the large project's
against the small one's; the goal of opening, saving and moving on is `GOAL`. The two are measured
in turns, so that whatever else the machine does slows both down.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
N_TURNS = 3
N_VISITS = 4
N_SAVES = 12
GOAL = 1.5
NEXT = "j"
LONG = ", long article"
_CLAIM = "document.querySelector('.fc-claim-text')?.value"
_PAGES = {
    "Claims": ("claims", ".fc-claims tbody tr"),
    "Claims, words": ("claims?q=steel+exports", ".fc-claims tbody tr"),
    "Intake": ("intake", ".st-key-intake-articles"),
    "Progress": ("progress", ".fc-figures"),
}
Figures = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Served:
    """A project that answers, and the claim that its desk is opened at: one by kind of article."""

    url: str
    claims: dict[str, int]


def main(arguments: list[str]) -> int:
    """Print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench desk-size", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--claims", type=int, default=N_LARGE, help="how many the large one has")
    given = parser.parse_args(arguments)
    small: Figures = {}
    large: Figures = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        with (
            project(Path(folder) / "small.sqlite3", N_SMALL, small, long=False) as little,
            project(Path(folder) / "large.sqlite3", given.claims, large, long=True) as much,
        ):
            for number in range(N_TURNS):
                turn(browser, little, small, number)
                turn(browser, much, large, number)
        browser.close()
    show(medians(small), medians(large))
    if given.json:
        report = {"small_ms": medians(small), "large_ms": medians(large), "load": load()}
        given.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return 0


def show(small: dict[str, float], large: dict[str, float]) -> None:
    """One line a figure; one of the long article stands against the same of a short one."""
    print(f"load {load():.1f}")
    print(f"{'':<26}{'small ms':>10}{'large ms':>10}{'ratio':>8}")
    for name, ms in large.items():
        before = small[name.removesuffix(LONG)]
        print(f"{name:<26}{before:>10.1f}{ms:>10.1f}{ms / before:>8.2f}")


def medians(figures: Figures) -> dict[str, float]:
    """The median of each."""
    return {name: statistics.median(waits) for name, waits in figures.items()}


def load() -> float:
    """How many processes wanted to run in the last minute."""
    return os.getloadavg()[0]


@contextmanager
def project(database: Path, n_claims: int, figures: Figures, *, long: bool) -> Iterator[Served]:
    """The project, filled and served; what is measured without a browser is in `figures` then."""
    engine = open_engine(sqlite_url(database))
    open_workbench(engine, sample=False)
    populate(engine, n_claims=n_claims, reviewed=True)
    with reading(engine) as session:
        claims = {"": session.exec(select(func.min(Claim.id))).one() + n_claims // 2}
    if long:
        article = add_long_article(engine)
        with reading(engine) as session:
            in_long = select(func.min(Claim.id)).where(Claim.article_id == article)
            claims[LONG] = session.exec(in_long).one()
    figures["start"] = [milliseconds(lambda: open_workbench(engine, sample=False))]
    figures["doctor"] = [milliseconds(lambda: findings(engine))]
    engine.dispose()
    with running(database) as server:
        yield Served(server.url, claims)


@contextmanager
def running(database: Path) -> Iterator[Server]:
    """The real server on this database."""
    server = Server(database)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def turn(browser: Browser, served: Served, figures: Figures, number: int) -> None:
    """Measure everything once more: opening a claim by its link, saving and going on, moving on
    without a verdict, and each page. Each turn begins behind the claims that the last one judged:
    the digit of a verdict that is chosen takes it back."""
    for kind, claim_id in served.claims.items():
        url = f"{served.url}/review?claim={claim_id + number * N_SAVES}"
        add(figures, f"open a claim{kind}", visits(browser, url, ".fc-article mark"))
        saved = measure(browser, url, _CLAIM, judge, n=N_SAVES)
        add(figures, f"save & next{kind}", saved)
        moved = measure(browser, url, _CLAIM, lambda page: page.keyboard.press(NEXT), n=N_SAVES)
        add(figures, f"next claim{kind}", moved)
    for name, (address, selector) in _PAGES.items():
        add(figures, name, visits(browser, f"{served.url}/{address}", selector))


def add(figures: Figures, name: str, waits: list[float]) -> None:
    """More waits of the same kind, in milliseconds."""
    figures.setdefault(name, []).extend(waits)


def visits(browser: Browser, url: str, selector: str) -> list[float]:
    """The times from asking for the page to what it is asked for, after one to warm up."""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800})

    def visit() -> None:
        page.goto(url)
        page.wait_for_selector(selector, state="attached")

    visit()
    waits = [milliseconds(visit) for _ in range(N_VISITS)]
    page.close()
    return waits


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000
