"""Evidence at the desk: two sets with questions, earlier sources, quotes, copies, hints."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from db.engine import transaction
from db.models import Article
from tests.browser.conftest import Server
from tests.browser.hands import claim_in_address, draft_saved, left, open_desk, select_words

URL = "https://stats.example/2022/exports?id=7"
REPRINT = "https://agency.example/report.pdf"


def field(page: Page, name: str) -> Locator:
    return page.get_by_label(name, exact=True)


def hints(page: Page) -> Locator:
    return page.get_by_role("list", name="Hints")


def earlier(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Earlier sources").get_by_role("option")


def open_more(page: Page) -> None:
    """Open the folded fields with the keyboard alone."""
    page.get_by_text("More about this source").focus()
    page.keyboard.press("Enter")
    expect(field(page, "Author")).to_be_visible()


def exported(server: Server, page: Page, tmp_path: Path, claim: int) -> dict:  # type: ignore[type-arg]
    page.goto(f"{server.url}/exports")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSONL").click()
    path = tmp_path / "claims.jsonl"
    download.value.save_as(path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return next(row for row in rows if row["claim"]["id"] == claim)["reviews"][0]


def test_two_sources_in_two_sets_with_questions_by_keyboard_come_out_in_the_export(
    server: Server, page: Page, tmp_path: Path
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("2")
    field(page, "Source URL").focus()
    page.keyboard.type(f"{URL}&utm_source=mail")
    field(page, "Stance").select_option("Refutes")
    field(page, "Quote").fill("Exports fell by 2 percent.")
    open_more(page)
    field(page, "Author").fill("C. Counter")
    field(page, "Medium").select_option("Web table")
    field(page, "Accessed").fill("2026-01-15")
    field(page, "Question").press_sequentially("How did exports develop?")
    expect(field(page, "Answer type")).to_have_value("extractive")
    field(page, "Author").press("Enter")
    expect(page.get_by_text("Exports fell by 2 percent. (extractive)")).to_be_visible()

    page.keyboard.type(REPRINT)
    field(page, "Stance").select_option("Refutes")
    field(page, "Evidence set").fill("2")
    field(page, "Question").fill("Did exports rise?")
    field(page, "Answer type").select_option("Boolean")
    field(page, "Answer").fill("No")
    page.get_by_role("button", name="Add source").click()
    expect(page.get_by_text("A boolean answer needs its explanation.")).to_be_visible()
    field(page, "Explanation").fill("The table shows a fall.")
    draft_saved(page)
    page.reload()
    expect(field(page, "Explanation")).to_have_value("The table shows a fall.")
    page.get_by_role("button", name="Add source").click()
    expect(page.get_by_text("Evidence set 2")).to_be_visible()
    page.keyboard.press("Control+Enter")
    left(page, claim)

    first, second = exported(server, page, tmp_path, claim)["evidence"]
    assert first["canonical_url"] == URL
    assert first["url"] == f"{URL}&utm_source=mail"
    assert (first["author"], first["medium"]) == ("C. Counter", "web table")
    assert first["accessed_at"] == "2026-01-15T00:00:00Z"
    assert first["question"] == "How did exports develop?"
    assert (first["answer"], first["answer_type"]) == ("Exports fell by 2 percent.", "extractive")
    assert (first["set_number"], second["set_number"]) == (1, 2)
    assert (second["answer"], second["answer_type"]) == ("No", "boolean")
    assert second["explanation"] == "The table shows a fall."


def test_an_earlier_source_is_chosen_by_keyboard_and_fills_the_fields(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("1")
    for name, text in {
        "Source URL": URL,
        "Source title": "Exports 2022",
        "Publisher": "Statistics Office",
        "Published": "2022-01-10",
    }.items():
        field(page, name).fill(text)
    page.keyboard.press("Control+Enter")
    left(page, claim)

    field(page, "Source title").focus()
    page.keyboard.type("stati off")
    option = earlier(page).filter(has_text="Exports 2022")
    expect(option).to_be_visible()
    expect(field(page, "Source title")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(field(page, "Source URL")).to_have_value(URL)
    expect(field(page, "Publisher")).to_have_value("Statistics Office")
    expect(field(page, "Published")).to_have_value("2022-01-10")
    expect(field(page, "Quote")).to_be_focused()
    expect(earlier(page)).to_have_count(0)
    draft_saved(page)


def test_escape_closes_the_offer_and_stays_in_the_field(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("1")
    field(page, "Source URL").fill(URL)
    page.keyboard.press("Control+Enter")
    left(page, claim)
    field(page, "Source URL").focus()
    page.keyboard.type("stats")
    expect(earlier(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(earlier(page)).to_have_count(0)
    expect(field(page, "Source URL")).to_be_focused()


def test_a_hint_appears_and_goes_and_never_blocks(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    expect(hints(page)).to_be_hidden()
    page.keyboard.press("1")
    expect(hints(page)).to_have_text("The verdict is Supported, and there is no source for it yet.")

    field(page, "Source URL").fill("https://www.snopes.com/fact-check/x")
    expect(hints(page)).to_contain_text("Snopes")
    expect(hints(page)).not_to_contain_text("no source")
    field(page, "Source URL").fill(URL)
    expect(hints(page)).to_be_hidden()
    field(page, "Stance").select_option("Refutes")
    expect(hints(page)).to_contain_text("refutes the claim")
    page.keyboard.press("Control+Enter")
    left(page, claim)
    expect(hints(page)).to_be_hidden()


def keep_copy(page: Page, text: str) -> None:
    field(page, "Stored copy").fill(text)
    field(page, "Stored copy").blur()
    expect(page.get_by_text(f"A copy of {len(text)} characters is kept")).to_be_visible()


def test_each_of_the_seven_guards_speaks_and_none_blocks(server: Server, page: Page) -> None:
    engine = server.engine()
    with transaction(engine) as session:
        session.get_one(Article, 1).url = "https://news.example/lukashenko?utm_source=x"
    engine.dispose()
    open_desk(page, server.url)
    claim = claim_in_address(page)
    open_more(page)
    page.keyboard.press("Escape")
    said = hints(page)
    page.keyboard.press("1")
    expect(said).to_contain_text("there is no source for it yet")
    field(page, "Source URL").fill("https://news.example/lukashenko")
    field(page, "Published").fill("2022-01-16")
    field(page, "Stance").select_option("Refutes")
    expect(said).to_contain_text("is the article that the claim stands in")
    expect(said).to_contain_text("was published on 2022-01-16, after the claim (2022-01-15)")
    expect(said).to_contain_text("The verdict is Supported, but the source being typed refutes")
    field(page, "Quote").fill("Words that it does not hold.")
    keep_copy(page, "Both agencies sent this.")
    expect(said).to_contain_text("is not in its stored copy")
    page.get_by_role("button", name="Add source").click()
    field(page, "Source URL").fill("https://www.politifact.com/factchecks/2022/x")
    keep_copy(page, "Both agencies sent this.")
    expect(said).to_contain_text("may be a fact-check of this claim")
    expect(said).to_contain_text("carry the same text: they may be one witness")
    page.get_by_role("button", name="Add source").click()

    page.keyboard.press("Control+Enter")

    left(page, claim)


def test_questions_are_answered_in_each_of_the_four_ways(
    server: Server, page: Page, tmp_path: Path
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    page.keyboard.press("3")
    field(page, "Source URL").focus()
    open_more(page)
    for kind, answer in (
        ("Extractive", ""), ("Abstractive", "It fell."), ("Boolean", "No"), ("Unanswerable", None)
    ):  # fmt: skip
        field(page, "Question").fill("Did exports rise?")
        field(page, "Answer type").select_option(kind)
        if answer is None:
            expect(field(page, "Answer")).to_be_hidden()
        else:
            field(page, "Source URL").fill(f"{URL}&for={kind}")
            field(page, "Quote").fill("Exports fell.")
            field(page, "Answer").fill(answer)
        if kind == "Boolean":
            field(page, "Explanation").fill("The table shows a fall.")
        page.get_by_role("button", name="Add source").click()
    expect(page.locator(".fc-source")).to_have_count(4)
    page.keyboard.press("Control+Enter")
    left(page, claim)

    stored = exported(server, page, tmp_path, claim)["evidence"]
    assert [(each["answer_type"], each["answer"]) for each in stored] == [
        ("extractive", "Exports fell."),
        ("abstractive", "It fell."),
        ("boolean", "No"),
        ("unanswerable", ""),
    ]
    assert {each["question"] for each in stored} == {"Did exports rise?"}


def test_a_pasted_copy_checks_the_quote_and_fills_the_address_on_the_next_claim(
    server: Server, page: Page
) -> None:
    open_desk(page, server.url)
    claim = claim_in_address(page)
    field(page, "Source URL").fill(URL)
    field(page, "Source title").fill("Exports 2022")
    field(page, "Quote").fill("Exports rose.")
    open_more(page)
    field(page, "Stored copy").fill("The office said:\nexports fell.")
    field(page, "Stored copy").blur()
    expect(page.get_by_text("A copy of 30 characters is kept")).to_be_visible()
    expect(hints(page)).to_contain_text("not in its stored copy")
    field(page, "Quote").fill("said: Exports fell.")
    expect(hints(page)).to_be_hidden()

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Skip").click()
    if page.get_by_label("Reason (Enter alone gives none)").is_visible():
        page.keyboard.press("Enter")
    left(page, claim)
    field(page, "Source URL").fill(URL)
    expect(field(page, "Source title")).to_have_value("Exports 2022")
    expect(page.get_by_text("A copy of 30 characters is kept")).to_be_visible()


def test_words_of_the_article_become_the_quote_of_the_source(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    text = page.locator(".fc-article").inner_text()
    select_words(page, 0, 20)
    page.get_by_role("button", name="Use as quote").click()
    quote = field(page, "Quote")
    expect(quote).to_be_focused()
    first = quote.input_value()
    assert first in text
    assert 15 <= len(first) <= 20
    select_words(page, 30, 45)
    page.get_by_role("button", name="Use as quote").click()
    assert quote.input_value().startswith(f"{first} […] ")
    draft_saved(page)


def test_the_fold_stays_as_it_was_left(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    expect(field(page, "Author")).to_be_hidden()
    open_more(page)
    page.reload()
    expect(field(page, "Author")).to_be_visible()


def test_the_fold_has_a_key(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    page.keyboard.press("m")
    expect(field(page, "Author")).to_be_visible()
