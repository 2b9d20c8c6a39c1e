"""Giving a verdict: drafts as they are typed, then the submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Claim, Label, Review, Trial, utc_now
from db.queries import guidelines, reviews
from workbench.errors import Conflict
from workbench.reviewing.forms import ReviewForm, check_submission, parse_form
from workbench.workflow import phasing, recusing, schooling, trialling
from workbench.workflow.claiming import rewrite
from workbench.workflow.drawing import assign, workable
from workbench.workflow.guiding import note_known
from workbench.workflow.recording import (
    carried_out,
    change,
    check_version,
    earlier_result,
    one_action,
    record_about,
)
from workbench.workflow.reserving import renew
from workbench.workflow.resolving import resolve
from workbench.workflow.sourcing import evidence_of, store_evidence
from workbench.workflow.trialling import label_of


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A review as its reviewer finds it: the form, and the version to save on (0: none stored)."""

    form: ReviewForm
    version: int
    status: str
    has_draft: bool
    trial: Trial | None = None


def open_review(session: Session, *, claim_id: int, user_id: int) -> ReviewState:
    """The reviewer's draft of the claim, else their submitted review, else an empty form.

    Of a claim that is given to be compared, the same of its trial.
    """
    if trial := trialling.on_desk(session, claim_id=claim_id, user_id=user_id):
        form = trialling.form_of(trial)
        return ReviewState(form, trial.version, trial.status, bool(trial.draft), trial)
    review = reviews.of_user(session, claim_id=claim_id, user_id=user_id)
    if review is None:
        return ReviewState(ReviewForm(), 0, "new", has_draft=False)
    form = parse_form(review.draft) if review.draft else submitted_form(session, review)
    return ReviewState(form, review.version, review.status, has_draft=bool(review.draft))


def submitted_form(session: Session, review: Review) -> ReviewForm:
    """The review's stored verdict and evidence as a form."""
    label = session.get(Label, review.label_id) if review.label_id is not None else None
    return ReviewForm(
        label=label.key if label else "",
        justification=review.justification,
        confidence=review.confidence,
        evidence=evidence_of(session, review),
    )


def save_draft(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    form: Mapping[str, Any],
    version: int,
    op_id: str,
    active_seconds: float = 0.0,
) -> int:
    """Keep the form as typed; returns the review's new version.

    `active_seconds` are those at work since the last draft or submission; they add up.

    Raises:
        Conflict: the review was saved elsewhere after `version`; 0 means there was none yet.
        InputError: a field is too long or of the wrong kind.
    """
    if (earlier := earlier_result(session, op_id, "review.drafted")) is not None:
        return int(earlier["version"])
    if trial := trialling.on_desk(session, claim_id=claim_id, user_id=user_id):
        return trialling.keep(
            session,
            trial=trial,
            form=form,
            version=version,
            op_id=op_id,
            active_seconds=active_seconds,
        )
    claim = workable(session, project_id=project_id, claim_id=claim_id)
    renew(session, claim=claim, user_id=user_id)
    stored = reviews.of_user(session, claim_id=claim_id, user_id=user_id)
    review = _own_review(session, claim, user_id, version, stored)
    review.active_seconds += active_seconds
    draft = parse_form(form).as_json()
    before, after = _differences(review.draft, draft)
    if after or before:
        review.draft = draft
        review.updated_at = utc_now()
        record_about(session, claim, review, user_id, "review.drafted", before, after, op_id)
    session.flush()
    _done(session, op_id, "review.drafted", review)
    return review.version


