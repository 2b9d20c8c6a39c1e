"""What each verdict is called in the formats that have labels of their own; data, nothing else.

`MAPS[format][scheme]` maps a label's key to the format's word. A verdict that is not there has no
equivalent, and its claim is left out with that reason: a grade such as "mostly true" is not quietly
made a "supported". A test holds that every label of every scheme is mapped or named in `REFUSED`.
"""

from collections.abc import Mapping

Map = Mapping[str, str]

_THREE: Mapping[str, Map] = {
    "averitec": {"supported": "yes", "refuted": "no", "not-enough-evidence": "unknown"},
    "fever": {"supports": "yes", "refutes": "no", "not-enough-info": "unknown"},
    "liar": {"true": "yes", "false": "no", "pants-fire": "no"},
}


def _three(yes: str, no: str, unknown: str) -> dict[str, Map]:
    words = {"yes": yes, "no": no, "unknown": unknown}
    return {
        scheme: {key: words[meaning] for key, meaning in labels.items()}
        for scheme, labels in _THREE.items()
    }


_AVERITEC = _three("Supported", "Refuted", "Not Enough Evidence")

MAPS: Mapping[str, Mapping[str, Map]] = {
    "fever": _three("SUPPORTS", "REFUTES", "NOT ENOUGH INFO"),
    "scifact": _three("SUPPORT", "CONTRADICT", ""),
    "averitec": _AVERITEC
    | {
        "averitec": {
            **_AVERITEC["averitec"],
            "conflicting": "Conflicting Evidence/Cherrypicking",
        }
    },
    "liar": {
        "averitec": {"supported": "true", "refuted": "false"},
        "fever": {"supports": "true", "refutes": "false"},
        "liar": {
            key: key
            for key in ("pants-fire", "false", "barely-true", "half-true", "mostly-true", "true")
        },
    },
}

REFUSED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "fever": {
        "averitec": frozenset({"conflicting"}),
        "liar": frozenset({"barely-true", "half-true", "mostly-true"}),
    },
    "scifact": {
        "averitec": frozenset({"conflicting"}),
        "liar": frozenset({"barely-true", "half-true", "mostly-true"}),
    },
    "averitec": {"liar": frozenset({"barely-true", "half-true", "mostly-true"})},
    "liar": {
        "averitec": frozenset({"not-enough-evidence", "conflicting"}),
        "fever": frozenset({"not-enough-info"}),
    },
}
"""The verdicts that a format has no word for, on purpose."""


def mapped(format: str, scheme: str, label: str) -> str | None:
    """The format's word for the verdict; None where it has none.

    >>> mapped("fever", "averitec", "refuted"), mapped("fever", "averitec", "conflicting")
    ('REFUTES', None)
    """
    return MAPS[format].get(scheme, {}).get(label)
