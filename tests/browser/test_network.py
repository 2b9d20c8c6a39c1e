"""The app works with no internet: whatever a page asks for, it asks this machine."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server, running
from tests.browser.hands import claim_in_address, left, open_desk, settled

PAGES = ("", "intake", "claims", "review", "progress", "exports")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module."""
    yield from running(tmp_path_factory.mktemp("network"), split_before)


def test_no_page_asks_anything_but_loopback(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    left(page, claim)
    for name in PAGES:
        page.goto(f"{server.url}/{name}")
        page.wait_for_load_state("networkidle")
        settled(page)

    elsewhere = {url for url in asked if not _is_here(url)}
    assert len(asked) > 50
    assert elsewhere == set()


def test_no_page_raises_an_error_in_the_browser(server: Server, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in PAGES:
        page.goto(f"{server.url}/{name}")
        page.wait_for_load_state("networkidle")
        settled(page)
        assert page.locator('[data-testid="stException"]').count() == 0, name
    assert errors == []


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"
