"""A server of its own for each test, and a browser that talks to loopback alone."""

import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import Engine

from db.engine import open_engine, reading
from db.queries import jobs
from tests.browsers import find_chromium
from tests.commands import READY_MADE, serve
from workbench.settings import sqlite_url

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@dataclass
class Server:
    """`workbench serve` on a database of its own; `url` is where it answers.

    It is started in the folder `started_in`, where Streamlit finds its secrets.
    """

    database: Path
    port: int = field(default_factory=lambda: free_port())
    process: BaseProcess | None = None
    started_in: Path | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        arguments = ["--port", str(self.port), "--database", sqlite_url(self.database)]
        log = self.database.parent / "server.log"
        self.process = READY_MADE.Process(target=serve, args=(arguments, self.started_in, log))
        self.process.start()
        try:
            self._wait()
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """As a power cut would: no chance to put anything in order."""
        assert self.process is not None
        assert self.process.pid is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()

    def engine(self) -> Engine:
        return open_engine(sqlite_url(self.database))

    def wait_for_split(self) -> None:
        engine = self.engine()
        until(lambda: _nothing_open(engine), "the articles to be split", seconds=60)
        engine.dispose()

    def _wait(self) -> None:
        until(lambda: answers(f"{self.url}/healthz"), "the server to answer", seconds=60)


def until(done, what: str, *, seconds: float = 30) -> None:  # type: ignore[no-untyped-def]
    """Wait until `done()` is true; fail with `what` was waited for."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _nothing_open(engine: Engine) -> bool:
    with reading(engine) as session:
        return jobs.n_open(session) == 0


def running(folder: Path, before: Path | None = None, **fields: Any) -> Iterator[Server]:
    """A running workbench with the sample article split, on a copy of the database `before`.

    Without that, it starts for the first time.
    """
    server = Server(folder / "workbench.sqlite3", **fields)
    if before is not None:
        _copy(before, folder)
    server.start()
    try:
        server.wait_for_split()
        yield server
    finally:
        server.kill()


def _copy(database: Path, folder: Path) -> None:
    """Its log first: a worker that ends late may still write that into the file and remove it."""
    for name in (f"{database.name}-wal", database.name):
        with suppress(FileNotFoundError):
            shutil.copyfile(database.parent / name, folder / name)


@pytest.fixture(scope="session")
def split_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a workbench that has been started once: splitting takes longer than most
    tests."""
    server = Server(tmp_path_factory.mktemp("first") / "workbench.sqlite3")
    server.start()
    try:
        server.wait_for_split()
    finally:
        server.kill()
    return server.database


@pytest.fixture(scope="module")
def port() -> int:
    """One port a module: what a browser has loaded from there need not be loaded again."""
    return free_port()


@pytest.fixture
def server(tmp_path: Path, split_before: Path, port: int) -> Iterator[Server]:
    """A workbench for this test alone."""
    yield from running(tmp_path, split_before, port=port)


@pytest.fixture
def new_server(tmp_path: Path, port: int) -> Iterator[Server]:
    """A workbench for this test alone, started for the first time."""
    yield from running(tmp_path, port=port)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module: while it runs, its event loop is in the way of other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser profile a module: loading the scripts of the app anew for each test takes longer
    than most tests. Its first tab stays open: closing the last one takes long too."""
    profile = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    profile.set_default_timeout(30_000)
    profile.new_page()
    yield profile
    profile.close()


@pytest.fixture
def page(profile: BrowserContext, port: int) -> Iterator[Page]:
    """A tab as large as a small laptop's screen, in a browser that remembers nothing."""
    yield profile.new_page()
    _forget(profile, f"http://127.0.0.1:{port}")


def _forget(profile: BrowserContext, origin: str) -> None:
    """Close all tabs but the first, drop cookies and what the pages have stored; scripts and styles
    stay cached."""
    profile.set_offline(False)
    first, *others = profile.pages
    for page in others:
        page.close()
    profile.clear_cookies()
    tools = profile.new_cdp_session(first)
    tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    tools.detach()
