"""The environment, read once into one frozen `Settings`."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATABASE_VARIABLE = "WORKBENCH_DATABASE"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; the command line's flags replace single fields.

    `model` is the spaCy pipeline to split with; None takes the English one that is installed.
    `models` names those of other languages: `de=de_core_news_sm,fr=fr_core_news_sm`.
    `allowed_hosts` are names that people reach the workbench by, beside those of this machine.
    """

    database_url: str
    model: str | None = None
    models: str = ""
    allowed_hosts: tuple[str, ...] = ()


def from_environment() -> Settings:
    """Read `WORKBENCH_DATABASE`, `WORKBENCH_MODEL`, `WORKBENCH_MODELS` and
    `WORKBENCH_ALLOWED_HOSTS`."""
    hosts = os.environ.get("WORKBENCH_ALLOWED_HOSTS") or ""
    return Settings(
        database_url=os.environ.get(DATABASE_VARIABLE) or default_database_url(),
        model=os.environ.get("WORKBENCH_MODEL") or None,
        models=os.environ.get("WORKBENCH_MODELS") or "",
        allowed_hosts=tuple(name.strip() for name in hosts.split(",") if name.strip()),
    )


def default_database_url() -> str:
    """A SQLite file in the user's data folder, which is made if need be."""
    folder = platformdirs.user_data_path("factcheck-workbench", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return sqlite_url(folder / "workbench.sqlite3")


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite database in the file `path`."""
    return f"sqlite:///{path.resolve()}"


def secret_from_environment() -> str | None:
    """`WORKBENCH_SECRET`, which signs the cookies where the database is not to hold that secret."""
    return os.environ.get("WORKBENCH_SECRET") or None


def strangers_from_environment() -> str | None:
    """`WORKBENCH_STRANGERS`: the role in the first project of everybody whom a provider of OpenID
    Connect lets through; None refuses who has no account."""
    return os.environ.get("WORKBENCH_STRANGERS") or None
