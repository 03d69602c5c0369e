"""Workbooks as one XML file, which Excel 2003 writes, and many web systems under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from govreport.readers.cellvalues import as_text
from govreport.readers.flat import root_tag
from govreport.readers.hidden import Hidden, without
from govreport.readers.ooxml import parse_xml
from govreport.readers.rows import Filled, Merge, Sheet
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["is_sheet_xml", "xml_sheets"]

_NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_NAMESPACE.decode()}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_DATA = _SS + "Data"
_VISIBLE = frozenset({"", "SheetVisible"})


def is_sheet_xml(data: bytes) -> bool:
    """Whether the first tag is that of such a workbook."""
    tag = root_tag(data)
    return tag is not None and b"Workbook" in tag and _NAMESPACE in tag


def xml_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible sheets (all of them if none is) in their order."""
    root = parse_xml(data, limits, kind="xls", extra="xlsx")
    styles = {style.get(_SS + "ID"): style for style in root.iterfind(f"{_SS}Styles/{_SS}Style")}
    bordered = frozenset(key for key, style in styles.items() if key and _has_border(style, styles))
    sheets = root.findall(_SS + "Worksheet")
    shown = [sheet for sheet in sheets if (sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or "").strip() in _VISIBLE]
    for number, sheet in enumerate(shown or sheets, 1):
        yield _sheet(sheet, bordered, limits, number)


def _has_border(style: etree._Element, styles: Mapping[str | None, etree._Element]) -> bool:
    borders = style.find(_SS + "Borders")
    if borders is None:
        parent = styles.get(style.get(_SS + "Parent"))
        borders = None if parent is None else parent.find(_SS + "Borders")
    return borders is not None and any(b.get(_SS + "LineStyle", "None") != "None" for b in borders)


def _sheet(sheet: etree._Element, bordered: frozenset[str], limits: Limits, number: int) -> Sheet:
    cells, merges, hidden, row = Filled(limits), list[Merge](), list[tuple[int, int]](), -1
    table = sheet.find(_SS + "Table")
    for line in () if table is None else table.iterfind(_SS + "Row"):
        row, column = _index(line, row + 1), 0
        if line.get(_SS + "Hidden") == "1":
            hidden.append((row, row))
        for cell in line.iterfind(_SS + "Cell"):
            column = _index(cell, column)
            wide, high = _more(cell, "MergeAcross"), _more(cell, "MergeDown")
            if wide or high:
                merges.append(((row, column), (row + high, column + wide)))
            if cell.get(_SS + "StyleID") in bordered:
                cells.draw(row, column)
            cells.put(row, column, _shown(cell))
            column += 1 + wide
        row += _more(line, "Span")
    return without(cells.sheet(merges, number), Hidden(hidden, list(_hidden_columns(table))))


def _hidden_columns(table: etree._Element | None) -> Iterator[tuple[int, int]]:
    following = 0
    for column in () if table is None else table.iterfind(_SS + "Column"):
        first = _index(column, following)
        following = first + 1 + _more(column, "Span")
        if column.get(_SS + "Hidden") == "1":
            yield first, following - 1


def _index(node: etree._Element, following: int) -> int:
    """Where a row or cell stands, counted from 0: where it says so, else after the last one."""
    given = _more(node, "Index")
    return given - 1 if given > following else following


def _more(node: etree._Element, name: str) -> int:
    text = node.get(_SS + name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004 - more digits than any sheet has rows


def _shown(cell: etree._Element) -> str:
    data = cell.find(_DATA)
    if data is None:
        return str(cell.get(_SS + "Formula", ""))  # counted by nobody yet
    text, kind = "".join(data.itertext()), data.get(_SS + "Type")
    if kind == "Number":
        return _number(text)
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    return as_text(text.strip() == "1") if kind == "Boolean" else as_text(text)


def _number(raw: str) -> str:
    try:
        return as_text(float(raw))
    except ValueError:
        return raw.strip()
