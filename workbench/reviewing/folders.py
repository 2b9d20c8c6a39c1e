"""Data as one module each: found by folder, so that one more of a kind is one new file."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """What has a name in data."""

    @property
    def key(self) -> str:
        """The name."""


K = TypeVar("K", bound=Keyed)


def collected(
    of: type[K], package: str, path: Iterable[str], *, what: str, default: str
) -> dict[str, K]:
    """What the modules of the package define by the name of the type `of`, in capitals, by key.

    The default one comes first.

    Raises `ValueError` for a key that is taken twice; `what` is the word for one of them.
    """
    modules = [import_module(f"{package}.{module.name}") for module in iter_modules(path)]
    name = of.__name__.upper()
    found = by_key(what, ((module.__name__, getattr(module, name)) for module in modules))
    return dict(sorted(found.items(), key=lambda item: (item[0] != default, item[0])))


def by_key(what: str, found: Iterable[tuple[str, K]]) -> dict[str, K]:
    """Those of (module, thing) by key.

    Raises:
        ValueError: a key is taken twice; names both modules.
    """
    owners: dict[str, str] = {}
    result: dict[str, K] = {}
    for module, one in found:
        if one.key in owners:
            raise ValueError(
                f"{what} {one.key!r} is taken twice: by {owners[one.key]} and {module}"
            )
        owners[one.key] = module
        result[one.key] = one
    return result
