"""Why a queue is empty: each reason is given where it is the true one."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from db.models import Claim, Project, User, utc_now
from db.queries import queue
from db.queries.search import ClaimFilter
from tests import factories as make
from workbench.workflow.drawing import assign, draw, skip
from workbench.workflow.explaining import explain
from workbench.workflow.recusing import declare


def judge(session: Session, claims: list[Claim], by: User) -> None:
    for claim in claims:
        make.review(session, claim, by, submitted_at=utc_now())
        assign(session, claim=claim, user_id=by.id or 0, state="done")
    session.flush()


def why(session: Session, project: Project, by: User, **asked) -> list[tuple[str, str]]:
    """(kind, text) of the reasons, of a queue that is empty indeed."""
    who = {"project_id": project.id or 0, "user_id": by.id or 0, **asked}
    reasons = explain(session, **who)
    assert reasons[0].kind == "role" or draw(session, **who) is None
    return [(reason.kind, reason.text) for reason in reasons]


def kinds(session: Session, project: Project, by: User, **asked) -> list[str]:
    return [kind for kind, _ in why(session, project, by, **asked)]


def test_a_project_without_an_article(session, project, ann):
    assert kinds(session, project, ann) == ["no article"]


def test_articles_without_a_claim(session, project, ann):
    make.claim(session, make.article(session, project), state="rejected")
    assert kinds(session, project, ann) == ["no claim"]


def test_whose_role_gives_no_verdicts(session, project, claims):
    watcher = make.member(session, project, "viewer")
    assert kinds(session, project, watcher) == ["role"]


def test_a_filter_that_finds_nothing_or_nothing_left(session, project, claims, ann):
    (found,) = why(session, project, ann, wanted=ClaimFilter(words="nowhere"))
    assert found == ("filter", "The filter of this address finds nothing.")
    judge(session, claims, ann)
    (found,) = why(session, project, ann, wanted=ClaimFilter(words="one"))
    assert found == ("filter", "No claim that it finds waits for your verdict.")


def test_who_has_judged_all(session, project, claims, ann):
    judge(session, claims, ann)
    assert kinds(session, project, ann) == ["judged"]


def test_who_has_judged_all_alone(session, project, claims):
    alone = make.user(session)
    judge(session, claims, alone)
    assert kinds(session, project, alone) == ["judged"]


def test_claims_that_have_enough_reviews(session, project, claims, ann, bob):
    judge(session, claims, bob)
    ((kind, text),) = why(session, project, ann)
    assert kind == "full"
    assert text.startswith("2 claims that you have not judged have the one review")


def test_claims_that_others_are_at_work_on(session, project, claims, ann, bob):
    carl = make.member(session, project)
    until = min(_drawn_until(session, project, one) for one in (bob, carl))
    ((kind, text),) = why(session, project, ann)
    assert kind == "reserved"
    assert "2 claims" in text
    assert f"free at {until:%H:%M} UTC" in text


def _drawn_until(session, project, by):
    claim = draw(session, project_id=project.id, user_id=by.id)
    return queue.assignment(session, claim_id=claim.id, user_id=by.id).leased_until


def test_the_days_share_is_given(session, project, claims, ann):
    project.quota_day = 1
    judge(session, claims[:1], ann)
    ((kind, text),) = why(session, project, ann)
    assert kind == "quota"
    assert "at most 1 review a day" in text


def test_a_quota_of_yesterday_is_no_quota_of_today(session, project, claims, ann):
    project.quota_day = 1
    make.review(session, claims[0], ann, submitted_at=utc_now() - timedelta(days=1))
    assert draw(session, project_id=project.id, user_id=ann.id) == claims[1]


def test_the_whole_share_is_given(session, project, claims, ann):
    project.quota_total = 1
    judge(session, claims[:1], ann)
    assert "Your share" in explain(session, project_id=project.id, user_id=ann.id)[0].title
    assert kinds(session, project, ann) == ["quota"]


def test_the_rest_is_recused(session, project, claims, ann):
    judge(session, claims[:1], ann)
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="two")
    ((kind, text),) = why(session, project, ann)
    assert kind == "recused"
    assert "from 1 claim," in text


def test_ones_own_articles(session, project, ann):
    own = make.article(session, project, author=ann.display_name.upper())
    make.claim(session, own)
    assert kinds(session, project, ann) == ["recused"]


def test_only_what_is_assigned_is_drawn_and_nothing_is(session, project, claims, ann):
    project.drawing = "assigned"
    ((kind, text),) = why(session, project, ann)
    assert kind == "assigned"
    assert "2 claims wait" in text
    make.assignment(session, claims[1], ann, how="assigned")
    assert draw(session, project_id=project.id, user_id=ann.id) == claims[1]


@pytest.mark.parametrize(("skip_to", "expected"), [("pool", None), ("lead", None), ("own", "one")])
def test_what_was_skipped_goes_where_the_project_says(
    session, project, claims, ann, skip_to, expected
):
    project.skip_to = skip_to
    judge(session, claims[1:], ann)
    skip(session, claim=claims[0], user_id=ann.id, reason="too hard")
    session.flush()
    if expected is None:
        assert kinds(session, project, ann) == ["skipped"]
        assert draw(session, project_id=project.id, user_id=make.member(session, project).id)
    else:
        assert draw(session, project_id=project.id, user_id=ann.id).quote == expected


def test_several_reasons_are_told_apart(session, project, claims, ann, bob):
    judge(session, claims[:1], bob)
    declare(session, project_id=project.id, user_id=ann.id, kind="topic", words="two")
    assert kinds(session, project, ann) == ["full", "recused"]
