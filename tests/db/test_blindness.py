"""What a blind reviewer is told by each query, before and after their own verdict."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from db.models import Claim, Project, User
from db.queries import adjudication, agreement, comments, flags, search
from db.queries.search import ClaimFilter, Viewer
from tests import factories as make


@pytest.fixture
def project(anywhere: Session) -> Project:
    return make.project(anywhere, blind=True)


@pytest.fixture
def me(anywhere: Session) -> User:
    return make.user(anywhere)


@pytest.fixture
def claim(anywhere: Session, project: Project) -> Claim:
    """Reviewed, resolved, flagged and discussed by others."""
    claim = make.claim(anywhere, make.article(anywhere, project))
    make.review(anywhere, claim, label="refuted", justification="Yearbook.")
    make.resolution(anywhere, claim, label="refuted", reason="Clear.")
    make.comment(anywhere, claim)
    make.flag(anywhere, claim)
    return claim


def hit(session: Session, viewer: Viewer) -> tuple[str, str, bool, int]:
    (found,) = search.page(session, viewer, ClaimFilter(), limit=5)
    return found.label, found.color, found.flagged, found.n_comments


QUERIES: dict[str, tuple[Callable[[Session, Viewer, Claim], Any], Any]] = {
    "a line of the list": (lambda s, v, c: hit(s, v), ("", "", False, 0)),
    "the choices of final verdicts": (
        lambda s, v, c: search.options(s, v, ClaimFilter(), "label"),
        [],
    ),
    "claims by final verdict": (
        lambda s, v, c: search.n_found(s, v, ClaimFilter(label="refuted")),
        0,
    ),
    "claims by verdict": (lambda s, v, c: search.n_found(s, v, ClaimFilter(verdict="refuted")), 0),
    "flagged claims": (lambda s, v, c: search.n_found(s, v, ClaimFilter(flagged=True)), 0),
    "discussed claims": (lambda s, v, c: search.n_found(s, v, ClaimFilter(discussed=True)), 0),
    "claims by words": (lambda s, v, c: search.n_found(s, v, ClaimFilter(words="yearbook")), 0),
    "comments": (lambda s, v, c: len(comments.of_claim(s, v, claim_id=c.id or 0)), 0),
    "open comments": (lambda s, v, c: comments.n_open(s, v, claim_ids=[c.id or 0]), {}),
    "flags": (lambda s, v, c: len(flags.raised(s, v, claim_id=c.id or 0)), 0),
    "how many are flagged": (lambda s, v, c: flags.n_claims_raised(s, v), 0),
    "reviews side by side": (
        lambda s, v, c: len(adjudication.submitted(s, v, claim_id=c.id or 0)),
        0,
    ),
    "the final verdict": (
        lambda s, v, c: bool(adjudication.outcome(s, v, claim_id=c.id or 0)),
        False,
    ),
    "final verdicts for agreement": (
        lambda s, v, c: agreement.resolved(
            s, project_id=v.project_id, viewer_id=None if v.sees_all else v.user_id
        ),
        {},
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_nothing_is_told_before_the_own_verdict(
    name: str, anywhere: Session, project: Project, me: User, claim: Claim
) -> None:
    ask, nothing = QUERIES[name]
    viewer = Viewer(project.id or 0, me.id or 0)
    assert ask(anywhere, viewer, claim) == nothing
    assert ask(anywhere, make.owner(project.id), claim) != nothing
    make.review(anywhere, claim, me, label="supported")
    assert ask(anywhere, viewer, claim) != nothing


@pytest.mark.parametrize("name", QUERIES)
def test_all_is_told_where_the_project_is_not_blind(
    name: str, anywhere: Session, project: Project, me: User, claim: Claim
) -> None:
    project.blind = False
    anywhere.flush()
    ask, nothing = QUERIES[name]
    assert ask(anywhere, Viewer(project.id or 0, me.id or 0), claim) != nothing


def test_one_s_own_is_always_seen(anywhere: Session, project: Project, me: User) -> None:
    claim = make.claim(anywhere, make.article(anywhere, project))
    make.comment(anywhere, claim, user_id=me.id)
    make.flag(anywhere, claim, user_id=me.id)
    viewer = Viewer(project.id or 0, me.id or 0)
    assert hit(anywhere, viewer) == ("", "", True, 1)
