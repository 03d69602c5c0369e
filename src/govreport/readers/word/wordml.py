"""WordprocessingML: paragraphs, tables, list numbers, text boxes and notes of the main part of a .docx.

The XML is read with lxml directly: python-docx builds an object for every paragraph and cell and knows neither list numbers nor
tracked changes nor text boxes, so that all of this would have to go through its XML anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from attrs import define, field

from govreport.errors import SourceError
from govreport.readers import builtin_readers, surest
from govreport.readers.flow import Flow
from govreport.readers.ooxml import Package
from govreport.readers.word.numbering import Numbering, W
from govreport.source import GridCell, Limits, Source

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_docx"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_VAL = W + "val"
_P, _TBL, _TR, _TC, _BOX = W + "p", W + "tbl", W + "tr", W + "tc", W + "txbxContent"
_CHUNK, _RELATION = W + "altChunk", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGES = frozenset({"html", "mhtml", "text"})
_TEXTS = frozenset({W + "t", _MATH_TEXT})
_MARKS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    # A note's mark would read as a digit of the number before it; the note itself follows at the end.
}
# What was deleted or moved away, properties, field codes, and the reading aids (pinyin) above a character are not the text.
_PROPERTIES = ("rPr", "pPr", "sdtPr", "sdtEndPr", "rubyPr", "customXmlPr", "smartTagPr", "tblPr", "tblGrid", "trPr", "tcPr")
_UNPRINTED = (
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "rt",
    "footnoteReference",
    "endnoteReference",
)
_SKIPPED = frozenset(W + name for name in (*_PROPERTIES, *_UNPRINTED))
_FIELD, _FIELD_TYPE = W + "fldChar", W + "fldCharType"
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_ALTERNATE, _CHOICE = _MC + "AlternateContent", _MC + "Choice"
# Symbol fonts put their characters at U+F000; these are the boxes and ticks that forms use.
_SYMBOLS = {0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "□", 0xF06F: "□", 0xF0FC: "√", 0xF0D6: "√", 0xF02D: "-", 0xF02B: "+"}
_PRIVATE_USE = range(0xE000, 0xF900)
_NOTES = (("footnotes", W + "footnote"), ("endnotes", W + "endnote"))


def read_docx(data: bytes, limits: Limits) -> Source:
    """The body in document order; headers and footers are left out, notes follow at the end."""
    package = Package(data, limits, kind="docx", extra="docx")
    main = package.related("", "officeDocument") or "word/document.xml"
    if main not in package.names:
        raise SourceError("the {container} file has no main part", container="docx")
    document = _Document(Flow(limits), _numbering(package, main), partial(_chunk, package, main))
    body = package.xml(main).find(W + "body")
    if body is not None:
        document.write(body)
    for notes in _notes(package, main):
        document.write(notes)
    return document.flow.source("docx")


def _chunk(package: Package, main: str, relation: str) -> Source | None:
    """A page inside the document, which programs write that make a .docx of HTML and leave the rest to Word."""
    part = package.targets(main).get(relation)
    data = b"" if part is None else package.read(part)
    found = surest((reader for reader in builtin_readers() if reader.name in _PAGES), data, part) if data else None
    return None if found is None else found[0].read(data, package.limits)


def _numbering(package: Package, main: str) -> Numbering:
    parts = (package.related(main, kind) for kind in ("numbering", "styles"))
    return Numbering(*(None if part is None else package.xml(part) for part in parts))


def _notes(package: Package, main: str) -> Iterator[etree._Element]:
    for kind, tag in _NOTES:
        part = package.related(main, kind)
        if part is not None:
            # separators are notes too, of a type of their own
            yield from (note for note in package.xml(part).iterfind(tag) if note.get(W + "type") in {None, "normal"})


def _inside(node: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """The wanted children, also those inside content controls, insertions and the preferred one of alternatives."""
    for child in node:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, *wanted)
        elif child.tag == _ALTERNATE:
            yield from _inside(_preferred(child), *wanted)


def _preferred(alternate: etree._Element) -> etree._Element:
    choice = alternate.find(_CHOICE)
    return alternate if choice is None else choice


def _symbol(node: etree._Element) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(code, "□" if code in _PRIVATE_USE else chr(code))


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, the outermost ones."""
    for child in node:
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(_preferred(child) if child.tag == _ALTERNATE else child)


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(_VAL, "1") not in {"0", "false", "off"}


