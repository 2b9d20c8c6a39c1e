"""The history in the browser: asked for from a claim, filtered, followed, taken away."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from db.engine import transaction
from db.models import Claim
from tests.browser.conftest import Server
from tests.browser.hands import open_desk, settled
from workbench.workflow.claiming import rewrite, set_state
from workbench.workflow.opening import local_user

LONG = "Exports of wheat and of steel rose in each of the years. " * 10


def work_on(server: Server, claim_id: int) -> None:
    """Reword the claim at length, then accept it."""
    engine = server.engine()
    with transaction(engine) as session:
        claim, user = session.get_one(Claim, claim_id), local_user(session)
        who = {"project_id": claim.project_id, "claim_id": claim_id, "user_id": user.id or 0}
        rewrite(session, **who, text=LONG, version=claim.version)
        session.flush()
        set_state(session, **who, state="accepted", version=claim.version)
    engine.dispose()


def test_from_a_claim_to_its_history_to_a_file_and_back(
    server: Server, page: Page, tmp_path: Path
) -> None:
    work_on(server, 3)
    open_desk(page, server.url, 3)
    page.locator(".fc-form").get_by_role("link", name="History").click()
    page.wait_for_url("**/history?claim=3")
    events = page.locator(".fc-history > li")
    expect(events).to_have_count(3)
    expect(events.first).to_contain_text("You accepted claim 3")

    folded = events.nth(1).locator("details")
    expect(folded.get_by_text(LONG.strip())).not_to_be_visible()
    folded.locator("summary").click()
    expect(folded.get_by_text(LONG.strip())).to_be_visible()

    page.get_by_role("combobox", name="What happened").fill("rewritten")
    page.get_by_role("option", name="Claim rewritten").click()
    page.wait_for_url("**/history?claim=3&kind=claim.rewritten")
    expect(events).to_have_count(1)
    page.reload()
    expect(events).to_have_count(1)

    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSONL").click()
    download.value.save_as(tmp_path / "history.jsonl")
    (line,) = map(json.loads, (tmp_path / "history.jsonl").read_text("utf-8").splitlines())
    assert (line["claim_id"], line["after"]["text"]) == (3, LONG.strip())

    events.first.get_by_role("link", name="claim 3", exact=True).click()
    expect(page.get_by_label("Claim text")).to_have_value(LONG.strip())
    page.get_by_test_id("stMain").get_by_role("link", name="History").click()
    expect(events).to_have_count(3)
