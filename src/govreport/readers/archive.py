"""Archives that hold one report: zip archives and gzipped files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from attrs import define

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers, sniff
from govreport.readers.members import Member, Refusal, read_only
from govreport.readers.ooxml import DAMAGE
from govreport.source import Limits, Source

__all__ = ["ArchiveReader"]

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
_REFUSAL = Refusal(
    "the archive holds no document that can be read",
    "the archive holds {count:,} documents ({names}); unpack it and read them one by one",
)
_DEPTH = 3  # archives in archives
_GZIP = 31  # of zlib: with the header of gzip


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
        readers = [reader for reader in self._readers() if reader.name != self.name]
        try:
            members = [*self._members("", data, _Budget(limits.bytes, limits.bytes), _DEPTH)]
        except DAMAGE as error:
            raise SourceError("the archive is damaged: {cause}", cause=str(error)) from error
        return read_only(members, readers, limits, _REFUSAL)

    def _members(self, name: str, data: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
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
                yield from self._members(path, content, budget, depth - 1)
            else:
                yield Member(path, content)


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
