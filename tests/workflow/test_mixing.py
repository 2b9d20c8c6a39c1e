"""Hidden gold and repeats come among what is drawn, at their rates, and look like all else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.models import Assignment, Claim, Event, Project, Resolution, Review, Trial, User
from db.queries import history, search
from db.queries.search import ClaimFilter
from tests import factories as make
from workbench.errors import InputError, NotAllowed
from workbench.workflow import drawing, permitting, reviewing, undoing
from workbench.workflow.drawing import back, draw
from workbench.workflow.project_settings import change_settings

N_LIVE, N_GOLD = 40, 8


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session, gold_share=0.2)


@pytest.fixture
def live(session: Session, project: Project) -> list[Claim]:
    return claims(session, project, "live", N_LIVE)


@pytest.fixture
def hidden(session: Session, project: Project, live: list[Claim]) -> list[Claim]:
    """Hidden gold behind all else, of which somebody has given the one review that is wanted."""
    found = claims(session, project, "gold", N_GOLD)
    first = make.member(session, project)
    for claim in found:
        make.gold(session, claim)
        submit(session, claim, first, "refuted")
    return found


@pytest.fixture
def ann(session: Session, project: Project) -> User:
    return make.member(session, project)


def claims(session: Session, project: Project, word: str, n: int) -> list[Claim]:
    words = [f"{word}{at:02}" for at in range(n)]
    article = make.article(session, project, text=" ".join(words))
    return [make.claim(session, article, quote=quote) for quote in words]


def who(project: Project, by: User) -> dict[str, int]:
    return {"project_id": project.id or 0, "user_id": by.id or 0}


def submit(session: Session, claim: Claim, by: User, label: str = "refuted") -> None:
    version = reviewing.open_review(session, claim_id=claim.id or 0, user_id=by.id or 0).version
    reviewing.submit(
        session,
        **who_on(claim, by),
        form={"label": label},
        version=version,
        claim_version=claim.version,
        op_id=f"{claim.id}-{by.id}-{version}-{label}",
    )


def who_on(claim: Claim, by: User) -> dict[str, int]:
    return {"project_id": claim.project_id, "claim_id": claim.id or 0, "user_id": by.id or 0}


def work(session: Session, project: Project, by: User, n: int, label: str = "refuted") -> list[str]:
    """Draw and judge this many claims; returns their quotes."""
    quotes, after = [], None
    for _ in range(n):
        claim = draw(session, **who(project, by), after_id=after)
        if claim is None:
            break
        submit(session, claim, by, label)
        quotes.append(claim.quote)
        after = claim.id
    return quotes


def test_hidden_gold_comes_at_its_rate(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    quotes = work(session, project, ann, 25)
    assert sum(quote.startswith("gold") for quote in quotes) == 5
    assert len(set(quotes)) == 25


def test_each_reviewer_gets_it_at_other_places_and_in_another_order(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    project.overlap = 2
    session.flush()
    first, second = (
        [(at, q) for at, q in enumerate(work(session, project, by, 25)) if q.startswith("gold")]
        for by in (ann, make.member(session, project))
    )
    assert [at for at, _ in first] != [at for at, _ in second]
    assert [quote for _, quote in first] != [quote for _, quote in second]


def test_the_same_draw_again_gives_the_same(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    for _ in range(12):
        twice = [draw(session, **who(project, ann)) for _ in range(2)]
        assert twice[0] is twice[1] is not None
        submit(session, twice[0], ann)


@pytest.mark.parametrize("role", ["lead", "admin"])
def test_leads_get_no_hidden_gold(
    session: Session, project: Project, hidden: list[Claim], role: str
) -> None:
    quotes = work(session, project, make.member(session, project, role), 20)
    assert not any(quote.startswith("gold") for quote in quotes)


def test_without_a_share_hidden_gold_is_a_claim_like_any_other(
    session: Session, project: Project, live: list[Claim], ann: User
) -> None:
    project.gold_share = 0
    make.gold(session, live[1])
    assert work(session, project, ann, 3) == ["live00", "live01", "live02"]


def test_a_recused_reviewer_is_not_given_it(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    from workbench.workflow import recusing

    for claim in hidden:
        recusing.declare(session, **who(project, ann), kind="topic", words=claim.quote)
    assert not any(quote.startswith("gold") for quote in work(session, project, ann, 20))


def test_what_a_filter_does_not_find_is_not_mixed_in(
    session: Session, project: Project, hidden: list[Claim], live: list[Claim], ann: User
) -> None:
    wanted = ClaimFilter(article_id=live[0].article_id)
    for _ in range(20):
        claim = draw(session, **who(project, ann), wanted=wanted)
        assert claim is not None
        assert claim.quote.startswith("live")
        submit(session, claim, ann)


def first_hidden(session: Session, project: Project, by: User) -> Claim:
    after = None
    while claim := draw(session, **who(project, by), after_id=after):
        if claim.quote.startswith("gold"):
            return claim
        submit(session, claim, by)
        after = claim.id
    raise AssertionError("no gold was drawn")


def test_beyond_the_overlap_no_slot_is_taken_and_the_final_verdict_stays(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    claim = first_hidden(session, project, ann)
    submit(session, claim, ann, "supported")
    row = session.exec(
        select(Assignment).where(Assignment.claim_id == claim.id, Assignment.user_id == ann.id)
    ).one()
    assert (row.slot, row.state) == (None, "done")
    final = session.exec(select(Resolution).where(Resolution.claim_id == claim.id)).one()
    assert final.how == "unanimous"
    assert len(session.exec(select(Review)).all()) > N_GOLD


def test_one_left_unfinished_comes_back_before_all_else(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    claim = first_hidden(session, project, ann)
    assert draw(session, **who(project, ann)) is claim
    other = draw(session, **who(project, ann), after_id=claim.id)
    assert other is not None
    assert other.quote.startswith("live")
    assert draw(session, **who(project, ann), after_id=other.id) is claim


def test_a_skipped_one_is_not_forced_on_anybody(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    claim = first_hidden(session, project, ann)
    drawing.skip(session, claim=claim, user_id=ann.id or 0)
    assert draw(session, **who(project, ann), after_id=claim.id) is not claim


def test_who_did_not_draw_it_may_not_judge_it_beyond_the_overlap(
    session: Session, project: Project, hidden: list[Claim], ann: User
) -> None:
    with pytest.raises(NotAllowed, match="This claim wants one review"):
        submit(session, hidden[0], ann)


# ---- nothing gives it away


def test_others_verdicts_on_hidden_gold_stay_hidden_and_comments_are_seen(
    session: Session, project: Project, hidden: list[Claim], live: list[Claim], ann: User
) -> None:
    bob = make.member(session, project)
    claim = hidden[0]
    make.review(session, claim, ann, label="refuted")
    make.comment(session, claim, user_id=bob.id, text="Since when?")
    viewer = permitting.viewer(session, **who(project, ann))
    assert search.n_found(session, viewer, ClaimFilter(discussed=True)) == 1
    for wanted in (
        ClaimFilter(label="refuted"),
        ClaimFilter(stage="verdict"),
        ClaimFilter(reviewer=other_than(session, claim, ann).name),
    ):
        assert search.n_found(session, viewer, wanted) == 0
    assert search.n_found(session, viewer, ClaimFilter(reviewer=ann.name)) == 1


def other_than(session: Session, claim: Claim, by: User) -> User:
    rows = session.exec(select(Review).where(Review.claim_id == claim.id)).all()
    return session.get_one(User, next(row.user_id for row in rows if row.user_id != by.id))


def test_the_history_tells_reviewers_of_no_gold_and_no_repeat(
    session: Session, project: Project, live: list[Claim], ann: User
) -> None:
    from workbench.workflow.marking import Known, mark

    lead = make.member(session, project, "lead")
    submit(session, live[0], ann)
    mark(session, **who_on(live[0], lead), known=Known("refuted", "", "hidden"), version=0)
    project.gold_share, project.repeat_share, project.repeat_after = 0, 1.0, 1
    submit(session, live[1], ann)
    submit(session, live[2], ann)
    again = draw(session, **who(project, ann))
    assert again is live[1]
    submit(session, again, ann)

    def kinds(by: User) -> set[str]:
        viewer = permitting.viewer(session, **who(project, by))
        rows = history.page(session, viewer, history.EVERYTHING, limit=99)
        return {row.kind.partition(".")[0] for row in rows}

    session.flush()
    assert {"gold", "repeat"} <= kinds(lead)
    assert not {"gold", "repeat"} & kinds(ann)


# ---- repeats


@pytest.fixture
def again(session: Session, project: Project, live: list[Claim]) -> Project:
    project.gold_share, project.repeat_share, project.repeat_after = 0.0, 0.25, 5
    session.flush()
    return project


def test_repeats_come_at_their_rate_at_least_so_many_claims_back(
    session: Session, again: Project, ann: User
) -> None:
    quotes = work(session, again, ann, 40)
    repeats = [at for at, quote in enumerate(quotes) if quote in quotes[:at]]
    assert 8 <= len(repeats) <= 10
    for at in repeats:
        between = quotes[quotes.index(quotes[at]) + 1 : at]
        assert len({quote for quote in between if quote not in quotes[: quotes.index(quote)]}) >= 5


def repeat(session: Session, project: Project, by: User) -> Claim:
    """Work until a claim comes again."""
    seen: set[int] = set()
    after = None
    while claim := draw(session, **who(project, by), after_id=after):
        if claim.id in seen:
            return claim
        submit(session, claim, by)
        seen.add(claim.id or 0)
        after = claim.id
    raise AssertionError("nothing came again")


def opened(session: Session, claim: Claim, by: User) -> reviewing.ReviewState:
    return reviewing.open_review(session, claim_id=claim.id or 0, user_id=by.id or 0)


def test_a_repeat_is_a_blank_review_that_never_replaces_the_first(
    session: Session, again: Project, ann: User
) -> None:
    claim = repeat(session, again, ann)
    blank = opened(session, claim, ann)
    assert (blank.status, blank.form.label, blank.version) == ("draft", "", 1)
    submit(session, claim, ann, "supported")
    assert opened(session, claim, ann).form.label == "refuted"
    trial = session.exec(select(Trial)).one()
    assert (trial.kind, trial.form["label"]) == ("repeat", "supported")
    first = session.exec(select(Review).where(Review.claim_id == claim.id)).one()
    assert first.version == 1


def test_a_repeat_left_unfinished_comes_back_and_a_skipped_one_does_not(
    session: Session, again: Project, ann: User
) -> None:
    claim = repeat(session, again, ann)
    assert draw(session, **who(again, ann)) is claim
    drawing.skip(session, claim=claim, user_id=ann.id or 0)
    assert draw(session, **who(again, ann)) is not claim
    assert opened(session, claim, ann).form.label == "refuted"
    kinds = session.exec(select(Event.kind).where(col(Event.subject) == "trial")).all()
    assert kinds == ["repeat.skipped"]


def test_back_leads_to_a_repeat_as_to_what_was_worked_on_last(
    session: Session, again: Project, ann: User
) -> None:
    claim = repeat(session, again, ann)
    submit(session, claim, ann)
    later = draw(session, **who(again, ann), after_id=claim.id)
    assert later is not None
    assert back(session, **who(again, ann), from_id=later.id or 0) is claim


def test_a_repeat_is_undone_as_the_last_that_was_done(
    session: Session, again: Project, ann: User
) -> None:
    claim = repeat(session, again, ann)
    submit(session, claim, ann, "supported")
    step, _ = undoing.next_steps(session, **who(again, ann))
    assert step is not None
    assert step.words == f"gave the verdict on claim {claim.id}"
    undoing.undo(session, **who(again, ann), event_id=step.event_id)
    assert opened(session, claim, ann).form.label == "supported"
    session.flush()
    _, step = undoing.next_steps(session, **who(again, ann))
    assert step is not None
    undoing.redo(session, **who(again, ann), event_id=step.event_id)
    assert opened(session, claim, ann).form.label == "refuted"


def test_whoever_works_alone_gets_repeats_and_no_gold(session: Session, again: Project) -> None:
    again.gold_share = 0.5
    alone = make.user(session)
    quotes = work(session, again, alone, 24)
    assert len(set(quotes)) < len(quotes)


# ---- settings


@pytest.mark.parametrize("share", ["gold_share", "repeat_share"])
def test_in_a_project_with_phases_nothing_is_mixed_in(
    session: Session, share: str, project: Project
) -> None:
    lead = make.member(session, project, "lead")
    project.workflow, project.gold_share = "averitec", 0.0
    session.flush()
    change: Callable[..., Any] = change_settings
    with pytest.raises(InputError, match="hidden gold and repeats cannot be mixed in"):
        change(session, **who(project, lead), version=project.version, **{share: 0.1})
