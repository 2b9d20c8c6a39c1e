"""The history in words, found by filters, as files, and hidden from whom it is not for."""

import csv
import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from db.models import Claim, Project, User, utc_now
from db.queries import history
from db.queries.history import EVERYTHING, EventFilter, EventRow
from db.queries.search import Viewer
from tests import factories as make
from workbench.workflow import claiming, commenting, flagging, reviewing, tracing, undoing
from workbench.workflow.narrating import changes, names_of, words

SECRET = "planted-secret"
WORDS = st.text(max_size=40).map(str.strip)
Who = Callable[[str], User]


@pytest.fixture
def claim(session: Session) -> Claim:
    return make.claim(session, state="proposed", text="It rose.")


@pytest.fixture
def ada(session: Session) -> User:
    return make.user(session, name="ada", display_name="Ada")


@pytest.fixture
def ben(session: Session) -> User:
    return make.user(session, name="ben", display_name="Ben")


def verdict(session: Session, claim: Claim, by: User, text: str = "", version: int = 0) -> int:
    session.flush()
    return reviewing.submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": "refuted", "justification": text, "evidence": [_evidence(text)]},
        version=version,
        claim_version=claim.version,
        op_id=str(uuid.uuid4()),
    )


def _evidence(text: str) -> dict[str, Any]:
    return {"url": "https://a.example/1", "title": text, "quote": text, "stance": "refutes"}


def found(
    session: Session, claim: Claim, by: User, wanted: EventFilter = EVERYTHING, **see: bool
) -> list[EventRow]:
    viewer = Viewer(claim.project_id, by.id or 0, **see)
    return history.page(session, viewer, wanted, limit=100)


def said(session: Session, claim: Claim, by: User, wanted: EventFilter = EVERYTHING) -> list[str]:
    """The events in words, the oldest first."""
    names = names_of(session, project_id=claim.project_id)
    return [words(row, names) for row in reversed(found(session, claim, by, wanted))]


def who(claim: Claim, by: User) -> dict[str, int]:
    return {"project_id": claim.project_id, "claim_id": claim.id or 0, "user_id": by.id or 0}


def rewrite(session: Session, claim: Claim, by: User, text: str) -> None:
    claiming.rewrite(session, **who(claim, by), text=text, version=claim.version)
    session.flush()


def test_each_event_is_a_sentence(session: Session, claim: Claim, ada: User) -> None:
    rewrite(session, claim, ada, "It fell.")
    commenting.comment(session, claim=claim, user_id=ada.id or 0, text="Did it?")
    version = verdict(session, claim, ada)
    verdict(session, claim, ada, "Because.", version)
    number = claim.id
    told = said(session, claim, ada)
    assert [line for line in told if "source" not in line] == [
        f"Ada changed the text of claim {number}",
        f"Ada commented on claim {number}",
        f"Ada gave the verdict on claim {number}",
        f"Ada settled the final verdict on claim {number}",
        f"Ada changed the review of claim {number}",
    ]


def test_an_undo_says_what_it_took_back(session: Session, claim: Claim, ada: User) -> None:
    rewrite(session, claim, ada, "It fell.")
    where = {"project_id": claim.project_id, "user_id": ada.id or 0}
    step, _ = undoing.next_steps(session, **where)
    assert step is not None
    undoing.undo(session, **where, event_id=step.event_id)
    session.flush()
    assert said(session, claim, ada)[-1] == f"Ada took back: changed the text of claim {claim.id}"


def test_what_changed_is_told_before_and_after(session: Session, claim: Claim, ada: User) -> None:
    rewrite(session, claim, ada, "It fell.")
    verdict(session, claim, ada, "Because.")
    names = names_of(session, project_id=claim.project_id)
    told = {row.kind: changes(row, names) for row in found(session, claim, ada)}
    (text,) = told["claim.rewritten"]
    assert (text.title, text.before, text.after) == ("Text", "It rose.", "It fell.")
    shown = {change.title: change.after for change in told["review.submitted"]}
    assert shown["Verdict"] == "Refuted"
    assert shown["Evidence"] == "Refutes: Because. · https://a.example/1 · “Because.”"


