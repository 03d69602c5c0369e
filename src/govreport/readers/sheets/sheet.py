"""Spreadsheets (.xlsx, .xls, .ods, and those that are one XML file): every visible sheet that holds something, in order."""

from __future__ import annotations

from collections.abc import Iterator

from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.flow import Flow
from govreport.readers.odf import parts as odf
from govreport.readers.odf.sheets import ods_sheets
from govreport.readers.ole import first_stream
from govreport.readers.ooxml import member_names
from govreport.readers.sheets.biff import xls_sheets
from govreport.readers.sheets.rows import Sheet, write_sheet
from govreport.readers.sheets.sheetml import xlsx_sheets
from govreport.readers.sheets.sheetxml import is_sheet_xml, xml_sheets
from govreport.source import Limits, Source

__all__ = ["SheetReader"]

_XLS_STREAMS = ("Workbook", "Book", "WordDocument", "EncryptedPackage")


class SheetReader:
    """Reads .xlsx, .xlsm, .xls, .ods, .fods and the XML of Excel 2003; needs lxml, and xlrd for .xls (extra `xlsx`)."""

    name = "sheet"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A package or compound file that holds the parts of a spreadsheet."""
        kind = _kind(data)
        return None if kind is None else Claim(self.name, 1.0, (f"the parts of an {kind} workbook",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Tables become grids, rows with a single text lines; a grid's page is the number of its sheet."""
        kind = _kind(data) or "xlsx"
        check_size(data, limits, kind)
        flow = Flow(limits)
        for sheet in _sheets(data, kind, limits):
            write_sheet(sheet, flow)
        return flow.source(kind)


def _kind(data: bytes) -> str | None:
    if first_stream(data, *_XLS_STREAMS) in {"Workbook", "Book"} or is_sheet_xml(data):
        return "xls"
    if odf.kind(data) == "ods":
        return "ods"
    return "xlsx" if any(member.startswith("xl/") for member in member_names(data)) else None


def _sheets(data: bytes, kind: str, limits: Limits) -> Iterator[Sheet]:
    if kind == "xls":
        return xml_sheets(data, limits) if is_sheet_xml(data) else xls_sheets(data)
    return ods_sheets(data, limits) if kind == "ods" else xlsx_sheets(data, limits)
