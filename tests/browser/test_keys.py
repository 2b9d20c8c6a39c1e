"""The desk with the keyboard alone: every action has a key, and each person their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Claim
from db.queries import queue
from tests.browser.conftest import Server, running
from tests.browser.hands import claim_in_address, draft_saved, left, open_desk
from tests.browser.test_desk import stored_review
from workbench.reviewing.keys import ACTIONS
from workbench.workflow.opening import local_user


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    yield from running(tmp_path_factory.mktemp("keys"), split_before)


@pytest.fixture
def server(shared: Server) -> Server:
    """One workbench for all tests of this module, with the keys as they are at first."""
    engine = shared.engine()
    with transaction(engine) as session:
        local_user(session).keys = {}
    engine.dispose()
    return shared


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def in_focus(page: Page) -> str:
    """The name of what has the focus."""
    name: str = page.evaluate(
        "[document.activeElement].map(it => it.labels?.[0]?.textContent "
        "|| it.getAttribute('aria-label') || it.tagName)[0].trim()"
    )
    return name


def test_a_whole_claim_with_its_sources_without_the_mouse(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/review")
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    claim = claim_in_address(page)
    press(page, "2", "i")
    page.keyboard.type("https://example.org/report")
    press(page, "Tab", "R", "Tab")
    page.keyboard.type("Report 12")
    press(page, "Enter")
    expect(page.locator(".fc-source")).to_have_count(1)
    page.keyboard.type("https://example.org/second")
    press(page, "Enter", "Escape", "n", "n")
    press(page, "x")
    expect(page.locator(".fc-source").nth(1)).to_contain_text("Refutes")
    press(page, "p", "o")
    expect(page.locator(".fc-source").first).to_contain_text("Context")
    press(page, "n", "d")
    expect(page.locator(".fc-source")).to_have_count(1)
    press(page, "e")
    assert in_focus(page) == "Source URL"
    press(page, "End")
    page.keyboard.type("?page=3")
    press(page, "Enter", "Escape", "w")
    page.keyboard.type("Both registries say so: 2 of 3, c r b s.")
    press(page, "Escape", "+", "+", "-", "+")
    expect(page.get_by_label("Confidence")).to_have_value("55")
    expect(page.get_by_role("radio", name="Refuted")).to_be_checked()

    press(page, "Control+Enter")

    left(page, claim)
    review = stored_review(server, claim)
    assert (review.status, review.confidence) == ("submitted", 0.55)
    assert review.justification == "Both registries say so: 2 of 3, c r b s."
    press(page, "b")
    page.wait_for_url(f"**/review?claim={claim}")
    source = page.get_by_role("link", name="Report 12")
    assert source.get_attribute("href") == "https://example.org/report?page=3"


def test_keys_go_from_claim_to_claim_and_to_each_part_of_the_desk(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url, 3)
    press(page, "j")
    page.wait_for_url("**/review?claim=4")
    press(page, "k")
    page.wait_for_url("**/review?claim=3")
    for key, name in (("t", "Claim text"), ("w", "Justification"), ("i", "Source URL")):
        press(page, key)
        assert in_focus(page) == name
        press(page, "Escape")
    press(page, "a")
    assert page.evaluate("document.activeElement.classList.contains('fc-current')")
    press(page, "j")
    page.wait_for_url("**/review?claim=4")
    expect(page.locator(".fc-current").first).to_be_focused()


def test_skip_asks_for_a_reason_and_enter_alone_gives_none(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    first = claim_in_address(page)
    press(page, "s")
    page.keyboard.type("needs the 2021 census")
    press(page, "Enter")
    left(page, first)
    second = claim_in_address(page)
    press(page, "s", "Enter")
    left(page, second)
    third = claim_in_address(page)
    press(page, "s", "Tab", "Tab", "Enter")
    left(page, third)
    assert skipped(server, first) == ("skipped", "needs the 2021 census")
    assert skipped(server, second) == ("skipped", "")
    assert skipped(server, third) == ("skipped", "Needs an expert")


def skipped(server: Server, claim: int) -> tuple[str, str]:
    engine = server.engine()
    with reading(engine) as session:
        user_id = local_user(session).id or 0
        found = queue.assignment(session, claim_id=claim, user_id=user_id)
        state = (found.state, found.reason) if found else ("", "")
    engine.dispose()
    return state


def test_no_letter_typed_into_a_field_does_anything(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    every = "".join(each.key for each in ACTIONS if len(each.key) == 1)
    field = page.get_by_label("Justification")
    field.fill("")
    field.press_sequentially(every + "cr")
    expect(field).to_have_value(every + "cr")
    expect(page.locator(".fc-help")).not_to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert claim_in_address(page) == claim
    draft_saved(page)


def test_the_list_of_keys_names_each_and_opens_by_key_and_by_button(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Save & next")
    expect(keys).to_contain_text("Not Enough Evidence")
    press(page, "1")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    press(page, "Escape")
    expect(keys).not_to_be_visible()
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_be_visible()


def test_a_key_is_changed_is_kept_and_cannot_be_had_twice(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    press(page, "?")
    page.get_by_role("button", name="Change keys").click()
    skip = page.locator(".fc-help [data-action=skip]")
    said = page.locator(".fc-help").get_by_role("status")
    for key, reason in (("b", "already means “Back"), ("c", "Streamlit"), ("F5", "browser")):
        skip.click()
        press(page, key)
        expect(said).to_contain_text(reason)
    skip.click()
    press(page, "z")
    expect(said).to_have_text("Saved.")
    expect(skip).to_have_accessible_name("Skip, with a reason or without: Z")
    press(page, "Escape")

    page.reload()
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    press(page, "s")
    expect(page.get_by_role("textbox", name="Reason")).not_to_be_visible()
    press(page, "z")
    expect(page.get_by_role("textbox", name="Reason")).to_be_focused()
    press(page, "Escape", "?")
    page.get_by_role("button", name="Change keys").click()
    page.get_by_role("button", name="Reset to defaults").click()
    expect(skip).to_have_accessible_name("Skip, with a reason or without: S")


def test_other_layouts_press_the_same_places(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    press_as(page, key="ц", code="KeyW")
    expect(page.get_by_label("Justification")).to_be_focused()
    press(page, "Escape")
    press_as(page, key="&", code="Digit1")
    expect(page.get_by_role("radio", name="Supported")).to_be_checked()


def press_as(page: Page, *, key: str, code: str) -> None:
    """A key of another layout than this machine's."""
    page.evaluate(
        "([key, code]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))",
        [key, code],
    )


