"""Setting up: what is ready is left alone, and what goes wrong is one sentence."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from workbench.bootstrap import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
NEW_PIP = '#!/bin/sh\ncase "$*" in *--version*) exit 0;; esac\n'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The few files of a fresh clone that setting up looks at, with a lock that is quickly done."""
    clone = tmp_path / "clone"
    (clone / "workbench").mkdir(parents=True)
    for name in ("__init__.py", "bootstrap.py"):
        shutil.copy(ROOT / "workbench" / name, clone / "workbench")
    (clone / "workbench/__main__.py").write_text(
        "import sys\n"
        "from workbench.bootstrap import ROOT, ensure_environment\n"
        "ensure_environment(ROOT / 'requirements.lock')\n"
        "print(sys.prefix, *sys.argv[1:])\n"
    )
    (clone / "pyproject.toml").touch()
    (clone / "requirements.lock").touch()
    return clone


def start(clone: Path, *words: str, python: str | Path = "", **environment: str) -> tuple[int, str]:
    """Exit status and all that `python3 -m workbench` prints there."""
    done = subprocess.run(
        [python or sys._base_executable, "-m", "workbench", *words],  # type: ignore[attr-defined]
        cwd=clone,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert "Traceback" not in done.stdout
    return done.returncode, done.stdout


def environment(folder: Path, pip: str = f"{NEW_PIP}exit 0\n") -> Path:
    """A virtual environment in which `-m pip` is this script; returns its interpreter."""
    venv.create(folder, symlinks=True)
    (package := next(folder.glob("lib/python*/site-packages")) / "pip").mkdir()
    (package / "__init__.py").touch()
    (folder / "pip.sh").write_text(pip)
    (package / "__main__.py").write_text(
        f"import os, sys\nos.execv('/bin/sh', ['sh', {str(folder / 'pip.sh')!r}, *sys.argv[1:]])\n"
    )
    return folder / "bin/python"


def test_the_active_environment_is_filled_and_the_command_starts_over(clone: Path) -> None:
    python = environment(clone.parent / "active")
    status, printed = start(clone, "serve", "--port", "1", python=python)
    assert (status, printed.splitlines()[-1]) == (0, f"{clone.parent / 'active'} serve --port 1")
    assert "Installing" in printed


def test_the_second_time_nothing_is_said_and_nothing_done(clone: Path) -> None:
    python = environment(clone.parent / "active")
    start(clone, python=python)
    assert start(clone, "x", python=python) == (0, f"{clone.parent / 'active'} x\n")


def test_another_lock_is_installed_again(clone: Path) -> None:
    python = environment(clone.parent / "active")
    start(clone, python=python)
    (clone / "requirements.lock").write_text("# renewed\n")
    assert "Installing" in start(clone, python=python)[1]


def test_without_an_active_environment_the_clones_own_is_used(clone: Path) -> None:
    environment(clone / ".venv")
    status, printed = start(clone)
    assert (status, printed.splitlines()[-1]) == (0, str(clone / ".venv"))


def test_outside_of_a_clone_there_is_nothing_to_set_up(clone: Path) -> None:
    (clone / "requirements.lock").unlink()
    status, printed = start(clone, "x")
    assert (status, printed) == (0, f"{sys.base_prefix} x\n")


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("WARNING: Retrying after NewConnectionError", "the package index cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one in the lock file"),
        (
            "WARNING: your config is odd\nERROR: No wheel for it",
            "installed: ERROR: No wheel for it",
        ),
    ],
)
def test_what_stops_pip_is_one_sentence(clone: Path, pip_says: str, told: str) -> None:
    script = f"{NEW_PIP}printf '%s\\n' '{pip_says}'\nexit 1\n"
    status, printed = start(clone, python=environment(clone.parent / "active", script))
    assert status == 2
    assert told in printed.splitlines()[-1]
    assert "WARNING" not in printed
    kept = (clone.parent / "active/factcheck-workbench-install.log").read_text(encoding="utf-8")
    assert pip_says in kept


def test_an_environment_that_never_gets_ready_does_not_start_over_for_ever(clone: Path) -> None:
    python = environment(clone.parent / "active")
    status, printed = start(clone, python=python, FACTCHECK_WORKBENCH_RESTARTED="1")
    assert status == 2
    assert "remove it and try again" in printed
