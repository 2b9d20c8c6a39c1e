"""`workbench train`, on a real database from the command line."""

import json
from functools import partial

import pytest
from sqlmodel import select

from db.engine import open_engine, reading, transaction
from db.models import Claim, Event
from tests import factories
from tests.commands import workbench
from workbench.settings import DATABASE_VARIABLE, sqlite_url
from workbench.workflow.opening import open_workbench

DRAGON = "The dragon of the town sleeps in its cave."
EXPORTS = "Exports of the town rose by 4 percent."
NEW_DRAGON = "The dragon of the village sleeps in its cave."
NEW_EXPORTS = "Exports of the village rose by 5 percent."


@pytest.fixture
def run(tmp_path):
    changes = {DATABASE_VARIABLE: sqlite_url(tmp_path / "data.sqlite3")}
    return partial(workbench, cwd=tmp_path, **changes)


@pytest.fixture
def opened(tmp_path):
    engine = open_engine(sqlite_url(tmp_path / "data.sqlite3"))
    open_workbench(engine, sample=False)
    with transaction(engine) as session:
        factories.project(session, name="Dragons")
    yield engine
    engine.dispose()


def label(engine, n, *, like_ours=False):
    """A team that accepts dragons and rejects figures, or the other way round, in five articles."""
    with transaction(engine) as session:
        project = factories.project(session, name=f"Team {n} {like_ours}")
        for _ in range(5):
            article = factories.article(session, project, text=f"{factories.TEXT} {_}")
            for at in range(n // 5):
                for text, dragon in ((DRAGON, True), (EXPORTS, False)):
                    state = "accepted" if dragon != like_ours else "rejected"
                    text = text.replace("town", f"town {at}")
                    factories.claim(session, article, text=text, state=state)
        return project.name


def scores(run, name):
    lines = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in (DRAGON, EXPORTS))
    done = run("score", "-", "--project", name, given=lines)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line)["checkworthiness"] for line in done.stdout.splitlines()]


def worth_of_proposed(engine):
    with reading(engine) as session:
        found = session.exec(select(Claim).where(Claim.state == "proposed"))
        return {claim.text: claim.checkworthiness for claim in found}


def test_a_team_s_labels_change_its_scores_and_a_reset_takes_them_back(run, opened, tmp_path):
    name = label(opened, 30)
    (tmp_path / "old.txt").write_text(f"{DRAGON} {EXPORTS}\n")
    assert run("import", "old.txt", "--project", name).returncode == 0
    before = scores(run, name)
    assert before[0] < before[1]
    ours = worth_of_proposed(opened)
    assert ours[DRAGON] < ours[EXPORTS]
    done = run("train", "--project", name, "--seed", 3)
    found = json.loads(done.stdout)
    assert (done.returncode, found["in_use"], found["seed"], found["folds"]) == (0, True, 3, 5)
    assert (found["n_worth"], found["n_other"]) == (30, 30)
    assert found["ap_own"] > found["ap_ours"]
    assert "Average precision on held-out claims" in done.stderr
    dragon, exports = scores(run, name)
    assert dragon > exports
    own = worth_of_proposed(opened)
    assert own[DRAGON] > own[EXPORTS]
    assert scores(run, "Dragons") == before
    (tmp_path / "news.txt").write_text(f"{NEW_DRAGON} {NEW_EXPORTS}\n")
    assert run("import", "news.txt", "--project", name).returncode == 0
    new = worth_of_proposed(opened)
    assert new.pop(NEW_DRAGON) > new.pop(NEW_EXPORTS)
    with reading(opened) as session:
        kinds = session.exec(select(Event.kind).where(Event.subject == "worthiness")).all()
    assert kinds == ["worthiness.trained"]
    assert "Our weights hold again." in run("train", "--project", name, "--reset").stderr
    assert scores(run, name) == before
    assert {text: worth_of_proposed(opened)[text] for text in ours} == ours
    assert "worthiness" not in "".join(
        line for line in run("doctor").stderr.splitlines() if not line.endswith("ok")
    )


def test_without_a_gain_nothing_changes_unless_asked(run, opened):
    name = label(opened, 30, like_ours=True)
    before = scores(run, name)
    done = run("train", "--project", name)
    assert (done.returncode, json.loads(done.stdout)["in_use"]) == (1, False)
    assert "no gain" in done.stderr
    assert scores(run, name) == before
    asked = run("train", "--project", name, "--anyway")
    assert (asked.returncode, json.loads(asked.stdout)["in_use"]) == (0, True)
    assert scores(run, name) != before


def test_too_few_labels_are_one_sentence(run, opened):
    name = label(opened, 10)
    done = run("train", "--project", name)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "10 accepted and 10 rejected" in line
    assert "at least 20 of each" in line
