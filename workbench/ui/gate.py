"""The gate in front of every page, route, file and socket: signed out, only the door is open."""

import re
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workbench.errors import DatabaseProblem, SignedOut
from workbench.ui import cookie, providers
from workbench.ui.database import reading, writing
from workbench.workflow import signing_in

SIGN_IN = "/sign-in"
# All that somebody who is signed out can reach, and nothing that begins like it.
OPEN = re.compile(
    r"/healthz|/entrance\.css|/sign-in|/sign-in/with/[A-Za-z0-9-]{1,50}|/sign-in/done|/set-up"
    r"|/(join|reset)/[A-Za-z0-9_-]{20,100}|/auth/login|/oauth2callback"
)


class Gate:
    """Lets through who is signed in; without accounts, everybody: only this machine gets here.

    It goes by the path of the scope: that of a request's URL is put together with its Host header.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not OPEN.fullmatch(scope["path"]):
            refused = await run_in_threadpool(_refused, HTTPConnection(scope))
            if refused is not None:
                await _refuse(scope, receive, send, refused)
                return
        await self.app(scope, receive, send)


def _refused(connection: HTTPConnection) -> Response | None:
    """What to answer instead of what was asked for; None for who may have it."""
    if connection.scope["path"] == "/" and providers.is_on_the_way(connection):
        return RedirectResponse("/sign-in/done", 303)
    try:
        with reading() as session:
            arrival = signing_in.arrive(session, cookie=cookie.of(connection))
        if arrival.is_due and arrival.sign_in_id is not None:
            with writing() as session:
                signing_in.seen(session, sign_in_id=arrival.sign_in_id)
    except SignedOut as error:
        if _is_page(connection):
            return RedirectResponse(sign_in_address(_asked(connection)), 303)
        return JSONResponse({"error": str(error), "signed_out": True}, 401)
    except DatabaseProblem as error:
        return JSONResponse({"error": str(error)}, 503)
    return None


async def _refuse(scope: Scope, receive: Receive, send: Send, refused: Response) -> None:
    if scope["type"] == "websocket":
        # Closed before it is accepted: the server answers the handshake with 403.
        await receive()
        await send({"type": "websocket.close", "code": 4401})
    else:
        await refused(scope, receive, send)


def sign_in_address(wanted: str) -> str:
    """Where to sign in, to come to what was wanted after it."""
    return SIGN_IN if wanted == "/" else f"{SIGN_IN}?{urlencode({'next': wanted})}"


def same_site(wanted: str | None) -> str:
    r"""The path to go on to: only ever one of this site.

    >>> same_site("/claims?q=a"), same_site("https://evil.example/"), same_site("//evil.example")
    ('/claims?q=a', '/', '/')
    >>> same_site("/\\evil.example"), same_site("/\t/evil.example"), same_site(None)
    ('/', '/', '/')
    """
    if not wanted or not wanted.isprintable() or len(wanted) > 2_000:
        return "/"
    return wanted if re.match(r"/(?![/\\])", wanted) else "/"


def _is_page(connection: HTTPConnection) -> bool:
    """Whether a person asked for this in the address bar or by a link, and not a page by itself."""
    if connection.scope["type"] != "http" or connection.scope["method"] not in ("GET", "HEAD"):
        return False
    path = connection.scope["path"]
    return path == "/" or re.fullmatch(r"/[a-z-]{1,40}", path) is not None


def _asked(connection: HTTPConnection) -> str:
    query = connection.scope["query_string"].decode("latin-1")
    return quote(connection.scope["path"]) + (f"?{query}" if query else "")
