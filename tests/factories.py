"""Rows for tests, one word each: what a test does not name is made up, what it needs is made too.

Every factory flushes, so that the row has its id, and takes any column as a keyword.
"""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from db.models import (
    Article,
    Assignment,
    Claim,
    Comment,
    Evidence,
    Flag,
    Gold,
    Guideline,
    Label,
    LabelScheme,
    Member,
    Project,
    Resolution,
    Review,
    Snapshot,
    Source,
    User,
)
from db.queries.search import Viewer
from workbench.reviewing.schemes import DEFAULT_SCHEME, schemes

TEXT = "The minister said on Monday that exports rose by 4 percent. Unions doubt it."
QUOTE = "exports rose by 4 percent"
NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)

_numbers = count(1)
Row = TypeVar("Row", bound=SQLModel)


def user(session: Session, **fields: Any) -> User:
    """A person with a name of their own."""
    name = fields.pop("name", f"reviewer-{next(_numbers)}")
    return _add(session, User(name=name, display_name=fields.pop("display_name", name), **fields))


def member(
    session: Session, of: Project, role: str = "reviewer", by: User | None = None, **fields: Any
) -> User:
    """A person with an account who has this role in the project: from now on roles count."""
    by = by or user(session, joined_at=NOON)
    _add(session, Member(project_id=of.id, user_id=by.id, role=role, **fields))
    return by


def owner(project_id: int | None) -> Viewer:
    """Who sees everything in the project, as a command does."""
    return Viewer(project_id or 0, 0, sees_all=True)


def scheme(session: Session, key: str = DEFAULT_SCHEME) -> LabelScheme:
    """The scheme with its labels, as it stands in the registry; the same row when asked again."""
    found = session.exec(select(LabelScheme).where(LabelScheme.key == key)).first()
    return found or _new_scheme(session, key)


def _new_scheme(session: Session, key: str) -> LabelScheme:
    known = schemes()[key]
    row = _add(session, LabelScheme(key=known.key, title=known.title))
    for position, label in enumerate(known.labels):
        _add(
            session,
            Label(
                scheme_id=row.id,
                position=position,
                key=label.key,
                title=label.title,
                color=label.color,
                digit=label.digit,
            ),
        )
    return row


def label(session: Session, key: str = "refuted", *, of: LabelScheme | None = None) -> Label:
    """The label `key` of a scheme, the default one if none is given."""
    of = of or scheme(session)
    return session.exec(select(Label).where(Label.scheme_id == of.id, Label.key == key)).one()


def project(session: Session, **fields: Any) -> Project:
    """A project with the default scheme; `scheme="fever"` takes another."""
    row = scheme(session, fields.pop("scheme", DEFAULT_SCHEME))
    fields.setdefault("name", f"Project {next(_numbers)}")
    return _add(session, Project(scheme_id=row.id, **fields))


def article(session: Session, of: Project | None = None, **fields: Any) -> Article:
    """An article with `TEXT`; the checksum is always that of its text."""
    of = of or project(session)
    fields.setdefault("text", TEXT)
    fields.setdefault("text_sha256", sha256(fields["text"].encode()).hexdigest())
    if "created_by_id" not in fields:
        fields["created_by_id"] = user(session).id
    return _add(session, Article(project_id=of.id, **fields))


def claim(session: Session, of: Article | None = None, **fields: Any) -> Claim:
    """An accepted claim; give `quote` to find it in the article, or `start` and `end`."""
    of = of or article(session)
    start, end = _span(of, fields)
    fields = {"state": "accepted", **fields, "start": start, "end": end}
    fields["quote"] = of.text[start:end]
    fields.setdefault("text", fields["quote"])
    return _add(session, Claim(project_id=of.project_id, article_id=of.id, **fields))


def _span(article: Article, fields: dict[str, Any]) -> tuple[int, int]:
    if "start" in fields:
        return fields["start"], fields["end"]
    quote = fields.get("quote") or (QUOTE if QUOTE in article.text else article.text)
    start = article.text.index(quote)
    return start, start + len(quote)


def review(
    session: Session, of: Claim | None = None, by: User | None = None, **fields: Any
) -> Review:
    """A submitted review with the verdict `label`, a key of the project's scheme.

    A draft with `status="draft"`; it has no verdict unless `label` is given.
    """
    of = of or claim(session)
    by = by or user(session)
    draft = fields.get("status") == "draft"
    key = fields.pop("label", None if draft else _first_label(session, of).key)
    if key is not None:
        fields["label_id"] = _label_of(session, of, key).id
    if not draft:
        fields = {"status": "submitted", "submitted_at": NOON, **fields}
    return _add(session, Review(claim_id=of.id, user_id=by.id, **fields))


