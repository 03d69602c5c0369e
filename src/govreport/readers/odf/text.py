"""OpenDocument texts (.odt, .ott, .fodt): paragraphs, lists, tables and text boxes in document order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.flow import Flow, picture_in
from govreport.readers.odf import parts as odf
from govreport.readers.odf.lists import Counted, Lists
from govreport.readers.odf.looks import Looks, looks, paragraph
from govreport.readers.odf.parts import DRAWING, OFFICE, TABLE, TEXT
from govreport.source import GridCell, Limits, Source

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["OpenTextReader"]

_P, _H, _LIST, _TABLE, _CELL = TEXT + "p", TEXT + "h", TEXT + "list", TABLE + "table", TABLE + "table-cell"
_BLOCKS = frozenset({_P, _H, _LIST, _TABLE})
_CELLS = frozenset({_CELL, TABLE + "covered-table-cell"})
_UNPRINTED = frozenset({TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "forms", TEXT + "sequence-decls"})
_PICTURES = (DRAWING + "image", DRAWING + "object", DRAWING + "object-ole")
_NOTE_BODY = TEXT + "note-body"


class OpenTextReader:
    """Reads .odt, .ott and .fodt; needs lxml (extra `docx`)."""

    name = "odt"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A package, or one XML file, of the type of an OpenDocument text."""
        return Claim(self.name, 1.0, ("an OpenDocument text",)) if odf.kind(data) == "odt" else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """The body in document order; headers and footers are left out, notes follow at the end."""
        roots = odf.bodies(data, limits, "odt", "docx")
        body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise SourceError("the {container} file has no content", container="odt")
        document = _Document(Flow(limits), Lists(roots), looks(roots))
        document.write(body)
        for note in body.iter(_NOTE_BODY):
            document.write(note)
        return document.flow.source("odt")


class _Document:
    """Writes blocks into a flow, with the list numbers counted on the way."""

    def __init__(self, flow: Flow, lists: Lists, known: Looks) -> None:
        self.flow = flow
        self._lists, self._looks = lists, known

    def write(self, container: etree._Element) -> None:
        """All paragraphs and tables of a body, section, cell, text box or note."""
        for number, block in self._blocks(container):
            if block.tag == _TABLE:
                self._write_table(block)
                continue
            self.flow.lines(number + paragraph(block, self._looks) or picture_in(block, _PICTURES))
            for box in _boxes(block):
                self.write(box)

    def _blocks(self, container: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The paragraphs and tables, each with the number printed before it."""
        for child in container:
            if child.tag in {_P, _TABLE}:
                yield "", child
            elif child.tag == _H:
                yield self._lists.heading(child.get(TEXT + "outline-level")), child
            elif child.tag == _LIST:
                yield from self._items(child, self._lists.begin(child), 1)
            elif child.tag not in _UNPRINTED:
                yield from self._blocks(child)

    def _items(self, node: etree._Element, counted: Counted, level: int) -> Iterator[tuple[str, etree._Element]]:
        for item in node:
            numbered = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == _LIST:
                    yield from self._items(child, counted, level + 1)
                elif child.tag in _BLOCKS:
                    start = item.get(TEXT + "start-value")
                    yield (self._lists.item(counted, level, start) if numbered else ""), child
                    numbered = False

    def _inside(self, container: etree._Element) -> str:
        """The content of a cell as text: paragraphs on lines of their own, nested tables cell by cell."""
        out: list[str] = []
        for number, block in self._blocks(container):
            if block.tag == _TABLE:
                out += [self._inside(cell) for row in _rows(block) for cell in row.iterchildren(_CELL)]
            else:
                out += [number + paragraph(block, self._looks), *map(self._inside, _boxes(block))]
        return "\n".join(out).strip("\n") or picture_in(container, _PICTURES)

    def _write_table(self, table: etree._Element) -> None:
        if _is_frame(table):
            for row in _rows(table):
                for cell in row.iterchildren(_CELL):
                    self.write(cell)
            return
        self.flow.grid(self._cells(table))

    def _cells(self, table: etree._Element) -> Iterator[GridCell]:
        most, at = self.flow.limits.span, 0
        for row in _rows(table):
            for _ in range(min(odf.count(row, "number-rows-repeated"), most)):
                column = 0
                for cell in row.iterchildren(*_CELLS):
                    for _ in range(min(odf.count(cell, "number-columns-repeated"), most)):
                        if cell.tag == _CELL:
                            yield self._cell(cell, at, column)
                        column += 1
                at += 1

    def _cell(self, cell: etree._Element, row: int, column: int) -> GridCell:
        self.flow.count(1)
        most = self.flow.limits.span
        high, wide = odf.count(cell, "number-rows-spanned"), odf.count(cell, "number-columns-spanned")
        return GridCell(self._inside(cell), row, column, min(high, most), min(wide, most))


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The text boxes and shapes anchored in a paragraph, the outermost ones."""
    for child in node:
        if child.tag.startswith(DRAWING) and any(block.tag in _BLOCKS for block in child):
            yield child
        else:
            yield from _boxes(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, also those in groups and headers; not those of tables inside its cells."""
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag != _TABLE:
            yield from _rows(child)


def _is_frame(table: etree._Element) -> bool:
    """Whether a table only lays out the page: one cell, or cells that mostly hold other tables."""
    own = sum(1 for row in _rows(table) for _ in row.iterchildren(_CELL))
    nested = sum(1 for inner in table.iter(_TABLE) if inner is not table for _ in inner.iter(_CELL))
    return own == 1 or nested >= own
