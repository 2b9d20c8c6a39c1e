"""Rules by which claims go to people: as an article is split, and when a lead asks for it."""

from sqlmodel import Session

from db.models import Article, AssignmentRule, Project, User, utc_now
from db.queries import bulk, rules
from db.queries.events import add_events
from db.queries.queue import Team
from workbench.errors import InputError, NotFound
from workbench.workflow import bulkwork, permitting, recusing
from workbench.workflow.permitting import require
from workbench.workflow.recording import change, check_version, record

AT_ONCE = 5_000
MAX_CHARACTERS = 200


def add_rule(
    session: Session,
    *,
    project_id: int,
    user_id: int,
    to_id: int,
    outlet: str = "",
    speaker: str = "",
    language: str = "",
) -> AssignmentRule:
    """Let claims that are like all that is given go to the person, from now on.

    Raises:
        InputError: nothing is given, too much, or such a rule holds already.
        NotAllowed: the person gives no reviews in this project.
        NotFound: there is no such person.
    """
    asked = {"outlet": outlet.strip(), "speaker": speaker.strip(), "language": language.strip()}
    person = session.get(User, to_id)
    if person is None:
        raise NotFound("user", to_id)
    permitting.require_reviewer(session, project_id=project_id, user=person)
    _check(session, project_id, to_id, asked)
    rule = AssignmentRule(
        project_id=project_id,
        user_id=to_id,
        created_by_id=user_id,
        outlet=asked["outlet"],
        speaker=asked["speaker"],
        language=asked["language"],
    )
    _record(session, rule, user_id, "rule.added", {}, {"assigned": person.name, **asked})
    return rule


def retire_rule(
    session: Session, *, project_id: int, rule_id: int, user_id: int, version: int
) -> None:
    """Let no more claims go by this rule; what it gave stays given.

    Raises:
        Conflict: it was taken back elsewhere.
        NotFound: no such rule in this project.
    """
    rule = session.get(AssignmentRule, rule_id)
    if rule is None or rule.project_id != project_id:
        raise NotFound("rule", rule_id)
    check_version(rule, version)
    name = session.get_one(User, rule.user_id).name
    change(rule, retired_at=utc_now())
    _record(session, rule, user_id, "rule.retired", {"assigned": name}, {})
    session.flush()


def apply(session: Session, *, project_id: int, user_id: int) -> int:
    """Give by the rules what is there and wants one more review; returns how many were given.

    Each rule gives at most `AT_ONCE`: asked again, it goes on. Raises `NotPermitted`.
    """
    require(session, project_id=project_id, user_id=user_id, activity="claim.assigned")
    return _apply(session, project_id, by_id=user_id)


def apply_to_article(session: Session, *, article: Article) -> int:
    """Give by the rules the claims of an article that was split; returns how many were given."""
    return _apply(session, article.project_id, by_id=None, article_id=article.id)


def _apply(
    session: Session, project_id: int, *, by_id: int | None, article_id: int | None = None
) -> int:
    """Rules of people who give no reviews here any more give nothing."""
    found = [
        (rule, user)
        for rule, user in rules.of_project(session, project_id=project_id)
        if permitting.may(session, project_id=project_id, user_id=rule.user_id, activity="review")
    ]
    people = dict.fromkeys(rule.user_id for rule, _ in found)
    recusing.note_all(session, project_id=project_id, user_ids=people, article_id=article_id)
    return sum(_give(session, rule, user, by_id, article_id) for rule, user in found)


def _give(
    session: Session, rule: AssignmentRule, user: User, by_id: int | None, article_id: int | None
) -> int:
    overlap, now = session.get_one(Project, rule.project_id).overlap, utc_now()
    who = {"project_id": rule.project_id, "user_id": rule.user_id}
    taker = bulkwork.taker(session, **who, name=user.name)
    team = Team(overlap, now)
    ids = rules.to_give(session, rule, taker, team, article_id=article_id, limit=AT_ONCE)
    by = by_id or rule.created_by_id
    bulk.assign(session, ids, user_id=rule.user_id, by_id=by, overlap=overlap)
    told = {
        "project_id": rule.project_id,
        "at": now,
        "user_id": by_id,
        "kind": "claim.assigned",
        "subject": "claim",
        "before": {},
        "after": {"assigned": user.name, "rule": rule.id},
    }
    add_events(session, [{**told, "subject_id": id} for id in ids])
    return len(ids)


def _check(session: Session, project_id: int, to_id: int, asked: dict[str, str]) -> None:
    if not any(asked.values()):
        raise InputError("Name an outlet, a speaker or a language whose claims go to this person.")
    if any(len(value) > MAX_CHARACTERS for value in asked.values()):
        raise InputError(
            f"An outlet, a speaker, a language has at most {MAX_CHARACTERS} characters."
        )
    for rule, _ in rules.of_project(session, project_id=project_id):
        if rule.user_id == to_id and all(getattr(rule, name) == asked[name] for name in asked):
            raise InputError("This rule holds already.")


def _record(
    session: Session,
    rule: AssignmentRule,
    user_id: int,
    kind: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    record(
        session,
        project_id=rule.project_id,
        user_id=user_id,
        kind=kind,
        row=rule,
        before=before,
        after=after,
    )
