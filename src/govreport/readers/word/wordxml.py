"""Word documents as one XML file: that of Word 2003, the packages of newer versions ("Word XML"), and a main part alone.

Of both a .docx is made, which differs from them in little but its wrapping.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.readers.flat import root_tag
from govreport.readers.ooxml import parse_xml
from govreport.readers.word.numbering import W
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["is_word_xml", "repacked"]

_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_2006 = W[1:-1].encode()
_PACKAGE = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_PKG = f"{{{_PACKAGE.decode()}}}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_AUX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_HEAD = 1_000  # the program is named before the first tag
_MAIN = "word/document.xml"
_RENAMED = ((b"w:vmerge", b"w:vMerge"), (b"w:hmerge", b"w:hMerge"))
_SECTIONS = (_AUX + "sect", _AUX + "sub-section", _AUX + "pBdrGroup", _AUX + "estimate")
_DELETED = frozenset({"Word.Deletion", "Word.Comment"})


def is_word_xml(data: bytes) -> bool:
    """Whether the first tag is that of such a file."""
    tag = root_tag(data)
    if tag is None:
        return False
    return _is_main(tag) or (_2003 in tag and b"wordDocument" in tag) or (_PACKAGE in tag and b"Word.Document" in data[:_HEAD])


def _is_main(tag: bytes) -> bool:
    """Whether the file is the part of a .docx that holds the text, taken out of it."""
    return _2006 in tag and tag.startswith(b"<w:document")


def repacked(data: bytes, limits: Limits) -> bytes:
    """The same as a .docx; SourceError if there is no document in it."""
    tag = root_tag(data) or b""
    if _is_main(tag):
        return _zipped({_MAIN: data})
    if _PACKAGE in tag:
        return _zipped(dict(_parts(parse_xml(data, limits, kind="docx", extra="docx"))))
    for old, new in ((_2003, _2006), *_RENAMED):
        data = data.replace(old, new)
    root = parse_xml(data, limits, kind="docx", extra="docx")
    _modernise(root)
    return _zipped({_MAIN: _bytes(root)})


def _parts(root: etree._Element) -> list[tuple[str, bytes]]:
    parts = ((part.get(_PKG + "name", "").lstrip("/"), part.find(_PKG + "xmlData")) for part in root.iterfind(_PKG + "part"))
    return [(name, _bytes(content[0])) for name, content in parts if content is not None and len(content)]


def _bytes(node: etree._Element) -> bytes:
    from lxml import etree  # noqa: PLC0415 - loaded by parse_xml

    return bytes(etree.tostring(node, encoding="utf-8", with_tail=False))


def _zipped(parts: dict[str, bytes]) -> bytes:
    if _MAIN not in parts:
        raise SourceError("the {container} file has no main part", container="Word XML")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _modernise(root: etree._Element) -> None:
    """Sections and insertions become what wraps paragraphs today; deletions, comments and notes go."""
    for section in root.iter(*_SECTIONS):
        section.tag = W + "sdtContent"
    for note in root.iter(_AML + "annotation"):
        note.tag = W + ("del" if note.get(W + "type") in _DELETED else "ins")
    for inline in root.iter(W + "footnote", W + "endnote"):
        inline.tag = W + "del"
    for numbered in list(root.iter(W + "listPr")):
        _write_number(numbered)


def _write_number(numbered: etree._Element) -> None:
    """The printed number of a list item, which Word 2003 says beside its properties, becomes text before it."""
    from lxml import etree  # noqa: PLC0415 - loaded by parse_xml

    said, properties = numbered.find(_AUX + "t"), numbered.getparent()
    paragraph = None if properties is None else properties.getparent()
    if said is not None and properties is not None and paragraph is not None and paragraph.tag == W + "p":
        run = etree.Element(W + "r")
        etree.SubElement(run, W + "t").text = said.get(_AUX + "val", "")
        paragraph.insert(paragraph.index(properties) + 1, run)
