"""Check-worthiness: the weights, their reasons, and what is learned from labels."""

import numpy as np
import pytest

from workbench.splitting import SplittingError, score
from workbench.splitting.training import Example, gain, learn
from workbench.splitting.weights import Weights, shipped
from workbench.splitting.worthiness import LOWERING, RAISING, assess, features

SENTENCES = [
    "Unemployment fell by 3 percent in 2012.",
    "Will you raise taxes on the middle class?",
    "I think that he is a great man, and I hope that he wins.",
    "He voted against the bill in 1991 and the deficit doubled to 300 billion dollars.",
    "Thank you, and good evening.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_reason_moved_the_score_the_way_it_says(sentence):
    ours, found = shipped(), features(sentence)
    whole, (_, reasons) = ours.logit(sentence, found), assess(sentence)
    assert set(reasons) <= set(RAISING) | set(LOWERING)
    for reason in reasons:
        without = ours.logit(sentence, {n: by for n, by in found.items() if n != reason})
        assert (whole > without) == (reason in RAISING), reason


def test_a_record_is_worth_more_than_a_figure_of_speech():
    scores = [assess(sentence)[0] for sentence in SENTENCES]
    assert min(scores[0], scores[3]) > 0.7 > 0.3 > max(scores[1], scores[2], scores[4])
    assert "question" in assess(SENTENCES[1])[1]
    assert "opinion" in assess(SENTENCES[2])[1]


def examples(n):
    """A team that cares for dragons alone, whatever the figures."""
    rows = []
    for at in range(n):
        rows.append(Example(f"The dragon of town {at} sleeps.", True, f"article {at % 6}"))
        rows.append(Example(f"Exports of town {at} rose by 4 percent.", False, f"article {at % 6}"))
    return rows


def test_a_team_s_own_labels_teach_what_the_team_cares_for():
    known = examples(30)
    found = gain(known, seed=1)
    assert (found.n_worth, found.n_other, found.n_groups, found.folds) == (30, 30, 6, 5)
    assert found.ap_own > 0.95 > found.ap_ours
    own = learn(known, seed=1)
    dragon, exports = (assess(row.text, weights=own)[0] for row in known[:2])
    assert dragon > 0.8 > 0.2 > exports
    again = Weights.from_json(own.as_json())
    assert [assess(row.text, weights=again) for row in known] == [
        assess(row.text, weights=own) for row in known
    ]
    assert learn(known, seed=1) == own


@pytest.mark.parametrize("n", [0, 1, 19])
def test_too_few_labels_teach_nothing_and_it_says_how_many_are_needed(n):
    with pytest.raises(
        SplittingError, match=rf"{n} accepted and {n} rejected.*at least 20 of each"
    ):
        learn(examples(n))


def test_a_word_that_the_labels_never_had_counts_by_its_meaning():
    vectors = {"dragon": [1.0, 0.0], "wyvern": [0.9, 0.1], "exports": [0.0, 1.0]}
    known = examples(30)
    own = learn(known, own=False, vectors={word: np.array(by) for word, by in vectors.items()})
    wyvern, imports = (
        own.logit(text, {}) for text in ("The wyvern roars.", "The exports of the town roar.")
    )
    assert wyvern > imports
    assert own.words["dragon"] > own.words["wyvern"] > 0 > own.words["exports"]
    assert "wyvern" not in own.terms
    assert Weights.from_json(own.as_json()) == own
    # Weights that were stored before words had a number of their own.
    old = {name: by for name, by in own.as_json().items() if name != "words"}
    assert Weights.from_json(old).words == {}


SPOKEN = [
    ("Good evening, and what about the jobs that were lost?", "Holt"),
    ("Who will pay for that plan?", "Holt"),
    ("Unemployment fell by 3 percent in 2012.", "Clinton"),
    ("That matters to people.", "Clinton"),
    ("We created 14 million jobs.", "Clinton"),
    ("(APPLAUSE)", "SYSTEM"),
    ("That matters to people.", "Trump"),
    ("I love it.", "Trump"),
    ("I think so.", "Trump"),
    ("It is great.", "Trump"),
    ("It is great, believe me.", "Trump"),
]


def scored(spoken):
    lines = [{"id": at, "text": text, "speaker": who} for at, (text, who) in enumerate(spoken)]
    return [line["checkworthiness"] for line in score(lines)]


def test_what_a_speaker_says_around_a_sentence_counts():
    found, alone = scored(SPOKEN), [assess(text)[0] for text, _ in SPOKEN]
    assert found[3] > alone[3] == alone[6] > found[6]


def test_hosts_and_stage_directions_are_seldom_worth_a_check():
    found, alone = scored(SPOKEN), [assess(text)[0] for text, _ in SPOKEN]
    assert found[0] < alone[0] / 10
    assert found[1] < alone[1] / 10
    assert found[5] < 0.001
    by_name = scored([("The city lost 300 jobs in 2009.", who) for who in ("Ann", "Moderator")])
    assert by_name[0] > 0.8 > 0.5 > by_name[1]


def test_without_speakers_each_sentence_stands_for_itself():
    unnamed = [(text, None) for text, _ in SPOKEN]
    assert scored(unnamed) == [assess(text)[0] for text, _ in SPOKEN]
    assert scored([]) == []
    assert scored([("It is so.", " ")]) == [assess("It is so.")[0]]
