"""Every action has a key of its own, whatever a person changed."""

import pytest

from workbench.errors import InputError, UnknownName
from workbench.reviewing.keys import (
    ACTIONS,
    BROWSER_KEYS,
    CHORDS,
    STREAMLIT_KEYS,
    keys_of,
    remapped,
)

DEFAULTS = {action.name: action.key for action in ACTIONS}


def test_no_two_actions_share_a_name_or_a_key() -> None:
    assert len(DEFAULTS) == len(ACTIONS)
    assert len(set(DEFAULTS.values())) == len(ACTIONS)


def test_every_default_could_be_chosen_as_well() -> None:
    for name, key in DEFAULTS.items():
        assert remapped({name: "ö"}, name, key) == {}


@pytest.mark.parametrize("key", [*STREAMLIT_KEYS, "Shift+c", "Shift+r"])
def test_streamlits_own_keys_cannot_be_had(key: str) -> None:
    with pytest.raises(InputError, match="belongs to Streamlit"):
        remapped({}, "skip", key)


@pytest.mark.parametrize("key", BROWSER_KEYS)
def test_keys_that_scroll_or_search_cannot_be_had(key: str) -> None:
    with pytest.raises(InputError, match="belongs to the browser"):
        remapped({}, "skip", key)


BROWSERS = (
    "F5",
    "Tab",
    "Enter",
    "Escape",
    "ArrowDown",
    "Control+w",
    "Control+c",
    "Alt+d",
    "",
    "xy",
)


@pytest.mark.parametrize("key", [*BROWSERS, "Shift+Enter", "\n", "\x00", "👩‍👩‍👧", "z" * 9_000])
def test_what_is_no_single_key_is_refused_in_a_sentence(key: str) -> None:
    with pytest.raises(InputError) as refused:
        remapped({}, "skip", key)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("key", ["Z", "Shift+Z", "Shift+1", "Shift++"])
def test_one_key_is_written_in_one_way(key: str) -> None:
    with pytest.raises(InputError, match="letters are small"):
        remapped({}, "skip", key)


@pytest.mark.parametrize("key", ["z", "Shift+z", "ö", "ы", ";", "0", *CHORDS[1:]])
def test_a_free_key_can_be_had(key: str) -> None:
    assert remapped({}, "skip", key) == {"skip": key}
    assert keys_of({"skip": key})["skip"] == key


def test_a_key_that_another_action_has_is_refused_and_named() -> None:
    with pytest.raises(InputError, match="already means “Undo”"):
        remapped({}, "skip", "u")
    with pytest.raises(InputError, match="already means “Skip"):
        remapped({"skip": "z"}, "undo", "z")


def test_two_actions_can_swap_their_keys_over_a_third() -> None:
    changed: dict[str, str] = {}
    for name, key in (("skip", "z"), ("back", "s"), ("skip", "b")):
        changed = remapped(changed, name, key)
    assert (keys_of(changed)["skip"], keys_of(changed)["back"]) == ("b", "s")


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(UnknownName, match="choose one of verdict-1"):
        remapped({}, "delete-everything", "z")


def test_what_a_later_table_takes_falls_back_to_the_default() -> None:
    """A stored change may name an action that is gone, or a key that is taken by now."""
    stored = {"gone": "z", "skip": "b", "back": "b", "undo": "c", "flag": "z"}
    assert keys_of(stored) == {**DEFAULTS, "flag": "z"}
