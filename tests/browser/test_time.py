"""The time at work on a claim: active seconds, not an open tab."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, running
from tests.browser.hands import draft_saved, left, open_desk
from tests.browser.test_desk import stored_review

_claims = count(1)
HIDE = """hidden => {
  const value = hidden ? 'hidden' : 'visible'
  Object.defineProperty(document, 'visibilityState', { value, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module; each takes a claim of its own."""
    yield from running(tmp_path_factory.mktemp("time"), split_before)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab of a profile of its own: its clock cannot be given back."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def claim(server: Server) -> int:
    return next(_claims)


def at_the_desk(page: Page, server: Server, claim: int) -> None:
    """The clock of the page is ours from here on."""
    page.clock.install()
    open_desk(page, server.url, claim)


def pass_time(page: Page, seconds: int) -> None:
    page.clock.fast_forward(seconds * 1000)


def seconds(server: Server, claim: int) -> float:
    return float(stored_review(server, claim).active_seconds)


def draft(page: Page, words: str) -> None:
    page.get_by_label("Justification").fill(words)
    page.clock.run_for(1_000)
    draft_saved(page)


def test_a_long_pause_counts_a_minute_and_a_hidden_tab_nothing(
    server: Server, page: Page, claim: int
) -> None:
    at_the_desk(page, server, claim)
    page.keyboard.press("w")
    pass_time(page, 30)
    draft(page, "after half a minute")
    assert 30 <= seconds(server, claim) < 40
    pass_time(page, 3_600)
    draft(page, "after lunch")
    assert 90 <= seconds(server, claim) < 102
    page.evaluate(HIDE, True)
    pass_time(page, 50)
    page.evaluate(HIDE, False)
    draft(page, "after a look at another tab")
    assert 90 <= seconds(server, claim) < 115
    before = seconds(server, claim)
    pass_time(page, 20)
    page.get_by_role("radio", name="Refuted").click()
    page.keyboard.press("Control+Enter")
    left(page, claim)
    assert 20 <= seconds(server, claim) - before < 32


def test_two_tabs_never_count_the_same_time_twice(server: Server, page: Page, claim: int) -> None:
    at_the_desk(page, server, claim)
    draft(page, "in the first tab")
    first = seconds(server, claim)
    other = page.context.new_page()
    at_the_desk(other, server, claim)
    other.keyboard.press("w")
    pass_time(page, 50)
    page.get_by_label("Justification").fill("in the first tab again")
    page.clock.run_for(1_000)
    draft_saved(page)
    assert seconds(server, claim) - first < 12


def test_what_a_skipped_claim_took_is_kept_for_its_return(
    server: Server, page: Page, claim: int
) -> None:
    at_the_desk(page, server, claim)
    page.keyboard.press("w")
    pass_time(page, 40)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Skip").click()
    left(page, claim)
    assert stored_review(server, claim) is None
    open_desk(page, server.url, claim)
    draft(page, "back again")
    assert 40 <= seconds(server, claim) < 55
