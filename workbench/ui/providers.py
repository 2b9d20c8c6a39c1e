"""Signing in by OpenID Connect: Streamlit's own `st.login`, exchanged for a sign-in of ours.

Streamlit's cookie holds for 30 days and cannot be taken back. It is only looked at right after the
provider answered, for who asked for it from here shortly before, and then dropped.
"""

import json
import time
from collections.abc import Mapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from streamlit import auth_util
from streamlit.errors import StreamlitAuthError
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from workbench.errors import InputError, Stranger
from workbench.workflow.outside import Claimed, claimed

COOKIE = "workbench_on_the_way"
STREAMLITS = "_streamlit_user"
LASTS_SECONDS = 600
CLOCKS_DIFFER_SECONDS = 120


def providers() -> list[str]:
    """The names of the providers in `.streamlit/secrets.toml`, in their order there."""
    section = auth_util.get_secrets_auth_section()
    named = [
        name
        for name, value in section.items()
        if isinstance(value, Mapping) and "client_id" in value
    ]
    return (["default"] if "client_id" in section else []) + named


def title(provider: str) -> str:
    """The provider as people know it: its `title` in the secrets, else its name there."""
    section = auth_util.get_secrets_auth_section()
    of_it = section if provider == "default" else section.get(provider, {})
    own = "single sign-on" if provider == "default" else provider.replace("-", " ").title()
    return str(of_it.get("title") or own)


def way_to(provider: str) -> str:
    """Where the way to the provider begins. Raises `InputError` if it is not known or not whole."""
    if provider not in providers():
        raise InputError("No provider of this name is set up here.")
    try:
        auth_util.validate_auth_credentials(provider)
    except StreamlitAuthError as error:
        raise InputError(" ".join(str(error).split())) from error
    return generate_login_redirect_url(provider)


def set_out(response: Response, *, secure: bool, **luggage: str) -> None:
    """Let the browser remember, on its way, where from and what for."""
    packed = _serializer().dumps(luggage | {"at": str(int(time.time()))})
    response.set_cookie(
        COOKIE, packed, max_age=LASTS_SECONDS, httponly=True, samesite="lax", secure=secure
    )


def is_on_the_way(connection: HTTPConnection) -> bool:
    """Whether the browser has been at a provider, and now is back at the bare address."""
    return COOKIE in connection.cookies and STREAMLITS in connection.cookies


def back(request: Request) -> tuple[Claimed, dict[str, str]]:
    """Whom the provider has proved, and what the browser remembered; raises `Stranger`."""
    try:
        luggage = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=LASTS_SECONDS)
    except BadSignature:
        raise Stranger("This took too long. Begin again.") from None
    said = _said(request)
    if said is None or said.get("provider") != luggage["provider"]:
        raise Stranger("The provider did not say who you are. Begin again.")
    issued_at = said.get("iat")
    if not isinstance(issued_at, int) or issued_at < int(luggage["at"]) - CLOCKS_DIFFER_SECONDS:
        raise Stranger("What the provider said is of an earlier day. Begin again.")
    return claimed(said), luggage


def forget(request: Request, response: Response) -> None:
    """Drop what the way needed, and Streamlit's own cookies."""
    for name in request.cookies:
        if name == COOKIE or name.startswith(STREAMLITS):
            response.delete_cookie(name)


def _said(request: Request) -> dict[str, Any] | None:
    def one(name: str) -> bytes | None:
        value = request.cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1"))

    whole = auth_util.get_cookie_with_chunks(one, STREAMLITS)
    said = json.loads(whole) if whole else None
    return said if isinstance(said, dict) else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_cookie_secret(), salt="workbench on the way")
