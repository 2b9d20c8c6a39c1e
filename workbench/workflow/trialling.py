"""Verdicts that are given to be compared: kept apart from the reviews, and counted for nothing.

Where a claim is given for one (`on_desk`), what is typed and saved on the desk goes to the trial.
A training verdict stands as it was first given, since its result is told; a repeat is over once it
is submitted, and the claim shows the review again, which alone counts.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from db.models import Claim, Event, Label, Trial, utc_now
from db.queries import gold, projects
from workbench.errors import NotAllowed, UnknownName
from workbench.reviewing.forms import ReviewForm, check_submission, parse_form
from workbench.workflow.recording import carried_out, change, check_version, record_about

Fields = tuple[dict[str, Any], dict[str, Any]]


def on_desk(session: Session, *, claim_id: int, user_id: int) -> Trial | None:
    """What the claim is given to the person for, if not for a review."""
    return gold.trial_on_desk(session, claim_id=claim_id, user_id=user_id)


def give(session: Session, *, claim: Claim, user_id: int, kind: str) -> None:
    """Give the person the claim to be compared, once for each kind."""
    gold.give(session, claim_id=claim.id or 0, user_id=user_id, kind=kind)


def form_of(trial: Trial) -> ReviewForm:
    """What was typed, else what was submitted, else an empty form."""
    return parse_form(trial.draft or trial.form)


def keep(
    session: Session,
    *,
    trial: Trial,
    form: Mapping[str, Any],
    version: int,
    op_id: str,
    active_seconds: float,
) -> int:
    """Keep the form as typed; returns the trial's new version. Raises like `submit`."""
    _require_open(trial)
    check_version(trial, version)
    before, after = change(trial, draft=parse_form(form).as_json())
    trial.active_seconds += active_seconds
    if after:
        _record(session, trial, "drafted", before, after, op_id)
    session.flush()
    _done(session, op_id, "review.drafted", trial)
    return trial.version


def submit(
    session: Session,
    *,
    trial: Trial,
    form: Mapping[str, Any],
    version: int,
    op_id: str,
    active_seconds: float,
) -> int:
    """Give the verdict; returns the trial's new version.

    Raises:
        Conflict: it was saved elsewhere after `version`.
        InputError: no verdict, or a source that cannot be stored.
        NotAllowed: it was given before, and its result was told.
    """
    _require_open(trial)
    check_version(trial, version)
    checked = check_submission(parse_form(form))
    claim = session.get_one(Claim, trial.claim_id)
    label = label_of(session, project_id=claim.project_id, key=checked.label)
    given = {"label_id": label.id, "form": checked.as_json(), "status": "submitted"}
    _, after = change(trial, **given, draft={}, submitted_at=utc_now())
    trial.active_seconds += active_seconds
    _record(session, trial, "judged", {}, {name: after[name] for name in given}, op_id)
    session.flush()
    _done(session, op_id, "review.submitted", trial)
    return trial.version


def skip(session: Session, *, trial: Trial, reason: str) -> None:
    """Leave a repeat: it is not given again. A training claim only comes later."""
    if trial.kind == "repeat":
        change(trial, retired_at=utc_now())
        _record(session, trial, "skipped", {}, {"reason": reason})


def label_of(session: Session, *, project_id: int, key: str) -> Label:
    """The label with this key in the project's scheme; raises `UnknownName` with those there are.

    A title is taken for its key.
    """
    known = projects.labels(session, project_id=project_id)
    named = {label.title: label for label in known} | {label.key: label for label in known}
    if key not in named:
        raise UnknownName("verdict of this project's scheme", key, [one.title for one in known])
    return named[key]


def take_back(session: Session, event: Event, _user_id: int) -> Fields:
    """Open a repeat again, with all that was submitted as its draft."""
    trial = _untouched(session, event, "submitted")
    before = {"label_id": trial.label_id, "form": trial.form, "status": trial.status}
    change(trial, status="draft", draft=trial.form, form={}, label_id=None, submitted_at=None)
    return before, {"status": "draft"}


def do_again(session: Session, event: Event, _user_id: int) -> Fields:
    """Submit what the undo `event` took back."""
    trial = _untouched(session, event, "draft")
    if trial.draft != event.before["form"]:
        raise NotAllowed("Something was typed since, so this can no longer be redone.")
    change(trial, **event.before, draft={}, submitted_at=utc_now())
    return {"status": "draft"}, event.before


def _untouched(session: Session, event: Event, status: str) -> Trial:
    trial = session.get_one(Trial, event.subject_id)
    if trial.status != status or trial.retired_at is not None:
        raise NotAllowed("This was changed since, so it can no longer be undone or redone.")
    return trial


def _require_open(trial: Trial) -> None:
    if trial.status == "submitted":
        raise NotAllowed(
            "In training the first verdict on a claim stands, since you were told the known one; "
            "go on to the next claim."
        )


def _record(
    session: Session, trial: Trial, done: str, before: Any, after: Any, op_id: str | None = None
) -> None:
    claim, kind = session.get_one(Claim, trial.claim_id), f"{trial.kind}.{done}"
    record_about(session, claim, trial, trial.user_id, kind, before, after, op_id)


def _done(session: Session, op_id: str, kind: str, trial: Trial) -> None:
    result = {"trial_id": trial.id, "version": trial.version}
    carried_out(session, op_id=op_id, kind=kind, user_id=trial.user_id, result=result)
