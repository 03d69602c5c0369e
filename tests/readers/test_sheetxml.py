"""Workbooks of Excel 2003 in XML, under whatever name."""

from __future__ import annotations

import pytest

from govreport.errors import SourceError
from govreport.readers.sheet import SheetReader
from govreport.readers.sheetxml import xml_sheets
from govreport.source import Limits

pytest.importorskip("lxml")

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_X = "urn:schemas-microsoft-com:office:excel"
_BORDER = '<Borders><Border ss:Position="Left" ss:LineStyle="Continuous"/></Borders>'
_STYLES = f'<Styles><Style ss:ID="b">{_BORDER}</Style><Style ss:ID="c" ss:Parent="b"/><Style ss:ID="d"/></Styles>'


def workbook(*rows: str, after: str = "") -> bytes:
    """A minimal workbook of one sheet."""
    table = f'<Worksheet ss:Name="a"><Table>{"".join(rows)}</Table></Worksheet>{after}'
    return f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}" xmlns:x="{_X}">{_STYLES}{table}</Workbook>'.encode()


def cell(text: str, kind: str = "String", more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def texts(*rows: str) -> list[list[str]]:
    (sheet,) = xml_sheets(workbook(*rows), Limits())
    return [list(row) for row in sheet.rows]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("甲<B xmlns='http://www.w3.org/TR/REC-html40'>乙</B>"), "甲乙"),
        (cell("12.0", "Number"), "12"),
        (cell("x", "Number"), "x"),
        (cell("2024-01-25T00:00:00.000", "DateTime"), "2024-01-25"),
        (cell("1", "Boolean"), "TRUE"),
        ('<Cell ss:Formula="=A1"/>', "=A1"),
    ],
)
def test_a_cell_shows(written: str, text: str) -> None:
    assert texts(f"<Row>{written}</Row>") == [[text]]


def test_places_and_merged_cells() -> None:
    """Rows and cells say where they stand, or follow the last one; what a merged cell covers is left out."""
    first = cell("甲", more='ss:MergeAcross="1" ss:MergeDown="1"') + cell("乙")
    last = cell("1", "Number", 'ss:Index="3"')
    rows = [f"<Row>{first}</Row>", f'<Row ss:Index="4">{last}</Row>']
    (sheet,) = xml_sheets(workbook(*rows), Limits())
    assert [list(row) for row in sheet.rows] == [["甲", "", "乙"], ["", "", ""], ["", "", ""], ["", "", "1"]]
    assert list(sheet.merges) == [((0, 0), (1, 1))]


def test_borders_also_of_a_parent_style() -> None:
    row = "".join(cell("1", more=f'ss:StyleID="{style}"') for style in "bcd")
    (sheet,) = xml_sheets(workbook(f"<Row>{row}</Row>"), Limits())
    assert sheet.drawn == frozenset({(0, 0), (0, 1)})


def test_what_is_hidden() -> None:
    column = '<Column/><Column ss:Hidden="1" ss:Span="1"/>'
    row, gone = f"<Row>{''.join(map(cell, '甲乙丙丁'))}</Row>", f'<Row ss:Hidden="1">{cell("9")}</Row>'
    assert texts(column, row, gone, row) == [["甲", "丁"], ["甲", "丁"]]
    options = (
        "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'><Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    more = f'<Worksheet ss:Name="b"><Table><Row>{cell("9")}</Row></Table>{options}</Worksheet>'
    assert len(list(xml_sheets(workbook(row, after=more), Limits()))) == 1


def test_claims() -> None:
    claim = SheetReader().claim(workbook(), "a.xls")
    assert claim is not None
    assert claim.confidence == 1.0
    assert SheetReader().read(workbook(f"<Row>{cell('甲')}</Row>"), Limits()).lines == ("甲",)
    assert SheetReader().claim(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", None) is None


def test_limits() -> None:
    far = cell("1", more='ss:Index="9999999"')
    with pytest.raises(SourceError, match="reaches over"):
        texts(f'<Row ss:Index="9999999">{far}</Row>')
