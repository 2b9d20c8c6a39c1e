"""Reviews side by side: who is who where names are hidden, and what differs between them."""

from collections import Counter
from collections.abc import Collection, Sequence
from random import Random
from string import ascii_uppercase

CAUSES = {
    "guideline gap": "Guideline gap",
    "missing evidence": "Missing evidence",
    "ambiguous claim": "Ambiguous claim",
    "slip": "Slip",
}
"""Why reviewers differed, as a lead sees it: its key to its title."""
RESOLVE_BY = {
    "unanimous": "All reviewers agree",
    "majority": "More than half agree",
    "lead": "None: a lead confirms each claim",
}
"""What is a final verdict by itself: its key to its title."""


def aliases(user_ids: Sequence[int], *, claim_id: int, shuffled: int) -> dict[int, str]:
    """User id to "Reviewer A" and so on, in an order that says nothing and holds for one claim.

    `user_ids` are in the order in which the reviews began. Of these the first, as many as
    `shuffled`, are mixed; who comes later comes behind them, so that nobody's letter changes.

    >>> aliases([7, 8, 9], claim_id=1, shuffled=2)
    {8: 'Reviewer A', 7: 'Reviewer B', 9: 'Reviewer C'}
    """
    first, later = list(user_ids[:shuffled]), list(user_ids[shuffled:])
    Random(claim_id).shuffle(first)
    return {id: f"Reviewer {_letter(place)}" for place, id in enumerate([*first, *later])}


def _letter(place: int) -> str:
    """
    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'A2')
    """
    turn, at = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[at] + (str(turn + 1) if turn else "")


def leading(labels: Sequence[str]) -> str | None:
    """The label that more reviews chose than any other; None where there is none.

    >>> leading(["a", "b", "a"]), leading(["a", "b"]), leading([])
    ('a', None, None)
    """
    ranked = Counter(labels).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def unlike(
    own: Collection[tuple[str, str]], others: Sequence[Collection[tuple[str, str]]]
) -> dict[tuple[str, str], str]:
    """What is particular about each (source, stance) of a review, next to those of the others.

    >>> own = [("a", "supports"), ("b", "context"), ("c", "refutes")]
    >>> unlike(own, [[("a", "refutes")], [("c", "refutes")]])
    {('a', 'supports'): 'other stance', ('b', 'context'): 'only here'}
    """
    said = {pair for each in others for pair in each}
    cited = {source for source, _ in said}
    found = {}
    for source, stance in own:
        if source not in cited:
            found[(source, stance)] = "only here"
        elif any(other == source and by != stance for other, by in said):
            found[(source, stance)] = "other stance"
    return found if others else {}
