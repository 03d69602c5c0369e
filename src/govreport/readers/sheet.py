"""Spreadsheets (.xlsx, .xls, .ods): every visible sheet that holds something, in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from govreport.errors import GovReportError, MissingDependencyError, SourceError
from govreport.model import Claim
from govreport.readers.biff import xls_sheets
from govreport.readers.cellvalues import as_text
from govreport.readers.flow import Flow
from govreport.readers.ole import first_stream
from govreport.readers.ooxml import Package, member_names
from govreport.readers.rows import Merge, Sheet, write_sheet
from govreport.readers.sheetparts import drawn_cells, merged_ranges
from govreport.source import Limits, Source

if TYPE_CHECKING:
    import python_calamine as calamine

__all__ = ["SheetReader"]

_Result = TypeVar("_Result")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD = 200  # an ODF package names its type at the very front, uncompressed
_XLS_STREAMS = ("Workbook", "Book", "WordDocument", "EncryptedPackage")


class SheetReader:
    """Reads .xlsx, .xlsm, .xls and .ods; needs python-calamine, xlrd and lxml (extra `xlsx`)."""

    name = "sheet"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A package or compound file that holds the parts of a spreadsheet."""
        kind = _kind(data)
        return None if kind is None else Claim(self.name, 1.0, (f"the parts of an {kind} workbook",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Tables become grids, rows with a single text lines; a grid's page is the number of its sheet."""
        kind = _kind(data) or "xlsx"
        if len(data) > limits.bytes:
            msg = f"the {kind} file has more than {limits.bytes} bytes"
            raise SourceError(msg, container=kind, limit="bytes")
        flow = Flow(limits)
        for sheet in _sheets(data, kind, limits):
            write_sheet(sheet, flow)
        return flow.source(kind)


def _kind(data: bytes) -> str | None:
    if first_stream(data, *_XLS_STREAMS) in {"Workbook", "Book"}:
        return "xls"
    if _ODS_TYPE in data[:_HEAD]:
        return "ods"
    return "xlsx" if any(member.startswith("xl/") for member in member_names(data)) else None


def _sheets(data: bytes, kind: str, limits: Limits) -> Iterator[Sheet]:
    if kind == "xls":
        yield from xls_sheets(data)
        return
    drawn: dict[str, frozenset[tuple[int, int]]] = {}
    merged: list[list[Merge]] | None = None
    if kind == "xlsx":
        drawn = drawn_cells(_verified(data, kind, limits))
    else:
        merged = merged_ranges(_verified(data, kind, limits))
    book = _open(data, kind)
    for index, meta in enumerate(_shown(book)):
        rows, merges = _content(book, meta[0], kind)
        if merged is not None:
            merges = merged[meta[0]] if meta[0] < len(merged) else []
        yield Sheet(rows, merges, drawn.get(meta[1]), index + 1)


def _verified(data: bytes, kind: str, limits: Limits) -> Package:
    """The package with all its XML unpacked once within the limits, since calamine has none of its own."""
    package = Package(data, limits, kind=kind, extra="xlsx")
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.check(name)
    return package.again()


def _open(data: bytes, kind: str) -> calamine.CalamineWorkbook:
    try:
        import python_calamine  # noqa: PLC0415 - an optional dependency
    except ImportError as error:
        msg = f"reading {kind} needs python-calamine: pip install 'govreport[xlsx]'"
        raise MissingDependencyError(msg, extra="xlsx") from error
    return _guarded(kind, lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _guarded(kind: str, step: Callable[[], _Result]) -> _Result:
    try:
        return step()
    except (GovReportError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # a panic of calamine's Rust is no Exception, and means the same: damaged
        reason = str(error)
        what = "is encrypted; save it without a password" if "assword" in reason else f"is damaged: {reason}"
        msg = f"the {kind} file {what}"
        raise SourceError(msg, container=kind) from error


def _shown(book: calamine.CalamineWorkbook) -> list[tuple[int, str]]:
    """The sheets that a person sees, with their positions; all of them if none is visible."""
    sheets = [(index, meta.name, str(meta.visible).endswith(".Visible")) for index, meta in enumerate(book.sheets_metadata)]
    visible = [(index, name) for index, name, shown in sheets if shown]
    return visible or [(index, name) for index, name, _ in sheets]


def _content(book: calamine.CalamineWorkbook, index: int, kind: str) -> tuple[list[list[str]], list[Merge]]:
    def step() -> tuple[list[list[str]], list[Merge]]:
        sheet = book.get_sheet_by_index(index)
        rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        return rows, list(sheet.merged_cell_ranges or [])

    return _guarded(kind, step)
