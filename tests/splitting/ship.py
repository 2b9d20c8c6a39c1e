"""Learns the weights that the package ships from the development half of ClaimBuster.

    python -m tests.splitting.ship

Writes workbench/splitting/worthiness.json; MODELS.md says what the data are and what came out.
"""

import json
import pathlib

import workbench.splitting
from tests.splitting.golden import gold
from tests.splitting.vectors import vectors
from workbench.splitting.training import Example, learn

TARGET = pathlib.Path(workbench.splitting.__file__).parent / "worthiness.json"
CREDIT = (
    "Learned from the ClaimBuster dataset by F. Arslan, N. Hassan, C. Li and M. Tremayne, "
    "doi:10.5281/zenodo.3609356, CC BY 4.0; see MODELS.md."
)


def examples(source: str) -> list[Example]:
    """The labelled sentences of a source."""
    return [
        Example(sentence["text"], bool(sentence["label"]), row["doc_id"])
        for row in gold("checkworthy")
        if row["source"] == source
        for sentence in row["sentences"]
    ]


def main() -> None:
    weights = learn(examples("claimbuster"), own=False, vectors=vectors())
    text = json.dumps({"credit": CREDIT, **weights.as_json()}, indent=0, ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
