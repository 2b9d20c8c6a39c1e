"""The review desk: keys, drafts, saves, and what survives."""

from playwright.sync_api import Page, expect

from db.engine import reading
from db.models import Review
from db.queries import reviews
from tests.browser.conftest import Server
from tests.browser.hands import claim_in_address, draft_saved, left, open_desk
from workbench.workflow.opening import local_user


def stored_review(server: Server, claim_id: int) -> Review | None:
    engine = server.engine()
    with reading(engine) as session:
        user_id = local_user(session).id or 0
        review = reviews.of_user(session, claim_id=claim_id, user_id=user_id)
    engine.dispose()
    return review


def test_a_claim_is_judged_with_the_keyboard_alone(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    first = claim_in_address(page)
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Refuted")).to_be_checked()

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_have_text("Saved")
    assert claim_in_address(page) != first
    assert stored_review(server, first).status == "submitted"


def test_without_a_verdict_nothing_is_saved_and_the_page_says_why(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)

    page.get_by_role("button", name="Save & next").click()

    expect(page.get_by_role("alert").first).to_contain_text("Choose a verdict first")
    assert claim_in_address(page) == claim
    assert stored_review(server, claim) is None


def test_digits_typed_into_a_field_are_text(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    page.get_by_label("Justification").fill("")
    page.get_by_label("Justification").press_sequentially("1 of 2, bs")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_label("Justification")).to_have_value("1 of 2, bs")


def test_ten_quick_verdicts_go_to_the_ten_claims_that_were_seen(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    seen = []
    for _ in range(10):
        seen.append(claim_in_address(page))
        page.keyboard.press("1")
        page.keyboard.press("Control+Enter")
        left(page, seen[-1])
    assert len(set(seen)) == 10
    assert all(stored_review(server, claim).status == "submitted" for claim in seen)


def test_skip_comes_back_at_the_end_and_back_returns(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    first = claim_in_address(page)
    page.get_by_role("button", name="Skip").click()
    left(page, first)
    expect(page.get_by_text("1 skipped")).to_be_visible()

    page.get_by_role("button", name="Back").click()

    page.wait_for_url(f"**/review?claim={first}")


def type_a_whole_review(page: Page) -> None:
    page.get_by_role("radio", name="Supported").click()
    page.get_by_label("Justification").fill("Two agencies say so — “quote”, Ελλάδα 👩‍👩‍👧")
    page.get_by_label("Confidence").fill("80")
    page.get_by_label("Source URL").fill("https://example.org/re")
    page.get_by_label("Source title").fill("Half a tit")
    draft_saved(page)


def expect_the_whole_review(page: Page) -> None:
    expect(page.get_by_role("radio", name="Supported")).to_be_checked()
    justification = page.get_by_label("Justification")
    expect(justification).to_have_value("Two agencies say so — “quote”, Ελλάδα 👩‍👩‍👧")
    expect(page.get_by_label("Confidence")).to_have_value("80")
    expect(page.get_by_label("Source URL")).to_have_value("https://example.org/re")
    expect(page.get_by_label("Source title")).to_have_value("Half a tit")


def test_a_draft_is_there_after_a_reload_another_page_and_another_tab(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    type_a_whole_review(page)

    page.reload()
    expect_the_whole_review(page)

    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    page.goto(f"{server.url}/review?claim={claim}")
    expect_the_whole_review(page)

    other = page.context.new_page()
    open_desk(other, server.url, claim)
    expect_the_whole_review(other)


def test_what_was_typed_just_before_the_tab_closed_is_kept(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.get_by_label("Justification").fill("typed and closed at once")
    page.close(run_before_unload=False)

    fresh = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    open_desk(fresh, server.url, claim)
    expect(fresh.get_by_label("Justification")).to_have_value("typed and closed at once")
    fresh.context.close()


def test_a_draft_survives_the_servers_death(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    type_a_whole_review(page)
    server.kill()
    page.get_by_label("Publisher").fill("Typed while nobody listened")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    server.start()

    draft_saved(page)
    page.goto(f"{server.url}/review?claim={claim}")
    expect_the_whole_review(page)
    expect(page.get_by_label("Publisher")).to_have_value("Typed while nobody listened")


def test_a_kill_right_after_save_and_next_loses_nothing(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.get_by_label("Justification").fill("because")
    page.get_by_role("radio", name="Refuted").click()
    page.keyboard.press("Control+Enter")
    left(page, claim)
    server.kill()

    review = stored_review(server, claim)
    assert (review.status, review.justification) == ("submitted", "because")
    server.start()
    open_desk(page, server.url, claim)
    expect(page.get_by_role("radio", name="Refuted")).to_be_checked()


def test_a_save_sent_to_a_dead_server_arrives_once_it_is_back(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("1")
    draft_saved(page)
    server.kill()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    server.start()

    left(page, claim)
    assert stored_review(server, claim).status == "submitted"
