"""The whole schema in one file. Times are aware UTC, offsets are code points, shares are 0 to 1.

What must never be stored is a constraint here; what a user can do wrong is a rule with a message
in `workbench.workflow`. Rows that people edit carry `version`: SQLAlchemy adds it to every UPDATE
(`version_id_col`), so a save that was made on an older version changes nothing and raises.
"""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import class_mapper
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def domain_of(url: str) -> str:
    """The host that an address names, without its "www."; empty for what names none.

    >>> domain_of("https://WWW.Example.org:8080/a"), domain_of("no address")
    ('example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive one is a programmer's mistake."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give an aware one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


def _at(**kwargs: Any) -> Any:
    return Field(default_factory=utc_now, sa_type=UtcDateTime, **kwargs)


def _maybe_at() -> Any:
    return Field(default=None, sa_type=UtcDateTime)


def _json(default: Any) -> Any:
    return Field(default_factory=default, sa_type=JSON)


def _fk(target: str, *, nullable: bool = False, index: bool = True) -> Any:
    column = ForeignKey(target, ondelete="RESTRICT")
    default = None if nullable else ...
    return Field(default, sa_column_args=[column], nullable=nullable, index=index)


def _domain(context: Any) -> str:
    return domain_of(context.get_current_parameters().get("url") or "")


def _version() -> Any:
    return Field(default=1, nullable=False)


def _versioned(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, CheckConstraint("version >= 1", name="version"))


CLAIM_STATES = ("proposed", "accepted", "rejected", "retired")
BLOCKS = ("title", "heading", "body")
STANCES = ("supports", "refutes", "context")
MEDIA = (
    "web text",
    "web table",
    "PDF",
    "image",
    "video",
    "audio",
    "metadata",
    "other",
)
SNAPSHOT_ORIGINS = ("pasted",)
OUTCOMES = ("alive", "dead", "unclear", "refused")
ANSWER_TYPES = ("", "extractive", "abstractive", "boolean", "unanswerable")
ROLES = ("viewer", "reviewer", "lead", "admin")
LINK_KINDS = ("invite", "reset")
RESOLVE_BY = ("unanimous", "majority", "lead")
CAUSES = ("", "guideline gap", "missing evidence", "ambiguous claim", "slip")
ORDERS = ("project", "worthiness", "age")
DRAWINGS = ("pool", "assigned")
SKIPS = ("own", "pool", "lead")
ASSIGNED_HOW = ("drawn", "assigned")
RECUSALS = ("topic", "person")
GOLD_USES = ("training", "hidden")
TRIALS = ("training", "repeat")
JOB_STATES = ("queued", "running", "done", "failed", "cancelled")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class User(SQLModel, table=True):
    """A person who reviews or leads; `name` is the pseudonym that exports carry.

    `last_project_id` is the project they chose last, to be found again in another tab. `keys` are
    the keys of the desk that they changed: the action's name to the key. `joined_at` is when they
    got an account to sign in with, None for whoever has none; `is_admin` makes them an admin of
    every project and of the accounts.
    """

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("name <> ''", name="name"))

    id: int | None = Field(default=None, primary_key=True)
    name: str
    display_name: str
    last_project_id: int | None = _fk("project.id", nullable=True, index=False)
    keys: dict[str, str] = _json(dict)
    is_admin: bool = False
    joined_at: datetime | None = _maybe_at()
    disabled_at: datetime | None = _maybe_at()
    created_at: datetime = _at()


class LabelScheme(SQLModel, table=True):
    """The ordered verdict labels a project uses."""

    __tablename__ = "label_scheme"
    __table_args__ = (UniqueConstraint("key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    title: str
    created_at: datetime = _at()


class Label(SQLModel, table=True):
    """One verdict of a scheme; `digit` is its key on the keyboard, `color` a CSS hex colour."""

    __tablename__ = "label"
    __table_args__ = (
        UniqueConstraint("scheme_id", "key"),
        UniqueConstraint("scheme_id", "digit", name="uq_label_digit"),
        UniqueConstraint("scheme_id", "position", name="uq_label_position"),
        CheckConstraint("digit BETWEEN 1 AND 9", name="digit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = _fk("label_scheme.id")
    position: int
    key: str
    title: str
    color: str
    digit: int


class Project(SQLModel, table=True):
    """The container of articles, guidelines, scheme and settings.

    `resolve_by` says which agreement of the reviewers is a final verdict without a lead: that of
    all, that of more than half, or none. `names_hidden` hides the reviewers from who adjudicates.
    `workflow` names the order of the work on a claim (`workbench.reviewing.workflows`), `phases`
    holds what was chosen of it.
    Of its queue: `order_by` is what comes first, `drawing` whether reviewers draw from the pool or
    get what a lead assigned alone. A drawn claim is reserved for `lease_minutes` after the last
    sign of work. `quota_day` and `quota_total` are the most reviews a reviewer gives, None without
    a limit. A skipped claim goes to the end of the own queue, back to the pool or to the lead.
    Reviewers first judge `training_claims` of known verdict, 0 for no training, and get on once the
    share `training_share` of the last ones is right. `gold_share` and `repeat_share` of all claims
    that they get are hidden gold, and claims that they have judged `repeat_after` claims ago.
    """

    __tablename__ = "project"
    __table_args__ = _versioned(
        UniqueConstraint("name"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("overlap >= 1", name="overlap"),
        _one_of("resolve_by", RESOLVE_BY),
        _one_of("order_by", ORDERS),
        _one_of("drawing", DRAWINGS),
        CheckConstraint("lease_minutes >= 1", name="lease_minutes"),
        CheckConstraint("quota_day >= 1", name="quota_day"),
        CheckConstraint("quota_total >= 1", name="quota_total"),
        _one_of("skip_to", SKIPS),
        CheckConstraint("training_claims >= 0", name="training_claims"),
        CheckConstraint("training_share BETWEEN 0 AND 1", name="training_share"),
        CheckConstraint("gold_share BETWEEN 0 AND 1", name="gold_share"),
        CheckConstraint("repeat_share BETWEEN 0 AND 1", name="repeat_share"),
        CheckConstraint("repeat_after >= 1", name="repeat_after"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    scheme_id: int = _fk("label_scheme.id")
    overlap: int = 1
    blind: bool = True
    viewers_see_claims: bool = True
    resolve_by: str = "majority"
    names_hidden: bool = True
    workflow: str = "reviews"
    phases: dict[str, Any] = _json(dict)
    order_by: str = "project"
    drawing: str = "pool"
    lease_minutes: int = 60
    quota_day: int | None = None
    quota_total: int | None = None
    skip_to: str = "own"
    training_claims: int = 0
    training_share: float = 0.8
    gold_share: float = 0.0
    repeat_share: float = 0.0
    repeat_after: int = 20
    created_at: datetime = _at()
    version: int = _version()


class Member(SQLModel, table=True):
    """That a person works in a project, and as what; `ended_at` is when they left it.

    `let_through_at` is when a lead let them begin without having passed the training.
    """

    __tablename__ = "member"
    __table_args__ = _versioned(UniqueConstraint("project_id", "user_id"), _one_of("role", ROLES))

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id", index=False)
    user_id: int = _fk("user.id")
    role: str
    created_at: datetime = _at()
    ended_at: datetime | None = _maybe_at()
    let_through_at: datetime | None = _maybe_at()
    version: int = _version()


class Guideline(SQLModel, table=True):
    """One version of a project's guideline; the newest `number` holds, none is ever changed."""

    __tablename__ = "guideline"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id", index=False)
    number: int
    text: str
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()


