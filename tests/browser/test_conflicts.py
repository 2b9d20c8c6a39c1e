"""Nothing is lost: two tabs, two people, a reload, a dropped connection, a lost answer."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from db.engine import reading, transaction
from db.models import Claim
from db.queries import reviews, users
from tests import factories as make
from tests.browser.conftest import Server, running, until
from tests.browser.hands import draft_saved, left, open_desk
from tests.browser.test_desk import stored_review
from workbench.workflow import claiming
from workbench.workflow.reviewing import submit

_claims = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module; each takes a claim of its own."""
    yield from running(tmp_path_factory.mktemp("conflicts"), split_before)


@pytest.fixture
def claim(server: Server) -> int:
    return next(_claims)


def other_tab(page: Page, server: Server, claim: int) -> Page:
    tab = page.context.new_page()
    open_desk(tab, server.url, claim)
    return tab


def conflict(page: Page) -> Locator:
    shown = page.get_by_role("region", name="Saved elsewhere")
    expect(shown).to_be_visible()
    return shown


def side(page: Page, field: str, name: str) -> Locator:
    return page.get_by_role("group", name=field).get_by_role("radio", name=name)


def meanwhile(server: Server, claim_id: int, text: str) -> None:
    """Somebody else gives the claim another text and their own verdict on it."""
    engine = server.engine()
    with transaction(engine) as session:
        other = users.by_name(session, name="ada") or make.user(session, name="ada")
        claim = session.get_one(Claim, claim_id)
        mine = {"project_id": claim.project_id, "claim_id": claim_id, "user_id": other.id or 0}
        claiming.rewrite(session, **mine, text=text, version=claim.version)
        form = {"label": "supported", "justification": "Ada's reasons"}
        op_id = f"op-ada-{claim_id}"
        submit(session, **mine, form=form, version=0, claim_version=0, op_id=op_id)
    engine.dispose()


def claim_text(server: Server, claim_id: int) -> str:
    engine = server.engine()
    with reading(engine) as session:
        text = session.get_one(Claim, claim_id).text
    engine.dispose()
    return text


def adas_justification(server: Server, claim_id: int) -> str:
    engine = server.engine()
    with reading(engine) as session:
        ada = users.by_name(session, name="ada")
        review = reviews.of_user(session, claim_id=claim_id, user_id=ada.id or 0)
    engine.dispose()
    return review.justification


def two_versions(server: Server, page: Page, claim: int) -> Page:
    """The first tab has saved a draft that the second, where something was typed, never saw."""
    open_desk(page, server.url, claim)
    tab = other_tab(page, server, claim)
    page.get_by_label("Justification").fill("from the first tab\nwith a second line 👩‍👩‍👧")
    page.get_by_role("radio", name="Supported").click()
    page.get_by_label("Source URL").fill("https://example.org/first")
    page.get_by_role("button", name="Add source").click()
    draft_saved(page)
    tab.bring_to_front()
    tab.get_by_label("Justification").fill("from the second tab")
    return tab


def test_two_tabs_are_shown_side_by_side_and_each_field_can_be_chosen(
    server: Server, page: Page, claim: int
) -> None:
    tab = two_versions(server, page, claim)

    shown = conflict(tab)
    for words in ("from the first tab", "from the second tab", "Supported", "No verdict"):
        expect(shown).to_contain_text(words)
    expect(shown).to_contain_text("https://example.org/first")
    assert stored_review(server, claim).draft["justification"].startswith("from the first tab")
    side(tab, "Verdict", "Stored").check()
    side(tab, "Evidence", "Stored").check()
    tab.get_by_role("button", name="Use what is chosen").click()

    draft_saved(tab)
    draft = stored_review(server, claim).draft
    assert (draft["label"], draft["justification"]) == ("supported", "from the second tab")
    assert [entry["url"] for entry in draft["evidence"]] == ["https://example.org/first"]
    tab.keyboard.press("Control+Enter")
    left(tab, claim)
    assert stored_review(server, claim).justification == "from the second tab"


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Take the stored one", "from the first tab"), ("Keep what is here", "from the second tab")],
)
def test_one_side_can_be_taken_whole(
    button: str, kept: str, server: Server, page: Page, claim: int
) -> None:
    tab = two_versions(server, page, claim)
    conflict(tab).get_by_role("button", name=button).click()
    draft_saved(tab)
    assert stored_review(server, claim).draft["justification"].startswith(kept)


def test_the_choice_has_the_focus_and_needs_no_mouse(
    server: Server, page: Page, claim: int
) -> None:
    tab = two_versions(server, page, claim)
    conflict(tab)
    expect(tab.get_by_role("heading", name="Saved elsewhere")).to_be_focused()
    tab.keyboard.press("3")
    tab.keyboard.press("Control+Enter")
    conflict(tab)
    tab.keyboard.press("Tab")
    expect(side(tab, "Verdict", "Here")).to_be_focused()
    tab.keyboard.press("ArrowUp")
    expect(side(tab, "Verdict", "Stored")).to_be_checked()
    tab.get_by_role("button", name="Use what is chosen").focus()
    tab.keyboard.press("Enter")
    draft_saved(tab)
    assert stored_review(server, claim).draft["label"] == "supported"