def test_a_kind_that_nobody_has_words_for_is_told_all_the_same(
    session: Session, claim: Claim, ada: User
) -> None:
    rewrite(session, claim, ada, "It fell.")
    (row,) = found(session, claim, ada)
    odd = EventRow(**{name: getattr(row, name) for name in row.__slots__} | {"kind": "claim.sung"})
    names = names_of(session, project_id=claim.project_id)
    assert words(odd, names) == f"Ada sung (claim) · claim {claim.id}"


def test_the_history_of_a_claim_holds_all_on_it_and_nothing_else(
    session: Session, claim: Claim, ada: User
) -> None:
    other = make.claim(session, state="proposed")
    other.project_id = claim.project_id
    rewrite(session, other, ada, "Another.")
    rewrite(session, claim, ada, "It fell.")
    commenting.comment(session, claim=claim, user_id=ada.id or 0, text="Did it?")
    flagging.raise_flag(session, claim=claim, user_id=ada.id or 0, reason="Look")
    version = verdict(session, claim, ada, "One.")
    form = {**_evidence("Two."), "publisher": "Office"}
    reviewing.submit(
        session,
        **who(claim, ada),
        form={"label": "refuted", "evidence": [form]},
        version=version,
        claim_version=claim.version,
        op_id="another-op",
    )
    rows = found(session, claim, ada, EventFilter(claim_id=claim.id))
    assert {row.claim_id for row in rows} == {claim.id}
    assert {row.subject for row in rows} == {"claim", "comment", "flag", "review", "source"}


def test_filters_by_person_subject_kind_and_day(
    session: Session, claim: Claim, ada: User, ben: User
) -> None:
    session.get_one(Project, claim.project_id).blind = False
    rewrite(session, claim, ada, "It fell.")
    commenting.comment(session, claim=claim, user_id=ben.id or 0, text="Did it?")
    session.flush()
    today, day = utc_now().date(), timedelta(days=1)
    for wanted, n in (
        (EVERYTHING, 2),
        (EventFilter(person="ben"), 1),
        (EventFilter(person="nobody"), 0),
        (EventFilter(subject="comment"), 1),
        (EventFilter(kind="claim.rewritten"), 1),
        (EventFilter(kind="claim.accepted"), 0),
        (EventFilter(day_from=today - day, day_to=today + day), 2),
        (EventFilter(day_from=today + day + day), 0),
        (EventFilter(day_to=today - day - day), 0),
        (EventFilter(day_to=date.max), 2),
    ):
        assert len(found(session, claim, ada, wanted)) == n, wanted


def test_pages_follow_one_another(session: Session, claim: Claim, ada: User) -> None:
    for n in range(5):
        rewrite(session, claim, ada, f"Number {n}.")
    viewer = Viewer(claim.project_id, ada.id or 0)
    first = history.page(session, viewer, EVERYTHING, limit=3)
    rest = history.page(session, viewer, EVERYTHING, limit=3, before_id=first[-1].id)
    ids = [row.id for row in [*first, *rest]]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)


def speak(session: Session, claim: Claim, by: User) -> None:
    """All that somebody can say about a claim, a draft at the end."""
    version = verdict(session, claim, by, SECRET)
    commenting.comment(session, claim=claim, user_id=by.id or 0, text=SECRET)
    flagging.raise_flag(session, claim=claim, user_id=by.id or 0, reason=SECRET)
    draft(session, claim, by, version, f"draft {SECRET}")


def draft(session: Session, claim: Claim, by: User, version: int, text: str) -> None:
    reviewing.save_draft(
        session,
        **who(claim, by),
        form={"justification": text},
        version=version,
        op_id=str(uuid.uuid4()),
    )
    session.flush()


