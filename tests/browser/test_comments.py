"""Beside the review: comments and their links, flags, details, rejecting, the guideline, undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Claim, Comment, Flag, Guideline, Review
from tests.browser.conftest import Server, running, until
from tests.browser.hands import claim_in_address, left, open_desk
from workbench.workflow.guiding import publish_guideline


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for the module: each test takes a claim of its own."""
    yield from running(tmp_path_factory.mktemp("server"), split_before)


def stored(server: Server, query):  # type: ignore[no-untyped-def]
    engine = server.engine()
    with reading(engine) as session:
        rows = list(session.exec(query))
    engine.dispose()
    return rows


def claim_at(server: Server, place: int) -> Claim:
    return stored(server, select(Claim).order_by(Claim.start, Claim.end, Claim.id))[place]


def button(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.get_by_role("button", name=name, exact=True)


def test_a_comment_is_answered_resolved_and_found_by_its_link(server: Server, page: Page) -> None:
    claim = claim_at(server, 0)
    open_desk(page, server.url, claim.id)
    button(page, "Comment").click()
    page.get_by_label("New comment").fill("Who are they?")
    button(page, "Save comment").click()
    button(page, "Comments (1 open)").wait_for()
    button(page, "Answer").click()
    page.get_by_label("Answer").last.fill("The ministry.")
    button(page, "Save answer").click()
    expect(page.locator(".fc-reply")).to_contain_text("The ministry.")
    link = page.locator(".fc-reply a").get_attribute("href")

    tab = page.context.new_page()
    tab.goto(f"{server.url}/{link}")
    expect(tab.locator(".fc-linked")).to_contain_text("The ministry.")
    expect(tab.locator(".fc-linked")).to_be_in_viewport()
    tab.reload()
    expect(tab.locator(".fc-linked")).to_contain_text("The ministry.")
    tab.get_by_role("button", name="Resolve").click()
    tab.get_by_role("button", name="Comments (1)", exact=True).wait_for()
    (first, answer) = stored(server, select(Comment).where(Comment.claim_id == claim.id))
    assert (first.resolved_at is not None, answer.thread_id) == (True, first.id)


def test_a_comment_half_typed_survives_a_reload(server: Server, page: Page) -> None:
    open_desk(page, server.url, claim_at(server, 1).id)
    button(page, "Comment").click()
    page.get_by_label("New comment").fill("Half a sen")
    page.reload()
    button(page, "Comment").click()
    expect(page.get_by_label("New comment")).to_have_value("Half a sen")


def test_a_comment_changed_in_two_tabs_is_overwritten_by_neither(
    server: Server, page: Page
) -> None:
    claim = claim_at(server, 6)
    open_desk(page, server.url, claim.id)
    button(page, "Comment").click()
    page.get_by_label("New comment").fill("At first")
    button(page, "Save comment").click()
    tab = page.context.new_page()
    open_desk(tab, server.url, claim.id)
    for each, words in ((page, "In the first tab"), (tab, "In the second tab")):
        button(each, "Edit").click()
        each.get_by_label("Your comment").fill(words)
    page.locator(".fc-comment").get_by_role("button", name="Save comment").click()
    expect(page.locator(".fc-comment-text")).to_have_text("In the first tab")

    tab.locator(".fc-comment").get_by_role("button", name="Save comment").click()

    expect(tab.locator(".fc-comment-text")).to_have_text("In the first tab")
    expect(tab.get_by_label("Your comment")).to_have_value("In the second tab")
    assert [row.text for row in comments_of(server, claim)] == ["In the first tab"]
    tab.locator(".fc-comment").get_by_role("button", name="Save comment").click()
    expect(tab.locator(".fc-comment-text")).to_have_text("In the second tab")
    expect(tab.get_by_label("Your comment")).to_have_count(0)


def comments_of(server: Server, claim: Claim) -> list[Comment]:
    return stored(server, select(Comment).where(Comment.claim_id == claim.id))


def test_a_flag_is_raised_with_a_reason_and_lowered(server: Server, page: Page) -> None:
    claim = claim_at(server, 2)
    open_desk(page, server.url, claim.id)
    page.keyboard.press("f")
    page.get_by_role("textbox", name="Why should the lead look at this?").fill("Two claims in one")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Flags")).to_contain_text("Two claims in one")
    page.reload()
    expect(page.get_by_label("Flags")).to_contain_text("Two claims in one")
    button(page, "Lower flag").click()
    expect(page.get_by_label("Flags")).to_be_hidden()
    (flag,) = stored(server, select(Flag).where(Flag.claim_id == claim.id))
    assert flag.lowered_at is not None


def test_a_claim_is_rejected_with_a_reason_and_taken_back(server: Server, page: Page) -> None:
    claim = claim_at(server, 3)
    open_desk(page, server.url, claim.id)
    button(page, "Reject").click()
    button(page, "Too vague").click()
    left(page, claim.id)
    assert claim_at(server, 3).reason == "Too vague"
    page.reload()
    page.get_by_role("button", name=f"Undo: rejected claim {claim.id}").click()
    page.wait_for_url(f"**/review?claim={claim.id}")
    assert claim_at(server, 3).state == "proposed"


def test_a_verdict_is_taken_back_after_a_reload_and_given_again(server: Server, page: Page) -> None:
    claim = claim_at(server, 4)
    open_desk(page, server.url, claim.id)
    page.keyboard.press("2")
    page.get_by_label("Justification").fill("It says otherwise.")
    button(page, "Save & next").click()
    left(page, claim.id)
    page.reload()
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    page.keyboard.press("u")
    page.wait_for_url(f"**/review?claim={claim.id}")
    expect(page.get_by_label("Justification")).to_have_value("It says otherwise.")
    assert review_of(server, claim).status == "draft"
    page.keyboard.press("Shift+U")
    until(lambda: review_of(server, claim).status == "submitted", "the verdict")
    assert claim_in_address(page) == claim.id


def review_of(server: Server, claim: Claim) -> Review:
    return stored(server, select(Review).where(Review.claim_id == claim.id))[0]


def test_speaker_date_place_and_types_are_set_beside_what_was_proposed(
    server: Server, page: Page
) -> None:
    claim = next(
        each for each in stored(server, select(Claim).order_by(Claim.start)) if each.speaker
    )
    open_desk(page, server.url, claim.id)
    button(page, "Details").click()
    page.get_by_label("Speaker", exact=True).fill("Somebody Else")
    page.get_by_label("Claimed on").fill("2022-01-15")
    page.get_by_role("textbox", name="Place").fill("Almaty")
    page.get_by_label("Quote Verification").check()
    button(page, "Save details").click()
    facts = page.locator(".fc-facts")
    expect(facts).to_contain_text(f"Somebody Else · proposed: {claim.speaker}")
    expect(facts).to_contain_text("Quote Verification")
    (now,) = stored(server, select(Claim).where(Claim.id == claim.id))
    assert (now.place, now.claim_types) == ("Almaty", ["Quote Verification"])


def test_a_guideline_that_changed_says_so_until_it_is_read(server: Server, page: Page) -> None:
    claim = claim_at(server, 5)
    open_desk(page, server.url, claim.id)
    with page.expect_response("**/desk/act"):
        page.get_by_text("Guideline version 1").click()
    engine = server.engine()
    with transaction(engine) as session:
        (newest,) = session.exec(select(Guideline)).all()
        text = newest.text.replace("Look for sources", "Look for two sources")
        publish_guideline(session, project_id=newest.project_id, text=text, user_id=None)
    engine.dispose()
    page.reload()
    expect(page.get_by_text("Guideline version 2 changed")).to_be_visible()
    with page.expect_response("**/desk/act"):
        page.get_by_text("Guideline version 2 changed").click()
    expect(page.locator(".fc-guideline-changes ins")).to_contain_text("Look for two sources")
    page.reload()
    expect(page.get_by_text("Guideline version 2")).to_be_visible()
    expect(page.locator(".fc-guideline-new")).to_be_hidden()


def test_a_verdict_shows_the_version_of_the_guideline_it_was_given_under(
    server: Server, page: Page
) -> None:
    claim = claim_at(server, 7)
    open_desk(page, server.url, claim.id)
    expect(page.locator(".fc-stamp")).to_be_hidden()
    number = max(row.number for row in stored(server, select(Guideline)))
    page.keyboard.press("1")
    button(page, "Save & next").click()
    left(page, claim.id)
    open_desk(page, server.url, claim.id)
    expect(page.get_by_text(f"Submitted under guideline version {number}")).to_be_visible()
