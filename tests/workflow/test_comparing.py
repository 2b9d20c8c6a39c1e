"""Agreement computed from a real database: stages, slices, and the claims behind each number."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from db.models import Claim, Event, Project
from db.queries import search
from db.queries.search import NONE, Viewer
from tests import factories as make
from workbench.errors import NotPermitted, UnknownName
from workbench.reviewing import agreement as coefficients
from workbench.workflow.comparing import SLICES, compare, slices, stages
from workbench.workflow.estimating import estimate

TYPES = [["Numerical Claim"], ["Numerical Claim", "Causal Claim"], []]


@pytest.fixture
def project(session: Session) -> Project:
    return make.project(session, blind=False)


@pytest.fixture
def crowd(session: Session, project: Project) -> list[list[str | None]]:
    """Forty claims of two outlets that up to four people judged; what they said, by claim."""
    draw, rows = random.Random(5), []
    people = [make.user(session, name=f"r{n}", display_name=f"Reviewer {n}") for n in range(4)]
    keys = list(stages(session, project_id=project.id)["verdict"].labels)
    sources = [make.source(session, project) for _ in range(2)]
    for outlet in ("Ledger", ""):
        article = make.article(session, project, outlet=outlet, text=f"{make.TEXT} {outlet}")
        for n in range(20):
            kind = {"kind": draw.choice(["event", ""])}
            claim = make.claim(session, article, **kind, claim_types=draw.choice(TYPES))
            true, at = draw.choice(keys), make.NOON + timedelta(days=n)
            row = [said(draw, true, keys) for _ in people]
            for person, key in zip(people, row, strict=True):
                if key is None:
                    continue
                review = make.review(session, claim, person, label=key, submitted_at=at)
                stance = draw.choice(["supports", "refutes"])
                make.evidence(session, review, draw.choice(sources), stance=stance)
                if draw.random() < 0.3:
                    act(session, claim, person, draw.choice(["claim.moved", "claim.rejected"]))
            rows.append(row)
    return rows


def said(draw: random.Random, true: str, keys: list[str]) -> str | None:
    if draw.random() < 0.3:
        return None
    return true if draw.random() < 0.6 else draw.choice(keys)


def act(session: Session, claim, by, kind: str) -> None:
    at = make.NOON + timedelta(days=40)
    given = {"project_id": claim.project_id, "user_id": by.id, "kind": kind, "at": at}
    session.add(Event(subject="claim", subject_id=claim.id, **given))
    session.flush()


def found(session: Session, project: Project, wanted) -> int:
    return search.n_found(session, Viewer(project.id, 0, sees_all=True), wanted)


def test_the_verdicts_coefficients_are_those_of_the_table(session, project, crowd) -> None:
    report = compare(session, project_id=project.id, user_id=None, stage="verdict")
    keys = list(report.stage.labels)
    assert list(report.whole.coefficients) == coefficients.agreement(crowd, keys)
    given = [[key for key in row if key] for row in crowd]
    assert report.n_items == sum(bool(row) for row in given)
    assert report.whole.n_items == sum(len(row) >= 2 for row in given)
    assert report.whole.n_disagreed == sum(len(set(row)) >= 2 for row in given)
    assert report.reviewers == {f"r{n}": f"Reviewer {n}" for n in range(4)}


def test_the_confusion_counts_claims_by_what_one_and_another_said(session, project, crowd) -> None:
    report = compare(session, project_id=project.id, user_id=None, stage="verdict")
    for row, first in zip(report.confusion, report.stage.labels, strict=True):
        for n, second in zip(row, report.stage.labels, strict=True):
            least = 2 if first == second else 1
            assert n == sum(
                line.count(first) >= least and line.count(second) >= 1 for line in crowd
            )
            assert n == found(session, project, report.cell(first, second))


@pytest.mark.parametrize("by", SLICES)
@pytest.mark.parametrize("stage", ["verdict", "claim", "boundaries"])
def test_every_number_is_that_of_the_claims_that_its_link_finds(
    session, project, crowd, stage, by
) -> None:
    asked = {"project_id": project.id, "user_id": None, "stage": stage}
    groups = slices(session, **asked, by=by, names=["percent"], rounds=5)
    assert groups
    for group in [*groups, compare(session, **asked, rounds=5).whole]:
        assert found(session, project, group.wanted) == group.n_items
        differ = replace(group.wanted, disagreed=True)
        assert found(session, project, differ) == group.n_disagreed


def test_stances_are_compared_by_claim_and_source(session, project, crowd) -> None:
    report = compare(session, project_id=project.id, user_id=None, stage="stance", rounds=5)
    assert list(report.stage.labels) == ["supports", "context", "refutes"]
    assert report.n_items > found(session, project, report.whole.wanted) > 0


def test_slices_are_those_of_their_claims(session, project, crowd) -> None:
    def values(by: str, **more) -> dict[str, int]:
        asked = {"project_id": project.id, "user_id": None, "stage": "verdict", "rounds": 1}
        return {one.key: one.n_items for one in slices(session, **asked, by=by, **more)}

    twice = [sum(key is not None for key in row) >= 2 for row in crowd]
    assert values("outlet") == {"Ledger": sum(twice[:20]), NONE: sum(twice[20:])}
    assert list(values("type")) == ["Numerical Claim", "Causal Claim", NONE]
    assert list(values("week")) == ["2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"]
    assert list(values("label")) == list(stages(session, project_id=project.id)["verdict"].labels)
    pairs = values("pair")
    assert len(pairs) == 6
    assert pairs["r0 + r3"] == sum(row[0] is not None and row[3] is not None for row in crowd)
    assert list(values("pair", limit=2).items()) == list(pairs.items())[:2]


def test_a_pair_has_the_kappa_of_its_two_columns(session, project, crowd) -> None:
    asked = {"project_id": project.id, "user_id": None, "stage": "verdict", "by": "pair"}
    keys = list(stages(session, project_id=project.id)["verdict"].labels)
    for pair in slices(session, **asked, names=["cohen_kappa"], rounds=1):
        first, second = (int(name[1]) for name in pair.key.split(" + "))
        expected = coefficients.cohen_kappa([[row[first], row[second]] for row in crowd], keys)
        assert pair.coefficients[0].value == pytest.approx(expected, abs=1e-12)


def test_an_empty_project_has_nothing_to_compare(session, project) -> None:
    for stage in stages(session, project_id=project.id):
        asked = {"project_id": project.id, "user_id": None, "stage": stage}
        report = compare(session, **asked)
        assert (report.n_items, report.whole.n_items, report.reviewers) == (0, 0, {})
        assert {one.value for one in report.whole.coefficients} == {None}
        assert [slices(session, **asked, by=by) for by in SLICES] == [[]] * len(SLICES)
    assert estimate(session, project_id=project.id, user_id=None).claims == ()


def test_a_stage_or_a_slice_that_is_not_there_is_named(session, project) -> None:
    asked = {"project_id": project.id, "user_id": None}
    with pytest.raises(UnknownName, match="'mood' is not a stage of the work; choose one of verd"):
        compare(session, **asked, stage="mood")
    with pytest.raises(UnknownName, match="'moon' is not a slice of agreement; choose one of outl"):
        slices(session, **asked, stage="verdict", by="moon")


def test_a_blind_reviewer_learns_only_of_claims_that_they_judged(session, project) -> None:
    project.blind = True
    reviewer, lead = (make.member(session, project, role) for role in ("reviewer", "lead"))
    article = make.article(session, project)
    for judged in (True, False):
        claim = make.claim(session, article)
        for _ in range(2):
            make.review(session, claim)
        if judged:
            make.review(session, claim, reviewer)
    seen = {
        person.name: compare(session, project_id=project.id, user_id=person.id, stage="verdict")
        for person in (reviewer, lead)
    }
    assert [report.whole.n_items for report in seen.values()] == [1, 2]
    by_pair = {"project_id": project.id, "stage": "verdict", "by": "pair"}
    assert len(slices(session, **by_pair, user_id=reviewer.id)) == 3
    assert len(estimate(session, project_id=project.id, user_id=reviewer.id).claims) == 1


def test_a_stranger_learns_nothing(session, project) -> None:
    stranger = make.user(session, joined_at=make.NOON)
    asked = {"project_id": project.id, "user_id": stranger.id}
    for act in (
        lambda: compare(session, **asked, stage="verdict"),
        lambda: slices(session, **asked, stage="verdict", by="pair"),
        lambda: estimate(session, **asked),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_probable_verdicts_stand_beside_the_final_ones(session, project, crowd) -> None:
    before = estimate(session, project_id=project.id, user_id=None)
    assert len(before.claims) == sum(any(row) for row in crowd)
    assert before.n_resolved == len(before.differing) == 0
    first, second = before.claims[0], before.claims[1]
    make.resolution(session, session.get(Claim, first.claim_id), label=first.label)
    other = next(key for key in before.stage.labels if key != second.label)
    make.resolution(session, session.get(Claim, second.claim_id), label=other)
    after = estimate(session, project_id=project.id, user_id=None)
    assert after.n_resolved == 2
    (one,) = after.differing
    assert (one.claim_id, one.label, one.resolved) == (second.claim_id, second.label, other)
    assert one.shares == second.shares


def test_each_reviewer_has_a_confusion(session, project, crowd) -> None:
    found = estimate(session, project_id=project.id, user_id=None)
    assert [one.title for one in found.reviewers] == [f"Reviewer {n}" for n in range(4)]
    for n, one in enumerate(found.reviewers):
        assert one.n_reviews == sum(row[n] is not None for row in crowd)
        assert sum(one.expected) == pytest.approx(one.n_reviews)
        assert [sum(line) for line in one.confusion] == pytest.approx([1.0] * 4)
        assert 0.4 < one.accuracy <= 1
