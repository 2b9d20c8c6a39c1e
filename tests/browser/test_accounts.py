"""Several people on one workbench: everybody signs in, and sees what is theirs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from db.engine import reading, transaction
from db.models import OneTimeLink, Review, User, utc_now
from tests import factories
from tests.browser.conftest import Server, answers, free_port, running, until
from tests.browser.hands import draft_saved, open_desk, settled, sign_in_context, signed_in_page
from workbench.workflow import accounts, inviting
from workbench.workflow.opening import default_project

SECRET, OTHER = "a long enough one", "and another long one"


def people(server: Server, **roles: str) -> None:
    """Give the server's first project these people, by name with their roles."""
    engine = server.engine()
    with transaction(engine) as session:
        for name, role in roles.items():
            person = factories.user(session, name=name, joined_at=factories.NOON)
            factories.member(session, default_project(session), role, by=person)
    engine.dispose()


def set_up(page: Page, server: Server) -> None:
    """Make the first admin, as somebody does who worked alone."""
    page.goto(f"{server.url}/team")
    page.get_by_role("link", name="Set up accounts").first.click()
    page.get_by_label("Name", exact=True).fill("Ada")
    page.get_by_label("New password").fill(SECRET)
    page.get_by_label("The same again").fill(SECRET)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("button", name="Make an invitation")).to_be_visible()
    settled(page)


def another(chromium: Browser) -> Page:
    """A browser of somebody else."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    return context.new_page()


def test_from_one_person_to_a_team(server: Server, page: Page, chromium: Browser) -> None:
    set_up(page, server)
    page.get_by_label("For whom").fill("Grace")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_test_id("stCode").inner_text().strip()

    grace = another(chromium)
    grace.goto(link)
    expect(grace.get_by_label("Name", exact=True)).to_have_value("grace")
    grace.get_by_label("Shown name").fill("Grace Hopper")
    grace.get_by_label("New password").fill(OTHER)
    grace.get_by_label("The same again").fill(OTHER)
    grace.get_by_role("button", name="Make my account").click()
    expect(grace.get_by_label("Claim text")).not_to_have_value("")
    settled(grace)
    expect(grace.get_by_text("reviewer here")).to_be_visible()
    expect(grace.get_by_role("link", name="Review", exact=True)).to_be_visible()
    expect(grace.get_by_role("link", name="Exports")).to_have_count(0)
    grace.goto(f"{server.url}/exports")
    expect(grace.get_by_text("This needs the role lead in this project")).to_be_visible()

    page.reload()
    settled(page)
    expect(page.get_by_text("Grace Hopper")).to_be_visible()
    expect(page.get_by_text("admin of the workbench")).to_be_visible()
    grace.context.close()


def test_the_way_that_was_wanted_is_kept_through_the_door(
    server: Server, page: Page, chromium: Browser
) -> None:
    set_up(page, server)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{server.url}/claims?claim=3")
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password").fill(SECRET)
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims?claim=3")
    expect(page.get_by_label("Claim text")).not_to_have_value("")


def test_a_sign_in_outlasts_a_reload_and_a_restart_of_the_server(
    server: Server, chromium: Browser
) -> None:
    people(server, grace="reviewer")
    page = signed_in_page(chromium, server, "grace")
    open_desk(page, server.url)
    page.reload()
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    server.kill()
    server.start()
    page.reload()
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.context.close()


def test_signing_out_in_one_tab_ends_the_other_at_its_next_click(
    server: Server, chromium: Browser
) -> None:
    people(server, lena="lead")
    page = signed_in_page(chromium, server, "lena")
    page.goto(f"{server.url}/team?look=settings")
    settled(page)
    other = page.context.new_page()
    other.goto(f"{server.url}/progress")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_text("Viewers see claims").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(page.get_by_role("button", name="Save settings")).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_label("Password")).to_be_visible()
    assert "next=%2Fteam%3Flook%3Dsettings" in page.url
    page.context.close()


def test_what_is_typed_as_the_sign_in_ends_is_kept_for_its_writer_alone(
    server: Server, chromium: Browser
) -> None:
    people(server, grace="reviewer", lena="lead")
    page = signed_in_page(chromium, server, "grace")
    open_desk(page, server.url, 3)
    settled(page)
    end_sign_ins(server, "grace")
    page.get_by_label("Justification").fill("Typed too late.")
    expect(page.get_by_text("You are signed out. Sign in again to go on.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert n_reviews(server) == 0

    again = page.context
    page.close()
    for name, there in (("lena", ""), ("grace", "Typed too late.")):
        sign_in_context(again, server, name)
        page = again.new_page()
        open_desk(page, server.url, 3)
        settled(page)
        expect(page.get_by_label("Justification")).to_have_value(there)
    draft_saved(page)
    again.close()


def end_sign_ins(server: Server, name: str) -> None:
    engine = server.engine()
    with transaction(engine) as session:
        person = session.exec(select(User).where(User.name == name)).one()
        accounts.end_sign_ins(session, user_id=person.id or 0, by=None)
    engine.dispose()


def n_reviews(server: Server) -> int:
    engine = server.engine()
    with reading(engine) as session:
        n = len(session.exec(select(Review.id)).all())
    engine.dispose()
    return n


def test_an_invitation_that_has_expired_says_so(server: Server, page: Page) -> None:
    people(server, lena="lead")
    engine = server.engine()
    with transaction(engine) as session:
        project_id = default_project(session).id or 0
        token = inviting.invite(session, project_id=project_id, role="reviewer", by=None)
        session.exec(select(OneTimeLink)).one().expires_at = utc_now()
    engine.dispose()
    page.goto(f"{server.url}/join/{token}")
    expect(page.get_by_text("This invitation has expired on")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_count(0)


def test_who_tries_too_often_is_told_how_long_to_wait(server: Server, page: Page) -> None:
    people(server, lena="lead")
    page.goto(server.url)
    for _ in range(6):
        page.get_by_label("Name", exact=True).fill("lena")
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Too many tries to sign in. Try again in")


ROUTES_OF_THE_SERVER = """
from pathlib import Path
import workbench
from workbench.web import app_of
app = app_of(Path(workbench.__file__).parent / "app.py")
for route in app._build_starlette_app().routes:
    for method in sorted(getattr(route, "methods", None) or ["GET"]):
        print(type(route).__name__, method, route.path)
