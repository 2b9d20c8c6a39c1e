"""Comments on a claim: threads that are answered and resolved; nothing said is ever deleted."""

from typing import Any

from sqlmodel import Session

from db.models import Claim, Comment, utc_now
from workbench.errors import InputError, NotAllowed, NotFound
from workbench.workflow.recording import change, check_version, record_about

MAX_CHARACTERS = 5_000


def comment(
    session: Session, *, claim: Claim, user_id: int, text: str, thread_id: int | None = None
) -> Comment:
    """Say something about the claim; `thread_id` is the comment that this answers.

    An answer to a resolved thread opens it again.

    Raises:
        InputError: no words, or too many.
        NotFound: the thread is not on this claim.
    """
    text = _text(text)
    thread = _thread(session, claim, thread_id) if thread_id is not None else None
    row = Comment(
        claim_id=claim.id or 0,
        thread_id=thread.id if thread else None,
        user_id=user_id,
        text=text,
    )
    record_about(session, claim, row, user_id, "comment.written", {}, {"text": text})
    if thread is not None and thread.resolved_at is not None:
        _change(session, claim, thread, user_id, "comment.reopened", **_RESOLVED_BY_NOBODY)
    return row


def rewrite_comment(
    session: Session, *, project_id: int, comment_id: int, user_id: int, text: str, version: int
) -> Comment:
    """Correct one's own comment; the earlier words stay in the history.

    Raises:
        Conflict: it was changed elsewhere after `version`.
        NotAllowed: it is somebody else's.
    """
    claim, row = _own(session, project_id, comment_id, user_id, version)
    _change(session, claim, row, user_id, "comment.rewritten", text=_text(text))
    return row


def retire_comment(
    session: Session, *, project_id: int, comment_id: int, user_id: int, version: int
) -> Comment:
    """Take one's own comment away from the screen; it stays in the database.

    Raises `Conflict` and `NotAllowed` like `rewrite_comment`.
    """
    claim, row = _own(session, project_id, comment_id, user_id, version)
    _change(session, claim, row, user_id, "comment.retired", retired_at=utc_now())
    return row


def resolve_thread(
    session: Session,
    *,
    project_id: int,
    comment_id: int,
    user_id: int,
    version: int,
    resolved: bool = True,
) -> Comment:
    """Close the thread that the comment began, or open it again; anybody may.

    Raises:
        Conflict: it was changed elsewhere after `version`.
        NotAllowed: the comment is an answer.
    """
    claim, row = _stored(session, project_id, comment_id, version)
    if row.thread_id is not None:
        raise NotAllowed("A thread is resolved as a whole, at the comment that began it.")
    if (row.resolved_at is not None) is resolved:
        return row
    kind = "comment.resolved" if resolved else "comment.reopened"
    by = {"resolved_at": utc_now(), "resolved_by_id": user_id}
    _change(session, claim, row, user_id, kind, **(by if resolved else _RESOLVED_BY_NOBODY))
    return row


_RESOLVED_BY_NOBODY: dict[str, Any] = {"resolved_at": None, "resolved_by_id": None}


def _thread(session: Session, claim: Claim, thread_id: int) -> Comment:
    thread = session.get(Comment, thread_id)
    if thread is None or thread.claim_id != claim.id or thread.thread_id is not None:
        raise NotFound("thread", thread_id)
    return thread


def _own(
    session: Session, project_id: int, comment_id: int, user_id: int, version: int
) -> tuple[Claim, Comment]:
    claim, row = _stored(session, project_id, comment_id, version)
    if row.user_id != user_id:
        raise NotAllowed("This comment is somebody else's; answer it instead.")
    return claim, row


def _stored(
    session: Session, project_id: int, comment_id: int, version: int
) -> tuple[Claim, Comment]:
    row = session.get(Comment, comment_id)
    claim = session.get(Claim, row.claim_id) if row else None
    if row is None or claim is None or claim.project_id != project_id:
        raise NotFound("comment", comment_id)
    check_version(row, version)
    if row.retired_at is not None:
        raise NotAllowed("This comment was taken away.")
    return claim, row


def _change(
    session: Session, claim: Claim, row: Comment, user_id: int, kind: str, **fields: Any
) -> None:
    before, after = change(row, **fields)
    if after:
        row.updated_at = utc_now()
        record_about(session, claim, row, user_id, kind, before, after)


def _text(text: str) -> str:
    text = text.strip()
    if not text:
        raise InputError("A comment needs words.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"A comment has at most {MAX_CHARACTERS:,} characters.")
    return text
