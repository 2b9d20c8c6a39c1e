"""Each verdict of each scheme has a word in each format, or is refused on purpose."""

import pytest

from exports.labels import MAPS, REFUSED, mapped
from workbench.reviewing.schemes import schemes

WORDS = {
    "fever": {"SUPPORTS", "REFUTES", "NOT ENOUGH INFO"},
    "scifact": {"SUPPORT", "CONTRADICT", ""},
    "averitec": {
        "Supported",
        "Refuted",
        "Not Enough Evidence",
        "Conflicting Evidence/Cherrypicking",
    },
    "liar": {"pants-fire", "false", "barely-true", "half-true", "mostly-true", "true"},
}


@pytest.mark.parametrize("format", MAPS)
@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.key)
def test_a_verdict_is_mapped_or_refused_and_never_both(format: str, scheme) -> None:
    for label in scheme.labels:
        word = mapped(format, scheme.key, label.key)
        refused = label.key in REFUSED[format].get(scheme.key, frozenset())
        assert (word is None) == refused, label.key
        assert word is None or word in WORDS[format]


def test_the_maps_name_no_scheme_and_no_label_that_is_not_there() -> None:
    known = {scheme.key: {label.key for label in scheme.labels} for scheme in schemes().values()}
    for format, of_schemes in MAPS.items():
        for scheme, words in of_schemes.items():
            assert words.keys() <= known[scheme], format
        for scheme, refused in REFUSED[format].items():
            assert refused <= known[scheme], format


def test_a_format_keeps_its_own_scheme_whole() -> None:
    for name in ("averitec", "fever", "liar"):
        labels = {label.key for label in schemes()[name].labels}
        assert MAPS[name][name].keys() == labels
        assert len(set(MAPS[name][name].values())) == len(labels)