def test_a_choice_left_open_is_offered_again(server: Server, page: Page, claim: int) -> None:
    tab = two_versions(server, page, claim)
    conflict(tab)
    page.get_by_label("Justification").fill("and the first tab goes on")
    draft_saved(page)

    tab.reload()

    expect(conflict(tab)).to_contain_text("from the second tab")
    expect(conflict(tab)).to_contain_text("and the first tab goes on")


def test_two_people_never_overwrite_each_others_claim_text(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.get_by_label("Claim text").fill("My words for it.")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    draft_saved(page)
    meanwhile(server, claim, "Ada's words for it.")

    page.keyboard.press("Control+Enter")

    expect(conflict(page)).to_contain_text("Ada's words for it.")
    expect(conflict(page)).to_contain_text("My words for it.")
    assert claim_text(server, claim) == "Ada's words for it."
    side(page, "Claim text", "Stored").check()
    page.get_by_role("button", name="Use what is chosen").click()
    expect(page.get_by_label("Claim text")).to_have_value("Ada's words for it.")
    page.keyboard.press("Control+Enter")
    left(page, claim)
    assert claim_text(server, claim) == "Ada's words for it."
    assert stored_review(server, claim).status == "submitted"
    assert adas_justification(server, claim) == "Ada's reasons"


def test_no_verdict_is_filed_on_a_text_that_was_not_seen(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.keyboard.press("1")
    draft_saved(page)
    meanwhile(server, claim, "Quite another claim.")

    page.keyboard.press("Control+Enter")

    expect(conflict(page)).to_contain_text("Quite another claim.")
    assert stored_review(server, claim).status == "draft"
    page.get_by_role("button", name="Take the stored one").click()
    expect(page.get_by_label("Claim text")).to_have_value("Quite another claim.")


def test_a_new_text_in_a_draft_meets_somebody_elses_after_a_reload(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.get_by_label("Claim text").fill("My words for it.")
    draft_saved(page)
    meanwhile(server, claim, "Ada's words for it.")

    page.reload()

    expect(conflict(page)).to_contain_text("Ada's words for it.")
    page.get_by_role("button", name="Keep what is here").click()
    draft_saved(page)
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    left(page, claim)
    assert claim_text(server, claim) == "My words for it."


def test_details_are_saved_again_on_what_somebody_changed_meanwhile(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.keyboard.press("l")
    speaker = page.get_by_label("Speaker", exact=True)
    speaker.fill("Somebody Else")
    meanwhile(server, claim, "Ada's words for it.")

    page.get_by_role("button", name="Save details").click()

    expect(page.get_by_role("alert").first).to_contain_text("changed elsewhere")
    expect(page.get_by_label("Claim text")).to_have_value("Ada's words for it.")
    expect(speaker).to_have_value("Somebody Else")
    page.get_by_role("button", name="Save details").click()
    expect(page.locator(".fc-facts")).to_contain_text("Somebody Else")
    expect(page.get_by_role("alert").first).to_be_hidden()
    assert claim_text(server, claim) == "Ada's words for it."


def test_details_half_typed_survive_a_reload(server: Server, page: Page, claim: int) -> None:
    open_desk(page, server.url, claim)
    page.keyboard.press("l")
    page.get_by_label("Speaker", exact=True).fill("Half a na")
    page.get_by_label("Numerical Claim").check()
    page.reload()
    expect(page.get_by_label("Speaker", exact=True)).to_have_value("Half a na")
    expect(page.get_by_label("Numerical Claim")).to_be_checked()


def test_a_reload_in_mid_sentence_loses_nothing(server: Server, page: Page, claim: int) -> None:
    open_desk(page, server.url, claim)
    page.get_by_label("Justification").press_sequentially("In the middle of a sen")
    page.reload()
    expect(page.get_by_label("Justification")).to_have_value("In the middle of a sen")
    until(lambda: stored_review(server, claim) is not None, "the draft")
    assert stored_review(server, claim).draft["justification"] == "In the middle of a sen"


def test_what_is_typed_and_saved_without_a_connection_arrives_with_it(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.context.set_offline(True)
    page.get_by_label("Justification").fill("typed on a train")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    page.get_by_label("Justification").fill("typed on a train, in a tunnel")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(500)
    assert stored_review(server, claim) is None

    page.context.set_offline(False)

    left(page, claim)
    review = stored_review(server, claim)
    assert (review.status, review.justification) == ("submitted", "typed on a train, in a tunnel")


@pytest.mark.parametrize("path", ["draft", "act"])
def test_an_answer_that_got_lost_is_no_conflict(
    path: str, server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort("connectionreset")

    page.route(f"**/desk/{path}", lose_the_first)
    page.keyboard.press("2")
    page.get_by_label("Justification").fill("sent once")
    if path == "draft":
        expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    page.keyboard.press("Control+Enter")

    left(page, claim)
    assert lost == [200]
    review = stored_review(server, claim)
    assert (review.status, review.justification) == ("submitted", "sent once")
    assert review.version <= 3


def test_what_is_being_saved_cannot_be_changed_meanwhile(
    server: Server, page: Page, claim: int
) -> None:
    open_desk(page, server.url, claim)
    page.keyboard.press("2")
    page.get_by_label("Justification").fill("as it was saved")
    draft_saved(page)
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("1 too late +")
    page.context.set_offline(False)
    left(page, claim)
    review = stored_review(server, claim)
    assert (review.justification, review.confidence) == ("as it was saved", None)
