"""When a checking claim is mixed into the work: at a rate that is kept, at places nobody foresees.

It goes by counting, not by chance: of every `1 / share` claims one is a checking one, at a place
among them that a hash of the seed gives. The same counts give the same answer, so that a draw which
is made again comes out alike.
"""

import math
from hashlib import sha256


def is_due(share: float, *, n_done: int, n_mixed: int, seed: str) -> bool:
    """Whether the next claim is to be one more checking one, after `n_done` claims with `n_mixed`
    such among them.

    >>> is_due(0.0, n_done=1_000, n_mixed=0, seed="a"), is_due(1.0, n_done=3, n_mixed=3, seed="a")
    (False, True)
    >>> n_mixed = 0
    >>> for n_done in range(1_000):
    ...     n_mixed += is_due(0.05, n_done=n_done, n_mixed=n_mixed, seed="a")
    >>> n_mixed
    50
    """
    if share <= 0:
        return False
    return n_done >= math.floor((n_mixed + place(f"{seed}:{n_mixed}")) / min(share, 1.0))


def place(seed: str) -> float:
    """A number from 0 to below 1, always the same for the same seed.

    >>> 0 <= place("a") < 1, place("a") == place("a"), place("a") == place("b")
    (True, True, False)
    """
    return int.from_bytes(sha256(seed.encode()).digest()[:6]) / 2**48
