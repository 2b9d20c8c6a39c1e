"""The door: routes for who is not signed in, and for what becomes of a sign-in. No scripts."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.models import User
from workbench.errors import InputError, LinkSpent, NotAllowed, SignedOut, Stranger, WorkbenchError
from workbench.settings import strangers_from_environment
from workbench.ui import cookie, doors, providers
from workbench.ui.components import asset
from workbench.ui.database import reading, writing
from workbench.ui.gate import SIGN_IN, same_site
from workbench.workflow import accounts, inviting, links, outside, signing_in
from workbench.workflow.joining import known_role

MAX_FORM_BYTES = 20_000
Sent = dict[str, str]
Entered = tuple[int, str]
"""Who came in, by their id, and the cookie for their browser."""
Handler = Callable[[Request, Sent], Response]


def sign_in(request: Request, sent: Sent) -> Response:
    """Name and password for a sign-in; then on to what was wanted."""
    wanted = same_site(sent.get("next") or request.query_params.get("next"))
    with reading() as session:
        accounts_ = signing_in.has_accounts(session)
    if not accounts_ or (request.method == "GET" and _present(request)):
        return RedirectResponse(wanted, 303)
    if request.method == "GET":
        return _sign_in_page(wanted, sent)
    try:
        value = _signed_in(request, sent)
    except WorkbenchError as error:
        return _sign_in_page(wanted, sent, str(error), status=401)
    return _on(request, value, wanted)


def _signed_in(request: Request, sent: Sent) -> Entered:
    name, password = sent.get("name", ""), sent.get("password", "")
    with writing() as session:
        signing_in.attempt(session, name=name, address=_address(request))
    with reading() as session:
        user_id = signing_in.prove(session, name=name, password=password)
    with writing() as session:
        signing_in.sign_out(session, cookie=cookie.of(request))
        token = signing_in.sign_in(session, name=name, password=password, device=_device(request))
        return user_id, signing_in.cookie_of(session, token=token)


def _sign_in_page(wanted: str, sent: Sent, error: str = "", *, status: int = 200) -> Response:
    return doors.page(
        "Sign in",
        doors.error(error),
        _ways_in(wanted),
        doors.form(
            SIGN_IN,
            "Sign in",
            doors.name_field(sent),
            doors.password_field(),
            doors.hidden("next", wanted),
        ),
        doors.text(
            "No account, or the password forgotten? A lead or an admin sends you a link.",
            quiet=True,
        ),
        status=status,
    )


def _ways_in(wanted: str, invitation: str = "") -> str:
    """Buttons for the providers that are set up, above the form."""
    more = {"next": wanted, **({"invitation": invitation} if invitation else {})}
    buttons = [
        doors.link(
            f"Sign in with {providers.title(name)}",
            f"/sign-in/with/{name}?{urlencode(more)}",
            button=True,
        )
        for name in providers.providers()
    ]
    if not buttons:
        return ""
    return f'<div class="providers">{"".join(buttons)}</div><div class="or">or</div>'


def set_up(request: Request, sent: Sent) -> Response:
    """The first admin, made by whoever has worked here alone."""
    with reading() as session:
        if signing_in.has_accounts(session):
            return _gone("The workbench was set up already.", "Sign in", SIGN_IN)
    if request.method == "GET":
        return _set_up_page(sent)
    try:
        _same_twice(sent)
        with writing() as session:
            user = accounts.set_up_first_admin(
                session,
                name=sent.get("name", ""),
                password=sent.get("password", ""),
                display_name=sent.get("display_name", ""),
            )
            value = _enter(session, user, request)
    except WorkbenchError as error:
        return _set_up_page(sent, str(error))
    return _on(request, value, "/team")


def _set_up_page(sent: Sent, error: str = "") -> Response:
    return doors.page(
        "Set up accounts",
        doors.error(error),
        doors.text(
            "You become the first admin of this workbench, and all that was done here so far stays "
            "yours. From then on everybody signs in."
        ),
        doors.form(
            "/set-up",
            "Set up",
            doors.name_field(sent, new=True),
            doors.shown_name_field(sent),
            doors.new_password_fields(),
        ),
        doors.text("This can be done once.", quiet=True),
        status=400 if error else 200,
    )


def join(request: Request, sent: Sent) -> Response:
    """An invitation: an account is made, or the one that is signed in joins."""
    token, me = request.path_params["token"], _present(request)
    try:
        with reading() as session:
            link = links.look_at(session, token=token, kind="invite")
            project = inviting.project_of(session, link)
    except LinkSpent as error:
        return _gone(str(error), "Go to the workbench", "/")
    about = doors.text(f"You are invited to {project}, as {link.role}.")
    if request.method == "GET":
        return _join_page(token, about, me, sent | {"name": _first_name(link.name)})
    try:
        value = _joined(request, token, me, sent)
    except WorkbenchError as error:
        return _join_page(token, about, me, sent, str(error))
    return RedirectResponse("/", 303) if value is None else _on(request, value, "/")


def _joined(request: Request, token: str, me: User | None, sent: Sent) -> Entered | None:
    if me is not None:
        with writing() as session:
            inviting.accept_as(session, token=token, user_id=me.id or 0)
            return None
    _same_twice(sent)
    with writing() as session:
        user = inviting.accept(
            session,
            token=token,
            name=sent.get("name", ""),
            password=sent.get("password", ""),
            display_name=sent.get("display_name", ""),
        )
        return _enter(session, user, request)


def _join_page(token: str, about: str, me: User | None, sent: Sent, error: str = "") -> Response:
    status = 400 if error else 200
    if me is not None:
        joining = doors.form(f"/join/{token}", f"Join as {me.display_name or me.name}")
        return doors.page("Join", doors.error(error), about, joining, status=status)
    first = f"{SIGN_IN}?{urlencode({'next': f'/join/{token}'})}"
    return doors.page(
        "Join",
        doors.error(error),
        about,
        _ways_in("/", token),
        doors.form(
            f"/join/{token}",
            "Make my account",
            doors.name_field(sent, new=True),
            doors.shown_name_field(sent),
            doors.new_password_fields(),
        ),
        f"<p class=quiet>You have an account? {doors.link('Sign in', first)}</p>",
        status=status,
    )


def reset(request: Request, sent: Sent) -> Response:
    """A new password by a one-time link."""
    token = request.path_params["token"]
    try:
        with reading() as session:
            link = links.look_at(session, token=token, kind="reset")
            name = session.get_one(User, link.user_id).name
        if request.method == "GET":
            return _reset_page(token, name)
        _same_twice(sent)
        with writing() as session:
            user = accounts.reset_password(session, token=token, password=sent.get("password", ""))
            value = _enter(session, user, request)
    except InputError as error:
        return _reset_page(token, name, str(error))
    except (LinkSpent, NotAllowed) as error:
        return _gone(str(error), "Sign in", SIGN_IN)
    return _on(request, value, "/")


def _reset_page(token: str, name: str, error: str = "") -> Response:
    return doors.page(
        "Choose a new password",
        doors.error(error),
        doors.text(f"For {name}. You are signed out everywhere else."),
        doors.form(f"/reset/{token}", "Change password", doors.new_password_fields()),
        status=400 if error else 200,
    )


def password(request: Request, sent: Sent) -> Response:
    """One's own password, by the old one."""
    if request.method == "GET":
        return _password_page()
    try:
        with reading() as session:
            arrival = signing_in.arrive(session, cookie=cookie.of(request))
        _same_twice(sent)
        with writing() as session:
            signing_in.attempt(session, name=arrival.user.name, address=_address(request))
        with reading() as session:
            signing_in.prove(session, name=arrival.user.name, password=sent.get("old", ""))
        with writing() as session:
            accounts.change_password(
                session,
                user_id=arrival.user.id or 0,
                password=sent.get("password", ""),
                sign_in_id=arrival.sign_in_id,
            )
    except InputError as error:
        wrong = str(error) == signing_in.WRONG
        return _password_page("This is not your present password." if wrong else str(error))
    except WorkbenchError as error:
        return _password_page(str(error))
    return RedirectResponse("/team", 303)


