"""Every scheme that the folder holds, and the rule that a key is taken once."""

import re

import pytest

from workbench.reviewing.folders import by_key
from workbench.reviewing.schemes import DEFAULT_SCHEME, Scheme, ink, luminance, schemes

every_scheme = pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.key)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@every_scheme
def test_digits_count_up_from_one(scheme: Scheme) -> None:
    assert [label.digit for label in scheme.labels] == list(range(1, len(scheme.labels) + 1))
    assert len(scheme.labels) <= 9


@every_scheme
def test_keys_titles_and_colors_are_told_apart(scheme: Scheme) -> None:
    for field in ("key", "title", "color"):
        values = [getattr(label, field) for label in scheme.labels]
        assert len(set(values)) == len(values) >= 2


@every_scheme
def test_keys_are_lower_kebab_and_colors_are_hex(scheme: Scheme) -> None:
    assert KEBAB.fullmatch(scheme.key)
    for label in scheme.labels:
        assert KEBAB.fullmatch(label.key)
        assert re.fullmatch("#[0-9a-f]{6}", label.color)


@every_scheme
def test_text_can_be_read_on_every_color(scheme: Scheme) -> None:
    for label in scheme.labels:
        assert contrast(label.color, ink(label.color)) >= 4.5, label


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_default_scheme_exists_and_comes_first() -> None:
    assert next(iter(schemes())) == DEFAULT_SCHEME


def test_the_same_meaning_has_the_same_color_everywhere() -> None:
    color = {(s.key, label.key): label.color for s in schemes().values() for label in s.labels}
    assert len({color[at] for at in TRUE}) == len({color[at] for at in FALSE}) == 1
    assert color["averitec", "not-enough-evidence"] == color["fever", "not-enough-info"]
    assert color["averitec", "conflicting"] == color["liar", "half-true"]


TRUE = (("averitec", "supported"), ("fever", "supports"), ("liar", "true"))
FALSE = (("averitec", "refuted"), ("fever", "refutes"), ("liar", "false"))


def test_a_key_taken_twice_names_both_modules() -> None:
    scheme = schemes()["fever"]
    with pytest.raises(ValueError, match=r"'fever' is taken twice: by one and other"):
        by_key("label scheme", [("one", scheme), ("other", scheme)])
