"""Reports as CSV: one row a cell (long), or one row a report (wide).

Spreadsheet programs run a text cell that begins with `=`, `@`, a tab or a carriage return as a formula, likewise one with `+`
or `-` and more than a number behind. Such text gets an apostrophe in front, as OWASP advises; a lone `-` and `+1` stay.
Files begin with a byte order mark, without which Excel takes UTF-8 for the local code page.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from govreport.model import Cell, Place, Report, Status
from govreport.serialize import builtin_vocabulary

__all__ = ["CELL_COLUMNS", "REPORT_COLUMNS", "CsvWriter", "Rows", "to_csv"]

Rows = Literal["cell", "report"]

REPORT_COLUMNS = ("file", "title", "issuer", "year", "form", "published", "inferred", "missing", "unbound", "doubts")
"""The first columns of a wide row; after them every key of every known form, in the order of the forms."""

CELL_COLUMNS = (
    *("file", "issuer", "year", "table", "key", "label", "form", "raw", "value", "unit", "status"),
    *("page", "line", "place_table", "place_row", "place_column"),
)
"""The columns of a long row."""

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9.,\s]*$)")
_MARK = "\ufeff"


class CsvWriter:
    """CSV in UTF-8 with a byte order mark; `rows` is one row a `cell` or one row a `report`."""

    name = "csv"
    suffix = ".csv"

    def __init__(self, rows: Rows = "cell") -> None:
        self.rows: Rows = rows

    def write(self, report: Report) -> bytes:
        """The cells of one report, or its one wide row, under a header."""
        return (_MARK + to_csv([("", report)], self.rows)).encode("utf-8", "replace")


def to_csv(reports: Iterable[tuple[str, Report]], rows: Rows = "cell") -> str:
    """Reports, each with the name of its file, as one CSV text with a header; lines end in CRLF (RFC 4180)."""
    found = list(reports)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows(_long(found) if rows == "cell" else _wide(found))
    return text.getvalue()


def _long(reports: Sequence[tuple[str, Report]]) -> Iterator[Sequence[object]]:
    yield CELL_COLUMNS
    for file, report in reports:
        head = (_safe(file), _safe(report.issuer), report.year)
        for table in report.tables:
            yield from ((*head, table.name, *_cell(cell)) for cell in table.cells)


def _cell(cell: Cell) -> Sequence[object]:
    place = cell.place or Place()
    where = (place.page, place.line, place.table, place.row, place.column)
    return (cell.key, cell.label, cell.form, _safe(cell.raw), cell.value, _safe(cell.unit), cell.status.value, *where)


def _wide(reports: Sequence[tuple[str, Report]]) -> Iterator[Sequence[object]]:
    keys = list(dict.fromkeys([*builtin_vocabulary(), *(key for _, report in reports for key in report.vocabulary)]))
    yield (*REPORT_COLUMNS, *keys)
    for file, report in reports:
        values = report.values()
        yield (*_head(file, report), *(values.get(key) for key in keys))


def _head(file: str, report: Report) -> Sequence[object]:
    states = [cell.status for cell in report.cells]
    doubtful = (states.count(Status.INFERRED), states.count(Status.MISSING), len(report.unbound), len(report.doubts))
    return (_safe(file), _safe(report.title), _safe(report.issuer), report.year, report.form, report.published, *doubtful)


def _safe(text: str | None) -> str | None:
    return f"'{text}" if text and _FORMULA.match(text) else text
