"""A project of any size, for benchmarks: written in bulk, with all that real work leaves on it.

Half of the claims are reviewed by the local user and a fifth by somebody else as well; each claim
has its events, each review its source. The numbers in the texts make every claim another one.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session, select

from db.engine import transaction
from db.models import (
    Article,
    Assignment,
    Claim,
    Evidence,
    Resolution,
    Review,
    Source,
    User,
)
from db.queries import projects
from db.queries.events import add_events
from workbench.workflow.opening import default_project, local_user

N_CLAIMS_PER_ARTICLE = 20
N_WORDS_OF_LONG_ARTICLE = 20_000
N_CLAIMS_OF_LONG_ARTICLE = 400
PORTION = 5_000
_START = datetime(2026, 1, 1, tzinfo=UTC)
_SPEAKERS = ("The ministry", "Ada Okoro", "Jean Petit", "The central bank", "Mei Lin", None)
_OUTLETS = ("The Courier", "Daily Ledger", "Evening Post", "The Observer")
_GOODS = ("wheat", "steel", "copper", "timber", "coffee", "cotton", "cement", "rice")


def populate(engine: Engine, *, n_claims: int, reviewed: bool = False) -> None:
    """Fill the first project with `n_claims` accepted claims, half of them reviewed if wanted."""
    with transaction(engine) as session:
        for article in range(n_claims // N_CLAIMS_PER_ARTICLE):
            _add_article(session, article, N_CLAIMS_PER_ARTICLE)
        _tell(session)
        if reviewed:
            _review(session)


def add_long_article(engine: Engine) -> int:
    """One article of 20,000 words with 400 claims in it; returns its id."""
    with transaction(engine) as session:
        id = _add_article(
            session, 999_999, N_CLAIMS_OF_LONG_ARTICLE, n_words=N_WORDS_OF_LONG_ARTICLE
        )
        _tell(session, of=id)
        return id


def _add_article(session: Session, number: int, n_claims: int, *, n_words: int = 0) -> int:
    project_id, user_id = default_project(session).id, local_user(session).id
    filler = "Nothing else was said. " * max(0, n_words // (4 * n_claims) - 3)
    sentences = [
        f"{_SPEAKERS[i % 6] or 'It'} said on Monday that {_quote(number, i)}. {filler}"
        for i in range(n_claims)
    ]
    text = "\n\n".join(sentences)
    article = Article(
        project_id=project_id or 0,
        title=f"Exports, part {number}",
        outlet=_OUTLETS[number % 4],
        published_on=date(2026, 1, 1) + timedelta(days=number % 300),
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        splitter="bench",
        split_at=_START,
        created_by_id=user_id or 0,
    )
    session.add(article)
    session.flush()
    rows, at = [], 0
    for i, sentence in enumerate(sentences):
        quote = _quote(number, i)
        rows.append(_claim(article, i, at + sentence.index(quote), quote))
        at += len(sentence) + 2
    session.execute(insert(Claim), rows)
    return article.id or 0


def _quote(number: int, i: int) -> str:
    return f"exports of {_GOODS[(number + i) % 8]} {number}.{i} rose by {i % 90 + 2} percent"


def _claim(article: Article, i: int, start: int, quote: str) -> dict[str, Any]:
    speaker = _SPEAKERS[i % 6]
    return {
        "project_id": article.project_id,
        "article_id": article.id,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "text": f"{quote.capitalize()}.",
        "proposed_text": f"{quote.capitalize()}.",
        "speaker": speaker,
        "speaker_text": speaker,
        "cue_text": "said" if speaker else None,
        "times": [{"text": "on Monday", "start": 0, "end": 9, "value": "2026-01-10"}],
        "checkworthiness": i % 20 / 20,
        "reasons": ["number"],
        "state": "accepted",
    }


def _tell(session: Session, of: int | None = None) -> None:
    """Every claim has its history."""
    claims = select(Claim.id, Claim.project_id)
    if of is not None:
        claims = claims.where(Claim.article_id == of)
    rows = [
        {
            "project_id": project_id,
            "at": _START,
            "kind": "claim.created",
            "subject": "claim",
            "subject_id": id,
            "after": {"state": "accepted"},
        }
        for id, project_id in session.exec(claims)
    ]
    add_events(session, rows)


def _review(session: Session) -> None:
    """The local user has judged the first half of the claims, a colleague every fifth."""
    project = default_project(session)
    me, labels = local_user(session), projects.labels(session, project_id=project.id or 0)
    colleague = User(name="colleague", display_name="Colleague")
    session.add(colleague)
    session.flush()
    source = Source(
        project_id=project.id or 0,
        url="https://example.org/statistics",
        canonical_url="https://example.org/statistics",
        created_by_id=me.id or 0,
    )
    session.add(source)
    session.flush()
    ids = list(session.exec(select(Claim.id).order_by(Claim.id)))
    done = [(id, me.id) for id in ids[: len(ids) // 2]] + [(id, colleague.id) for id in ids[::5]]
    rows = [
        {
            "claim_id": claim_id,
            "user_id": user_id,
            "label_id": labels[(claim_id or 0) % len(labels)].id,
            "justification": f"The yearbook says so on page {claim_id}.",
            "confidence": 0.8,
            "status": "submitted",
            "submitted_at": _START + timedelta(seconds=claim_id or 0),
        }
        for claim_id, user_id in done
    ]
    _insert(session, Review, rows)
    _after_reviews(session, project.id or 0, source.id or 0)


def _after_reviews(session: Session, project_id: int, source_id: int) -> None:
    """What a submission leaves: evidence, an assignment that is done, a resolution, an event."""
    found = session.exec(select(Review.id, Review.claim_id, Review.user_id, Review.label_id)).all()
    _insert(
        session,
        Evidence,
        [
            {"review_id": id, "source_id": source_id, "position": 0, "quote": f"table {id}"}
            for id, *_ in found
        ],
    )
    done = [
        {"claim_id": claim_id, "user_id": user_id, "state": "done"}
        for _, claim_id, user_id, _ in found
    ]
    _insert(session, Assignment, done)
    labels = {claim_id: label_id for _, claim_id, _, label_id in found}
    resolved = [
        {"claim_id": claim_id, "label_id": label_id, "how": "unanimous"}
        for claim_id, label_id in labels.items()
    ]
    _insert(session, Resolution, resolved)
    events = [
        {
            "project_id": project_id,
            "kind": "review.submitted",
            "subject": "review",
            "subject_id": id,
            "user_id": user_id,
        }
        for id, _, user_id, _ in found
    ]
    add_events(session, events)


def _insert(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), PORTION):
        session.execute(insert(table), rows[at : at + PORTION])
