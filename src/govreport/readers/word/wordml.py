"""WordprocessingML: paragraphs, tables, list numbers, text boxes and notes of the main part of a .docx.

The XML is read with lxml directly: python-docx builds an object for every paragraph and cell and knows neither list numbers nor
tracked changes nor text boxes, so that all of this would have to go through its XML anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from attrs import define, frozen

from govreport.errors import SourceError
from govreport.readers import builtin_readers, surest
from govreport.readers.flow import Flow, picture_in
from govreport.readers.ooxml import Package
from govreport.readers.word.looks import Looks, is_on
from govreport.readers.word.numbering import Numbering, W
from govreport.readers.word.runs import ALTERNATE, Paragraph, preferred
from govreport.source import GridCell, Limits, Source

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_docx"]

_VAL = W + "val"
_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"
_PARAGRAPH_PROPERTIES, _ROW_PROPERTIES, _CELL_PROPERTIES = W + "pPr", W + "trPr", W + "tcPr"
_STYLE, _NUMBERED, _BEFORE, _SPAN = W + "pStyle", W + "numPr", W + "gridBefore", W + "gridSpan"
_DELETED, _HIDDEN, _CELL_DELETED = W + "del", W + "hidden", W + "cellDel"
_CHUNK, _RELATION = W + "altChunk", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGES = frozenset({"html", "mhtml", "text"})
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_PROMPT, _CONTROL, _TEXT = W + "showingPlcHdr", W + "sdt", W + "t"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
)
_NOTES = (("footnotes", W + "footnote"), ("endnotes", W + "endnote"))


def read_docx(data: bytes, limits: Limits) -> Source:
    """The body in document order; headers and footers are left out, notes follow at the end."""
    package = Package(data, limits, kind="docx", extra="docx")
    main = package.related("", "officeDocument") or "word/document.xml"
    if main not in package.names:
        raise SourceError("the {container} file has no main part", container="docx")
    styles = _part(package, main, "styles")
    numbering = Numbering(_part(package, main, "numbering"), styles)
    body, flow, chunk = package.xml(main).find(W + "body"), Flow(limits), partial(_chunk, package, main)
    if body is not None:
        _clear_prompts(body)
        _Document(flow, numbering, Looks(styles, body), chunk).write(body)
    document = _Document(flow, numbering, Looks(styles), chunk)
    for notes in _notes(package, main):
        document.write(notes)
    return flow.source("docx")


def _chunk(package: Package, main: str, relation: str) -> Source | None:
    """A page inside the document, which programs write that make a .docx of HTML and leave the rest to Word."""
    part = package.targets(main).get(relation)
    data = b"" if part is None else package.read(part)
    found = surest((reader for reader in builtin_readers() if reader.name in _PAGES), data, part) if data else None
    return None if found is None else found[0].read(data, package.limits)


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    part = package.related(main, kind)
    return None if part is None else package.xml(part)


def _clear_prompts(body: etree._Element) -> None:
    """What an empty content control asks for is nothing that anybody filled in; a number there might be."""
    seen: set[etree._Element] = set()
    for prompt in body.iter(_PROMPT):
        control = next(prompt.iterancestors(_CONTROL), None)
        if control is None or not is_on(prompt) or not seen.isdisjoint(prompt.iterancestors(_CONTROL)):
            continue
        seen.add(control)
        for node in control.iter(_TEXT):
            node.text = f"[{node.text}]" if any(map(str.isdigit, node.text or "")) else ""


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
        elif child.tag == ALTERNATE:
            yield from _inside(preferred(child), *wanted)


def _int(settings: Mapping[str, etree._Element], kind: str, default: int) -> int:
    found = settings.get(kind)
    text = "" if found is None else found.get(_VAL, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default  # noqa: PLR2004 - more digits than any span has


@frozen
class _Cell:
    """A cell of a row, with what is set for it."""

    node: etree._Element
    settings: Mapping[str, etree._Element]


@frozen
class _Row:
    """A row of a table, with what is set for it and its cells."""

    settings: Mapping[str, etree._Element]
    cells: Sequence[_Cell]


@define
class _Open:
    """A cell of the table being read; it grows while cells below continue it."""

    text: str
    row: int
    column: int
    colspan: int
    rowspan: int = 1


class _Document:
    """Writes blocks into a flow, with the list numbers counted on the way."""

    def __init__(self, flow: Flow, numbering: Numbering, looks: Looks, chunk: Callable[[str], Source | None]) -> None:
        self.flow = flow
        self._numbering, self._looks, self._chunk = numbering, looks, chunk

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
                self.flow.lines(pending or picture_in(block, _PICTURES))
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
        settings = _settings(node, _PARAGRAPH_PROPERTIES)
        style = settings.get(_STYLE)
        name = None if style is None else style.get(_VAL)
        found = Paragraph.of(node, self._numbering.label(settings.get(_NUMBERED), name), self._looks, name)
        return found.text, found.boxes

    def _text(self, container: etree._Element) -> str:
        """The content of a cell as text: paragraphs on lines of their own, nested tables cell by cell."""
        out: list[str] = []
        for block in _inside(container, _P, _TBL):
            if block.tag == _TBL:
                out += [self._text(cell.node) for row in _rows(block) for cell in row.cells]
                continue
            text, boxes = self._paragraph(block)
            out += [text, *(self._text(box) for box in boxes)]
        return "\n".join(out).strip("\n") or picture_in(container, _PICTURES)

    def _write_table(self, table: etree._Element) -> None:
        rows = list(_rows(table))
        if _is_frame(table, rows):
            for row in rows:
                for cell in row.cells:
                    self.write(cell.node)
            return
        cells = self._cells(rows)
        self.flow.grid(GridCell(c.text, c.row, c.column, c.rowspan, c.colspan) for c in cells)

    def _cells(self, rows: Sequence[_Row]) -> list[_Open]:
        span, cells = self.flow.limits.span, list[_Open]()
        above: dict[int, _Open] = {}
        for number, row in enumerate(rows):
            here: dict[int, _Open] = {}
            column = min(_int(row.settings, _BEFORE, 0), span)
            for node in row.cells:
                cell, fresh = self._cell(node, number, column, above, here)
                here[cell.column] = cell
                column = cell.column + cell.colspan
                cells += [cell] if fresh else []
            above = here
            self.flow.count(len(here))
        return cells

    def _cell(self, cell: _Cell, row: int, column: int, above: dict[int, _Open], here: dict[int, _Open]) -> tuple[_Open, bool]:
        """The cell of a `w:tc`: a new one, or the one that it continues (from above, or from the left in old files)."""
        if _merge(cell.settings, "hMerge") == "continue" and here:
            left = here[max(here)]
            left.colspan = min(left.colspan + 1, self.flow.limits.span)
            return left, False
        upper = above.get(column) if _merge(cell.settings, "vMerge") == "continue" else None
        if upper is not None:
            upper.rowspan = min(row - upper.row + 1, self.flow.limits.span)
            return upper, False
        colspan = max(1, min(_int(cell.settings, _SPAN, 1), self.flow.limits.span))
        return _Open(self._text(cell.node), row, column, colspan), True


def _joined_to_next(paragraph: etree._Element) -> bool:
    """Whether a tracked change deleted the end of this paragraph, so that the next one continues it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _rows(table: etree._Element) -> Iterator[_Row]:
    for node in _inside(table, _TR):
        settings = _settings(node, _ROW_PROPERTIES)
        if not _is_gone(settings, _DELETED, _HIDDEN):
            yield _Row(settings, list(_cells(node)))