def _password_page(error: str = "") -> Response:
    return doors.page(
        "Change password",
        doors.error(error),
        doors.text("You are signed out everywhere else."),
        doors.form(
            "/password",
            "Change password",
            doors.old_password_field(),
            doors.new_password_fields(),
        ),
        f"<p>{doors.link('Back', '/team')}</p>",
        status=400 if error else 200,
    )


def sign_out(request: Request, _sent: Sent) -> Response:
    """End this browser's sign-in."""
    with writing() as session:
        signing_in.sign_out(session, cookie=cookie.of(request))
    response = RedirectResponse(SIGN_IN, 303)
    cookie.take(response)
    return response


def set_out(request: Request, _sent: Sent) -> Response:
    """Off to a provider; the browser remembers where it wanted to go."""
    provider = request.path_params["provider"]
    try:
        response = RedirectResponse(providers.way_to(provider), 303)
    except InputError as error:
        return _gone(str(error), "Sign in", SIGN_IN)
    providers.set_out(
        response,
        secure=request.url.scheme == "https",
        provider=provider,
        next=same_site(request.query_params.get("next")),
        invitation=request.query_params.get("invitation", "")[:100],
    )
    return response


def come_back(request: Request, _sent: Sent) -> Response:
    """Back from a provider: what it proved becomes a sign-in of ours, or is refused."""
    try:
        who, luggage = providers.back(request)
        me = _present(request)
        with writing() as session:
            user = outside.come_from_outside(
                session,
                who,
                invitation=luggage["invitation"],
                user_id=me.id if me else None,
                strangers=_strangers(),
            )
            signing_in.sign_out(session, cookie=cookie.of(request))
            value = _enter(session, user, request)
        response = _on(request, value, same_site(luggage["next"]))
    except (Stranger, LinkSpent) as error:
        response = _gone(str(error), "Sign in another way", SIGN_IN)
    providers.forget(request, response)
    return response


