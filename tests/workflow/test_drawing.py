"""The queue: in the order of the text, what was skipped at its end, and a way back."""

from typing import Any

import pytest
from sqlmodel import Session, select

from db.models import Assignment, Claim, Project, User
from db.queries import events, queue
from db.queries.search import EVERYTHING, ClaimFilter
from tests import factories as make
from workbench.errors import InputError, NotFound
from workbench.workflow import deskwork, drawing, recusing
from workbench.workflow.drawing import assign, back, claim_of_project, draw, skip

WORDS = ("one", "two", "three", "four")


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann-07")


@pytest.fixture
def row(session: Session, project: Project) -> list[Claim]:
    """Four claims in the order of their text, stored in another one."""
    article = make.article(session, project, text=" ".join(WORDS))
    stored = {word: make.claim(session, article, quote=word) for word in reversed(WORDS)}
    return [stored[word] for word in WORDS]


def drawn(session: Session, project: Project, by: User, after: Claim | None = None) -> str | None:
    after_id = None if after is None else after.id
    claim = draw(session, project_id=project.id or 0, user_id=by.id or 0, after_id=after_id)
    return claim and claim.quote


def done(session: Session, claim: Claim, by: User) -> None:
    make.review(session, claim, by)
    assign(session, claim=claim, user_id=by.id or 0, state="done")


def worked_through(session: Session, project: Project, by: User) -> list[str]:
    """The claims in the order in which they are drawn, each reviewed at once."""
    quotes: list[str] = []
    after: int | None = None
    while claim := draw(session, project_id=project.id, user_id=by.id, after_id=after):
        done(session, claim, by)
        quotes.append(claim.quote)
        after = claim.id
    return quotes


def returned(session: Session, project: Project, by: User, claim: Claim) -> str | None:
    found = back(session, project_id=project.id or 0, user_id=by.id or 0, from_id=claim.id or 0)
    return found and found.quote


