"""Several people on one workbench: everybody signs in, and sees what is theirs."""

from playwright.sync_api import Browser, expect

from db.engine import transaction
from tests import factories
from tests.browser.conftest import Server
from tests.browser.hands import open_desk, settled, signed_in_page
from workbench.workflow.opening import default_project


def people(server: Server, **roles: str) -> None:
    """Give the server's first project these people, by name with their roles."""
    engine = server.engine()
    with transaction(engine) as session:
        for name, role in roles.items():
            person = factories.user(session, name=name, joined_at=factories.NOON)
            factories.member(session, default_project(session), role, by=person)
    engine.dispose()


def test_who_is_signed_in_works_under_their_own_name(server: Server, chromium: Browser) -> None:
    people(server, grace="reviewer")
    page = signed_in_page(chromium, server, "grace")
    open_desk(page, server.url)
    page.reload()
    settled(page)
    expect(page.get_by_label("Claim text")).not_to_have_value("")
    page.context.close()
