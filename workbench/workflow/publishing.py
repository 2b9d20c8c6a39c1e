"""Taking the work away: records out of the database, files out of records."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

import exports.base as out
from db.models import Article, Claim, Label, LabelScheme, Project, Source
from db.queries import guidelines
from db.queries.records import (
    ClaimRow,
    CommentRow,
    EvidenceRow,
    FlagRow,
    ResolutionRow,
    ReviewRow,
    records,
)
from workbench.errors import InputError, NotFound, UnknownName
from workbench.workflow.permitting import require

EXPORTED = ("proposed", "accepted", "rejected")
_NO_SOURCE = Source(project_id=0, url="", canonical_url="", medium="", created_by_id=0)


def export(
    session: Session,
    *,
    project_id: int,
    format: str,
    path: Path,
    labels: out.Labels = "resolved",
    raw: bool = False,
    user_id: int | None = None,
) -> out.Report:
    """Write the project's claims to `path`: the whole file, or what was there before stays.

    Raises:
        NotPermitted: the role of `user_id` does not allow it; None is who uses the command line.
        UnknownName: no such format.
        NotFound: no such project.
        InputError: `path` cannot be written.
    """
    if user_id is not None:
        require(session, project_id=project_id, user_id=user_id, activity="export")
    if format not in out.exporters():
        raise UnknownName("format", format, out.exporters())
    selected = export_records(session, project_id=project_id)
    try:
        return out.write(format, selected, path, labels=labels, raw=raw)
    except out.ExportError as error:
        raise InputError(str(error)) from error


def export_records(session: Session, *, project_id: int) -> Iterator[out.Record]:
    """The project's claims with their submitted reviews, by article and place in its text.

    Retired claims are left out; so are drafts, which are nobody's verdict yet. Raises `NotFound`.
    """
    project = session.get(Project, project_id)
    if project is None:
        raise NotFound("project", project_id)
    scheme = session.get_one(LabelScheme, project.scheme_id)
    newest = guidelines.newest(session, project_id=project_id)
    guideline = newest.text if newest else ""
    rows = records(session, project_id, states=EXPORTED)
    return (_record(row, project, scheme, guideline) for row in rows)


def _record(row: ClaimRow, project: Project, scheme: LabelScheme, guideline: str) -> out.Record:
    return out.Record(
        project=project.name,
        scheme=scheme.key,
        guideline=guideline,
        article=_article(row.article),
        claim=_claim(row),
        resolution=_resolution(row.resolution) if row.resolution else None,
        reviews=tuple(map(_review, row.reviews)),
        comments=tuple(map(_comment, row.comments)),
        flags=tuple(map(_flag, row.flags)),
    )


def _article(article: Article) -> out.ArticleRecord:
    return out.ArticleRecord(
        id=article.id or 0,
        external_id=article.external_id,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        url=article.url,
        published_on=article.published_on,
        language=article.language,
        text=article.text,
        text_sha256=article.text_sha256,
        splitter=article.splitter,
    )


def _claim(row: ClaimRow) -> out.ClaimRecord:
    claim = row.claim
    return out.ClaimRecord(
        id=claim.id or 0,
        text=claim.text,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        proposed_text=claim.proposed_text,
        block=claim.block,
        sentence=_span(claim.sentence_start, claim.sentence_end),
        attribution=_attribution(claim),
        times=tuple(claim.times),
        entities=tuple(claim.entities),
        type=claim.kind,
        ambiguous=claim.ambiguous,
        checkworthiness=claim.checkworthiness,
        reasons=tuple(claim.reasons),
        claim_types=tuple(claim.claim_types),
        claimed_on=claim.claimed_on,
        place=claim.place,
        proposed=claim.proposed,
        state=claim.state,
        state_reason=claim.reason,
        origin=claim.origin,
        created_by=row.created_by,
        created_at=claim.created_at,
        updated_at=claim.updated_at,
        version=claim.version,
        came_from=tuple(out.Parent(parent.parent_id, parent.how) for parent in row.parents),
    )


def _attribution(claim: Claim) -> out.Attribution | None:
    """Who the article says made the claim; None when it speaks in its own voice."""
    found = out.Attribution(
        name=claim.speaker,
        speaker=_text_span(claim.speaker_text, claim.speaker_start, claim.speaker_end),
        cue=_text_span(claim.cue_text, claim.cue_start, claim.cue_end),
        content=_span(claim.content_start, claim.content_end),
        through=tuple(claim.through),
    )
    return None if found == out.Attribution(None, None, None, None) else found


def _span(start: int | None, end: int | None) -> out.Span | None:
    return None if start is None or end is None else out.Span(start, end)


def _text_span(text: str | None, start: int | None, end: int | None) -> out.TextSpan | None:
    if text is None or start is None or end is None:
        return None
    return out.TextSpan(text, start, end)


def _review(row: ReviewRow) -> out.ReviewRecord:
    review = row.review
    return out.ReviewRecord(
        reviewer=row.reviewer,
        label=row.label.key,
        title=row.label.title,
        justification=review.justification,
        confidence=review.confidence,
        active_seconds=round(review.active_seconds, 1),
        guideline_version=row.guideline,
        status=review.status,
        created_at=review.created_at,
        updated_at=review.updated_at,
        submitted_at=review.submitted_at,
        evidence=tuple(map(_evidence, row.evidence)),
        phase=review.phase,
    )


def _evidence(row: EvidenceRow) -> out.EvidenceRecord:
    evidence = row.evidence
    source = row.source or _NO_SOURCE
    return out.EvidenceRecord(
        url=source.url,
        canonical_url=source.canonical_url,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published_on=source.published_on,
        accessed_at=source.accessed_at if row.source else None,
        medium=source.medium,
        quote=evidence.quote,
        stance=evidence.stance,
        set_number=evidence.set_number,
        question=evidence.question,
        answer=evidence.answer,
        answer_type=evidence.answer_type,
        explanation=evidence.explanation,
        copies=tuple(out.CopyRecord(c.text_sha256, c.taken_at, c.how) for c in row.copies),
    )


def _comment(row: CommentRow) -> out.CommentRecord:
    comment = row.comment
    return out.CommentRecord(
        id=comment.id or 0,
        thread=comment.thread_id,
        author=row.by,
        text=comment.text,
        created_at=comment.created_at,
        updated_at=comment.updated_at,
        resolved_at=comment.resolved_at,
        resolved_by=row.resolved_by,
    )


def _flag(row: FlagRow) -> out.FlagRecord:
    flag = row.flag
    return out.FlagRecord(
        raised_by=row.by,
        reason=flag.reason,
        raised_at=flag.created_at,
        lowered_at=flag.lowered_at,
        lowered_by=row.lowered_by,
    )


def _resolution(row: ResolutionRow) -> out.ResolutionRecord:
    resolution = row.resolution
    return out.ResolutionRecord(
        label=row.label.key,
        title=row.label.title,
        how=resolution.how,
        reason=resolution.reason,
        decided_by=row.decided_by,
        decided_at=resolution.decided_at,
        cause=resolution.cause,
        dissent=tuple(_dissent(*each) for each in row.dissent),
    )


def _dissent(told: Mapping[str, Any], reviewer: str, label: Label) -> out.DissentRecord:
    at = told.get("submitted_at")
    return out.DissentRecord(
        reviewer=reviewer,
        label=label.key,
        title=label.title,
        justification=told.get("justification", ""),
        confidence=told.get("confidence"),
        submitted_at=datetime.fromisoformat(at) if at else None,
    )
