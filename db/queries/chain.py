"""The chain that seals the history: a link for each event, each hash over the one before.

A unit's events are sealed when it is stored, under a lock that is the last it takes: on SQLite
only one unit writes at a time anyway, on PostgreSQL the head's row is locked until the commit. So
numbers have no gaps and stand in the order in which units were stored.

Whoever can write the file and computes every later hash anew leaves a chain that holds. That is
only seen by who noted its head (`head`) elsewhere and asks whether it still is a part (`holds`).
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, event, insert, select, text, update
from sqlalchemy.orm import Mapper, object_session
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, col

from db.models import Event, HistoryHead, HistoryLink

FIELDS = (
    "id", "project_id", "at", "user_id", "kind", "subject", "subject_id", "op_id", "undoes_id",
    "part_of_id", "before", "after",
)  # fmt: skip
"""What of an event its hash covers: every column."""
TRIGGERS = (
    "event_is_not_changed",
    "event_is_not_deleted",
    "event_is_not_replaced",
    "history_link_is_not_changed",
    "history_link_is_not_deleted",
    "history_link_is_not_replaced",
    "history_head_only_grows",
    "history_head_is_not_deleted",
    "history_head_is_not_replaced",
)
PORTION = 1_000
_NEW = "events to seal"


def digest(number: int, columns: Mapping[Any, Any], previous_hash: str) -> str:
    """The hash of the link `number` of an event: SHA-256, in hex, of a canonical JSON in ASCII.

    The JSON is one object of all `FIELDS` that are not None, `number` and `previous_hash`, its keys
    sorted, without white space; times are in ISO 8601, UTC.
    """
    said = {name: columns[name] for name in FIELDS if columns[name] is not None}
    said["at"] = columns["at"].isoformat()
    said |= {"number": number, "previous_hash": previous_hash}
    return sha256(_CANONICAL.encode(said).encode("ascii")).hexdigest()


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def links(
    events: Iterable[Mapping[Any, Any]], *, n_before: int, previous_hash: str
) -> list[dict[str, Any]]:
    """The links of `events`, given as their columns, after a chain of `n_before`."""
    made = []
    for number, each in enumerate(events, n_before + 1):
        hash = digest(number, each, previous_hash)
        made.append(
            {
                "number": number,
                "event_id": each["id"],
                "previous_hash": previous_hash,
                "hash": hash,
            }
        )
        previous_hash = hash
    return made


def note_new(session: AnySession, ids: Iterable[int]) -> None:
    """Let these events be sealed when the session's unit is stored."""
    session.info.setdefault(_NEW, []).extend(ids)


@event.listens_for(Event, "after_insert")
def _note_added(_mapper: Mapper[Event], _connection: Any, added: Event) -> None:
    session = object_session(added)
    if session is not None and added.id is not None:
        note_new(session, [added.id])


def seal(session: Session) -> None:
    """Link every event that the session added; the last thing before its commit."""
    session.flush()
    ids: list[int] = sorted(session.info.pop(_NEW, ()))
    if not ids:
        return
    connection = session.connection()
    n_links, hash = connection.execute(_HEAD_LOCKED).one()
    for at in range(0, len(ids), PORTION):
        portion = {"ids": ids[at : at + PORTION]}
        added = connection.execute(_ADDED, portion).mappings().all()
        made = links(added, n_before=n_links, previous_hash=hash)
        if made:
            connection.execute(_LINK, made)
            n_links, hash = made[-1]["number"], made[-1]["hash"]
    connection.execute(_MOVE_HEAD, {"n": n_links, "last": hash})


def head(session: Session) -> tuple[int, str]:
    """How many links the chain has and the hash of its last."""
    n_links, hash = session.connection().execute(_HEAD).one()
    return n_links, hash


def holds(session: Session, hash: str) -> bool:
    """Whether the link with this hash, noted at some time, is still a part of the chain."""
    found = select(col(HistoryLink.number)).where(col(HistoryLink.hash) == hash).limit(1)
    return session.connection().execute(found).first() is not None


