"""The worker process: takes jobs from the table, one at a time, and can be killed at any point.

`python -m workbench.worker --database URL`. spaCy lives here and never in the web process.
"""

import argparse
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.engine import open_engine, reading, transaction
from db.models import Article, Job, utc_now
from db.queries import jobs, tallies
from workbench.errors import WorkbenchError
from workbench.intake.links import Answer, ask
from workbench.settings import from_environment
from workbench.workflow import bulkwork, linking
from workbench.workflow import jobs as work
from workbench.workflow.opening import open_workbench
from workbench.workflow.problems import sentence
from workbench.workflow.splitting import store_candidates
from workbench.workflow.training import weights_of

POLL_SECONDS = 0.25
REPORT_SECONDS = 0.2
RENEW_SECONDS = 3.0
GRACE_SECONDS = 5.0
LINKS_AT_ONCE = 4
STALE_ENOUGH = 50


class Stopped(Exception):
    """The worker was asked to end while it was doing a job."""


@dataclass(slots=True)
class Worker:
    """One process's share of the work; `stop` ends it after at most one unit."""

    engine: Engine
    pipelines: Any
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    stop: threading.Event = field(default_factory=threading.Event)
    ask: Callable[[str], Answer] = ask

    def run(self) -> None:
        """Take jobs until asked to stop; a database that is away for a while is waited for."""
        while not self.stop.is_set():
            try:
                if not self.run_next() and not self._catch_up():
                    self.stop.wait(POLL_SECONDS)
            except DBAPIError as error:
                say(sentence(error))
                self.stop.wait(1.0)

    def run_next(
        self,
        *,
        among: Collection[int] | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        """Do the next job, whatever comes of it; False if none waits."""
        lease = self._take(among)
        if lease is None:
            return False
        try:
            self._do(lease, on_progress or (lambda done, total: None))
        except work.LeaseLost:
            say(f"job {lease.job_id} was cancelled or is done elsewhere")
        except (Stopped, KeyboardInterrupt):
            self._report(work.give_back, lease)
            raise
        except DBAPIError:
            raise
        except WorkbenchError as error:
            self._report(work.fail, lease, reason=str(error))
        except Exception as error:  # noqa: BLE001 (one article must never end the worker)
            self._report(work.fail, lease, reason=_unforeseen(error))
        return True

    def _take(self, among: Collection[int] | None) -> work.Lease | None:
        with reading(self.engine) as session:
            if jobs.next_queued(session, now=utc_now(), among=among) is None:
                return None
        with transaction(self.engine) as session:
            return work.take_job(session, worker=self.name, among=among)

    def _do(self, lease: work.Lease, on_progress: Callable[[int, int], None]) -> None:
        if lease.kind == "bulk":
            self._change_many(lease)
        elif lease.kind == linking.KIND:
            self._check_links(lease)
        elif lease.kind == "split" and lease.article_id is not None:
            self._split(lease, lease.article_id, on_progress)
        else:
            raise WorkbenchError(f"This worker does not know how to do {lease.kind!r}.")

    def _change_many(self, lease: work.Lease) -> None:
        """A portion a transaction: what is changed already is not asked for again."""
        with reading(self.engine) as session:
            job = session.get_one(Job, lease.job_id)
            done, total = job.done, job.total
            viewer, chosen, action, op_id = bulkwork.asked(session, job)
        n = bulkwork.PORTION
        while n == bulkwork.PORTION:
            if self.stop.is_set():
                raise Stopped
            with transaction(self.engine) as session:
                n = bulkwork.change(session, viewer, chosen, action, op_id=op_id, limit=n)
                done += n
                work.renew(session, lease=lease, done=done, total=total)
        with transaction(self.engine) as session:
            bulkwork.conclude(session, viewer, chosen, action, op_id=op_id)
            work.finish(session, lease=lease)

    def _check_links(self, lease: work.Lease) -> None:
        """A portion at a time, several addresses at once; nothing is kept if nothing answered."""
        with reading(self.engine) as session:
            job = session.get_one(Job, lease.job_id)
            done, total, heard = job.done, job.total, job.done > 0
        with _heartbeat(self.engine, lease) as beat, ThreadPoolExecutor(LINKS_AT_ONCE) as pool:
            while portion := self._links_to_ask(lease):
                answers = list(pool.map(self.ask, [url for _, url in portion]))
                heard = heard or any(answer.heard for answer in answers)
                if not heard and not all(answer.outcome == "refused" for answer in answers):
                    raise linking.NoInternet
                beat.report(done := done + len(portion), max(done, total))
                with transaction(self.engine) as session:
                    ids = (id for id, _ in portion)
                    linking.store_answers(session, dict(zip(ids, answers, strict=True)))
        with transaction(self.engine) as session:
            work.finish(session, lease=lease)

    def _links_to_ask(self, lease: work.Lease) -> Sequence[tuple[int, str]]:
        if self.stop.is_set():
            raise Stopped
        with reading(self.engine) as session:
            return linking.next_portion(session, job_id=lease.job_id)

    def _catch_up(self) -> bool:
        """Fold what changed into the numbers of Progress; whether there was enough to do it."""
        with reading(self.engine) as session:
            if tallies.n_stale(session, most=STALE_ENOUGH) < STALE_ENOUGH:
                return False
        with transaction(self.engine) as session:
            return tallies.catch_up(session) > 0

    def _split(
        self, lease: work.Lease, article_id: int, on_progress: Callable[[int, int], None]
    ) -> None:
        from workbench.splitting import split, splitter_id, weighed

        with reading(self.engine) as session:
            article = session.get_one(Article, article_id)
            text, published = article.text, article.published_on
            weights = weights_of(session, project_id=article.project_id)
        nlp = self.pipelines.reading(text)
        with _heartbeat(self.engine, lease) as beat:

            def report(done: int, total: int) -> None:
                on_progress(done, total)
                beat.report(done, total)
                if self.stop.is_set():
                    raise Stopped

            candidates = split(text, published=published, nlp=nlp, on_progress=report)
        with transaction(self.engine) as session:
            work.finish(session, lease=lease)
            store_candidates(
                session,
                article_id=article_id,
                candidates=weighed(candidates, weights),
                splitter=splitter_id(text, nlp),
            )

    def _report(self, report: Callable[..., None], lease: work.Lease, **fields: str) -> None:
        try:
            with transaction(self.engine) as session:
                report(session, lease=lease, **fields)
        except work.LeaseLost:
            say(f"job {lease.job_id} was cancelled or is done elsewhere")


class Heartbeat:
    """Renews a lease from a thread of its own and writes the progress, at most five times a second.

    The splitter only sets two numbers, so it never waits for the disk.
    """

    def __init__(self, engine: Engine, lease: work.Lease) -> None:
        self._engine, self._lease = engine, lease
        self._progress = (0, 0)
        self._lost = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def report(self, done: int, total: int) -> None:
        """Say how far the work is. Raises `LeaseLost` if it is no longer ours."""
        self._progress = (done, total)
        if self._lost:
            raise work.LeaseLost(self._lease)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        written, waited = (0, 0), 0.0
        while not self._over.wait(REPORT_SECONDS):
            waited += REPORT_SECONDS
            if self._progress != written or waited >= RENEW_SECONDS:
                written, waited = self._progress, 0.0
                self._write(*written)

    def _write(self, done: int, total: int) -> None:
        try:
            with transaction(self._engine) as session:
                work.renew(session, lease=self._lease, done=done, total=total)
        except work.LeaseLost:
            self._lost = True
            self._over.set()
        except DBAPIError as error:
            say(sentence(error))


@contextmanager
def _heartbeat(engine: Engine, lease: work.Lease) -> Iterator[Heartbeat]:
    beat = Heartbeat(engine, lease)
    beat.start()
    try:
        yield beat
    finally:
        beat.end()


def _unforeseen(error: Exception) -> str:
    said = f"{type(error).__name__}: {error}"
    say(f"a job failed: {said}")
    return f"Splitting failed on this text ({said[:300]}). The text is kept; please report it."


def say(words: str) -> None:
    """One line for whoever runs the worker."""
    print(f"worker: {words}", file=sys.stderr, flush=True)


def ready_worker(engine: Engine) -> Worker:
    """A worker with the pipelines of the settings loaded, out of the garbage collector's way."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from workbench.splitting import load_pipelines

    known = from_environment()
    pipelines = load_pipelines(known.model, known.models)
    gc.collect()
    gc.freeze()
    return Worker(engine, pipelines)


def main(arguments: list[str] | None = None) -> int:
    """Run one worker until SIGTERM, or, with `--with-parent`, until standard input ends."""
    given = _parser().parse_args(arguments)
    stop = threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    if given.with_parent:
        threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    try:
        return _work(given.database, stop)
    except WorkbenchError as error:
        say(str(error))
        return 2


def _work(database_url: str, stop: threading.Event) -> int:
    engine = open_engine(database_url)
    open_workbench(engine, sample=False)
    worker = ready_worker(engine)
    worker.stop = stop
    try:
        worker.run()
    except Stopped:
        pass
    finally:
        engine.dispose()
    return 0


def _end_with_parent(stop: threading.Event) -> None:
    """The parent holds the other end of standard input: it ends when the parent does, however."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
    threading.Event().wait(GRACE_SECONDS)
    os._exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbench worker", description=__doc__)
    parser.add_argument("--database", default=from_environment().database_url)
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    return parser


if __name__ == "__main__":
    sys.exit(main())
