"""Tokens that no claim's edge cuts through, for the formats that mark claims on tokens."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator


def pieces(
    pattern: re.Pattern[str], text: str, spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where `pattern` matches, as (start, end) in code points; cut at the edges of `spans`.

    >>> list(pieces(re.compile("[a-z]+"), "ab cde", [(4, 6)]))
    [(0, 2), (3, 4), (4, 6)]
    """
    edges = sorted({edge for span in spans for edge in span})
    for match in pattern.finditer(text):
        start, end = match.span()
        for edge in edges[bisect_right(edges, start) :]:
            if edge >= end:
                break
            yield start, edge
            start = edge
        yield start, end
