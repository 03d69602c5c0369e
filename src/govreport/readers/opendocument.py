"""OpenDocument spreadsheets (.ods): the cells of every table with their values, borders and merged ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.readers.cellvalues import as_text
from govreport.readers.ooxml import Package
from govreport.readers.rows import Cells, Merge, Sheet
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["ods_sheets"]

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_BORDERS = tuple(_FO + name for name in ("border", "border-left", "border-right", "border-top", "border-bottom"))
_NUMBERS = frozenset({"float", "currency", "percentage"})
_BREAKS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_MOST_SPACES = 1_000
_NO_TIME = re.compile(r"T00:00:00(?:\.0*)?$")


def ods_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible tables (all of them if none is) in their order."""
    package = Package(data, limits, kind="ods", extra="xlsx")
    if "content.xml" not in package.names:
        msg = "the ods file has no content"
        raise SourceError(msg, container="ods")
    root = package.xml("content.xml")
    styles = {style.get(_STYLE + "name"): style for style in root.iter(_STYLE + "style")}
    bordered = frozenset(name for name, style in styles.items() if name and _has_border(style))
    tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    shown = [table for table in tables if not _is_hidden(styles.get(table.get(_TABLE + "style-name")))]
    for number, table in enumerate(shown or tables, 1):
        yield _sheet(table, bordered, limits, number)


def _has_border(style: etree._Element) -> bool:
    properties = style.find(_STYLE + "table-cell-properties")
    return properties is not None and any(properties.get(side, "none") != "none" for side in _BORDERS)


def _is_hidden(style: etree._Element | None) -> bool:
    properties = None if style is None else style.find(_STYLE + "table-properties")
    return properties is not None and properties.get(_TABLE + "display") == "false"


def _sheet(table: etree._Element, bordered: frozenset[str], limits: Limits, number: int) -> Sheet:
    cells = Cells(limits)
    merges: list[Merge] = []
    row = 0
    for line in table.iter(_TABLE + "table-row"):
        again = _count(line, "number-rows-repeated")
        column = 0
        for cell in line:
            if cell.tag in _CELLS:
                wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
                if wide * high > 1:
                    merges.append(((row, column), (row + high - 1, column + wide - 1)))
                repeated = _count(cell, "number-columns-repeated")
                _put(cell, cells, range(row, row + again), range(column, column + repeated), bordered)
                column += repeated
        row += again
    return cells.sheet(merges, number)


def _put(cell: etree._Element, cells: Cells, rows: range, columns: range, bordered: frozenset[str]) -> None:
    """The cell, as often as it is repeated; an empty one that fills the rest of a row or sheet is nothing."""
    text = _shown(cell) if len(cell) or cell.get(_OFFICE + "value-type") else ""
    drawn = cell.get(_TABLE + "style-name") in bordered
    if text:
        cells.check(rows.stop, columns.stop)
    elif not drawn or len(rows) * len(columns) > cells.limits.span:
        return
    for row in rows:
        for column in columns:
            if text:
                cells.put(row, column, text)
            if drawn:
                cells.draw(row, column)


def _shown(cell: etree._Element) -> str:
    kind = cell.get(_OFFICE + "value-type")
    if kind in _NUMBERS:
        return _number(cell.get(_OFFICE + "value", ""))
    if kind == "date":
        return _NO_TIME.sub("", cell.get(_OFFICE + "date-value", "")).replace("T", " ")
    if kind == "boolean":
        return as_text(cell.get(_OFFICE + "boolean-value") == "true")
    paragraphs = ["".join(_pieces(paragraph)) for paragraph in cell.iterfind(_TEXT + "p")]
    return as_text("\n".join(paragraphs) if paragraphs else cell.get(_OFFICE + "string-value", ""))


def _number(raw: str) -> str:
    try:
        return as_text(float(raw))
    except ValueError:
        return raw.strip()


def _pieces(node: etree._Element) -> Iterator[str]:
    """The text of a paragraph; a comment in it is none of it."""
    yield node.text or ""
    for child in node:
        if child.tag == _TEXT + "s":
            yield " " * min(_number_of(child.get(_TEXT + "c", "1")), _MOST_SPACES)
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag != _OFFICE + "annotation":
            yield from _pieces(child)
        yield child.tail or ""


def _count(node: etree._Element, name: str) -> int:
    return _number_of(node.get(_TABLE + name, "1"))


def _number_of(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004 - more digits than any sheet has rows
