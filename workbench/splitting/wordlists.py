"""Word lists as they are best read and kept: words between spaces."""


def words(text: str) -> frozenset[str]:
    """The words of a list.

    >>> sorted(words("deny refute"))
    ['deny', 'refute']
    """
    return frozenset(text.split())
