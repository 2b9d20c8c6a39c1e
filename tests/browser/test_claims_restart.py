"""The server is killed while somebody works on the Claims page, and comes back."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, until
from tests.browser.test_claims_kept import opened, stored


def test_what_is_typed_and_pressed_while_the_server_restarts_arrives(
    server: Server, page: Page
) -> None:
    text = opened(page, server, 1)
    server.kill()
    text.fill("Typed while nobody listened.")
    text.press("Control+Enter")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    server.start()
    until(lambda: stored(server, 1).text == "Typed while nobody listened.", "the text")

    page.get_by_role("button", name="Accept", exact=True).click()
    until(lambda: stored(server, 1).state == "accepted", "the claim to be accepted")


def test_the_first_press_after_a_restart_counts(server: Server, page: Page) -> None:
    opened(page, server, 1)
    server.kill()
    server.start()
    accept = page.get_by_role("button", name="Accept", exact=True)
    expect(accept).to_be_enabled(timeout=30_000)
    accept.click()
    until(lambda: stored(server, 1).state == "accepted", "the claim to be accepted")


def test_the_first_press_after_a_restart_asks_about_many_claims(server: Server, page: Page) -> None:
    opened(page, server, 1)
    server.kill()
    server.start()
    accept = page.get_by_role("button", name="Accept…")
    expect(accept).to_be_enabled(timeout=30_000)
    accept.click()
    expect(page.locator(".st-key-bulk-question")).to_be_visible()
