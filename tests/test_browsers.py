"""Where the browser comes from when it is not there: each way with programs of our own making."""

import sys
from pathlib import Path

import pytest

from tests import browsers

BROWSER = "#!/bin/sh\necho Chromium\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH, and a Playwright that keeps no browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    return folder


def program(path: Path, script: str) -> Path:
    path.write_text(script)
    path.chmod(0o755)
    return path


def apt_get(folder: Path, *, works: bool) -> None:
    """An apt-get that notes what it is told and, if it works, brings a browser."""
    brings = f"printf '{BROWSER}' > {folder}/chromium; /bin/chmod +x {folder}/chromium"
    result = f'case "$*" in *install*) {brings};; esac' if works else "echo no network; exit 100"
    program(folder / "apt-get", f'#!/bin/sh\necho "$@" >> {folder}/asked\n{result}\n')
    program(folder / "env", '#!/bin/sh\nshift\nexec "$@"\n')
    program(folder / "sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    program(folder / "true", "#!/bin/sh\n")


def test_a_browser_on_the_path_is_taken_as_it_is(path: Path) -> None:
    chromium = program(path / "chromium", BROWSER)
    assert browsers.ensure_chromium() == chromium


def test_without_a_browser_there_is_none_to_find(path: Path) -> None:
    assert browsers.find_chromium() is None


def test_debians_is_installed_where_apt_get_may_be_used(path: Path) -> None:
    apt_get(path, works=True)
    assert browsers.ensure_chromium() == path / "chromium"
    assert (path / "asked").read_text().splitlines() == ["update", "install --yes chromium"]


def test_playwrights_is_next(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt_get(path, works=False)
    python = program(path / "python", f"#!/bin/sh\necho $@ > {tmp_path}/told\nexit 1\n")
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(browsers.BrowserMissing):
        browsers.ensure_chromium()
    assert (tmp_path / "told").read_text().startswith("-m playwright install")


def test_if_nothing_helps_the_sentence_says_what_would(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(program(path / "python", "#!/bin/sh\nexit 1\n")))
    with pytest.raises(browsers.BrowserMissing, match="sudo apt-get install chromium"):
        browsers.ensure_chromium()
