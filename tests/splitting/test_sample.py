"""The sample article and small texts, as a careful person would write their claims."""

import datetime
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from workbench.splitting import (
    ClaimCandidate,
    attributions,
    load_pipeline,
    model_id,
    score,
    sentences,
    split,
    split_many,
)

if TYPE_CHECKING:
    from spacy.language import Language

DAY = datetime.date(2022, 1, 15)


@pytest.fixture
def claims(sample: str) -> list[ClaimCandidate]:
    return split(sample, published=DAY)


def about(claims: list[ClaimCandidate], words: str) -> ClaimCandidate:
    return next(claim for claim in claims if words in claim.claim)


def test_there_are_at_least_fifteen_claims(claims: list[ClaimCandidate]) -> None:
    assert len(claims) >= 15
    assert len({claim.claim for claim in claims}) == len(claims)


def test_the_related_headline_makes_no_claim(sample: str, claims: list[ClaimCandidate]) -> None:
    start = sample.index("Withdrawal of CSTO")
    end = sample.index("begins", start) + 6
    assert not [claim for claim in claims if claim.start < end and claim.end > start]


@pytest.mark.parametrize(
    "words",
    [
        "coordinated attack by terrorist groups",
        "peacekeeping operation was successful",
        "prevented a color revolution",
        "coordinated dispatch of troops",
        "contingent of the Collective Security Treaty Organization can carry out",
        "weaken",
    ],
)
def test_the_speaker_is_resolved(claims: list[ClaimCandidate], words: str) -> None:
    attribution = about(claims, words).attribution
    assert attribution is not None
    assert attribution.name == "Alexander Lukashenko"


def test_a_chain_of_sources_is_kept(claims: list[ClaimCandidate]) -> None:
    attribution = about(claims, "peace operation was developed").attribution
    assert attribution is not None
    assert attribution.through == ("local media",)
    assert attribution.name == "Alexander Lukashenko"


def test_figures_make_three_claims(claims: list[ClaimCandidate]) -> None:
    for words in ("dozens of deaths", "more than a thousand injuries", "thousands of detainees"):
        assert about(claims, words).type == "numerical"


def test_what_despite_and_after_take_for_granted_is_claimed(claims: list[ClaimCandidate]) -> None:
    made = {claim.claim for claim in claims}
    assert {"The measure was cancelled.", "The Cabinet resigned.", "Fuel prices rose."} <= made


def test_a_name_in_brackets_holds_the_office(claims: list[ClaimCandidate]) -> None:
    fact = about(claims, "Vladimir Putin is the leader of Russia.")
    assert fact.attribution is None  # the writer's words, not those of whoever is reported


def test_dates_are_read_against_the_day_of_publication(claims: list[ClaimCandidate]) -> None:
    assert about(claims, "protests originated").times[0].value == "2022-01-01/2022-01-10"
    assert about(claims, "withdrawal this Friday").times[0].value == "2022-01-14"


def test_no_date_is_invented_without_a_day_of_publication(sample: str) -> None:
    values = {mention.value for claim in split(sample) for mention in claim.times}
    assert values == {"2002"}


def test_sure_references_are_resolved_and_unsure_ones_marked(claims: list[ClaimCandidate]) -> None:
    assert "Kazakhstan" in about(claims, "concluded their mission").claim
    assert about(claims, "trying to weaken Russia").quote.endswith("weaken this country")
    assert about(claims, "This type of threat").ambiguous


def test_json_has_the_documented_shape(claims: list[ClaimCandidate]) -> None:
    row = json.loads(json.dumps(claims[1].as_json()))
    assert set(row) == {
        *("claim", "quote", "start", "end", "sentence", "block", "attribution", "times"),
        *("entities", "type", "ambiguous", "checkworthiness", "reasons"),
    }
    assert {"name", "speaker", "cue", "content", "through", "negated", "hedged"} <= set(
        row["attribution"]
    )


def test_many_texts_give_the_same_claims_as_one_by_one(sample: str) -> None:
    other = "Unemployment fell to 4% in May, the agency said. It was founded in 1990."
    items = [(1, sample, DAY, None), (2, other, None, None), (3, sample, DAY, None)]
    together = dict(split_many(items))
    assert together[1] == together[3] == split(sample, published=DAY)
    assert together[2] == split(other)


def test_progress_is_told(sample: str) -> None:
    heard: list[tuple[int, int]] = []
    split(sample, on_progress=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1] == len(heard)


def test_sentences_stand_alone() -> None:
    text = "Barack Obama was born in Honolulu. He served two terms. Obama was the first."
    assert [s.claim for s in sentences(text)] == [
        "Barack Obama was born in Honolulu.",
        "Barack Obama served two terms.",
        "Barack Obama was the first.",
    ]


def test_a_denial_is_marked_negated() -> None:
    (found,) = list(attributions("The minister denied that he took money."))
    assert found.negated
    assert found.speaker is not None
    assert found.speaker.text == "The minister"


def test_a_quotation_that_the_cue_interrupts_has_two_parts() -> None:
    text = '"We won the war," Smith said, "and we kept the peace."'
    (found,) = attributions(text)
    assert [text[s:e] for s, e in found.parts] == ['"We won the war,"', '"and we kept the peace."']


def test_the_speaker_of_a_speech_is_carried() -> None:
    claims = split("We cut taxes by 5% in 2012.", speaker="Jane Roe")
    assert claims
    assert all(claim.attribution and claim.attribution.name == "Jane Roe" for claim in claims)


def test_without_a_parser_sentences_are_claims_and_quotations_attributed() -> None:
    nlp = load_pipeline("blank:de")
    text = "„Wir haben gewonnen“, sagte Olaf Scholz. Es regnete."
    claims = split(text, nlp=nlp)
    assert [claim.quote for claim in claims] == [text[:40], "Es regnete."]
    assert claims[0].attribution is not None
    assert claims[0].attribution.name == "Olaf Scholz"


def test_scores_rank_figures_over_greetings() -> None:
    rows = [{"id": 1, "text": "Thank you."}, {"id": 2, "text": "Crime rose by 40% in 2015."}]
    greeting, figure = score(rows)
    assert figure["checkworthiness"] > 0.7 > 0.2 > greeting["checkworthiness"]


def test_a_long_text_is_read_in_pieces(sample: str) -> None:
    text = "\n\n".join([sample] * 17)
    assert len(text) > 60_000 // 2
    claims = split(text[:36_000])
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)


def test_the_pipeline_names_itself(nlp: "Language") -> None:
    assert model_id(nlp).startswith("en_core_web_sm")
    assert model_id(load_pipeline("blank:de")) == "blank:de"


def test_the_same_text_is_split_the_same_in_every_process():
    # Sets of words come in another order in each process: nothing may hang on it.
    text = "Ohio and Iowa voted. Iowa and Ohio counted. He will win 20 delegates in that state."
    code = f"from workbench.splitting import split; print(split({text!r}))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(seen) == 1
