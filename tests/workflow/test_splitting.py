"""Claims are written once, with their events."""

import pytest

from db.models import Article, Claim
from db.queries import events
from tests.factories import TEXT, article
from workbench.splitting import ClaimCandidate
from workbench.splitting.records import Attribution, EntityMention, Span, TimeMention
from workbench.workflow.splitting import store_candidates


def candidate(quote="exports rose by 4 percent", **fields):
    start = TEXT.index(quote)
    fields = {"claim": "Exports rose by 4 percent.", "quote": quote, "start": start} | fields
    return ClaimCandidate(
        **{"end": start + len(quote), "sentence_start": 0, "sentence_end": 59, "block": "body"}
        | fields
    )


ATTRIBUTED = candidate(
    attribution=Attribution(
        name="The minister",
        speaker=Span("The minister", 0, 12),
        cue=Span("said", 13, 17),
        content_start=33,
        content_end=58,
        through=("local media",),
    ),
    times=(TimeMention("Monday", 21, 27, "2026-01-12"),),
    entities=(EntityMention("4 percent", "PERCENT", 49, 58),),
    checkworthiness=0.7,
    reasons=("number",),
)


def stored(session, candidates, of=None):
    of = of or article(session)
    n = store_candidates(session, article_id=of.id, candidates=candidates, splitter="test 1")
    return of, n


def test_a_candidate_becomes_a_claim_with_all_it_knows(session):
    of, n = stored(session, [ATTRIBUTED])
    claim = session.get(Claim, 1)
    assert n == 1
    assert of.text[claim.start : claim.end] == claim.quote == "exports rose by 4 percent"
    assert (claim.text, claim.proposed_text) == ("Exports rose by 4 percent.",) * 2
    assert (claim.speaker, claim.speaker_start, claim.speaker_end) == ("The minister", 0, 12)
    assert (claim.cue_text, claim.content_start, claim.through) == ("said", 33, ["local media"])
    assert claim.times[0]["value"] == "2026-01-12"
    assert claim.entities[0]["label"] == "PERCENT"
    assert (claim.state, claim.version) == ("proposed", 1)


def test_every_claim_has_its_event(session):
    of, _ = stored(session, [ATTRIBUTED, candidate("Unions doubt it")])
    assert events.n_of_kind(session, project_id=of.project_id, kind="claim.proposed") == 2
    (event,) = events.of_subject(session, subject="claim", subject_id=1)
    assert event.after["start"] == ATTRIBUTED.start


def test_an_article_that_is_split_already_is_left_alone(session):
    of, _ = stored(session, [ATTRIBUTED])
    _, again = stored(session, [ATTRIBUTED], of)
    assert again == 0
    assert events.n_of_kind(session, project_id=of.project_id, kind="claim.proposed") == 1
    assert session.get(Article, of.id).splitter == "test 1"


def test_an_article_without_a_claim_counts_as_split(session):
    of, n = stored(session, [])
    assert n == 0
    assert of.split_at is not None


def test_a_quote_that_does_not_stand_there_is_never_stored(session):
    with pytest.raises(ValueError, match="does not stand at"):
        stored(session, [candidate(start=0)])
