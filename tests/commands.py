"""`workbench` on the command line and as a server, in processes of their own.

They are forked from a process that has loaded the workbench, which takes longer than most tests.
"""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.cli import main

READY_MADE = multiprocessing.get_context("forkserver")
READY_MADE.set_forkserver_preload(["tests.commands", "tests.preloaded"])
_OF_PYTHON = ("LC_ALL", "PYTHONUTF8", "PYTHONIOENCODING")


def workbench(
    *arguments: object, cwd: Path, given: str | None = None, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in this folder, its standard input `given`, with these variables changed.

    Where the variables are those that Python itself reads, it is started anew.
    """
    environment = {**os.environ, **changes}
    words = [*map(str, arguments)]
    if not changes.keys().isdisjoint(_OF_PYTHON):
        return subprocess.run(
            [sys.executable, "-m", "workbench.cli", *words],
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=environment,
        )
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("in", "out", "err")]
        files[0].write_text(given or "", "utf-8")
        process = READY_MADE.Process(target=_run, args=(words, cwd, environment, files))
        process.start()
        process.join()
        out, err = (path.read_text("utf-8") for path in files[1:])
        return subprocess.CompletedProcess(words, process.exitcode or 0, out, err)


def _run(words: list[str], cwd: Path, environment: dict[str, str], files: list[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.stdin = files[0].open(encoding="utf-8")
    os.dup2(sys.stdin.fileno(), 0)
    for number, path in enumerate(files[1:], start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    sys.argv = ["workbench", *words]
    main()


def serve(arguments: list[str], started_in: Path | None, log: Path) -> None:
    """`workbench serve`, as the leader of a group of processes; what it says goes to `log`."""
    from tests import preloaded

    os.setsid()
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    if started_in is not None:
        os.chdir(started_in)
    preloaded.hold_worker()
    sys.argv = ["workbench", "serve", "--no-browser", *arguments]
    main()
