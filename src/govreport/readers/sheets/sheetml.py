"""SpreadsheetML: the cells of an .xlsx with their values, borders and merged ranges.

The XML is read with lxml directly, as that of a .docx is. calamine and openpyxl tell nothing of borders, so that the XML would
have to be walked beside them, and calamine ends the whole process where a stray cell makes a sheet larger than memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from govreport.apart import PLAIN, Look, as_shown
from govreport.errors import SourceError
from govreport.readers.ooxml import Package
from govreport.readers.sheets.cellvalues import as_formatted, as_text, moment, shows_date, shows_other
from govreport.readers.sheets.hidden import Hidden, without
from govreport.readers.sheets.pictures import pictures_of
from govreport.readers.sheets.rows import Filled, Merge, Sheet
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["xlsx_sheets"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW, _CELL, _VALUE, _INLINE = _MAIN + "row", _MAIN + "c", _MAIN + "v", _MAIN + "is"
_FORMULA, _TEXT, _RUN = _MAIN + "f", _MAIN + "t", _MAIN + "r"
_SIDES = frozenset(_MAIN + side for side in ("left", "right", "start", "end", "top", "bottom"))
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PERCENT: Mapping[str | None, str] = MappingProxyType({"9": "0%", "10": "0.00%"})  # without a code in the file
_STRIKE, _ALIGNED, _COLOUR = _MAIN + "strike", _MAIN + "vertAlign", _MAIN + "color"
_WHITE = "FFFFFFFF"
_HEIGHTS = {"superscript": Look.RAISED, "subscript": Look.LOWERED}
_LETTERS = 26
_MOST_EXACT = 15  # digits of an integer that a spreadsheet holds
_TRUE = frozenset({"1", "true"})


@frozen
class _Styles:
    """Of the cell formats by their index: which have a border on any side, show a date, or show a number scaled."""

    bordered: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    scaled: Mapping[str, str] = MappingProxyType({})


@frozen
class _Book:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    styles: _Styles
    from_1904: bool
    uncounted: bool
    """Whether its program left the formulas for whoever opens it: a 0 beside one then stands for no result."""


def xlsx_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible sheets (all of them if none is) in their order."""
    package = Package(data, limits, kind="xlsx", extra="xlsx")
    part = package.related("", "officeDocument") or "xl/workbook.xml"
    if part not in package.names:
        raise SourceError("the {container} file has no main part", container="xlsx")
    if part.endswith(".bin"):
        raise SourceError("this is a binary workbook (.xlsb), which is not read; save it as .xlsx", container="xlsb")
    workbook = package.xml(part)
    book = _Book(
        _strings(package, part),
        _styles(package, part),
        from_1904=_says(workbook, "workbookPr", "date1904"),
        uncounted=_says(workbook, "calcPr", "fullCalcOnLoad"),
    )
    targets = package.targets(part)
    for number, name in enumerate(_shown(workbook), 1):
        target = targets.get(name)
        if target is not None:
            yield _sheet(package.xml(target), book, Filled(limits, pictures_of(package, target)), number)


def _says(workbook: etree._Element, setting: str, name: str) -> bool:
    found = workbook.find(_MAIN + setting)
    return found is not None and found.get(name) in _TRUE


def _shown(workbook: etree._Element) -> list[str]:
    """The relations of the sheets that a person sees; of all of them if none is visible."""
    sheets = list(workbook.iter(_MAIN + "sheet"))
    visible = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    return [sheet.get(_RELATION, "") for sheet in visible or sheets]


def _strings(package: Package, book: str) -> tuple[str, ...]:
    part = package.related(book, "sharedStrings")
    return () if part is None else tuple(map(_text, package.xml(part).iterfind(_MAIN + "si")))


def _text(item: Sequence[etree._Element] | etree._Element) -> str:
    """The text of a string, in runs or not; the reading aids above characters are not in it."""
    if len(item) == 1 and (only := item[0]).tag == _TEXT:
        return _plain(only.text or "")
    parts = list[tuple[str, Look]]()
    for child in item:
        if child.tag == _TEXT:
            parts.append((child.text or "", PLAIN))
        elif child.tag == _RUN:
            parts += [(text.text or "", _look(child)) for text in child.iterfind(_TEXT)]
    return _plain(as_shown(parts))


def _look(run: etree._Element) -> Look:
    look = PLAIN
    for setting in run.iterfind(f"{_MAIN}rPr/*"):
        if setting.tag == _STRIKE and setting.get("val", "1") in _TRUE:
            look |= Look.STRUCK
        elif setting.tag == _ALIGNED:
            look |= _HEIGHTS.get(setting.get("val", ""), PLAIN)
        elif setting.tag == _COLOUR and (setting.get("rgb") == _WHITE or setting.get("theme") == "0"):
            look |= Look.WHITE
    return look


