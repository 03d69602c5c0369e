"""What a worker does for a data set: read some documents into the files of a part, or put files together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from govreport.batch.dataset import NO_YEAR, Entry, Outcome
from govreport.batch.inputs import Input
from govreport.batch.result import DocumentTimeoutError, Loader, Result, WorkerDiedError, read_one
from govreport.batch.worker import OFF_CLOCK
from govreport.errors import GovReportError, MissingDependencyError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MergeFile", "PartRead", "ReadPart"]

_FLUSH = 64
"""Documents whose rows wait as Python objects before they become Arrow."""
_ROW_GROUP = 500_000
"""Values (rows × columns) that merging holds before it writes them."""
_UNSETTLED = (DocumentTimeoutError, WorkerDiedError, MissingDependencyError)


@frozen
class PartRead:
    """What became of a part: its documents as far as they were read within the time, and how many of them are errors."""

    documents: tuple[Entry, ...]
    errors: int


@frozen(kw_only=True)
class ReadPart:
    """Read documents, write the part's files into `folder`; after `seconds` stop where it is, so that little is lost by a kill.

    `spoiled` are the errors of documents that must not be touched again, by position; `tried` those that a worker died at once.
    """

    number: int
    inputs: tuple[Input, ...]
    folder: str
    load: Loader
    seconds: float
    spoiled: tuple[tuple[int, GovReportError], ...] = ()
    tried: frozenset[int] = frozenset()
    attempts: int = 0
    """How often a worker was lost that was at none of the documents."""

    def spoil(self, position: int, error: GovReportError) -> ReadPart:
        """The same with that document given up."""
        return evolve(self, spoiled=(*self.spoiled, (position, error)))

    def run(self, step: Callable[[int], None]) -> PartRead:
        """Do it."""
        from govreport import tables  # noqa: PLC0415 - Arrow is loaded where it is used: in the workers

        _frugal()
        builder, batches, entries, errors = tables.Builder(), [], [], 0
        for position, result in enumerate(self._results(step), 1):
            builder.add(result)
            entries.append(Entry(result.path, result.digest, _outcome(result)))
            errors += result.error is not None
            if position % _FLUSH == 0:
                batches.append(builder.flush())
        batches.append(builder.flush())
        for name in tables.NAMES:
            _write_table(Path(self.folder), name, self.number, [batch[name] for batch in batches])
        return PartRead(tuple(entries), errors)

    def _results(self, step: Callable[[int], None]) -> Iterator[Result]:
        spoiled, start = dict(self.spoiled), time.monotonic()
        for position, item in enumerate(self.inputs):
            step(position)
            if position in spoiled:
                yield Result(path=item.name, error=spoiled[position])
            else:
                yield read_one(item.name, item.read, self.load)
            if time.monotonic() - start > self.seconds:
                break
        step(OFF_CLOCK)


def _frugal() -> None:
    """A worker has one core, and gives memory back: Arrow's own allocators keep a good part of what they once had."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    pa.set_cpu_count(1)
    pa.set_memory_pool(pa.system_memory_pool())


def _outcome(result: Result) -> Outcome:
    """An error is final if reading the same bytes again would end the same."""
    if result.error is None:
        return Outcome.READ
    return Outcome.OPEN if result.digest is None or isinstance(result.error, _UNSETTLED) else Outcome.REFUSED


def _write_table(folder: Path, name: str, number: int, batches: list[pa.RecordBatch]) -> None:
    """One file a year; the year stands in the folder's name only, as engines expect."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    table = pa.Table.from_batches(batches)
    if "year" not in table.schema.names:
        _write_file(folder / name / f"part-{number:06}.parquet", table)
        return
    for year in pc.unique(table["year"]).to_pylist():
        rows = table.filter(pc.is_null(table["year"]) if year is None else pc.equal(table["year"], year))
        _write_file(
            folder / name / f"year={NO_YEAR if year is None else year}" / f"part-{number:06}.parquet",
            rows.drop_columns(["year"]),
        )


def _write_file(path: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    if table.num_rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd")


@frozen(kw_only=True)
class MergeFile:
    """Put the files `sources` of one table and year together in `target`, without the documents in `dropped` (by source)."""

    target: str
    sources: tuple[str, ...]
    dropped: tuple[frozenset[str], ...]

    def run(self, step: Callable[[int], None]) -> None:
        """Do it, a few row groups in memory at a time; a file without rows is not made."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        _frugal()
        target, writer, waiting = Path(self.target), None, []
        target.parent.mkdir(parents=True, exist_ok=True)
        for table in self._tables(step):
            waiting.append(table)
            if sum(t.num_rows * t.num_columns for t in waiting) > _ROW_GROUP:
                writer = _append(writer, target, pa.concat_tables(waiting))
                waiting = []
        if waiting:
            writer = _append(writer, target, pa.concat_tables(waiting))
        if writer is not None:
            writer.close()

    def _tables(self, step: Callable[[int], None]) -> Iterator[pa.Table]:
        import pyarrow as pa  # noqa: PLC0415 - as above
        import pyarrow.compute as pc  # noqa: PLC0415 - as above
        import pyarrow.parquet as pq  # noqa: PLC0415 - as above

        for source, dropped in zip(self.sources, self.dropped, strict=True):
            step(OFF_CLOCK)
            table = pq.ParquetFile(source).read()
            if dropped:
                table = table.filter(pc.invert(pc.is_in(table["document"], pa.array(sorted(dropped), pa.string()))))
            if table.num_rows:
                yield table


def _append(writer: Any, target: Path, table: pa.Table) -> Any:  # noqa: ANN401 - Arrow has no types
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    if writer is None:
        writer = pq.ParquetWriter(target, table.schema, compression="zstd")
    writer.write_table(table)
    return writer
