"""Every page for everybody: axe-core finds nothing serious, at any width and in both themes.

axe-core (MPL-2.0) comes with the package axe-playwright-python.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from db.engine import transaction
from tests import factories as make
from tests.browser.conftest import Server, running
from tests.browser.hands import draft_saved, open_desk, settled, sign_in_context
from workbench.workflow import accounts
from workbench.workflow.inviting import invite
from workbench.workflow.opening import default_project

PAGES = (
    "intake", "claims", "claims?claim=3", "claims?q=palladium", "review", "review?q=palladium",
    "adjudicate", "progress", "history", "exports", "guideline", "team",
)  # fmt: skip
THEMES = ("light", "dark")
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for all tests of this module."""
    yield from running(tmp_path_factory.mktemp("accessible"), split_before)


@pytest.fixture(params=THEMES)
def themed(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A tab whose system asks for the light or the dark theme."""
    size = {"width": 1280, "height": 800}
    context = chromium.new_context(viewport=size, color_scheme=request.param)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical: the rule, the element, and what is wrong with it."""
    response: dict[str, Any] = Axe().run(page).response
    return [
        f"{found['id']}: {' '.join(map(str, node['target']))} {node['failureSummary'][:300]}"
        for found in response["violations"]
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


def show(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.url}/{name}")
    page.wait_for_load_state("networkidle")
    settled(page)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(name: str, server: Server, themed: Page) -> None:
    show(themed, server, name)
    assert violations(themed) == []


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """A workbench with an admin, a reviewer with a long name, and an open invitation."""
    for server in running(tmp_path_factory.mktemp("team"), split_before):
        engine = server.engine()
        with transaction(engine) as session:
            accounts.set_up_first_admin(session, name="ada", password="a long enough one")
            project = default_project(session)
            member = make.user(
                session,
                name="grace",
                display_name="Grace Brewster Hopper " * 3,
                joined_at=make.NOON,
            )
            make.member(session, project, by=member)
            invite(session, project_id=project.id or 0, role="lead", by=None, name="Somebody else")
        engine.dispose()
        yield server


def test_axe_finds_nothing_serious_at_the_door(server: Server, team: Server, themed: Page) -> None:
    engine = team.engine()
    with transaction(engine) as session:
        asked = {"by": None, "project_id": default_project(session).id or 0}
        join = invite(session, role="viewer", **asked)
        grace = accounts.named(session, "grace").id or 0
        reset = accounts.make_reset_link(session, user_id=grace, by=None)
    engine.dispose()
    found = {}
    doors = ("sign-in?next=/claims", f"join/{join}", f"reset/{reset}", "join/made-up-made-up-made")
    for url in (f"{server.url}/set-up", *(f"{team.url}/{door}" for door in doors)):
        themed.goto(url)
        found[url] = violations(themed)
    themed.goto(f"{team.url}/sign-in")
    themed.get_by_label("Name", exact=True).fill("ada")
    themed.get_by_label("Password").fill("not this one")
    themed.get_by_role("button", name="Sign in").click()
    expect(themed.get_by_role("alert")).to_be_visible()
    found["refused"] = violations(themed)
    assert found == {url: [] for url in found}


@pytest.mark.parametrize("look", ["members", "settings", "accounts", "own"])
def test_axe_finds_nothing_serious_on_the_team_page(look: str, team: Server, themed: Page) -> None:
    sign_in_context(themed.context, team, "ada")
    show(themed, team, f"team?look={look}")
    found = {"page": violations(themed)}
    if look == "members":
        themed.get_by_role("button", name="Make an invitation").click()
        expect(themed.get_by_test_id("stCode")).to_be_visible()
        found["link"] = violations(themed)
    if look == "accounts":
        themed.get_by_role("button", name="Manage").first.click()
        expect(themed.get_by_role("button", name="Disable")).to_be_visible()
        found["manage"] = violations(themed)
    assert found == {name: [] for name in found}


def test_axe_finds_nothing_serious_in_what_opens_on_the_desk(server: Server, themed: Page) -> None:
    open_desk(themed, server.url)
    found = {}
    themed.keyboard.press("?")
    found["keys"] = violations(themed)
    themed.get_by_role("button", name="Change keys").click()
    found["change"] = violations(themed)
    themed.keyboard.press("Escape")
    themed.keyboard.press("s")
    found["reason"] = violations(themed)
    themed.keyboard.press("Escape")
    themed.get_by_label("Source URL").fill("https://example.org/1")
    themed.get_by_role("button", name="Add source").click()
    themed.keyboard.press("Escape")
    themed.keyboard.press("2")
    draft_saved(themed)
    themed.get_by_text("Guideline version 1").click()
    found["at work"] = violations(themed)
    assert found == {name: [] for name in found}


def test_axe_finds_nothing_serious_in_a_conflict(server: Server, themed: Page) -> None:
    open_desk(themed, server.url, 9)
    other = themed.context.new_page()
    open_desk(other, server.url, 9)
    themed.get_by_label("Justification").fill("A long justification. " * 60)
    themed.get_by_label("Quote", exact=True).fill("A long quote. " * 60)
    themed.get_by_label("Source URL").fill("https://example.org/1")
    themed.get_by_role("button", name="Add source").click()
    draft_saved(themed)
    assert violations(themed) == []
    other.get_by_label("Justification").fill("two")
    expect(other.get_by_role("region", name="Saved elsewhere")).to_be_visible()
    assert violations(other) == []
    other.get_by_role("button", name="Take the stored one").click()
    draft_saved(other)


def test_axe_finds_nothing_serious_in_two_texts_of_a_claim(server: Server, themed: Page) -> None:
    themed.goto(f"{server.url}/claims?claim=11")
    text = themed.get_by_label("Claim text")
    settled(themed)
    text.fill("A text from here. " * 60)
    other = themed.context.browser.new_page()  # type: ignore[union-attr]
    other.goto(f"{server.url}/claims?claim=11")
    settled(other)
    other.get_by_label("Claim text").fill(f"Another text, {uuid4()}.")
    other.get_by_role("button", name="Save text").click()
    expect(other.get_by_text("Saved", exact=True)).to_be_visible()
    other.close()
    themed.get_by_role("button", name="Save text").click()
    expect(themed.get_by_role("region", name="Saved elsewhere")).to_be_visible()
    settled(themed)
    assert violations(themed) == []
    themed.get_by_role("button", name="Take the stored one").click()
    expect(text).to_be_visible()
    settled(themed)
    themed.keyboard.press("Escape")
    themed.keyboard.press("?")
    assert violations(themed) == []


# 1280x800 at 200 % is 640x400 in CSS pixels.
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (640, 400)])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_at_the_side(
    name: str, width: int, height: int, server: Server, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    show(page, server, name)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain], .fc-desk, .fc-desk *')]
          .filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0)
          .filter(it => getComputedStyle(it).display !== 'inline')
          .map(it => `${it.className} ${it.scrollWidth} > ${it.clientWidth}`)"""
    )
    assert wide == []


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (640, 400)])
def test_a_claim_is_judged_in_a_small_window_too(
    width: int, height: int, server: Server, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_desk(page, server.url)
    names = ("Source URL", "Stance", "Published", "Quote", "Justification", "Confidence")
    for field in (page.get_by_label(name) for name in names):
        field.focus()
        expect(field).to_be_in_viewport(ratio=0.5)
        assert field.evaluate(_IS_ON_TOP)
    page.get_by_role("radio", name="Supported").focus()
    expect(page.get_by_role("radio", name="Supported")).to_be_in_viewport(ratio=0.9)
    page.get_by_role("button", name="Save & next").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Save & next")).to_be_in_viewport(ratio=0.9)


_IS_ON_TOP = """field => {
  const box = field.getBoundingClientRect()
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  return field === top || field.contains(top)
}"""


def test_the_focus_can_be_seen_wherever_it_goes(server: Server, page: Page) -> None:
    open_desk(page, server.url)
    page.locator(".fc-form").focus()
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement)
              const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
              return [document.activeElement.outerHTML.slice(0, 80), seen]
            }"""
        )
        if not seen and "fc-" in name:
            unseen.append(name)
    assert unseen == []


def test_a_verdict_is_told_by_more_than_its_colour(server: Server, page: Page) -> None:
    open_desk(page, server.url, 13)
    page.keyboard.press("2")
    chosen = page.get_by_role("radio", name="Refuted")
    expect(chosen).to_be_checked()
    assert "✓" in chosen.evaluate("it => getComputedStyle(it, '::after').content")
    page.get_by_label("Source URL").fill("https://example.org/1")
    page.get_by_role("button", name="Add source").click()
    expect(page.locator(".fc-source").first).to_contain_text("Supports")
