"""Recusal: a reviewer declares topics and people, and judges no claim that speaks of them.

Words are looked for whole, in any case, in what the claim says, who says it, the entities in it
and the title of its article.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, false
from sqlmodel import Session

from db.models import Claim, Recusal, utc_now
from db.queries import recusals
from workbench.errors import InputError, NotAllowed, NotFound
from workbench.workflow.permitting import is_alone
from workbench.workflow.recording import change, check_version, record

MAX_CHARACTERS = 200


def declare(session: Session, *, project_id: int, user_id: int, kind: str, words: str) -> Recusal:
    """Draw no more claims in which these words stand; `kind` is topic or person.

    Raises `InputError` for no words, too many, or such that were declared already.
    """
    words = " ".join(words.split())
    if not words or not re.search(r"\w", words):
        raise InputError("Name a topic or a person, in the words that a claim would use.")
    if len(words) > MAX_CHARACTERS:
        raise InputError(f"A topic or a person has at most {MAX_CHARACTERS} characters.")
    known = recusals.of_user(session, project_id=project_id, user_id=user_id)
    if any(one.words.casefold() == words.casefold() for one in known):
        raise InputError("You have declared this already.")
    row = Recusal(project_id=project_id, user_id=user_id, kind=kind, words=words)
    _record(session, row, "recusal.declared", {}, {"kind": kind, "words": words})
    found = [
        claim[0]
        for claim in recusals.readable(session, project_id=project_id)
        if speaks_of(words, _texts(claim))
    ]
    recusals.keep(session, recusal=row, claim_ids=found)
    return row


def withdraw(session: Session, *, recusal_id: int, user_id: int, version: int) -> None:
    """Judge claims with these words again.

    Raises:
        Conflict: it was withdrawn elsewhere.
        NotFound: it is not this person's.
    """
    row = session.get(Recusal, recusal_id)
    if row is None or row.user_id != user_id:
        raise NotFound("recusal", recusal_id)
    check_version(row, version)
    recusals.forget(session, recusal_id=recusal_id)
    _record(session, row, "recusal.withdrawn", *change(row, retired_at=utc_now()))
    session.flush()
    others = recusals.of_user(session, project_id=row.project_id, user_id=user_id)
    for claim in recusals.readable(session, project_id=row.project_id) if others else ():
        _keep_first(session, others, claim)


def speaks_of(words: str, texts: Iterable[str]) -> bool:
    """Whether the words stand in one of the texts, whole, in any case and spacing.

    >>> speaks_of("oil", ["OIL prices rose"]), speaks_of("oil", ["The soil is dry"])
    (True, False)
    """
    pattern = r"\s+".join(re.escape(word) for word in words.casefold().split())
    sought = re.compile(rf"(?<!\w){pattern}(?!\w)")
    return any(sought.search(text.casefold()) for text in texts)


def is_found(session: Session, *, claim: Claim, user_id: int) -> bool:
    """Whether words of the reviewer stand in the claim; what is found is noted."""
    declared = recusals.of_user(session, project_id=claim.project_id, user_id=user_id)
    if not declared:
        return False
    return _keep_first(session, declared, recusals.readable_claim(session, claim_id=claim.id or 0))


def note_all(
    session: Session, *, project_id: int, user_ids: Iterable[int], article_id: int | None = None
) -> None:
    """Note every claim of the project, or of one article, in which words of these people stand."""
    for user_id in user_ids:
        declared = recusals.of_user(session, project_id=project_id, user_id=user_id)
        if not declared or is_alone(session, project_id=project_id, user_id=user_id):
            continue
        readable = list(recusals.readable(session, project_id=project_id, article_id=article_id))
        for recusal in declared:
            found = [row[0] for row in readable if speaks_of(recusal.words, _texts(row))]
            recusals.keep(session, recusal=recusal, claim_ids=found)


def rules(session: Session, *, project_id: int, user_id: int) -> list[ColumnElement[bool]]:
    """What a claim must satisfy not to be recused; nothing for whoever works alone."""
    if is_alone(session, project_id=project_id, user_id=user_id):
        return []
    return [~rule for rule in bars(session, project_id=project_id, user_id=user_id)]


def bars(
    session: Session, *, project_id: int, user_id: int
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That the claim is one the reviewer is recused from, and that it is of their own article;
    neither holds for whoever works alone."""
    if is_alone(session, project_id=project_id, user_id=user_id):
        return false(), false()
    own = recusals.is_own(session, project_id=project_id, user_id=user_id)
    return recusals.is_recused(user_id), own


def why_barred(session: Session, *, claim: Claim, user_id: int) -> str:
    """Why the person does not judge the claim: `own` article, `recused`; empty if they may."""
    if is_alone(session, project_id=claim.project_id, user_id=user_id):
        return ""
    if recusals.wrote(session, article_id=claim.article_id, user_id=user_id):
        return "own"
    return "recused" if is_found(session, claim=claim, user_id=user_id) else ""


def require_unrecused(session: Session, *, claim: Claim, user_id: int) -> None:
    """Raise `NotAllowed` for a verdict on what the reviewer recused themselves from or wrote."""
    barred = why_barred(session, claim=claim, user_id=user_id)
    if barred == "own":
        raise NotAllowed(
            "This claim stands in an article by you, and nobody judges what they wrote; "
            "leave it to others."
        )
    if barred:
        raise NotAllowed(
            "This claim speaks of a topic or a person that you recused yourself from; "
            "leave it to others, or withdraw the recusal first."
        )


def _keep_first(session: Session, declared: Sequence[Recusal], claim: Any) -> bool:
    texts = _texts(claim)
    for recusal in declared:
        if speaks_of(recusal.words, texts):
            recusals.keep(session, recusal=recusal, claim_ids=[claim[0]])
            return True
    return False


def _texts(claim: Any) -> list[str]:
    _, text, quote, speaker, entities, title = claim
    named = [str(entity.get("text", "")) for entity in entities or ()]
    return [text, quote, speaker or "", title, *named]


def _record(session: Session, row: Recusal, kind: str, before: Any, after: Any) -> None:
    record(
        session,
        project_id=row.project_id,
        user_id=row.user_id,
        kind=kind,
        row=row,
        before=before,
        after=after,
    )
