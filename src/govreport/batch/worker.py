"""A worker process: takes jobs from its standard input, gives answers on its standard output, all pickled.

It is a plain subprocess, not a fork and not `multiprocessing`: nothing of the parent's threads or locks is inherited, the
user's main module is not imported again (no `if __name__ == "__main__"` is needed, notebooks work), and what this library
costs to import is paid once a worker.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, Protocol

from govreport.batch.result import as_error

__all__ = ["BOOT", "OFF_CLOCK", "Job", "main"]

BOOT = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from govreport.batch.worker import main; main()"
"""What the interpreter runs; the parent's search path comes first, so that the same modules are found."""
OFF_CLOCK = -1
"""The step of a job that is at no item: it imports, or writes what it has; the time limit of items does not hold."""


class Job(Protocol):
    """Something to do in a worker; pickled on its way there, and so is what it returns."""

    def run(self, step: Callable[[int], None]) -> object:
        """Do it; `step(i)` says that item i is begun: who dies or hangs after it did so because of it."""


def main() -> None:
    """Work until the parent closes the pipe or is gone."""
    answers = _private_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where Ctrl-C reaches a worker, the parent decides
    _volunteer_for_oom()
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(jobs,), daemon=True).start()
    _send(answers, ("ready", None))
    while True:
        _answer(answers, jobs.get())


def _private_stdout() -> BinaryIO:
    """Keep the pipe for answers; what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _volunteer_for_oom() -> None:
    """Ask Linux to end a worker rather than the parent when memory runs out: one document is lost, not the run."""
    with contextlib.suppress(OSError):  # not Linux, or not allowed: then the system chooses as it likes
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _receive(jobs: queue.SimpleQueue[Any]) -> None:
    """Take jobs as they come; without a parent there is nothing left to do, not even to finish."""
    while True:
        try:
            size = sys.stdin.buffer.read(8)
        except OSError:
            size = b""
        if not size:
            _leave()
        jobs.put(sys.stdin.buffer.read(int.from_bytes(size)))


def _leave() -> NoReturn:
    """Go at once, with whatever this process started (it leads a group of its own)."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _answer(answers: BinaryIO, data: bytes) -> None:
    try:
        result = pickle.loads(data).run(lambda i: _send(answers, ("step", i)))  # noqa: S301 - the parent wrote it
        _send(answers, ("done", result))
    except BrokenPipeError:
        _leave()
    except Exception as error:  # noqa: BLE001 - it crosses to the parent, who decides
        _send(answers, ("failed", as_error(error)))


def _send(answers: BinaryIO, message: tuple[str, Any]) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    answers.write(len(data).to_bytes(8) + data)
    answers.flush()