def _cells(row: etree._Element) -> Iterator[_Cell]:
    for node in _inside(row, _TC):
        settings = _settings(node, _CELL_PROPERTIES)
        if not _is_gone(settings, _CELL_DELETED):
            yield _Cell(node, settings)


def _settings(node: etree._Element, properties: str) -> Mapping[str, etree._Element]:
    """The properties of a paragraph, row or cell by their tags: these stand first in it, unless a program did as it liked."""
    own = node[0] if len(node) and node[0].tag == properties else node.find(properties)
    return {} if own is None else {child.tag: child for child in reversed(own)}


def _is_gone(settings: Mapping[str, etree._Element], *kinds: str) -> bool:
    """Whether a tracked change deleted a row or cell, or it is hidden."""
    return any(kind in settings and is_on(settings[kind]) for kind in kinds)


def _merge(settings: Mapping[str, etree._Element], kind: str) -> str | None:
    """`restart`, `continue` or None; a bare `<w:vMerge/>` continues."""
    found = settings.get(W + kind)
    return None if found is None else found.get(_VAL, "continue")


def _is_frame(table: etree._Element, rows: Sequence[_Row]) -> bool:
    """Whether a table only lays out the page: one cell, or cells that mostly hold other tables."""
    own = sum(len(row.cells) for row in rows)
    nested = sum(1 for inner in table.iter(_TBL) if inner is not table for _ in inner.iter(_TC))
    return own == 1 or nested >= own
