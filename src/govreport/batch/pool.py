"""A small pool of worker processes that survives its workers.

`concurrent.futures` breaks the whole pool when one process dies and cannot end a task that hangs. This one knows which item
each worker is at, ends a worker that is too long at it, starts another, and says what was lost.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from attrs import define, field, frozen

from govreport.batch.result import as_error
from govreport.batch.worker import BOOT, OFF_CLOCK, Job
from govreport.errors import GovReportError

__all__ = ["Done", "Failed", "Lost", "Pool", "available_cores"]

J = TypeVar("J", bound=Job)
_OWN_LIMIT = 600.0
"""Seconds for what is not an item: importing the library, writing; a machine that needs longer has another trouble."""
_JOIN_LIMIT = 5.0
"""Seconds to wait for a dead worker's last words; more only if a stranger holds its pipe."""
_UNSTARTED_DEATHS = 3
"""So often may workers die in a row before one of them says that it is ready."""


@frozen
class Done(Generic[J]):
    """A job ended with a result."""

    job: J
    result: Any


@frozen
class Failed(Generic[J]):
    """A job ended with an error that its worker could report."""

    job: J
    error: GovReportError


@frozen
class Lost(Generic[J]):
    """A worker died (`why` is "died") or was ended for being too slow ("timeout") while at item `step` of the job.

    `step` is None where it was at no item.
    """

    job: J
    step: int | None
    why: str
    detail: str


