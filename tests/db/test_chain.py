"""The history is only added to, and whatever is changed past the workbench is found and named."""

import re
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col, select

from db.engine import reading, sqlite_driver, transaction
from db.models import Claim, Event, HistoryLink
from db.queries import chain
from db.queries.events import add_events
from tests import factories as make
from workbench.workflow.checking import findings
from workbench.workflow.claiming import set_state, split

N_PROCESSES = 4
N_EACH = 25


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Engine:
    """A migrated database of each kind, to be written to for good."""
    found: Engine = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A history of nine events, one a unit."""
    with transaction(engine) as session:
        claim, user = make.claim(session, state="proposed"), make.user(session)
    for n in range(9):
        state = "accepted" if n % 2 == 0 else "rejected"
        with transaction(engine) as session:
            put(session, session.get_one(Claim, claim.id), user.id, state)
    return engine


def put(session: Session, claim: Claim, user_id: int | None, state: str) -> None:
    set_state(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=user_id or 0,
        state=state,
        version=claim.version,
    )


def tamper(engine: Engine, *statements: str) -> str:
    """Do what the triggers refuse, after taking them away; what is said about the chain then."""
    with closing(sqlite_driver().connect(engine.url.database)) as connection:
        for name in chain.TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return broken(engine)


def broken(engine: Engine) -> str:
    with reading(engine) as session:
        return chain.first_break(session) or ""


def numbers(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.exec(select(HistoryLink.number).order_by(col(HistoryLink.number))))


def test_every_column_of_an_event_is_sealed() -> None:
    assert set(chain.FIELDS) == set(SQLModel.metadata.tables["event"].c.keys())


def test_the_hash_is_that_of_a_canonical_text() -> None:
    """What stands in databases that are in use: another text would break every chain."""
    event = dict.fromkeys(chain.FIELDS) | {
        "id": 7,
        "project_id": 1,
        "at": make.NOON,
        "kind": "claim.accepted",
        "subject": "claim",
        "subject_id": 12,
        "before": {"state": "proposed", "text": "é 🎉"},
        "after": {"state": "accepted"},
    }
    canonical = (
        '{"after":{"state":"accepted"},"at":"2026-01-15T12:00:00+00:00",'
        '"before":{"state":"proposed","text":"\\u00e9 \\ud83c\\udf89"},"id":7,'
        '"kind":"claim.accepted","number":3,"previous_hash":"ab","project_id":1,'
        '"subject":"claim","subject_id":12}'
    )
    assert chain.digest(3, event, "ab") == sha256(canonical.encode("ascii")).hexdigest()


def test_what_one_unit_added_is_linked_in_order_of_its_events(store: Engine) -> None:
    with transaction(store) as session:
        before, _ = chain.head(session)
        claim, user = make.claim(session, quote="exports rose by 4 percent"), make.user(session)
        at = claim.start + len("exports ")
        who = {"project_id": claim.project_id, "claim_id": claim.id or 0, "user_id": user.id or 0}
        split(session, **who, at=at, version=claim.version)
    with reading(store) as session:
        query = select(HistoryLink).where(col(HistoryLink.number) > before)
        links = session.exec(query.order_by(col(HistoryLink.number))).all()
        assert [link.number for link in links] == [before + 1, before + 2, before + 3]
        assert [link.event_id for link in links] == sorted(link.event_id for link in links)
        assert chain.head(session) == (before + 3, links[-1].hash)
        assert chain.first_break(session) is None


def test_events_added_in_bulk_are_linked_too(store: Engine) -> None:
    with transaction(store) as session:
        before, _ = chain.head(session)
        claim = make.claim(session)
        row = {"project_id": claim.project_id, "kind": "claim.accepted", "subject": "claim"}
        ids = add_events(session, [row | {"subject_id": claim.id} for _ in range(2_500)])
        assert ids == sorted(ids)
    with reading(store) as session:
        assert chain.head(session)[0] == before + 2_500
        assert chain.first_break(session) is None


def test_what_was_not_stored_leaves_no_link(told: Engine) -> None:
    def half_done() -> None:
        with transaction(told) as session:
            claim = session.exec(select(Claim)).one()
            put(session, claim, make.user(session).id, "proposed")
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_done()
    assert numbers(told) == list(range(1, 10))
    assert broken(told) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'claim.rejected'",
        "DELETE FROM event",
        "UPDATE history_link SET hash = ''",
        "DELETE FROM history_link",
        "UPDATE history_head SET n_links = n_links - 1",
        "DELETE FROM history_head",
    ],
)
def test_the_database_refuses_to_change_or_delete(store: Engine, statement: str) -> None:
    with transaction(store) as session:
        claim = make.claim(session, state="proposed")
        put(session, claim, make.user(session).id, "accepted")
    with pytest.raises(DBAPIError, match="history"), transaction(store) as session:
        session.execute(text(statement))
    assert broken(store) == ""


@pytest.mark.parametrize("table", ["event", "history_link", "history_head"])
def test_sqlite_refuses_to_replace_a_row(told: Engine, table: str) -> None:
    with pytest.raises(DBAPIError, match="history"), transaction(told) as session:
        session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"))


def test_postgresql_refuses_to_empty_the_table(postgresql: Engine) -> None:
    with pytest.raises(DBAPIError, match="history"), transaction(postgresql) as session:
        session.execute(text("TRUNCATE event CASCADE"))


TAMPERINGS: dict[str, tuple[list[str], str]] = {
    "a changed field": (
        ["UPDATE event SET user_id = NULL WHERE id = 4"],
        "event 4, link 4: it was changed after it was written",
    ),
    "other words in what it says": (
        ['UPDATE event SET after = \'{"state": "retired"}\' WHERE id IN (4, 7)'],
        "event 4, link 4: it was changed after it was written",
    ),
    "an event taken from the middle": (
        ["DELETE FROM event WHERE id = 4"],
        "event 4, link 4: the event is missing",
    ),
    "an event taken with its link": (
        ["DELETE FROM history_link WHERE number = 4", "DELETE FROM event WHERE id = 4"],
        "event 5, link 5: the link before it is missing",
    ),
    "an event taken, the later links moved up": (
        [
            "DELETE FROM history_link WHERE number = 4",
            "DELETE FROM event WHERE id = 4",
            "UPDATE history_link SET number = number - 1 WHERE number > 4",
        ],
        "event 5, link 4: the link that it was written after is missing or was changed",
    ),
    "the end cut off": (
        ["DELETE FROM history_link WHERE number > 7", "DELETE FROM event WHERE id > 7"],
        "the end is missing: 9 events were written, the chain ends with 7",
    ),
    "everything taken": (
        ["DELETE FROM history_link", "DELETE FROM event"],
        "the end is missing: 9 events were written, the chain ends with 0",
    ),
    "two events swapped": (
        [
            "UPDATE event SET id = 100 WHERE id = 4",
            "UPDATE event SET id = 4 WHERE id = 6",
            "UPDATE event SET id = 6 WHERE id = 100",
        ],
        "event 4, link 4: it is out of order, what it says belongs to link 6",
    ),
    "two links swapped": (
        [
            "UPDATE history_link SET number = 100 WHERE number = 4",
            "UPDATE history_link SET number = 4 WHERE number = 6",
            "UPDATE history_link SET number = 6 WHERE number = 100",
        ],
        "event 6, link 4: it is out of order, it was written after link 5",
    ),
    "an event put in": (
        [
            "INSERT INTO event (project_id, at, kind, subject, subject_id, before, after)"
            " SELECT project_id, at, kind, subject, subject_id, before, after FROM event LIMIT 1"
        ],
        "event 10: it was added without a link, past the workbench",
    ),
    "an event put in with a link made for it": (
        [
            "INSERT INTO event (project_id, at, kind, subject, subject_id, before, after)"
            " SELECT project_id, at, kind, subject, subject_id, before, after FROM event LIMIT 1",
            "UPDATE history_link SET number = -number - 1 WHERE number > 4",
            "UPDATE history_link SET number = -number WHERE number < 0",
            "INSERT INTO history_link SELECT 5, 10, hash, 'made up' FROM history_link"
            " WHERE number = 4",
        ],
        "event 10, link 5: it was changed after it was written",
    ),
    "a link that names another event": (
        ["UPDATE history_link SET event_id = 100 WHERE number = 4"],
        "event 100, link 4: the event is missing",
    ),
}


@pytest.mark.parametrize(("statements", "said"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_doctor_names_the_first_broken_link(told: Engine, statements: list[str], said: str) -> None:
    assert broken(told) == ""
    found = tamper(told, *statements)
    assert re.sub(r" of [-\d]+ [:\d]+ UTC", "", found) == said
    report = findings(told)
    assert report["checks"]["chain"] == [found]
    assert not report["ok"]


def test_doctor_says_when_the_event_is_said_to_have_happened(told: Engine) -> None:
    found = tamper(told, "UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE id = 4")
    assert found.startswith("event 4 of 2020-01-01 00:00:00 UTC, link 4: ")


def test_an_end_cut_off_with_its_head_is_seen_by_who_noted_the_head(told: Engine) -> None:
    with reading(told) as session:
        n_links, noted = chain.head(session)
    assert (n_links, findings(told)["history"]) == (9, {"n_links": 9, "head": noted})
    tamper(
        told,
        "DELETE FROM history_link WHERE number > 7",
        "DELETE FROM event WHERE id > 7",
        "UPDATE history_head SET n_links = 7, hash = (SELECT hash FROM history_link"
        " WHERE number = 7)",
    )
    assert broken(told) == ""
    assert findings(told, head=noted)["checks"]["chain"] == [
        f"no link has the hash {noted}: the history is not the one that it was noted of"
    ]


def test_a_head_noted_earlier_stays_a_part_of_the_chain(told: Engine) -> None:
    with reading(told) as session:
        _, noted = chain.head(session)
    with transaction(told) as session:
        put(session, session.exec(select(Claim)).one(), make.user(session).id, "proposed")
    assert findings(told, head=noted)["checks"]["chain"] == []


def test_every_trigger_is_there(store: Engine) -> None:
    with reading(store) as session:
        assert chain.missing_triggers(session) == []


def test_doctor_names_a_missing_trigger(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_is_not_deleted"))
    assert findings(engine)["checks"]["triggers"] == [
        "the trigger event_is_not_deleted is missing: the database does not refuse what it must"
    ]


_SAVES = """
import sys, time
from db.engine import open_engine, transaction
from db.models import Claim
from tests.db.test_chain import put
engine = open_engine(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[2])):
    with transaction(engine) as session:
        claim = session.get_one(Claim, int(sys.argv[3]))
        put(session, claim, int(sys.argv[4]), "rejected" if n % 2 else "accepted")
    time.sleep(0.01)  # who waits for SQLite's lock looks again after a while only
"""


def test_several_processes_saving_leave_one_chain(store: Engine) -> None:
    with transaction(store) as session:
        before, _ = chain.head(session)
        user, article = make.user(session), make.article(session)
        claims = [make.claim(session, article, state="proposed") for _ in range(N_PROCESSES)]
    url = store.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", _SAVES, url, str(N_EACH)]
    assert _save_together([[*words, str(claim.id), str(user.id)] for claim in claims]) == {0}
    with reading(store) as session:
        assert chain.first_break(session) is None
        assert chain.head(session)[0] == before + N_PROCESSES * N_EACH
        saved = select(Event.subject_id).order_by(col(Event.id).desc())
        order = session.exec(saved.limit(N_PROCESSES * N_EACH)).all()
        n_turns = sum(one != other for one, other in pairwise(order))
        assert n_turns >= N_PROCESSES, "they saved one after the other"


def _save_together(commands: list[list[str]]) -> set[int]:
    """Run the commands, which all wait for the last to be ready; how they ended."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **pipes) for command in commands]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * len(running)
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.communicate()
    return {process.returncode for process in running}
