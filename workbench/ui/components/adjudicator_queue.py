"""What there is to adjudicate: counts that are links, the place in it, and why there is nothing."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from db.models import Project
from db.queries import adjudication, projects
from db.queries.search import EVERYTHING, ClaimFilter, Viewer
from workbench.ui import feedback
from workbench.ui.components.empty import nothing
from workbench.ui.database import reading
from workbench.workflow.addressing import pairs
from workbench.workflow.filtering import to_query

_PAGE = "ui/pages/adjudicate.py"
_TITLES = {
    "contested": "Contested",
    "reopened": "Re-opened",
    "sent back": "Sent back",
    "decided": "Decided",
}
MOST_PAIRS = 3


def shows(session: Session, viewer: Viewer, wanted: ClaimFilter, show: str) -> None:
    """Draw the links: what to look at, and which verdicts stand against each other."""
    counts = adjudication.n_shown(session, viewer, wanted)
    against = adjudication.against(session, viewer)
    titles = {row.key: row.title for row in projects.labels(session, project_id=viewer.project_id)}
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="shows"):
        for name, title in _TITLES.items():
            label = f"{title} ({counts[name]:,})"
            _link(f"**{label}**" if name == show else label, wanted, name)
        for first, second, n in against[:MOST_PAIRS]:
            pair = ClaimFilter(stage="verdict", labels=(first, second))
            label = feedback.literal(f"{titles[first]} / {titles[second]} ({n:,})")
            _link(f"**{label}**" if wanted == pair else label, pair, "contested")
        if wanted != EVERYTHING:
            _link("All claims", EVERYTHING, show)


def place_data(claim_id: int, ids: list[int]) -> dict[str, Any]:
    """Where the claim stands in the queue, in words, and the claims before and behind it."""
    n = len(ids)
    if claim_id not in ids:
        return {
            "place": f"Claim {claim_id}",
            "previous": None,
            "next": ids[0] if ids else None,
        }
    at = ids.index(claim_id)
    return {
        "place": f"{at + 1:,} of {n:,}",
        "previous": ids[at - 1] if at else None,
        "next": ids[at + 1] if at + 1 < n else None,
    }


def empty_queue(viewer: Viewer, wanted: ClaimFilter, show: str) -> None:
    """Say truthfully why there is nothing to adjudicate, and where to go."""
    if show != "contested" or wanted != EVERYTHING:
        nothing("No claim is like that", "Nothing that this link asks for waits here.")
        _link("All contested claims", EVERYTHING, "contested")
        return
    with reading() as session:
        found = adjudication.waiting(session, viewer)
        project = session.get_one(Project, viewer.project_id)
    nothing("Nothing is contested", _why(found, project))
    st.page_link("ui/pages/progress.py", label="See the progress")
    st.page_link("ui/pages/review.py", label="Go to Review")


def _why(found: adjudication.Waiting, project: Project) -> str:
    if not found.n_claims:
        return "There is no claim to judge yet."
    parts = []
    if found.n_short:
        wanted = "1 review" if project.overlap == 1 else f"{project.overlap} reviews"
        parts.append(
            f"{_claims(found.n_short)} still {_wait(found.n_short)} for reviews "
            f"(this project wants {wanted} each)"
        )
    if found.n_resolved:
        have = "has" if found.n_resolved == 1 else "have"
        parts.append(f"{_claims(found.n_resolved)} {have} a final verdict")
    agreeing = found.n_claims - found.n_short - found.n_resolved
    if agreeing:
        parts.append(f"on {_claims(agreeing)} the reviewers agree")
    if project.overlap == 1 and found.n_short:
        parts.append("with one review each nobody can differ")
    return "; ".join(parts).capitalize() + "."


def _claims(n: int) -> str:
    return "1 claim" if n == 1 else f"{n:,} claims"


def _wait(n: int) -> str:
    return "waits" if n == 1 else "wait"


def _link(label: str, wanted: ClaimFilter, show: str) -> None:
    query = to_query(wanted) | ({} if show == "contested" else {"show": [show]})
    st.page_link(_PAGE, label=label, query_params=pairs(query), width="content")
