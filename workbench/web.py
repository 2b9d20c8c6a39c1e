"""The web process: Streamlit's pages and our own routes in one server. It never loads spaCy."""

import gc
import os
import socket
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web import bootstrap

from workbench.settings import DATABASE_VARIABLE, Settings
from workbench.ui.entrance import ENTRANCE
from workbench.ui.gate import Gate
from workbench.ui.routes import ROUTES

# A page of another site that lets its own name point here is refused by the name it asks for.
OWN_NAMES = ("127.0.0.1", "localhost", "::1", "[::1]")
MAX_MESSAGE_BYTES = 200 * 1024 * 1024
_PACKAGE = Path(__file__).parent
# Streamlit's page has one inline script; tools that drive browsers evaluate their waits on it.
_SCRIPTS = "'self' blob: 'unsafe-eval' 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'self'; script-src {_SCRIPTS}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def run_web(settings: Settings, *, host: str, port: int) -> None:
    """Serve the pages until the process is stopped."""
    os.environ[DATABASE_VARIABLE] = settings.database_url
    names = (*own_names(host), *settings.allowed_hosts)
    serve_script(_PACKAGE / "app.py", host=host, port=port, names=names)


def own_names(host: str) -> tuple[str, ...]:
    """What this machine is called by who reaches it at `host`."""
    if host in OWN_NAMES:
        return OWN_NAMES
    named = {socket.gethostname(), socket.getfqdn()}
    with suppress(OSError):
        named |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    shown = {f"[{name}]" for name in named if ":" in name}
    every = {"0.0.0.0", "::", ""}
    return (*OWN_NAMES, *sorted((named | shown | {host}) - every))


def serve_script(script: Path, *, host: str, port: int, names: tuple[str, ...] = OWN_NAMES) -> None:
    """Serve a Streamlit script the way the workbench is served, our routes beside it."""
    options = {**streamlit_config(), "server.address": host, "server.port": port}
    bootstrap.load_config_options(options)
    config = uvicorn.Config(
        app_of(script, names),
        ws="websockets-sansio",
        ws_max_size=MAX_MESSAGE_BYTES,
        log_level="warning",
        access_log=False,
    )
    with listening_socket(host, port) as listening:
        uvicorn.Server(config).run(sockets=[listening])


def app_of(script: Path, names: tuple[str, ...] = OWN_NAMES) -> st.App:
    """The pages of the script and our routes, behind the gate, for who asks for these names."""
    return st.App(
        str(script),
        routes=[*ROUTES, *ENTRANCE],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(names), www_redirect=False),
            Middleware(SecurityHeaders),
            Middleware(Gate),
        ],
        lifespan=lifespan,
    )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket whose connections send at once.

    Streamlit's own runner opens one that asyncio does not know for TCP, so that Nagle's algorithm
    holds back every second packet until the browser has acknowledged the first: up to 40 ms.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(address)
    return listening


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load what the first visitor would wait for, then keep it out of the garbage collector.

    Streamlit collects after every run of a page; what is frozen is not looked at again, which cuts
    the server's time per save to about a third.
    """
    import altair  # noqa: F401
    import pandas  # noqa: F401

    gc.collect()
    gc.freeze()
    yield


class SecurityHeaders:
    """Adds our response headers to everything that goes out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message["headers"], *ours]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def streamlit_config() -> dict[str, Any]:
    """The options of `.streamlit/config.toml` by dotted name, from the clone or the package."""
    beside = (_PACKAGE.parent, _PACKAGE)
    found = [folder / ".streamlit" / "config.toml" for folder in beside]
    path = next(path for path in found if path.is_file())
    return flat(tomllib.loads(path.read_text(encoding="utf-8")))


def flat(options: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as dotted names.

    >>> flat({"server": {"port": 1}, "theme": {"light": {"font": "serif"}}})
    {'server.port': 1, 'theme.light.font': 'serif'}
    """
    named: dict[str, Any] = {}
    for name, value in options.items():
        if isinstance(value, Mapping):
            named |= flat(value, f"{prefix}{name}.")
        else:
            named[f"{prefix}{name}"] = value
    return named
