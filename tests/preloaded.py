"""What a server and its worker load before they answer, loaded once for all of them.

Servers are forked from a process that has imported this; loading takes longer than most tests.
"""

import gc
import os
import subprocess
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads would not outlive the fork

import altair  # noqa: F401
import pandas  # noqa: F401
import uvicorn.lifespan.on
import uvicorn.loops.asyncio
import uvicorn.protocols.http.h11_impl
import uvicorn.protocols.websockets.websockets_sansio_impl  # noqa: F401

import workbench.cli
import workbench.serving
import workbench.web  # noqa: F401
from workbench import worker, workers
from workbench.settings import DATABASE_VARIABLE
from workbench.splitting import load_pipelines

load_pipelines()
gc.collect()
gc.freeze()


def hold_worker() -> None:
    """Fork the first worker of this server now, while there is one thread; it begins when the
    server starts it. One that is started in its place later starts as ever."""
    begin, start = _Held(), workers._start

    def first(database_url: str) -> subprocess.Popen[bytes]:
        workers._start = start
        begin.on(database_url)
        return begin  # type: ignore[return-value]

    workers._start = first


class _Held:
    """A forked worker that waits for its database, as the keeper of a worker sees a child."""

    def __init__(self) -> None:
        below, above = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(above)
            os._exit(_work(below))
        os.close(below)
        self.stdin = os.fdopen(above, "wb", buffering=0)
        self.returncode: int | None = None

    def on(self, database_url: str) -> None:
        self.stdin.write(database_url.encode() + b"\n")

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, _seconds: float) -> None:
        os.waitpid(self.pid, 0)


def _work(below: int) -> int:
    """The worker itself, with the pipe as its standard input; its exit status."""
    os.setsid()
    os.dup2(below, 0)
    sys.stdin = os.fdopen(0, closefd=False)
    url = bytearray()
    while (byte := os.read(0, 1)) not in (b"\n", b""):
        url += byte
    if not url:
        return 0
    os.environ[DATABASE_VARIABLE] = url.decode()
    return worker.main(["--with-parent", "--database", url.decode()])
