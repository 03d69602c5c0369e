"""OpenDocument spreadsheets (.ods, .fods): the cells of every table with their values, borders and merged ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.readers.cellvalues import as_text
from govreport.readers.hidden import Hidden, without
from govreport.readers.odf import FO, OFFICE, STYLE, TABLE, TEXT, bodies, count, paragraph
from govreport.readers.rows import Filled, Merge, Sheet
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["ods_sheets"]

_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_BORDERS = tuple(FO + name for name in ("border", "border-left", "border-right", "border-top", "border-bottom"))
_FORMULA = TABLE + "formula"
_NUMBERS = frozenset({"float", "currency", "percentage"})
_NO_TIME = re.compile(r"T00:00:00(?:\.0*)?$")


def ods_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible tables (all of them if none is) in their order."""
    root, _ = bodies(data, limits, "ods", "xlsx")
    styles = {style.get(STYLE + "name"): style for style in root.iter(STYLE + "style")}
    bordered = frozenset(name for name, style in styles.items() if name and _has_border(style))
    tables = root.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    shown = [table for table in tables if not _is_hidden(styles.get(table.get(TABLE + "style-name")))]
    for number, table in enumerate(shown or tables, 1):
        yield _sheet(table, bordered, limits, number)


def _has_border(style: etree._Element) -> bool:
    properties = style.find(STYLE + "table-cell-properties")
    return properties is not None and any(properties.get(side, "none") != "none" for side in _BORDERS)


def _is_hidden(style: etree._Element | None) -> bool:
    properties = None if style is None else style.find(STYLE + "table-properties")
    return properties is not None and properties.get(TABLE + "display") == "false"


def _sheet(table: etree._Element, bordered: frozenset[str], limits: Limits, number: int) -> Sheet:
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
                _put(cell, cells, range(row, row + again), range(column, column + repeated), bordered)
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


def _put(cell: etree._Element, cells: Filled, rows: range, columns: range, bordered: frozenset[str]) -> None:
    """The cell, as often as it is repeated; an empty one that fills the rest of a row or sheet is nothing."""
    text = _shown(cell) if len(cell) or cell.get(OFFICE + "value-type") else cell.get(_FORMULA, "")  # counted by nobody yet
    drawn = cell.get(TABLE + "style-name") in bordered
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
    kind = cell.get(OFFICE + "value-type")
    if kind in _NUMBERS:
        return _number(cell.get(OFFICE + "value", ""))
    if kind == "date":
        return _NO_TIME.sub("", cell.get(OFFICE + "date-value", "")).replace("T", " ")
    if kind == "boolean":
        return as_text(cell.get(OFFICE + "boolean-value") == "true")
    paragraphs = ["".join(paragraph(text)) for text in cell.iterfind(TEXT + "p")]
    return as_text("\n".join(paragraphs) if paragraphs else cell.get(OFFICE + "string-value", ""))


def _number(raw: str) -> str:
    try:
        return as_text(float(raw))
    except ValueError:
        return raw.strip()
