"""What hands do on a page: select words with the mouse, open the desk, wait for a save."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from db.engine import transaction
from db.models import User
from tests.browser.conftest import Server
from workbench.ui import cookie
from workbench.workflow import signing_in

_BOX = """(host, [start, end]) => {
  // code points, as Python counts them, to the place of the caret on the screen
  const find = wanted => {
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT)
    let seen = 0
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data]
      const before = points.slice(0, wanted - seen).join('').length
      if (wanted <= seen + points.length) return [node, before]
      seen += points.length
    }
  }
  const part = (from, to) => {
    const range = document.createRange()
    range.setStart(...find(from))
    range.setEnd(...find(to))
    return [...range.getClientRects()].filter(rect => rect.width > 0)
  }
  const box = host.closest('.fc-scroll')
  box.scrollTop += part(start, end)[0].top - box.getBoundingClientRect().top - 80
  const rects = part(start, end)
  const [first, last] = [rects[0], rects[rects.length - 1]]
  const middle = rect => rect.top + rect.height / 2
  return [{ x: first.left, y: middle(first) }, { x: last.right, y: middle(last) }]
}"""


def select_words(page: Page, start: int, end: int) -> None:
    """Drag the mouse over these code points of the article."""
    begin, finish = page.locator(".fc-article").evaluate(_BOX, [start, end])
    page.mouse.move(begin["x"] + 0.5, begin["y"])
    page.mouse.down()
    page.mouse.move((begin["x"] + finish["x"]) / 2, (begin["y"] + finish["y"]) / 2, steps=3)
    page.mouse.move(finish["x"], finish["y"], steps=4)
    page.mouse.up()


def open_desk(page: Page, url: str, claim: int | None = None) -> None:
    """Open Review and wait until the claim is on the desk."""
    page.goto(f"{url}/review" + (f"?claim={claim}" if claim else ""))
    expect(page.get_by_label("Claim text")).not_to_have_value("")


def draft_saved(page: Page) -> None:
    """Wait until the desk says that the draft is in the database."""
    expect(page.get_by_role("status")).to_have_text("Draft saved")


def claim_in_address(page: Page) -> int:
    """The claim that the page's address names."""
    return int(page.url.partition("claim=")[2])


def left(page: Page, claim: int) -> None:
    """Wait until another claim than this one is on the desk."""
    page.wait_for_url(lambda url: not url.endswith(f"claim={claim}"))


_STILL = """() => document.getAnimations().every(
  each => !(each instanceof CSSTransition) || each.playState !== 'running')"""


def settled(page: Page) -> None:
    """Wait until the page is drawn: the run of its script is over, nothing old fades any more."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_function(_STILL)


def signed_in_page(browser: Browser, server: Server, name: str, **context: Any) -> Page:
    """A tab of a browser of its own in which the person of this name is signed in.

    They need an account in the server's database, as `tests.factories.member` makes them. Close
    it with `page.context.close()`.
    """
    options = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **context}
    opened = browser.new_context(**options)
    opened.set_default_timeout(30_000)
    sign_in_context(opened, server, name)
    return opened.new_page()


def sign_in_context(context: BrowserContext, server: Server, name: str) -> None:
    """Sign the person in, as if they had given name and password."""
    engine = server.engine()
    with transaction(engine) as session:
        person = session.exec(select(User).where(User.name == name)).one()
        token = signing_in.enter(session, user_id=person.id or 0, device="a test")
        value = signing_in.cookie_of(session, token=token)
    engine.dispose()
    kept = {cookie.NAME: value, cookie.PERSON: str(person.id)}
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in kept.items()]
    )
