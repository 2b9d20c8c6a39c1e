"""What the adjudicator shows of a claim: reviews side by side, who is who, what was decided."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from db.models import Article, Claim, Event, Label, Project, Resolution, Review
from db.queries import adjudication, comments, projects, reviews
from db.queries.claims import Mark
from db.queries.search import Viewer
from workbench.reviewing.adjudication import CAUSES, leading, unlike
from workbench.ui.components.desk import article_data, span_data
from workbench.ui.components.resolution import Names, decision_data, names_on
from workbench.workflow import undoing


def adjudicator_data(session: Session, viewer: Viewer, claim: Claim) -> dict[str, Any]:
    """Everything about the claim as plain JSON values; hidden names are not in it at all."""
    given = adjudication.submitted(session, viewer, claim_id=claim.id or 0)
    stored = adjudication.outcome(session, viewer, claim_id=claim.id or 0)
    names = names_on(session, viewer, claim, stored)
    labels = projects.labels(session, project_id=claim.project_id)
    titles = {label.id or 0: label.title for label in labels}
    undo, redo = undoing.next_steps(session, project_id=claim.project_id, user_id=viewer.user_id)
    return {
        "article": article_data(session.get_one(Article, claim.article_id)),
        "spans": [_span(claim)],
        "claim": claim.model_dump(include={"id", "text", "speaker", "state", "place"}),
        "version": adjudication.version(session, claim_id=claim.id or 0),
        "labels": [
            label.model_dump(include={"key", "title", "color", "digit"}) for label in labels
        ],
        "causes": CAUSES,
        "reviews": _reviews(session, given, names),
        "comments": _comments(session, viewer, claim, names),
        "decided": decision_data(session, stored, names, titles),
        "earlier": _earlier(session, claim, stored, names, titles),
        "undo": {"event_id": undo.event_id, "words": undo.words} if undo else None,
        "redo": {"event_id": redo.event_id, "words": redo.words} if redo else None,
    }


def _reviews(
    session: Session, given: list[tuple[Review, Label]], names: Names
) -> list[dict[str, Any]]:
    """One column a review, in the order of what people are called, which says nothing."""
    most = leading([label.key for _, label in given])
    differ = len({label.key for _, label in given}) > 1
    cited = {review.id: _evidence(session, review) for review, _ in given}
    columns = [
        {
            "name": names[review.user_id],
            "label": label.title,
            "color": label.color,
            "differs": differ and label.key != most,
            "confidence": review.confidence,
            "justification": review.justification,
            "at": review.submitted_at.isoformat() if review.submitted_at else "",
            "evidence": _marked(
                cited[review.id], [cited[other.id] for other, _ in given if other is not review]
            ),
        }
        for review, label in given
    ]
    return sorted(columns, key=lambda column: str(column["name"]))


def _evidence(session: Session, review: Review) -> list[dict[str, Any]]:
    return [
        {
            "source": source.canonical_url if source else "",
            "url": source.url if source else "",
            "title": source.title if source else "",
            "publisher": source.publisher if source else "",
            **row.model_dump(
                include={"set_number", "stance", "quote", "question", "answer", "answer_type"}
            ),
        }
        for row, source in reviews.evidence(session, review_id=review.id or 0)
    ]


def _marked(own: list[dict[str, Any]], others: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    found = unlike(_pairs(own), [_pairs(each) for each in others])
    return [{**each, "mark": found.get((each["source"], each["stance"]), "")} for each in own]


def _pairs(evidence: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["source"], each["stance"]) for each in evidence if each["source"]]


def _comments(session: Session, viewer: Viewer, claim: Claim, names: Names) -> list[dict[str, Any]]:
    hidden = session.get_one(Project, claim.project_id).names_hidden
    return [
        {
            "by": names.get(row.user_id, "Somebody else" if hidden else by),
            "at": row.created_at.isoformat(),
            "text": row.text,
            "reply": row.thread_id is not None,
            "resolved": row.resolved_at is not None,
        }
        for row, by in comments.of_claim(session, viewer, claim_id=claim.id or 0)
        if row.retired_at is None
    ]


def _earlier(
    session: Session,
    claim: Claim,
    stored: Resolution | None,
    names: Names,
    titles: Mapping[int, str],
) -> str:
    """Why the claim is here again, as a sentence; empty where it is here for the first time."""
    if stored is not None:
        return ""
    reopened = adjudication.last_of_kind(session, claim_id=claim.id or 0, kind="claim.reopened")
    if reopened is not None:
        return _reopened(reopened, names, titles)
    if claim.extra_reviews:
        back = adjudication.last_of_kind(session, claim_id=claim.id or 0, kind="claim.sent_back")
        return f"Sent back for another review: {back.after['reason']}" if back else ""
    return ""


def _reopened(event: Event, names: Names, titles: Mapping[int, str]) -> str:
    who = names.get(event.after["user_id"], "A reviewer")
    now, was = titles.get(event.after["label_id"], ""), titles.get(event.before["label_id"], "")
    return (
        f"Re-opened because {who} gave the verdict {now} after it was decided as {was}. "
        f"The reason then: {event.before['reason']}"
    )


def _span(claim: Claim) -> dict[str, Any]:
    return span_data(Mark(claim.id or 0, claim.start, claim.end, claim.state, reviewed=False))
