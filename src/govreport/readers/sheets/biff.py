"""Excel 97 workbooks (.xls), read with xlrd.

Not with calamine, which reads them too, but ends the whole process when a damaged length makes it
ask for more memory than there is.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from govreport.apart import PLAIN, Look, as_shown
from govreport.errors import MissingDependencyError, SourceError
from govreport.readers.sheets.cellvalues import as_formatted, as_text, shows_other
from govreport.readers.sheets.hidden import Hidden, without
from govreport.readers.sheets.rows import Merge, Sheet
from govreport.readers.sheets.uncounted import Uncounted

if TYPE_CHECKING:
    import xlrd

__all__ = ["xls_sheets"]

_VISIBLE = 0
_HEIGHTS, _WHITE = {1: Look.RAISED, 2: Look.LOWERED}, (255, 255, 255)
_FORMULA = "=…"  # xlrd does not say which
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def xls_sheets(data: bytes) -> Iterator[Sheet]:
    """The visible sheets (all of them if none is), each with its merged ranges and the cells that have borders."""
    book = _open(data)
    try:
        uncounted = Uncounted.of(book)
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
        shown = [sheet for sheet in sheets if sheet.visibility == _VISIBLE] or sheets
        found = [_sheet(book, sheet, uncounted, number) for number, sheet in enumerate(shown, 1)]
    except Exception as error:
        raise _damaged(error) from error
    finally:
        book.release_resources()
    yield from found


def _open(data: bytes) -> xlrd.Book:
    try:
        import xlrd  # noqa: PLC0415 - an optional dependency
    except ImportError as error:
        raise MissingDependencyError("reading xls needs xlrd: pip install 'govreport[xlsx]'", extra="xlsx") from error
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd meets damage with whatever its reading of records runs into
        raise _damaged(error) from error


def _damaged(error: Exception) -> SourceError:
    if "encrypted" in str(error):
        return SourceError("the {container} file is encrypted; save it without a password", container="xls", encrypted=True)
    cause = str(error) or type(error).__name__
    return SourceError("the {container} file is damaged: {cause}", container="xls", encrypted=False, cause=cause)


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, uncounted: Uncounted, number: int) -> Sheet:
    bordered = [any(getattr(xf.border, side) for side in _SIDES) for xf in book.xf_list]
    rows = [[_text(book, cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        rows[row][column] = _in_runs(book, rows[row][column], runs)
    for row, column in uncounted.on(book._sh_abs_posn[sheet.number]):  # noqa: SLF001 - told nowhere else
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _FORMULA
    width = max(map(len, rows), default=0)
    drawn = {
        (row, column)
        for row in range(sheet.nrows)
        for column, index in enumerate(sheet._cell_xf_indexes[row])  # noqa: SLF001 - the public accessor checks what row() did
        if bordered[index]
    }
    seen = Sheet([row + [""] * (width - len(row)) for row in rows], _merges(sheet), frozenset(drawn), number)
    return without(seen, Hidden(_hidden(sheet.rowinfo_map), _hidden(sheet.colinfo_map)))


def _hidden(known: Mapping[int, xlrd.sheet.Rowinfo | xlrd.sheet.Colinfo]) -> list[tuple[int, int]]:
    return [(index, index) for index, about in known.items() if about.hidden]


def _merges(sheet: xlrd.sheet.Sheet) -> list[Merge]:
    return [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, error_text_from_code  # noqa: PLC0415 - loaded by _open
    from xlrd.xldate import xldate_as_datetime  # noqa: PLC0415 - as above

    if cell.ctype == XL_CELL_DATE:
        moment: dt.datetime = xldate_as_datetime(cell.value, book.datemode)
        return as_text(moment)
    if cell.ctype == XL_CELL_BOOLEAN:
        return as_text(bool(cell.value))
    if cell.ctype == XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#"))
    text, code = as_text(cell.value), _code(book, cell)
    return as_formatted(text, code) if cell.ctype == XL_CELL_NUMBER and cell.value and shows_other(code) else text


def _in_runs(book: xlrd.Book, text: str, runs: Sequence[tuple[int, int]]) -> str:
    """A text of which parts have a font of their own, each from where it begins."""
    starts = [0, *(start for start, _ in runs), len(text)]
    looks = [PLAIN, *(_look(book, book.font_list[font]) for _, font in runs)]
    return as_shown([(text[start:stop], look) for start, stop, look in zip(starts, starts[1:], looks, strict=False)])


def _look(book: xlrd.Book, font: xlrd.formatting.Font) -> Look:
    look = _HEIGHTS.get(font.escapement, PLAIN) | (Look.STRUCK if font.struck_out else PLAIN)
    return look | Look.WHITE if book.colour_map.get(font.colour_index) == _WHITE else look


def _code(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return "" if found is None else str(found.format_str)
