"""The dashboard in a browser: it follows the work, and its numbers lead to claims and to files."""

import csv
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from db.engine import transaction
from db.models import Claim, utc_now
from db.queries import claims, projects
from tests import factories
from tests.browser.conftest import Server
from tests.browser.hands import settled, signed_in_page
from tests.browser.test_accessibility import violations

REFRESH_MS = 30_000


@pytest.fixture
def judged(server: Server) -> list[Claim]:
    """Of the sample's claims, four judged by Ann with a source, two of these by Bob as well."""
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        project.blind = False
        ann, bob = (
            factories.user(session, name=name.lower(), display_name=name) for name in ("Ann", "Bob")
        )
        source = factories.source(session, project, url="https://www.stats.example/a")
        of = claims.in_article(session, article_id=1)
        for claim in of[:4]:
            review = factories.review(session, claim, ann, label="refuted", submitted_at=utc_now())
            factories.evidence(session, review, source)
        for claim in of[:2]:
            factories.review(session, claim, bob, label="refuted", submitted_at=utc_now())
        return of


def row(page: Page, table: str, heading: str):  # type: ignore[no-untyped-def]
    found = page.get_by_role("table", name=table, exact=True).locator("tbody tr")
    return found.filter(has=page.get_by_role("rowheader", name=heading, exact=True))


def test_it_follows_the_work_and_leaves_the_reader_where_they_are(
    page: Page, server: Server, judged: list[Claim]
) -> None:
    page.goto(f"{server.url}/progress")
    expect(row(page, "Reviewers", "Ann")).to_contain_text("4")
    settled(page)
    page.get_by_text("Day by day in figures").click()
    link = row(page, "Outlets", "None given").get_by_role("link").last
    link.or_(page.get_by_role("table", name="Articles").get_by_role("link")).last.focus()
    page.wait_for_timeout(2_000)
    assert page.evaluate(_SCROLLED) > 100
    before = page.evaluate(_PLACE)
    with transaction(server.engine()) as session:
        factories.review(session, judged[4], factories.user(session, display_name="Cem"))
    expect(row(page, "Reviewers", "Cem")).to_contain_text("1", timeout=REFRESH_MS)
    settled(page)
    after = page.evaluate(_PLACE)
    assert after["focus"] == before["focus"]
    # One more line in the table of people moves what is below it, and nothing else does.
    assert abs(after["top"] - before["top"]) <= 120
    expect(page.get_by_role("table", name="Day by day")).to_be_visible()


_SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
# Where on the screen it is that the reader looks at.
_PLACE = """() => ({
  top: document.activeElement.getBoundingClientRect().top,
  focus: document.activeElement.getAttribute('href'),
})"""


def test_a_number_and_a_bar_lead_to_their_claims(
    page: Page, server: Server, judged: list[Claim]
) -> None:
    page.goto(f"{server.url}/progress")
    row(page, "Sources by site", "stats.example").get_by_role("link", name="4").click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(4)
    settled(page)
    page.go_back()
    page.get_by_role("group", name="Verdicts. ").get_by_role("link", name="Refuted: 4").click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(4)


def test_tables_and_charts_are_taken_away(page: Page, server: Server, judged: list[Claim]) -> None:
    page.goto(f"{server.url}/progress")
    with page.expect_download() as table:
        page.get_by_role("button", name="Reviewers as CSV").click()
    rows = list(csv.DictReader(table.value.path().read_text().splitlines()))
    assert [(one["Reviewer"], one["Reviews"]) for one in rows] == [("Ann", "4"), ("Bob", "2")]
    with page.expect_download() as chart:
        page.get_by_role("button", name="Verdicts as SVG").click()
    drawn = chart.value.path()
    assert chart.value.suggested_filename == "verdicts.svg"
    text = drawn.read_text()
    assert text.startswith('<?xml version="1.0"')
    assert "Refuted: 4" in text
    assert "href" not in text
    assert "var(" not in text
    with page.expect_download() as bar:
        page.get_by_role("button", name="Backlog as SVG").click()
    assert "How far the claims are." in bar.value.path().read_text()


def test_a_long_table_is_scrolled_by_keys_where_nothing_in_it_is_a_link(
    chromium: Browser, server: Server
) -> None:
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        project.viewers_see_claims = False
        viewer = factories.user(session, name="vera", joined_at=factories.NOON)
        factories.member(session, project, "viewer", by=viewer)
        for number in range(25):
            words = {"outlet": f"No. {number}", "text": f"Rates fell by {number} percent."}
            factories.claim(session, factories.article(session, project, **words))
    page = signed_in_page(chromium, server, "vera")
    page.goto(f"{server.url}/progress")
    box = page.get_by_role("region", name="Outlets")
    expect(box.get_by_role("row")).to_have_count(27)
    expect(box.get_by_role("link")).to_have_count(0)
    settled(page)
    assert violations(page) == []
    box.focus()
    page.keyboard.press("End")
    page.wait_for_function("document.activeElement.scrollTop > 0")
    page.context.close()


@pytest.fixture(params=["light", "dark"])
def wall(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    size = {"width": 1920, "height": 1080}
    context = chromium.new_context(viewport=size, color_scheme=request.param)
    yield context.new_page()
    context.close()


def test_the_wall_is_large_whole_and_without_a_sidebar(
    wall: Page, server: Server, judged: list[Claim]
) -> None:
    wall.goto(f"{server.url}/progress?display=wall")
    expect(wall.get_by_role("table", name="Reviewers")).to_be_in_viewport(ratio=1)
    settled(wall)
    expect(wall.get_by_test_id("stSidebar")).to_be_hidden()
    sizes = wall.evaluate(
        "[...document.querySelectorAll('.fc-wall b, .fc-wall-table td')]"
        ".map(it => parseFloat(getComputedStyle(it).fontSize))"
    )
    assert max(sizes) >= 80
    assert min(sizes) >= 24
    found = Axe().run(wall).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_axe_finds_nothing_serious_on_a_dashboard_with_work(
    page: Page, server: Server, judged: list[Claim]
) -> None:
    page.goto(f"{server.url}/progress")
    expect(row(page, "Reviewers", "Ann")).to_be_visible()
    settled(page)
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["target"]) for one in serious] == []
