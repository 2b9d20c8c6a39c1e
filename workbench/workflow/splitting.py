"""What the splitter found becomes the article's claims: once, with the event of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlmodel import Session, col

from db.models import Article, Claim, utc_now
from db.queries.events import add_events
from workbench.errors import NotFound
from workbench.workflow import ruling
from workbench.workflow.phasing import plan_of
from workbench.workflow.recording import record

if TYPE_CHECKING:
    from workbench.splitting import ClaimCandidate


def store_candidates(
    session: Session,
    *,
    article_id: int,
    candidates: "Sequence[ClaimCandidate]",
    splitter: str,
) -> int:
    """Store the candidates as proposed claims; returns how many were added.

    An article that was split already is left alone, so a job that runs twice writes once.
    Raises `ValueError` for a candidate whose quote is not what stands at its offsets.
    """
    article = session.get(Article, article_id)
    if article is None:
        raise NotFound("article", article_id)
    if article.split_at is not None:
        return 0
    article.split_at, article.splitter = utc_now(), splitter
    phase = plan_of(session, article.project_id).first
    claims = [_claim(article, candidate) | {"phase": phase} for candidate in candidates]
    _note_split(session, article, n_claims=len(claims))
    _insert(session, claims)
    ruling.apply_to_article(session, article=article)
    return len(claims)


def why_fallback(splitter: str) -> str:
    """Why an article was not read by the full rules, as its splitter says; empty if it was.

    >>> why_fallback("blank:de+fallback: no rules for German")
    'no rules for German'
    """
    return splitter.partition("+fallback: ")[2]


def _insert(session: Session, claims: list[dict[str, Any]]) -> None:
    """Rows instead of objects: others wait while this writes, and rows are written faster."""
    if not claims:
        return
    in_order = insert(Claim).returning(col(Claim.id), sort_by_parameter_order=True)
    ids = session.execute(in_order, claims).scalars()
    add_events(session, [_proposed(id or 0, row) for id, row in zip(ids, claims, strict=True)])


def _claim(article: Article, candidate: "ClaimCandidate") -> dict[str, Any]:
    if article.text[candidate.start : candidate.end] != candidate.quote:
        where = f"{candidate.start}:{candidate.end}"
        raise ValueError(f"the quote {candidate.quote!r} does not stand at {where}")
    return {
        "project_id": article.project_id,
        "article_id": article.id,
        "quote": candidate.quote,
        "start": candidate.start,
        "end": candidate.end,
        "text": candidate.claim,
        "proposed_text": candidate.claim,
        "block": candidate.block,
        "sentence_start": candidate.sentence_start,
        "sentence_end": candidate.sentence_end,
        "times": [mention.as_json() for mention in candidate.times],
        "entities": [mention.as_json() for mention in candidate.entities],
        "kind": candidate.type,
        "ambiguous": candidate.ambiguous,
        "checkworthiness": candidate.checkworthiness,
        "reasons": list(candidate.reasons),
        "state": "proposed",
        "origin": "splitter",
        "created_at": article.split_at,
        "updated_at": article.split_at,
        "version": 1,
        **_attribution(candidate),
    }


def _attribution(candidate: "ClaimCandidate") -> dict[str, Any]:
    found = candidate.attribution
    speaker, cue = (found.speaker, found.cue) if found else (None, None)
    return {
        "speaker": found.name if found else None,
        "speaker_text": speaker.text if speaker else None,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "cue_text": cue.text if cue else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "content_start": found.content_start if found else None,
        "content_end": found.content_end if found else None,
        "through": list(found.through) if found else [],
    }


def _note_split(session: Session, article: Article, *, n_claims: int) -> None:
    record(
        session,
        project_id=article.project_id,
        user_id=None,
        kind="article.split",
        row=article,
        before={"split_at": None},
        after={"split_at": article.split_at, "splitter": article.splitter, "n_claims": n_claims},
    )


def _proposed(claim_id: int, claim: dict[str, Any]) -> dict[str, Any]:
    """The claim's first event."""
    return {
        "project_id": claim["project_id"],
        "at": claim["created_at"],
        "user_id": None,
        "kind": "claim.proposed",
        "subject": "claim",
        "subject_id": claim_id,
        "before": {},
        "after": {name: claim[name] for name in ("text", "start", "end", "state")},
    }
