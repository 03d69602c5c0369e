"""`load_many`: one report after the other, read by several processes, in the order they were asked for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Literal

from attrs import evolve, frozen

from govreport.batch.inputs import Input
from govreport.batch.pool import Done, Failed, Lost, Pool, available_cores
from govreport.batch.result import Loader, Result, default_loader, lost_error, read_one
from govreport.batch.wire import Packed, pack, unpack

__all__ = ["load_many"]

_WINDOW = 16
"""Documents on their way or waiting for their turn, a worker: what memory holds however many there are."""


@frozen(kw_only=True)
class _ReadOne:
    """The job of one document."""

    index: int
    path: str
    load: Loader
    again: bool = False

    def run(self, step: Callable[[int], None]) -> Packed:
        step(0)
        return pack(self.read())

    def read(self) -> Result:
        return read_one(self.path, Input.file(self.path).read, self.load)


def load_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int | None = None,
    on_error: Literal["record", "raise"] = "record",
    timeout: float | None = 120.0,
    load: Loader = default_loader,
) -> Generator[Result, None, None]:
    """Read many documents; yields a `Result` for each path, in order.

    `workers` processes read in parallel (None: one a core). A document on which a worker dies, twice, or that takes longer than
    `timeout` seconds costs that document only: its result has a `WorkerDiedError` or a `DocumentTimeoutError`. With
    `on_error="raise"` the first error is raised when its turn comes. Memory does not grow with the number of paths, which may
    come from an endless iterator. Closing the iterator (or leaving the loop and dropping it) ends the workers at once.

    `workers=1` reads in this process, without any other: then nothing can be cut short, and `timeout` is not heeded.
    """
    if on_error not in ("record", "raise"):
        msg = f'on_error must be "record" or "raise", not {on_error!r}'
        raise ValueError(msg)
    jobs = (_ReadOne(index=i, path=os.fspath(path), load=load) for i, path in enumerate(paths))
    count = available_cores() if workers is None else workers
    if count < 1:
        msg = f"workers must be at least 1, not {count}"
        raise ValueError(msg)
    results = _inline(jobs) if count == 1 else _parallel(jobs, count, timeout)
    return _raising(results) if on_error == "raise" else results


def _inline(jobs: Iterator[_ReadOne]) -> Generator[Result, None, None]:
    for job in jobs:
        yield job.read()


def _raising(results: Generator[Result, None, None]) -> Generator[Result, None, None]:
    with contextlib.closing(results):
        for result in results:
            result.unwrap()
            yield result


def _parallel(jobs: Iterator[_ReadOne], workers: int, timeout: float | None) -> Generator[Result, None, None]:
    """Keep the workers busy and the results in order: what is ready early waits for its turn, within the window."""
    waiting: dict[int, Result] = {}
    given = due = 0
    with Pool[_ReadOne](workers, timeout=timeout, depth=2) as pool:
        while True:
            while pool.room and given - due < _WINDOW * workers and (job := next(jobs, None)) is not None:
                pool.submit(job)
                given += 1
            if given == due:
                return
            if due not in waiting and (ended := _settle(pool, timeout)) is not None:
                waiting[ended[0]] = ended[1]
            while due in waiting:
                yield waiting.pop(due)
                due += 1


def _settle(pool: Pool[_ReadOne], timeout: float | None) -> tuple[int, Result] | None:
    """Wait for the next document to end; None if it is to be tried once more."""
    ended = pool.wait()
    job = ended.job
    if isinstance(ended, Done):
        return job.index, unpack(ended.result)
    if isinstance(ended, Failed):
        return job.index, Result(path=job.path, error=ended.error)
    if _deserves_another_try(ended):
        pool.submit(evolve(job, again=True))
        return None
    return job.index, Result(path=job.path, error=lost_error(ended.why, ended.detail, timeout))


def _deserves_another_try(lost: Lost[_ReadOne]) -> bool:
    """A worker may die for another's sins (the system kills whom it likes when memory runs out), a slow document is slow."""
    return lost.why == "died" and not lost.job.again
