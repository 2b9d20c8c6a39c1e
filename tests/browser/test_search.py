"""Finding claims in the browser: words, filters that are links, and many claims changed at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Claim
from tests import factories as make
from tests.browser.conftest import Server, running
from workbench.workflow.opening import default_project, local_user

GOODS = ("Wheat", "Steel", "Copper", "Timber")
N_EACH = 20
LONG = "Steel of a very long kind, " + "rolled and rolled again, " * 20 + "rose."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """The sample, and claims about four goods; each test changes those of one good alone."""
    for server in running(tmp_path_factory.mktemp("search"), split_before):
        engine = server.engine()
        with transaction(engine) as session:
            for good in GOODS:
                _article(session, good)
            _nickel(session)
        engine.dispose()
        yield server


def _article(session, good: str) -> None:  # type: ignore[no-untyped-def]
    sentences = [f"{good} number {n} rose." for n in range(N_EACH)] + [LONG] * (good == "Steel")
    article = make.article(
        session,
        default_project(session),
        text=" ".join(sentences),
        title=f"All about {good.lower()}",
        outlet="The Ledger",
        split_at=make.NOON,
        created_by_id=local_user(session).id,
    )
    for n, sentence in enumerate(sentences):
        speaker = "Ada Okoro" if n % 2 else None
        make.claim(session, article, quote=sentence, state="proposed", speaker=speaker)


def _nickel(session) -> None:  # type: ignore[no-untyped-def]
    """A claim unlike the others in all that can be asked for; grace and we have reviewed it."""
    grace = make.user(session, name="grace")
    article = make.article(
        session,
        default_project(session),
        text="Nickel rose.",
        outlet="The Observer",
        published_on=date(2031, 1, 2),
        split_at=make.NOON,
        created_by_id=grace.id,
    )
    facts = {"claimed_on": date(2031, 1, 1), "checkworthiness": 0.99, "speaker": "Mei Lin"}
    claim = make.claim(session, article, quote="Nickel rose.", **facts)
    for reviewer in (grace, local_user(session)):
        make.review(session, claim, reviewer, label="refuted")
    make.resolution(session, claim, label="refuted")


def open_list(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/claims?{query}")
    expect(page.get_by_text("claims", exact=False).first).to_be_visible()
    expect(page.get_by_label("Search words")).to_be_visible()


def rows(page: Page) -> list[str]:
    return page.locator(".fc-claims tbody a").all_inner_texts()


def test_words_give_rows_and_the_link_gives_them_again(server: Server, page: Page) -> None:
    open_list(page, server)
    words = page.get_by_label("Search words")
    words.fill('copper "number 1')
    words.press("Enter")
    expect(page.get_by_text("11 of ")).to_be_visible()
    found = rows(page)
    assert "Copper number 1 rose." in found
    assert "Copper number 12 rose." in found
    assert len(found) == 11

    page.reload()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(11)
    assert rows(page) == found
    expect(page.get_by_label("Search words")).to_have_value('copper "number 1')

    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(50)
    assert "q=" not in page.url


def test_a_claim_is_opened_from_the_list_and_the_filter_stays(server: Server, page: Page) -> None:
    open_list(page, server, "q=timber+7")
    page.get_by_role("link", name="Timber number 7 rose.").click()
    expect(page.get_by_label("Claim text")).to_have_value("Timber number 7 rose.")
    expect(page.locator(".fc-article mark.fc-current")).to_have_text("Timber number 7 rose.")
    assert "q=timber" in page.url
    assert "claim=" in page.url
    page.go_back()
    expect(page.locator(".fc-article")).to_have_count(0)
    expect(page.get_by_role("link", name="Timber number 7 rose.")).to_be_visible()


def test_folded_filters_go_into_the_link(server: Server, page: Page) -> None:
    open_list(page, server, "q=steel")
    page.get_by_role("button", name="More filters").click()
    page.get_by_role("combobox", name="Speaker").click()
    page.get_by_role("option", name="Ada Okoro (10)").click()
    page.wait_for_url(lambda url: "speaker=Ada+Okoro" in url)
    expect(page.get_by_text("10 of ")).to_be_visible()


def test_pages_of_the_list_are_links_too(server: Server, page: Page) -> None:
    open_list(page, server, "q=number&p=2")
    expect(page.locator(".fc-claims tbody tr")).to_have_count(30)


def test_nothing_found_offers_the_way_back(server: Server, page: Page) -> None:
    open_list(page, server, "q=palladium&state=accepted")
    expect(page.get_by_role("heading", name="No claim is like that")).to_be_visible()
    page.get_by_role("button", name="Clear filters").last.click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(50)


def test_selected_claims_are_rejected_with_a_reason(server: Server, page: Page) -> None:
    open_list(page, server, "q=copper")
    page.get_by_label("Select: Copper number 3 rose.").check()
    page.get_by_label("Select: Copper number 4 rose.").check()
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Reject…").click()
    expect(page.get_by_text("Reject 2 claims?")).to_be_visible()
    page.get_by_role("button", name="Reject 2 claims").click()
    expect(page.get_by_text("2 claims rejected.")).to_be_visible()
    assert stored(server, "Copper number 3 rose.") == ("rejected", "Not a claim")
    assert stored(server, "Copper number 5 rose.")[0] == "proposed"


def test_all_that_is_found_is_accepted_with_the_count(server: Server, page: Page) -> None:
    open_list(page, server, "q=wheat")
    page.get_by_role("button", name="Accept…").click()
    expect(page.get_by_text("Accept 20 claims?")).to_be_visible()
    assert stored(server, "Wheat number 3 rose.")[0] == "proposed"
    page.get_by_role("button", name="Accept 20 claims").click()
    expect(page.get_by_text("20 claims accepted.")).to_be_visible()
    assert stored(server, "Wheat number 3 rose.")[0] == "accepted"
    open_list(page, server, "q=wheat&state=accepted")
    expect(page.locator(".fc-claims tbody tr")).to_have_count(20)


def test_what_is_selected_is_assigned_to_a_reviewer_after_a_count(
    server: Server, page: Page
) -> None:
    open_list(page, server, "q=timber+number")
    for n in (2, 3, 4):
        page.get_by_label(f"Select: Timber number {n} rose.").check()
    page.get_by_role("button", name="Assign…").click()
    page.get_by_role("combobox", name="Reviewers").fill("grace")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # more people could be chosen: the list stays open
    expect(page.get_by_text("Assign 3 claims to grace?")).to_be_visible()
    page.get_by_role("button", name="Assign 3 claims").click()
    expect(page.get_by_text("3 claims assigned.")).to_be_visible()
    open_list(page, server, "assigned=grace")
    expect(page.locator(".fc-claims tbody tr")).to_have_count(3)


FACETS = (
    ("Speaker", "Mei Lin", 1),
    ("Outlet", "The Observer", 1),
    ("Final verdict", "Refuted", 1),
    ("A reviewer's verdict", "Refuted", 1),
    ("Reviewed by", "grace", 1),
)


@pytest.mark.parametrize(("name", "value", "n"), FACETS)
def test_each_filter_finds_its_claims_and_is_a_link(
    name: str, value: str, n: int, server: Server, page: Page
) -> None:
    open_list(page, server)
    page.get_by_role("button", name="More filters").click()
    page.get_by_role("combobox", name=name, exact=True).click()
    page.get_by_role("option", name=value).click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(n)
    link = page.url
    page.goto(link)
    expect(page.locator(".fc-claims tbody tr")).to_have_count(n)
    assert rows(page) == ["Nickel rose."]


@pytest.mark.parametrize(
    "query",
    ["from=2031-01-01", "said_from=2031-01-01&said_to=2031-12-31", "worth_from=0.99"],
)
def test_days_and_check_worthiness_are_links_too(query: str, server: Server, page: Page) -> None:
    open_list(page, server, query)
    expect(page.locator(".fc-claims tbody tr")).to_have_count(1)
    assert rows(page) == ["Nickel rose."]


def test_a_long_claim_is_cut_until_it_has_the_focus(server: Server, page: Page) -> None:
    open_list(page, server, "q=steel+kind")
    link = page.locator(".fc-claims tbody a").first
    short = link.bounding_box()["height"]
    link.focus()
    assert link.bounding_box()["height"] > 2 * short


def test_only_what_was_found_is_reviewed(server: Server, page: Page) -> None:
    open_list(page, server, "q=timber+1")
    page.get_by_role("link", name="Review these").click()
    claim = page.get_by_label("Claim text")
    expect(claim).to_have_value("Timber number 1 rose.")
    expect(page.get_by_text("0 of 11 in this filter reviewed")).to_be_visible()
    for n in (10, 11):
        page.keyboard.press("1")
        page.keyboard.press("Control+Enter")
        expect(claim).to_have_value(f"Timber number {n} rose.")
    assert "q=timber" in page.url
    page.reload()
    expect(claim).to_have_value("Timber number 11 rose.")
    expect(page.get_by_text("2 of 11 in this filter reviewed")).to_be_visible()


def stored(server: Server, text: str) -> tuple[str, str]:
    engine = server.engine()
    with reading(engine) as session:
        claim = session.exec(select(Claim).where(Claim.text == text)).one()
    engine.dispose()
    return claim.state, claim.reason