def test_claims_come_in_the_order_of_the_text(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    assert worked_through(session, project, ann) == list(WORDS)


def test_articles_come_one_after_the_other(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    make.claim(session, make.article(session, project, text="zero"))
    assert worked_through(session, project, ann) == [*WORDS, "zero"]


def test_of_two_claims_at_one_place_the_shorter_comes_first(
    session: Session, project: Project, ann: User
) -> None:
    article = make.article(session, project, text="one two")
    for quote in ("one two", "one", "two"):
        make.claim(session, article, quote=quote)
    assert worked_through(session, project, ann) == ["one", "one two", "two"]


def test_rejected_and_retired_claims_are_not_on_the_queue(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    row[0].state, row[1].state, row[2].state = "rejected", "retired", "proposed"
    session.flush()
    assert worked_through(session, project, ann) == ["three", "four"]


def test_what_others_reviewed_is_still_mine_to_review(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    done(session, row[0], make.user(session))
    assert drawn(session, project, ann) == "one"


def test_a_draft_does_not_take_a_claim_off_the_queue(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    make.review(session, row[0], ann, status="draft")
    assert drawn(session, project, ann) == "one"


def test_a_draw_puts_the_claim_on_the_reviewers_desk(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    drawn(session, project, ann)
    own = queue.assignment(session, claim_id=row[0].id or 0, user_id=ann.id or 0)
    assert own is not None
    assert own.state == "open"


def test_the_same_claim_is_drawn_again_until_it_is_reviewed(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    assert [drawn(session, project, ann) for _ in range(2)] == ["one", "one"]
    assert len(session.exec(select(Assignment)).all()) == 1


def test_the_search_goes_on_behind_the_claim_that_was_worked_on(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    assert drawn(session, project, ann, after=row[1]) == "three"
    assert drawn(session, project, ann, after=row[3]) == "one"


def test_skipped_claims_come_back_at_the_end_the_longest_waiting_first(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    for claim in (row[1], row[0]):
        skip(session, claim=claim, user_id=ann.id or 0, reason="later")
    assert worked_through(session, project, ann) == ["three", "four", "two", "one"]


def test_skipping_is_on_record_with_its_reason(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    skip(session, claim=row[0], user_id=ann.id or 0, reason="needs an expert")
    (event,) = events.of_subject(session, subject="claim", subject_id=row[0].id or 0)
    assert (event.kind, event.user_id) == ("claim.skipped", ann.id)
    assert (event.before["state"], event.after["state"]) == ("open", "skipped")
    assert event.after["reason"] == "needs an expert"


def test_what_one_reviewer_skips_another_one_gets(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    skip(session, claim=row[0], user_id=ann.id or 0)
    assert drawn(session, project, ann) == "two"
    assert drawn(session, project, make.user(session)) == "one"


def test_two_skipped_claims_take_turns(session: Session, project: Project, ann: User) -> None:
    article = make.article(session, project, text="one two")
    one, two = (make.claim(session, article, quote=quote) for quote in ("one", "two"))
    for claim, following in ((one, "two"), (two, "one"), (one, "two")):
        skip(session, claim=claim, user_id=ann.id or 0)
        assert drawn(session, project, ann, after=claim) == following


def test_the_only_claim_left_comes_back_when_it_is_skipped(
    session: Session, project: Project, ann: User
) -> None:
    claim = make.claim(session, make.article(session, project))
    skip(session, claim=claim, user_id=ann.id or 0)
    assert drawn(session, project, ann, after=claim) == claim.quote


def test_nothing_is_left_when_all_is_reviewed(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    worked_through(session, project, ann)
    assert drawn(session, project, ann) is None
    assert drawn(session, project, ann, after=row[1]) is None


def test_an_empty_project_has_no_queue(session: Session, project: Project, ann: User) -> None:
    make.claim(session)
    assert drawn(session, project, ann) is None


def test_back_goes_through_what_was_worked_on_the_latest_first(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    worked_through(session, project, ann)
    assert [returned(session, project, ann, claim) for claim in reversed(row)] == [
        "three",
        "two",
        "one",
        None,
    ]


def test_back_from_a_claim_that_was_only_looked_at_is_the_one_last_worked_on(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    drawn(session, project, ann)
    assert returned(session, project, ann, row[3]) == "one"


def test_back_passes_over_what_was_rejected_meanwhile(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    worked_through(session, project, ann)
    row[2].state = "rejected"
    session.flush()
    assert returned(session, project, ann, row[3]) == "two"


def test_back_never_leaves_the_project_or_the_reviewer(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    for claim, user in ((make.claim(session), ann), (row[0], make.user(session))):
        assign(session, claim=claim, user_id=user.id or 0, state="done")
    assert returned(session, project, ann, row[1]) is None


def asked(session: Session, project: Project, by: User, **sent: Any) -> deskwork.Outcome:
    return deskwork.carry_out(session, project.id or 0, by.id or 0, {"op_id": "op-desk", **sent})


def test_a_link_to_a_claim_of_another_project_leads_nowhere(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    other = make.claim(session)
    for id in (other.id or 0, 999):
        with pytest.raises(NotFound, match=f"no claim {id} here"):
            claim_of_project(session, project_id=project.id or 0, claim_id=id)
        with pytest.raises(NotFound, match=f"no claim {id} here"):
            asked(session, project, ann, kind="skip", claim_id=id)
        with pytest.raises(NotFound, match=f"no claim {id} here"):
            asked(session, project, ann, kind="open", claim_id=row[0].id, open=id)


def test_the_desk_says_what_it_did_and_shows_what_comes_next(
    session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    first, second = row[0].id, row[1].id
    assert asked(session, project, ann, kind="skip", claim_id=first).claim_id == second
    assert asked(session, project, ann, kind="back", claim_id=second).claim_id == first
    outcome = asked(session, project, ann, kind="back", claim_id=first)
    assert (outcome.claim_id, outcome.said) == (first, "This is the first claim that you worked on")


@pytest.mark.parametrize("kind", ["delete", None, 7, ["save"], {"save": 1}], ids=repr)
def test_the_desk_refuses_what_it_does_not_know(
    kind: object, session: Session, project: Project, row: list[Claim], ann: User
) -> None:
    with pytest.raises(InputError, match="knows no action"):
        asked(session, project, ann, kind=kind, claim_id=row[0].id)


def test_only_what_is_wanted_is_drawn(session: Session) -> None:
    article = make.article(session, text="one two three")
    one, two, three = (make.claim(session, article, quote=quote) for quote in article.text.split())
    me = make.user(session)
    mine = {"project_id": article.project_id, "user_id": me.id or 0}
    wanted = ClaimFilter(ids=(two.id or 0, three.id or 0))
    assert draw(session, **mine, wanted=wanted).id == two.id
    make.review(session, two, me)
    place = drawing.place(session, **mine, wanted=wanted)
    assert (place.n_claims, place.n_reviewed) == (2, 1)
    assert draw(session, **mine, wanted=wanted).id == three.id
    make.review(session, three, me)
    assert draw(session, **mine, wanted=wanted) is None
    assert draw(session, **mine).id == one.id


def counted(session: Session, project: Project, by: User) -> tuple[int, int]:
    who = {"project_id": project.id or 0, "user_id": by.id or 0}
    found = drawing.place(session, **who, wanted=EVERYTHING)
    return found.n_claims, found.n_reviewed


def test_the_count_is_of_what_the_reviewer_has_judged_and_has_left(session: Session) -> None:
    project = make.project(session)
    ann, bob = make.member(session, project), make.member(session, project)
    article = make.article(session, project, text="one two three four")
    one, two, *_ = [make.claim(session, article, quote=q) for q in article.text.split()]
    make.assignment(session, one, bob, state="done", slot=1)
    make.review(session, two, ann)
    recusing.declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="three")
    assert counted(session, project, ann) == (2, 1), "not bob's, not the recused one"
    make.assignment(session, one, ann, how="assigned")
    assert counted(session, project, ann) == (3, 1), "one more by a lead's decision"
    project.drawing = "assigned"
    session.flush()
    assert counted(session, project, ann) == (2, 1), "what a lead gave and what is judged"
