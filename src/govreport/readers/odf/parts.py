"""What OpenDocument texts and spreadsheets share: which of the two a file is, and its XML.

Both come as zip packages (.odt, .ods) and as one XML file (.fodt, .fods).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.readers.flat import root_tag
from govreport.readers.ooxml import DAMAGE, ZIP_SIGNATURE, Package, member_names, parse_xml
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["DRAWING", "FO", "OFFICE", "STYLE", "TABLE", "TEXT", "bodies", "count", "kind", "number_of"]

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NAMESPACE = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TYPE = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
_BODY = re.compile(rb"<office:(text|spreadsheet)\b")
_KINDS = {b"text": "odt", b"spreadsheet": "ods"}
_HEAD = 200  # an ODF package names its type at the very front, uncompressed
_PARTS = frozenset({"content.xml", "META-INF/manifest.xml"})
_MANIFEST = 4_000  # bytes in which the type of the whole package is named


def kind(data: bytes) -> str | None:
    """`odt` or `ods`, whether packed or flat; None for anything else."""
    found = _packed(data) if data.startswith(ZIP_SIGNATURE) else _flat(data)
    return _KINDS[found[1]] if found else None


def _packed(data: bytes) -> re.Match[bytes] | None:
    """A package that somebody took apart and packed again does not have its type at the front."""
    found = _TYPE.search(data, 0, _HEAD)
    if found or not _PARTS.issubset(member_names(data)):
        return found
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("META-INF/manifest.xml") as manifest:
            return _TYPE.search(manifest.read(_MANIFEST))
    except DAMAGE:
        return None


def _flat(data: bytes) -> re.Match[bytes] | None:
    tag = root_tag(data)
    if tag is None or _NAMESPACE not in tag:
        return None
    return _TYPE.search(tag) or _BODY.search(data)  # some writers do not name the type


def bodies(data: bytes, limits: Limits, kind: str, extra: str) -> tuple[etree._Element, etree._Element | None]:
    """The root of the content, and that of the common styles where these are a part of their own."""
    if not data.startswith(ZIP_SIGNATURE):
        return parse_xml(data, limits, kind=kind, extra=extra), None
    package = Package(data, limits, kind=kind, extra=extra)
    if "content.xml" not in package.names:
        raise SourceError("the {container} file has no content", container=kind)
    _check_open(package, kind)
    styles = package.xml("styles.xml") if "styles.xml" in package.names else None
    return package.xml("content.xml"), styles


def _check_open(package: Package, kind: str) -> None:
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.names else b""
    if b"encryption-data" in manifest:
        raise SourceError("the {container} file is encrypted; save it without a password", container=kind, encrypted=True)


def count(node: etree._Element, name: str) -> int:
    """An attribute of a table or cell that counts rows or columns; 1 where it is none."""
    return number_of(node.get(TABLE + name, "1"))


def number_of(text: str) -> int:
    """A number of an attribute, at least 1; 1 where it is none."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004 - more digits than any sheet has rows
