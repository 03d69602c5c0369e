"""One run: the inputs that are not done yet, in parts, through the workers, into the data set; then small parts merged."""

from __future__ import annotations

import hashlib
import math
from collections import deque
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, field, frozen

from govreport import __version__
from govreport.batch import inputs
from govreport.batch.dataset import Dataset, Part, fingerprint
from govreport.batch.inputs import Input
from govreport.batch.jobs import MergeFile, ReadPart
from govreport.batch.pool import Done, Failed, Lost, Pool, available_cores
from govreport.batch.progress import Progress
from govreport.batch.result import Loader, default_loader, lost_error

__all__ = ["Plan", "reading_version", "run"]

PART = 250
"""Documents of a part at most: what a worker holds as Arrow before it writes."""
SMALLEST_PART = 25
MERGED = 10_000
"""Documents of a merged part, about: few files, none of them large."""
_SECONDS = 5.0
"""After so long a worker writes what it has, however little: a kill costs no more than this."""
_ATTEMPTS = 3
"""So often may workers be lost that are at no document of a part before the run gives up."""

Job: TypeAlias = ReadPart | MergeFile


@frozen(kw_only=True)
class Plan:
    """What a run is asked to do."""

    inputs: tuple[str, ...]
    out: Path
    workers: int = field(factory=available_cores)
    include: str | None = None
    timeout: float | None = 120.0
    retry_errors: bool = False
    load: Loader = default_loader
    part: int = PART


def reading_version() -> str:
    """What the reading of a document depends on beside its bytes: this library and its installed plugins."""
    plugins = {f"{p.dist.name} {p.dist.version}" for p in entry_points(group="govreport") if p.dist is not None}
    return ", ".join([f"govreport {__version__}", *sorted(plugins)])


def run(plan: Plan, progress: Progress) -> None:
    """Bring the data set up to date with the inputs."""
    with Dataset(plan.out, reading_version(), retry=plan.retry_errors) as dataset:
        progress.start(inputs.count(plan.inputs, include=plan.include, skip=str(plan.out)))
        with Pool[Job](plan.workers, timeout=plan.timeout, watch=progress.step) as pool:
            _Reading(plan, dataset, progress, pool).run()
            progress.note("merging")
            _merge(dataset, pool)
        dataset.show_empty_tables()
        progress.finish()


class _Reading:
    """The state of the first half of a run."""

    def __init__(self, plan: Plan, dataset: Dataset, progress: Progress, pool: Pool[Job]) -> None:
        self.plan, self.dataset, self.progress, self.pool = plan, dataset, progress, pool
        self.todo = self._todo()
        self.again: deque[ReadPart] = deque()
        self.given = 0

    def run(self) -> None:
        while True:
            while self.pool.room and (job := self._next_job()) is not None:
                self.pool.submit(job)
            if not self.pool.busy:
                return
            self._settle(self.pool.wait())

    def _todo(self) -> Iterator[Input]:
        """The inputs that are not in the data set, each once. Only those whose name is known need to be hashed here."""
        seen: set[int] = set()
        for item in inputs.expand(self.plan.inputs, include=self.plan.include, skip=str(self.plan.out)):
            mark = fingerprint(item.name)
            if mark in seen or self._is_done(item):
                self.progress.skip()
            else:
                yield item
            seen.add(mark)

    def _is_done(self, item: Input) -> bool:
        if not self.dataset.has(item.name):
            return False
        try:
            return self.dataset.settled(item.name, hashlib.sha256(item.read()).hexdigest())
        except Exception:  # noqa: BLE001 - it is read again, and what is wrong with it recorded there
            return False

    def _next_job(self) -> ReadPart | None:
        if self.again:
            return self.again.popleft()
        chosen = tuple(islice(self.todo, self._size()))
        self.given += len(chosen)
        return self._job(chosen) if chosen else None

    def _job(self, chosen: tuple[Input, ...]) -> ReadPart:
        number = self.dataset.next_number()
        folder = str(self.dataset.folder(number))
        return ReadPart(number=number, inputs=chosen, folder=folder, load=self.plan.load, seconds=_SECONDS)

    def _size(self) -> int:
        """Large parts first, smaller ones towards the end, so that all workers end together."""
        total = self.progress.total
        left = self.plan.part * self.plan.workers if total is None else total - self.progress.skipped - self.given
        share = math.ceil(left / (2 * self.plan.workers))
        return max(min(SMALLEST_PART, self.plan.part), min(self.plan.part, share))

    def _settle(self, ended: Done[Job] | Failed[Job] | Lost[Job]) -> None:
        job = ended.job
        assert isinstance(job, ReadPart)  # noqa: S101 - nothing else was given
        if isinstance(ended, Failed):
            raise ended.error  # not a document's error but ours: the disk is full, Arrow is missing
        if isinstance(ended, Lost):
            self.again.append(self._without_culprit(ended, job))
            return
        done = ended.result
        self.dataset.commit(job.number, done.documents)
        self.progress.done(job, len(done.documents), done.errors)
        if rest := job.inputs[len(done.documents) :]:
            self.again.append(self._rest(job, rest, len(done.documents)))

    def _rest(self, job: ReadPart, rest: tuple[Input, ...], at: int) -> ReadPart:
        """What a worker had no time for, as a part of its own."""
        spoiled = tuple((position - at, error) for position, error in job.spoiled if position >= at)
        return evolve(
            self._job(rest), spoiled=spoiled, tried=frozenset(position - at for position in job.tried if position >= at)
        )

    def _without_culprit(self, lost: Lost[Job], job: ReadPart) -> ReadPart:
        """The part once more: a worker that died gives its document a second try, one that hung does not."""
        self.progress.lost(job)
        clean = evolve(job, folder=str(self.dataset.folder(job.number)))
        position = lost.step
        if position is None:
            return _once_more(clean, lost)
        if lost.why == "died" and position not in job.tried:
            return evolve(clean, tried=job.tried | {position})
        return clean.spoil(position, lost_error(lost.why, lost.detail, self.plan.timeout))


