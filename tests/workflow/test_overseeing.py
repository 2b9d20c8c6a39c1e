"""The dashboard's figures: what a full count finds, and what their links find."""

import random
from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlmodel import Session

from db.models import CLAIM_STATES, Project, User
from db.queries import projects, search
from db.queries.search import Viewer
from tests import factories as make
from workbench.workflow import overseeing
from workbench.workflow.overseeing import Board, Figure

NOW = make.NOON + timedelta(days=10)
SITES = ("https://www.a.example/1", "https://b.example/2", "https://b.example/3")


@pytest.fixture
def crowd(session: Session) -> Project:
    """Forty claims of six articles, and five people who did to them what came to their minds."""
    dice, project = random.Random(5), make.project(session, overlap=2, blind=False)
    people = [make.user(session, name=f"person-{n}") for n in range(5)]
    sources = [make.source(session, project, url=url) for url in SITES]
    for n in range(6):
        outlet = ("", "The Courier", "Daily | Ledger")[n % 3]
        article = make.article(session, project, text=f"{n} words", outlet=outlet, title=f"No {n}")
        for _ in range(7 if n else 5):
            _one_claim(session, dice, article, people, sources)
    return project


def _one_claim(session, dice, article, people, sources):  # type: ignore[no-untyped-def]
    claim = make.claim(session, article, state=dice.choice((*CLAIM_STATES, "accepted")))
    labels = [label.key for label in projects.labels(session, project_id=article.project_id)]
    for person in dice.sample(people, dice.randrange(4)):
        at = make.NOON + timedelta(days=dice.randrange(10))
        fields = {"status": "draft"} if dice.random() < 0.2 else {"submitted_at": at}
        fields |= {"label": dice.choice(labels[:2]), "active_seconds": dice.random() * 300}
        review = make.review(session, claim, person, **fields)
        for _ in range(dice.randrange(3) if review.status == "submitted" else 0):
            retired = NOW if dice.random() < 0.2 else None
            make.evidence(session, review, dice.choice(sources), retired_at=retired)
    if dice.random() < 0.3:
        make.resolution(session, claim, label=dice.choice(labels), decided_at=NOW)
    for person in dice.sample(people, dice.randrange(3)):
        make.assignment(session, claim, person, state=dice.choice(("open", "skipped", "done")))
    for factory in (make.flag, make.comment):
        for _ in range(dice.randrange(2)):
            factory(session, claim)


def board(session: Session, project: Project, by: User | None = None) -> Board:
    return overseeing.oversee(session, project_id=project.id or 0, user_id=by and by.id, now=NOW)


def figures(found: Board) -> Iterable[tuple[str, Figure]]:
    for part in found.parts.values():
        for row in part.rows:
            for column, cell in zip(part.columns, row, strict=True):
                yield f"{part.key}: {row[0].value}: {column}", cell


def test_every_number_of_claims_is_what_its_link_finds(session: Session, crowd: Project) -> None:
    viewer, n_checked = Viewer(crowd.id or 0, 0, sees_all=True), 0
    for name, cell in figures(board(session, crowd)):
        if cell.counts == "claims" and cell.wanted is not None:
            assert search.n_found(session, viewer, cell.wanted) == cell.value, name
            n_checked += bool(cell.value)
    assert n_checked > 80
