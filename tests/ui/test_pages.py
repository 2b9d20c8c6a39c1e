"""What holds for each page, whatever it shows."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.seen import words
from workbench.settings import DATABASE_VARIABLE

PAGES = ("intake", "progress", "history", "exports")


@pytest.mark.parametrize("name", PAGES)
def test_a_database_that_is_away_is_told_in_a_sentence(
    name: str, visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, "sqlite:////nowhere/at/all.sqlite3")
    app = visit(name)
    assert not app.exception
    assert [title.value for title in app.title] == [name.capitalize()]
    assert "database" in words(app)
