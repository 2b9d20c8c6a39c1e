"""Claims of known verdict: marked by a lead, by hand or many at once, and seen by leads alone."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.models import Article, Claim, Event, Gold, Project, User
from db.queries.search import ClaimFilter, Viewer, n_found
from tests import factories as make
from workbench.errors import Conflict, InputError, NotAllowed, NotPermitted, UnknownName
from workbench.workflow import claiming, permitting
from workbench.workflow.marking import Known, mark, mark_all, of_claim, unmark

HIDDEN = Known("refuted", "See the record.", "hidden")
LESSON = Known("refuted", "See the record.", "training")


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session)


@pytest.fixture
def article(session: Session, project: Project) -> Article:
    return make.article(session, project, text="one two two", external_id="a-1")


@pytest.fixture
def claim(session: Session, article: Article) -> Claim:
    return make.claim(session, article, quote="one")


@pytest.fixture
def lead(session: Session, project: Project) -> User:
    return make.member(session, project, "lead")


def on(claim: Claim, by: User) -> dict[str, Any]:
    return {"project_id": claim.project_id, "claim_id": claim.id or 0, "user_id": by.id or 0}


def trained(session: Session, claim: Claim, by: User) -> None:
    from db.models import Trial

    known = session.exec(select(Gold).where(Gold.claim_id == claim.id)).one()
    session.add(
        Trial(
            claim_id=claim.id or 0,
            user_id=by.id or 0,
            kind="training",
            status="submitted",
            label_id=known.label_id,
            submitted_at=make.NOON,
        )
    )
    session.flush()


def test_a_hidden_one_stays_in_the_work_and_one_for_training_leaves_it(
    session: Session, article: Article, claim: Claim, lead: User
) -> None:
    other = make.claim(session, article, quote="two", state="proposed")
    mark(session, **on(claim, lead), known=HIDDEN, version=0)
    mark(session, **on(other, lead), known=LESSON, version=0)
    assert (claim.state, other.state, other.reason) == ("accepted", "retired", "Used for training.")


def test_a_mark_is_changed_on_its_version_and_leaves_an_event_each_time(
    session: Session, claim: Claim, lead: User
) -> None:
    mark(session, **on(claim, lead), known=HIDDEN, version=0)
    again = mark(session, **on(claim, lead), known=Known("supported", "", "hidden"), version=1)
    assert again.version == 2
    with pytest.raises(Conflict):
        mark(session, **on(claim, lead), known=LESSON, version=1)
    events = session.exec(select(Event).where(col(Event.kind) == "gold.marked")).all()
    assert [event.subject for event in events] == ["gold", "gold"]


def test_the_same_mark_again_changes_nothing(session: Session, claim: Claim, lead: User) -> None:
    versions = [
        mark(session, **on(claim, lead), known=HIDDEN, version=None).version for _ in range(2)
    ]
    assert versions == [1, 1]
    assert len(session.exec(select(Event)).all()) == 1


def test_from_training_it_goes_back_into_the_work_as_it_was(
    session: Session, article: Article, lead: User
) -> None:
    claim = make.claim(session, article, quote="one", state="proposed")
    mark(session, **on(claim, lead), known=LESSON, version=0)
    unmark(session, **on(claim, lead), version=1)
    assert (claim.state, claim.reason) == ("proposed", "")
    assert of_claim(session, claim=claim, user_id=lead.id or 0) is None
    mark(session, **on(claim, lead), known=LESSON, version=0)
    mark(session, **on(claim, lead), known=HIDDEN, version=3)
    assert claim.state == "proposed"


def test_what_was_told_in_training_is_never_judged_in_the_work(
    session: Session, claim: Claim, lead: User
) -> None:
    mark(session, **on(claim, lead), known=LESSON, version=0)
    trained(session, claim, lead)
    with pytest.raises(NotAllowed, match="was told in training"):
        mark(session, **on(claim, lead), known=HIDDEN, version=1)
    unmark(session, **on(claim, lead), version=1)
    assert claim.state == "retired"
    with pytest.raises(NotAllowed, match="can no longer be judged"):
        claiming.restore(session, **on(claim, lead), version=claim.version)


@pytest.mark.parametrize(
    ("known", "error", "words"),
    [
        (Known("maybe", "", "hidden"), UnknownName, "'maybe' is not a verdict"),
        (Known("refuted", "", "both"), UnknownName, "'both' is not"),
        (Known("refuted", "x" * 5_001, "hidden"), InputError, "at most 5,000"),
    ],
)
def test_what_cannot_be_marked_is_said(
    session: Session, claim: Claim, lead: User, known: Known, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        mark(session, **on(claim, lead), known=known, version=0)


def test_a_claim_that_was_put_away_cannot_become_gold(
    session: Session, article: Article, lead: User
) -> None:
    gone = make.claim(session, article, quote="one", state="rejected")
    with pytest.raises(NotAllowed, match="is rejected: only a claim that is worked on"):
        mark(session, **on(gone, lead), known=HIDDEN, version=0)


def test_only_leads_mark_see_and_find_gold(
    session: Session, project: Project, claim: Claim, lead: User
) -> None:
    ann = make.member(session, project)
    with pytest.raises(NotPermitted, match="needs the role lead"):
        mark(session, **on(claim, ann), known=HIDDEN, version=0)
    mark(session, **on(claim, lead), known=HIDDEN, version=0)
    with pytest.raises(NotPermitted):
        of_claim(session, claim=claim, user_id=ann.id or 0)

    def finds(by: User, wanted: ClaimFilter) -> int:
        viewer = permitting.viewer(session, project_id=project.id or 0, user_id=by.id or 0)
        return n_found(session, viewer, wanted)

    for wanted in (ClaimFilter(gold="hidden"), ClaimFilter(known="refuted")):
        assert (finds(lead, wanted), finds(ann, wanted)) == (1, 0)
    assert n_found(session, Viewer(project.id or 0, 0, sees_all=True), wanted) == 0


def test_many_are_marked_by_id_or_by_quote_and_each_refusal_says_where_and_why(
    session: Session, project: Project, article: Article, claim: Claim, lead: User
) -> None:
    for start in (4, 8):
        make.claim(session, article, start=start, end=start + 3)
    rows: list[tuple[str, dict[str, Any]]] = [
        ("line 1", {"claim": str(claim.id), "label": "Refuted", "use": "training"}),
        ("line 2", {"article": "a-1", "quote": "one", "label": "refuted", "use": "training"}),
        ("line 3", {"article": "a-1", "quote": "two", "label": "refuted", "use": "hidden"}),
        ("line 4", {"article": "a-1", "quote": "ten", "label": "refuted", "use": "hidden"}),
        ("line 5", {"claim": "99", "label": "refuted", "use": "hidden"}),
        ("line 6", {"claim": "x", "label": "refuted", "use": "hidden"}),
        ("line 7", {"label": "refuted", "use": "hidden"}),
        ("line 8", {"claim": claim.id, "label": "maybe", "use": "training"}),
    ]
    done = mark_all(session, project_id=project.id or 0, user_id=lead.id or 0, rows=rows)
    assert done["marked"] == [claim.id, claim.id]
    said = [(each["where"], each["reason"].split(";")[0]) for each in done["refused"]]
    assert [where for where, _ in said] == [f"line {n}" for n in range(3, 9)]
    assert said[0][1] == "In article 'a-1' 2 claims have exactly this quote"
    assert said[1][1] == "In article 'a-1' no claim has exactly this quote"
    assert said[4][1] == "No claim is named"
