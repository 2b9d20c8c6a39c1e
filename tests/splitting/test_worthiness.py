"""Check-worthiness: the weights, their reasons, and what is learned from labels."""

import pytest

from workbench.splitting import SplittingError
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
