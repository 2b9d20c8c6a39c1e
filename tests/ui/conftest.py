"""The app without a browser: each test has a database of its own and a session of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import workbench
from db.engine import open_engine, transaction
from db.models import User
from workbench.settings import DATABASE_VARIABLE, sqlite_url
from workbench.ui import cache, cookie
from workbench.workflow import signing_in
from workbench.workflow.opening import open_workbench

APP = Path(workbench.__file__).parent / "app.py"
SECONDS = 60


@pytest.fixture(scope="session")
def opened_before(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An opened workbench without an article, to be copied."""
    path = shutil.copyfile(migrated, tmp_path_factory.mktemp("opened") / "workbench.sqlite3")
    engine = open_engine(sqlite_url(path))
    open_workbench(engine, sample=False)
    engine.dispose()
    return path


@pytest.fixture
def database(
    tmp_path: Path, opened_before: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An opened workbench without an article, which the app finds in its environment."""
    url = sqlite_url(shutil.copyfile(opened_before, tmp_path / "workbench.sqlite3"))
    monkeypatch.setenv(DATABASE_VARIABLE, url)
    engine = open_engine(url)
    yield engine
    engine.dispose()
    cache.engine().dispose()


@pytest.fixture
def sign_in(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[User], None]:
    """Let the page's browser keep the cookie of this person: AppTest has none of its own."""

    def sign_in(user: User) -> None:
        with transaction(database) as session:
            token = signing_in.enter(session, user_id=user.id or 0)
            held = {cookie.NAME: signing_in.cookie_of(session, token=token)}
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: held))

    return sign_in


@pytest.fixture
def visit(database: Engine) -> Callable[..., AppTest]:
    """Open a page of the app, `visit("intake", article="1")`."""

    def visit(name: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=SECONDS)
        app.switch_page(f"ui/pages/{name}.py")
        for key, value in address.items():
            app.query_params[key] = value
        return app.run()

    return visit
