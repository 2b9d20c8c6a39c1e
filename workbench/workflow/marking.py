"""Marking claims as gold: of which the verdict is known, to train and to see how people judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import GOLD_USES, Claim, Gold, utc_now
from db.queries import gold
from db.queries.claims import WORKED_ON
from workbench.errors import Conflict, InputError, NotAllowed, UnknownName, WorkbenchError
from workbench.reviewing.typed import plain_text
from workbench.workflow.drawing import claim_of_project
from workbench.workflow.permitting import require
from workbench.workflow.recording import change, check_version, one_action, record_about
from workbench.workflow.trialling import label_of

MAX_CHARACTERS = 5_000
REASON = "Used for training."
"""Why a training claim is retired, as everybody reads it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a claim: the verdict's key, why, and what it is used for."""

    label: str
    explanation: str
    used_for: str


def of_claim(session: Session, *, claim: Claim, user_id: int) -> Gold | None:
    """What is known of the claim, None if nothing is. Raises `NotPermitted` but for leads."""
    require(session, project_id=claim.project_id, user_id=user_id, activity="see gold")
    marked = gold.of_claim(session, claim_id=claim.id or 0)
    return marked if marked is not None and marked.retired_at is None else None


@one_action("gold.marked")
def mark(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    known: Known,
    version: int | None,
) -> Gold:
    """Note the known verdict of a claim, or another than was noted; the same again changes nothing.

    One for training is retired from the work. `version` is that of what was noted, 0 for nothing,
    None for a caller that holds no earlier copy.

    Raises:
        Conflict: somebody else noted something after `version`.
        InputError: the explanation is too long.
        NotAllowed: the claim is put away, or its verdict was told in training.
        NotFound: the project has no such claim.
        NotPermitted: the role does not allow it.
        UnknownName: no such verdict, or no such use.
    """
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    row = gold.of_claim(session, claim_id=claim_id)
    if known.used_for not in GOLD_USES:
        raise UnknownName("use of gold", known.used_for, GOLD_USES)
    holds = row is not None and row.retired_at is None
    found = row.version if row is not None and holds else 0
    if version not in (None, found):
        raise Conflict("gold", claim_id, expected=version or 0, found=found)
    _check(session, claim, row if holds else None, known)
    row, before, after = _noted(session, claim, row, known, user_id)
    if after:
        record_about(session, claim, row, user_id, "gold.marked", before, after)
    _place(session, claim, row, user_id)
    session.flush()
    return row


@one_action("gold.unmarked")
def unmark(session: Session, *, project_id: int, claim_id: int, user_id: int, version: int) -> None:
    """Know nothing of the claim any more. One that was for training goes back into the work, unless
    somebody was told its verdict.

    Raises `Conflict`, `NotFound` and `NotPermitted` like `mark`.
    """
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    row = gold.of_claim(session, claim_id=claim_id)
    if row is None or row.retired_at is not None:
        return
    check_version(row, version)
    before, after = change(row, retired_at=utc_now())
    record_about(session, claim, row, user_id, "gold.unmarked", before, after)
    if row.used_for == "training" and not gold.n_trained(session, claim_id=claim_id):
        _put(session, claim, user_id, "claim.restored", row.state_before, "")
    session.flush()


def mark_all(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    rows: Sequence[tuple[str, Mapping[str, Any]]],
) -> dict[str, Any]:
    """Mark the claims that the rows name; those that cannot be are told and change nothing.

    A row is (where it stands, its fields): `claim` (an id), or `article` (the article's own id)
    and `quote`; `label` (key or title), `explanation`, `use` (training or hidden). Returns
    {"marked": ids of claims, "refused": [{"where", "reason"}]}. Raises `NotPermitted`.
    """
    require(session, project_id=project_id, user_id=user_id, activity="gold.marked")
    marked: list[int] = []
    refused: list[dict[str, str]] = []
    for where, row in rows:
        try:
            claim = _named(session, project_id, row)
            known = Known(_text(row, "label"), _text(row, "explanation"), _text(row, "use"))
            mark(
                session,
                project_id=project_id,
                claim_id=claim.id or 0,
                user_id=user_id,
                known=known,
                version=None,
            )
            marked.append(claim.id or 0)
        except WorkbenchError as error:
            refused.append({"where": where, "reason": str(error)})
    return {"marked": marked, "refused": refused}


def _named(session: Session, project_id: int, row: Mapping[str, Any]) -> Claim:
    if given := _text(row, "claim"):
        if not given.isascii() or not given.isdigit():
            raise InputError(f"{given[:40]!r} is no claim's id; give its number.")
        return claim_of_project(session, project_id=project_id, claim_id=int(given))
    article, quote = _text(row, "article"), str(row.get("quote") or "")
    if not article or not quote:
        raise InputError("No claim is named; give claim, or article and quote.")
    found = gold.claims_quoting(session, project_id=project_id, external_id=article, quote=quote)
    if len(found) != 1:
        n = f"{len(found)} claims have" if found else "no claim has"
        raise InputError(f"In article {article[:80]!r} {n} exactly this quote; give claim instead.")
    return found[0]


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _check(session: Session, claim: Claim, holding: Gold | None, known: Known) -> None:
    if len(known.explanation) > MAX_CHARACTERS:
        raise InputError(f"An explanation is a text of at most {MAX_CHARACTERS:,} characters.")
    if known.used_for == "hidden" and gold.n_trained(session, claim_id=claim.id or 0):
        raise NotAllowed(
            f"The verdict on claim {claim.id} was told in training, so it cannot be hidden."
        )
    if holding is None and claim.state not in WORKED_ON:
        raise NotAllowed(
            f"Claim {claim.id} is {claim.state}: only a claim that is worked on can become gold. "
            "Accept or restore it first."
        )


def _noted(
    session: Session, claim: Claim, row: Gold | None, known: Known, user_id: int
) -> tuple[Gold, dict[str, Any], dict[str, Any]]:
    """The row that holds what is known, and what it changed."""
    fields: dict[str, Any] = {
        "label_id": label_of(session, project_id=claim.project_id, key=known.label).id,
        "explanation": plain_text(known.explanation, "explanation").strip(),
        "used_for": known.used_for,
    }
    if row is not None:
        return row, *change(row, **fields, retired_at=None)
    row = Gold(claim_id=claim.id or 0, created_by_id=user_id, state_before=claim.state, **fields)
    return row, {}, fields


def _place(session: Session, claim: Claim, row: Gold, user_id: int) -> None:
    """Out of the work for training, back into it to be hidden there."""
    if row.used_for == "training" and claim.state != "retired":
        row.state_before = claim.state
        _put(session, claim, user_id, "claim.retired", "retired", REASON)
    elif row.used_for == "hidden" and claim.state == "retired":
        _put(session, claim, user_id, "claim.restored", row.state_before, "")


def _put(session: Session, claim: Claim, user_id: int, kind: str, state: str, reason: str) -> None:
    before, after = change(claim, state=state, reason=reason, updated_at=utc_now())
    told = ("state", "reason")
    before, after = (
        {name: side[name] for name in told if name in side} for side in (before, after)
    )
    record_about(session, claim, claim, user_id, kind, before, after)