def all_said(session: Session, claim: Claim, by: User, **see: bool) -> str:
    """Everything that the person finds, on the page and in the files, drafts asked for as well."""
    viewer = Viewer(claim.project_id, by.id or 0, **see)
    parts = []
    for wanted in (
        EventFilter(drafts=True),
        EventFilter(kind="review.drafted"),
        EventFilter(claim_id=claim.id, drafts=True),
    ):
        parts += [str(row) for row in history.page(session, viewer, wanted, limit=1_000)]
        parts += [json.dumps(line) for line in tracing.lines(session, viewer, wanted)]
    return "\n".join(parts)


def test_a_blind_reviewer_reads_nothing_that_others_said(
    session: Session, claim: Claim, ada: User, ben: User
) -> None:
    rewrite(session, claim, ada, "It fell.")
    speak(session, claim, ada)
    told = all_said(session, claim, ben)
    assert SECRET not in told
    assert "claim.resolved" not in told
    assert "It fell." in told, "what was done to the claim itself is open"
    assert SECRET in all_said(session, claim, ada)


def test_who_has_judged_too_reads_it_but_never_the_drafts(
    session: Session, claim: Claim, ada: User, ben: User
) -> None:
    speak(session, claim, ada)
    draft(session, claim, ben, 0, "mine")
    assert SECRET not in all_said(session, claim, ben), "a draft of one's own opens nothing"
    review = reviewing.open_review(session, claim_id=claim.id or 0, user_id=ben.id or 0)
    verdict(session, claim, ben, version=review.version)
    told = all_said(session, claim, ben)
    assert SECRET in told
    assert f"draft {SECRET}" not in told
    assert "mine" in told


@pytest.mark.parametrize("how", ["not blind", "sees all"])
def test_whom_blindness_does_not_bind_reads_all_but_drafts(
    session: Session, claim: Claim, ada: User, ben: User, how: str
) -> None:
    speak(session, claim, ada)
    session.get_one(Project, claim.project_id).blind = how == "sees all"
    session.flush()
    told = all_said(session, claim, ben, sees_all=how == "sees all")
    assert SECRET in told
    assert f"draft {SECRET}" not in told


def test_other_projects_stay_out(session: Session, claim: Claim, ada: User) -> None:
    elsewhere = make.claim(session, state="proposed")
    rewrite(session, elsewhere, ada, SECRET)
    assert SECRET not in all_said(session, claim, ada, sees_all=True)


def test_the_files_hold_what_was_found_and_no_formula(
    session: Session, claim: Claim, ada: User, tmp_path: Path
) -> None:
    ada.display_name = "=1+1"
    rewrite(session, claim, ada, "It\nfell, 🎉.")
    viewer = Viewer(claim.project_id, ada.id or 0)
    for suffix, write in tracing.WRITERS.items():
        write(tracing.lines(session, viewer, EVERYTHING), tmp_path / suffix)
    (line,) = map(json.loads, (tmp_path / "jsonl").read_text("utf-8").splitlines())
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(line) == tuple(row) == tracing.COLUMNS
    assert line["after"] == json.loads(row["after"]) == {"text": "It\nfell, 🎉."}
    assert line["words"] == f"=1+1 changed the text of claim {claim.id}"
    assert row["words"] == f"'{line['words']}"
    assert (line["user"], line["claim_id"]) == ("ada", claim.id)


@given(
    st.builds(
        EventFilter,
        claim_id=st.none() | st.integers(0, 10**14),
        person=WORDS,
        subject=WORDS,
        kind=WORDS,
        day_from=st.none() | st.dates(),
        day_to=st.none() | st.dates(),
        drafts=st.booleans(),
    )
)
def test_a_filter_goes_into_an_address_and_comes_back_the_same(wanted: EventFilter) -> None:
    assert tracing.from_query(tracing.to_query(wanted)) == wanted


@pytest.mark.parametrize("query", [{"claim": ["x" * 99]}, {"from": ["soon"]}, {"claim": ["-1"]}])
def test_what_an_address_cannot_mean_is_left_out(query: dict[str, list[str]]) -> None:
    assert tracing.from_query(query) == EVERYTHING