def _first_label(session: Session, claim: Claim) -> Label:
    project = session.get_one(Project, claim.project_id)
    labels = select(Label).where(Label.scheme_id == project.scheme_id)
    return session.exec(labels.order_by(Label.position)).first()


def _label_of(session: Session, claim: Claim, key: str) -> Label:
    project = session.get_one(Project, claim.project_id)
    return label(session, key, of=session.get_one(LabelScheme, project.scheme_id))


def source(session: Session, of: Project | None = None, **fields: Any) -> Source:
    """A document with a URL of its own."""
    of = of or project(session)
    fields.setdefault("url", f"https://source.example/{next(_numbers)}")
    fields.setdefault("canonical_url", fields["url"])
    if "created_by_id" not in fields:
        fields["created_by_id"] = user(session).id
    return _add(session, Source(project_id=of.id, **fields))


def snapshot(session: Session, **fields: Any) -> Snapshot:
    """A pasted copy of a document; the checksum is always that of its text."""
    fields.setdefault("canonical_url", f"https://source.example/{next(_numbers)}")
    fields.setdefault("text", "It fell.")
    fields["text_sha256"] = sha256(fields["text"].encode()).hexdigest()
    return _add(session, Snapshot(how="pasted", **fields))


def evidence(
    session: Session, of: Review | None = None, at: Source | None = None, **fields: Any
) -> Evidence:
    """The next piece of evidence of a review, found at a source."""
    of = of or review(session)
    judged = session.get_one(Claim, of.claim_id)
    at = at or source(session, session.get_one(Project, judged.project_id))
    earlier = session.exec(select(Evidence).where(Evidence.review_id == of.id)).all()
    fields.setdefault("position", len(earlier))
    return _add(session, Evidence(review_id=of.id, source_id=at.id, **fields))


def assignment(
    session: Session, of: Claim | None = None, by: User | None = None, **fields: Any
) -> Assignment:
    """An open assignment of a claim to a reviewer."""
    of = of or claim(session)
    by = by or user(session)
    return _add(session, Assignment(claim_id=of.id, user_id=by.id, **fields))


def resolution(session: Session, of: Claim | None = None, **fields: Any) -> Resolution:
    """The final verdict `label` (a key) on a claim, unanimous unless said otherwise."""
    of = of or claim(session)
    key = fields.pop("label", None) or _first_label(session, of).key
    fields = {"how": "unanimous", "label_id": _label_of(session, of, key).id, **fields}
    return _add(session, Resolution(claim_id=of.id, **fields))


def gold(session: Session, of: Claim | None = None, **fields: Any) -> Gold:
    """That the verdict `label` (a key) is known of a claim: hidden, or `used_for="training"`."""
    of = of or claim(session)
    key = fields.pop("label", "refuted")
    known = {"used_for": "hidden", "explanation": "Look.", "state_before": of.state, **fields}
    if known["used_for"] == "training":
        of.state = "retired"
    return _add(session, Gold(claim_id=of.id, label_id=_label_of(session, of, key).id, **known))


def comment(session: Session, of: Claim | None = None, **fields: Any) -> Comment:
    """What somebody said about a claim; `thread` is the comment that it answers."""
    of = of or claim(session)
    thread = fields.pop("thread", None)
    fields = {"text": "Is this so?", "thread_id": thread.id if thread else None, **fields}
    if "user_id" not in fields:
        fields["user_id"] = user(session).id
    return _add(session, Comment(claim_id=of.id, **fields))


def flag(session: Session, of: Claim | None = None, **fields: Any) -> Flag:
    """A flag that is up."""
    of = of or claim(session)
    if "user_id" not in fields:
        fields["user_id"] = user(session).id
    return _add(session, Flag(claim_id=of.id, **{"reason": "Look at this.", **fields}))


def guideline(session: Session, of: Project | None = None, **fields: Any) -> Guideline:
    """A version of a project's guideline, the first unless `number` says otherwise."""
    of = of or project(session)
    fields = {"number": 1, "text": "Be fair.", **fields}
    return _add(session, Guideline(project_id=of.id, **fields))


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