@one_action("review.submitted")
def submit(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    form: Mapping[str, Any],
    version: int,
    claim_version: int,
    op_id: str,
    seen_text: str | None = None,
    active_seconds: float = 0.0,
) -> int:
    """Give the verdict: the form becomes the submitted review; returns its new version.

    A new stand-alone text in the form changes the claim, if that still is at `claim_version`. With
    `seen_text`, what the reviewer had before them counts instead: no verdict is filed on a text
    that they have not seen, and what else changed about the claim is in nobody's way.
    The same `op_id` again changes nothing and returns the same.

    Raises:
        Conflict: the review was saved elsewhere after `version`; 0 means there was none yet. Or
            the claim's text was.
        InputError: no verdict, or a source that cannot be stored; the sentence says which.
        NotAllowed: the claim is in a phase that takes no verdict, or not this person's; or they
            have to pass the training first.
    """
    if (earlier := earlier_result(session, op_id, "review.submitted")) is not None:
        return int(earlier["version"])
    if trial := trialling.on_desk(session, claim_id=claim_id, user_id=user_id):
        return trialling.submit(
            session,
            trial=trial,
            form=form,
            version=version,
            op_id=op_id,
            active_seconds=active_seconds,
        )
    claim = workable(session, project_id=project_id, claim_id=claim_id)
    stored = reviews.of_user(session, claim_id=claim_id, user_id=user_id)
    if stored is None or stored.submitted_at is None:  # what was judged before may be changed
        schooling.require_passed(session, claim=claim, user_id=user_id)
    recusing.require_unrecused(session, claim=claim, user_id=user_id)
    checked = check_submission(parse_form(form))
    if seen_text is not None:
        _check_text(claim, {seen_text, checked.claim_text}, claim_version)
        claim_version = claim.version
    if checked.claim_text.strip():
        rewrite(
            session,
            project_id=project_id,
            claim_id=claim_id,
            user_id=user_id,
            text=checked.claim_text,
            version=claim_version,
        )
    guideline = guidelines.newest(session, project_id=project_id)
    if guideline is not None:
        note_known(session, guideline=guideline, user_id=user_id)
    review = _own_review(session, claim, user_id, version, stored)
    with session.no_autoflush:  # see store_form
        phasing.check_turn(session, claim=claim, review=review, n_sources=len(checked.evidence))
    before = submitted_form(session, review).as_json() if review.submitted_at else {}
    now = utc_now()
    store_form(
        session,
        claim=claim,
        review=review,
        form=checked,
        guideline_id=guideline.id if guideline else None,
        status="submitted",
        submitted_at=now,
        updated_at=now,
        draft={},
        active_seconds=review.active_seconds + active_seconds,
    )
    differences = _differences(before, checked.as_json())
    record_about(session, claim, review, user_id, "review.submitted", *differences, op_id)
    assign(session, claim=claim, user_id=user_id, state="done")
    resolve(session, claim=claim, user_id=user_id)
    phasing.discard_open(session, claim=claim, user_id=user_id)
    _done(session, op_id, "review.submitted", review)
    return review.version


def store_form(
    session: Session, *, claim: Claim, review: Review, form: ReviewForm, **fields: Any
) -> None:
    """Make the checked form the review's stored verdict and evidence, and set `fields` with it."""
    with session.no_autoflush:  # a new review is stored in one statement
        label = label_of(session, project_id=claim.project_id, key=form.label)
    change(
        review,
        label_id=label.id,
        justification=form.justification,
        confidence=form.confidence,
        **fields,
    )
    session.flush()
    store_evidence(session, claim, review, form.evidence)


def _check_text(claim: Claim, known: set[str], version: int) -> None:
    if claim.text not in known:
        raise Conflict("claim", claim.id or 0, expected=version, found=claim.version)


def _own_review(
    session: Session, claim: Claim, user_id: int, version: int, stored: Review | None
) -> Review:
    review = stored or Review(claim_id=claim.id or 0, user_id=user_id)
    if stored is None:
        session.add(review)
    else:
        check_version(review, version)
    phasing.begin(session, claim=claim, review=review)
    return review


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before[name] for name in names if name in before}, {
        name: after[name] for name in names
    }


def _done(session: Session, op_id: str, kind: str, review: Review) -> None:
    result = {"review_id": review.id, "version": review.version}
    carried_out(session, op_id=op_id, kind=kind, user_id=review.user_id, result=result)
