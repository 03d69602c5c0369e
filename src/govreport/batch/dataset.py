"""The folder that a run fills: Parquet files, and a journal that says which of them count.

A *part* is what one worker made of some documents: a file for each table and year, and one journal file. The files are moved to
their places first, the journal file last, each by one rename: a part is there whole or not at all, whenever the run is killed.
What no journal file names is rubbish and is removed by the next run.

A part may *replace* others (small ones put together, documents that changed since): from the moment its journal file stands
there, those others count no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from attrs import asdict, frozen

from govreport.errors import GovReportError
from govreport.tables.columns import NAMES

__all__ = ["NO_YEAR", "Dataset", "Entry", "Outcome", "Part", "fingerprint"]

NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""What Hive calls the partition without a value; Arrow, DuckDB, polars and Spark read it as null, and keep `year` a number."""
_JOURNAL, _TEMPORARY, _LOCK = "_journal", "_tmp", "_lock"
_EMPTY = "empty.parquet"


class Outcome(StrEnum):
    """How reading a document ended."""

    READ = "read"
    REFUSED = "refused"  # an error that the same bytes would give again
    OPEN = "open"  # an error that may not come again: a time limit, a missing package, a file that was not there


@frozen
class Entry:
    """A document of a part."""

    name: str
    digest: str | None
    outcome: Outcome


@frozen(kw_only=True)
class Part:
    """A part as its journal file has it: the library's `version`, its `files` with their sizes, its documents."""

    number: int
    version: str
    files: dict[str, int]
    documents: tuple[Entry, ...]
    replaces: tuple[int, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Part:
        """Read a journal file."""
        data = json.loads(path.read_bytes())
        entries = tuple(Entry(name, digest, Outcome(outcome)) for name, digest, outcome in data.pop("documents"))
        return cls(documents=entries, replaces=tuple(data.pop("replaces")), **data)

    def dump(self) -> bytes:
        """The journal file."""
        data = asdict(self, recurse=False) | {"documents": [[e.name, e.digest, e.outcome] for e in self.documents]}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(text: str | None) -> int:
    """A text as a number of 64 bits: an index of 100,000 documents is kept in memory, their names are not."""
    return int.from_bytes(hashlib.blake2b((text or "").encode("utf-8", "surrogatepass"), digest_size=8).digest())


class Dataset:
    """A data set in `root`, open for one run at a time; `version` is that of the reader; with `retry` errors are not final."""

    def __init__(self, root: Path, version: str, *, retry: bool = False) -> None:
        self.root, self.version = root, version
        self._final = {Outcome.READ} if retry else {Outcome.READ, Outcome.REFUSED}
        self._journal, self._temporary = root / _JOURNAL, root / _TEMPORARY
        self._known: dict[int, int] = {}
        self._last = 0
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._journal.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self.root / _LOCK)
        self._recover()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shutil.rmtree(self._temporary, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()

    # --- what is there -------------------------------------------------------------------------------------------------------

    def parts(self) -> Iterator[Part]:
        """Every part, oldest first, read anew from the journal."""
        return (Part.load(path) for path in sorted(self._journal.glob("*.json")))

    def has(self, name: str) -> bool:
        """Whether the document was read by this version, whatever its content was."""
        return fingerprint(name) in self._known

    def settled(self, name: str, digest: str) -> bool:
        """Whether the document was read by this version with this content, and nothing else is to be hoped for."""
        return self._known.get(fingerprint(name)) == fingerprint(digest)

    def _recover(self) -> None:
        """Remove what an ended run left unfinished, and learn what is done."""
        shutil.rmtree(self._temporary, ignore_errors=True)
        for path in self._journal.glob("*.new"):
            path.unlink()
        replaced = {number for part in self.parts() for number in part.replaces}
        kept: set[str] = set()
        for part in self.parts():
            self._last = max(self._last, part.number)
            if part.number in replaced or not self._complete(part):
                self._remove(part)
            else:
                kept.update(part.files)
                self._learn(part)
        for path in self._files():
            if path.relative_to(self.root).as_posix() not in kept:
                path.unlink()

    def _complete(self, part: Part) -> bool:
        """Whether its files are there in full: after a power failure they may not be."""
        paths = ((self.root / name, size) for name, size in part.files.items())
        return all(path.is_file() and path.stat().st_size == size for path, size in paths)

    def _files(self) -> Iterator[Path]:
        for table in NAMES:
            yield from (self.root / table).glob("**/part-*.parquet")

    def _learn(self, part: Part) -> None:
        for entry in part.documents:
            self._known.pop(fingerprint(entry.name), None)
            if entry.outcome in self._final and part.version == self.version:
                self._known[fingerprint(entry.name)] = fingerprint(entry.digest)

    # --- what is added -------------------------------------------------------------------------------------------------------

    def next_number(self) -> int:
        """The number of a new part; never given twice."""
        self._last += 1
        return self._last

    def folder(self, number: int) -> Path:
        """Where the files of a part are made before they count; emptied, for its first maker may have died."""
        folder = self._temporary / f"{os.getpid()}-{number:06}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def commit(self, number: int, documents: Iterable[Entry], *, version: str = "", replaces: Iterable[Part] = ()) -> None:
        """Make the part that lies finished in its folder count, and those that it replaces count no more."""
        source = self._temporary / f"{os.getpid()}-{number:06}"
        files = {path.relative_to(source).as_posix(): path.stat().st_size for path in source.rglob("*.parquet")}
        old = tuple(replaces)
        for name in files:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).replace(self.root / name)
        numbers = tuple(part.number for part in old)
        part = Part(number=number, version=version or self.version, files=files, documents=tuple(documents), replaces=numbers)
        self._write(part)
        for replaced in old:
            self._remove(replaced)
        shutil.rmtree(source)
        if not old:
            self._learn(part)

    def show_empty_tables(self) -> None:
        """Give a table without rows a file that has its columns, so that every engine can open it."""
        from govreport import tables  # noqa: PLC0415 - Arrow is loaded where it is used

        filled = {path.relative_to(self.root).parts[0] for path in self._files()}
        for name in NAMES:
            path = self.root / name / _EMPTY
            if name in filled:
                path.unlink(missing_ok=True)
            else:
                tables.write_empty(path, name)

    def _write(self, part: Part) -> None:
        path = self._journal / f"{part.number:06}.json"
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            file.write(part.dump())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def _remove(self, part: Part) -> None:
        """The journal file goes last: as long as it stands, the part's files have an owner who removes them."""
        for name in part.files:
            (self.root / name).unlink(missing_ok=True)
        (self._journal / f"{part.number:06}.json").unlink()


def _lock(path: Path) -> IO[bytes]:
    """Hold the file as long as this process lives; another run on the same folder is an error."""
    file = path.open("ab")
    try:
        _lock_file(file)
    except OSError as error:
        file.close()
        raise GovReportError(
            "another run is filling {folder}; wait for it, or choose another --out", folder=str(path.parent)
        ) from error
    return file


def _lock_file(file: IO[bytes]) -> None:
    with contextlib.suppress(ModuleNotFoundError):  # Windows
        fcntl = importlib.import_module("fcntl")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    msvcrt = importlib.import_module("msvcrt")
    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
