"""What the desk shows beside the review: comments, flags, lineage, the guideline, undo."""

from typing import Any

from sqlmodel import Session

from db.models import Claim
from db.queries import claims, comments, flags, guidelines
from db.queries.search import Viewer
from workbench.reviewing.claim_facts import CLAIM_TYPES, REASONS
from workbench.ui.components.resolution import resolution_data
from workbench.workflow import guiding, permitting, undoing


def talk_data(session: Session, *, claim: Claim, user_id: int) -> dict[str, Any]:
    """Guideline, comments, flags, lineage, undo and redo, and what can be chosen: plain JSON."""
    viewer = permitting.viewer(session, project_id=claim.project_id, user_id=user_id)
    undo, redo = undoing.next_steps(session, project_id=claim.project_id, user_id=user_id)
    return {
        "guideline": _guideline(session, claim.project_id, user_id),
        "judged_under": guidelines.of_review(session, claim_id=claim.id or 0, user_id=user_id),
        "comments": _comments(session, claim, viewer),
        "flags": [
            {"id": flag.id, "reason": flag.reason, "by": name, "version": flag.version}
            for flag, name in flags.raised(session, viewer, claim_id=claim.id or 0)
        ],
        "resolution": resolution_data(session, viewer, claim),
        "lineage": lineage(session, claim),
        "undo": _step(undo),
        "redo": _step(redo),
        "claim_types": CLAIM_TYPES,
        "reasons": REASONS,
    }


def facts_data(claim: Claim) -> dict[str, Any]:
    """What people may set right about a claim, and what the splitter proposed instead."""
    return {
        "claim_types": claim.claim_types,
        "claimed_on": claim.claimed_on.isoformat() if claim.claimed_on else "",
        "place": claim.place,
        "proposed": claim.proposed,
        "proposed_text": claim.proposed_text,
        "reason": claim.reason,
    }


def lineage(session: Session, claim: Claim) -> dict[str, Any]:
    """Where the claim comes from and what became of it: ids, and `merge`, `split` or None."""
    claim_id = claim.id or 0
    children = claims.children(session, claim_id=claim_id) if claim.state == "retired" else []
    return {
        "how": claims.made_by(session, claim_id=claim_id),
        "parents": [parent.id for parent in claims.parents(session, claim_id=claim_id)],
        "became": claims.made_by(session, claim_id=children[0].id or 0) if children else None,
        "children": [child.id for child in children],
    }


def _guideline(session: Session, project_id: int, user_id: int) -> dict[str, Any] | None:
    newest = guidelines.newest(session, project_id=project_id)
    if newest is None:
        return None
    changed = guiding.unseen_changes(session, newest=newest, user_id=user_id)
    known, lines = changed or (None, [])
    return {"number": newest.number, "text": newest.text, "known": known, "changes": lines}


def _comments(session: Session, claim: Claim, viewer: Viewer) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "thread_id": row.thread_id,
            "version": row.version,
            "text": "" if row.retired_at else row.text,
            "retired": row.retired_at is not None,
            "resolved": row.resolved_at is not None,
            "by": name,
            "at": row.created_at.isoformat(),
            "mine": row.user_id == viewer.user_id,
        }
        for row, name in comments.of_claim(session, viewer, claim_id=claim.id or 0)
    ]


def _step(step: undoing.Step | None) -> dict[str, Any] | None:
    return {"event_id": step.event_id, "words": step.words} if step else None
