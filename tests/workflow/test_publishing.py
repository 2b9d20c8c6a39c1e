"""What leaves the database is what is in it, whole, in one order, and nothing that is nobody's."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from db.engine import reading
from db.models import ClaimLineage, Comment, Evidence, Flag
from tests import factories as make
from workbench.errors import InputError, NotFound, UnknownName
from workbench.workflow.guiding import publish_guideline
from workbench.workflow.publishing import export, export_records
from workbench.workflow.reviewing import submit


def exported(session: Session, project_id: int | None) -> list[Any]:
    session.flush()
    return list(export_records(session, project_id=project_id or 0))


def test_a_claim_is_exported_with_everything_that_hangs_on_it(session: Session) -> None:
    claim = make.claim(session, speaker="The minister", through=["TASS"], kind="quantity")
    lead, reviewer = make.user(session, name="lead-1"), make.user(session, name="ann-07")
    review = make.review(session, claim, reviewer, label="refuted", justification="No.")
    source = make.source(session, url="https://stats.example", published_on=date(2026, 1, 2))
    make.evidence(session, review, source, quote="It fell.", stance="refutes")
    make.resolution(session, claim, label="refuted", how="adjudicated", decided_by_id=lead.id)

    (record,) = exported(session, claim.project_id)

    assert record.article.text[record.claim.start : record.claim.end] == record.claim.quote
    assert record.claim.attribution.name == "The minister"
    assert (record.scheme, record.claim.type) == ("averitec", "quantity")
    assert (record.resolution.label, record.resolution.decided_by) == ("refuted", "lead-1")
    assert (record.reviews[0].reviewer, record.reviews[0].title) == ("ann-07", "Refuted")
    (evidence,) = record.reviews[0].evidence
    assert (evidence.url, evidence.published_on) == ("https://stats.example", date(2026, 1, 2))


def test_claims_stand_in_the_order_of_the_text(session: Session) -> None:
    article = make.article(session, text="one two three")
    for quote in ("three", "one", "two", "one two"):
        make.claim(session, article, quote=quote)
    quotes = [record.claim.quote for record in exported(session, article.project_id)]
    assert quotes == ["one", "one two", "two", "three"]


def test_retired_claims_and_articles_stay_behind(session: Session) -> None:
    project = make.project(session)
    article = make.article(session, project)
    for state in ("proposed", "accepted", "rejected", "retired"):
        make.claim(session, article, state=state)
    gone = make.article(session, project, text="gone", retired_at=datetime.now(UTC))
    make.claim(session, gone)
    states = [record.claim.state for record in exported(session, project.id)]
    assert states == ["proposed", "accepted", "rejected"]


def test_a_draft_is_nobodys_verdict_yet(session: Session) -> None:
    claim = make.claim(session)
    make.review(session, claim, status="draft", label="refuted")
    make.review(session, claim, label="supported")
    (record,) = exported(session, claim.project_id)
    assert [review.label for review in record.reviews] == ["supported"]


def test_retired_evidence_stays_behind(session: Session) -> None:
    review = make.review(session, claim := make.claim(session))
    make.evidence(session, review, quote="kept")
    make.evidence(session, review, quote="taken back", retired_at=datetime.now(UTC))
    (record,) = exported(session, claim.project_id)
    assert [evidence.quote for evidence in record.reviews[0].evidence] == ["kept"]


def test_evidence_is_exported_with_all_that_was_typed(session: Session) -> None:
    review = make.review(session, claim := make.claim(session))
    address = "https://stats.example/1"
    source = make.source(session, url=f"{address}#t", canonical_url=address, medium="PDF")
    asked = {"question": "Did it?", "answer": "No", "answer_type": "boolean", "explanation": "So."}
    make.evidence(session, review, source, set_number=2, **asked)
    make.snapshot(session, canonical_url=address, text="It fell.")
    unanswered = Evidence(review_id=review.id, position=1, question="Why?")
    unanswered.answer_type = "unanswerable"
    session.add(unanswered)
    (record,) = exported(session, claim.project_id)
    first, second = record.reviews[0].evidence
    assert (first.url, first.canonical_url, first.medium) == (source.url, address, "PDF")
    assert asked.items() <= asdict(first).items()
    assert (first.set_number, [copy.how for copy in first.copies]) == (2, ["pasted"])
    assert (second.url, second.medium, second.accessed_at) == ("", "", None)
    assert (second.question, second.answer_type) == ("Why?", "unanswerable")


def test_other_projects_stay_out(session: Session) -> None:
    make.review(session)
    assert exported(session, make.project(session).id) == []


def test_a_claim_says_what_it_came_from_and_who_made_it(session: Session) -> None:
    article = make.article(session)
    parent = make.claim(session, article, state="retired")
    child = make.claim(session, article, created_by_id=make.user(session, name="ann-07").id)
    session.add(ClaimLineage(child_id=child.id, parent_id=parent.id, how="split"))
    (record,) = exported(session, article.project_id)
    assert [(came.claim_id, came.how) for came in record.claim.came_from] == [(parent.id, "split")]
    assert record.claim.created_by == "ann-07"
    assert record.claim.attribution is None


def test_many_claims_take_few_queries(session: Session, engine: Engine) -> None:
    article = make.article(session)
    for number in range(1_100):
        claim = make.claim(session, article, start=number % 50, end=51)
        if number % 100 == 0:
            make.evidence(session, make.review(session, claim))
    session.commit()
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    with reading(engine) as session:
        assert len(exported(session, article.project_id)) == 1_100
    # Nine for each of three portions, and what opens the project.
    assert len(statements) <= 3 * 9 + 4


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_the_same_database_is_the_same_bytes(format: str, session: Session, tmp_path: Path) -> None:
    claim = make.claim(session)
    make.evidence(session, make.review(session, claim))
    for name in ("one", "two"):
        export(session, project_id=claim.project_id, format=format, path=tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_report_counts_and_the_file_holds_them(session: Session, tmp_path: Path) -> None:
    claim = make.claim(session, text="Exports 🎉 rose.")
    path = tmp_path / "claims.jsonl"
    report = export(session, project_id=claim.project_id, format="jsonl", path=path)
    assert (report.selected, report.written, report.left_out) == (1, 1, ())
    assert json.loads(path.read_text(encoding="utf-8"))["claim"]["text"] == "Exports 🎉 rose."


def test_what_the_user_got_wrong_is_said(session: Session, tmp_path: Path) -> None:
    id = make.project(session).id or 0
    with pytest.raises(UnknownName, match="'xls' is not a format; choose one of averitec"):
        export(session, project_id=id, format="xls", path=tmp_path / "x")
    with pytest.raises(InputError, match="is a folder"):
        export(session, project_id=id, format="csv", path=tmp_path)
    with pytest.raises(NotFound, match="no project 999"):
        export(session, project_id=999, format="csv", path=tmp_path / "x")


def test_comments_flags_facts_and_the_guideline_s_version_are_taken_along(
    session: Session, tmp_path: Path
) -> None:
    claim = make.claim(session, claim_types=["Causal Claim"], place="FR", reason="Too vague")
    asks, answers = make.user(session), make.user(session)
    label = make.label(session)
    project_id, claim_id = claim.project_id, claim.id or 0
    publish_guideline(session, project_id=project_id, text="Be fair.", user_id=None)
    submit(
        session,
        project_id=project_id,
        claim_id=claim_id,
        user_id=asks.id or 0,
        form={"label": label.key},
        version=0,
        claim_version=claim.version,
        op_id="once",
    )
    first = Comment(claim_id=claim_id, user_id=asks.id or 0, text="Which one?")
    session.add(first)
    session.flush()
    session.add(
        Comment(claim_id=claim_id, user_id=answers.id or 0, text="This.", thread_id=first.id)
    )
    session.add(Flag(claim_id=claim_id, user_id=answers.id or 0, reason="Two readings"))
    session.flush()

    path = tmp_path / "claims.jsonl"
    export(session, project_id=project_id, format="jsonl", path=path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [one["guideline_version"] for one in found["reviews"]] == [1]
    assert [(one["author"], one["text"], one["thread"]) for one in found["comments"]] == [
        (asks.name, "Which one?", None),
        (answers.name, "This.", first.id),
    ]
    assert [(one["raised_by"], one["lowered_at"]) for one in found["flags"]] == [
        (answers.name, None)
    ]
    said = found["claim"]
    assert (said["claim_types"], said["place"], said["state_reason"]) == (
        ["Causal Claim"],
        "FR",
        "Too vague",
    )


def test_a_verdict_reached_by_phases_rests_on_the_evidence_of_all_of_them(
    session: Session, tmp_path: Path
) -> None:
    claim = make.claim(session)
    for phase, label, question in (
        ("evidence", "refuted", "What does the office say?"),
        ("verdict", "supported", ""),
        ("dispute", "supported", "What does the bank say?"),
        ("control", "supported", ""),
    ):
        review = make.review(session, claim, label=label, phase=phase)
        if question:
            make.evidence(session, review, question=question, answer="It rose.")
    make.resolution(session, claim, label="supported", how="majority")
    session.flush()
    path = tmp_path / "averitec.json"
    export(session, project_id=claim.project_id, format="averitec", path=path)
    [written] = json.loads(path.read_text())
    asked = [each["question"] for each in written["questions"]]
    assert asked == ["What does the office say?", "What does the bank say?"]
    assert written["label"] == "Supported"


def test_why_reviewers_differed_and_what_the_others_said_are_taken_along(session: Session) -> None:
    claim, ann = make.claim(session), make.user(session, name="ann-07")
    row = make.review(session, claim, ann, label="supported", justification="It rose.")
    told = {
        "user_id": ann.id,
        "label_id": row.label_id,
        "justification": "It rose.",
        "confidence": None,
        "submitted_at": make.NOON.isoformat(),
    }
    make.resolution(session, claim, label="refuted", how="majority", cause="slip", dissent=[told])
    (record,) = exported(session, claim.project_id)
    assert record.resolution.cause == "slip"
    (other,) = record.resolution.dissent
    assert (other.reviewer, other.label, other.title) == ("ann-07", "supported", "Supported")
    assert (other.justification, other.submitted_at) == ("It rose.", make.NOON)
