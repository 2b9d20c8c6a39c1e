"""A lead decides on contested claims by the keyboard; hidden names do not reach the browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from db.engine import reading, transaction
from db.models import Label, Project, Resolution, User
from db.queries import projects, users
from tests import factories as make
from tests.browser.conftest import Server, until
from tests.browser.hands import settled, signed_in_page
from tests.browser.test_accessibility import violations
from tests.planted import submit

TEXT = "Exports rose by four percent. Rates fell in March. The harbour was closed for weeks."
NAMES = ("zerubbabel", "hephzibah")


@pytest.fixture
def contested(server: Server) -> list[int]:
    """Three claims on which two people differ, two leads, and every other claim retired."""
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        assert project is not None
        project.overlap = 2
        for role, name in (("lead", "lena"), ("lead", "leo"), *(("reviewer", n) for n in NAMES)):
            _person(session, project, role, name)
        article = make.article(session, project, text=TEXT, title="Harbour news")
        claims = [make.claim(session, article, quote=quote) for quote in TEXT[:-1].split(". ")]
        for claim in claims:
            for name, label in zip(NAMES, ("supported", "refuted"), strict=True):
                by = users.by_name(session, name=name)
                assert by is not None
                submit(session, claim, by, label, {"justification": f"I found it {label}."})
        return [claim.id or 0 for claim in claims]


def _person(session: Session, project: Project, role: str, name: str) -> User:
    by = make.user(
        session, name=name, display_name=name.capitalize(), joined_at=make.NOON, is_admin=False
    )
    return make.member(session, project, role, by=by)


@pytest.fixture
def lead(chromium: Browser, server: Server, contested: list[int]) -> Iterator[Page]:
    page = signed_in_page(chromium, server, "lena")
    yield page
    page.context.close()


def opened(page: Page, server: Server, query: str = "") -> Page:
    page.goto(f"{server.url}/adjudicate{query}")
    expect(page.get_by_role("radiogroup", name="Final verdict")).to_be_visible()
    settled(page)
    return page


def decisions(server: Server) -> dict[int, tuple[str, str, str]]:
    """Claim to label, reason and cause, as the database has them."""
    with reading(server.engine()) as session:
        rows = session.exec(
            select(Resolution, Label.key).join(Label, Label.id == Resolution.label_id)
        )
        return {row.claim_id: (key, row.reason, row.cause) for row, key in rows}


def decide(page: Page, digit: str, reason: str) -> None:
    """All by keys: the verdict, the reason, the first cause, and on."""
    page.keyboard.press(digit)
    page.keyboard.press("w")
    page.keyboard.type(reason)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")


def test_a_lead_decides_three_claims_by_the_keyboard(
    lead: Page, server: Server, contested: list[int]
) -> None:
    opened(lead, server)
    for at, claim_id in enumerate(contested, start=1):
        expect(lead).to_have_url(re.compile(rf"claim={claim_id}$"))
        expect(lead.get_by_text(f"1 of {4 - at}", exact=True)).to_be_visible()
        decide(lead, "2", f"Reason {at}.")
        until(lambda claim_id=claim_id: claim_id in decisions(server), "the decision")
        settled(lead)
    expect(lead.get_by_role("heading", name="Nothing is contested")).to_be_visible()
    assert decisions(server) == {
        claim_id: ("refuted", f"Reason {at}.", "guideline gap")
        for at, claim_id in enumerate(contested, start=1)
    }


def test_a_digit_in_the_reason_is_a_digit(lead: Page, server: Server) -> None:
    opened(lead, server)
    lead.get_by_label("Reason").fill("")
    lead.get_by_label("Reason").press_sequentially("2 of 3 np")
    expect(lead.get_by_label("Reason")).to_have_value("2 of 3 np")
    expect(lead.get_by_role("radio", name="Refuted")).not_to_be_checked()


def test_n_and_p_go_from_claim_to_claim_and_the_help_lists_them(
    lead: Page, server: Server, contested: list[int]
) -> None:
    opened(lead, server)
    lead.keyboard.press("n")
    expect(lead.get_by_text("2 of 3", exact=True)).to_be_visible()
    settled(lead)
    lead.keyboard.press("p")
    expect(lead.get_by_text("1 of 3", exact=True)).to_be_visible()
    settled(lead)
    lead.keyboard.press("?")
    expect(lead.get_by_role("dialog")).to_contain_text("Next claim")
    expect(lead.get_by_role("dialog")).to_contain_text("Refuted")


def test_a_reload_keeps_what_was_typed(lead: Page, server: Server) -> None:
    opened(lead, server)
    lead.keyboard.press("2")
    lead.get_by_label("Reason").fill("The yearbook says")
    lead.reload()
    expect(lead.get_by_label("Reason")).to_have_value("The yearbook says")
    expect(lead.get_by_role("radio", name="Refuted")).to_be_checked()


def test_hidden_names_do_not_reach_the_browser(lead: Page, server: Server) -> None:
    frames: list[str] = []
    lead.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda data: frames.append(
                data if isinstance(data, str) else data.decode("utf-8", "replace")
            ),
        ),
    )
    opened(lead, server)
    lead.keyboard.press("n")
    expect(lead.get_by_text("2 of 3", exact=True)).to_be_visible()
    sent = ("\n".join(frames) + lead.content()).lower()
    assert "reviewer a" in sent
    assert [name for name in NAMES if name in sent] == []
    with transaction(server.engine()) as session:
        project = projects.oldest(session)
        assert project is not None
        project.names_hidden = False
    opened(lead, server)
    expect(lead.get_by_role("article", name="Zerubbabel")).to_be_visible()


def test_two_leads_choose_between_their_decisions(
    lead: Page, chromium: Browser, server: Server, contested: list[int]
) -> None:
    opened(lead, server, f"?claim={contested[0]}")
    other = signed_in_page(chromium, server, "leo")
    opened(other, server, f"?claim={contested[0]}")
    decide(other, "1", "Theirs.")
    until(lambda: contested[0] in decisions(server), "the other's decision")
    other.context.close()
    decide(lead, "2", "Mine.")
    conflict = lead.get_by_role("region", name="Decided elsewhere")
    expect(conflict).to_contain_text("Theirs.")
    expect(conflict).to_contain_text("Mine.")
    settled(lead)
    assert violations(lead) == []
    assert decisions(server)[contested[0]][1] == "Theirs."
    conflict.get_by_role("button", name="Keep what is here").click()
    until(lambda: decisions(server)[contested[0]][1] == "Mine.", "the choice")


def test_a_decision_is_undone_by_key(lead: Page, server: Server, contested: list[int]) -> None:
    opened(lead, server)
    decide(lead, "2", "Too fast.")
    until(lambda: contested[0] in decisions(server), "the decision")
    settled(lead)
    lead.keyboard.press("u")
    until(lambda: decisions(server) == {}, "the undo")


def test_a_claim_is_sent_back_with_a_reason(
    lead: Page, server: Server, contested: list[int]
) -> None:
    opened(lead, server)
    lead.keyboard.press("s")
    expect(lead.get_by_label("Reason")).to_be_focused()
    lead.keyboard.type("Look at the yearbook.")
    lead.get_by_role("button", name="Send back").click()
    expect(lead.get_by_text("1 of 2", exact=True)).to_be_visible()
    expect(lead.get_by_role("link", name="Sent back (1)")).to_be_visible()


def test_a_reviewer_reads_which_role_it_takes(
    chromium: Browser, server: Server, contested: list[int]
) -> None:
    page = signed_in_page(chromium, server, NAMES[0])
    page.goto(f"{server.url}/adjudicate?claim={contested[0]}")
    expect(page.get_by_text("needs the role lead")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    scheme: str, chromium: Browser, server: Server, contested: list[int]
) -> None:
    page = signed_in_page(chromium, server, "lena", color_scheme=scheme)
    opened(page, server)
    found = {"deciding": violations(page)}
    decide(page, "2", "Done.")
    until(lambda: contested[0] in decisions(server), "the decision")
    opened(page, server, "?show=decided")
    found["decided"] = violations(page)
    page.context.close()
    assert found == {"deciding": [], "decided": []}
