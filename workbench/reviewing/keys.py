"""The keys: one table of what can be done, and the rules for giving an action another key.

Review and Claims each hear those of the table that mean something there.

A key is written as the browser names it: one character (letters small), `Shift+` before a letter,
or Enter with `Control+`, `Alt+` or `Control+Shift+`. Keys without Control or Alt are not heard
while a field is typed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.errors import InputError, UnknownName

CHORDS = ("Control+Enter", "Control+Shift+Enter", "Alt+Enter")
STREAMLIT_KEYS = ("c", "r")
BROWSER_KEYS = {" ": "Space", "'": "'", "/": "/"}
_MAX_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done at the desk; `key` is the key it has until somebody changes it."""

    name: str
    title: str
    group: str
    key: str


def _table(group: str, *rows: tuple[str, str, str]) -> tuple[Action, ...]:
    return tuple(Action(name, title, group, key) for name, title, key in rows)


ACTIONS: tuple[Action, ...] = (
    *_table(
        "Verdict",
        *((f"verdict-{digit}", f"Verdict {digit}", str(digit)) for digit in range(1, 10)),
        ("surer", "More confident, by 5 %", "+"),
        ("less-sure", "Less confident, by 5 %", "-"),
    ),
    *_table(
        "Moving on",
        ("save", "Save & next", "Control+Enter"),
        ("skip", "Skip, with a reason or without", "s"),
        ("back", "Back to the claim before", "b"),
        ("next-claim", "Next claim of the text", "j"),
        ("previous-claim", "Previous claim of the text", "k"),
        ("flag", "Flag for the lead", "f"),
        ("reject", "Reject the claim, with a reason", "v"),
        ("comment", "Comments", "."),
        ("details", "Speaker, date, place and type", "l"),
        ("undo", "Undo", "u"),
        ("redo", "Redo", "Shift+u"),
    ),
    *_table(
        "Sources",
        ("new-source", "Type a source", "i"),
        ("next-source", "Next source", "n"),
        ("previous-source", "Previous source", "p"),
        ("edit-source", "Edit the source", "e"),
        ("remove-source", "Remove the source", "d"),
        ("more", "More about this source", "m"),
        ("use-quote", "Selected words as its quote", "q"),
        ("supports", "It supports the claim", "y"),
        ("refutes", "It refutes the claim", "x"),
        ("context", "It gives context", "o"),
    ),
    *_table(
        "Going there",
        ("article", "Article", "a"),
        ("claim", "Claim text", "t"),
        ("justification", "Justification", "w"),
        ("guideline", "Guideline", "g"),
        ("new-claim", "New claim from the selected words", "h"),
        ("help", "These keys", "?"),
    ),
    *_table(
        "Changing claims",
        ("accept", "Accept the claim", "Shift+a"),
        ("use-span", "Selected words as its span", "Shift+h"),
        ("split", "Split it where the selected words begin", "Shift+s"),
        ("merge", "Merge it with others", "Shift+m"),
    ),
)
"""Every action, in the order in which the desk lists them."""

_BY_NAME = {action.name: action for action in ACTIONS}


def keys_of(changed: Mapping[str, str]) -> dict[str, str]:
    """Each action's key for somebody who changed these; what no longer holds falls back.

    >>> keys_of({"skip": "z"})["skip"], keys_of({"gone": "z", "back": "c"})["back"]
    ('z', 'b')
    """
    defaults = {action.name: action.key for action in ACTIONS}
    own = {name: key for name, key in changed.items() if name in defaults and not _why_not(key)}
    while taken := [name for name in own if _owner({**defaults, **own}, name, own[name])]:
        own = {name: key for name, key in own.items() if name not in taken}
    return {**defaults, **own}


def remapped(changed: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """What somebody changed, after `name` got `key`; a default is not kept as a change.

    Raises `UnknownName` or `InputError` with the one reason why the key cannot be had.

    >>> remapped({}, "skip", "z")
    {'skip': 'z'}
    >>> remapped({}, "skip", "b")
    Traceback (most recent call last):
    workbench.errors.InputError: The key B already means “Back to the claim before”; choose another.
    """
    if name not in _BY_NAME:
        raise UnknownName("action of the desk", name, _BY_NAME)
    if reason := _why_not(key):
        raise InputError(reason)
    if owner := _owner(keys_of(changed), name, key):
        raise InputError(f"The key {key_title(key)} already means “{owner.title}”; choose another.")
    known = {other: kept for other, kept in changed.items() if other in _BY_NAME and other != name}
    return known if key == _BY_NAME[name].key else {**known, name: key}


def key_title(key: str) -> str:
    """The key as it stands on the keyboard.

    >>> key_title("b"), key_title("Shift+u"), key_title("Control+Enter")
    ('B', 'Shift U', 'Ctrl Enter')
    """
    *held, last = [key] if len(key) == 1 else key.split("+")
    last = last.upper() if len(last.upper()) == 1 else last
    return " ".join([*("Ctrl" if each == "Control" else each for each in held), last])


def _why_not(key: str) -> str:
    """Why nobody can have this key, as a sentence; empty if it is free to be given."""
    if key in CHORDS:
        return ""
    plain = key.removeprefix("Shift+")
    if len(key) > _MAX_CHARACTERS or len(plain) != 1 or not plain.isprintable():
        return (
            "Choose one character, a letter with Shift, or Enter with Ctrl or Alt: "
            "other keys belong to the browser."
        )
    if plain.lower() in STREAMLIT_KEYS:
        return (
            f"The key {key_title(key)} belongs to Streamlit, which runs the page; choose another."
        )
    if plain in BROWSER_KEYS:
        title = BROWSER_KEYS[plain]
        return f"The key {title} belongs to the browser, which scrolls or searches with it."
    if plain != plain.lower() or (key != plain and not plain.isalpha()):
        return f"{key[:_MAX_CHARACTERS]!r} is no key as the desk writes it: letters are small."
    return ""


def _owner(keys: Mapping[str, str], name: str, key: str) -> Action | None:
    """The other action that has this key."""
    others = (other for other, own in keys.items() if own == key and other != name)
    return next((_BY_NAME[other] for other in others), None)
