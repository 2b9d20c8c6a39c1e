"""The door and the gate: who is signed out gets the door and nothing else."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from db.engine import reading, transaction
from db.models import Project, SignIn, User, utc_now
from tests import factories
from workbench.ui import cookie
from workbench.ui.entrance import ENTRANCE
from workbench.ui.gate import Gate
from workbench.ui.routes import ROUTES
from workbench.workflow import accounts, inviting, signing_in
from workbench.workflow.opening import default_project

HOST = "http://desk.test"
SECRET, OTHER = "a long enough one", "and another long one"


async def page(_request: Any) -> PlainTextResponse:
    return PlainTextResponse("the page")


def asked(
    path: str,
    sent: dict[str, str] | None = None,
    *,
    host: str = HOST,
    token: str | None = None,
    **headers: str,
) -> httpx.Response:
    """One request, a form if something is `sent`, by the browser that keeps this cookie."""
    routes = [*ROUTES, *ENTRANCE, Route("/{rest:path}", page, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)])
    given = {"origin": host} | headers if sent is not None else headers
    given |= {"cookie": f"{cookie.NAME}={token}"} if token else {}

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=host) as client:
            return await client.request(
                "GET" if sent is None else "POST", path, data=sent, headers=given
            )

    return asyncio.run(answer())


@pytest.fixture
def ada(database: Engine) -> User:
    with transaction(database) as session:
        return accounts.set_up_first_admin(session, name="Ada", password=SECRET)


def signed_in(database: Engine, user: User) -> str:
    with transaction(database) as session:
        token = signing_in.enter(session, user_id=user.id or 0)
        return signing_in.cookie_of(session, token=token)


def sign_in(password: str = SECRET, name: str = "ada", **more: Any) -> httpx.Response:
    return asked("/sign-in", {"name": name, "password": password, **more})


def given(answer: httpx.Response) -> str:
    """The cookie that the answer leaves in the browser."""
    return answer.cookies[cookie.NAME]


def test_without_accounts_everything_is_open(database: Engine) -> None:
    assert asked("/claims").text == "the page"
    assert asked("/sign-in").headers["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/claims?q=a&q=b", "/team", "/password"])
def test_a_page_sends_who_is_signed_out_to_the_door_and_keeps_the_way(ada: User, path: str) -> None:
    answer = asked(path)
    assert answer.status_code == 303
    door = asked(answer.headers["location"])
    wanted = path.replace("&", "&amp;")
    assert f'name="next" value="{wanted}"' in door.text


def test_what_is_no_page_is_refused(ada: User) -> None:
    for path in ("/_stcore/health", "/media/x.csv", "/static/js/a.js", "/desk/act", "/a/b"):
        assert asked(path).status_code == 401, path
    for path in ("/desk/act", "/desk/draft", "/claims", "/sign-out"):
        assert asked(path, {}).status_code == 401, path


def test_nothing_is_open_that_only_begins_like_the_door(ada: User) -> None:
    for path in ("/healthz/x", "/sign-in/../claims/x", "/join/a/b", "/set-up/x", "//healthz"):
        assert asked(path).status_code != 200, path
    assert asked("/healthz").status_code == 200


def test_name_and_password_lead_to_where_one_wanted_to_go(ada: User) -> None:
    answer = sign_in(next="/claims?q=a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?q=a")
    assert asked("/claims?q=a", token=given(answer)).text == "the page"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""]
)
def test_nobody_is_led_to_another_site(ada: User, wanted: str) -> None:
    assert sign_in(next=wanted).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ada: User) -> None:
    plain, person = sign_in().headers.get_list("set-cookie")
    assert person.startswith(f"{cookie.PERSON}={ada.id};")
    assert {"httponly", "samesite=lax", "path=/"} <= set(plain.lower().split("; "))
    assert "max-age=2592000" in plain.lower()
    assert "secure" not in plain.lower()
    sent = {"name": "ada", "password": SECRET}
    assert (
        "secure" in asked("/sign-in", sent, host="https://desk.test").headers["set-cookie"].lower()
    )


def test_a_wrong_password_is_refused_and_the_name_stays(ada: User) -> None:
    answer = sign_in("not this one", name='"><b>')
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert "<b>" not in answer.text
    assert cookie.NAME not in answer.cookies


def test_the_sixth_try_must_wait_whatever_the_password(ada: User) -> None:
    for _ in range(5):
        sign_in("not this one")
    answer = sign_in()
    assert "Too many tries to sign in. Try again in 5 minutes." in answer.text


def test_a_form_from_another_site_does_nothing(ada: User, database: Engine) -> None:
    sent = {"name": "ada", "password": SECRET}
    for origin in ("http://evil.example", "null", ""):
        assert asked("/sign-in", sent, origin=origin).status_code == 403
    held = signed_in(database, ada)
    asked("/sign-out", {}, token=held, origin="http://evil.example")
    assert asked("/claims", token=held).status_code == 200


def test_too_much_is_not_read(ada: User) -> None:
    assert asked("/sign-in", {"name": "x" * 30_000}).status_code == 413


def test_signing_out_ends_it_also_for_a_copy_of_the_cookie(ada: User, database: Engine) -> None:
    held = signed_in(database, ada)
    answer = asked("/sign-out", {}, token=held)
    assert answer.headers["location"] == "/sign-in"
    assert asked("/claims", token=held).status_code == 303


def test_signing_in_again_ends_the_sign_in_before(ada: User, database: Engine) -> None:
    before = signed_in(database, ada)
    answer = asked("/sign-in", {"name": "ada", "password": SECRET}, token=before)
    assert asked("/claims", token=before).status_code == 303
    assert asked("/claims", token=given(answer)).status_code == 200


def test_the_first_set_up_signs_in_and_there_is_no_second(database: Engine) -> None:
    sent = {"name": "Ada", "password": SECRET, "again": SECRET}
    answer = asked("/set-up", sent)
    assert answer.headers["location"] == "/team"
    assert asked("/team", token=given(answer)).status_code == 200
    assert asked("/set-up").status_code == 410
    assert asked("/set-up", sent | {"name": "Eve"}).status_code == 410
    with reading(database) as session:
        assert [user.name for user in session.exec(select(User))] == ["ada"]


def test_a_slip_in_the_password_is_noticed(database: Engine) -> None:
    answer = asked("/set-up", {"name": "Ada", "password": SECRET, "again": "a long enough two"})
    assert "not the same" in answer.text
    assert SECRET not in answer.text


def invitation(database: Engine, by: User) -> str:
    with transaction(database) as session:
        project_id = default_project(session).id or 0
        return inviting.invite(session, project_id=project_id, role="reviewer", by=by.id)


def test_an_invitation_makes_an_account_and_signs_in(ada: User, database: Engine) -> None:
    path = f"/join/{invitation(database, ada)}"
    assert "as reviewer" in asked(path).text
    answer = asked(path, {"name": "Grace", "password": OTHER, "again": OTHER})
    assert asked("/claims", token=given(answer)).status_code == 200
    assert asked(path).status_code == 410


def test_looking_at_an_invitation_does_not_use_it_up(ada: User, database: Engine) -> None:
    path = f"/join/{invitation(database, ada)}"
    assert [asked(path).status_code for _ in range(3)] == [200, 200, 200]


def test_who_is_signed_in_joins_with_one_press(ada: User, database: Engine) -> None:
    path, held = f"/join/{invitation(database, ada)}", signed_in(database, ada)
    assert "Join as Ada" in asked(path, token=held).text
    assert asked(path, {}, token=held).headers["location"] == "/"


def test_a_reset_link_gives_a_new_password(ada: User, database: Engine) -> None:
    held = signed_in(database, ada)
    with transaction(database) as session:
        token = accounts.make_reset_link(session, user_id=ada.id or 0, by=None)
    assert "For ada" in asked(f"/reset/{token}").text
    answer = asked(f"/reset/{token}", {"password": OTHER, "again": OTHER})
    assert asked("/claims", token=given(answer)).status_code == 200
    assert asked("/claims", token=held).status_code == 303
    assert asked(f"/reset/{token}").status_code == 410


def test_the_password_is_changed_by_the_old_one(ada: User, database: Engine) -> None:
    here, there = signed_in(database, ada), signed_in(database, ada)
    new = {"password": OTHER, "again": OTHER}
    wrong = asked("/password", {"old": "not this one", **new}, token=here)
    assert "not your present password" in wrong.text
    assert asked("/password", {"old": SECRET, **new}, token=here).status_code == 303
    assert asked("/team", token=here).status_code == 200
    assert asked("/team", token=there).status_code == 303
    assert sign_in(OTHER).status_code == 303


def test_the_old_password_cannot_be_guessed_by_an_open_browser(ada: User, database: Engine) -> None:
    here = signed_in(database, ada)
    for _ in range(5):
        asked("/password", {"old": "guess", "password": OTHER, "again": OTHER}, token=here)
    answer = asked("/password", {"old": SECRET, "password": OTHER, "again": OTHER}, token=here)
    assert "Too many tries" in answer.text


def test_a_sign_in_in_use_is_noted_as_seen(ada: User, database: Engine) -> None:
    held = signed_in(database, ada)
    with transaction(database) as session:
        row = session.exec(select(SignIn)).one()
        row.last_seen_at -= signing_in.SEEN_EVERY * 2
        before = row.last_seen_at
    asked("/claims", token=held)
    with reading(database) as session:
        assert session.exec(select(SignIn.last_seen_at)).one() > before


def act_on(claim_id: int, token: str, **headers: str) -> httpx.Response:
    body = f'{{"op_id": "op-12345678", "claim_id": {claim_id}, "filter": ""}}'
    headers |= {"content-type": "application/json", "origin": HOST}
    app = Starlette(routes=ROUTES)

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            more = headers | {"cookie": f"{cookie.NAME}={token}"}
            return await client.post("/desk/place", content=body, headers=more)

    return asyncio.run(answer())


def person(session: Session, project: Project, role: str) -> User:
    return factories.member(session, project, role)


def test_a_route_of_the_desk_works_for_who_may_review_the_claim_and_nobody_else(
    ada: User, database: Engine
) -> None:
    with transaction(database) as session:
        project, other = default_project(session), factories.project(session)
        claim = factories.claim(session, factories.article(session, project)).id or 0
        people = [person(session, project, role) for role in ("reviewer", "viewer")]
        people.append(person(session, other, "reviewer"))
    answers = [act_on(claim, signed_in(database, one)).status_code for one in people]
    assert answers == [200, 400, 400]
    assert act_on(claim, "nobody's").status_code == 401


def test_a_page_of_one_person_does_nothing_as_another_who_signed_in_meanwhile(
    ada: User, database: Engine
) -> None:
    with transaction(database) as session:
        claim = factories.claim(session, factories.article(session, default_project(session)))
        claim_id = claim.id or 0
        grace = person(session, default_project(session), "reviewer")
    held = signed_in(database, grace)
    told = [act_on(claim_id, held, **{cookie.PERSON_HEADER: str(id)}) for id in (grace.id, ada.id)]
    assert [answer.status_code for answer in told] == [200, 401]


def test_a_disabled_person_is_out_of_the_desk_s_routes(ada: User, database: Engine) -> None:
    with transaction(database) as session:
        project = default_project(session)
        claim = factories.claim(session, factories.article(session, project)).id or 0
        grace = person(session, project, "reviewer")
    held = signed_in(database, grace)
    with transaction(database) as session:
        session.get_one(User, grace.id).disabled_at = utc_now()
    assert act_on(claim, held).status_code == 401
