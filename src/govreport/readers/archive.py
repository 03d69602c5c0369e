"""Files that hold one report inside: zip archives, gzipped files, pages saved whole as `.mhtml` (or Word's "single file")."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from pathlib import PurePosixPath

from attrs import define, evolve, frozen

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers, sniff, surest
from govreport.readers.flow import Flow
from govreport.readers.mime import EDGES, message_of
from govreport.readers.ooxml import DAMAGE
from govreport.readers.web.page import read_page
from govreport.source import Limits, Source

__all__ = ["ArchiveReader", "MhtmlReader"]

_OFFICE = frozenset({"[content_types].xml", "mimetype", "meta-inf/manifest.xml", "ofd.xml"})
_BESIDE = frozenset(
    f".{suffix}"
    for kinds in ("bmp gif ico jpeg jpg png svg webp", "css js json map woff woff2 xml xsl", "db ini rels tmp")
    for suffix in kinds.split()
)
"""What lies beside a document: pictures, styles and scripts of a saved page, what file managers leave."""
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_MEMBERS = 10_000
_NAMED = 5  # candidates that an error names
_DEPTH = 3  # archives in archives
_LEAST = 0.1  # what is claimed with less is known, but no document
_NOTE = 1_000  # bytes; a text of fewer is a note about the files beside it, and no report
_TEXT = "text"
_GZIP = 31  # of zlib: with the header of gzip

_FRAMES = 100
_MIME_HEAD = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}", re.IGNORECASE)
_CONTENT = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.IGNORECASE | re.MULTILINE)
_MIME = re.compile(rb"^(?:mime-version|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE)


@frozen
class _Member:
    """A file in an archive that a reader claims."""

    name: str
    data: bytes
    reader: Reader
    claim: Claim


@define
class _Budget:
    """How many bytes and files may still be unpacked, over all archives in archives."""

    limit: int
    left: int
    files: int = _MEMBERS

    def take(self, data: bytes) -> bytes:
        self.left -= len(data)
        if self.left < 0:
            raise SourceError("the archive unpacks to more than the limit of {most:,} bytes", most=self.limit)
        return data


class ArchiveReader:
    """A zip archive, or a gzipped file, with one document in it, which the reader that claims it most surely reads."""

    name = "archive"

    def __init__(self, readers: Callable[[], Iterable[Reader]] = builtin_readers) -> None:
        self._readers = readers

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for a zip whose directory names plain files; none for Office documents, which are zips of another kind."""
        kind = sniff.kind(data)
        if kind == "gzip":
            return Claim(self.name, 1.0, ("a gzipped file",))
        if kind != "zip":
            return None
        names = sniff.zip_names(data)
        if names is None:
            return Claim(self.name, 0.3, ("the signature of a zip, but no directory that can be read",))
        if any(member.lower() in _OFFICE for member in names):
            return None
        return Claim(self.name, 1.0, (f"a zip archive of {len(names)} files",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The one document inside; SourceError, which names them, where there are several, or none."""
        try:
            contents = self._contents("", data, _Budget(limits.bytes, limits.bytes), _DEPTH)
            found = [m for m in map(self._recognised, contents) if m is not None]
        except DAMAGE as error:
            raise SourceError("the archive is damaged: {cause}", cause=str(error)) from error
        member = _only(found)
        source = member.reader.read(member.data, limits)
        return evolve(source, metadata={**source.metadata, "member": member.name})

    def _contents(self, name: str, data: bytes, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes]]:
        """The documents of an archive and of the archives in it."""
        if not depth:
            raise SourceError(
                "{name} is an archive in an archive in an archive; unpack it and read its files one by one", name=name
            )
        unpacked = _unzipped(data, budget) if sniff.kind(data) == "zip" else _gunzipped(data, budget)
        for inner, content in unpacked:
            path = f"{name}/{inner}".strip("/")
            claim = self.claim(content, inner)
            if claim is not None and claim.confidence == 1:
                yield from self._contents(path, content, budget, depth - 1)
            else:
                yield path, content

    def _recognised(self, named: tuple[str, bytes]) -> _Member | None:
        name, data = named
        found = surest((reader for reader in self._readers() if reader.name != self.name), data, name)
        if found is None or found[1].confidence < _LEAST:
            return None
        return _Member(name, data, *found)


def _gunzipped(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    stream = zlib.decompressobj(_GZIP)
    content = budget.take(stream.decompress(data, budget.left + 1))
    if not stream.eof:
        raise EOFError("the gzipped file ends in the middle")
    yield "", content


def _unzipped(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """The files of a zip archive, unpacked within the budget whatever its directory promises."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [info for info in archive.infolist() if _may_be_document(info)]
        budget.files -= len(members)
        if budget.files < 0:
            raise SourceError("the archive holds more than {most:,} files; unpack it and read them one by one", most=_MEMBERS)
        for info in members:
            name = _name(info)
            if info.flag_bits & _ENCRYPTED:
                raise SourceError("{name} in the zip archive is encrypted; unpack it with its password first", name=name)
            with _opened(archive, info) as stream:
                yield name, budget.take(stream.read(budget.left + 1))


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
    return archive.open(info)  # type: ignore[return-value]  # typeshed promises IO[bytes] only


def _may_be_document(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(_name(info))
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not info.is_dir() and info.file_size > 0 and not hidden and path.suffix.lower() not in _BESIDE


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK and does not say so; zipfile then takes them for code page 437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    return sniff.decode(info.filename.encode("cp437", "replace"), "gbk").text


def _only(found: list[_Member]) -> _Member:
    if len(found) > 1:
        found = [m for m in found if m.reader.name != _TEXT or len(m.data) >= _NOTE] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise SourceError("the archive holds no document that can be read")
    names = ", ".join(member.name for member in found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
    raise SourceError(
        "the archive holds {count:,} documents ({names}); unpack it and read them one by one", count=len(found), names=names
    )


class MhtmlReader:
    """A web page saved with its pictures as one MIME message."""

    name = "mhtml"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for MIME headers that announce a page, or a message of several parts, one of them a page."""
        found = _MIME_HEAD.match(data[:8192].lstrip(EDGES))
        head = found.group() if found else b""
        if not _CONTENT.search(head) or not _MIME.search(head) or b"text/html" not in data.lower():
            return None
        return Claim(self.name, 1.0, ("MIME headers of a message with an HTML part",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Its first HTML part; all of the others where that only arranges them in frames, as Excel's does its sheets."""
        pages = _pages(message_of(data, limits), limits)
        first = next(pages, None)
        if first is None:
            raise SourceError("the message holds no HTML part")
        if first.lines or first.grids:
            return evolve(first, container="mhtml")
        flow = Flow(limits)
        for page in itertools.islice(pages, _FRAMES):
            flow.include(page)
        return flow.source("mhtml", first.metadata)


def _pages(message: Message, limits: Limits) -> Iterator[Source]:
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            yield read_page(payload, limits, part.get_content_charset())
