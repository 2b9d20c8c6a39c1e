"""The Claims page with the keyboard alone: the keys of the desk, and those for changing claims."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, running, until
from tests.browser.hands import settled
from tests.browser.test_claims_kept import opened, stored


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module."""
    yield from running(tmp_path_factory.mktemp("claims-keys"), split_before)


def press(page: Page, *keys: str) -> None:
    settled(page)
    for key in keys:
        page.keyboard.press(key)


def test_a_claim_is_accepted_taken_back_and_left_for_the_next(server: Server, page: Page) -> None:
    text = opened(page, server, 1)
    first = text.input_value()
    press(page, "Shift+A")
    until(lambda: stored(server, 1).state == "accepted", "the claim to be accepted")
    press(page, "u")
    until(lambda: stored(server, 1).state == "proposed", "the undo")
    press(page, "Shift+U")
    until(lambda: stored(server, 1).state == "accepted", "the redo")
    press(page, "j")
    page.wait_for_url("**claim=2*")
    expect(text).not_to_have_value(first)
    press(page, "k")
    expect(text).to_have_value(first)


def test_words_are_selected_and_become_the_span_of_a_claim(server: Server, page: Page) -> None:
    opened(page, server, 4)
    quote = stored(server, 4).quote.split()
    press(page, "a", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+H")
    until(lambda: stored(server, 4).quote == " ".join(quote[1:3]), "the span")


def test_a_text_is_typed_by_key_and_no_letter_of_it_is_a_command(
    server: Server, page: Page
) -> None:
    text = opened(page, server, 6)
    press(page, "t")
    expect(text).to_be_focused()
    text.press("Control+a")
    page.keyboard.type("AjkuS: the text, accepted by nobody.")
    page.keyboard.press("Control+Enter")
    until(lambda: stored(server, 6).text.startswith("AjkuS"), "the text")
    assert stored(server, 6).state == "proposed"


def test_reject_merge_and_details_open_by_key_and_the_list_names_them(
    server: Server, page: Page
) -> None:
    opened(page, server, 8)
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Accept the claim")
    expect(keys).not_to_contain_text("Save & next")
    page.keyboard.press("Escape")
    press(page, "v")
    expect(page.get_by_text("In your words")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "Shift+M")
    expect(page.get_by_role("combobox", name="Claims to merge with this one")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "l")
    expect(page.get_by_role("textbox", name="Speaker", exact=True)).to_be_visible()


def test_claims_are_split_and_merged_by_key(server: Server, page: Page) -> None:
    opened(page, server, 10)
    press(page, "a", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+S")
    expect(page.get_by_text("Made by a split from")).to_be_visible()
    press(page, "Shift+M")
    page.get_by_role("combobox", name="Claims to merge with this one").fill("CSTO")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect(page.get_by_text("Made by a merge from")).to_be_visible()
