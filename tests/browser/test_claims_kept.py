"""Nothing is lost on the Claims page either: a reload, somebody else, a restarted server."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from db.engine import reading, transaction
from db.models import Claim
from db.queries import users
from tests import factories as make
from tests.browser.conftest import Server, running, until
from tests.browser.hands import select_words, settled
from workbench.workflow import claiming

_claims = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module; each takes a claim of its own."""
    yield from running(tmp_path_factory.mktemp("kept"), split_before)


@pytest.fixture
def claim(server: Server) -> int:
    return next(_claims)


def opened(page: Page, server: Server, claim: int) -> Locator:
    """The text of the claim, once it is there."""
    page.goto(f"{server.url}/claims?article=1&claim={claim}")
    text = page.get_by_label("Claim text")
    expect(text).not_to_have_value("")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    return text


def stored(server: Server, claim_id: int) -> Claim:
    engine = server.engine()
    with reading(engine) as session:
        claim = session.get_one(Claim, claim_id)
    engine.dispose()
    return claim


def meanwhile(server: Server, claim_id: int, **fields: object) -> None:
    """Ada gives the claim another text, or other facts."""
    engine = server.engine()
    with transaction(engine) as session:
        ada = users.by_name(session, name="ada") or make.user(session, name="ada")
        claim = session.get_one(Claim, claim_id)
        on = {"project_id": claim.project_id, "claim_id": claim_id, "user_id": ada.id or 0}
        change = claiming.rewrite if "text" in fields else claiming.describe
        change(session, **on, version=claim.version, **fields)  # type: ignore[arg-type]
    engine.dispose()


def conflict(page: Page) -> Locator:
    shown = page.get_by_role("region", name="Saved elsewhere")
    expect(shown).to_be_visible()
    return shown


def test_a_reload_in_mid_sentence_keeps_the_text(server: Server, page: Page, claim: int) -> None:
    text = opened(page, server, claim)
    before = stored(server, claim).text
    text.fill("In the middle of a sen")
    page.reload()
    expect(text).to_have_value("In the middle of a sen")
    assert stored(server, claim).text == before
    text.fill("In the middle of a sentence.")
    text.press("Control+Enter")
    until(lambda: stored(server, claim).text == "In the middle of a sentence.", "the text")


def test_leaving_the_field_saves_the_text(server: Server, page: Page, claim: int) -> None:
    text = opened(page, server, claim)
    text.fill("Typed and left.")
    text.blur()
    until(lambda: stored(server, claim).text == "Typed and left.", "the text")


def test_the_text_and_a_button_pressed_right_after_it_both_arrive(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim).fill("Typed, then accepted.")
    page.get_by_role("button", name="Accept", exact=True).click()
    until(lambda: stored(server, claim).state == "accepted", "the claim to be accepted")
    until(lambda: stored(server, claim).text == "Typed, then accepted.", "the text")
    expect(page.get_by_role("region", name="Saved elsewhere")).to_be_hidden()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


# In the moment in which the field says so: the page is not drawn anew yet.
_MOVE_ONCE_SAVED = """() => {
  const said = document.querySelector('.fc-text-state')
  const move = document.querySelector('.fc-picker [data-act=move]')
  new MutationObserver(() => said.textContent === 'Saved' && move.click())
    .observe(said, { childList: true, characterData: true, subtree: true })
}"""


def test_a_span_chosen_right_after_the_text_was_saved_is_no_change_by_somebody_else(
    server: Server, page: Page, claim: int
) -> None:
    text = opened(page, server, claim)
    settled(page)
    before = stored(server, claim)
    end = before.start + before.quote.rindex(" ")
    select_words(page, before.start, end)
    text.fill("Typed, then moved.")
    page.evaluate(_MOVE_ONCE_SAVED)
    text.press("Control+Enter")
    until(lambda: stored(server, claim).end == end, "the span")
    assert stored(server, claim).text == "Typed, then moved."


@pytest.mark.parametrize(
    ("button", "kept"), [("Take the stored one", "Ada's words."), ("Keep what is here", "Mine.")]
)
def test_two_texts_stand_side_by_side_and_one_is_chosen(
    button: str, kept: str, server: Server, page: Page, claim: int
) -> None:
    text = opened(page, server, claim)
    text.fill("Mine.")
    meanwhile(server, claim, text="Ada's words.")

    page.get_by_role("button", name="Save text").click()

    for words in ("Ada's words.", "Mine."):
        expect(conflict(page)).to_contain_text(words)
    assert stored(server, claim).text == "Ada's words."
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("region", name="Saved elsewhere")).to_be_hidden()
    expect(text).to_have_value(kept)
    until(lambda: stored(server, claim).text == kept, "the choice")


def test_a_choice_left_open_is_offered_after_a_reload(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim).fill("Mine.")
    meanwhile(server, claim, text="Ada's words.")
    page.reload()
    expect(conflict(page)).to_contain_text("Ada's words.")
    expect(conflict(page)).to_contain_text("Mine.")


def test_details_changed_by_two_stand_side_by_side(server: Server, page: Page, claim: int) -> None:
    opened(page, server, claim)
    page.get_by_text("Speaker, date, place and type").click()
    page.get_by_role("textbox", name="Speaker", exact=True).fill("Mine")
    facts = {"claimed_on": None, "place": "Minsk", "claim_types": []}
    meanwhile(server, claim, speaker="Ada's", **facts)

    page.get_by_role("button", name="Save details").click()

    shown = page.locator(".st-key-details-conflict")
    for words in ("Saved elsewhere", "Ada's", "Mine", "Minsk"):
        expect(shown).to_contain_text(words)
    assert stored(server, claim).speaker == "Ada's"
    page.get_by_role("button", name="Keep what is here").click()
    until(lambda: stored(server, claim).speaker == "Mine", "the choice")


def test_a_button_pressed_while_a_saved_text_is_drawn_is_no_change_elsewhere(
    server: Server, page: Page, claim: int
) -> None:
    text = opened(page, server, claim)
    text.fill("Saved, then accepted at once.")
    with page.expect_response("**/desk/text"):
        text.press("Control+Enter")
    page.get_by_role("button", name="Accept", exact=True).click(no_wait_after=True)
    until(lambda: stored(server, claim).state == "accepted", "the claim to be accepted")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_a_claim_is_retired_by_hand_and_restored(server: Server, page: Page, claim: int) -> None:
    opened(page, server, claim)
    page.get_by_role("button", name="Reject or retire…").click()
    page.get_by_text("Opinion", exact=True).click()
    settled(page)
    page.get_by_role("button", name="Retire", exact=True).click()
    expect(page.get_by_text("Reason: Opinion")).to_be_visible()
    assert stored(server, claim).state == "retired"
    page.get_by_role("button", name="Restore").click()
    until(lambda: stored(server, claim).state != "retired", "the claim to be back")
