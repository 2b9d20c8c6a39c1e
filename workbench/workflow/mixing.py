"""Hidden gold and hidden repeats among what a reviewer draws, at the rates that the project wants.

Hidden gold is for reviewers, as training is; repeats are for everybody who reviews. What is mixed
in satisfies the same rules as other draws, and nothing of it looks different.
"""

from collections.abc import Iterable

from sqlmodel import Session

from db.models import Claim, Project
from db.queries import gold, slots
from db.queries.gold import Mixed
from db.queries.queue import Rules
from workbench.reviewing.rates import is_due, place
from workbench.workflow import recusing, reserving, trialling
from workbench.workflow.permitting import role_of


def draw(
    session: Session, *, project_id: int, user_id: int, after_id: int | None, among: Rules
) -> Claim | None:
    """The checking claim that the person gets now; None if it is an ordinary one's turn.

    What they were given and left unfinished comes first.
    """
    project = session.get_one(Project, project_id)
    if not project.gold_share and not project.repeat_share:
        return None
    who = {"project_id": project_id, "user_id": user_id}
    gilded = project.gold_share > 0 and role_of(session, **who) == "reviewer"
    left = gold.hidden_unfinished(session, **who, among=among) if gilded else []
    left += gold.repeats_unfinished(session, **who, among=among)
    if found := _first(session, left, user_id, but=after_id):
        return found
    done = gold.mixed(session, **who)
    new = _gold_due(session, project, user_id, done, among) if gilded else []
    if found := _first(session, new, user_id, but=after_id):
        return _hidden(session, found, user_id)
    old = _repeats_due(session, project, user_id, done, among)
    if found := _first(session, old, user_id, but=after_id):
        trialling.give(session, claim=found, user_id=user_id, kind="repeat")
        return found
    return None


def _gold_due(
    session: Session, project: Project, user_id: int, done: Mixed, among: Rules
) -> list[int]:
    """Hidden gold to choose from if one is due, in an order of each reviewer's own."""
    seed = f"gold:{project.id}:{user_id}"
    if not is_due(project.gold_share, n_done=done.n_done, n_mixed=done.n_gold, seed=seed):
        return []
    who = {"project_id": project.id or 0, "user_id": user_id}
    left = gold.hidden_left(session, **who, among=among)
    return sorted(left, key=lambda id: place(f"{seed}:{id}"))


def _repeats_due(
    session: Session, project: Project, user_id: int, done: Mixed, among: Rules
) -> list[int]:
    """Claims to be judged once more if one is due, the one judged longest ago first."""
    seed = f"repeat:{project.id}:{user_id}"
    if not is_due(project.repeat_share, n_done=done.n_done, n_mixed=done.n_repeats, seed=seed):
        return []
    who = {"project_id": project.id or 0, "user_id": user_id}
    return gold.to_repeat(session, **who, n_back=project.repeat_after, among=among)


def _first(session: Session, ids: Iterable[int], user_id: int, but: int | None) -> Claim | None:
    """The first of these claims that the person is not recused from."""
    for id in ids:
        claim = session.get_one(Claim, id)
        if id != but and not recusing.is_found(session, claim=claim, user_id=user_id):
            return claim
    return None


def _hidden(session: Session, claim: Claim, user_id: int) -> Claim:
    """A review like any other where the claim wants one, else one beyond what it wants."""
    if not reserving.reserve(session, claim=claim, user_id=user_id):
        slots.join(session, claim_id=claim.id or 0, user_id=user_id)
    return claim
