"""What calamine does not tell of a spreadsheet: the cells of an .xlsx that have borders, the merged ranges of an .ods.

Both need a look at the XML, which also shows how far a sheet reaches before calamine lays out a dense table of that size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.readers.ooxml import Package
from govreport.readers.rows import Merge

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["drawn_cells", "merged_ranges"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>(</)?")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_AREA_PER_CELL = 10  # a sheet may be this many times larger than the cells that it may hold
_LETTERS = 26

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SIDES = ("left", "right", "top", "bottom")


def drawn_cells(package: Package) -> dict[str, frozenset[tuple[int, int]]]:
    """Sheet name → the cells that have a border on any side, filled or not; checks on the way how far each sheet reaches."""
    book = package.related("", "officeDocument") or "xl/workbook.xml"
    if book not in package.names:
        msg = "the xlsx file has no workbook part"
        raise SourceError(msg, container="xlsx")
    bordered = _bordered_styles(package, book)
    targets = package.targets(book)
    found = {}
    for sheet in package.xml(book).iter(_MAIN + "sheet"):
        part = targets.get(sheet.get(_RELATION, ""))
        if part is not None:
            found[sheet.get("name", "")] = frozenset(_drawn(package.read(part), bordered, package.limits.cells))
    return found


def _bordered_styles(package: Package, book: str) -> frozenset[int]:
    part = package.related(book, "styles")
    if part is None:
        return frozenset()
    root = package.xml(part)
    borders = [_has_side(border) for border in root.iterfind(f"{_MAIN}borders/{_MAIN}border")]
    formats = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    ids = [int(xf.get("borderId", "0")) if xf.get("borderId", "0").isdecimal() else 0 for xf in formats]
    return frozenset(index for index, border in enumerate(ids) if border < len(borders) and borders[border])


def _has_side(border: etree._Element) -> bool:
    return any(side.get("style", "none") != "none" for name in _SIDES for side in border.iterfind(_MAIN + name))


def _drawn(data: bytes, bordered: frozenset[int], limit: int) -> Iterator[tuple[int, int]]:
    bottom = right = 0
    for attributes, closed, ended in _CELL.findall(data):
        where = _REFERENCE.search(attributes)
        if where is None:
            continue
        row, column = int(where[2]) - 1, _column(where[1])
        if not closed and not ended:
            bottom, right = max(bottom, row), max(right, column)
            _check_area(bottom + 1, right + 1, limit)
        style = _STYLE.search(attributes)
        if style is not None and int(style[1]) in bordered:
            yield row, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number - 1


def _check_area(rows: int, columns: int, limit: int) -> None:
    if rows * columns > limit * _AREA_PER_CELL:
        msg = f"a sheet reaches over {rows} rows and {columns} columns; raise Limits.cells if that is right"
        raise SourceError(msg, limit="cells")


def merged_ranges(package: Package) -> list[list[Merge]]:
    """The merged ranges of every sheet of an .ods, in the order of the sheets."""
    root = package.xml("content.xml")
    return [list(_merges(table, package.limits.cells)) for table in root.iter(_TABLE + "table")]


def _merges(table: etree._Element, limit: int) -> Iterator[Merge]:
    row = right = 0
    for line in table.iter(_TABLE + "table-row"):
        column, repeated = 0, _count(line, "number-rows-repeated")
        for cell in line:
            wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
            if wide * high > 1:
                yield (row, column), (row + high - 1, column + wide - 1)
            column += _count(cell, "number-columns-repeated")
            if len(cell):
                right = max(right, column)
                _check_area(row + repeated, right, limit)
        row += repeated


def _count(node: etree._Element, name: str) -> int:
    text = node.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004 - more digits than any sheet has rows
