"""Blind is blind: a reviewer walks every page and route, and reads nothing that others said.

Pages and routes are taken from the app, so that what is new is walked as well.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Claim, Gold, Project, User, utc_now
from db.queries.history import EventFilter
from exports.base import exporters
from tests import factories as make
from tests import planted
from tests.planted import Planted, found, plant, secret
from tests.ui.conftest import APP
from workbench.errors import NotPermitted
from workbench.ui import cookie, who
from workbench.ui.components import downloads, history_files
from workbench.ui.routes import ROUTES
from workbench.workflow import deskwork, signing_in
from workbench.workflow.opening import default_project
from workbench.workflow.tracing import WRITERS

PAGES = sorted(page.stem for page in (APP.parent / "ui" / "pages").glob("*.py"))
HOST = "http://desk.test"


@pytest.fixture
def case(database: Engine) -> Planted:
    with transaction(database) as session:
        return plant(session, default_project(session))


@pytest.fixture
def held(database: Engine, case: Planted, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The reviewer's cookie, which the page's browser keeps: AppTest has none of its own."""
    with transaction(database) as session:
        token = signing_in.enter(session, user_id=case.reviewer.id or 0)
        kept = {cookie.NAME: signing_in.cookie_of(session, token=token)}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: kept))
    return kept


def change(database: Engine, case: Planted, **fields: Any) -> None:
    with transaction(database) as session:
        project = session.get_one(Project, case.project.id)
        for name, value in fields.items():
            setattr(project, name, value)


def judge(database: Engine, case: Planted, claim: Claim) -> None:
    with transaction(database) as session:
        by = session.get_one(User, case.reviewer.id)
        planted.submit(session, session.get_one(Claim, claim.id), by, "refuted")


# ---- pages


def addresses(case: Planted) -> Iterator[dict[str, str]]:
    """What is asked for in an address: filters, claims, and what only some pages know."""
    claim, word = case.decided, secret(case.decided)
    yield {}
    yield {"claim": str(case.returned.id)}
    yield from ({"q": f"{word}refuted{name}"} for name in ("quote",))
    yield {"article": str(claim.article_id), "flagged": "1"}
    yield {"label": "refuted", "verdict": "supported"}
    yield {"claim": str(claim.id), "show": "decided", "look": "stance", "by": "label"}
    yield {"claim": str(case.plain.id), "look": "results", "gold": "hidden"}
    yield {"claim": str(case.lesson.id), "known": "refuted", "state": "retired", "drafts": "1"}


def drawn(app: AppTest) -> str:
    """Everything that the page sends to the browser, also what is not in sight."""
    assert not app.exception
    return "\n".join(_protos(app._tree))


def _protos(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield str(proto)
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)


def walk(name: str, case: Planted, visit: Callable[..., AppTest]) -> set[str]:
    """The secrets that the page tells under any of the addresses, with every filter open."""
    told: set[str] = set()
    for address in addresses(case):
        app = visit(name, **address)
        asked = {word for value in address.values() for word in found(value)}
        told |= found(drawn(_with_all_open(app))) - asked
    return told


def _with_all_open(app: AppTest) -> AppTest:
    for toggle in app.toggle:
        toggle.set_value(True)
    return app.run() if app.toggle else app


@pytest.mark.parametrize("name", PAGES)
def test_no_page_tells_a_blind_reviewer_what_others_said(
    name: str, case: Planted, held: dict[str, str], visit: Callable[..., AppTest]
) -> None:
    assert walk(name, case, visit) == set()


@pytest.mark.parametrize("name", ["review", "claims", "history"])
def test_the_same_walk_finds_it_where_the_project_is_not_blind(
    name: str,
    case: Planted,
    held: dict[str, str],
    database: Engine,
    visit: Callable[..., AppTest],
) -> None:
    change(database, case, blind=False)
    told = walk(name, case, visit)
    assert {f"{secret(case.decided)}flag", f"{secret(case.returned)}flag"} <= told


def test_after_an_own_review_the_claim_s_are_seen_and_the_others_stay_hidden(
    case: Planted, held: dict[str, str], database: Engine, visit: Callable[..., AppTest]
) -> None:
    judge(database, case, case.decided)
    seen = {name: walk(name, case, visit) for name in ("review", "claims", "history")}
    for told in seen.values():
        assert f"{secret(case.decided)}flag" in told
        assert {word for word in told if word.startswith(secret(case.returned))} == set()
    assert f"{secret(case.decided)}comment" in seen["review"]
    assert f"{secret(case.decided)}refutedjustification" in seen["history"]
    assert f"{secret(case.decided)}reason" in seen["review"] & seen["claims"]


def _plain(text: str) -> str:
    """A page without what differs between two drawings of it: ids, hashes, times."""
    return re.sub(r"[0-9a-f-]{16,}|[0-9]+", "0", text)


def test_hidden_gold_looks_like_any_claim_before_and_after_it_is_judged(
    case: Planted, held: dict[str, str], database: Engine, visit: Callable[..., AppTest]
) -> None:
    def pages() -> list[str]:
        address = {"claim": str(case.plain.id)}
        return [_plain(drawn(visit(name, **address))) for name in ("review", "claims")]

    def gilded(on: bool) -> None:
        with transaction(database) as session:
            session.exec(select(Gold).where(Gold.claim_id == case.plain.id)).one().retired_at = (
                None if on else utc_now()
            )

    told = {}
    for judged in (False, True):
        if judged:
            judge(database, case, case.plain)
        for on in (True, False):
            gilded(on)
            told[judged, on] = pages()
    assert told[False, True] == told[False, False]
    assert told[True, True][0] != told[False, True][0]
    assert told[True, True] == told[True, False]


