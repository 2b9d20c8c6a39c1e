"""The house keeps its order: format, types, the direction of imports, and what lies at the top."""

import subprocess
import sys
from pathlib import Path

import pytest

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
