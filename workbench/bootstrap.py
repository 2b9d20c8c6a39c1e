"""From a fresh clone to an environment that has everything, in one call.

Runs before anything of ours is installed: standard library alone, and syntax that Python 3.8
reads, so that an old one can be told what is needed instead of failing.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
STAMP = ".factcheck-workbench"
PIP_LOG = "factcheck-workbench-install.log"
RESTARTED = "FACTCHECK_WORKBENCH_RESTARTED"
WINDOWS = os.name == "nt"

CAUSES = (
    (
        "No space left on device|Not enough space",
        "the disk is full. Free about 2 GB and run the same command again.",
    ),
    (
        "DO NOT MATCH THE HASHES",
        "a package that came over the network is not the one in the lock file. Run the same "
        "command again; if it happens again, something between here and the index changes files.",
    ),
    (
        "Temporary failure in name resolution|NewConnectionError|NameResolutionError|"
        "Max retries exceeded|ReadTimeoutError|ConnectTimeoutError|ProxyError|SSLError|"
        "Network is unreachable|Connection refused|from versions: none",
        "the package index cannot be reached. Check the network (or the proxy in HTTPS_PROXY) "
        "and run the same command again.",
    ),
    (
        "Permission denied|Read-only file system",
        "its folder may not be written to. Use a clone and an environment that are yours.",
    ),
)


class SetupError(Exception):
    """Setting up cannot go on; one sentence says why and what to do."""


def ensure_environment(lock: Path, *, includes: Path | None = None) -> None:
    """Return at once if this interpreter has what `lock` names; else set up and start over in it.

    The environment is the active virtual one, or else `.venv` in the clone. What is set up for
    `lock` is so for the lock that it `includes` as well. Outside of a clone there is nothing to
    do. Exits with status 2 and one sentence if it cannot be done.
    """
    try:
        _check_python()
        if not lock.exists() or _is_ready(Path(sys.prefix), lock):
            os.environ.pop(RESTARTED, None)
            return
        python = _set_up(lock, includes)
    except SetupError as error:
        sys.exit(_failed(str(error)))
    except KeyboardInterrupt:
        _say("Stopped. The same command takes it up again.")
        sys.exit(130)
    _start_over(python)


def _check_python() -> None:
    if sys.version_info >= OLDEST:
        return
    found = ".".join(map(str, sys.version_info[:2]))
    newer = next(filter(shutil.which, NEWER_PYTHONS), None)
    advice = f"`{newer}` is here: start with it instead" if newer else "install one, then try again"
    raise SetupError(f"Python 3.11 or newer is needed, and this is {found}; {advice}.")


def _is_ready(prefix: Path, lock: Path) -> bool:
    stamp = prefix / f"{STAMP}-{lock.name}"
    return stamp.exists() and stamp.read_text() == _digest(lock)


def _digest(lock: Path) -> str:
    """What an environment was set up for: this lock, this project file, this clone."""
    parts = (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _set_up(lock: Path, includes: Path | None) -> Path:
    """Make and fill the environment; returns its interpreter."""
    if os.environ.get(RESTARTED):
        raise SetupError(f"{sys.prefix} was set up but is not what runs; remove it and try again.")
    active = sys.prefix != sys.base_prefix
    home = Path(sys.prefix) if active else ROOT / ".venv"
    python = Path(sys.executable) if active else _interpreter(home)
    try:
        if not active and not _runs(python):
            _make(home)
        if not _is_ready(home, lock):
            _fill(home, python, lock)
            _stamp(home, lock, *filter(None, [includes]))
    except OSError as error:
        raise SetupError(f"{home} could not be set up: {_cause(str(error))}") from error
    return python


def _interpreter(home: Path) -> Path:
    return home / "Scripts" / "python.exe" if WINDOWS else home / "bin" / "python"


def _runs(python: Path) -> bool:
    """Whether there is a Python that is new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def _make(home: Path) -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        version = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(
            f"This Python cannot make virtual environments; on Debian and Ubuntu, "
            f"`apt-get install python{version}-venv` adds what is missing."
        )
    _say(f"Making an environment in {home.name} …")
    _run([sys.executable, "-m", "venv", "--clear", home], home)


def _fill(home: Path, python: Path, lock: Path) -> None:
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode != 0:
        _run([python, "-m", "ensurepip"], home)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    _say("Installing what it needs (some minutes the first time, then never again) …")
    _run([*pip, "--require-hashes", "--requirement", lock], home)
    _say("Installing the workbench …")
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], home)


def _stamp(home: Path, *locks: Path) -> None:
    for lock in locks:
        (home / f"{STAMP}-{lock.name}").write_text(_digest(lock))


def _run(command: Sequence[str | Path], home: Path) -> None:
    """Run quietly; if it fails, say what is known about it and keep what it printed."""
    environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        cwd=ROOT,
    )
    if done.returncode != 0:
        printed = done.stdout.decode(errors="replace")
        where = _keep(printed, home)
        raise SetupError(f"The packages could not be installed: {_cause(printed)}{where}")


def _cause(printed: str) -> str:
    """What to do about it, from the words of pip or the system.

    >>> _cause("OSError: [Errno 28] No space left on device")
    'the disk is full. Free about 2 GB and run the same command again.'
    >>> _cause("WARNING: something" + chr(10) + "ERROR: no wheel for this platform")
    'ERROR: no wheel for this platform.'
    """
    for pattern, cause in CAUSES:
        if re.search(pattern, printed):
            return cause
    lines = [line.strip() for line in printed.splitlines() if line.strip()] or ["no reason given"]
    errors = [line for line in lines if line.lower().startswith("error")] or lines[-1:]
    return f"{errors[-1].rstrip('.')}."


def _keep(printed: str, home: Path) -> str:
    try:
        (home / PIP_LOG).write_text(printed, encoding="utf-8")
    except OSError:
        return ""
    return f" (All that was printed: {home / PIP_LOG})"


def _start_over(python: Path) -> NoReturn:
    """The same command again, in the environment that has everything."""
    command = [str(python), *sys.orig_argv[1:]]
    os.environ[RESTARTED] = "1"
    if WINDOWS:
        sys.exit(subprocess.call(command))
    os.execv(python, command)


def _failed(sentence: str) -> int:
    _say(sentence)
    return 2


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
