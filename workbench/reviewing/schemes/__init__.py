"""Label schemes as data, one module each: found by folder, so a new one is one new file.

A module defines `SCHEME`. The colours are Okabe and Ito's, which stay apart for colour-blind eyes,
and the same meaning has the same hue in every scheme. Each is dark or light enough for text on it;
`ink` says which.
"""

from dataclasses import dataclass
from functools import cache

from workbench.reviewing.folders import collected

DEFAULT_SCHEME = "averitec"


@dataclass(frozen=True, slots=True)
class SchemeLabel:
    """One verdict: `key` in data, `title` on the screen, `color` as #rrggbb, `digit` to press.

    `leaning` is what it says of the claim: supports, refutes, or neither (empty).
    """

    key: str
    title: str
    color: str
    digit: int
    leaning: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The ordered verdict labels that a project can use."""

    key: str
    title: str
    labels: tuple[SchemeLabel, ...]


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its key, the default one first.

    >>> list(schemes())
    ['averitec', 'fever', 'liar']
    >>> [label.title for label in schemes()["fever"].labels]
    ['Supports', 'Refutes', 'Not enough info']
    """
    return collected(Scheme, __name__, __path__, what="label scheme", default=DEFAULT_SCHEME)


def ink(color: str) -> str:
    """Black or white, whichever is easier to read on `color` (WCAG 2 contrast).

    >>> ink("#0072b2"), ink("#f0e442")
    ('#ffffff', '#000000')
    """
    light = luminance(color)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def luminance(color: str) -> float:
    """How bright `color` (#rrggbb) is, 0 to 1: WCAG 2's relative luminance.

    >>> luminance("#000000"), round(luminance("#ffffff"), 6)
    (0.0, 1.0)
    """
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
