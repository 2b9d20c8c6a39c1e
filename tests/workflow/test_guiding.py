"""The guideline in versions, and the stamp of a review."""

import pytest
from sqlmodel import Session

from db.models import Guideline, Review
from db.queries import guidelines
from tests import factories as make
from workbench.errors import Conflict, InputError
from workbench.workflow import guiding
from workbench.workflow.guiding import MAX_CHARACTERS, publish_guideline
from workbench.workflow.reviewing import submit


def publish(session: Session, project_id: int, text: str, after: int | None = None) -> Guideline:
    user = make.user(session)
    made = publish_guideline(
        session, project_id=project_id, text=text, user_id=user.id, after=after
    )
    assert made is not None
    return made


def test_each_text_is_a_version_and_the_newest_holds(session: Session) -> None:
    project_id = make.project(session).id or 0
    assert publish(session, project_id, "Be fair.").number == 1
    assert publish(session, project_id, "Be fair. ").number == 1
    second = publish(session, project_id, "Be fair and quick.", after=1)
    assert guidelines.newest(session, project_id=project_id) == second
    assert second.number == 2


def test_two_people_never_overwrite_each_other(session: Session) -> None:
    project_id = make.project(session).id or 0
    publish(session, project_id, "One.")
    with pytest.raises(Conflict):
        publish(session, project_id, "Another.", after=0)


def test_a_text_that_is_too_long_is_refused(session: Session) -> None:
    project_id = make.project(session).id or 0
    with pytest.raises(InputError, match="50,000"):
        publish(session, project_id, "a" * (MAX_CHARACTERS + 1))


def test_a_review_is_stamped_with_the_version_it_was_made_under(session: Session) -> None:
    claim = make.claim(session)
    label = make.label(session)
    publish(session, claim.project_id, "One.")
    newest = publish(session, claim.project_id, "Two.")
    user = make.user(session)
    submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=user.id or 0,
        form={"label": label.key},
        version=0,
        claim_version=claim.version,
        op_id="once",
    )
    review = session.get_one(Review, 1)
    assert review.guideline_id == newest.id


def test_a_change_is_new_to_who_knows_an_earlier_version(session: Session) -> None:
    project, ann = make.project(session), make.user(session)
    first = make.guideline(session, project, number=1, text="Be fair.\nBe quick.")
    mine = {"user_id": ann.id or 0}
    assert guiding.unseen_changes(session, newest=first, **mine) is None
    guiding.mark_seen(session, project_id=project.id or 0, number=1, **mine)
    newest = make.guideline(session, project, number=2, text="Be fair.\nBe careful.")
    changed = [(" ", "Be fair."), ("-", "Be quick."), ("+", "Be careful.")]
    assert guiding.unseen_changes(session, newest=newest, **mine) == (1, changed)
    guiding.mark_seen(session, project_id=project.id or 0, number=2, **mine)
    assert guiding.unseen_changes(session, newest=newest, **mine) is None
