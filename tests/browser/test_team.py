"""Two reviewers and a lead take ten claims to final verdicts; the dashboard says what is stored."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, func, select

from db.engine import reading, transaction
from db.models import Claim, Label, Project, Resolution, Review
from db.queries import projects
from tests import factories as make
from tests.browser.conftest import Server, until
from tests.browser.hands import claim_in_address, left, open_desk, settled, signed_in_page
from tests.browser.test_adjudication import decide
from tests.browser.test_progress import row

PEOPLE = {"ann": "reviewer", "bob": "reviewer", "lena": "lead"}
TEXT = " ".join(f"The price of good {n} rose by {n} percent." for n in range(1, 11))
N_DIFFERING = 3


@pytest.fixture
def team(server: Server, chromium: Browser) -> Iterator[dict[str, Page]]:
    """Each of the people in a browser of their own, and ten claims that want two reviews."""
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        assert project is not None
        project.overlap = 2
        for claim in session.exec(select(Claim)):
            claim.state = "retired"
        _ten_claims(session, project)
    with ExitStack() as stack:
        pages = {name: signed_in_page(chromium, server, name) for name in PEOPLE}
        for page in pages.values():
            stack.callback(page.context.close)
        yield pages


def _ten_claims(session: Session, project: Project) -> None:
    for name, role in PEOPLE.items():
        by = make.user(session, name=name, display_name=name.title(), joined_at=make.NOON)
        make.member(session, project, role, by=by)
    article = make.article(session, project, text=TEXT, title="Prices")
    for quote in TEXT[:-1].split(". "):
        make.claim(session, article, quote=quote)


def judge(page: Page, digit: str) -> int:
    """A verdict on the claim that lies on the desk, by keys; returns the claim."""
    claim = claim_in_address(page)
    page.keyboard.press(digit)
    page.keyboard.press("Control+Enter")
    left(page, claim)
    return claim


def test_two_reviewers_and_a_lead_take_ten_claims_to_final_verdicts(
    server: Server, team: dict[str, Page]
) -> None:
    for name in ("ann", "bob"):
        open_desk(team[name], server.url)
        for n in range(10):
            judge(team[name], "2" if name == "bob" and n < N_DIFFERING else "1")
        expect(team[name].get_by_role("heading", name="All reviewed")).to_be_visible()

    lead = team["lena"]
    lead.goto(f"{server.url}/adjudicate")
    for n in range(N_DIFFERING):
        expect(lead.get_by_role("radiogroup", name="Final verdict")).to_be_visible()
        settled(lead)
        decide(lead, "2", "The figures of the ministry are newer.")
        until(lambda n=n: stored(server)["adjudicated"] == n + 1, "the decision")
    expect(lead.get_by_role("heading", name="Nothing is contested")).to_be_visible()

    assert stored(server) == {"unanimous": 10 - N_DIFFERING, "adjudicated": N_DIFFERING}
    the_dashboard_says_what_is_stored(server, lead)


def stored(server: Server) -> Counter[str]:
    """How the final verdicts came about, each as often as it did."""
    with reading(server.engine()) as session:
        return Counter(session.exec(select(Resolution.how)).all())


def the_dashboard_says_what_is_stored(server: Server, page: Page) -> None:
    with reading(server.engine()) as session:
        final = dict(
            session.exec(
                select(Label.title, func.count()).join(Resolution).group_by(Label.title)
            ).all()
        )
        n_reviews = Counter(
            session.exec(select(Review.user_id).where(Review.status == "submitted")).all()
        )
    assert sorted(n_reviews.values()) == [10, 10]
    page.goto(f"{server.url}/progress")
    for name in ("Ann", "Bob"):
        expect(row(page, "Reviewers", name).get_by_role("cell").first).to_have_text("10")
    for title in ("Supported", "Refuted"):
        expect(row(page, "Verdicts", title).get_by_role("cell").last).to_have_text(
            str(final[title])
        )
    row(page, "Verdicts", "Refuted").get_by_role("link").last.click()
    expect(page.locator(".fc-claims tbody tr")).to_have_count(final["Refuted"])
