"""The keys of the desk as one person has them."""

from collections.abc import Mapping
from typing import Any

from db.models import User
from workbench.errors import InputError
from workbench.reviewing.keys import ACTIONS, keys_of, remapped


def change_keys(user: User, sent: Mapping[str, Any]) -> None:
    """Give the action `sent["action"]` the key `sent["key"]`, or with `reset` all their own again.

    Raises `WorkbenchError` with the one reason why a key cannot be had; then nothing was changed.
    """
    if sent.get("reset") is True:
        user.keys = {}
        return
    name, key = sent.get("action"), sent.get("key")
    if not isinstance(name, str) or not isinstance(key, str):
        raise InputError("The page sent no key; reload it.")
    user.keys = remapped(user.keys, name, key)


def key_table(user: User) -> list[dict[str, str]]:
    """Every action as the desk lists it: name, title, group and the key the person has for it."""
    keys = keys_of(user.keys)
    return [
        {"name": each.name, "title": each.title, "group": each.group, "key": keys[each.name]}
        for each in ACTIONS
    ]