def _int(node: etree._Element | None, path: str, default: int) -> int:
    found = None if node is None else node.find(path)
    text = "" if found is None else found.get(_VAL, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default  # noqa: PLR2004 - more digits than any span has


@define
class _Open:
    """A cell of the table being read; it grows while cells below continue it."""

    text: str
    row: int
    column: int
    colspan: int
    rowspan: int = 1
    content: etree._Element | None = field(default=None, repr=False)


@define
class _Found:
    """What a paragraph holds: its text in pieces, and its text boxes; the code of a field is none of it.

    A field may show the results of others in its code (`IF` of a sum), which nobody sees. One that has no end in its paragraph
    is in its result by then, or damaged: no code reaches into the next paragraph.
    """

    texts: list[str]
    boxes: list[etree._Element] = field(factory=list, repr=False)
    _codes: list[bool] = field(factory=list)

    def turn(self, kind: str | None) -> None:
        """A field begins, goes from its code to its result, or ends."""
        if kind == "begin":
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()

    def put(self, text: str) -> None:
        """A piece of text, if it is shown."""
        if not any(self._codes):
            self.texts.append(text)


class _Document:
    """Writes blocks into a flow, with the list numbers counted on the way."""

    def __init__(self, flow: Flow, numbering: Numbering, chunk: Callable[[str], Source | None]) -> None:
        self.flow = flow
        self._numbering, self._chunk = numbering, chunk

    def write(self, container: etree._Element) -> None:
        """All paragraphs and tables of a body, cell, text box or note."""
        pending = ""
        for block in _inside(container, _P, _TBL, _CHUNK):
            if block.tag == _TBL:
                self._write_table(block)
                continue
            if block.tag == _CHUNK:
                self._write_chunk(block)
                continue
            text, boxes = self._paragraph(block)
            pending += text
            if not _joined_to_next(block):
                self.flow.lines(pending)
                pending = ""
            for box in boxes:
                self.write(box)
        if pending:
            self.flow.lines(pending)

    def _write_chunk(self, node: etree._Element) -> None:
        found = self._chunk(node.get(_RELATION, ""))
        if found is not None:
            self.flow.include(found)

    def _paragraph(self, node: etree._Element) -> tuple[str, list[etree._Element]]:
        found = _Found([self._numbering.label(node.find(W + "pPr"))])
        _collect(node, found)
        return "".join(found.texts), found.boxes

    def _text(self, container: etree._Element) -> str:
        """The content of a cell as text: paragraphs on lines of their own, nested tables cell by cell."""
        out: list[str] = []
        for block in _inside(container, _P, _TBL):
            if block.tag == _TBL:
                out += [self._text(cell) for row in _rows(block) for cell in _inside(row, _TC)]
                continue
            text, boxes = self._paragraph(block)
            out += [text, *(self._text(box) for box in boxes)]
        return "\n".join(out).strip("\n")

    def _write_table(self, table: etree._Element) -> None:
        if _is_frame(table):
            for row in _rows(table):
                for cell in _inside(row, _TC):
                    self.write(cell)
            return
        cells = self._cells(table)
        self.flow.grid(GridCell(c.text, c.row, c.column, c.rowspan, c.colspan) for c in cells)

    def _cells(self, table: etree._Element) -> list[_Open]:
        span, cells = self.flow.limits.span, list[_Open]()
        above: dict[int, _Open] = {}
        for number, row in enumerate(_rows(table)):
            here: dict[int, _Open] = {}
            column = min(_int(row, f"{W}trPr/{W}gridBefore", 0), span)
            for node in _inside(row, _TC):
                cell, fresh = self._cell(node, number, column, above, here)
                here[cell.column] = cell
                column = cell.column + cell.colspan
                cells += [cell] if fresh else []
            above = here
            self.flow.count(len(here))
        return cells

    def _cell(
        self, node: etree._Element, row: int, column: int, above: dict[int, _Open], here: dict[int, _Open]
    ) -> tuple[_Open, bool]:
        """The cell of a `w:tc`: a new one, or the one that it continues (from above, or from the left in old files)."""
        properties = node.find(W + "tcPr")
        if _merge(properties, "hMerge") == "continue" and here:
            left = here[max(here)]
            left.colspan = min(left.colspan + 1, self.flow.limits.span)
            return left, False
        upper = above.get(column) if _merge(properties, "vMerge") == "continue" else None
        if upper is not None:
            upper.rowspan = min(row - upper.row + 1, self.flow.limits.span)
            return upper, False
        colspan = max(1, min(_int(properties, W + "gridSpan", 1), self.flow.limits.span))
        return _Open(self._text(node), row, column, colspan), True


def _collect(node: etree._Element, found: _Found) -> None:
    for child in node:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == _FIELD:
            found.turn(child.get(_FIELD_TYPE))
        elif tag == _ALTERNATE:
            _collect(_preferred(child), found)
        elif tag in _DRAWN:
            found.boxes.extend(_boxes(child))
        elif tag in _TEXTS or tag in _MARKS or tag == W + "sym":
            found.put(_shown(child))
        elif tag != W + "r" or not _hidden(child):
            _collect(child, found)


def _shown(node: etree._Element) -> str:
    if node.tag in _TEXTS:
        return node.text or ""
    return _symbol(node) if node.tag == W + "sym" else _MARKS[node.tag]


def _joined_to_next(paragraph: etree._Element) -> bool:
    """Whether a tracked change deleted the end of this paragraph, so that the next one continues it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _inside(table, _TR) if row.find(f"{W}trPr/{W}del") is None)


def _merge(properties: etree._Element | None, kind: str) -> str | None:
    """`restart`, `continue` or None; a bare `<w:vMerge/>` continues."""
    found = None if properties is None else properties.find(W + kind)
    return None if found is None else found.get(_VAL, "continue")


def _is_frame(table: etree._Element) -> bool:
    """Whether a table only lays out the page: one cell, or cells that mostly hold other tables."""
    own = sum(1 for row in _rows(table) for _ in _inside(row, _TC))
    nested = sum(1 for inner in table.iter(_TBL) if inner is not table for _ in inner.iter(_TC))
    return own == 1 or nested >= own