@define(eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    listener: threading.Thread = field(init=False)
    jobs: deque[Any] = field(factory=deque)
    step: int | None = None
    since: float = field(factory=time.monotonic)
    ready: bool = False
    late: bool = False

    def send(self, job: Job) -> None:
        data = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - it was opened with PIPE
        with contextlib.suppress(OSError):  # dead already: the listener tells, and the job is given to another
            pipe.write(len(data).to_bytes(8) + data)
            pipe.flush()
        self.jobs.append(job)


class Pool(Generic[J]):
    """`workers` processes; each may hold `depth` jobs at once.

    `timeout` is for one item, in seconds; `watch` is told what is begun: the job and its item.
    """

    def __init__(
        self, workers: int, *, timeout: float | None = None, depth: int = 1, watch: Callable[[J, int], None] | None = None
    ) -> None:
        self._size, self._timeout, self._depth, self._watch = workers, timeout, depth, watch
        self._workers: list[_Worker] = []
        self._events: queue.SimpleQueue[tuple[_Worker, tuple[str, Any] | None]] = queue.SimpleQueue()
        self._again: deque[J] = deque()
        self._deaths = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def busy(self) -> bool:
        """Whether any job is on its way."""
        return bool(self._again) or any(w.jobs for w in self._workers)

    @property
    def room(self) -> bool:
        """Whether a job given now would find a worker."""
        return not self._again and (len(self._workers) < self._size or any(len(w.jobs) < self._depth for w in self._workers))

    def submit(self, job: J) -> None:
        """Give a job to the worker with least to do; one is started if that is worth it."""
        idle = [w for w in self._workers if not w.jobs]
        if not idle and len(self._workers) < self._size:
            self._workers.append(_start(self._events))
        worker = min(self._workers, key=lambda w: len(w.jobs))
        if not worker.jobs:
            worker.since = time.monotonic()
        worker.send(job)

    def wait(self) -> Done[J] | Failed[J] | Lost[J]:
        """The next job that ended, however it ended. Call it only while `busy`."""
        while True:
            while self._again:
                self.submit(self._again.popleft())
            worker, message = self._next_event()
            ended = self._died(worker) if message is None else self._heard(worker, message)
            if ended is not None:
                return ended

    def close(self) -> None:
        """End all workers at once, whatever they are at."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def _next_event(self) -> tuple[_Worker, tuple[str, Any] | None]:
        while True:
            try:
                event = self._events.get(timeout=self._patience())
            except queue.Empty:
                self._end_late_workers()
            else:
                if event[0] in self._workers:
                    return event

    def _patience(self) -> float | None:
        """Seconds until the first worker is late, None if none can be."""
        limits = [w.since + limit for w in self._workers if w.jobs and (limit := self._limit(w)) is not None]
        return max(0.001, min(limits) - time.monotonic()) if limits else None

    def _limit(self, worker: _Worker) -> float | None:
        return _OWN_LIMIT if worker.step is None else self._timeout

    def _end_late_workers(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            limit = self._limit(worker)
            if worker.jobs and limit is not None and now >= worker.since + limit:
                worker.late = True
                _kill(worker.process)

    def _heard(self, worker: _Worker, message: tuple[str, Any]) -> Done[J] | Failed[J] | None:
        kind, content = message
        worker.since = time.monotonic()
        if kind == "ready":
            worker.ready, self._deaths = True, 0
            return None
        if kind == "step":
            worker.step = None if content == OFF_CLOCK else content
            if self._watch is not None and worker.step is not None:
                self._watch(worker.jobs[0], content)
            return None
        worker.step = None
        job = worker.jobs.popleft()
        return Done(job, content) if kind == "done" else Failed(job, content)

    def _died(self, worker: _Worker) -> Lost[J] | None:
        """Forget the worker; its unbegun jobs go to others, the one it was at is lost."""
        self._workers.remove(worker)
        _end(worker)
        if not worker.ready:
            self._count_failed_start(worker)
        begun = worker.jobs.popleft() if worker.jobs and worker.ready else None
        self._again.extend(worker.jobs)
        if begun is None:
            return None
        return Lost(begun, worker.step, "timeout" if worker.late else "died", _how_it_ended(worker.process.returncode))

    def _count_failed_start(self, worker: _Worker) -> None:
        self._deaths += 1
        if self._deaths >= _UNSTARTED_DEATHS:
            how = _how_it_ended(worker.process.returncode)
            raise GovReportError("worker processes do not start ({how}); see standard error for what Python says", how=how)


def _start(events: queue.SimpleQueue[Any]) -> _Worker:
    command = [sys.executable, "-c", BOOT]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603 - ours
    worker = _Worker(process)
    assert process.stdin is not None  # noqa: S101 - it was opened with PIPE
    with contextlib.suppress(OSError):  # died at once: the listener tells
        pickle.dump(sys.path, process.stdin)
        process.stdin.flush()
    worker.listener = threading.Thread(target=_listen, args=(worker, events), daemon=True)
    worker.listener.start()
    return worker


def _listen(worker: _Worker, events: queue.SimpleQueue[Any]) -> None:
    """Pass on what the worker says; None when it says no more."""
    pipe = worker.process.stdout
    assert pipe is not None  # noqa: S101 - it was opened with PIPE
    with pipe:
        while size := pipe.read(8):
            data = pipe.read(int.from_bytes(size))
            if len(data) < int.from_bytes(size):
                break
            events.put((worker, _unpickle(data)))
    events.put((worker, None))


def _unpickle(data: bytes) -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = pickle.loads(data)  # noqa: S301 - our own worker wrote it
    except Exception as error:  # noqa: BLE001 - a plugin's object that pickles but does not unpickle: that job failed
        return "failed", as_error(error)
    return message


def _end(worker: _Worker) -> None:
    _kill(worker.process)
    worker.process.wait()
    worker.listener.join(_JOIN_LIMIT)
    assert worker.process.stdin is not None  # noqa: S101 - it was opened with PIPE
    with contextlib.suppress(OSError):  # what was still unsent goes nowhere
        worker.process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and what it started (a converter, say): it leads a group of its own where the system has such."""
    if hasattr(os, "killpg") and process.returncode is None:  # unreaped: the number is still its own
        with contextlib.suppress(ProcessLookupError, PermissionError):  # gone since; a zombie's group on macOS
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _how_it_ended(code: int) -> str:
    """In words: the signal's number where there was one."""
    return f"signal {-code}" if code < 0 else f"exit status {code}"


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
