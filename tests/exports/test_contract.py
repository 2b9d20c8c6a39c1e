"""What every export format promises: a new one is tested by being in the folder."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from exports import base
from exports.base import Exporter, ExportError, Options, Record, Report, exporter, exporters
from tests.exports.reading import content, fold, texts
from tests.exports.records import TEXT, bare, in_article, record

GOLDEN = Path(__file__).parent / "golden"
every_format = pytest.mark.parametrize("name", exporters())
AWKWARD = {
    "emoji": "👩‍👩‍👧 said 🎉 rose",
    "newlines": "one\ntwo\r\nthree\rfour",
    "line separators": "one\u2028two\u2029three\x85four",
    "lone combining mark": "\u0301 began it, and e\u0301 is not é",
    "right to left": "قال الوزير \u202eabc\u202c שלום",
    "quotes": "\"a\", 'b'; c\\n\t| <b>&amp;</b>",
    "invisible": "\ufeffa\u200bb\u00a0c\u0000d",
}

Export = Callable[..., bytes]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Write records in a format; returns the file's bytes."""

    def run(name: str, records: Iterable[Record], **choices: bool) -> bytes:
        path = tmp_path / f"claims{exporters()[name].suffix}"
        base.write(name, records, path, **choices)
        return path.read_bytes()

    return run


@every_format
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_text_is_kept_byte_for_byte(name: str, text: str, export: Export) -> None:
    written = export(name, [record(text, text)])
    kept = fold(name)
    assert kept(text) in kept(texts(name, written))


@every_format
def test_no_claims_is_a_file_without_claims(name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    assert base.write(name, [], path) == Report(selected=0, written=0)
    assert TEXT not in texts(name, path.read_bytes())


@every_format
def test_every_claim_is_written_or_named(name: str, tmp_path: Path) -> None:
    two = [record(), in_article(bare(), 2)]
    for labels in get_args(base.Labels):
        report = base.write(name, iter(two), tmp_path / "two", labels=labels)
        assert report.selected == 2 == report.written + len(report.left_out)
        assert report.written


@every_format
def test_the_same_records_are_the_same_bytes(name: str, export: Export) -> None:
    assert export(name, [record(), bare()]) == export(name, [record(), bare()])


@every_format
def test_the_file_is_as_it_was_when_the_format_was_made(name: str, export: Export) -> None:
    golden = GOLDEN / f"{name}{exporters()[name].suffix}"
    now = export(name, [record(), in_article(bare(), 2)])
    assert content(name, now) == content(name, golden.read_bytes())


@every_format
def test_an_export_that_breaks_off_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "claims"
    path.write_text("the old file")
    with pytest.raises(RuntimeError, match="half-way"):
        base.write(name, breaking_off(), path)
    assert path.read_text() == "the old file"
    assert list(tmp_path.iterdir()) == [path]


def breaking_off() -> Iterator[Record]:
    yield record()
    raise RuntimeError("half-way")


WHOLE_AT_THE_END = {
    "docbin": "spaCy's container is one message, made when all is there",
    "xlsx": "the rows wait in a file of their own until the workbook is closed",
}


@every_format
def test_records_are_not_gathered_in_memory(name: str, tmp_path: Path) -> None:
    if name in WHOLE_AT_THE_END:
        pytest.skip(WHOLE_AT_THE_END[name])
    alive: list[int] = []

    def many() -> Iterator[Record]:
        for number in range(12_500):
            claim = replace(record().claim, id=number)
            yield in_article(replace(record(), claim=claim), number // 5)
            alive.append((tmp_path / part).stat().st_size if (part := unfinished()) else 0)

    def unfinished() -> str:
        return next((path.name for path in tmp_path.iterdir() if path.suffix == ".part"), "")

    base.write(name, many(), tmp_path / "claims")
    assert alive[-1] > 0


@every_format
def test_a_replaced_file_keeps_its_permissions(name: str, tmp_path: Path) -> None:
    path = tmp_path / "claims"
    path.touch(mode=0o600)
    base.write(name, [record()], path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_the_user_can_mend_is_said_in_one_sentence(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "claims", "does not exist"),
        (Path("/dev/null"), "not an ordinary file"),
        (tmp_path / ("a" * 300), "could not be written"),
    ]:
        with pytest.raises(ExportError, match=words):
            base.write("jsonl", [record()], path)


def test_a_full_disk_is_said_and_leaves_nothing() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        exporters()["jsonl"].write([record()], full, Options())


def test_a_name_taken_twice_names_both() -> None:
    def other(records: Iterable[Record], out: object, options: Options) -> tuple[()]:
        return ()

    taken = exporters()["csv"].write
    with pytest.raises(ValueError, match=r"csv\.write_csv and .*other"):
        exporter("csv", title="", suffix="", group="whole", description="")(other)
    assert exporters()["csv"].write is taken


@pytest.mark.parametrize("format", exporters().values(), ids=lambda format: format.name)
def test_every_format_says_what_it_is(format: Exporter) -> None:
    assert format.title
    assert format.description
    assert format.suffix.startswith(".")


def test_knowing_the_formats_does_not_load_what_a_heavy_one_needs() -> None:
    code = (
        "import sys; from exports.base import exporters; exporters(); print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
