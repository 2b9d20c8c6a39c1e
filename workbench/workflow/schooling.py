"""The training round: a reviewer judges claims of known verdict, and is told, before the work.

It is asked of reviewers alone: leads know the verdicts, and whoever works alone has nobody to learn
from. They pass once, of the last claims judged, as many as the project asks for, the share is right
that it asks for; until then they go on with what training claims there are.
"""

import math
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Claim, Label, Member, Project, Trial, User, utc_now
from db.queries import gold, members
from workbench.errors import NotAllowed, NotFound
from workbench.workflow import trialling
from workbench.workflow.permitting import role_of
from workbench.workflow.recording import change, check_version, record


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reviewer stands in the training: `n_judged` claims so far, `n_left` to judge.

    Asked are `n_asked`, of the last of which `n_needed` must be right, and `n_right` are.
    """

    n_asked: int
    n_needed: int
    n_judged: int
    n_right: int
    n_left: int
    let_through: bool

    @property
    def passed(self) -> bool:
        """Whether the work may begin."""
        judged = self.n_judged >= self.n_asked and self.n_right >= self.n_needed
        return judged or self.let_through


def standing(session: Session, *, project_id: int, user_id: int) -> Standing | None:
    """Where the person stands; None where no training is asked of them."""
    project = session.get_one(Project, project_id)
    who = {"project_id": project_id, "user_id": user_id}
    if not project.training_claims or role_of(session, **who) != "reviewer":
        return None
    right = gold.trained(session, **who)
    n_left = sum(not judged for _, judged in gold.for_training(session, **who))
    n_asked = min(project.training_claims, len(right) + n_left)
    member = members.membership(session, **who)
    return Standing(
        n_asked=n_asked,
        n_needed=math.ceil(project.training_share * n_asked - 1e-9),
        n_judged=len(right),
        n_right=sum(right[len(right) - n_asked :] if len(right) > n_asked else right),
        n_left=n_left,
        let_through=bool(member and member.let_through_at),
    )


def is_due(session: Session, *, project_id: int, user_id: int) -> bool:
    """Whether the person has to pass the training before they get claims of the work."""
    found = standing(session, project_id=project_id, user_id=user_id)
    return found is not None and not found.passed


def draw(session: Session, *, project_id: int, user_id: int, after_id: int | None) -> Claim | None:
    """The next training claim: the one behind `after_id` as they were marked, else the first."""
    marked = gold.for_training(session, project_id=project_id, user_id=user_id)
    ids = [id for id, _ in marked]
    at = ids.index(after_id) + 1 if after_id in ids else 0
    open_ids = [id for id, judged in (*marked[at:], *marked[:at]) if not judged]
    if not open_ids:
        return None
    claim = session.get_one(Claim, open_ids[0])
    trialling.give(session, claim=claim, user_id=user_id, kind="training")
    return claim


def require_passed(session: Session, *, claim: Claim, user_id: int) -> None:
    """Raise `NotAllowed` for a first verdict in the work of who has not passed the training."""
    if is_due(session, project_id=claim.project_id, user_id=user_id):
        raise NotAllowed(
            "Your training is not finished, so this verdict cannot be taken yet; what you typed is "
            "kept as a draft. Open Review: it gives you the training claims first."
        )


def let_through(
    session: Session, *, project_id: int, user_id: int, by: int, version: int
) -> Member:
    """Let the reviewer begin without having passed.

    Raises:
        Conflict: somebody changed the membership after `version`.
        NotFound: they do not work in the project.
        NotPermitted: the role of `by` does not allow it.
    """
    member = members.membership(session, project_id=project_id, user_id=user_id)
    if member is None or member.ended_at is not None:
        raise NotFound("member", user_id)
    check_version(member, version)
    if member.let_through_at is None:
        before, _ = change(member, let_through_at=utc_now())
        name = session.get_one(User, user_id).name
        after = {"name": name, "let_through_at": member.let_through_at}
        record(
            session,
            project_id=project_id,
            user_id=by,
            kind="training.waived",
            row=member,
            before=before,
            after=after,
        )
    return member


def told(session: Session, *, claim: Claim, trial: Trial | None) -> dict[str, Any] | None:
    """What the desk says of the training on this claim, as plain JSON; None for other claims.

    `trial` is what the claim is given for. `n` of `of` is its place; `result` is None until the
    verdict is given, then whether it is the known one, both verdicts and the explanation; `next`
    says in words what comes.
    """
    if trial is None or trial.kind != "training":
        return None
    found = standing(session, project_id=claim.project_id, user_id=trial.user_id)
    judged = trial.status == "submitted"
    n_judged, n_asked = (found.n_judged, found.n_asked) if found else (1, 1)
    return {
        "n": n_judged + (not judged),
        "of": n_asked,
        "result": _result(session, claim, trial.label_id) if judged else None,
        "next": _next(found) if judged else "",
    }


def _result(session: Session, claim: Claim, label_id: int | None) -> dict[str, Any]:
    marked = gold.of_claim(session, claim_id=claim.id or 0)
    known = session.get_one(Label, marked.label_id) if marked else None
    given = session.get_one(Label, label_id)
    return {
        "right": known is not None and known.id == label_id,
        "known": known.title if known else "",
        "given": given.title,
        "explanation": marked.explanation if marked else "",
    }


def _next(found: Standing | None) -> str:
    if found is None or found.passed:
        return "Your training is passed: the claims of the project come next."
    if found.n_judged < found.n_asked:
        left = found.n_asked - found.n_judged
        return f"{left} more training {'claim' if left == 1 else 'claims'} to judge."
    so_far = (
        f"Right are {found.n_right} of the last {found.n_asked} verdicts, and {found.n_needed} "
        "must be"
    )
    if found.n_left:
        return f"{so_far}: go on with more training claims."
    return f"{so_far}, and there are no more training claims: a lead has to let you through."
