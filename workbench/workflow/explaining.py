"""Why a reviewer's queue is empty: the true reasons, with counts, and what can be done."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Project, utc_now
from db.queries import progress, queue
from db.queries.search import EVERYTHING, ClaimFilter, Viewer, n_found
from workbench.workflow import phasing, recusing, reserving, schooling
from workbench.workflow.permitting import is_alone, may
from workbench.workflow.schooling import Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing is drawn: `kind` for the page, a heading, one sentence with the way on.

    Kinds: role, training, filter, no article, no claim, quota, phases, assigned, judged, recused,
    full, reserved, skipped, busy (there are claims again by now).
    """

    kind: str
    title: str
    text: str


def explain(
    session: Session, *, project_id: int, user_id: int, wanted: ClaimFilter = EVERYTHING
) -> list[Reason]:
    """The reasons why nothing is drawn for this person, the one that counts most first."""
    if not may(session, project_id=project_id, user_id=user_id, activity="review"):
        return [_ROLE]
    trained = schooling.standing(session, project_id=project_id, user_id=user_id)
    if trained is not None and not trained.passed:
        return [_of_training(trained)]
    if wanted != EVERYTHING:
        return [_of_filter(session, Viewer(project_id, user_id), wanted)]
    if not progress.n_articles(session, project_id=project_id):
        return [_NO_ARTICLE]
    if not queue.place(session, project_id=project_id, user_id=user_id).n_claims:
        return [_NO_CLAIM]
    if is_alone(session, project_id=project_id, user_id=user_id):
        return [_JUDGED]
    if reached := reserving.quota_reached(session, project_id=project_id, user_id=user_id):
        return [_of_quota(session.get_one(Project, project_id), reached)]
    return _of_team(session, project_id, user_id)


def _of_training(found: Standing) -> Reason:
    if found.n_left:
        text = f"{_n(found.n_left, 'training claim')} can be judged now; reload the page."
        return Reason("training", "Training comes first", text)
    text = (
        f"Right are {found.n_right} of your last {found.n_asked} verdicts in training, and the "
        f"project asks for {found.n_needed}. You have judged all training claims: ask a lead to "
        "let you through, or to mark more claims for training."
    )
    return Reason("training", "Your training is not passed", text)


def _of_filter(session: Session, viewer: Viewer, wanted: ClaimFilter) -> Reason:
    if n_found(session, viewer, wanted):
        text = "No claim that it finds waits for your verdict."
        return Reason("filter", "Nothing left in this filter", text)
    return Reason("filter", "No claim is like that", "The filter of this address finds nothing.")


def _of_quota(project: Project, reached: str) -> Reason:
    if reached == "day":
        text = (
            f"The project asks for at most {_n(project.quota_day or 0, 'review')} a day of each "
            "reviewer, and you have given them. The next day begins at midnight, UTC."
        )
        return Reason("quota", "Enough for today", text)
    text = (
        f"The project asks for at most {_n(project.quota_total or 0, 'review')} of each reviewer, "
        "and you have given them. A lead can raise this in the project's settings."
    )
    return Reason("quota", "Your share is done", text)


def _of_team(session: Session, project_id: int, user_id: int) -> list[Reason]:
    project = session.get_one(Project, project_id)
    in_turn = phasing.rules(session, project_id=project_id, user_id=user_id)
    in_phase = queue.place(session, project_id=project_id, user_id=user_id, among=in_turn)
    if in_turn and not in_phase.n_claims:
        return [_PHASES]
    left = queue.left(
        session,
        project_id=project_id,
        user_id=user_id,
        unrecused=recusing.rules(session, project_id=project_id, user_id=user_id),
        team=queue.Team(project.overlap, utc_now()),
    )
    if not left.n_left:
        return [_JUDGED]
    if project.drawing == "assigned" and not left.n_given:
        return [_of_assigned(left.n_left)]
    counted = (
        (left.n_reserved, _of_reserved(left.n_reserved, left.free_at)),
        (left.n_full, _of_full(left.n_full, project.overlap)),
        (left.n_recused, _of_recused(left.n_recused)),
        (left.n_skipped if project.skip_to != "own" else 0, _of_skipped(left.n_skipped)),
    )
    return [reason for n, reason in counted if n] or [_BUSY]


def _of_assigned(n: int) -> Reason:
    text = (
        f"Claims are assigned by a lead here, and none to you. {_waits(n)} in the project; "
        "ask a lead for some."
    )
    return Reason("assigned", "Nothing is assigned to you", text)


def _of_reserved(n: int, free_at: datetime | None) -> Reason:
    others = f"Others are at work on {_n(n, 'claim')} that you have not judged"
    if free_at is None:
        return Reason("reserved", "All claims are with others", f"{others}; a lead assigned them.")
    at = f"{free_at:%H:%M} UTC"
    text = f"{others}. The first becomes free at {at} unless work on it goes on; look again then."
    return Reason("reserved", "All claims are with others", text)


def _of_full(n: int, overlap: int) -> Reason:
    verb = "has" if n == 1 else "have"
    wanted = "the one review that is" if overlap == 1 else f"the {overlap} reviews that are"
    text = f"{_n(n, 'claim').capitalize()} that you have not judged {verb} {wanted} wanted."
    return Reason("full", "All claims have enough reviews", text)


def _of_recused(n: int) -> Reason:
    text = (
        f"You are recused from {_n(n, 'claim')}, by what you declared or since you wrote the "
        "article; others judge such."
    )
    return Reason("recused", "The rest is not for you", text)


def _of_skipped(n: int) -> Reason:
    text = f"You have skipped {_n(n, 'claim')}; here such go to others or to a lead."
    return Reason("skipped", "You have skipped the rest", text)


def _waits(n: int) -> str:
    return f"{_n(n, 'claim')} wait{'s' if n == 1 else ''} for a verdict"


def _n(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


_ROLE = Reason(
    "role",
    "You do not review here",
    "Your role in this project gives no verdicts. Ask a lead or an admin to make you a reviewer.",
)
_NO_ARTICLE = Reason(
    "no article",
    "No article yet",
    "Bring one in; its claims come onto the queue by themselves.",
)
_NO_CLAIM = Reason(
    "no claim",
    "No claim on the queue",
    "The articles are still being split, or every claim was rejected.",
)
_PHASES = Reason(
    "phases",
    "Nothing for you in this phase",
    "Nobody does two phases of a claim: what is left waits for others or for a lead.",
)
_JUDGED = Reason(
    "judged", "All reviewed", "You have given a verdict on every claim of this project."
)
_BUSY = Reason("busy", "Look again", "A claim became free just now; reload the page.")