def test_a_lead_reads_what_is_known(
    case: Planted,
    database: Engine,
    visit: Callable[..., AppTest],
    sign_in: Callable[[User], None],
) -> None:
    """So that the walk would find it, where it is told."""
    with transaction(database) as session:
        lead = make.member(session, session.get_one(Project, case.project.id), "lead")
    sign_in(lead)
    for claim in (case.plain, case.lesson):
        told = {
            word
            for page in ("claims", "history")
            for word in found(drawn(visit(page, claim=str(claim.id))), claim)
        }
        assert told == {f"{secret(claim)}known"}


def test_the_filters_count_no_final_verdict_of_others(
    case: Planted, held: dict[str, str], database: Engine, visit: Callable[..., AppTest]
) -> None:
    def choices() -> list[str]:
        app = visit("claims")
        app.session_state["more-filters"] = True
        return [word for box in app.run().selectbox for word in box.options]

    assert "Refuted (0)" in choices()
    change(database, case, blind=False)
    assert "Refuted (1)" in choices()


# ---- routes


def sendings(case: Planted) -> Iterator[dict[str, Any]]:
    """Bodies of every kind that a route may know, about each claim with something to hide."""
    word = f"{secret(case.decided)}refuted"
    kinds = sorted(deskwork._ACTIONS)
    for at, claim in enumerate((case.plain, case.lesson)):
        yield _body(claim, 200 + at, kind="open")
    asks = [("words", f"{word[:14]}"), ("address", ""), ("keep", "")]
    for at, (claim, kind) in enumerate(product((case.decided, case.returned), kinds)):
        yield _body(claim, at, kind=kind, how="resolve")
    for at, (claim, (ask, words)) in enumerate(product((case.decided, case.plain), asks)):
        more = {"ask": ask, "words": words, "url": f"https://{word}.example/{word}address"}
        yield _body(claim, 100 + at, kind="open", text="A copy.", **more)


def _body(claim: Claim, at: int, **more: Any) -> dict[str, Any]:
    plain = {
        "claim_id": claim.id, "op_id": f"op-{at:08}", "version": 0, "claim_version": claim.version,
        "form": {"label": "", "justification": "Mine."}, "filter": f"q={secret(claim)}",
        "text": claim.text, "reason": "", "comment_id": 1, "thread_id": 1, "flag_id": 1,
        "row_version": 1, "event_id": 1, "open": claim.id, "number": 1, "start": 0, "end": 7,
        "speaker": "", "place": "", "claimed_on": "", "claim_types": [],
    }  # fmt: skip
    return {**plain, **more}


def answers(case: Planted, held: dict[str, str]) -> dict[str, str]:
    """Each route's answers to all of them, one after the other."""

    async def ask() -> dict[str, str]:
        transport = httpx.ASGITransport(Starlette(routes=ROUTES), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOST, cookies=held) as client:
            return {route.path: await _answers(client, route, case) for route in ROUTES}

    return asyncio.run(ask())


async def _answers(client: httpx.AsyncClient, route: Route, case: Planted) -> str:
    said = []
    for sent in sendings(case):
        method = "POST" if "POST" in (route.methods or ()) else "GET"
        headers = {"content-type": "application/json", "origin": HOST}
        answer = await client.request(method, route.path, content=json.dumps(sent), headers=headers)
        assert answer.status_code < 500
        said.append(answer.text)
    return "\n".join(said)


# That the project knows a source is no secret, which claim cites it is: nothing but these words.
SHARED = ("title", "publisher", "author", "address", "refuted", "supported")


def told_by_routes(case: Planted, held: dict[str, str]) -> dict[str, set[str]]:
    told = {path: found(text) for path, text in answers(case, held).items()}
    told["/desk/source"] = {word for word in told["/desk/source"] if not word.endswith(SHARED)}
    return told


def test_no_route_tells_a_blind_reviewer_what_others_said(
    case: Planted, held: dict[str, str]
) -> None:
    told = told_by_routes(case, held)
    assert told == {route.path: set() for route in ROUTES}


def test_the_same_questions_are_answered_where_the_project_is_not_blind(
    case: Planted, held: dict[str, str], database: Engine
) -> None:
    change(database, case, blind=False)
    assert f"{secret(case.decided)}comment" in told_by_routes(case, held)["/desk/act"]


# ---- files and figures


def test_no_export_is_built_for_a_reviewer(case: Planted, database: Engine) -> None:
    me = who.Present(case.reviewer.id or 0, case.project.id or 0)
    for exporter in exporters().values():
        with pytest.raises(NotPermitted, match="needs the role lead"):
            downloads.builder(database, exporter, me, raw=False)()


def test_the_history_s_files_hold_no_more_than_its_page(case: Planted, database: Engine) -> None:
    me = who.Present(case.reviewer.id or 0, case.project.id or 0)

    def told() -> set[str]:
        files = [history_files.builder(database, me, EventFilter(), suffix) for suffix in WRITERS]
        return found("\n".join(build().decode() for build in files))

    assert told() == set()
    change(database, case, blind=False)
    assert f"{secret(case.decided)}comment" in told()
