"""What the splitter found becomes the article's claims: once, with the event of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from db.models import Article, Claim, Event, utc_now
from workbench.errors import NotFound
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
    claims = [_claim(article, candidate) for candidate in candidates]
    article.split_at, article.splitter = utc_now(), splitter
    session.add_all(claims)
    _note_split(session, article, n_claims=len(claims))
    session.add_all([_proposed(claim) for claim in claims])
    session.flush()
    return len(claims)


def _claim(article: Article, candidate: "ClaimCandidate") -> Claim:
    if article.text[candidate.start : candidate.end] != candidate.quote:
        where = f"{candidate.start}:{candidate.end}"
        raise ValueError(f"the quote {candidate.quote!r} does not stand at {where}")
    return Claim(
        project_id=article.project_id,
        article_id=article.id or 0,
        quote=candidate.quote,
        start=candidate.start,
        end=candidate.end,
        text=candidate.claim,
        proposed_text=candidate.claim,
        block=candidate.block,
        sentence_start=candidate.sentence_start,
        sentence_end=candidate.sentence_end,
        times=[mention.as_json() for mention in candidate.times],
        entities=[mention.as_json() for mention in candidate.entities],
        kind=candidate.type,
        ambiguous=candidate.ambiguous,
        checkworthiness=candidate.checkworthiness,
        reasons=list(candidate.reasons),
        **_attribution(candidate),
    )


def _attribution(candidate: "ClaimCandidate") -> dict[str, Any]:
    found = candidate.attribution
    if found is None:
        return {}
    speaker, cue = found.speaker, found.cue
    return {
        "speaker": found.name,
        "speaker_text": speaker.text if speaker else None,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "cue_text": cue.text if cue else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "content_start": found.content_start,
        "content_end": found.content_end,
        "through": list(found.through),
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


def _proposed(claim: Claim) -> Event:
    """The claim's first event; built here, since one flush for all is quick and one each is not."""
    return Event(
        project_id=claim.project_id,
        user_id=None,
        kind="claim.proposed",
        subject="claim",
        subject_id=claim.id or 0,
        after={"text": claim.text, "start": claim.start, "end": claim.end, "state": claim.state},
    )
