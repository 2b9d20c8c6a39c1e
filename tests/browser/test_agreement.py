"""From a number on the page of agreement to the claims behind it, and back."""

import pytest
from playwright.sync_api import Page, expect

from db.engine import transaction
from db.models import Claim
from db.queries import claims, projects
from tests import factories
from tests.browser.conftest import Server
from tests.browser.hands import settled


@pytest.fixture
def differing(server: Server) -> Claim:
    """Of the sample's first six claims two people judged, the one on which they differ."""
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        project.blind = False
        people = [
            factories.user(session, name=name.lower(), display_name=name) for name in ("Ann", "Bob")
        ]
        judged = claims.in_article(session, article_id=1)[:6]
        for n, claim in enumerate(judged):
            for person, label in zip(people, ("refuted", "supported"), strict=True):
                label = label if n == 3 else "not-enough-evidence"
                factories.review(session, claim, person, label=label)
        return judged[3]


def test_a_number_leads_to_its_claims_and_back(
    page: Page, server: Server, differing: Claim
) -> None:
    page.goto(f"{server.url}/agreement?by=pair")
    pair = page.get_by_role("table", name="Agreement of pairs")
    expect(pair.locator("tbody tr").first).to_contain_text("of 6")
    confusion = page.get_by_role("table", name="Confusion of labels")
    refuted = confusion.locator("tbody tr", has=page.get_by_role("rowheader", name="Refuted"))
    refuted.get_by_role("link", name="1", exact=True).click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(1)
    expect(page.locator(".fc-claims tbody tr")).to_contain_text(differing.text[:40])
    settled(page)
    page.go_back()
    expect(pair).to_be_visible()
    page.get_by_role("link", name="1 differ").click()
    expect(page.locator(".fc-claims tbody tr")).to_contain_text(differing.text[:40])


def test_a_table_downloads(page: Page, server: Server, differing: Claim) -> None:
    page.goto(f"{server.url}/agreement")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Coefficients as CSV").click()
    lines = taken.value.path().read_text().splitlines()
    assert lines[0] == "stage,coefficient,value,low,high,items,ratings"
    assert len(lines) == 8
    assert lines[1].startswith("verdict,percent,0.8333")
