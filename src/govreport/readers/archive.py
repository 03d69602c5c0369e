"""Files that hold one report inside: zip archives, and pages saved whole as `.mhtml` (or as Word's "single file" `.doc`)."""

from __future__ import annotations

import email
import email.policy
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from pathlib import PurePosixPath

from attrs import evolve, frozen

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers, sniff
from govreport.readers.page import read_page
from govreport.source import Limits, Source

__all__ = ["ArchiveReader", "MhtmlReader"]

_OFFICE = frozenset({"[content_types].xml", "mimetype", "meta-inf/manifest.xml"})
_BESIDE = frozenset(
    f".{suffix}"
    for kinds in ("bmp gif ico jpeg jpg png svg webp", "css js json map woff woff2 xml xsl", "db ini rels tmp")
    for suffix in kinds.split()
)
"""What lies beside a document: pictures, styles and scripts of a saved page, what file managers leave."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, ValueError, OSError)
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_MEMBERS = 10_000
_NAMED = 5  # candidates that an error names

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


class ArchiveReader:
    """A zip archive with one document in it, which the reader that claims it most surely reads."""

    name = "archive"

    def __init__(self, readers: Callable[[], Iterable[Reader]] = builtin_readers) -> None:
        self._readers = readers

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for a zip whose directory names plain files; none for Office documents, which are zips of another kind."""
        if sniff.kind(data) != "zip":
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
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found = [m for m in map(self._recognised, _contents(archive, limits)) if m is not None]
        except _DAMAGE as error:
            raise SourceError(f"the zip archive is damaged: {error}") from error
        member = _only(found)
        source = member.reader.read(member.data, limits)
        return evolve(source, metadata={**source.metadata, "member": member.name})

    def _recognised(self, named: tuple[str, bytes]) -> _Member | None:
        name, data = named
        claims = [(reader, reader.claim(data, name)) for reader in self._readers() if reader.name != self.name]
        sure = [(reader, claim) for reader, claim in claims if claim is not None]
        if not sure:
            return None
        reader, claim = max(sure, key=lambda pair: (pair[1].confidence, pair[0].name))
        return _Member(name, data, reader, claim)


def _contents(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The documents of an archive, unpacked within the limits whatever its directory promises."""
    members = [info for info in archive.infolist() if _may_be_document(info)]
    if len(members) > _MEMBERS:
        raise SourceError(f"the zip archive holds {len(members):,} files; unpack it and read them one by one")
    left = limits.bytes
    for info in members:
        name = _name(info)
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(f"{name} in the zip archive is encrypted; unpack it with its password first")
        with _opened(archive, info) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            raise SourceError(f"the zip archive unpacks to more than the limit of {limits.bytes:,} bytes")
        yield name, data


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
    if len(found) == 1:
        return found[0]
    if not found:
        raise SourceError("the zip archive holds no document that can be read")
    names = ", ".join(member.name for member in found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
    raise SourceError(f"the zip archive holds {len(found)} documents ({names}); unpack it and read them one by one")


class MhtmlReader:
    """A web page saved with its pictures as one MIME message."""

    name = "mhtml"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for MIME headers that announce a page, or a message of several parts, one of them a page."""
        found = _MIME_HEAD.match(data[:8192].lstrip())
        head = found.group() if found else b""
        if not _CONTENT.search(head) or not _MIME.search(head) or b"text/html" not in data.lower():
            return None
        return Claim(self.name, 1.0, ("MIME headers of a message with an HTML part",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Its first HTML part."""
        if len(data) > limits.bytes:
            raise SourceError(f"the message has {len(data):,} bytes, more than the limit of {limits.bytes:,}")
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        part = next(_html_parts(message), None)
        payload = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(payload, bytes):
            raise SourceError("the message holds no HTML part")
        return evolve(read_page(payload, limits, part.get_content_charset()), container="mhtml")


def _html_parts(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == "text/html")