def _once_more(job: ReadPart, lost: Lost[Job]) -> ReadPart:
    """No document is to blame: the part is read again, but not for ever."""
    if job.attempts >= _ATTEMPTS:
        raise lost_error(lost.why, f"{lost.detail}, writing part {job.number}", None)
    return evolve(job, attempts=job.attempts + 1)


# --- merging -----------------------------------------------------------------------------------------------------------------


def _merge(dataset: Dataset, pool: Pool[Job]) -> None:
    """Put small parts together, and leave out the rows of documents that a later part has again."""
    outdated = _outdated(dataset)
    for group in _groups(dataset, outdated):
        number = dataset.next_number()
        jobs = _merge_jobs(dataset, group, outdated, dataset.folder(number))
        _run_all(pool, jobs)
        entries = [e for part in group for e in part.documents if e.name not in outdated.get(part.number, ())]
        dataset.commit(number, entries, version=group[0].version, replaces=group)


def _outdated(dataset: Dataset) -> dict[int, frozenset[str]]:
    """Of each part the names of the documents that a later part has again."""
    latest: dict[int, int] = {}
    for part in dataset.parts():
        latest.update(dict.fromkeys((fingerprint(entry.name) for entry in part.documents), part.number))
    found = {
        p.number: frozenset(e.name for e in p.documents if latest[fingerprint(e.name)] != p.number) for p in dataset.parts()
    }
    return {number: names for number, names in found.items() if names}


def _groups(dataset: Dataset, outdated: dict[int, frozenset[str]]) -> Iterator[list[Part]]:
    """Parts to become one: of one version, small or outdated, together about as large as a merged part should be."""
    for wanted in sorted({part.version for part in dataset.parts()}):
        group: list[Part] = []
        for part in dataset.parts():
            if part.version == wanted and (part.number in outdated or len(part.documents) < MERGED // 2):
                group.append(part)
                if sum(len(p.documents) for p in group) >= MERGED:
                    yield group
                    group = []
        if len(group) > 1 or any(part.number in outdated for part in group):
            yield group


def _merge_jobs(dataset: Dataset, group: list[Part], outdated: dict[int, frozenset[str]], folder: Path) -> list[MergeFile]:
    """One job for each table and year."""
    places: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for part in group:
        for name in part.files:
            source = (str(dataset.root / name), outdated.get(part.number, frozenset()))
            places.setdefault(name.rpartition("/")[0], []).append(source)
    number = folder.name.rpartition("-")[2]
    return [_merge_job(folder / place / f"part-{number}.parquet", sources) for place, sources in sorted(places.items())]


def _merge_job(target: Path, sources: list[tuple[str, frozenset[str]]]) -> MergeFile:
    names, dropped = zip(*sources, strict=True)
    return MergeFile(target=str(target), sources=names, dropped=dropped)


def _run_all(pool: Pool[Job], jobs: Iterable[MergeFile]) -> None:
    waiting = deque(jobs)
    while waiting or pool.busy:
        while waiting and pool.room:
            pool.submit(waiting.popleft())
        ended = pool.wait()
        if not isinstance(ended, Done):
            raise ended.error if isinstance(ended, Failed) else lost_error(ended.why, ended.detail, None)
