"""The Guideline page: a new version is published, and the list says what each one changed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from db.engine import reading
from db.queries import guidelines


def test_a_new_version_is_published_and_shows_what_it_changed(
    database: Engine, visit: Callable[..., Any]
) -> None:
    app = visit("guideline")
    text = app.text_area(key="guideline-text")
    text.set_value(f"{text.value}\nNew line.").run()
    app.button(key="publish-2").click().run()
    assert not app.exception
    with reading(database) as session:
        versions = guidelines.versions(session, project_id=1)
    assert [(each.number, by) for each, by in versions] == [(2, "local"), (1, "local")]
    assert [each.value for each in app.text if each.value.startswith("+")] == ["+ New line."]