def _plain(text: str) -> str:
    return as_text(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def _styles(package: Package, book: str) -> _Styles:
    part = package.related(book, "styles")
    if part is None:
        return _Styles()
    root = package.xml(part)
    own = {form.get("numFmtId"): form.get("formatCode", "") for form in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")}
    codes = {**_PERCENT, **own}
    borders = {str(index) for index, b in enumerate(root.iterfind(f"{_MAIN}borders/{_MAIN}border")) if _has_side(b)}
    formats = [
        (str(index), xf.get("borderId"), xf.get("numFmtId", "0"))
        for index, xf in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
    ]
    return _Styles(
        frozenset(index for index, border, _ in formats if border in borders),
        frozenset(index for index, _, number in formats if shows_date(number, codes.get(number))),
        {index: codes[number] for index, _, number in formats if shows_other(codes.get(number, ""))},
    )


def _has_side(border: etree._Element) -> bool:
    return any(side.get("style", "none") != "none" and side.tag in _SIDES for side in border)


def _sheet(root: etree._Element, book: _Book, cells: Filled, number: int) -> Sheet:
    bordered = book.styles.bordered
    hidden, row = list[tuple[int, int]](), -1
    for line in root.iter(_ROW):
        given = line.get("r", "")
        row, column = int(given) - 1 if given.isdecimal() and 0 < len(given) < 8 else row + 1, -1  # noqa: PLR2004 - as _REFERENCE
        if line.get("hidden") in _TRUE or line.get("ht") == "0":
            hidden.append((row, row))
        for cell in line:
            row, column = _position(cell.get("r", "")) or (row, column + 1)
            style = cell.get("s", "")
            if style in bordered:
                cells.draw(row, column)
            if len(cell):
                cells.put(row, column, _shown_value(cell, style, book))
    return without(cells.sheet(_merges(root), number), Hidden(hidden, _hidden_columns(root)))


def _hidden_columns(root: etree._Element) -> list[tuple[int, int]]:
    known = root.iterfind(f"{_MAIN}cols/{_MAIN}col")
    columns = [column for column in known if column.get("hidden") in _TRUE or column.get("width") == "0"]
    edges = [(column.get("min", ""), column.get("max", "")) for column in columns]
    return [(int(first) - 1, int(last) - 1) for first, last in edges if first.isdecimal() and last.isdecimal()]


@lru_cache(maxsize=1 << 14)
def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as B7, counted from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _shown_value(cell: etree._Element, style: str, book: _Book) -> str:
    kind = cell.get("t", "n")
    last = cell[-1]  # behind the formula; nearly always the only child
    if kind == "inlineStr":
        return _text(last if last.tag == _INLINE else next(cell.iterchildren(_INLINE), ()))
    raw = (last.text if last.tag == _VALUE else cell.findtext(_VALUE)) or ""
    if len(cell) > 1 or last.tag == _FORMULA:
        formula = _uncounted(cell, raw, book)
        if formula:
            return formula
    if kind == "n":
        text = _number(raw, date=style in book.styles.dates, from_1904=book.from_1904)
        return text if style not in book.styles.scaled or raw == "0" else as_formatted(text, book.styles.scaled[style])
    if kind == "s":
        return book.strings[int(raw)] if raw.isdecimal() and len(raw) < 10 and int(raw) < len(book.strings) else ""  # noqa: PLR2004 - more strings than memory holds
    if kind == "b":
        return as_text(raw.strip() in _TRUE)
    return _plain(raw)


def _uncounted(cell: etree._Element, raw: str, book: _Book) -> str:
    """The formula, where no result of it is known: a person would see one, so that the cell is not empty."""
    formula = cell.find(_FORMULA)
    known = raw not in {"", "0"} or (bool(raw or cell.get("t") == "str") and not book.uncounted)
    return "" if formula is None or known else f"={formula.text or ''}"


def _number(raw: str, *, date: bool, from_1904: bool) -> str:
    if not date and (raw == "0" or (raw.isdecimal() and raw.isascii() and raw[0] != "0" and len(raw) < _MOST_EXACT)):
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw.strip()
    return as_text(moment(value, from_1904=from_1904) if date else value)


def _merges(root: etree._Element) -> list[Merge]:
    found = []
    for merge in root.iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _position(first), _position(last or first)
        if start is not None and end is not None and start <= end and start[1] <= end[1]:
            found.append((start, end))
    return found