class GuidelineSeen(SQLModel, table=True):
    """That a person has had this version of the guideline open, and when first."""

    __tablename__ = "guideline_seen"

    user_id: int = Field(sa_column=Column(Integer, ForeignKey("user.id"), primary_key=True))
    guideline_id: int = Field(
        sa_column=Column(Integer, ForeignKey("guideline.id"), primary_key=True)
    )
    at: datetime = _at()


class Article(SQLModel, table=True):
    """A text kept verbatim: `text` never changes once stored."""

    __tablename__ = "article"
    __table_args__ = _versioned(
        UniqueConstraint("project_id", "text_sha256"),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_article_author", "project_id", "author"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    external_id: str | None = None
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published_on: date | None = None
    language: str = "en"
    text: str
    text_sha256: str
    splitter: str | None = None
    split_at: datetime | None = _maybe_at()
    created_by_id: int = _fk("user.id", index=False)
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class Claim(SQLModel, table=True):
    """One checkable assertion: `article.text[start:end] == quote`, and `text` makes it stand alone.

    The spans of speaker, cue, content and sentence index into the article's text as well.
    `proposed_text` is what the splitter wrote; `text` is what people made of it. `proposed` holds
    what it found for the other fields that people changed since: the field's name to its value.
    `phase` is where the claim stands in the project's workflow, empty where that has no phases; it
    follows from the reviews and from who normalised the claim, so setting it is no new version.
    `claim_types` are AVeriTeC's, chosen by people; `kind` is the splitter's one. `reason` says why
    the claim was rejected or retired. `extra_reviews` are wanted beyond the project's overlap.
    """

    __tablename__ = "claim"
    __table_args__ = _versioned(
        _one_of("state", CLAIM_STATES),
        _one_of("block", BLOCKS),
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
        CheckConstraint('length(quote) = "end" - start', name="quote_length"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("checkworthiness BETWEEN 0 AND 1", name="checkworthiness"),
        CheckConstraint("extra_reviews >= 0", name="extra_reviews"),
        Index("ix_claim_place", "project_id", "article_id", "start", "end", "id", "state"),
        Index("ix_claim_worthiness", "project_id", "checkworthiness", "state"),
        Index("ix_claim_state", "project_id", "state"),
        Index("ix_claim_speaker", "project_id", "speaker", "state"),
        Index("ix_claim_phase", "project_id", "phase"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id", index=False)
    article_id: int = _fk("article.id")
    quote: str
    start: int
    end: int
    text: str
    proposed_text: str | None = None
    block: str = "body"
    sentence_start: int | None = None
    sentence_end: int | None = None
    speaker: str | None = None
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue_text: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    content_start: int | None = None
    content_end: int | None = None
    through: list[str] = _json(list)
    times: list[dict[str, Any]] = _json(list)
    entities: list[dict[str, Any]] = _json(list)
    kind: str = ""
    claim_types: list[str] = _json(list)
    claimed_on: date | None = None
    place: str = ""
    proposed: dict[str, Any] = _json(dict)
    ambiguous: bool = False
    checkworthiness: float = 0.0
    reasons: list[str] = _json(list)
    state: str = "proposed"
    reason: str = ""
    extra_reviews: int = 0
    phase: str = ""
    normalised_by_id: int | None = _fk("user.id", nullable=True, index=False)
    normalised_at: datetime | None = _maybe_at()
    origin: str = "splitter"
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()
    updated_at: datetime = _at()
    version: int = _version()


class ClaimLineage(SQLModel, table=True):
    """`child_id` was made from `parent_id` by a merge or a split."""

    __tablename__ = "claim_lineage"
    __table_args__ = (_one_of("how", ("merge", "split")),)

    child_id: int = Field(sa_column=Column(Integer, ForeignKey("claim.id"), primary_key=True))
    parent_id: int = Field(
        sa_column=Column(Integer, ForeignKey("claim.id"), primary_key=True, index=True)
    )
    how: str


class Snapshot(SQLModel, table=True):
    """The text of a document as somebody had it at `taken_at`; never changed, only added to.

    `canonical_url` is the address without what does not name the document. `how` says where the
    text came from: pasted by a reviewer.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("canonical_url", "text_sha256"),
        CheckConstraint("text <> ''", name="text"),
        _one_of("how", SNAPSHOT_ORIGINS),
    )

    id: int | None = Field(default=None, primary_key=True)
    canonical_url: str
    taken_at: datetime = _at()
    how: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    text: str
    text_sha256: str = Field(index=True)
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)


class Source(SQLModel, table=True):
    """A document that reviewers cite: the same canonical URL in a project is one source.

    `url` is the address as it was typed first, `domain` its host; `accessed_at` is when it was last
    read.
    """

    __tablename__ = "source"
    __table_args__ = _versioned(
        UniqueConstraint("project_id", "url"),
        Index("ix_source_domain", "project_id", "domain"),
        Index("uq_source_canonical_url", "project_id", "canonical_url", unique=True),
        CheckConstraint("url <> ''", name="url"),
        _one_of("medium", MEDIA),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    url: str
    canonical_url: str
    domain: str = Field(
        default=None, sa_column=Column(String, nullable=False, default=_domain, server_default="")
    )
    title: str = ""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    medium: str = "web text"
    accessed_at: datetime = _at()
    created_by_id: int = _fk("user.id", index=False)
    version: int = _version()


class SourceCheck(SQLModel, table=True):
    """How a source's address answered when it was last asked, and `since` when it answers so.

    `status` is the HTTP status, None if nothing answered; `reason` says in words what was found.
    """

    __tablename__ = "source_check"
    __table_args__ = (
        _one_of("outcome", OUTCOMES),
        Index("ix_source_check_outcome", "outcome", "source_id"),
    )

    source_id: int = Field(
        sa_column=Column(Integer, ForeignKey("source.id", ondelete="RESTRICT"), primary_key=True)
    )
    at: datetime = _at()
    since: datetime = _at()
    outcome: str
    status: int | None = None
    reason: str = ""


class SourceWord(SQLModel, table=True):
    """A word of a source's title, publisher, author or URL, to find it again while typing."""

    __tablename__ = "source_word"
    __table_args__ = (Index("ix_source_word", "project_id", "word", "source_id"),)

    source_id: int = Field(
        sa_column=Column(Integer, ForeignKey("source.id", ondelete="RESTRICT"), primary_key=True)
    )
    word: str = Field(primary_key=True)
    project_id: int = _fk("project.id", index=False)


class Review(SQLModel, table=True):
    """One reviewer's verdict on one claim; a draft until submitted. `confidence` is 0 to 1.

    `guideline_id` is the version of the guideline that the verdict was given under, and
    `active_seconds` the time that the reviewer was at work on it. `phase` is the part of the
    project's workflow that it was begun for, empty where that has no phases.

    `draft` is the form as typed and unchecked: what is not yet submitted lives there alone, so that
    working on a verdict again does not change the submitted one.
    """

    __tablename__ = "review"
    __table_args__ = _versioned(
        UniqueConstraint("claim_id", "user_id"),
        _one_of("status", ("draft", "submitted")),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("active_seconds >= 0", name="active_seconds"),
        CheckConstraint(
            "status = 'draft' OR (label_id IS NOT NULL AND submitted_at IS NOT NULL)",
            name="submitted",
        ),
        Index("ix_review_of_user", "user_id", "status", "claim_id"),
        Index("ix_review_label", "label_id", "status", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id", index=False)
    user_id: int = _fk("user.id", index=False)
    label_id: int | None = _fk("label.id", nullable=True, index=False)
    justification: str = ""
    confidence: float | None = None
    guideline_id: int | None = _fk("guideline.id", nullable=True, index=False)
    active_seconds: float = 0.0
    phase: str = ""
    draft: dict[str, Any] = _json(dict)
    status: str = "draft"
    created_at: datetime = _at()
    updated_at: datetime = _at()
    submitted_at: datetime | None = _maybe_at()
    version: int = _version()


class Evidence(SQLModel, table=True):
    """One source used for one review: a verbatim quote from it, and what it does to the claim.

    Where `question` is set, the row is one answer to it; only an unanswerable one has no source.
    Rows of the same `set_number` belong together: each set is complete by itself (FEVER).
    `explanation` gives the ground of a boolean answer.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        _one_of("stance", STANCES),
        _one_of("answer_type", ANSWER_TYPES),
        CheckConstraint("set_number >= 1", name="set_number"),
        CheckConstraint("source_id IS NOT NULL OR answer_type = 'unanswerable'", name="source"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = _fk("review.id")
    source_id: int | None = _fk("source.id", nullable=True)
    position: int
    set_number: int = 1
    quote: str = ""
    stance: str = "context"
    question: str = ""
    answer: str = ""
    answer_type: str = ""
    explanation: str = ""
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()


class Assignment(SQLModel, table=True):
    """That a claim is on a reviewer's queue; skipped ones come back at its end.

    `slot` is the place among the reviews that the claim wants, 1 to the project's overlap; None
    for a skipped one and for one above the overlap by a lead's decision. No two have the same.
    An open one loses its slot to whoever wants it after `leased_until`; None does not expire.
    Slot and lease are written by `db.queries.slots` alone, in single statements.
    """

    __tablename__ = "assignment"
    __table_args__ = _versioned(
        UniqueConstraint("claim_id", "user_id"),
        _one_of("state", ("open", "skipped", "done")),
        _one_of("how", ASSIGNED_HOW),
        CheckConstraint("slot >= 1", name="slot"),
        Index("uq_assignment_slot", "claim_id", "slot", unique=True),
        Index("ix_assignment_of_user", "user_id", "state", "claim_id"),
        Index("ix_assignment_waiting", "user_id", "state", "created_at"),
        Index("ix_assignment_latest", "user_id", "updated_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id", index=False)
    user_id: int = _fk("user.id", index=False)
    state: str = "open"
    reason: str = ""
    slot: int | None = None
    leased_until: datetime | None = _maybe_at()
    how: str = "drawn"
    assigned_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()
    updated_at: datetime = _at()
    version: int = _version()


class Recusal(SQLModel, table=True):
    """A topic or a person that a reviewer judges no claims about; `words` as they were declared."""

    __tablename__ = "recusal"
    __table_args__ = _versioned(
        _one_of("kind", RECUSALS),
        CheckConstraint("words <> ''", name="words"),
        Index("ix_recusal_of_user", "project_id", "user_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id", index=False)
    user_id: int = _fk("user.id", index=False)
    kind: str
    words: str
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class RecusedClaim(SQLModel, table=True):
    """A claim in which the words of a reviewer's recusal stand: found when it was declared, or
    when the claim would have been drawn."""

    __tablename__ = "recused_claim"

    user_id: int = Field(
        sa_column=Column(Integer, ForeignKey("user.id", ondelete="RESTRICT"), primary_key=True)
    )
    claim_id: int = Field(
        sa_column=Column(Integer, ForeignKey("claim.id", ondelete="RESTRICT"), primary_key=True)
    )
    recusal_id: int = _fk("recusal.id")


class Gold(SQLModel, table=True):
    """That a claim's verdict is known beforehand, to see who finds it.

    One for training is out of the work, retired, and told about after each trial. A hidden one is
    a claim like any other, and given to reviewers beyond the overlap; nobody but leads may know.
    `state_before` is that of the claim before it was taken out of the work.
    """

    __tablename__ = "gold"
    __table_args__ = _versioned(
        UniqueConstraint("claim_id"),
        _one_of("used_for", GOLD_USES),
        _one_of("state_before", CLAIM_STATES),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id", index=False)
    label_id: int = _fk("label.id", index=False)
    explanation: str = ""
    used_for: str
    state_before: str
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class Trial(SQLModel, table=True):
    """A verdict that is given to be compared and counts for nothing else, apart from the reviews.

    In training it is compared with the known verdict; a repeat with the person's own review of the
    same claim, of which they know nothing. `form` is what was submitted, `draft` what is not yet.
    """

    __tablename__ = "trial"
    __table_args__ = _versioned(
        UniqueConstraint("claim_id", "user_id", "kind"),
        _one_of("kind", TRIALS),
        _one_of("status", ("draft", "submitted")),
        CheckConstraint("active_seconds >= 0", name="active_seconds"),
        CheckConstraint(
            "status = 'draft' OR (label_id IS NOT NULL AND submitted_at IS NOT NULL)",
            name="submitted",
        ),
        Index("ix_trial_of_user", "user_id", "kind", "status", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id", index=False)
    user_id: int = _fk("user.id", index=False)
    kind: str
    label_id: int | None = _fk("label.id", nullable=True, index=False)
    form: dict[str, Any] = _json(dict)
    draft: dict[str, Any] = _json(dict)
    active_seconds: float = 0.0
    status: str = "draft"
    created_at: datetime = _at()
    submitted_at: datetime | None = _maybe_at()
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class AssignmentRule(SQLModel, table=True):
    """That claims of an outlet, a speaker, a language (each empty for any) go to a person."""

    __tablename__ = "assignment_rule"
    __table_args__ = _versioned(
        CheckConstraint("outlet <> '' OR speaker <> '' OR language <> ''", name="asks")
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    user_id: int = _fk("user.id", index=False)
    outlet: str = ""
    speaker: str = ""
    language: str = ""
    created_by_id: int = _fk("user.id", index=False)
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class Resolution(SQLModel, table=True):
    """The claim's final verdict, how it came about and why.

    `cause` is why the reviewers differed, as a lead sees it. `dissent` holds the reviews with
    another verdict as they stood then: user_id, label_id, justification, confidence, submitted_at.
    """

    __tablename__ = "resolution"
    __table_args__ = _versioned(
        UniqueConstraint("claim_id"),
        _one_of("how", ("unanimous", "majority", "adjudicated")),
        CheckConstraint("how <> 'adjudicated' OR decided_by_id IS NOT NULL", name="decided_by"),
        _one_of("cause", CAUSES),
        Index("ix_resolution_label", "label_id", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id", index=False)
    label_id: int = _fk("label.id", index=False)
    how: str
    reason: str = ""
    cause: str = ""
    dissent: list[dict[str, Any]] = _json(list)
    decided_by_id: int | None = _fk("user.id", nullable=True, index=False)
    decided_at: datetime = _at()
    version: int = _version()


class Comment(SQLModel, table=True):
    """What somebody said about a claim; an answer names the comment that began the thread."""

    __tablename__ = "comment"
    __table_args__ = _versioned(CheckConstraint("text <> ''", name="text"))

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id")
    thread_id: int | None = _fk("comment.id", nullable=True)
    user_id: int = _fk("user.id", index=False)
    text: str
    created_at: datetime = _at()
    updated_at: datetime = _at()
    resolved_at: datetime | None = _maybe_at()
    resolved_by_id: int | None = _fk("user.id", nullable=True, index=False)
    retired_at: datetime | None = _maybe_at()
    version: int = _version()


class Flag(SQLModel, table=True):
    """That a claim needs the lead's eye, and why, until somebody lowers it."""

    __tablename__ = "flag"
    __table_args__ = _versioned()

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = _fk("claim.id")
    user_id: int = _fk("user.id", index=False)
    reason: str = ""
    created_at: datetime = _at()
    lowered_at: datetime | None = _maybe_at()
    lowered_by_id: int | None = _fk("user.id", nullable=True, index=False)
    version: int = _version()


class Event(SQLModel, table=True):
    """Who did what to what, when, with the changed fields before and after. Only ever added to.

    What one action of a person changed may be several events: `part_of_id` names the leading one.
    An undo is an event of its own: `undoes_id` names the one that it took back, and a redo's names
    the undo.

    Triggers refuse every change of a row and its deletion, and a `HistoryLink` seals it.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "subject", "subject_id"),
        Index("ix_event_user", "user_id", "project_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    at: datetime = _at()
    user_id: int | None = _fk("user.id", nullable=True, index=False)
    kind: str
    subject: str
    subject_id: int
    op_id: str | None = None
    undoes_id: int | None = _fk("event.id", nullable=True)
    part_of_id: int | None = _fk("event.id", nullable=True)
    before: dict[str, Any] = _json(dict)
    after: dict[str, Any] = _json(dict)


class HistoryLink(SQLModel, table=True):
    """The seal of one event: `hash` covers what the event says, its place and the link before it.

    One chain a database, in the order in which units were stored; see `db.queries.chain`. Never
    changed either.
    """

    __tablename__ = "history_link"
    __table_args__ = (UniqueConstraint("event_id"),)

    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    event_id: int = _fk("event.id", index=False)
    previous_hash: str
    hash: str


class HistoryHead(SQLModel, table=True):
    """The end of the chain, in one row: how many links there are and the hash of the last.

    Kept beside the links, so that cutting off the end is noticed as well.
    """

    __tablename__ = "history_head"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    n_links: int
    hash: str


class Worthiness(SQLModel, table=True):
    """Weights of check-worthiness that a project learned from its labels; the newest not retired
    holds for new splits. `gain` is what they were worth on held-out claims."""

    __tablename__ = "worthiness"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    weights: dict[str, Any] = _json(dict)
    gain: dict[str, Any] = _json(dict)
    created_at: datetime = _at()
    retired_at: datetime | None = _maybe_at()


class Operation(SQLModel, table=True):
    """A save that was carried out: the same `op_id` again returns `result` and changes nothing."""

    __tablename__ = "operation"

    op_id: str = Field(primary_key=True)
    kind: str
    user_id: int | None = _fk("user.id", nullable=True, index=False)
    at: datetime = _at()
    result: dict[str, Any] = _json(dict)


class Job(SQLModel, table=True):
    """Work for the worker process: leased, idempotent, resumed; `done` of `total` units so far."""

    __tablename__ = "job"
    __table_args__ = (
        _one_of("state", JOB_STATES),
        Index("ix_job_state", "state", "id"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = _fk("project.id")
    kind: str
    article_id: int | None = _fk("article.id", nullable=True)
    payload: dict[str, Any] = _json(dict)
    state: str = "queued"
    done: int = 0
    total: int = 0
    attempts: int = 0
    error: str = ""
    worker: str = ""
    leased_until: datetime | None = _maybe_at()
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()
    finished_at: datetime | None = _maybe_at()


class Installation(SQLModel, table=True):
    """What there is one of, in one row: the secret that cookies are signed with, and the first
    admin, whom only one set-up can name."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: int = Field(default=1, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    secret: str
    first_admin_id: int | None = _fk("user.id", nullable=True, index=False)
    set_up_at: datetime | None = _maybe_at()


class Password(SQLModel, table=True):
    """What proves who somebody is: the argon2 hash of their password."""

    __tablename__ = "password"

    user_id: int = Field(
        sa_column=Column(
            Integer,
            ForeignKey("user.id", ondelete="RESTRICT"),
            primary_key=True,
            autoincrement=False,
        )
    )
    hash: str
    changed_at: datetime = _at()


class Identity(SQLModel, table=True):
    """Who a person is at an OpenID Connect provider: `subject` is its name for them."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = _fk("user.id")
    issuer: str
    subject: str
    created_at: datetime = _at()


class SignIn(SQLModel, table=True):
    """That a browser is signed in: its cookie holds the token of which this is the hash.

    `ended_at` is when somebody signed out or was signed out; `device` is what the browser calls
    itself.
    """

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = _fk("user.id")
    token_hash: str
    device: str = ""
    created_at: datetime = _at()
    last_seen_at: datetime = _at()
    expires_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = _maybe_at()


class OneTimeLink(SQLModel, table=True):
    """A link that works once: to join a project in a role, or to choose a new password.

    `name` is whom an invitation is meant for, `user_id` whose password a reset changes and, once
    an invitation is used, who joined by it.
    """

    __tablename__ = "one_time_link"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        _one_of("kind", LINK_KINDS),
        _one_of("role", ROLES),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    token_hash: str
    user_id: int | None = _fk("user.id", nullable=True)
    name: str = ""
    project_id: int | None = _fk("project.id", nullable=True)
    role: str | None = None
    created_by_id: int | None = _fk("user.id", nullable=True, index=False)
    created_at: datetime = _at()
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = _maybe_at()
    withdrawn_at: datetime | None = _maybe_at()


class SignInAttempt(SQLModel, table=True):
    """A try to sign in that has not succeeded: too many for a name or from an address must wait."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_name", "name", "at"),
        Index("ix_sign_in_attempt_address", "address", "at"),
        Index("ix_sign_in_attempt_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    address: str
    at: datetime = _at()


class AccountEvent(SQLModel, table=True):
    """Who did what to whose account, beside the projects' history; only ever added to.

    `by_id` is None for who used the command line, or had no account yet.
    """

    __tablename__ = "account_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _at()
    by_id: int | None = _fk("user.id", nullable=True, index=False)
    user_id: int = _fk("user.id")
    kind: str
    before: dict[str, Any] = _json(dict)
    after: dict[str, Any] = _json(dict)


class Tally(SQLModel, table=True):
    """One number of a project, rolled up from its articles: how many of `key` along `dimension`.

    See `db.queries.tallies`, which alone writes here and in the two tables that follow.
    """

    __tablename__ = "tally"

    project_id: int = Field(
        sa_column=Column(Integer, ForeignKey("project.id", ondelete="RESTRICT"), primary_key=True)
    )
    dimension: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    n: int


class ArticleTally(SQLModel, table=True):
    """What one article has added to its project's tallies: [dimension, key, n], each.

    `n_claims` are those worked on, of which `n_left` have no final verdict. `contested_since` is
    when the last review was given of the contested claim that waits longest.
    """

    __tablename__ = "article_tally"
    __table_args__ = (
        Index("ix_article_tally_left", "project_id", "n_left", "article_id"),
        Index("ix_article_tally_contested", "project_id", "contested_since"),
    )

    article_id: int = Field(
        sa_column=Column(Integer, ForeignKey("article.id", ondelete="RESTRICT"), primary_key=True)
    )
    project_id: int = _fk("project.id", index=False)
    n_claims: int
    n_reviewed: int
    n_left: int
    contested_since: datetime | None = _maybe_at()
    counts: list[Any] = _json(list)


class StaleArticle(SQLModel, table=True):
    """That something of this article changed since it was tallied; triggers write it."""

    __tablename__ = "stale_article"
    __table_args__ = (
        Index("ix_stale_article", "article_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    article_id: int


VERSIONED = (
    Project,
    Member,
    Article,
    Claim,
    Source,
    Review,
    Assignment,
    Recusal,
    Gold,
    Trial,
    AssignmentRule,
    Resolution,
    Comment,
    Flag,
)
for _model in VERSIONED:
    _mapper = class_mapper(_model, configure=False)
    _mapper.version_id_col = _mapper.local_table.c.version
