"""The Claims page: words selected with the mouse become claims, and claims are worked on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Article, Claim, ClaimLineage
from tests.browser.conftest import Server, running, until
from tests.browser.hands import select_words, settled
from workbench.workflow.importing import import_article
from workbench.workflow.opening import default_project, local_user

HARD = (
    "Bürgermeister Müller said: “1,200 trees 🌳🌳 were planted.”\n\n"
    "The family 👨‍👩‍👧‍👦 and the flag 🇩🇪 stood near a cafe\u0301 in 中文字符.\n"
    "שלום means peace in Hebrew, سلام in Arabic.\r\n\r\n"
    "<script>alert('x')</script> & <b>markup stays text</b>\tafter a tab."
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module, each of which works on claims of its own."""
    yield from running(tmp_path_factory.mktemp("claims"), split_before)


def add_article(server: Server, text: str) -> int:
    engine = server.engine()
    with transaction(engine) as session:
        project, user = default_project(session), local_user(session)
        imported = import_article(session, project_id=project.id, user_id=user.id, text=text)
    engine.dispose()
    server.wait_for_split()
    return imported.article_id


def open_article(page: Page, server: Server, article_id: int, claim_id: int | None = None) -> None:
    address = f"{server.url}/claims?article={article_id}"
    page.goto(address + (f"&claim={claim_id}" if claim_id else ""))
    expect(page.locator(".fc-article")).not_to_be_empty()
    settled(page)


def claims_of(server: Server, article_id: int) -> list[Claim]:
    engine = server.engine()
    with reading(engine) as session:
        query = select(Claim).where(Claim.article_id == article_id).order_by(Claim.id)
        claims = list(session.exec(query))
    engine.dispose()
    return claims


@pytest.mark.parametrize(
    "words",
    [
        "1,200 trees 🌳🌳 were planted",
        "🌳🌳",
        "Bürgermeister Müller",
        "family 👨‍👩‍👧‍👦 and the flag 🇩🇪 stood",
        "cafe\u0301 in 中文字符",
        "means peace in Hebrew",
        "planted.”\n\nThe family 👨‍👩‍👧‍👦",
        "<b>markup stays text</b>\tafter a tab",
    ],
)
def test_selected_words_become_a_claim_with_exact_offsets(
    server: Server, page: Page, words: str
) -> None:
    article_id = add_article(server, HARD)
    open_article(page, server, article_id)
    start = HARD.index(words)

    select_words(page, start, start + len(words))
    page.get_by_role("button", name="New claim").click()

    expect(page.get_by_label("Claim text")).to_have_value(words)
    made = claims_of(server, article_id)[-1]
    assert (made.quote, made.start, made.end) == (words, start, start + len(words))
    assert (made.state, made.origin) == ("accepted", "reviewer")


def test_a_right_to_left_word_is_selected_whole(server: Server, page: Page) -> None:
    article_id = add_article(server, HARD)
    open_article(page, server, article_id)
    page.locator(".fc-article").evaluate(
        """(host, word) => {
          const range = document.createRange()
          const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT)
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(word)
            if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + word.length); break }
          }
          const box = host.closest('.fc-scroll')
          box.scrollTop = 0
          const rect = range.getBoundingClientRect()
          window.middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
        }""",
        "שלום",
    )
    middle = page.evaluate("window.middle")
    page.mouse.dblclick(middle["x"], middle["y"])
    page.get_by_role("button", name="New claim").click()

    expect(page.get_by_label("Claim text")).to_have_value("שלום")
    assert claims_of(server, article_id)[-1].quote == "שלום"


def sample_claim(server: Server, words: str) -> Claim:
    return next(
        claim for claim in claims_of(server, 1) if words in claim.quote and claim.state != "retired"
    )


def stored(server: Server, claim: Claim) -> Claim:
    return next(each for each in claims_of(server, claim.article_id) if each.id == claim.id)


def test_accept_reject_and_rewrite(server: Server, page: Page) -> None:
    claim = sample_claim(server, "created in 2002")
    open_article(page, server, 1, claim.id)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_disabled()
    page.get_by_label("Claim text").fill("The CSTO came about in 2002.")
    page.get_by_role("button", name="Save text").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Reject or retire…", exact=True).click()
    page.get_by_role("button", name="Reject", exact=True).click()
    until(lambda: stored(server, claim).state == "rejected", "the claim to be rejected")

    after = stored(server, claim)
    assert (after.state, after.text) == ("rejected", "The CSTO came about in 2002.")
    assert (after.quote, after.proposed_text) == (claim.quote, claim.text)


def test_a_claim_gets_another_span(server: Server, page: Page) -> None:
    claim = sample_claim(server, "created in 2002")
    article = article_text(server)
    start = article.index("The CSTO was created in 2002")
    open_article(page, server, 1, claim.id)

    select_words(page, start, start + len("The CSTO was created"))
    page.get_by_role("button", name="Use as span").click()

    expect(page.locator(".fc-article mark.fc-current").first).to_have_text("The CSTO was created")
    after = stored(server, claim)
    assert after.quote == article[after.start : after.end] == "The CSTO was created"


def test_a_claim_is_split_where_the_second_half_begins(server: Server, page: Page) -> None:
    claim = sample_claim(server, "caused dozens of deaths")
    article = article_text(server)
    open_article(page, server, 1, claim.id)
    at = article.index("caused dozens of deaths")

    select_words(page, at, at + len("caused dozens"))
    page.get_by_role("button", name="Split here").click()

    expect(page.get_by_label("Claim text")).to_have_value(article[at : claim.end])
    first, second = claims_of(server, 1)[-2:]
    assert (first.start, second.start, second.end) == (claim.start, at, claim.end)
    assert parents(server, second) == {claim.id}


def test_two_claims_are_merged_and_know_where_they_come_from(server: Server, page: Page) -> None:
    one = sample_claim(server, "an attempt of external interference")
    two = sample_claim(server, "this type of threat")
    open_article(page, server, 1, one.id)
    page.get_by_role("button", name="Merge with…").click()
    page.get_by_role("combobox", name="Claims to merge with this one").fill(two.text[:20])
    page.get_by_role("option", name=two.text).click()
    page.get_by_role("button", name="Merge", exact=True).click()

    expect(page.get_by_text("Made by a merge from")).to_be_visible()
    merged = claims_of(server, 1)[-1]
    assert (merged.start, merged.end) == (one.start, two.end)
    assert parents(server, merged) == {one.id, two.id}


def article_text(server: Server) -> str:
    engine = server.engine()
    with reading(engine) as session:
        text = session.get_one(Article, 1).text
    engine.dispose()
    return text


def parents(server: Server, claim: Claim) -> set[int]:
    engine = server.engine()
    with reading(engine) as session:
        rows = session.exec(select(ClaimLineage).where(ClaimLineage.child_id == claim.id)).all()
    engine.dispose()
    return {row.parent_id for row in rows}


def test_the_open_claim_of_a_long_article_is_in_sight(server: Server, page: Page) -> None:
    text = "\n\n".join(f"Exports of wheat rose by {n} percent in 2021." for n in range(200))
    article_id = add_article(server, text)
    last = claims_of(server, article_id)[-20]
    open_article(page, server, article_id, last.id)
    mark = page.locator(".fc-article .fc-current")
    expect(mark).to_have_text(last.quote)
    settled(page)
    page.evaluate("document.fonts.ready")
    expect(mark).to_be_in_viewport(ratio=0.9)