def test_reject_comments_and_details_open_by_key(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    press(page, "l")
    expect(page.get_by_role("group", name="Details of the claim")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, ".")
    expect(page.get_by_role("region", name="Comments")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "v")
    expect(page.get_by_role("button", name="Reject & next")).to_be_visible()


def test_words_of_the_article_are_selected_and_used_without_the_mouse(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url, 6)
    quote = page.locator(".fc-article .fc-current").first.inner_text().split()
    selected = page.locator(".fc-selected")
    press(page, "a", "ArrowRight")
    expect(selected).to_have_text(quote[0])
    press(page, "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    expect(selected).to_have_text(" ".join(quote[1:4]))
    press(page, "Shift+ArrowLeft")
    expect(selected).to_have_text(" ".join(quote[1:3]))
    press(page, "q")
    expect(page.get_by_label("Quote", exact=True)).to_have_value(" ".join(quote[1:3]))
    press(page, "Escape", "a", "ArrowRight", "ArrowRight", "ArrowLeft")
    expect(selected).to_have_text(quote[0])
    press(page, "Shift+ArrowRight", "h")
    expect(page.get_by_role("status")).to_have_text("Claim added to the queue")
    draft = page.get_by_label("Quote", exact=True)
    expect(draft).to_have_value(" ".join(quote[1:3]))
    assert claim_of(server, " ".join(quote[:2])).origin == "reviewer"


def claim_of(server: Server, quote: str) -> Claim:
    engine = server.engine()
    with reading(engine) as session:
        claim = session.exec(select(Claim).where(Claim.quote == quote)).one()
    engine.dispose()
    return claim
