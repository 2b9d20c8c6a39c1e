"""One claim through AVeriTeC's five phases, by five people with their hands on the keyboard."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from db.engine import reading, transaction
from db.models import Claim
from db.queries import reviews
from tests import factories
from tests.browser.conftest import Server
from tests.browser.hands import claim_in_address, draft_saved, left, open_desk, signed_in_page
from workbench.workflow.opening import default_project
from workbench.workflow.replanning import set_workflow

SECRET = "PLANTED-7731"
NAMES = ("ann", "ben", "cem", "dua", "eli")
SHOTS = os.environ.get("PHASE_SHOTS")


def five_people(server: Server) -> None:
    engine = server.engine()
    with transaction(engine) as session:
        project = default_project(session)
        lead = factories.member(session, project, "lead")
        for name in NAMES:
            person = factories.user(session, name=name, joined_at=factories.NOON)
            factories.member(session, project, by=person)
        set_workflow(
            session,
            project_id=project.id or 0,
            user_id=lead.id or 0,
            version=project.version,
            workflow="averitec",
            options={},
        )
    engine.dispose()


def shot(page: Page, name: str) -> None:
    if SHOTS is None:
        return
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(400)
        page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}.png")


def says(page: Page, words: str) -> None:
    expect(page.locator(".fc-phase")).to_contain_text(words)


def finish(page: Page) -> None:
    """Save by key, and wait until the claim is off the desk."""
    claim = claim_in_address(page)
    page.keyboard.press("Control+Enter")
    left(page, claim)


def judge(page: Page, digit: str, words: str) -> None:
    page.locator(".fc-form").focus()
    page.keyboard.press(digit)
    page.get_by_label("Justification").focus()
    page.keyboard.type(words)
    draft_saved(page)


def add_source(page: Page, url: str, quote: str, question: str) -> None:
    page.locator(".fc-form").focus()
    page.keyboard.press("i")
    expect(page.get_by_label("Source URL")).to_be_focused()
    page.keyboard.type(url)
    page.get_by_label("Quote", exact=True).focus()
    page.keyboard.type(quote)
    if not page.locator(".fc-more").evaluate("more => more.open"):
        page.locator(".fc-more summary").press("Enter")
    page.get_by_label("Question").focus()
    page.keyboard.type(question)
    page.get_by_role("button", name="Add source").press("Enter")
    expect(page.locator(".fc-source")).to_have_count(1)


def test_five_people_take_one_claim_through_five_phases(server: Server, chromium: Browser) -> None:
    five_people(server)

    ann = signed_in_page(chromium, server, "ann")
    open_desk(ann, server.url)
    claim = claim_in_address(ann)
    says(ann, "Phase 1 of 5 · Normalise: make the claim stand alone")
    expect(ann.get_by_role("radiogroup", name="Verdict")).to_be_hidden()
    expect(ann.get_by_role("button", name="Normalised & next")).to_be_visible()
    ann.get_by_label("Claim text").fill("The claim, made to stand alone by Ann.")
    ann.get_by_label("Speaker").fill("A minister")
    shot(ann, "1-normalise")
    finish(ann)

    ben = signed_in_page(chromium, server, "ben")
    open_desk(ben, server.url)
    assert claim_in_address(ben) == claim
    says(ben, "Phase 2 of 5 · Evidence")
    expect(ben.get_by_label("Claim text")).to_have_value("The claim, made to stand alone by Ann.")
    add_source(
        ben, "https://stats.example/table", "It rose by 4 percent.", "By how much did it rise?"
    )
    judge(ben, "2", f"{SECRET} It is wrong.")
    shot(ben, "2-evidence")
    finish(ben)

    cem = signed_in_page(chromium, server, "cem")
    received: list[str] = []
    cem.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda sent: received.append(str(sent))),
    )
    open_desk(cem, server.url)
    assert claim_in_address(cem) == claim
    says(cem, "Phase 3 of 5 · Second verdict: judge from the evidence below; what the first")
    given = cem.get_by_role("region", name="Evidence from the phases before")
    expect(given).to_contain_text("By how much did it rise?")
    expect(given.get_by_role("link")).to_have_attribute("href", "https://stats.example/table")
    expect(cem.get_by_label("Source URL")).to_be_hidden()
    judge(cem, "1", "It is right.")
    expect(cem.get_by_role("list", name="Hints")).to_be_hidden()
    assert SECRET not in cem.content() + "".join(received)
    assert any("By how much did it rise?" in sent for sent in received)
    shot(cem, "3-verdict")
    finish(cem)

    dua = signed_in_page(chromium, server, "dua")
    open_desk(dua, server.url)
    assert claim_in_address(dua) == claim
    says(dua, "Phase 4 of 5 · Dispute")
    differ = dua.get_by_role("region", name="Verdicts that differ")
    expect(differ).to_contain_text(SECRET)
    expect(differ).to_contain_text("It is right.")
    shot(dua, "4-dispute-begins")
    add_source(dua, "https://bank.example/report", "Up, by a lot.", "What does the bank say?")
    judge(dua, "1", "The bank settles it.")
    shot(dua, "4-dispute")
    finish(dua)

    eli = signed_in_page(chromium, server, "eli")
    open_desk(eli, server.url)
    assert claim_in_address(eli) == claim
    says(eli, "Phase 5 of 5 · Control")
    expect(eli.get_by_text("Evidence so far (2)")).to_be_visible()
    judge(eli, "1", "All of it says so.")
    shot(eli, "5-control")
    finish(eli)

    assert settled_as(server, claim) == ("done", "majority")
    open_desk(ann, server.url, claim)
    says(ann, "All phases done")
    expect(ann.get_by_role("button", name="Save & next")).to_be_hidden()
    shot(ann, "6-done")
    for page in (ann, ben, cem, dua, eli):
        page.context.close()


def settled_as(server: Server, claim_id: int) -> tuple[str, str]:
    engine = server.engine()
    with reading(engine) as session:
        stored = reviews.resolution(session, claim_id=claim_id)
        assert stored
        found = (session.get_one(Claim, claim_id).phase, stored.how)
    engine.dispose()
    return found
