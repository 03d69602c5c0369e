"""What a run reads: files, the files of folders, the members of archives, the pages of a crawl; each with a lasting name.

Nothing is read before its turn, and no list of all documents is made: a hundred thousand names cost no memory.
"""

from __future__ import annotations

import glob
import importlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal

from attrs import frozen

from govreport.errors import MissingDependencyError, SourceError
from govreport.source import Limits

__all__ = ["Input", "count", "expand"]

_OFFICE_MARKS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})
"""Members that make a zip archive a document of an office program, not a bag of documents."""
_WARC_ENDS = (".warc", ".warc.gz")


@frozen(kw_only=True)
class Input:
    """One document: `name` is what tables call it, `path` the file that holds it, `member` or `offset` where in that file."""

    name: str
    path: str
    kind: Literal["file", "zip", "warc"] = "file"
    member: str = ""
    offset: int = 0

    @classmethod
    def file(cls, path: str) -> Input:
        """A document that is a file of its own; the name is its path, with forward slashes, `.` and `..` resolved."""
        return cls(name=Path(os.path.normpath(path)).as_posix(), path=path)

    def read(self) -> bytes:
        """The bytes of the document; `SourceError` if there are more than the limit allows, `OSError` if it cannot be had."""
        return {"file": _read_file, "zip": _read_member, "warc": _read_record}[self.kind](self)


def expand(arguments: Iterable[str], *, include: str | None = None, skip: str = "") -> Iterator[Input]:
    """All documents that the arguments name: files, directories (recursively), globs, `@list.txt`, zip archives, WARC files.

    In each directory and glob by name, so that two runs see one order; hidden files are left out. `include` is a glob that the
    file's name must match (`*.html`); archives are opened whatever they are called. `skip` is a folder to leave out: that
    of the results. A document named twice comes twice.
    """
    for path in _all_paths(arguments, skip):
        yield from _documents(path, include)


def count(arguments: Iterable[str], *, include: str | None = None, skip: str = "") -> int | None:
    """How many documents `expand` will give; None if that cannot be said without reading a whole crawl."""
    total = 0
    for path in _all_paths(arguments, skip):
        if path.endswith(_WARC_ENDS):
            return None
        total += sum(1 for _ in _documents(path, include))
    return total


def _all_paths(arguments: Iterable[str], skip: str) -> Iterator[str]:
    avoided = os.path.realpath(skip) if skip else ""
    return (path for argument in arguments for path in _paths(argument, avoided))


def _paths(argument: str, skip: str) -> Iterator[str]:
    if argument.startswith("@"):
        yield from _listed(argument[1:], skip)
    elif os.path.isdir(argument):  # noqa: PTH112 - strings all the way: a Path for each of 100,000 files costs more than listing them
        yield from _walk(argument, skip)
    elif not os.path.exists(argument) and glob.has_magic(argument):  # noqa: PTH110 - as above
        for path in sorted(glob.iglob(argument, recursive=True)):  # noqa: PTH207 - as above
            yield from _walk(path, skip) if os.path.isdir(path) else (path,)  # noqa: PTH112 - as above
    else:
        yield argument


def _listed(path: str, skip: str) -> Iterator[str]:
    """The lines of a file list, relative to where the command runs; empty ones and those that start with # are left out."""
    with open(path, encoding="utf-8-sig") as lines:  # noqa: PTH123 - as above
        for line in lines:
            if (name := line.strip()) and not name.startswith("#"):
                yield from _paths(name, skip)


def _walk(folder: str, skip: str) -> Iterator[str]:
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and os.path.realpath(os.path.join(base, f)) != skip)  # noqa: PTH118 - as above
        yield from (os.path.join(base, name) for name in sorted(files) if not name.startswith("."))  # noqa: PTH118 - as above


def _documents(path: str, include: str | None) -> Iterator[Input]:
    if path.endswith(_WARC_ENDS):
        yield from _records(path)
    elif path.endswith(".zip") and (members := _members(path)) is not None:
        yield from members
    elif include is None or Path(path).match(include):
        yield Input.file(path)


# --- zip ---------------------------------------------------------------------------------------------------------------------


def _members(path: str) -> list[Input] | None:
    """The files of an archive, or None where it is not one (a damaged archive is a document that gets its error when read)."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError):
        return None
    if any(info.filename in _OFFICE_MARKS for info in infos):
        return None
    name = Input.file(path).name
    return [Input(name=f"{name}!/{_member_name(i)}", path=path, kind="zip", member=i.filename) for i in infos]


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name in Unicode: archives made on Chinese Windows store GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _read_member(item: Input) -> bytes:
    try:
        with zipfile.ZipFile(item.path) as archive:
            info = archive.getinfo(item.member)
            _refuse_giant(info.file_size)
            return archive.read(info)
    except (
        zipfile.BadZipFile,
        KeyError,
        RuntimeError,
        NotImplementedError,
    ) as error:  # damaged, changed, encrypted, unknown method
        raise SourceError("the archive does not give it: {cause}", cause=str(error)) from error


# --- files -------------------------------------------------------------------------------------------------------------------


def _read_file(item: Input) -> bytes:
    with open(item.path, "rb") as file:  # noqa: PTH123 - as above
        _refuse_giant(os.fstat(file.fileno()).st_size)
        return file.read(_LIMIT + 1)


def _refuse_giant(size: int) -> None:
    if size > _LIMIT:
        raise SourceError("it has {size:,} bytes; the limit is {most:,}", size=size, most=_LIMIT)


_LIMIT = Limits().bytes


# --- WARC --------------------------------------------------------------------------------------------------------------------


def _warcio() -> ModuleType:
    try:
        return importlib.import_module("warcio.archiveiterator")
    except ImportError as error:
        raise MissingDependencyError("WARC files need warcio: pip install 'govreport[warc]'", extra="warc") from error


def _records(path: str) -> Iterator[Input]:
    """The pages of a crawl: responses with status 200, by their address; one fetched twice is told by its offset."""
    name = Input.file(path).name
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        iterator = _warcio().ArchiveIterator(file)
        for record in iterator:
            if record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() == "200":
                offset = iterator.get_record_offset()
                page = record.rec_headers.get_header("WARC-Target-URI")
                yield Input(name=f"{name}!/{offset}/{page}", path=path, kind="warc", offset=offset)


def _read_record(item: Input) -> bytes:
    with open(item.path, "rb") as file:  # noqa: PTH123 - as above
        file.seek(item.offset)
        record = next(iter(_warcio().ArchiveIterator(file)))
        data: bytes = record.content_stream().read(_LIMIT + 1)
    _refuse_giant(len(data))
    return data
