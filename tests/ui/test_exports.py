"""Exports: what is in the selection, and files that are built at the click."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import transaction
from db.models import Article
from db.queries import projects
from exports.base import exporters
from tests import factories
from tests.exports.reading import docs
from tests.ui.seen import HOSTILE, link, words
from workbench.ui import who
from workbench.ui.components.downloads import builder, file_name, short_title
from workbench.workflow import previewing
from workbench.workflow.opening import local_user

Visit = Callable[..., AppTest]


def test_an_empty_project_says_what_to_do(visit: Visit) -> None:
    app = visit("exports")
    assert not app.exception
    assert "Nothing to export yet" in words(app)
    assert link(app, "Go to Intake").page == "intake"


def test_each_format_has_a_button_of_its_name(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        factories.claim(session, article(session))
    app = visit("exports")
    labels = [button.proto.label for button in app.get("download_button")]
    assert sorted(labels) == sorted(f"Download {short_title(x)}" for x in exporters().values())
    assert labels[0] == "Download JSONL"
    assert {"Download JSONL", "Download CSV"} <= set(labels)


def test_the_selection_is_counted_before_it_is_taken(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        factories.review(session, factories.claim(session, text))
        factories.review(session, factories.claim(session, text), status="draft")
        factories.claim(session, text, state="rejected")
        factories.claim(session, text, state="retired")
    said = words(visit("exports"))
    assert "**3 claims** in the selection: **1** with a verdict (0 resolved), **2** without" in said
    assert "1 retired" in said


def test_the_file_holds_what_is_stored_at_the_click(database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        me = who.Present(local_user(session).id or 0, text.project_id)
        factories.claim(session, text)
    build = builder(database, exporters()["jsonl"], me, raw=False)
    with transaction(database) as session:
        factories.claim(session, session.get_one(Article, text.id))
    lines = [json.loads(line) for line in build().splitlines()]
    assert [line["article"]["text"] for line in lines] == [factories.TEXT] * 2


@pytest.mark.parametrize(("raw", "cell"), [(False, b"'=1+1 is"), (True, b",=1+1 is")])
def test_only_the_raw_table_leaves_formulas_as_they_are(
    database: Engine, raw: bool, cell: bytes
) -> None:
    with transaction(database) as session:
        text = article(session)
        me = who.Present(local_user(session).id or 0, text.project_id)
        factories.claim(session, text, text="=1+1 is two")
    build = builder(database, exporters()["csv"], me, raw=raw)
    assert cell in build()


def test_many_claims_are_counted_without_trying_every_format(
    visit: Visit, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "TRIED", 0)
    with transaction(database) as session:
        factories.claim(session, article(session))
    assert "**1 claim** in the selection" in words(visit("exports"))


def test_a_file_name_has_the_project_and_the_day() -> None:
    on = datetime(2026, 1, 15, tzinfo=UTC).date()
    assert file_name("../Élections: 2026?", on, ".jsonl") == "Elections-2026-20260115.jsonl"


def test_hostile_texts_are_exported_and_not_shown_as_markdown(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        factories.claim(session, article(session, title=HOSTILE), text=HOSTILE)
    app = visit("exports")
    assert not app.exception
    assert HOSTILE not in words(app)


def article(session: Session, **fields: object) -> Article:
    return factories.article(session, projects.oldest(session), **fields)


def test_a_heavy_format_is_made_in_a_process_of_its_own(database: Engine) -> None:
    with transaction(database) as session:
        text = article(session)
        me = who.Present(local_user(session).id or 0, text.project_id)
        factories.claim(session, text)
    (heavy,) = [known for known in exporters().values() if known.heavy]
    written = builder(database, heavy, me, raw=False)()
    assert [doc.text for doc in docs(written)] == [factories.TEXT]