"""
OPEN_ROUTES = {
    "/healthz", "/entrance.css", "/sign-in", "/sign-in/with/{provider}", "/sign-in/done", "/set-up",
    "/join/{token}", "/reset/{token}", "/auth/login", "/oauth2callback",
}  # fmt: skip


def test_a_signed_out_person_reaches_no_route_of_the_server(server: Server) -> None:
    people(server, lena="lead")
    listed = subprocess.run(
        [sys.executable, "-c", ROUTES_OF_THE_SERVER], capture_output=True, text=True, check=True
    )
    routes = [line.split(maxsplit=2) for line in listed.stdout.splitlines() if "Route" in line]
    reached = set()
    for kind, method, path in routes:
        asked = path.replace("{token}", "x" * 43).replace("{path:path}", "index.html")
        asked = asked.replace("{", "").replace("}", "")
        if kind == "WebSocketRoute":
            upgrade = {
                "upgrade": "websocket",
                "connection": "Upgrade",
                "sec-websocket-version": "13",
            }
            answer = httpx.get(
                server.url + asked,
                headers=upgrade | {"sec-websocket-key": "eHh4eHh4eHh4eHh4eHh4eA=="},
            )
        else:
            answer = httpx.request(method, server.url + asked)
        away = answer.headers.get("location", "").startswith("/sign-in")
        if answer.status_code not in (401, 403) and not away:
            reached.add(path)
    assert len(routes) > 30
    assert {"/_stcore/health", "/desk/act", "/password"} <= {path for _, _, path in routes}
    assert reached == OPEN_ROUTES
    for path in (
        "/",
        "/claims",
        "/index.html",
        "/static/js/index.js",
        "/favicon.png",
        "/manifest.json",
    ):
        answer = httpx.get(server.url + path)
        assert answer.status_code in (303, 401), path
        assert "<script" not in answer.text


@pytest.fixture
def provider() -> Iterator[str]:
    """An OpenID Connect provider of our own, that believes whoever comes."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    claims = '{"sub": "42", "name": "Grace Hopper", "email": "grace@example.org"}'
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--user-claims", claims]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: answers(f"{url}/.well-known/openid-configuration"), "the provider", seconds=30)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def with_provider(tmp_path: Path, split_before: Path, provider: str) -> Iterator[Server]:
    """A workbench that is told of the provider."""
    port = free_port()
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text(
        f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "of this test alone, and long"
[auth.newsroom]
title = "the newsroom"
client_id = "workbench"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
    )
    yield from running(tmp_path, split_before, port=port, started_in=tmp_path)


def by_provider(page: Page) -> None:
    """Sign in at the provider, which asks only for a name."""
    page.get_by_role("link", name="Sign in with the newsroom").click()
    page.locator("input[name=sub]").fill("42")
    page.get_by_role("button", name="Authorize").click()


def test_a_provider_proves_who_was_invited_and_strangers_stay_out(
    with_provider: Server, page: Page
) -> None:
    server = with_provider
    people(server, lena="lead")
    page.goto(f"{server.url}/claims?claim=3")
    by_provider(page)
    expect(page.get_by_text("grace@example.org has no account on this workbench")).to_be_visible()
    page.goto(f"{server.url}/claims")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    engine = server.engine()
    with transaction(engine) as session:
        project_id = default_project(session).id or 0
        token = inviting.invite(session, project_id=project_id, role="reviewer", by=None)
    engine.dispose()
    page.goto(f"{server.url}/join/{token}")
    by_provider(page)
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    expect(page.get_by_text("Grace Hopper")).to_be_visible()
    names = {one["name"] for one in page.context.cookies()}
    assert not [name for name in names if name.startswith("_streamlit_user")]

    settled(page)
    end_sign_ins(server, "grace")
    page.goto(f"{server.url}/claims?claim=3")
    by_provider(page)
    page.wait_for_url("**/claims?claim=3")
    expect(page.get_by_label("Claim text")).not_to_have_value("")


def test_a_copy_of_streamlit_s_own_cookie_opens_nothing(with_provider: Server, page: Page) -> None:
    server = with_provider
    people(server, lena="lead")
    taken: dict[str, str] = {}

    def look(request) -> None:  # type: ignore[no-untyped-def]
        for part in request.all_headers().get("cookie", "").split("; "):
            name, _, value = part.partition("=")
            if name.startswith("_streamlit_user"):
                taken[name] = value

    page.on("requestfinished", look)
    page.goto(server.url)
    by_provider(page)
    expect(page.get_by_text("has no account on this workbench")).to_be_visible()
    assert taken
    for path in ("/claims", "/_stcore/health", "/sign-in/done"):
        answer = httpx.get(server.url + path, cookies=taken)
        assert answer.status_code in (303, 401, 410), path
