"""Routes beside the pages: health, and what the review desk sends as it is worked on."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.models import Claim, User
from workbench.errors import InputError, NotFound
from workbench.reviewing.forms import parse_form
from workbench.ui import feedback, who
from workbench.ui.components.desk import desk_data, desk_hints, place_data, stored_review
from workbench.ui.database import reading, writing
from workbench.workflow import claimwork, deskwork
from workbench.workflow.filtering import from_link
from workbench.workflow.keying import change_keys, key_table
from workbench.workflow.permitting import require
from workbench.workflow.recalling import recall
from workbench.workflow.recording import number, seconds
from workbench.workflow.reviewing import save_draft

MAX_BODY_BYTES = 2_000_000
_OP_ID = re.compile(r"[!-~]{8,64}")


async def health(_request: Request) -> Response:
    """200 when the database answers, else 503 with the reason."""
    answer = await run_in_threadpool(feedback.answered, _ask_database)
    return JSONResponse(answer, status_code=503 if "error" in answer else 200)


async def draft(request: Request) -> Response:
    """Keep a review's form as typed: {claim_id, version, form, op_id} in, {version} out."""
    return await _answer(request, _keep)


async def act(request: Request) -> Response:
    """Do what was asked for at the desk: {kind, claim_id, op_id, …} in, the next claim out.

    The answer is {done, desk}; `desk` is what `desk_data` gives, None when the queue is empty. How
    many claims are reviewed is asked for after it, so that nobody waits for the count.
    The same `op_id` again changes nothing and answers alike.
    """
    return await _answer(request, _carry_out)


async def place(request: Request) -> Response:
    """How far the reviewer is: {claim_id, filter} in, {place} out."""
    return await _answer(request, _count)


async def text(request: Request) -> Response:
    """Another text for a claim: {claim_id, version, text, op_id} in, {claim} as stored out."""
    return await _answer(request, _rewrite)


async def source(request: Request) -> Response:
    """What is known about a source that is being typed: {claim_id, ask, …} in, see `recall`."""
    return await _answer(request, _recall)


async def keys(request: Request) -> Response:
    """Another key for an action of the desk: {action, key} or {reset: true} in, {keys} out."""
    return await _answer(request, _change_keys)


Action = Callable[[int, dict[str, Any]], dict[str, Any]]


async def _answer(request: Request, action: Action) -> Response:
    """200 and what `action` returns for the person who asks; 409 with the stored review after a
    conflict; 503 when the database cannot be used just now; 401, 400 or 403."""
    if not _from_our_own_page(request):
        return JSONResponse({"error": "Only this workbench's own pages may send this."}, 403)
    body = await request.body()
    answer = await run_in_threadpool(
        feedback.answered,
        lambda: action(_asking(request), _parsed(body)),
        lambda: _stored(_asking(request), body),
    )
    return JSONResponse(answer, status_code=_status(answer))


def _asking(request: Request) -> int:
    with reading() as session:
        return who.asking(session, request).id or 0


def _status(answer: dict[str, Any]) -> int:
    if "error" not in answer:
        return 200
    if "signed_out" in answer:
        return 401
    return 409 if "stored" in answer else 503 if "again" in answer else 400


def _ask_database() -> dict[str, Any]:
    with reading() as session:
        session.connection().execute(sqlalchemy.text("SELECT 1"))
    return {"ok": True}


def _keep(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    with writing() as session:
        claim = _claim(session, user_id, sent)
        version = save_draft(
            session,
            project_id=claim.project_id,
            claim_id=claim.id or 0,
            user_id=user_id,
            form=_object(sent, "form"),
            version=number(sent, "version"),
            op_id=_op_id(sent),
            active_seconds=seconds(sent, "active_seconds"),
        )
        form = parse_form(sent["form"])
        hints = desk_hints(session, claim=claim, user_id=user_id, form=form)
        return {"version": version, "hints": hints}


def _carry_out(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    _op_id(sent)
    with writing() as session:
        outcome = deskwork.carry_out(
            session, _claim(session, user_id, sent).project_id, user_id, sent
        )
    with reading() as session:
        claim = session.get(Claim, outcome.claim_id) if outcome.claim_id else None
        data = claim and desk_data(
            session,
            claim=claim,
            user_id=user_id,
            known_article_id=sent.get("article_id"),
            wanted=None,
        )
    return {"done": outcome.said, "desk": data}


def _count(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    wanted = sent.get("filter") or ""
    if not isinstance(wanted, str):
        raise InputError("The page sent no filter; reload it.")
    with reading() as session:
        claim = _claim(session, user_id, sent)
        found = from_link(wanted)
        return {"place": place_data(session, claim=claim, user_id=user_id, wanted=found)}


def _rewrite(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    _op_id(sent)
    with writing() as session:
        claim = claimwork.rewrite(session, _claim(session, user_id, sent), user_id, sent)
        return {"claim": {"text": claim.text, "version": claim.version}}


def _recall(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    unit = writing if sent.get("ask") == "keep" else reading
    with unit() as session:
        return recall(session, claim=_claim(session, user_id, sent), user_id=user_id, sent=sent)


def _change_keys(user_id: int, sent: dict[str, Any]) -> dict[str, Any]:
    with writing() as session:
        user = session.get_one(User, user_id)
        change_keys(user, sent)
        return {"keys": key_table(user)}


def _stored(user_id: int, body: bytes) -> dict[str, Any]:
    return stored_review(user_id, _parsed(body)["claim_id"])


def _claim(session: Session, user_id: int, sent: dict[str, Any]) -> Claim:
    """The claim that was sent about, for who may review in its project."""
    claim = session.get(Claim, number(sent, "claim_id"))
    if claim is None:
        raise NotFound("claim", sent["claim_id"])
    require(session, project_id=claim.project_id, user_id=user_id, activity="review")
    return claim


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BODY_BYTES:
        raise InputError(f"A review holds at most {MAX_BODY_BYTES:,} bytes.")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("What was sent is no JSON.") from error
    if not isinstance(sent, dict):
        raise InputError("What was sent is no JSON object.")
    return sent


def _object(sent: dict[str, Any], name: str) -> dict[str, Any]:
    value = sent.get(name)
    if not isinstance(value, dict):
        raise InputError(f"{name} must be an object.")
    return value


def _op_id(sent: dict[str, Any]) -> str:
    value = sent.get("op_id")
    if not isinstance(value, str) or not _OP_ID.fullmatch(value):
        raise InputError("op_id must be 8 to 64 plain characters.")
    return value


def _from_our_own_page(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent this; other sites cannot forge it."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return False
    try:
        origin = urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(origin) and origin == request.headers.get("host")


ROUTES = [
    Route("/healthz", health),
    Route("/desk/draft", draft, methods=["POST"]),
    Route("/desk/act", act, methods=["POST"]),
    Route("/desk/place", place, methods=["POST"]),
    Route("/desk/text", text, methods=["POST"]),
    Route("/desk/source", source, methods=["POST"]),
    Route("/desk/keys", keys, methods=["POST"]),
]
