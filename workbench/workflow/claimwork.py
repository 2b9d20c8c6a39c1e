"""What can be asked for in an article: open, create, move and split claims."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from db.models import Article, Claim
from workbench.errors import InputError, NotFound
from workbench.workflow import claiming
from workbench.workflow.recording import carried_out, earlier_result, number


def carry_out(session: Session, project_id: int, user_id: int, sent: Mapping[str, Any]) -> int:
    """Do what was asked for; returns the id of the claim to show afterwards.

    `sent` is {kind, article_id, op_id} and, by kind, claim_id, version, start, end.

    Raises:
        WorkbenchError: with what the person has to mend; then nothing was changed.
    """
    kind = str(sent.get("kind"))
    if kind not in _ACTIONS:
        raise InputError(f"The article knows no action {kind[:40]!r}; reload the page.")
    article = session.get(Article, number(sent, "article_id"))
    if article is None or article.project_id != project_id:
        raise NotFound("article", sent["article_id"])
    return _ACTIONS[kind](session, project_id, user_id, sent)


def rewrite(session: Session, claim: Claim, user_id: int, sent: Mapping[str, Any]) -> Claim:
    """Give the claim the text sent, once for each `op_id`.

    `sent` is {version, text, op_id}. Raises `Conflict` if the claim was changed after `version`.
    """
    text, op_id = sent.get("text"), str(sent["op_id"])
    if not isinstance(text, str):
        raise InputError("The page sent no text; reload it.")
    if earlier_result(session, op_id, "claim.rewritten") is not None:
        return claim
    claiming.rewrite(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=user_id,
        text=text,
        version=number(sent, "version"),
    )
    session.flush()
    done = {"claim_id": claim.id}
    carried_out(session, op_id=op_id, kind="claim.rewritten", user_id=user_id, result=done)
    return claim


def _open(_session: Session, _project_id: int, _user_id: int, sent: Mapping[str, Any]) -> int:
    return number(sent, "claim_id")


def _create(session: Session, project_id: int, user_id: int, sent: Mapping[str, Any]) -> int:
    claim = claiming.create(
        session,
        project_id=project_id,
        article_id=number(sent, "article_id"),
        user_id=user_id,
        start=number(sent, "start"),
        end=number(sent, "end"),
        op_id=str(sent["op_id"]),
    )
    return claim.id or 0


def _move(session: Session, project_id: int, user_id: int, sent: Mapping[str, Any]) -> int:
    claim = claiming.move(
        session,
        project_id=project_id,
        claim_id=number(sent, "claim_id"),
        user_id=user_id,
        start=number(sent, "start"),
        end=number(sent, "end"),
        version=number(sent, "version"),
    )
    return claim.id or 0


def _split(session: Session, project_id: int, user_id: int, sent: Mapping[str, Any]) -> int:
    _, second = claiming.split(
        session,
        project_id=project_id,
        claim_id=number(sent, "claim_id"),
        user_id=user_id,
        at=number(sent, "start"),
        version=number(sent, "version"),
    )
    return second.id or 0


_ACTIONS: dict[Any, Callable[[Session, int, int, Mapping[str, Any]], int]] = {
    "open": _open,
    "create": _create,
    "move": _move,
    "split": _split,
}
