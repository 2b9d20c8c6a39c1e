"""The main job from end to end: an article in, claims, a verdict with its source, a dataset out."""

import csv
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.hands import claim_in_address, draft_saved, open_desk, select_words
from workbench.samples import samples

TITLE = "Ferry traffic 🚢"
TEXT = (
    "Ferry traffic grew 🚢\n\n"
    "The port authority said on Monday that 12,400 people crossed the strait in 2021. "
    "The ferry was built in 1998 and is owned by the city.\n\n"
    "Mayor Ana Díaz denied that fares had doubled.\n"
)
JUSTIFICATION = "The registry lists 12,400 crossings – see table 3. 👩‍👩‍👧 “ok”"
QUOTE = "Passengers carried, 2021:\n12 400"


def test_the_sample_is_there_and_split_on_first_start(new_server: Server, page: Page) -> None:
    page.goto(new_server.url)
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    expect(page.get_by_text("Lukashenko denounces").first).to_be_visible()
    expect(page.get_by_text(re.compile("0 of .* reviewed"))).to_be_visible()


def test_from_pasted_text_to_exported_record(server: Server, page: Page, tmp_path: Path) -> None:
    article_id = paste_article(server, page)
    made = make_claim_from_words(server, page, article_id, "fares had doubled")
    judge(server, page, made)
    expect_progress(server, page)

    record = next(row for row in exported(server, page, tmp_path) if row["claim"]["id"] == made)

    assert record["article"]["text"] == TEXT
    assert record["article"]["title"] == TITLE
    assert record["article"]["outlet"] == "The Courier"
    assert record["article"]["author"] == "A. Writer"
    assert record["article"]["url"] == "https://courier.example/ferry"
    assert record["article"]["published_on"] == "2022-01-15"
    claim = record["claim"]
    assert TEXT[claim["start"] : claim["end"]] == claim["quote"] == "fares had doubled"
    assert claim["text"] == "Fares of the ferry had doubled."
    (review,) = record["reviews"]
    assert review["label"] == "refuted"
    assert review["justification"] == JUSTIFICATION
    assert review["confidence"] == 0.8
    assert review["reviewer"] == "local"
    assert review["submitted_at"].endswith("Z")
    (evidence,) = review["evidence"]
    assert evidence["url"] == "https://registry.example/t3?a=1&b=2"
    assert evidence["title"] == "Table 3 <i>& notes</i>"
    assert evidence["publisher"] == "Registry"
    assert evidence["published_on"] == "2021-12-31"
    assert evidence["quote"] == QUOTE
    assert evidence["stance"] == "refutes"
    assert record["resolution"]["label"] == "refuted"


def paste_article(server: Server, page: Page) -> int:
    page.goto(f"{server.url}/intake")
    page.get_by_role("textbox", name="Text", exact=True).fill(TEXT)
    page.get_by_role("textbox", name="Title", exact=True).fill(TITLE)
    page.get_by_role("textbox", name="Outlet", exact=True).fill("The Courier")
    page.get_by_role("textbox", name="Author", exact=True).fill("A. Writer")
    page.get_by_role("textbox", name="URL", exact=True).fill("https://courier.example/ferry")
    year = page.get_by_role("spinbutton", name="year, Publication date")
    year.press_sequentially("20220115")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_text("claims found")).to_be_visible(timeout=30_000)
    server.wait_for_split()
    return int(page.url.partition("article=")[2])


def make_claim_from_words(server: Server, page: Page, article_id: int, words: str) -> int:
    page.goto(f"{server.url}/claims?article={article_id}")
    expect(page.locator(".fc-article mark").first).to_be_visible()
    start = TEXT.index(words)
    select_words(page, start, start + len(words))
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Claim text")).to_have_value(words)
    page.get_by_label("Claim text").fill("Fares of the ferry had doubled.")
    page.get_by_role("button", name="Save text").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    return int(page.url.partition("claim=")[2])


def judge(server: Server, page: Page, claim: int) -> None:
    open_desk(page, server.url, claim)
    expect(page.get_by_label("Claim text")).to_have_value("Fares of the ferry had doubled.")
    page.get_by_role("radio", name="Refuted").click()
    page.get_by_label("Source URL").fill("https://registry.example/t3?a=1&b=2")
    page.get_by_label("Source title").fill("Table 3 <i>& notes</i>")
    page.get_by_label("Publisher").fill("Registry")
    page.get_by_label("Published").fill("2021-12-31")
    page.get_by_label("Quote").fill(QUOTE)
    page.get_by_label("Stance").select_option("Refutes")
    page.get_by_role("button", name="Add source").click()
    expect(page.get_by_role("link", name="Table 3 <i>& notes</i>")).to_be_visible()
    page.get_by_label("Justification").fill(JUSTIFICATION)
    page.get_by_label("Confidence").fill("80")
    draft_saved(page)
    page.get_by_role("button", name="Save & next").click()
    page.wait_for_url(lambda url: not url.endswith(f"claim={claim}"))
    assert claim_in_address(page) != claim


def expect_progress(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/progress")
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    expect(page.get_by_text(re.compile(r"% of \d+ claims"))).to_be_visible()


def exported(server: Server, page: Page, tmp_path: Path) -> list[dict]:  # type: ignore[type-arg]
    page.goto(f"{server.url}/exports")
    paths = {}
    for name in ("JSONL", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        paths[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(paths[name])
    rows = [json.loads(line) for line in paths["JSONL"].read_text("utf-8").splitlines()]
    with paths["CSV"].open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows)
    return rows


def test_every_claim_of_the_export_is_verbatim_in_its_article(
    server: Server, page: Page, tmp_path: Path
) -> None:
    rows = exported(server, page, tmp_path)
    assert len(rows) >= 15
    text = samples()[0].text
    for row in rows:
        assert row["article"]["text"] == text
        assert text[row["claim"]["start"] : row["claim"]["end"]] == row["claim"]["quote"]
