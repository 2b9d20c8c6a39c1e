"""Claims are merged, split and moved, know where they come from, and it all can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from db.engine import reading
from db.models import Claim
from db.queries import claims
from tests.browser.conftest import Server, running, until
from tests.browser.hands import select_words, settled


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    yield from running(tmp_path_factory.mktemp("server"), split_before)


def shown(server: Server) -> list[Claim]:
    engine = server.engine()
    with reading(engine) as session:
        found = claims.in_article(session, article_id=1)
    engine.dispose()
    return found


def facts(server: Server) -> list[tuple[object, ...]]:
    return [(each.id, each.state, each.start, each.end, each.text) for each in shown(server)]


def opened(page: Page, server: Server, claim: Claim) -> None:
    page.goto(f"{server.url}/claims?article=1&claim={claim.id}")
    expect(page.get_by_label("Claim text")).to_have_value(claim.text)
    expect(page.locator(".fc-article .fc-current").first).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button of the page as it is drawn now, not of the one before."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).click()


def test_a_merge_is_undone_after_a_reload_and_redone(server: Server, page: Page) -> None:
    before = facts(server)
    one, two = shown(server)[:2]
    opened(page, server, one)
    press(page, "Merge with…")
    page.get_by_role("combobox", name="Claims to merge with this one").fill(two.text[:20])
    page.get_by_role("option", name=two.text).first.click()
    press(page, "Merge")
    expect(page.get_by_text("Made by a merge from")).to_be_visible()
    merged = facts(server)
    assert len(merged) == len(before) - 1

    page.get_by_role("link", name=f"claim {one.id}", exact=True).click()
    expect(page.get_by_text("Merged into")).to_be_visible()
    page.reload()
    press(page, "Undo")
    until(lambda: facts(server) == before, "the parents")
    press(page, "Redo")
    until(lambda: facts(server) == merged, "the merged claim")
    expect(page.get_by_text("Made by a merge from")).to_be_visible()


def test_a_claim_is_moved_split_and_rejected_and_all_of_it_undone(
    server: Server, page: Page
) -> None:
    before = facts(server)
    claim = max(shown(server), key=lambda each: each.end - each.start)
    opened(page, server, claim)
    start = claim.start + claim.quote.index(" ") + 1
    select_words(page, start, claim.end)
    press(page, "Use as span")
    until(lambda: (claim.id, start) in [fact[::2][:2] for fact in facts(server)], "the move")
    settled(page)
    at = start + claim.quote[start - claim.start :].index(" ") + 1
    select_words(page, at, claim.end)
    press(page, "Split here")
    until(lambda: len(facts(server)) == len(before) + 1, "the split")
    expect(page.get_by_text("Made by a split from")).to_be_visible()
    press(page, "Reject or retire…")
    page.get_by_text("Opinion", exact=True).click()
    press(page, "Reject")
    until(lambda: "Opinion" in [each.reason for each in shown(server)], "the reason")
    for n_left in (len(before) + 1, len(before), len(before)):
        done = facts(server)
        press(page, "Undo")
        until(lambda done=done: facts(server) != done, "the undo")
        assert len(facts(server)) == n_left
    assert facts(server) == before
    expect(page.get_by_label("Claim text")).to_have_value(claim.text)


def test_a_speaker_that_was_changed_stands_beside_the_proposed_one(
    server: Server, page: Page
) -> None:
    claim = next(each for each in shown(server) if each.speaker)
    opened(page, server, claim)
    page.get_by_text("Speaker, date, place and type").click()
    page.get_by_role("textbox", name="Speaker", exact=True).fill("Somebody Else")
    press(page, "Save details")
    expect(page.get_by_text(f"Proposed by the splitter: {claim.speaker}")).to_be_visible()
    (now,) = [each for each in shown(server) if each.id == claim.id]
    assert (now.speaker, now.proposed) == ("Somebody Else", {"speaker": claim.speaker})
