"""Full-text search in the database: FTS5 on SQLite, tsvector on PostgreSQL.

What somebody types is words and "phrases in quotes", all of which must occur; the last word may be
unfinished. Whatever else it holds, it is never read as the syntax of the search.
"""

import re
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from db.models import Claim, Evidence, Review

MAX_TERMS = 20
SEARCHED: dict[str, tuple[str, ...]] = {
    "claim": ("text", "quote", "speaker"),
    "review": ("justification",),
    "evidence": ("quote", "question", "answer"),
}
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"\0": " "})
_TERM = re.compile(r'"([^"]*)("?)|([^\s"]+)')


def terms(typed: str) -> list[tuple[str, bool]]:
    """The words and phrases typed, each with whether it may go on.

    >>> terms('tax "of the state" wor')
    [('tax', False), ('of the state', False), ('wor', True)]
    >>> terms('(NOT *:^ "every word"')
    [('(NOT', False), ('every word', False)]
    """
    plain = typed.translate(_QUOTES).encode("utf-8", "replace").decode("utf-8")
    found = [
        (" ".join((phrase or word or "").split()), not closed)
        for phrase, closed, word in _TERM.findall(plain)
    ]
    kept = [each for each in found if any(map(str.isalnum, each[0]))][:MAX_TERMS]
    return [(term, goes_on and i == len(kept) - 1) for i, (term, goes_on) in enumerate(kept)]


def matching(session: Session, of: str, typed: str) -> Select[Any] | None:
    """The ids of the rows of the table `of` in which all that was typed occurs; None: in none."""
    wanted = terms(typed)
    if not wanted:
        return None
    if _is_sqlite(session):
        words = table(f"{of}_fts")
        matches = literal_column(f"{of}_fts").op("MATCH")(_fts5(wanted))
        return select(literal_column("rowid")).select_from(words).where(matches)
    model: Any = {"claim": Claim, "review": Review, "evidence": Evidence}[of]
    return select(col(model.id)).where(_postgresql(of, wanted))


def out_of_step(session: Session) -> list[str]:
    """The tables of whose words the index says something else than the table.

    Needs a session that may write, and changes nothing. PostgreSQL keeps its indexes by itself.
    """
    return [name for name in SEARCHED if _is_sqlite(session) and not _is_in_step(session, name)]


def rebuild(session: Session) -> None:
    """Write the word indexes anew from the tables."""
    for name in SEARCHED if _is_sqlite(session) else ():
        session.execute(text(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')"))


def _is_in_step(session: Session, name: str) -> bool:
    check = text(f"INSERT INTO {name}_fts ({name}_fts, rank) VALUES ('integrity-check', 1)")
    try:
        session.execute(check)
    except DatabaseError as error:
        if "malformed" not in str(error.orig) and "corrupt" not in str(error.orig):
            raise
        return False
    return True


def _fts5(wanted: list[tuple[str, bool]]) -> str:
    return " ".join(f'"{term}"{"*" if goes_on else ""}' for term, goes_on in wanted)


def _postgresql(of: str, wanted: list[tuple[str, bool]]) -> ColumnElement[bool]:
    columns = " || ' ' || ".join(f"coalesce({of}.{column}, '')" for column in SEARCHED[of])
    vector = literal_column(f"to_tsvector('simple', {columns})", Text)
    parts = []
    for term, goes_on in wanted:
        quoted = term.replace("\\", "\\\\").replace("'", "''")
        parts.append(f"'{quoted}'{':*' if goes_on else ''}")
    return vector.op("@@")(func.to_tsquery(literal_column("'simple'"), " & ".join(parts)))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
