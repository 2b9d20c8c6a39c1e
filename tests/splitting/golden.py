"""The development gold, where it lies beside the repository."""

import json
import pathlib
from typing import Any

SHARED = pathlib.Path(__file__).parents[3] / "shared"
Row = dict[str, Any]


def gold(task: str) -> list[Row]:
    """The rows of a task; a line ends at a line feed and at nothing else."""
    text = (SHARED / "gold" / task / "dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.rstrip("\n").split("\n")]
