"""What is being typed anywhere comes through a reload and a restart, until it is stored."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.engine import reading
from db.models import Article, Comment, Guideline
from tests.browser.conftest import Server, running, until
from tests.browser.hands import claim_in_address, left, open_desk, settled
from tests.browser.test_claims_kept import meanwhile, opened, stored
from tests.browser.test_intake import TEXT, articles, open_intake, text_field

_claims = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module; each takes a claim of its own."""
    yield from running(tmp_path_factory.mktemp("typing"), split_before)


@pytest.fixture
def claim() -> int:
    return next(_claims)


def rows(server: Server, query):  # type: ignore[no-untyped-def]
    engine = server.engine()
    with reading(engine) as session:
        found = list(session.exec(query))
    engine.dispose()
    return found


def details(page: Page) -> None:
    settled(page)
    page.get_by_text("Speaker, date, place and type").click()
    expect(page.get_by_role("textbox", name="Speaker", exact=True)).to_be_visible()


def test_an_article_half_typed_survives_a_reload_until_it_is_stored(
    server: Server, page: Page
) -> None:
    open_intake(page, server)
    page.get_by_label("Outlet").fill("The Courier")
    page.get_by_role("spinbutton", name="year, Publication date").press_sequentially("20220115")
    page.keyboard.press("Escape")
    page.wait_for_function("JSON.stringify(localStorage).includes('2022-01-15')")
    text_field(page).press_sequentially("In mid-sen")

    page.reload()

    expect(text_field(page)).to_have_value("In mid-sen")
    expect(page.get_by_label("Outlet")).to_have_value("The Courier")
    text_field(page).fill(TEXT)
    page.reload()
    expect(text_field(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_text("claims found")).to_be_visible(timeout=30_000)
    (article,) = [each for each in articles(server) if each.text == TEXT]
    assert (article.outlet, str(article.published_on)) == ("The Courier", "2022-01-15")
    page.goto(f"{server.url}/intake")
    settled(page)
    expect(text_field(page)).to_have_value("")


def test_details_half_typed_survive_a_reload(server: Server, page: Page, claim: int) -> None:
    opened(page, server, claim)
    details(page)
    settled(page)
    page.get_by_role("combobox", name="Claim type").fill("Numer")
    page.get_by_role("option", name="Numerical Claim").click()
    page.keyboard.press("Escape")
    page.wait_for_function("JSON.stringify(localStorage).includes('Numerical')")
    page.get_by_role("textbox", name="Place").press_sequentially("Alma")

    page.reload()

    details(page)
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Alma")
    assert stored(server, claim).place == ""
    page.get_by_role("button", name="Save details").click()
    until(lambda: stored(server, claim).place == "Alma", "the place")
    assert stored(server, claim).claim_types == ["Numerical Claim"]


def test_details_half_typed_stand_beside_what_somebody_stored_before_the_reload(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim)
    details(page)
    page.get_by_role("textbox", name="Place").press_sequentially("Almaty")
    facts = {"claimed_on": None, "speaker": "Ada's", "claim_types": []}
    meanwhile(server, claim, place="Minsk", **facts)

    page.reload()

    shown = page.locator(".st-key-details-conflict")
    for words in ("Minsk", "Almaty"):
        expect(shown).to_contain_text(words)
    page.get_by_role("button", name="Take the stored one").click()
    expect(shown).to_be_hidden()
    settled(page)
    page.reload()
    details(page)
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Minsk")


def test_details_stored_by_somebody_else_while_the_server_was_away_are_not_gone_over(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim)
    details(page)
    page.get_by_role("textbox", name="Place").fill("Almaty")
    page.get_by_role("textbox", name="Place").press("Tab")
    settled(page)
    server.kill()
    facts = {"claimed_on": None, "speaker": "Ada's", "claim_types": []}
    meanwhile(server, claim, place="Minsk", **facts)
    server.start()
    save = page.get_by_role("button", name="Save details")
    expect(save).to_be_enabled(timeout=30_000)
    save.click()

    shown = page.locator(".st-key-details-conflict")
    for words in ("Minsk", "Almaty"):
        expect(shown).to_contain_text(words)
    assert stored(server, claim).place == "Minsk"
    page.get_by_role("button", name="Keep what is here").click()
    until(lambda: stored(server, claim).place == "Almaty", "the choice")


def test_details_pressed_first_after_a_restart_are_stored(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim)
    details(page)
    page.get_by_role("textbox", name="Place").fill("Almaty")
    page.get_by_role("textbox", name="Place").press("Tab")
    settled(page)
    server.kill()
    server.start()
    save = page.get_by_role("button", name="Save details")
    expect(save).to_be_enabled(timeout=30_000)
    save.click()
    until(lambda: stored(server, claim).place == "Almaty", "the place")


def test_accepting_a_claim_leaves_the_details_that_are_being_typed(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim)
    details(page)
    page.get_by_role("textbox", name="Place").fill("Almaty")
    page.get_by_role("button", name="Accept", exact=True).click()
    until(lambda: stored(server, claim).state == "accepted", "the claim to be accepted")
    settled(page)
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Almaty")


def test_why_a_claim_is_rejected_survives_a_reload_on_claims(
    server: Server, page: Page, claim: int
) -> None:
    opened(page, server, claim)
    page.get_by_role("button", name="Reject or retire…").click()
    page.get_by_text("Opinion", exact=True).click()
    settled(page)
    page.get_by_label("In your words").press_sequentially("mere taste")

    page.reload()

    settled(page)
    page.get_by_role("button", name="Reject or retire…").click()
    expect(page.get_by_label("In your words")).to_have_value("mere taste")
    page.get_by_role("button", name="Reject", exact=True).click()
    until(lambda: stored(server, claim).reason == "Opinion: mere taste", "the reason")


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("s", "Reason (Enter alone gives none)"),
        ("f", "Why should the lead look at this?"),
        ("v", "Why is this not worked on?"),
    ],
)
def test_a_reason_half_typed_at_the_desk_survives_a_reload(
    key: str, field: str, server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press(key)
    reason = page.get_by_role("textbox", name=field)
    reason.press_sequentially("No sou")

    page.reload()

    expect(reason).to_have_value("No sou")
    reason.press("End")
    reason.press_sequentially("rce")
    reason.press("Enter")
    if key == "f":
        expect(page.get_by_label("Flags")).to_contain_text("No source")
    else:
        left(page, claim)
    open_desk(page, server.url, claim)
    expect(reason).to_be_hidden()


def test_an_answer_half_typed_survives_a_reload(server: Server, page: Page, claim: int) -> None:
    open_desk(page, server.url, claim)
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_label("New comment").fill("Who?")
    page.get_by_role("button", name="Save comment").click()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("textbox", name="Answer").press_sequentially("The minis")
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Your comment").fill("Who exactly?")

    page.reload()

    expect(page.get_by_role("textbox", name="Answer")).to_have_value("The minis")
    expect(page.get_by_label("Your comment")).to_have_value("Who exactly?")
    assert [row.text for row in rows(server, select(Comment))] == ["Who?"]


def test_a_guideline_half_written_survives_a_reload_and_a_newer_version(
    server: Server, page: Page
) -> None:
    page.goto(f"{server.url}/guideline")
    text = page.get_by_label("Guideline text")
    expect(text).to_be_visible()
    settled(page)  # the page listens as soon as it stands whole
    text.fill("Be fa")
    page.reload()
    expect(text).to_have_value("Be fa")
    settled(page)
    tab = page.context.new_page()
    tab.goto(f"{server.url}/guideline")
    expect(tab.get_by_label("Guideline text")).to_be_visible()
    settled(tab)
    tab.get_by_label("Guideline text").fill("Be quick.")
    tab.get_by_role("button", name="Publish version 2").click()
    expect(tab.get_by_role("button", name="Publish version 3")).to_be_visible()

    text.fill("Be fair.")
    page.get_by_role("button", name="Publish version 2").click()

    expect(page.get_by_text("was published while you wrote")).to_be_visible()
    expect(text).to_have_value("Be fair.")
    settled(page)
    page.get_by_role("button", name="Publish version 3").click()
    until(
        lambda: (
            [row.text for row in rows(server, select(Guideline))][1:] == ["Be quick.", "Be fair."]
        ),
        "both versions",
    )
    settled(page)
    page.reload()
    expect(text).to_have_value("Be fair.")


def test_an_article_half_typed_and_its_first_press_survive_a_restart(
    server: Server, page: Page
) -> None:
    open_intake(page, server)
    text_field(page).fill("Prices rose by 3 percent in May.")
    page.get_by_label("Outlet").fill("The Observer")
    server.kill()
    server.start()
    add = page.get_by_role("button", name="Add article")
    expect(add).to_be_enabled(timeout=30_000)
    add.click()
    until(lambda: "The Observer" in [row.outlet for row in rows(server, select(Article))], "it")
