"""A reviewer goes through the training, hands on the keyboard, to the first claim of the work."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Claim, Review, Trial
from tests import factories as make
from tests.browser.conftest import Server
from tests.browser.hands import claim_in_address, left, open_desk, settled, signed_in_page
from workbench.workflow import marking
from workbench.workflow.opening import default_project

SHOTS = os.environ.get("TRAINING_SHOTS")
WHY = "The central bank’s own table says 2 percent, not 4: see its report of May, page 12."


def prepared(server: Server) -> list[int]:
    """A project that asks for two training claims, of which both must be right."""
    engine = server.engine()
    with transaction(engine) as session:
        project = default_project(session)
        project.training_claims, project.training_share = 2, 1.0
        lead = make.user(session, name="lee", joined_at=make.NOON)
        make.member(session, project, "lead", by=lead)
        make.member(session, project, by=make.user(session, name="ann", joined_at=make.NOON))
        claims = session.exec(select(Claim).order_by(Claim.id).limit(3)).all()
        ids = [claim.id or 0 for claim in claims]
        for id in ids:
            marking.mark(
                session,
                project_id=project.id or 0,
                claim_id=id,
                user_id=lead.id or 0,
                known=marking.Known("refuted", WHY, "training"),
                version=0,
            )
    engine.dispose()
    return ids


def shot(page: Page, name: str) -> None:
    if SHOTS is None:
        return
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(500)
        page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}.png")


def judge(page: Page, digit: str, told: str) -> None:
    """Give the verdict by keys, and wait for what the desk says of it."""
    page.locator(".fc-form").focus()
    page.keyboard.press(digit)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".fc-training")).to_contain_text(told)


def go_on(page: Page) -> None:
    claim = claim_in_address(page)
    page.keyboard.press("Control+Enter")
    left(page, claim)


def test_training_tells_each_known_verdict_and_leads_to_the_work(
    server: Server, chromium: Browser
) -> None:
    lessons = prepared(server)
    page = signed_in_page(chromium, server, "ann")
    open_desk(page, server.url)
    expect(page.locator(".fc-count")).to_have_text("Training 1 of 2")
    assert claim_in_address(page) == lessons[0]
    shot(page, "before")
    judge(page, "1", "The known verdict is another: Refuted. Yours was Supported.")
    expect(page.locator(".fc-training")).to_contain_text("1 more training claim to judge.")
    shot(page, "wrong")
    go_on(page)
    expect(page.locator(".fc-count")).to_have_text("Training 2 of 2")
    judge(page, "2", "That is the known verdict: Refuted.")
    expect(page.locator(".fc-training")).to_contain_text("Right are 1 of the last 2 verdicts")
    page.reload()
    expect(page.locator(".fc-training")).to_contain_text(WHY)
    shot(page, "right")
    page.get_by_role("button", name="Next claim").click()
    left(page, lessons[1])
    expect(page.locator(".fc-count")).to_have_text("Training, claim 3")
    judge(page, "2", "Your training is passed: the claims of the project come next.")
    go_on(page)
    assert claim_in_address(page) not in lessons
    expect(page.locator(".fc-training")).to_be_hidden()
    expect(page.locator(".fc-count")).to_contain_text("0 of ")
    live = claim_in_address(page)
    page.locator(".fc-form").focus()
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    left(page, live)
    page.context.close()
    stored(server, live)
    if SHOTS:
        leads_pages(server, chromium, live)


def stored(server: Server, live: int) -> None:
    engine = server.engine()
    with reading(engine) as session:
        assert [row.claim_id for row in session.exec(select(Review)).all()] == [live]
        assert len(session.exec(select(Trial)).all()) == 3
    engine.dispose()


def leads_pages(server: Server, chromium: Browser, live: int) -> None:
    """To look at what a lead sees, when pictures are asked for."""
    page = signed_in_page(chromium, server, "lee")
    for name, address in (
        ("results", "team?look=results"),
        ("settings", "team?look=settings"),
        ("progress", "progress"),
        ("claim", f"claims?claim={live}"),
    ):
        page.goto(f"{server.url}/{address}")
        settled(page)
        if name == "settings":
            page.get_by_text("Training claims, 0 for no training").scroll_into_view_if_needed()
        if name == "progress":
            page.get_by_text("Gold score").first.scroll_into_view_if_needed()
        if name == "claim":
            page.get_by_text("Gold: mark the known verdict").click()
            page.get_by_role("button", name="Mark as gold").scroll_into_view_if_needed()
        shot(page, name)
    page.context.close()
