"""The samples are verbatim, complete, and say where they are from."""

from pathlib import Path

import pytest

from workbench.samples import Sample, samples

FOLDER = Path(__file__).parents[2] / "workbench/samples"
GIVEN = Path(__file__).parents[3] / "shared/sample/lukashenko.txt"
every_sample = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.title[:20])


def test_every_text_file_is_a_sample_byte_for_byte() -> None:
    on_disk = {path.read_bytes() for path in FOLDER.glob("*.txt")}
    assert on_disk == {sample.text.encode() for sample in samples()}


@every_sample
def test_a_sample_has_paragraphs_a_title_a_day_and_a_licence(sample: Sample) -> None:
    assert sample.text.startswith(sample.title)
    assert sample.text.count("\n\n") >= 3
    assert sample.published
    assert sample.licence


@every_sample
def test_a_free_licence_is_attributed_as_it_asks(sample: Sample) -> None:
    if not sample.licence.startswith("CC BY"):
        pytest.skip("not under a Creative Commons licence")
    assert sample.author in sample.attribution
    assert sample.url.startswith("https://")
    assert sample.changes


def test_the_first_sample_is_the_text_that_was_given() -> None:
    if not GIVEN.exists():
        pytest.skip("the given text is not at hand")
    assert samples()[0].text.encode() == GIVEN.read_bytes()
