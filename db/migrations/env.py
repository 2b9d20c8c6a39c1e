"""What Alembic runs: on the connection it is handed, or on one of its own."""

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel import SQLModel

import db.models  # noqa: F401  (fills the metadata)
from db.engine import open_engine


def render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our own column types out by name."""
    if kind == "type" and type(item).__module__ == "db.models":
        autogen_context.imports.add("import db.models")
        return f"db.models.{type(item).__name__}()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render_item,
        transactional_ddl=False,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = os.environ.get("WORKBENCH_DATABASE", "sqlite://")
    with open_engine(url).connect() as own, own.begin():
        run(own)
