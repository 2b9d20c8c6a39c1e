"""What people may say about a claim: AVeriTeC's types, and why a claim is not worked on."""

from collections.abc import Iterable

from workbench.errors import UnknownName

CLAIM_TYPES = (
    "Event/Property Claim",
    "Numerical Claim",
    "Position Statement",
    "Quote Verification",
    "Causal Claim",
)
"""The claim types of AVeriTeC's releases, in its spelling (Schlichtkrull et al. 2023)."""

REASONS = ("Too vague", "Not a claim", "Opinion", "Unreadable")
"""Why a claim is rejected or retired; free words may stand behind it or instead of it."""


def check_claim_types(chosen: Iterable[str]) -> list[str]:
    """The types in AVeriTeC's order, each once; raises `UnknownName` for one that is not there.

    >>> check_claim_types(["Causal Claim", "Numerical Claim", "Causal Claim"])
    ['Numerical Claim', 'Causal Claim']
    """
    wanted = set(chosen)
    for name in sorted(wanted - set(CLAIM_TYPES)):
        raise UnknownName("claim type", name, CLAIM_TYPES)
    return [name for name in CLAIM_TYPES if name in wanted]


def told(reason: str, words: str) -> str:
    """One reason out of a chosen one and free words.

    >>> told("Too vague", " who are they? "), told("", "doubled"), told("Opinion", "")
    ('Too vague: who are they?', 'doubled', 'Opinion')
    """
    return ": ".join(part for part in (reason.strip(), words.strip()) if part)
