"""Dealing claims to people: each to one of those who may have it, as evenly as that lets it."""

import random
from collections.abc import Collection, Mapping


def deal(
    may: Mapping[int, Collection[int]], loads: Mapping[int, int], *, seed: str
) -> dict[int, list[int]]:
    """Person to the claims that they get; the same seed deals the same again.

    `may` names the people who may have each claim, `loads` how many claims each has of before. A
    claim that few may have is dealt first, each goes to whoever has the fewest by then.

    >>> deal({1: [7, 8], 2: [7, 8], 3: [7]}, {}, seed="a")
    {7: [3], 8: [1, 2]}
    >>> deal({1: [7, 8], 2: [7, 8]}, {7: 2}, seed="a")
    {8: [1, 2]}
    >>> deal({1: []}, {}, seed="a")
    {}
    """
    chance, n_has = random.Random(seed), dict(loads)
    order = sorted(may)
    chance.shuffle(order)
    dealt: dict[int, list[int]] = {}
    for claim_id in sorted(order, key=lambda id: len(may[id])):
        takers = sorted(may[claim_id])
        if takers:
            chance.shuffle(takers)
            taker = min(takers, key=lambda id: n_has.get(id, 0))
            n_has[taker] = n_has.get(taker, 0) + 1
            dealt.setdefault(taker, []).append(claim_id)
    return {taker: sorted(dealt[taker]) for taker in sorted(dealt)}
