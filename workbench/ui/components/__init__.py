"""Parts of screens; a browser component has its .js, .css and .html beside it."""

from pathlib import Path

_FOLDER = Path(__file__).parent
ARTICLE_WITH_KEYS = ("ids.js", "elements.js", "kept.js", "keys.js", "help.js", "article.js")
"""What a component begins with that shows an article and is worked by keys."""


def asset(*names: str) -> str:
    """The text of these files, one after the other: a component's script is one string."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
