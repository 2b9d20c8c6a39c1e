"""Speed, as ratios against a baseline of the same run: `python -m tests.bench [--json PATH]`.

Save & next: from the key press to the next claim's text on the screen, in Chromium, median over 30
claims with 200 in the project; the baseline is the same for a page of the same Streamlit that does
nothing but swap one line of text. Figures depend on the machine, ratios hardly; no test reads them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from db.engine import open_engine
from tests.browser.conftest import FLAGS, Server, answers, free_port, until
from tests.browsers import ensure_chromium
from tests.crowd import populate
from workbench.settings import DATABASE_VARIABLE, sqlite_url
from workbench.workflow.opening import open_workbench

N_CLAIMS = 200
N_SAVES = 30
GOAL = 1.5

_LINE_PAGE = """
import streamlit as st
st.session_state.setdefault("n", 0)
def swap():
    st.session_state.n += 1
st.button("Swap", on_click=swap, shortcut="Ctrl+Enter")
st.text(f"line {st.session_state.n}")
"""
_LINE = "document.querySelector('[data-testid=stText]')?.textContent"
_CLAIM = "document.querySelector('.fc-claim-text')?.value"
# Looks once a frame, so that what is measured is what the screen can show.
_WATCH = """() => {
  window.waits = []
  const read = () => READ
  let last = read()
  window.addEventListener('keydown', () => { window.pressedAt = performance.now() }, true)
  const look = () => {
    const now = read()
    if (now !== undefined && now !== last) {
      last = now
      window.waits.push(performance.now() - window.pressedAt)
    }
    requestAnimationFrame(look)
  }
  look()
}"""


def main() -> int:
    """Print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    figures = save_and_next()
    print(f"{'work':<14}{'baseline ms':>12}{'here ms':>10}{'ratio':>8}{'goal':>8}")
    print(
        f"{'save & next':<14}{figures['baseline_ms']:>12.1f}{figures['median_ms']:>10.1f}"
        f"{figures['ratio']:>8.2f}{GOAL:>8.2f}"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps({"save_and_next": figures}, indent=2) + "\n", "utf-8")
    return 0


def save_and_next() -> dict[str, float]:
    """Medians in milliseconds, the baseline measured before and after what it is compared with."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        line_page(Path(folder)) as line_url,
        desk(Path(folder)) as server,
    ):
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        before = measure(browser, line_url, _LINE, press)
        saves = measure(browser, f"{server.url}/review", _CLAIM, judge)
        after = measure(browser, line_url, _LINE, press)
        browser.close()
    baseline = statistics.median([*before, *after])
    median = statistics.median(saves)
    return {
        "baseline_ms": baseline,
        "median_ms": median,
        "ratio": median / baseline,
        "n_saves": len(saves),
        "worst_ms": max(saves),
    }


def measure(
    browser: Browser, url: str, read: str, work: Callable[[Page], None], *, n: int = N_SAVES
) -> list[float]:
    """The waits, in milliseconds, of `n` presses on a fresh page."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(url)
    page.wait_for_function(f"{read} !== undefined")
    page.wait_for_timeout(1_000)
    page.evaluate(_WATCH.replace("READ", read))
    for done in range(n):
        work(page)
        page.wait_for_function("n => window.waits.length > n", arg=done)
        page.wait_for_timeout(350)
    waits: list[float] = page.evaluate("window.waits")
    page.close()
    if len(waits) != n:
        raise RuntimeError(f"{len(waits)} of {n} presses changed the page at {url}")
    return waits


def press(page: Page) -> None:
    """The chord that swaps the line, and that saves."""
    page.keyboard.press("Control+Enter")


def judge(page: Page) -> None:
    """A verdict by its digit, then save and next."""
    page.keyboard.press("1")
    page.wait_for_timeout(100)
    press(page)


@contextmanager
def desk(folder: Path) -> Iterator[Server]:
    """A workbench with `N_CLAIMS` claims to review."""
    server = Server(folder / "workbench.sqlite3")
    engine = open_engine(sqlite_url(server.database))
    open_workbench(engine, sample=False)
    populate(engine, n_claims=N_CLAIMS)
    engine.dispose()
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def line_page(folder: Path) -> Iterator[str]:
    """The page that swaps one line of text, served exactly as the workbench is."""
    script = folder / "line.py"
    script.write_text(_LINE_PAGE, "utf-8")
    port = free_port()
    serve = (
        "import sys; from pathlib import Path; from workbench.web import serve_script; "
        "serve_script(Path(sys.argv[1]), host='127.0.0.1', port=int(sys.argv[2]))"
    )
    command = [sys.executable, "-c", serve, str(script), str(port)]
    url = sqlite_url(folder / "line.sqlite3")  # who may come in is looked up there
    engine = open_engine(url)
    open_workbench(engine, sample=False)
    engine.dispose()
    known, none = {**os.environ, DATABASE_VARIABLE: url}, subprocess.DEVNULL
    process = subprocess.Popen(command, env=known, stdout=none, stderr=none)
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/_stcore/health"), "Streamlit", seconds=60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
