"""OpenDocument spreadsheets (.ods, .fods): the cells of every table with their values, borders and merged ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from govreport.readers.odf.looks import Looks, looks, paragraph
from govreport.readers.odf.parts import FO, OFFICE, STYLE, TABLE, TEXT, bodies, count
from govreport.readers.sheets.cellvalues import agrees, as_formatted, as_text
from govreport.readers.sheets.hidden import Hidden, without
from govreport.readers.sheets.rows import Filled, Merge, Sheet
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["ods_sheets"]

_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_BORDERS = tuple(FO + name for name in ("border", "border-left", "border-right", "border-top", "border-bottom"))
_FORMULA = TABLE + "formula"
_NUMBERS = frozenset({"float", "currency", "percentage"})
_NO_TIME = re.compile(r"T00:00:00(?:\.0*)?$")


@frozen
class _Styles:
    """The styles of cells with a border on any side, and the looks of texts."""

    bordered: frozenset[str]
    known: Looks


def ods_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible tables (all of them if none is) in their order."""
    root, common = bodies(data, limits, "ods", "xlsx")
    styles = {style.get(STYLE + "name"): style for style in root.iter(STYLE + "style")}
    bordered = frozenset(name for name, style in styles.items() if name and _has_border(style))
    known = looks((root, common))
    tables = root.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    shown = [table for table in tables if not _is_hidden(styles.get(table.get(TABLE + "style-name")))]
    for number, table in enumerate(shown or tables, 1):
        yield _sheet(table, _Styles(bordered, known), limits, number)


def _has_border(style: etree._Element) -> bool:
    properties = style.find(STYLE + "table-cell-properties")
    return properties is not None and any(properties.get(side, "none") != "none" for side in _BORDERS)


def _is_hidden(style: etree._Element | None) -> bool:
    properties = None if style is None else style.find(STYLE + "table-properties")
    return properties is not None and properties.get(TABLE + "display") == "false"


def _sheet(table: etree._Element, styles: _Styles, limits: Limits, number: int) -> Sheet:
    cells = Filled(limits)
    merges: list[Merge] = []
    hidden, row = list[tuple[int, int]](), 0
    for line in table.iter(TABLE + "table-row"):
        again = count(line, "number-rows-repeated")
        if line.get(TABLE + "visibility", "visible") != "visible":
            hidden.append((row, row + again - 1))
        column = 0
        for cell in line:
            if cell.tag in _CELLS:
                wide, high = count(cell, "number-columns-spanned"), count(cell, "number-rows-spanned")
                if wide * high > 1:
                    merges.append(((row, column), (row + high - 1, column + wide - 1)))
                repeated = count(cell, "number-columns-repeated")
                _put(cell, cells, range(row, row + again), range(column, column + repeated), styles)
                column += repeated
        row += again
    return without(cells.sheet(merges, number), Hidden(hidden, list(_hidden_columns(table))))


def _hidden_columns(table: etree._Element) -> Iterator[tuple[int, int]]:
    first = 0
    for column in table.iter(TABLE + "table-column"):
        last = first + count(column, "number-columns-repeated") - 1
        if column.get(TABLE + "visibility", "visible") != "visible":
            yield first, last
        first = last + 1


def _put(cell: etree._Element, cells: Filled, rows: range, columns: range, styles: _Styles) -> None:
    """The cell, as often as it is repeated; an empty one that fills the rest of a row or sheet is nothing."""
    text = (
        _shown(cell, styles.known) if len(cell) or cell.get(OFFICE + "value-type") else cell.get(_FORMULA, "")
    )  # counted by nobody yet
    drawn = cell.get(TABLE + "style-name") in styles.bordered
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


def _shown(cell: etree._Element, known: Looks) -> str:
    kind = cell.get(OFFICE + "value-type")
    if kind in _NUMBERS:
        return _as_printed(_number(cell.get(OFFICE + "value", "")), _printed(cell, known))
    if kind == "date":
        return _NO_TIME.sub("", cell.get(OFFICE + "date-value", "")).replace("T", " ")
    if kind == "boolean":
        return as_text(cell.get(OFFICE + "boolean-value") == "true")
    printed = _printed(cell, known)
    return as_text(cell.get(OFFICE + "string-value", "") if printed is None else printed)


def _printed(cell: etree._Element, known: Looks) -> str | None:
    paragraphs = [paragraph(text, known) for text in cell.iterfind(TEXT + "p")]
    return "\n".join(paragraphs) if paragraphs else None


def _as_printed(text: str, printed: str | None) -> str:
    """A number, with what its cell shows in place of it."""
    return text if printed is None or printed == text or agrees(text, printed) else as_formatted(text, printed)


def _number(raw: str) -> str:
    try:
        return as_text(float(raw))
    except ValueError:
        return raw.strip()
