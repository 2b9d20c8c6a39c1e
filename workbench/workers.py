"""Keeping a worker process beside the web process: started, started again when it dies, ended."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.settings import DATABASE_VARIABLE

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_SECONDS = 60.0
END_SECONDS = 8.0


@contextmanager
def worker_process(database_url: str) -> Iterator[None]:
    """Inside, a worker is running on this database; it ends with the block or with this process."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(database_url, over), name="worker-keeper")
    keeper.daemon = True
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join(END_SECONDS + 2)


def _keep(database_url: str, over: threading.Event) -> None:
    pause = FIRST_PAUSE_SECONDS
    while not over.is_set():
        child = _start(database_url)
        lived_seconds = _wait(child, over)
        _let_go(child)
        if over.is_set():
            return _end(child)
        pause = FIRST_PAUSE_SECONDS if lived_seconds > HEALTHY_SECONDS else pause
        print(
            f"workbench: the worker ended ({child.returncode}); starting it again in {pause:g} s",
            file=sys.stderr,
        )
        over.wait(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
    return None


def _start(database_url: str) -> subprocess.Popen[bytes]:
    """A child out of reach of the terminal's Ctrl+C: its sign to end is the pipe alone.

    The URL goes through the environment: it may hold a password, and arguments are public.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "workbench.worker", "--with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, DATABASE_VARIABLE: database_url, "OMP_NUM_THREADS": "1"},
    )


def _wait(child: subprocess.Popen[bytes], over: threading.Event) -> float:
    seconds = 0.0
    while child.poll() is None and not over.wait(0.2):
        seconds += 0.2
    return seconds


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """Close the pipe that a living child takes as the sign to end."""
    if child.stdin:
        child.stdin.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
