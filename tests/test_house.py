"""The house keeps its order: format, types, the direction of imports, and what lies at the top."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import workbench
from exports.base import exporters
from workbench.cli import app

ROOT = Path(__file__).resolve().parents[1]
TOP = {"workbench", "db", "exports", "tests", "pyproject.toml", "README.md", "requirements.lock"}


def check(name: str, *words: str) -> None:
    """Run a tool of this environment over the repository; what it says is the failure."""
    tool = Path(sys.executable).parent / name
    done = subprocess.run([tool, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a clone")
    return listed.stdout.splitlines()


def test_the_code_is_formatted() -> None:
    check("ruff", "format", "--check", ".")


def test_the_code_is_clean() -> None:
    check("ruff", "check", ".")


@pytest.mark.slow
def test_the_types_are_strict() -> None:
    check("mypy")


def test_imports_run_one_way() -> None:
    check("lint-imports")


def test_nothing_else_lies_at_the_top() -> None:
    found = {path.split("/")[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} == TOP


def test_nothing_is_named_twice_for_different_things() -> None:
    """Files that would shadow one another on a file system that ignores case."""
    paths = tracked()
    assert len({path.casefold() for path in paths}) == len(paths)


def test_the_version_is_one() -> None:
    assert project()["version"] == workbench.__version__


@pytest.mark.parametrize("lock", ["requirements.lock", ".ci/tests.lock"])
def test_what_the_project_needs_is_locked_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    locked = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    hashed = re.findall(r"^([a-z0-9-]+)==.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert {re.split(r"[\[<>=; ]", need)[0] for need in project()["dependencies"]} <= set(locked)
    assert hashed == locked


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_readme_names_every_command_and_every_format():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+)`", readme)) | set(re.findall(r"`workbench ([a-z]+)", readme))
    assert set(exporters()) <= named
    commands = [command for command in app.registered_commands if not command.hidden]
    assert {command.name or command.callback.__name__ for command in commands} <= named
