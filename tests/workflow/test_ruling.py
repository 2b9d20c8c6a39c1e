"""Claims go to people by rule: as they come in, and when a lead asks."""

import pytest
from sqlmodel import Session, select

from db.models import Assignment, Event, Project, User
from tests import factories as make
from workbench.errors import Conflict, InputError, NotAllowed, NotPermitted
from workbench.splitting import ClaimCandidate
from workbench.workflow import recusing, ruling
from workbench.workflow.splitting import store_candidates


@pytest.fixture
def lead(session: Session, project: Project) -> User:
    return make.member(session, project, "lead")


def add(session: Session, project: Project, to: User, by: User, **asked: str):
    return ruling.add_rule(session, project_id=project.id, user_id=by.id, to_id=to.id, **asked)


def apply(session: Session, project: Project, by: User) -> int:
    return ruling.apply(session, project_id=project.id, user_id=by.id)


def given(session: Session) -> list[tuple[int, int]]:
    rows = session.exec(select(Assignment).order_by(Assignment.claim_id, Assignment.user_id))
    return [(row.claim_id, row.user_id) for row in rows]


def test_claims_like_all_that_a_rule_asks_go_to_its_person(session, project, ann, lead):
    courier = make.article(session, project, outlet="The Courier", language="de")
    claim = make.claim(session, courier, speaker="Mei Lin")
    make.claim(session, make.article(session, project, text="x", outlet="The Courier"))
    add(session, project, ann, lead, outlet="The Courier", language="de", speaker="Mei Lin")
    assert apply(session, project, lead) == 1
    (row,) = session.exec(select(Assignment))
    assert (row.claim_id, row.user_id, row.slot, row.leased_until) == (claim.id, ann.id, 1, None)
    assert (row.how, row.assigned_by_id) == ("assigned", lead.id)
    event = session.exec(select(Event).where(Event.kind == "claim.assigned")).one()
    assert (event.user_id, event.after["assigned"]) == (lead.id, ann.name)
    assert apply(session, project, lead) == 0


def test_claims_go_by_rule_as_their_article_is_split(session, project, ann, lead):
    add(session, project, ann, lead, outlet="The Courier")
    article = make.article(session, project, text="Oil rose. Gas fell.", outlet="The Courier")
    recusing.declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="gas")
    found = [
        ClaimCandidate(quote, quote, start, start + 9, start, start + 9, "body")
        for start, quote in ((0, "Oil rose."), (10, "Gas fell."))
    ]
    store_candidates(session, article_id=article.id, candidates=found, splitter="test")
    rows = session.exec(select(Assignment)).all()
    assert [row.user_id for row in rows] == [ann.id], "not the one she is recused from"
    event = session.exec(select(Event).where(Event.kind == "claim.assigned")).one()
    assert event.user_id is None


def test_a_rule_gives_nothing_that_has_its_reviews_or_its_verdict(session, project, ann, bob, lead):
    article = make.article(session, project, text="one two three", outlet="O")
    one, two, three = (make.claim(session, article, quote=q) for q in article.text.split())
    make.assignment(session, one, bob, state="done", slot=1)
    make.resolution(session, two)
    add(session, project, ann, lead, outlet="O")
    assert apply(session, project, lead) == 1
    assert given(session) == [(one.id, bob.id), (three.id, ann.id)]


def test_a_rule_taken_back_gives_nothing_more(session, project, ann, lead):
    make.claim(session, make.article(session, project, outlet="O"))
    rule = add(session, project, ann, lead, outlet="O")
    asked = {"project_id": project.id, "rule_id": rule.id, "user_id": lead.id}
    with pytest.raises(Conflict):
        ruling.retire_rule(session, **asked, version=7)
    ruling.retire_rule(session, **asked, version=rule.version)
    assert apply(session, project, lead) == 0


def test_a_rule_needs_something_to_ask_once_and_a_reviewer(session, project, ann, lead):
    add(session, project, ann, lead, outlet="O")
    for asked in ({"outlet": " "}, {"outlet": "O"}, {"speaker": "x" * 201}):
        with pytest.raises(InputError):
            add(session, project, ann, lead, **asked)
    with pytest.raises(NotAllowed):
        add(session, project, make.member(session, project, "viewer"), lead, outlet="O")
    for refused in (lambda: add(session, project, ann, ann, outlet="P"),
                    lambda: apply(session, project, ann)):  # fmt: skip
        with pytest.raises(NotPermitted):
            refused()
