"""The cookie that says who a browser is: set by routes, read by pages and routes."""

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.responses import Response
from streamlit.runtime.scriptrunner import get_script_run_ctx

from workbench.workflow.signing_in import LASTS

NAME = "workbench_sign_in"
# Whom the browser belongs to, no secret: scripts keep what was typed apart by it.
PERSON = "workbench_person"
PERSON_HEADER = "x-workbench-person"


def of_page() -> str | None:
    """The cookie of the browser that the page is drawn for; None if it has none."""
    return st.context.cookies.get(NAME)


def is_page() -> bool:
    """Whether this runs for a page, and not for a route."""
    return get_script_run_ctx(suppress_warning=True) is not None


def of(request: HTTPConnection) -> str | None:
    """The cookie that came with a request."""
    return request.cookies.get(NAME)


def give(request: HTTPConnection, response: Response, value: str, *, user_id: int) -> None:
    """Let the browser keep the cookie: out of reach of scripts and of other sites' requests."""
    for name, kept in ((NAME, value), (PERSON, str(user_id))):
        response.set_cookie(
            name,
            kept,
            max_age=int(LASTS.total_seconds()),
            httponly=name == NAME,
            samesite="lax",
            secure=request.url.scheme in ("https", "wss"),
        )


def take(response: Response) -> None:
    """Let the browser forget it."""
    for name in (NAME, PERSON):
        response.delete_cookie(name, httponly=name == NAME, samesite="lax")
