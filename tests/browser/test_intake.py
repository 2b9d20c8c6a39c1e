"""Intake, progress and exports in a real browser."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from db.engine import reading
from db.models import Article
from tests.browser.conftest import Server

TEXT = "Rates fell 🌳\n\nThe bank said on Monday that rates fell by 4 percent. Unions doubt it.\n"


def test_a_double_click_adds_one_article_and_shows_its_claims(server: Server, page: Page) -> None:
    open_intake(page, server)
    text_field(page).fill(TEXT)
    page.get_by_role("spinbutton", name="year, Publication date").press_sequentially("20220115")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add article").dblclick()
    expect(page.get_by_text("claims found")).to_be_visible(timeout=30_000)
    expect(text_field(page)).to_have_value("")
    (stored,) = [article for article in articles(server) if article.text == TEXT]
    assert str(stored.published_on) == "2022-01-15"
    expect(page.get_by_role("link", name="Go to its claims")).to_have_attribute(
        "href", "claims?article=2"
    )


def test_what_was_typed_stays_across_an_error_a_tab_and_a_page(server: Server, page: Page) -> None:
    open_intake(page, server)
    page.get_by_label("URL").fill("nowhere")
    text_field(page).fill(TEXT)
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_text("is no web address")).to_be_visible()
    page.get_by_label("Author").fill("A. Writer")
    page.get_by_role("tab", name="Samples").click()
    expect(page.get_by_text("CC BY 2.5").first).to_be_visible()
    page.get_by_role("tab", name="Paste").click()
    expect(text_field(page)).to_have_value(TEXT)
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    page.get_by_role("link", name="Intake").click()
    expect(text_field(page)).to_have_value(TEXT)
    expect(page.get_by_label("Author")).to_have_value("A. Writer")


def test_typing_the_next_article_is_not_disturbed_by_the_end_of_a_split(
    server: Server, page: Page
) -> None:
    open_intake(page, server)
    text_field(page).fill(TEXT)
    page.get_by_role("button", name="Add article").click()
    expect(text_field(page)).to_have_value("")
    text_field(page).press_sequentially("The next article", delay=40)
    expect(page.get_by_text("claims found")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1_500)
    expect(text_field(page)).to_have_value("The next article")


def test_a_file_is_uploaded_and_stored_byte_for_byte(
    server: Server, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "rates.txt"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    open_intake(page, server)
    page.get_by_role("tab", name="Upload").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Title").fill("![x](http://t.example/a.png) :red[x] <script>")
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_text("claims found")).to_be_visible(timeout=30_000)
    assert articles(server)[-1].text == TEXT.replace("\n", "\r\n")
    shown = page.get_by_test_id("stMain").get_by_text(
        "![x](http://t.example/a.png) :red[x] <script>"
    )
    expect(shown).to_have_count(2)


def test_the_files_to_download_are_those_of_the_click(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/exports")
    for title, suffix in (("JSONL", "jsonl"), ("CSV", "csv")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download {title}").click()
        name = waiting.value.suggested_filename
        assert name.startswith("My-project-20")
        assert name.endswith(f".{suffix}")
        assert waiting.value.path().stat().st_size > 1_000


def open_intake(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/intake")
    expect(text_field(page)).to_be_visible()


def text_field(page: Page) -> Locator:
    """The visible one: while a form is replaced, the old one is still there, hidden."""
    return page.get_by_role("textbox", name="Text", exact=True)


def articles(server: Server) -> list[Article]:
    engine = server.engine()
    with reading(engine) as session:
        found = list(session.exec(select(Article).order_by(Article.id)))
    engine.dispose()
    return found
