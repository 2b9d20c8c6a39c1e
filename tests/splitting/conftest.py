"""One pipeline for all tests of the splitter."""

import pathlib
from typing import TYPE_CHECKING

import pytest

from workbench.splitting import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

SHARED = pathlib.Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def nlp() -> "Language":
    return load_pipeline()


@pytest.fixture
def sample() -> str:
    path = SHARED / "sample" / "lukashenko.txt"
    if not path.exists():
        pytest.skip("the sample article is not beside the repository")
    return path.read_text(encoding="utf-8")
