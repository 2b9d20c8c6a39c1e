"""The browser that the tests drive: the one that is there, or else the nearest one to be had."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BrowserMissing(Exception):
    """There is no Chromium and none could be installed; the sentence says how to."""

    def __init__(self) -> None:
        super().__init__(
            "The browser tests need Chromium, and it could not be installed from here. Install it "
            "(Debian: `sudo apt-get install chromium`; elsewhere: "
            f"`{sys.executable} -m playwright install --with-deps chromium`) and start again, or "
            'leave those tests out with `-m "not browser"` after `python3 -m pytest`.'
        )


def ensure_chromium() -> Path:
    """The browser's program, installed if need be. Raises `BrowserMissing`."""
    return find_chromium() or _from_debian() or _from_playwright() or _give_up()


def find_chromium() -> Path | None:
    """The Chromium on the PATH, or the one that Playwright keeps."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(on_path) if on_path else _kept_by_playwright()


def _kept_by_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _from_debian() -> Path | None:
    """Install Debian's, where apt-get may be used without a password."""
    if shutil.which("apt-get") is None or (sudo := _as_root()) is None:
        return None
    _say("Installing Chromium with apt-get …")
    environment = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    _done([*environment, "apt-get", "update"])
    installed = _done([*environment, "apt-get", "install", "--yes", "chromium"])
    return find_chromium() if installed else None


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None where that asks for a password."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    return sudo if shutil.which("sudo") and _done([*sudo, "true"]) else None


def _from_playwright() -> Path | None:
    """Install the one that Playwright was made for; what it needs beside it too, if we are root."""
    _say("Installing Playwright's Chromium …")
    needs = ["--with-deps"] if _as_root() == [] else []
    installed = _done([sys.executable, "-m", "playwright", "install", *needs, "chromium"])
    return find_chromium() if installed else None


def _give_up() -> Path:
    raise BrowserMissing


def _done(command: Sequence[str]) -> bool:
    """Whether the command ended well; what it printed is shown only if it did not."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0 and command[-1] != "true":
        _say(done.stdout.decode(errors="replace").strip())
    return done.returncode == 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
