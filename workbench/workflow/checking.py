"""Whether everything that must hold in a database still holds: what `doctor` reports."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db.engine import reading, sqlite_driver, transaction
from db.migrations import current_revision, newest_revision
from db.models import VERSIONED
from db.queries import chain, invariants, tallies, words
from workbench.workflow.problems import database_problems, sentence

WAL_BUG_FROM, WAL_BUG_TO = (3, 7, 0), (3, 51, 2)
LITTLE_SPACE_BYTES = 200_000_000


def findings(engine: Engine, *, head: str = "") -> dict[str, Any]:
    """Every check by name with what it found; plain JSON values.

    Keys: ok, sqlite (version, wal_bug), schema, checks ({name: [sentence]}, empty lists are good),
    folder (path, free_bytes), rows, history (n_links, head: the hash of the chain's last link,
    worth noting elsewhere). `head` is such a note, to be found in the chain again. Changes nothing
    in the database.
    """
    checks: dict[str, list[str]] = {"sqlite": _driver_findings(engine)}
    rows: dict[str, int] = {}
    history: dict[str, Any] = {}
    schema: str | None = None
    try:
        with reading(engine) as session:
            schema = current_revision(session.connection())
            checks["schema"] = _schema_findings(schema)
            checks |= _file_findings(session)
            if not checks["schema"]:
                checks |= _row_findings(session) | _chain_findings(session, head)
                rows = invariants.counts(session)
                history = dict(zip(("n_links", "head"), chain.head(session), strict=True))
        if not checks["schema"]:
            checks["search"] = _search_findings(engine)
    except DBAPIError as error:
        checks["readable"] = [sentence(error)]
    folder = _folder(engine)
    checks["folder"] = _folder_findings(folder)
    return {
        "ok": not any(checks.values()),
        "database": engine.url.render_as_string(hide_password=True),
        "sqlite": _driver(engine),
        "schema": {"found": schema, "newest": newest_revision()},
        "folder": _space(folder),
        "rows": rows,
        "history": history,
        "checks": checks,
    }


def reindex(engine: Engine) -> None:
    """Write the index of the search anew. Raises `DatabaseProblem`."""
    with database_problems(), transaction(engine) as session:
        words.rebuild(session)


def recount(engine: Engine) -> None:
    """Count the numbers of Progress anew. Raises `DatabaseProblem`."""
    with database_problems(), transaction(engine) as session:
        tallies.rebuild(session)


def has_wal_bug(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite can corrupt a WAL that several connections write (fixed in 3.51.3).

    >>> has_wal_bug((3, 40, 1)), has_wal_bug((3, 51, 3))
    (True, False)
    """
    return WAL_BUG_FROM <= version <= WAL_BUG_TO


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _driver(engine: Engine) -> dict[str, Any] | None:
    if not _is_sqlite(engine):
        return None
    version = sqlite_driver().sqlite_version_info
    return {"version": ".".join(map(str, version)), "wal_bug": has_wal_bug(version)}


def _driver_findings(engine: Engine) -> list[str]:
    driver = _driver(engine)
    if driver is None or not driver["wal_bug"]:
        return []
    return [f"SQLite {driver['version']} can corrupt its log; 3.51.3 and newer cannot"]


def _schema_findings(found: str | None) -> list[str]:
    if found == newest_revision():
        return []
    said = "empty" if found is None else f"at schema {found}"
    return [f"the database is {said}, not at {newest_revision()}: run `workbench migrate`"]


def _file_findings(session: Session) -> dict[str, list[str]]:
    return {
        "integrity": invariants.integrity(session),
        "references": invariants.broken_references(session),
    }


def _row_findings(session: Session) -> dict[str, list[str]]:
    return {
        "quotes": invariants.misquoted_claims(session),
        "slots": invariants.slots_beyond(session),
        "verdicts": invariants.submitted_without_verdict(session),
        "operations": [
            *invariants.operations_carried_out_twice(session),
            *invariants.operations_without_name(session),
        ],
        "versions": invariants.versions_below_one(session, models=VERSIONED),
        "events": invariants.events_about_nothing(session),
        "history": invariants.claims_without_history(session),
        "lineage": invariants.circular_lineage(session),
        "threads": invariants.threads_at_odds(session),
        "undos": invariants.undos_at_odds(session),
        "jobs": invariants.jobs_at_odds(session),
        "progress": [
            f"{said}: run `workbench doctor --recount`" for said in tallies.at_odds(session)
        ],
    }


def _chain_findings(session: Session, head: str) -> dict[str, list[str]]:
    broken = [said for said in [chain.first_break(session)] if said is not None]
    if head and not chain.holds(session, head):
        broken.append(
            f"no link has the hash {head}: the history is not the one that it was noted of"
        )
    return {
        "chain": broken,
        "triggers": [
            f"the trigger {name} is missing: the database does not refuse what it must"
            for name in chain.missing_triggers(session)
        ]
        + [
            f"the trigger {name} is missing: Progress does not notice every change"
            for name in tallies.missing_triggers(session)
        ],
    }


def _search_findings(engine: Engine) -> list[str]:
    """SQLite compares its word index with the table only for who may write; nothing is written."""
    with transaction(engine) as session:
        return invariants.words_out_of_step(session)


def _folder(engine: Engine) -> Path | None:
    name = engine.url.database
    if not _is_sqlite(engine) or not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name).resolve().parent


def _space(folder: Path | None) -> dict[str, Any] | None:
    if folder is None or not folder.is_dir():
        return None
    return {"path": str(folder), "free_bytes": shutil.disk_usage(folder).free}


def _folder_findings(folder: Path | None) -> list[str]:
    space = _space(folder)
    if folder is None or space is None:
        return []
    found = []
    if not _is_writable(folder):
        found.append(f"{folder} may not be written to: no review can be saved")
    if space["free_bytes"] < LITTLE_SPACE_BYTES:
        found.append(f"{folder} has only {space['free_bytes'] // 1_000_000} MB left")
    return found


def _is_writable(folder: Path) -> bool:
    probe = folder / ".workbench-doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
