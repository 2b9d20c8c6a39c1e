"""The unit between a parse and a claim: one assertion, as words of the article in a new order."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True)
class Proposition:
    """One assertion: what it reads (`pieces`), what it covers (`own`), and its verb (`head`).

    A piece is a token of the article or a literal function word; `origin` says which rule made it.
    """

    pieces: list[int | str]
    own: list[int]
    head: int
    origin: str = "clause"
    clause: int = -1
    instead_of: list[int] = dataclasses.field(default_factory=list)
    tokens: list[int] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.tokens = [piece for piece in self.pieces if isinstance(piece, int)]
