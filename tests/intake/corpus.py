"""The shared corpus of bad inputs, where it lies beside the repository."""

import sys
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "badinputs"


def corpus(*kinds: str) -> list[Any]:
    """The corpus's cases of these kinds as parameters; one that skips where there is no corpus."""
    if not CORPUS.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no corpus of bad inputs"))]
    sys.path.insert(0, str(CORPUS))
    try:
        from generate import load_cases
    finally:
        sys.path.remove(str(CORPUS))
    return [pytest.param(case, id=case["id"]) for case in load_cases() if case["kind"] in kinds]


def payload(case: dict[str, Any]) -> Any:
    """What is handed in: bytes of a file case, else the value."""
    from generate import materialise

    return (CORPUS / case["file"]).read_bytes() if "file" in case else materialise(case)
