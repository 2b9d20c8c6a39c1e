"""A lead settles what reviewers differ on; dissent is kept, and another verdict opens it again."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import transaction
from db.models import Claim, Label, Project, Resolution, User
from db.queries import adjudication, comments, reviews
from db.queries.search import EVERYTHING, ClaimFilter
from tests import factories as make
from workbench.errors import Conflict, InputError, NotAllowed, NotPermitted, UnknownName
from workbench.workflow import adjudicating, claiming, reviewing, undoing
from workbench.workflow.project_settings import change_settings


@dataclass
class Court:
    """A claim with two reviewers who differ, and a lead."""

    session: Session
    project: Project
    claim: Claim
    ann: User
    bob: User
    lead: User

    def judge(self, by: User, label: str, words: str = "", claim: Claim | None = None) -> None:
        claim = claim or self.claim
        stored = reviews.of_user(self.session, claim_id=claim.id or 0, user_id=by.id or 0)
        version = stored.version if stored else 0
        if by not in (self.ann, self.bob) and stored is None:
            make.assignment(self.session, claim, by, how="assigned")  # a lead asks for one more
        reviewing.submit(
            self.session,
            project_id=self.project.id or 0,
            claim_id=claim.id or 0,
            user_id=by.id or 0,
            form={"label": label, "justification": words},
            version=version,
            claim_version=claim.version,
            op_id=f"judge-{claim.id}-{by.id}-{version}",
        )

    def on_claim(self, **more: Any) -> dict[str, Any]:
        claim_id = self.claim.id or 0
        asked = {"claim_id": claim_id, "user_id": self.lead.id, "project_id": self.project.id}
        version = adjudication.version(self.session, claim_id=claim_id)
        return {"version": version, "op_id": f"op-{version}-{more}"[:60], **asked, **more}

    def decide(self, label: str = "refuted", **more: Any) -> None:
        asked = {"label": label, "reason": "The yearbook.", "cause": "slip", **more}
        adjudicating.adjudicate(self.session, **self.on_claim(**asked))

    def send_back(self, **more: Any) -> None:
        adjudicating.send_back(self.session, **self.on_claim(**{"reason": "Look again.", **more}))

    def outcome(self) -> tuple[str, str] | None:
        stored = reviews.resolution(self.session, claim_id=self.claim.id or 0)
        return stored and (self.session.get_one(Label, stored.label_id).key, stored.how)

    def stored(self) -> Resolution:
        found = reviews.resolution(self.session, claim_id=self.claim.id or 0)
        assert found is not None
        return found

    def shown(self, show: str = "contested", wanted: ClaimFilter = EVERYTHING) -> list[int]:
        owner = make.owner(self.project.id)
        ids = list(adjudication.queue(self.session, owner, wanted, show))
        assert adjudication.n_shown(self.session, owner, wanted)[show] == len(ids)
        return ids

    def undo(self) -> None:
        who = {"project_id": self.project.id or 0, "user_id": self.lead.id or 0}
        step, _ = undoing.next_steps(self.session, **who)
        assert step is not None
        undoing.undo(self.session, **who, event_id=step.event_id)

    def redo(self) -> None:
        who = {"project_id": self.project.id or 0, "user_id": self.lead.id or 0}
        _, step = undoing.next_steps(self.session, **who)
        assert step is not None
        undoing.redo(self.session, **who, event_id=step.event_id)


@pytest.fixture
def court(session: Session) -> Court:
    project = make.project(session, overlap=2)
    ann, bob = make.member(session, project), make.member(session, project)
    lead = make.member(session, project, "lead")
    claim = make.claim(session, make.article(session, project))
    court = Court(session, project, claim, ann, bob, lead)
    court.judge(ann, "supported", "It is so.")
    court.judge(bob, "refuted", "It is not so.")
    return court


def test_a_claim_with_enough_reviews_that_differ_is_contested(court: Court) -> None:
    assert court.shown() == [court.claim.id]
    court.claim.state = "retired"
    court.session.flush()
    assert court.shown() == []


def test_a_decision_is_final_and_keeps_the_dissent_as_it_stood(court: Court) -> None:
    court.decide("refuted", cause="missing evidence")
    assert (court.outcome(), court.shown()) == (("refuted", "adjudicated"), [])
    assert court.shown("decided") == [court.claim.id]
    (kept,) = court.stored().dissent
    assert (kept["user_id"], kept["justification"]) == (court.ann.id, "It is so.")
    court.judge(court.ann, "supported", "On second thoughts.")
    assert court.stored().dissent == [kept]


def test_a_changed_verdict_opens_it_again_and_says_whose(court: Court) -> None:
    court.decide("refuted")
    court.judge(court.bob, "conflicting")
    assert (court.outcome(), court.shown("reopened")) == (None, [court.claim.id])
    event = adjudication.last_of_kind(
        court.session, claim_id=court.claim.id or 0, kind="claim.reopened"
    )
    assert event is not None
    assert event.after["user_id"] == court.bob.id
    assert event.before["reason"] == "The yearbook."
    assert len(event.before["dissent"]) == 1


def test_who_comes_round_to_the_decision_leaves_it(court: Court) -> None:
    court.decide("refuted")
    court.judge(court.ann, "refuted")
    assert court.outcome() == ("refuted", "adjudicated")


def test_a_late_review_that_differs_opens_it_again_and_one_that_agrees_does_not(
    court: Court,
) -> None:
    court.decide("refuted")
    court.judge(make.member(court.session, court.project), "refuted")
    assert court.outcome() == ("refuted", "adjudicated")
    court.judge(make.member(court.session, court.project), "supported")
    assert court.outcome() is None


def test_three_labels_wait_for_a_lead(court: Court) -> None:
    court.project.overlap = 3
    court.judge(make.member(court.session, court.project), "conflicting")
    assert (court.outcome(), court.shown()) == (None, [court.claim.id])
    court.decide("not-enough-evidence")
    assert len(court.stored().dissent) == 3


@pytest.mark.parametrize(
    ("resolve_by", "expected"),
    [("majority", ("refuted", "majority")), ("unanimous", None), ("lead", None)],
)
def test_the_project_says_which_agreement_is_enough(
    resolve_by: str, expected: Any, court: Court
) -> None:
    court.project.overlap, court.project.resolve_by = 3, resolve_by
    court.judge(make.member(court.session, court.project), "refuted")
    assert court.outcome() == expected
    assert court.shown() == ([] if expected else [court.claim.id])


def test_a_majority_keeps_its_dissent(court: Court) -> None:
    court.project.overlap = 3
    court.judge(make.member(court.session, court.project), "refuted")
    assert [each["justification"] for each in court.stored().dissent] == ["It is so."]


def test_where_a_lead_confirms_each_claim_the_unanimous_wait_too(court: Court) -> None:
    court.project.resolve_by = "lead"
    other = make.claim(
        court.session, make.article(court.session, court.project, text="Rates fell.")
    )
    for by in (court.ann, court.bob):
        court.judge(by, "supported", claim=other)
    assert court.shown() == [court.claim.id, other.id]


def test_what_the_new_settings_settle_is_settled(court: Court) -> None:
    court.project.resolve_by = "unanimous"
    court.judge(make.member(court.session, court.project), "refuted")
    assert court.outcome() is None
    who = {"project_id": court.project.id or 0, "user_id": court.lead.id or 0}
    version = court.project.version
    change_settings(court.session, **who, version=version, resolve_by="majority")
    assert court.outcome() == ("refuted", "majority")


def test_a_claim_sent_back_waits_for_one_review_more(court: Court) -> None:
    court.send_back(reason="Neither looked at the yearbook.")
    assert (court.shown(), court.shown("sent back")) == ([], [court.claim.id])
    said = comments.of_claim(
        court.session, make.owner(court.project.id), claim_id=court.claim.id or 0
    )
    assert "Neither looked" in said[0][0].text
    court.judge(make.member(court.session, court.project), "refuted")
    assert court.outcome() == ("refuted", "majority")


def test_what_waits_already_or_is_decided_is_not_sent_back(court: Court) -> None:
    court.send_back()
    with pytest.raises(NotAllowed, match="waits for a review already"):
        court.send_back()
    court.undo()
    court.decide()
    with pytest.raises(NotAllowed, match="has a final verdict"):
        court.send_back()


def test_a_decision_is_undone_and_done_again(court: Court) -> None:
    court.decide("refuted")
    court.undo()
    assert (court.outcome(), court.shown()) == (None, [court.claim.id])
    court.redo()
    assert court.outcome() == ("refuted", "adjudicated")
    assert court.stored().dissent[0]["justification"] == "It is so."


def test_undoing_a_decision_over_a_majority_leaves_the_majority(court: Court) -> None:
    court.judge(make.member(court.session, court.project), "refuted")
    assert court.outcome() == ("refuted", "majority")
    court.decide("supported")
    court.undo()
    assert court.outcome() == ("refuted", "majority")


def test_what_another_verdict_opened_again_is_not_undone(court: Court) -> None:
    court.decide("refuted")
    court.judge(court.bob, "not-enough-evidence")
    with pytest.raises(NotAllowed, match="has changed since"):
        court.undo()


def test_of_two_leads_the_second_is_told_of_the_first(court: Court) -> None:
    seen = court.on_claim()["version"]
    court.decide("refuted")
    with pytest.raises(Conflict):
        court.decide("supported", version=seen, op_id="another-lead")
    assert court.outcome() == ("refuted", "adjudicated")


def test_a_verdict_that_came_meanwhile_is_looked_at_first(court: Court) -> None:
    seen = court.on_claim()["version"]
    court.judge(court.ann, "not-enough-evidence")
    with pytest.raises(Conflict):
        court.decide("refuted", version=seen)


def test_the_same_decision_sent_twice_is_one(court: Court) -> None:
    court.decide("refuted", op_id="sent-twice")
    version = court.stored().version
    court.decide("supported", op_id="sent-twice")
    assert (court.outcome(), court.stored().version) == (("refuted", "adjudicated"), version)


def test_only_a_lead_decides_or_sends_back(court: Court) -> None:
    for do in (court.decide, court.send_back):
        with pytest.raises(NotPermitted, match="needs the role lead"):
            do(user_id=court.ann.id)


def test_a_decision_has_a_label_a_reason_and_a_cause(court: Court) -> None:
    with pytest.raises(UnknownName, match="'maybe' is not a verdict"):
        court.decide("maybe")
    with pytest.raises(UnknownName, match="is not a cause"):
        court.decide(cause="")
    with pytest.raises(InputError, match="Say why"):
        court.decide(reason="  ")


def test_nothing_is_decided_where_nobody_judged_or_the_claim_is_gone(court: Court) -> None:
    bare = make.claim(court.session, make.article(court.session, court.project, text="It fell."))
    with pytest.raises(NotAllowed, match="Nobody has judged"):
        court.decide(claim_id=bare.id, version=0)
    claiming.set_state(
        court.session,
        project_id=court.project.id or 0,
        claim_id=court.claim.id or 0,
        user_id=court.lead.id or 0,
        state="rejected",
        version=court.claim.version,
    )
    with pytest.raises(NotAllowed, match="was rejected"):
        court.decide()


def test_the_queue_is_filtered_as_claims_are(court: Court) -> None:
    assert court.shown(wanted=ClaimFilter(words="exports")) == [court.claim.id]
    assert court.shown(wanted=ClaimFilter(words="nothing like it")) == []
    owner = make.owner(court.project.id)
    assert adjudication.against(court.session, owner) == [("supported", "refuted", 1)]
    pair = ClaimFilter(stage="verdict", labels=("supported", "refuted"))
    assert court.shown(wanted=pair) == [court.claim.id]


def test_it_is_told_why_nothing_is_contested(court: Court) -> None:
    court.decide()
    make.claim(court.session, make.article(court.session, court.project, text="It fell."))
    found = adjudication.waiting(court.session, make.owner(court.project.id))
    assert (found.n_claims, found.n_short, found.n_resolved) == (2, 1, 1)


def test_two_leads_at_once_make_one_decision(engine: Engine) -> None:
    with transaction(engine) as session:
        project = make.project(session, overlap=2)
        claim = make.claim(session, make.article(session, project))
        for label in ("supported", "refuted"):
            make.review(session, claim, label=label)
        leads = [make.user(session).id or 0 for _ in range(2)]
        asked = {"project_id": project.id or 0, "claim_id": claim.id or 0, "version": 0}
    outcomes = [_decided(engine, asked, lead, str(lead)) for lead in leads]
    assert outcomes == ["decided", "told"]


def _decided(engine: Engine, asked: dict[str, Any], lead: int, op_id: str) -> str:
    words = {"label": "refuted", "reason": f"Lead {lead}.", "cause": "slip"}
    try:
        with transaction(engine) as session:
            adjudicating.adjudicate(session, **asked, **words, user_id=lead, op_id=op_id)
    except Conflict:
        return "told"
    return "decided"
