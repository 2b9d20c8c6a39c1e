"""Projects: a new one with a label scheme of its own, worked on from the sidebar."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.hands import open_desk

LIAR = ("Pants on fire", "False", "Barely true", "Half true", "Mostly true", "True")


def test_a_project_with_another_scheme_has_its_verdicts_on_the_desk(
    server: Server, page: Page
) -> None:
    page.goto(f"{server.url}/intake")
    page.get_by_role("button", name="New project").click()
    page.get_by_label("Project name").fill("Election 2026")
    page.get_by_role("combobox", name="Label scheme").fill("LIAR")
    page.keyboard.press("Enter")
    page.get_by_label("Guideline").fill("Judge as of polling day.")
    page.get_by_role("button", name="Create project").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Project", exact=True)).to_have_value("Election 2026")
    expect(page.get_by_role("link", name="Lukashenko denounces")).to_have_count(0)
    text = page.get_by_role("textbox", name="Text", exact=True)
    text.fill("The mayor said that fares doubled in 2021.")
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_text("found")).to_be_visible(timeout=30_000)

    open_desk(page, server.url)

    expect(page.get_by_text("Guideline version 1")).to_be_visible()
    radios = page.get_by_role("radiogroup", name="Verdict").get_by_role("radio")
    assert [radios.nth(i).get_attribute("aria-label") for i in range(radios.count())] == list(LIAR)


def test_a_link_opens_the_claim_whatever_project_was_chosen(server: Server, page: Page) -> None:
    open_desk(page, server.url, 1)
    expect(page.get_by_role("combobox", name="Project", exact=True)).to_have_value("My project")
    page.goto(f"{server.url}/review?claim=999999999999999999999999")
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    page.goto(f"{server.url}/review?claim=99999999")
    expect(page.get_by_text("There is no claim 99999999 here")).to_be_visible()
