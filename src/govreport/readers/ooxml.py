"""Zip packages of XML parts (docx, xlsx): opened within limits, parsed without entities, network or surprises."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import MissingDependencyError, SourceError

if TYPE_CHECKING:
    from lxml import etree

    from govreport.source import Limits

__all__ = ["ZIP_SIGNATURE", "Package", "member_names"]

ZIP_SIGNATURE = b"PK\x03\x04"
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_TAGS_PER_CELL = 20  # a parsed element costs a hundred bytes and more, so that their number needs a limit of its own
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def member_names(data: bytes) -> tuple[str, ...]:
    """The names in a zip archive; of a truncated one those that its local headers still tell. Empty if it is no zip."""
    if not data.startswith(ZIP_SIGNATURE):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
        return tuple(_local_names(data))


def _local_names(data: bytes) -> list[str]:
    found = []
    for match in _LOCAL_NAME.finditer(data):
        size = int.from_bytes(match[1], "little")
        found.append(data[match.end() : match.end() + size].decode("utf-8", "replace"))
    return found


class Package:
    """A zip of XML parts; every failure to read one is a `SourceError` that says which."""

    def __init__(self, data: bytes, limits: Limits, *, kind: str, extra: str) -> None:
        self.limits = limits
        self._kind, self._extra = kind, extra
        self._left = limits.bytes
        self._known: dict[str, list[tuple[str, str, str]]] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError) as error:
            msg = f"the {kind} file is damaged or cut short: {error}"
            raise SourceError(msg, container=kind) from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """One part, unpacked; charged against `limits.bytes`."""
        info = self._zip.getinfo(name)
        self._left -= info.file_size
        if self._left < 0:
            msg = f"the {self._kind} file unpacks to more than {self.limits.bytes} bytes; raise Limits.bytes if that is right"
            raise SourceError(msg, container=self._kind, limit="bytes")
        try:
            return self._zip.read(info)
        except RuntimeError as error:
            msg = f"the {self._kind} file is encrypted; save it without a password"
            raise SourceError(msg, container=self._kind) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            msg = f"the {self._kind} file is damaged: its part {name} cannot be unpacked ({error})"
            raise SourceError(msg, container=self._kind, part=name) from error

    def xml(self, name: str) -> etree._Element:
        """One part, parsed: no DTD, no entity, no network, nesting at most what libxml2 allows without `huge_tree`."""
        try:
            from lxml import etree  # noqa: PLC0415 - an optional dependency, and 20 ms
        except ImportError as error:
            msg = f"reading {self._kind} needs lxml: pip install 'govreport[{self._extra}]'"
            raise MissingDependencyError(msg, extra=self._extra) from error
        data = self._checked(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            msg = f"the {self._kind} file is damaged: its part {name} is not well-formed XML ({error})"
            raise SourceError(msg, container=self._kind, part=name) from error

    def _checked(self, name: str) -> bytes:
        """One part, unpacked, after a look for entities and for more elements than memory should hold."""
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            msg = f"the {self._kind} file declares XML entities in {name}, which no Office program writes; not read"
            raise SourceError(msg, container=self._kind, part=name)
        if data.count(b"<") > self.limits.cells * _TAGS_PER_CELL:
            msg = f"the {self._kind} file has more XML elements in {name} than {self.limits.cells} cells need"
            raise SourceError(msg, container=self._kind, limit="cells")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

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
