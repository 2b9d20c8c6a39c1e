"""The contract that scripts rely on: exit status, JSON on stdout, words on stderr."""

import json
import shutil
import socket
import subprocess
import sys
import time
from functools import partial

import pytest
from sqlalchemy import text

from db.engine import open_engine, transaction
from db.models import Claim
from db.queries import projects, users
from tests import factories as make
from tests.commands import workbench
from workbench.samples import samples
from workbench.settings import DATABASE_VARIABLE, sqlite_url
from workbench.workflow.claiming import rewrite
from workbench.workflow.opening import default_project, open_workbench

LINES = """{"id": 1, "text": "Rates fell by 2 percent in May, the bank said. Exports rose."}
{"id": 2, "text":
{"id": 3, "text": "Unemployment fell to 5 percent in 2020.", "published": "2020-13-01"}
{"id": 4, "text": "Unemployment fell to 5 percent in 2020."}
"""


@pytest.fixture
def run(tmp_path):
    """Run `workbench` in an empty folder with an empty data folder."""
    changes = {DATABASE_VARIABLE: sqlite_url(tmp_path / "data.sqlite3")}
    return partial(workbench, cwd=tmp_path, **changes)


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "sample.txt"
    path.write_bytes(samples()[0].text.encode())
    return path


@pytest.fixture
def opened(tmp_path, migrated):
    engine = open_engine(sqlite_url(shutil.copyfile(migrated, tmp_path / "data.sqlite3")))
    open_workbench(engine)
    yield engine
    engine.dispose()


def test_split_prints_one_claim_a_line_with_exact_offsets(run, sample):
    done = run("split", sample, "--published", "2022-01-15")
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert len(claims) >= 15
    text = samples()[0].text
    assert all(text[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    assert {"claim", "sentence", "block", "attribution", "checkworthiness"} <= set(claims[0])
    assert "id" not in claims[0]


def test_split_reads_lines_and_names_those_it_refuses(run, tmp_path):
    (tmp_path / "news.jsonl").write_text(LINES)
    done = run("split", "news.jsonl")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "4"]
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "news.jsonl:2",
        "news.jsonl:3",
    ]


def test_split_reads_text_and_lines_from_standard_input(run):
    text = "\n\nRates fell by 2 percent in May 🙂, the bank said.\n"
    (claim,) = map(json.loads, run("split", "-", given=text).stdout.splitlines())
    assert text[claim["start"] : claim["end"]] == claim["quote"]
    lines = run("split", "-", given='{"id": "a", "text": "Rates fell by 2 percent in May."}\n')
    assert json.loads(lines.stdout)["id"] == "a"


def test_split_can_print_every_sentence(run, sample):
    done = run("split", "--unit", "sentences", sample)
    sentences = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"start", "end", "block", "claim"} <= set(sentences[0])
    assert [s["start"] for s in sentences] == sorted(s["start"] for s in sentences)


