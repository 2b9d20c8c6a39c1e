"""Drafts as typed, then the verdict: whole, once, and on the version that was seen."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import reading, transaction
from db.models import Claim, Event, Evidence, Operation, Resolution, Review, Source, User
from db.queries import events, queue, reviews, sources
from tests import factories as make
from workbench.errors import Conflict, InputError, NotAllowed, NotFound, UnknownName
from workbench.reviewing.evidence import MEDIA, STANCES, EvidenceForm
from workbench.reviewing.forms import ReviewForm
from workbench.workflow.reviewing import ReviewState, open_review, save_draft, submit

A, B = "https://a.example/1", "https://b.example/2"


def drafted(session: Session, claim: Claim, by: User, version: int = 0, **fields: Any) -> int:
    """Save a draft with an op_id of its own unless one is given."""
    op_id = fields.pop("op_id", str(uuid.uuid4()))
    who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": by.id}
    return save_draft(session, **who, form=fields, version=version, op_id=op_id)


def submitted(session: Session, claim: Claim, by: User, version: int = 0, **fields: Any) -> int:
    """Submit `refuted` unless told otherwise, on the claim as it is now."""
    op_id = fields.pop("op_id", str(uuid.uuid4()))
    claim_version = fields.pop("claim_version", claim.version)
    who = {"project_id": claim.project_id, "claim_id": claim.id, "user_id": by.id}
    form = {"label": "refuted", **fields}
    return submit(
        session, **who, form=form, version=version, claim_version=claim_version, op_id=op_id
    )


def opened(session: Session, claim: Claim, by: User) -> ReviewState:
    return open_review(session, claim_id=claim.id or 0, user_id=by.id or 0)


def own(session: Session, claim: Claim, by: User) -> Review:
    review = reviews.of_user(session, claim_id=claim.id or 0, user_id=by.id or 0)
    assert review is not None
    return review


def history(session: Session, claim: Claim, by: User) -> list[Event]:
    return events.of_subject(session, subject="review", subject_id=own(session, claim, by).id or 0)


def source_at(session: Session, claim: Claim) -> Source | None:
    return sources.by_address(session, project_id=claim.project_id, canonical_url=A, url=A)


def everything(engine: Engine) -> list[Any]:
    """All rows that a review can touch, as plain values."""
    models = (Claim, Review, Evidence, Source, Resolution, Event, Operation)
    with reading(engine) as session:
        return [row.model_dump() for model in models for row in session.exec(select(model))]


@pytest.fixture
def claim(session: Session) -> Claim:
    return make.claim(session)


@pytest.fixture
def ann(session: Session) -> User:
    return make.user(session, name="ann-07")


def test_a_claim_nobody_touched_opens_empty(session: Session, claim: Claim, ann: User) -> None:
    assert opened(session, claim, ann) == ReviewState(ReviewForm(), 0, "new", has_draft=False)


def test_a_draft_is_there_as_it_was_typed(session: Session, claim: Claim, ann: User) -> None:
    version = drafted(session, claim, ann, justification="Beca", pending={"url": "http"})
    form = ReviewForm(justification="Beca", pending=EvidenceForm(url="http"))
    assert opened(session, claim, ann) == ReviewState(form, version, "draft", has_draft=True)
    assert version == own(session, claim, ann).version == 1


def test_a_draft_is_the_reviewers_own(session: Session, claim: Claim, ann: User) -> None:
    drafted(session, claim, ann, justification="mine")
    assert opened(session, claim, make.user(session)).form == ReviewForm()


def test_a_draft_leaves_the_submitted_verdict_alone(
    session: Session, claim: Claim, ann: User
) -> None:
    first = submitted(session, claim, ann, justification="No.")
    drafted(session, claim, ann, first, label="supported", justification="Or yes?")
    review = own(session, claim, ann)
    assert (review.status, review.justification) == ("submitted", "No.")
    assert review.label_id == make.label(session, "refuted").id
    assert opened(session, claim, ann).form.label == "supported"


def test_a_submission_takes_the_draft_with_it(session: Session, claim: Claim, ann: User) -> None:
    version = drafted(session, claim, ann, justification="Beca")
    submitted(session, claim, ann, version, justification="Because.")
    state = opened(session, claim, ann)
    assert (state.has_draft, state.status, state.form.justification) == (
        False,
        "submitted",
        "Because.",
    )


def test_each_draft_leaves_an_event_with_what_changed_alone(
    session: Session, claim: Claim, ann: User
) -> None:
    version = drafted(session, claim, ann, justification="Beca")
    drafted(session, claim, ann, version, justification="Because", label="refuted")
    first, second = history(session, claim, ann)
    assert (first.kind, first.user_id, first.before) == ("review.drafted", ann.id, {})
    assert first.after["justification"] == "Beca"
    assert second.before == {"justification": "Beca", "label": ""}
    assert second.after == {"justification": "Because", "label": "refuted"}


def test_an_unchanged_draft_changes_nothing(session: Session, claim: Claim, ann: User) -> None:
    version = drafted(session, claim, ann, justification="Same")
    assert drafted(session, claim, ann, version, justification="Same") == version
    assert len(history(session, claim, ann)) == 1


def test_a_draft_sent_twice_is_kept_once(session: Session, claim: Claim, ann: User) -> None:
    version = drafted(session, claim, ann, justification="A", op_id="op-draft-1")
    again = drafted(session, claim, ann, justification="A", op_id="op-draft-1")
    assert (again, len(history(session, claim, ann))) == (version, 1)


def test_a_stale_tabs_draft_never_overwrites(session: Session, claim: Claim, ann: User) -> None:
    version = drafted(session, claim, ann, justification="seen")
    drafted(session, claim, ann, version, justification="newer")
    with pytest.raises(Conflict) as caught:
        drafted(session, claim, ann, version, justification="older")
    assert (caught.value.kind, caught.value.expected, caught.value.found) == ("review", 1, 2)
    assert opened(session, claim, ann).form.justification == "newer"


def test_a_draft_made_on_nothing_meets_one_that_is_there(
    session: Session, claim: Claim, ann: User
) -> None:
    drafted(session, claim, ann, justification="first tab")
    with pytest.raises(Conflict):
        drafted(session, claim, ann, 0, justification="second tab")


def test_a_rollback_takes_the_event_and_the_operation_along(engine: Engine) -> None:
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
    before = everything(engine)

    def interrupted() -> None:
        with transaction(engine) as session:
            drafted(session, claim, ann, justification="half")
            submitted(session, claim, ann, 1, evidence=[{"url": A}], claim_text="New text.")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert everything(engine) == before


def test_a_verdict_is_stored_with_all_that_was_typed(
    session: Session, claim: Claim, ann: User
) -> None:
    source = {"url": A, "title": "Trade", "publisher": "Office", "published_on": "2022-01-15"}
    entry = {**source, "quote": "It fell.", "stance": "refutes"}
    submitted(session, claim, ann, justification="No.", confidence=0.8, evidence=[entry])
    review = own(session, claim, ann)
    ((evidence, document),) = reviews.evidence(session, review_id=review.id or 0)
    assert (review.status, review.justification, review.confidence) == ("submitted", "No.", 0.8)
    assert review.label_id == make.label(session, "refuted").id
    assert (evidence.quote, evidence.stance, evidence.position) == ("It fell.", "refutes", 0)
    assert document.model_dump(mode="json", include=set(source)) == source


def test_the_first_verdict_leaves_one_event(session: Session, claim: Claim, ann: User) -> None:
    submitted(session, claim, ann, justification="No.", op_id="op-submit")
    (event,) = history(session, claim, ann)
    assert (event.kind, event.op_id, event.before) == ("review.submitted", "op-submit", {})
    assert (event.after["label"], event.after["justification"]) == ("refuted", "No.")


def test_a_changed_verdict_says_what_it_was_before(
    session: Session, claim: Claim, ann: User
) -> None:
    version = submitted(session, claim, ann, justification="No.")
    submitted(session, claim, ann, version, label="supported", justification="No.")
    event = history(session, claim, ann)[-1]
    assert (event.before, event.after) == ({"label": "refuted"}, {"label": "supported"})


def test_an_unknown_verdict_is_told_those_that_exist(
    session: Session, claim: Claim, ann: User
) -> None:
    with pytest.raises(UnknownName, match="'maybe' is not a verdict of this project's scheme"):
        submitted(session, claim, ann, label="maybe")


def test_a_verdict_of_another_projects_scheme_is_unknown(session: Session, ann: User) -> None:
    claim = make.claim(session, make.article(session, make.project(session, scheme="fever")))
    with pytest.raises(UnknownName, match="choose one of Supports, Refutes, Not enough info"):
        submitted(session, claim, ann, label="refuted")


def test_two_reviews_that_cite_one_address_share_the_source(
    session: Session, claim: Claim, ann: User
) -> None:
    bob = make.user(session)
    submitted(session, claim, ann, evidence=[{"url": A, "title": "Trade"}])
    submitted(session, claim, bob, evidence=[{"url": A, "publisher": "Office"}, {"url": B}])
    sources = session.exec(select(Source).order_by(Source.id)).all()
    assert [(row.url, row.title, row.publisher) for row in sources] == [
        (A, "Trade", "Office"),
        (B, "", ""),
    ]
    assert opened(session, claim, bob).form.evidence[0].title == "Trade"


def test_another_project_has_sources_of_its_own(session: Session, claim: Claim, ann: User) -> None:
    for judged in (claim, make.claim(session)):
        submitted(session, judged, ann, evidence=[{"url": A}])
    projects = [source.project_id for source in session.exec(select(Source))]
    assert len(set(projects)) == len(projects) == 2


def test_a_source_described_anew_leaves_an_event(session: Session, claim: Claim, ann: User) -> None:
    submitted(session, claim, ann, evidence=[{"url": A, "title": "Trade"}])
    submitted(session, claim, make.user(session), evidence=[{"url": A, "title": "Trade 2022"}])
    source = source_at(session, claim)
    event = events.of_subject(session, subject="source", subject_id=source.id)[-1]
    assert (event.before, event.after) == ({"title": "Trade"}, {"title": "Trade 2022"})


def test_the_source_still_typed_is_stored_when_complete(
    session: Session, claim: Claim, ann: User
) -> None:
    submitted(session, claim, ann, evidence=[{"url": A}], pending={"url": B, "quote": "q"})
    form = opened(session, claim, ann).form
    assert [entry.url for entry in form.evidence] == [A, B]
    assert form.pending == EvidenceForm()


def test_the_source_still_typed_is_refused_by_its_number(
    session: Session, claim: Claim, ann: User
) -> None:
    with pytest.raises(InputError, match="Source 2: it has no URL"):
        submitted(session, claim, ann, evidence=[{"url": A}], pending={"title": "Trade"})
    assert opened(session, claim, ann).status == "new"


def test_a_save_sent_twice_is_carried_out_once(engine: Engine) -> None:
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
        form = {"evidence": [{"url": A}], "claim_text": "New.", "op_id": "op-save-1"}
        first = submitted(session, claim, ann, claim_version=1, **form)
    before = everything(engine)
    with transaction(engine) as session:
        again = submitted(session, claim, ann, claim_version=1, **form)
    assert (again, everything(engine)) == (first, before)


def test_a_save_on_a_stale_review_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
        version = submitted(session, claim, ann, justification="seen")
        submitted(session, claim, ann, version, justification="newer")
    before = everything(engine)

    def stale() -> None:
        with transaction(engine) as session:
            submitted(session, claim, ann, version, claim_text="Other.", evidence=[{"url": A}])

    with pytest.raises(Conflict, match="Nothing was overwritten"):
        stale()
    assert everything(engine) == before


def test_a_rejected_claim_takes_no_verdict(session: Session, ann: User) -> None:
    for state in ("rejected", "retired"):
        claim = make.claim(session, state=state)
        for save in (submitted, drafted):
            with pytest.raises(NotAllowed, match=f"was {state} in the meantime"):
                save(session, claim, ann)


def test_a_claim_of_another_project_is_not_found(session: Session, claim: Claim, ann: User) -> None:
    other = make.project(session)
    for save, more in ((save_draft, {}), (submit, {"claim_version": 1})):
        with pytest.raises(NotFound, match=f"no claim {claim.id} here"):
            save(
                session,
                project_id=other.id,
                claim_id=claim.id,
                user_id=ann.id,
                form={"label": "refuted"},
                version=0,
                op_id="op-other",
                **more,
            )


def test_evidence_taken_away_is_retired_and_stays_in_the_table(
    session: Session, claim: Claim, ann: User
) -> None:
    version = submitted(session, claim, ann, evidence=[{"url": A}, {"url": B}])
    kept = opened(session, claim, ann).form.as_json()["evidence"][1]
    submitted(session, claim, ann, version, evidence=[kept])
    rows = session.exec(select(Evidence).order_by(Evidence.id)).all()
    assert [row.retired_at is None for row in rows] == [False, True]
    assert [entry.url for entry in opened(session, claim, ann).form.evidence] == [B]
    assert source_at(session, claim) is not None


def test_evidence_that_is_edited_stays_the_same_row(
    session: Session, claim: Claim, ann: User
) -> None:
    version = submitted(session, claim, ann, evidence=[{"url": A, "quote": "old"}])
    entry = opened(session, claim, ann).form.as_json()["evidence"][0]
    edited = {**entry, "quote": "new", "url": B, "stance": "context"}
    submitted(session, claim, ann, version, evidence=[{"url": A}, edited])
    first, second = opened(session, claim, ann).form.evidence
    assert (second.id, second.url, second.quote, second.stance) == (
        entry["id"],
        B,
        "new",
        "context",
    )
    assert first.id != entry["id"]


def test_the_evidence_of_others_cannot_be_taken_over(
    session: Session, claim: Claim, ann: User
) -> None:
    theirs = make.evidence(session, make.review(session, claim), quote="theirs")
    submitted(session, claim, ann, evidence=[{"url": A, "quote": "mine", "id": theirs.id}])
    assert opened(session, claim, ann).form.evidence[0].id != theirs.id
    assert (theirs.quote, theirs.retired_at) == ("theirs", None)


def test_a_new_claim_text_is_stored_with_the_verdict(
    session: Session, claim: Claim, ann: User
) -> None:
    submitted(session, claim, ann, claim_text=" Exports rose by 4 percent in 2026. ")
    (event,) = events.of_subject(session, subject="claim", subject_id=claim.id)[:1]
    assert claim.text == "Exports rose by 4 percent in 2026."
    assert claim.quote == make.QUOTE
    assert (event.kind, event.before) == ("claim.rewritten", {"text": make.QUOTE})
    assert opened(session, claim, ann).form.claim_text == ""


def test_a_claim_rewritten_by_others_is_not_overwritten(engine: Engine) -> None:
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
    with transaction(engine) as session:
        session.get_one(Claim, claim.id).text = "Theirs."
    before = everything(engine)

    def stale() -> None:
        with transaction(engine) as session:
            submitted(session, claim, ann, claim_text="Mine.", claim_version=1)

    with pytest.raises(Conflict, match="This claim was changed elsewhere"):
        stale()
    assert everything(engine) == before


def test_a_text_left_alone_does_not_ask_for_the_claims_version(
    session: Session, claim: Claim, ann: User
) -> None:
    submitted(session, claim, ann, claim_version=99)
    assert (claim.version, claim.text) == (1, make.QUOTE)


def test_a_verdict_takes_the_claim_off_the_reviewers_queue(
    session: Session, claim: Claim, ann: User
) -> None:
    submitted(session, claim, ann)
    row = queue.assignment(session, claim_id=claim.id or 0, user_id=ann.id or 0)
    assert row is not None
    assert row.state == "done"


def test_the_id_of_another_operation_never_passes_for_this_one(
    session: Session, claim: Claim, ann: User
) -> None:
    """Otherwise the verdict would be acknowledged and not be there."""
    version = drafted(session, claim, ann, label="refuted", op_id="op-reused")
    with pytest.raises(InputError):
        submitted(session, claim, ann, version, op_id="op-reused")


HARD = [
    "👩‍👩‍👧",
    "🇧🇪",
    "e\u0301",
    "ה\u0591",
    "مرحبا",
    "\u202eevil\u202c",
    "\r\n",
    "\n\n",
    "\ufeff",
    "�",
    "\u200d",
]
texts = st.lists(
    st.sampled_from(HARD) | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    max_size=6,
).map("".join)
one_line = texts.map(str.strip)
days = st.dates(max_value=make.NOON.date()).map(str)
answers = st.fixed_dictionaries({"answer_type": st.just(""), "explanation": texts}) | (
    st.fixed_dictionaries(
        {
            "question": one_line.filter(bool),
            "answer_type": st.sampled_from(["extractive", "abstractive"]),
            "answer": texts.filter(str.strip),
        }
    )
)
cited = st.builds(
    lambda about, answer: EvidenceForm(**about, **answer),
    st.fixed_dictionaries(
        dict.fromkeys(("title", "publisher", "author"), one_line)
        | {
            "published_on": st.just("") | days,
            "accessed_on": days,
            "medium": st.sampled_from(MEDIA),
            "set_number": st.integers(1, 20),
            "quote": texts,
            "stance": st.sampled_from(STANCES),
        }
    ),
    answers,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    justification=texts,
    confidence=st.none() | st.floats(0, 1),
    evidence=st.lists(cited, max_size=3),
)
def test_any_text_comes_back_as_it_was_submitted(
    engine: Engine, justification: str, confidence: float | None, evidence: list[EvidenceForm]
) -> None:
    numbered = enumerate(evidence)
    entries = tuple(
        replace(entry, url=f"https://{uuid.uuid4()}.example/{n}") for n, entry in numbered
    )
    form = ReviewForm("refuted", justification, confidence, entries)
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
        version = submitted(session, claim, ann, **form.as_json())
    with reading(engine) as session:
        state = opened(session, claim, ann)
    found = replace(state.form, evidence=tuple(replace(e, id=None) for e in state.form.evidence))
    assert (found, state.version, state.status) == (form, version, "submitted")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=texts, pending=cited)
def test_any_text_comes_back_as_it_was_drafted(
    engine: Engine, text: str, pending: EvidenceForm
) -> None:
    form = ReviewForm(text, text, None, (pending,), replace(pending, url="https:/"), text)
    with transaction(engine) as session:
        claim, ann = make.claim(session), make.user(session)
        drafted(session, claim, ann, **form.as_json())
    with reading(engine) as session:
        assert opened(session, claim, ann).form == form
