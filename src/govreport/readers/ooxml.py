"""Zip packages of XML parts (docx, xlsx, odt), and the XML itself: opened within limits, no entities, network or surprises."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import MissingDependencyError, SourceError
from govreport.readers import sniff

if TYPE_CHECKING:
    from lxml import etree

    from govreport.source import Limits

__all__ = ["DAMAGE", "ZIP_SIGNATURE", "Package", "member_names", "parse_xml"]

ZIP_SIGNATURE = b"PK\x03\x04"
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, ValueError, OSError)
"""What zipfile and its libraries raise where an archive is damaged, or packed in a way that they do not know."""
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_TAGS_PER_CELL = 20  # a parsed element costs a hundred bytes and more, so that their number needs a limit of its own
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def member_names(data: bytes) -> tuple[str, ...]:
    """The names in a zip archive; of a truncated one those that its local headers still tell. Empty if it is no zip."""
    if not data.startswith(ZIP_SIGNATURE):
        return ()
    return sniff.zip_names(data) or tuple(_local_names(data))


def _local_names(data: bytes) -> list[str]:
    found = []
    for match in _LOCAL_NAME.finditer(data):
        size = int.from_bytes(match[1], "little")
        found.append(data[match.end() : match.end() + size].decode("utf-8", "replace"))
    return found


def parse_xml(data: bytes, limits: Limits, *, kind: str, extra: str, part: str | None = None) -> etree._Element:
    """The XML of a part, or of a whole file: no DTD, no entity, no network, nesting at most what libxml2 allows by itself."""
    try:
        from lxml import etree  # noqa: PLC0415 - an optional dependency, and 20 ms
    except ImportError as error:
        raise MissingDependencyError(
            "reading {container} needs lxml: pip install 'govreport[{extra}]'", extra=extra, container=kind
        ) from error
    data = _checked(data, limits, kind, part or kind)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(
            "the {container} file is damaged: no well-formed XML in {place} ({cause})",
            container=kind,
            part=part,
            place=part or kind,
            cause=str(error),
        ) from error


def _checked(data: bytes, limits: Limits, kind: str, place: str) -> bytes:
    """The XML after a look for entities and for more elements than memory should hold, in the usual namespaces."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SourceError(
            "the {container} file is not read: {place} declares XML entities, which no Office program writes",
            container=kind,
            place=place,
        )
    if data.count(b"<") > limits.cells * _TAGS_PER_CELL:
        raise SourceError(
            "the {container} file is not read: {place} has more XML elements than {most:,} cells need",
            container=kind,
            limit="cells",
            place=place,
            most=limits.cells,
        )
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


class Package:
    """A zip of XML parts; every failure to read one is a `SourceError` that says which."""

    def __init__(self, data: bytes, limits: Limits, *, kind: str, extra: str) -> None:
        self.limits = limits
        self._kind, self._extra = kind, extra
        self._left = limits.bytes
        self._known: dict[str, list[tuple[str, str, str]]] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise SourceError(
                "the {container} file is damaged or cut short: {cause}", container=kind, cause=str(error)
            ) from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """One part, unpacked; charged against `limits.bytes`."""
        info = self._zip.getinfo(name)
        self._left -= info.file_size
        if self._left < 0:
            raise SourceError(
                "the {container} file unpacks to more than {most:,} bytes; raise Limits.bytes if that is right",
                container=self._kind,
                limit="bytes",
                most=self.limits.bytes,
            )
        try:
            return self._zip.read(info)
        except DAMAGE as error:
            raise SourceError(
                "the {container} file is damaged: its part {part} cannot be unpacked ({cause})",
                container=self._kind,
                part=name,
                cause=str(error),
            ) from error
        except RuntimeError as error:
            raise SourceError(
                "the {container} file is encrypted; save it without a password", container=self._kind, encrypted=True
            ) from error

    def xml(self, name: str) -> etree._Element:
        """One part, parsed."""
        return parse_xml(self.read(name), self.limits, kind=self._kind, extra=self._extra, part=name)

    def related(self, name: str, kind: str) -> str | None:
        """The part that `name` ("" for the package) points to with a relationship whose type ends in `kind`."""
        return next((target for _, type_, target in self._relations(name) if type_.endswith("/" + kind)), None)

    def targets(self, name: str) -> dict[str, str]:
        """Relationship id → part, for all that `name` points to inside the package."""
        return {key: target for key, _, target in self._relations(name)}

    def _relations(self, name: str) -> list[tuple[str, str, str]]:
        if name not in self._known:
            folder, base = posixpath.split(name)
            self._known[name] = list(self._read_relations(folder, posixpath.join(folder, "_rels", base + ".rels")))
        return self._known[name]

    def _read_relations(self, folder: str, part: str) -> Iterator[tuple[str, str, str]]:
        for relation in self.xml(part) if part in self.names else ():
            target = _resolved(folder, relation.get("Target", ""))
            if relation.get("TargetMode") != "External" and target in self.names:
                yield relation.get("Id", ""), relation.get("Type", ""), target


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
