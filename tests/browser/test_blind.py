"""A blind reviewer in a browser: no secret travels to it, seen or unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from db.engine import transaction
from db.models import Project
from db.queries import projects
from tests.browser.conftest import Server, running
from tests.browser.hands import settled, signed_in_page
from tests.planted import Planted, found, plant, secret
from tests.ui.conftest import APP

PAGES = sorted(page.stem for page in (APP.parent / "ui" / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, split_before: Path) -> Iterator[Server]:
    """One workbench for both walks."""
    yield from running(tmp_path_factory.mktemp("blind"), split_before)


@pytest.fixture(scope="module")
def case(server: Server) -> Planted:
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        assert project is not None
        return plant(session, project, name="blind", display_name="Blind")


def walk(browser: Browser, server: Server, case: Planted) -> set[str]:
    """The secrets in all that came to the browser on every page: frames, answers, the document."""
    page = signed_in_page(browser, server, "blind")
    came: list[str] = []
    _listen(page, came)
    for name in PAGES:
        for claim in (case.decided, case.returned):
            page.goto(f"{server.url}/{'' if name == 'home' else name}?claim={claim.id}")
            settled(page)
            came.append(page.content())
    page.goto(f"{server.url}/claims?q=harbour")
    page.get_by_role("button", name="More filters").click()
    expect(page.get_by_label("Final verdict")).to_be_visible()
    settled(page)
    came.append(page.content())
    page.context.close()
    return found("\n".join(came))


def _listen(page: Page, came: list[str]) -> None:
    def frame(data: str | bytes) -> None:
        came.append(data if isinstance(data, str) else data.decode("utf-8", "replace"))

    def socket(opened: WebSocket) -> None:
        opened.on("framereceived", frame)

    page.on("websocket", socket)
    page.on("requestfinished", lambda request: came.append(request.url))


def test_no_secret_travels_to_a_blind_reviewer_s_browser(
    chromium: Browser, server: Server, case: Planted
) -> None:
    assert walk(chromium, server, case) == set()


def test_the_same_walk_finds_them_where_the_project_is_not_blind(
    chromium: Browser, server: Server, case: Planted
) -> None:
    with transaction(server.engine()) as session:
        session.get_one(Project, case.project.id).blind = False
    told = walk(chromium, server, case)
    for claim in (case.decided, case.returned):
        assert {f"{secret(claim)}comment", f"{secret(claim)}flag"} <= told
    assert f"{secret(case.decided)}reason" in told
