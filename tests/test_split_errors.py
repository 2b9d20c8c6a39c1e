"""What `split` and `score` say of inputs that they cannot take: one sentence, no traceback."""

from functools import partial

import pytest

from tests.commands import workbench

GERMAN = "Der Präsident sagte am Montag, dass die Regierung das Gesetz bald zurückzieht. " * 3


@pytest.fixture
def run(tmp_path):
    return partial(workbench, cwd=tmp_path)


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
}
LINE = b"word " * 1_000_000


@pytest.mark.parametrize("command", ["split", "score"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_sentence(run, tmp_path, command, name):
    given, said = BAD[name]
    (tmp_path / name).write_bytes(given)
    refused(run(command, name), said)


def test_five_megabytes_on_one_line_are_one_sentence(run, tmp_path):
    (tmp_path / "line.txt").write_bytes(LINE)
    refused(run("split", "line.txt"), "200,000 at most")
    refused(run("score", "line.txt"), "line 1: not JSON")


@pytest.mark.parametrize("command", ["split", "score"])
@pytest.mark.parametrize(("name", "said"), [("nowhere.txt", "not there"), (".", "a folder")])
def test_no_file_is_one_sentence(run, command, name, said):
    refused(run(command, name), said)


@pytest.mark.parametrize("model", ["no_such_pipeline", "blank:zzz"])
def test_a_missing_model_is_one_sentence(run, tmp_path, model):
    (tmp_path / "a.txt").write_text("Rates fell by 2 percent in May.")
    refused(run("split", "a.txt", WORKBENCH_MODEL=model), model)


@pytest.mark.parametrize("models", ["de=no_such_pipeline", "german=blank:de", "de"])
def test_a_wrong_list_of_models_is_one_sentence(run, tmp_path, models):
    (tmp_path / "a.txt").write_text("Rates fell by 2 percent in May.")
    refused(run("split", "a.txt", WORKBENCH_MODELS=models), models.split("=")[-2:][0])


def test_a_language_without_rules_is_said(run, tmp_path):
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    done = run("split", "de.txt")
    assert done.returncode == 0
    assert "only: no rules for German" in done.stderr
    assert len(done.stdout.splitlines()) >= 1


def test_wrong_lines_are_numbered_and_the_others_scored(run, tmp_path):
    lines = ('{"id": 1, "text": "Rates fell."}', '{"id": 1, "text": "Other."}', "{bad")
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    done = run("score", "a.jsonl")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["a.jsonl:2", "a.jsonl:3"]


def refused(done, said):
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("workbench: ")
    assert said in line
