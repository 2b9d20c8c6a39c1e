"""Parts of screens; a browser component has its .js, .css and .html beside it."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def asset(*names: str) -> str:
    """The text of these files, one after the other: a component's script is one string."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