def missing_triggers(session: Session) -> list[str]:
    """Those of `TRIGGERS` that are not there: without them the database refuses nothing."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    there = set(session.connection().execute(text(query)).scalars())
    return [name for name in TRIGGERS if name not in there]


def first_break(session: Session) -> str | None:
    """The first place, from the oldest link on, at which the chain is broken; None if it holds.

    Reads all of it as a stream.
    """
    number, hash = 0, ""
    for row in session.connection().execute(_CHAIN).mappings():
        wrong = _what_is_wrong(session, row, number + 1, hash)
        if wrong is not None:
            return wrong
        number, hash = row["number"], row["hash"]
    return _end_at_odds(session, number, hash) or _first_unsealed(session)


def _what_is_wrong(
    session: Session, row: Mapping[Any, Any], expected: int, previous_hash: str
) -> str | None:
    """What is wrong at the link `row`, where the link `expected` should stand after that hash."""
    place = f"event {row['event_id']}{_when(row['at'])}, link {row['number']}"
    if row["number"] != expected:
        n = row["number"] - expected
        gone = "the link before it is" if n == 1 else f"{n} links before it are"
        return f"{place}: {gone} missing"
    if row["id"] is None:
        return f"{place}: the event is missing"
    if row["previous_hash"] != previous_hash:
        follows = session.connection().execute(_BY_HASH, {"hash": row["previous_hash"]}).scalar()
        if follows is not None:
            return f"{place}: it is out of order, it was written after link {follows}"
        return f"{place}: the link that it was written after is missing or was changed"
    if digest(expected, row, previous_hash) == row["hash"]:
        return None
    told = _CHANGED if (at := _right_place(session, row)) is None else f"{_MOVED} link {at}"
    return f"{place}: {told}"


_CHANGED = "it was changed after it was written"
_MOVED = "it is out of order, what it says belongs to"


def _right_place(session: Session, row: Mapping[Any, Any]) -> int | None:
    """The number of the link near `row` that was made of what the event says; None if none was."""
    around = {"first": row["number"] - PORTION, "last": row["number"] + PORTION}
    for link in session.connection().execute(_AROUND, around).mappings():
        moved = {**row, "id": link["event_id"]}
        if digest(link["number"], moved, link["previous_hash"]) == link["hash"]:
            return int(link["number"])
    return None


def _end_at_odds(session: Session, number: int, hash: str) -> str | None:
    n_links, last = head(session)
    if number < n_links:
        return f"the end is missing: {n_links} events were written, the chain ends with {number}"
    if (number, hash) != (n_links, last):
        return f"the chain goes on to link {number}, but {n_links} events were written"
    return None


def _first_unsealed(session: Session) -> str | None:
    found = session.connection().execute(_UNSEALED).first()
    if found is None:
        return None
    return f"event {found.id}{_when(found.at)}: it was added without a link, past the workbench"


def _when(at: Any) -> str:
    return "" if at is None else f" of {at:%Y-%m-%d %H:%M:%S} UTC"


_COLUMNS = tuple(getattr(Event, name) for name in FIELDS)
# Built once: every save asks these.
_HEAD = select(col(HistoryHead.n_links), col(HistoryHead.hash))
_HEAD_LOCKED = _HEAD.with_for_update()
_ADDED = (
    select(*_COLUMNS)
    .where(col(Event.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Event.id))
)
_LINK = insert(HistoryLink)
_MOVE_HEAD = update(HistoryHead).values(n_links=bindparam("n"), hash=bindparam("last"))
_CHAIN = (
    select(*HistoryLink.__table__.c, *_COLUMNS)  # type: ignore[attr-defined]
    .join(Event, col(Event.id) == col(HistoryLink.event_id), isouter=True)
    .order_by(col(HistoryLink.number))
    .execution_options(yield_per=PORTION)
)
_BY_HASH = select(col(HistoryLink.number)).where(col(HistoryLink.hash) == bindparam("hash"))
_AROUND = select(*HistoryLink.__table__.c).where(  # type: ignore[attr-defined]
    col(HistoryLink.number).between(bindparam("first"), bindparam("last"))
)
_UNSEALED = (
    select(col(Event.id), col(Event.at))
    .join(HistoryLink, col(HistoryLink.event_id) == col(Event.id), isouter=True)
    .where(col(HistoryLink.number).is_(None))
    .order_by(col(Event.id))
    .limit(1)
)