def test_an_input_that_is_not_there_is_wrong_use_and_nothing_is_printed(run, sample):
    done = run("split", sample, "nowhere.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("workbench: nowhere.txt is not there")


def test_a_text_that_cannot_be_read_is_named_and_the_others_are_split(run, sample, tmp_path):
    (tmp_path / "latin.txt").write_bytes("Präsident".encode("cp1252"))
    done = run("split", "latin.txt", sample)
    assert done.returncode == 1
    assert "latin.txt: The encoding is not UTF-8" in done.stderr
    assert done.stdout


def test_score_prints_a_number_for_each_sentence(run):
    done = run("score", "-", given='{"id": "a", "text": "Rates fell by 2 percent in 2020."}\n')
    assert done.returncode == 0
    scored = json.loads(done.stdout)
    assert scored["id"] == "a"
    assert 0 <= scored["checkworthiness"] <= 1


def test_import_stores_splits_and_sums_up(run, sample, tmp_path):
    (tmp_path / "news.jsonl").write_text(LINES)
    done = run("import", "news.jsonl", "sample.txt")
    summary = json.loads(done.stdout)
    assert done.returncode == 1
    assert (summary["imported"], summary["duplicates"]) == (3, 0)
    assert summary["claims"] == sum(line["n_claims"] for line in summary["articles"]) >= 17
    assert [refusal["where"] for refusal in summary["refused"]] == ["news.jsonl:2", "news.jsonl:3"]
    assert "workbench: news.jsonl:2: line 2: not JSON" in done.stderr


def test_importing_the_same_again_adds_nothing(run, sample):
    first = json.loads(run("import", "sample.txt").stdout)
    for _ in range(2):
        again = json.loads(run("import", "sample.txt").stdout)
        assert (again["imported"], again["duplicates"], again["claims"]) == (0, 1, 0)
        assert again["articles"][0]["id"] == first["articles"][0]["id"]
    assert json.loads(run("stats").stdout)["articles"] == 1
    assert json.loads(run("doctor").stdout)["rows"]["claim"] == first["claims"]


def test_export_writes_what_was_imported(run, sample, tmp_path):
    imported = json.loads(run("import", "sample.txt").stdout)
    done = run("export", "--format", "jsonl", "--out", "out.jsonl")
    assert done.returncode == 0
    assert json.loads(done.stdout)["written"] == imported["claims"]
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == imported["claims"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "--format", "xls", "--out", "a.xls"], "is not a format; choose one of"),
        (["export", "--format", "csv", "--out", "nowhere/a.csv"], "does not exist"),
        (["stats", "--project", "Nobody's"], "choose one of My project"),
        (["import", "sample.txt", "--project", "Nobody's"], "choose one of My project"),
        (["split", "sample.txt", "--published", "yesterday"], "YYYY-MM-DD"),
        (["migrate", "--database", "foo://bar"], "no database URL"),
        (["stats", "--database", "other.sqlite3"], "There is no database at"),
    ],
)
def test_wrong_use_is_one_sentence(run, opened, sample, arguments, said):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("workbench: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["split"], ["nonsense"], ["export"], ["stats", "--bogus"]])
def test_unknown_words_are_wrong_use(run, arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_one_sentence(run, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    done = run("stats", "--database", "letter.txt")
    assert (done.returncode, done.stderr) == (
        2,
        "workbench: The file is not a SQLite database. Name another with --database.\n",
    )


def test_formats_names_every_format(run):
    known = json.loads(run("formats").stdout)
    assert [format["name"] for format in known["import"]] == ["text", "jsonl"]
    assert {"csv", "jsonl"} <= {format["name"] for format in known["export"]}


def test_migrate_makes_a_database_and_says_from_where_to_where(run):
    assert json.loads(run("migrate").stdout)["before"] is None
    again = json.loads(run("migrate").stdout)
    assert again["before"] == again["after"]


def test_stats_are_the_dashboards_figures(run, opened):
    stats = json.loads(run("stats").stdout)
    assert (stats["project"], stats["articles"], stats["reviewed"]) == ("My project", 1, 0)


def test_a_healthy_database_passes_the_doctor(run, opened):
    done = run("doctor")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"]) == (0, True)
    assert report["sqlite"]["wal_bug"] is False
    assert "integrity: ok" in done.stderr


def test_the_doctor_finds_a_quote_that_does_not_stand_there(run, opened, sample):
    run("import", "sample.txt", "--project", "My project")
    with transaction(opened) as session:
        claim = session.get(Claim, 1)
        claim.start, claim.end = claim.start + 1, claim.end + 1
    done = run("doctor")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"]) == (1, False)
    assert report["checks"]["quotes"] == ["claim 1 does not quote its article"]
    assert "quotes: claim 1 does not quote its article" in done.stderr


def test_the_doctor_notices_words_that_the_search_does_not_know_and_adds_them(run, opened):
    with transaction(opened) as session:
        make.claim(session)
        session.execute(text("INSERT INTO claim_fts (claim_fts) VALUES ('delete-all')"))
    sick = run("doctor")
    assert sick.returncode == 1
    assert "every claim: run `workbench doctor --reindex`" in sick.stderr
    report = json.loads(run("doctor", "--reindex").stdout)
    assert report["checks"]["search"] == []


def test_the_doctor_changes_nothing_in_an_old_database(run, tmp_path):
    (tmp_path / "data.sqlite3").touch()
    done = run("doctor")
    assert done.returncode == 1
    assert "run `workbench migrate`" in done.stderr


def test_serve_says_that_a_port_is_taken(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--no-browser", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(run, sample):
    command = f"{sys.executable} -m workbench.cli split {sample} {sample} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == ('{"claim": ', "")


def test_output_is_utf8_whatever_the_locale(run):
    text = "The Präsident said that rates fell by 2 percent in May 🙂."
    done = run("split", "-", given=text, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Präsident" in done.stdout


def test_help_is_quick_and_loads_nothing_heavy(run):
    begin = time.perf_counter()
    assert run("--help").returncode == 0
    assert time.perf_counter() - begin < 3
    assert loaded_by("workbench.cli").isdisjoint({"spacy", "streamlit", "sqlalchemy", "pandas"})


def test_no_command_but_serve_loads_streamlit():
    ours = ("bulk", "serving", "splitting", "worker", "workers", "workflow.checking")
    assert loaded_by(*(f"workbench.{name}" for name in ours)).isdisjoint({"spacy", "streamlit"})


def loaded_by(*modules):
    """All modules that are loaded once these are imported."""
    script = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    return set(done.stdout.split())


def test_agreement_prints_coefficients_with_intervals_and_probable_verdicts(run, opened):
    with transaction(opened) as session:
        article = make.article(session, projects.oldest(session))
        for n in range(6):
            claim = make.claim(session, article, start=n, end=n + 5)
            for name, label in (("ann", "refuted"), ("bob", "supported" if n == 0 else "refuted")):
                by = users.by_name(session, name=name) or make.user(session, name=name)
                make.review(session, claim, by, label=label)
    done = run("agreement", "--stage", "verdict", "--by", "pair", "--by", "outlet", "--probable")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    (stage,) = found["stages"]
    percent = stage["coefficients"][0]
    assert (stage["compared"], stage["differ"], percent["value"]) == (6, 1, pytest.approx(5 / 6))
    assert percent["low"] < percent["value"] <= percent["high"]
    assert stage["confusion"]["refuted"]["supported"] == 1
    assert stage["slices"]["pair"][0]["claims"]["reviewers"] == ["ann", "bob"]
    assert [one["name"] for one in found["dawid_skene"]["reviewers"]] == ["ann", "bob"]
    assert all(sum(one["posterior"].values()) for one in found["dawid_skene"]["claims"])
    assert run("agreement").stdout == run("agreement").stdout
    assert run("agreement", "--stage", "mood").returncode == 2


def test_history_prints_what_was_done_one_event_a_line(run, opened):
    with transaction(opened) as session:
        project, ada = default_project(session), make.user(session, name="ada")
        claim = make.claim(session, make.article(session, project), state="proposed")
        who = {"project_id": project.id, "claim_id": claim.id, "user_id": ada.id}
        rewrite(session, **who, text="It fell.", version=claim.version)
    done = run("history", "--claim", claim.id, "--person", "ada")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, line["kind"], line["user"]) == (0, "claim.rewritten", "ada")
    assert (line["after"], line["claim_id"]) == ({"text": "It fell."}, claim.id)
    assert run("history", "--from", "soon").returncode == 2
    assert run("history", "--to", "2020-01-01").stdout == ""


def test_doctor_finds_a_head_that_was_noted_earlier(run, opened):
    noted = json.loads(run("doctor").stdout)["history"]["head"]
    assert run("doctor", "--head", noted).returncode == 0
    done = run("doctor", "--head", "0" * 64)
    assert done.returncode == 1
    assert "chain: no link has the hash 000" in done.stderr


def test_known_verdicts_are_marked_from_files_and_each_refusal_names_its_line(
    run, opened, tmp_path
):
    with transaction(opened) as session:
        article = make.article(session, default_project(session), external_id="a-1")
        claim = make.claim(session, article).id
    csv = f'claim,label,explanation,use\n{claim},Supported,"See, there.",hidden\n99,refuted,,\n'
    (tmp_path / "gold.csv").write_text(csv)
    line = json.dumps({"article": "a-1", "quote": make.QUOTE, "label": "refuted"})
    (tmp_path / "gold.jsonl").write_text(f'{line}\n{{"text": 1}}\n')
    done = run("gold", tmp_path / "gold.csv", tmp_path / "gold.jsonl", "--use", "training")
    assert done.returncode == 1
    assert json.loads(done.stdout)["marked"] == [claim, claim]
    said = [line.partition(f"{tmp_path}/")[2] for line in done.stderr.splitlines()]
    assert [line.partition(" ")[0] for line in said] == ["gold.jsonl:2:", "gold.csv:3:"]
    with transaction(opened) as session:
        assert session.get_one(Claim, claim).state == "retired"