def _strangers() -> str | None:
    role = strangers_from_environment()
    return known_role(role) if role else None


def style(_request: Request, _sent: Sent) -> Response:
    """How the pages at the door look."""
    return Response(asset("entrance.css"), media_type="text/css")


def _enter(session: Session, user: User, request: Request) -> Entered:
    user_id = user.id or 0
    token = signing_in.enter(session, user_id=user_id, device=_device(request))
    return user_id, signing_in.cookie_of(session, token=token)


def _on(request: Request, entered: Entered, wanted: str) -> Response:
    """On to what was wanted, signed in."""
    user_id, value = entered
    response = RedirectResponse(wanted, 303)
    cookie.give(request, response, value, user_id=user_id)
    return response


def _gone(sentence: str, words: str, address: str) -> Response:
    way = f"<p>{doors.link(words, address, button=True)}</p>"
    return doors.page("This does not work", doors.text(sentence), way, status=410)


def _present(request: Request) -> User | None:
    """Who is signed in in this browser; None where nobody is, or nobody signs in at all."""
    try:
        with reading() as session:
            arrival = signing_in.arrive(session, cookie=cookie.of(request))
    except SignedOut:
        return None
    return arrival.user if arrival.sign_in_id is not None else None


def _same_twice(sent: Sent) -> None:
    if sent.get("password", "") != sent.get("again", ""):
        raise InputError("The two new passwords are not the same; type them again.")


def _first_name(name: str) -> str:
    return name.split()[0].lower() if name.split() else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _at(path: str, handler: Handler, *methods: str) -> Route:
    """A route that runs beside the event loop; what is sent to it comes from our own pages."""

    async def answer(request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(_told, handler, request, {})
        if not _from_our_own_page(request):
            sentence = "This form was sent from somewhere else, so nothing was done."
            return doors.page("This does not work", doors.text(sentence), status=403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_FORM_BYTES:
                return doors.page(
                    "This does not work", doors.text("Too much was sent."), status=413
                )
        sent = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return await run_in_threadpool(_told, handler, request, sent)

    return Route(path, answer, methods=list(methods or ("GET",)))


def _told(handler: Handler, request: Request, sent: Sent) -> Response:
    try:
        return handler(request, sent)
    except WorkbenchError as error:
        return doors.page("This does not work", doors.error(str(error)), status=503)


def _from_our_own_page(request: Request) -> bool:
    try:
        origin = urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(origin) and origin == request.headers.get("host")


ENTRANCE = [
    _at("/sign-in", sign_in, "GET", "POST"),
    _at("/sign-in/with/{provider}", set_out),
    _at("/sign-in/done", come_back),
    _at("/sign-out", sign_out, "POST"),
    _at("/set-up", set_up, "GET", "POST"),
    _at("/join/{token}", join, "GET", "POST"),
    _at("/reset/{token}", reset, "GET", "POST"),
    _at("/password", password, "GET", "POST"),
    _at("/entrance.css", style),
]
