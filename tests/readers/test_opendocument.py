"""OpenDocument spreadsheets: cells repeated, merged, hidden, commented."""

from __future__ import annotations

import io
import zipfile

import pytest

from govreport.errors import SourceError
from govreport.readers.odf.sheets import ods_sheets
from govreport.readers.sheets.sheet import SheetReader
from govreport.source import Limits

pytest.importorskip("lxml")

_NAMES = ("office", "table", "text", "style")
_XMLNS = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)
_XMLNS += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
_STYLES = (
    '<style:style style:name="ce1"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
    '<style:style style:name="ce2"><style:table-cell-properties fo:border="none"/></style:style>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)


def package(tables: str, name: str = "content.xml") -> bytes:
    """A minimal .ods."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    styles = f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(name, f"<office:document-content {_XMLNS}>{styles}{body}</office:document-content>")
    return out.getvalue()


def table(*rows: str, style: str = "") -> str:
    return f'<table:table table:style-name="{style}">' + "".join(rows) + "</table:table>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>" + "".join(cells) + "</table:table-row>"


def cell(inner: str = "", more: str = "") -> str:
    return f"<table:table-cell {more}>{inner}</table:table-cell>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def texts(*rows: str) -> list[list[str]]:
    (sheet,) = ods_sheets(package(table(*rows)), Limits())
    return [list(line) for line in sheet.rows]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell(p("12"), 'office:value-type="float" office:value="12.0"'), "12"),
        (cell(p("7%"), 'office:value-type="percentage" office:value="0.07"'), "0.07（7%）"),
        (cell(p("x"), 'office:value-type="float" office:value="x"'), "x"),
        (cell(p("1月"), 'office:value-type="date" office:date-value="2024-01-25T00:00:00"'), "2024-01-25"),
        (cell(p("1月"), 'office:value-type="date" office:date-value="2024-01-25T11:23:00"'), "2024-01-25 11:23:00"),
        (cell(p("真"), 'office:value-type="boolean" office:boolean-value="true"'), "TRUE"),
        (cell(p("甲") + p("乙"), 'office:value-type="string"'), "甲\n乙"),
        (cell("", 'office:value-type="string" office:string-value="甲"'), "甲"),
        (cell(p("甲<text:s text:c='2'/><text:span>乙<text:tab/></text:span>丙<text:line-break/>丁")), "甲  乙\t丙\n丁"),
        (cell(f"<office:annotation>{p('注')}</office:annotation>{p('甲')}"), "甲"),
        (cell(p("甲<office:annotation><text:p>注</text:p></office:annotation>")), "甲"),
    ],
)
def test_a_cell_shows(written: str, text: str) -> None:
    assert texts(row(written)) == [[text]]


def test_repeated_cells_and_rows() -> None:
    """An empty rest of a row or sheet, as every program writes it, is nothing."""
    rest = cell("", 'table:number-columns-repeated="16384"')
    rows = (row(cell(p("0"), 'table:number-columns-repeated="2"'), rest), row(rest, more='table:number-rows-repeated="2"'))
    assert texts(
        *rows, row(cell(p("甲")), more='table:number-rows-repeated="2"'), row(rest, more='table:number-rows-repeated="1048571"')
    ) == [
        ["0", "0"],
        ["", ""],
        ["", ""],
        ["甲", ""],
        ["甲", ""],
    ]


def test_merged_and_bordered_cells() -> None:
    covered = "<table:covered-table-cell/>"
    wide = cell(p("题"), 'table:number-columns-spanned="2" table:number-rows-spanned="1" table:style-name="ce1"')
    (sheet,) = ods_sheets(
        package(table(row(wide, covered), row(cell(p("1"), 'table:style-name="ce2"'), cell(p("2"))))), Limits()
    )
    assert sheet.merges == [((0, 0), (0, 1))]
    assert sheet.drawn == frozenset({(0, 0)})
    assert sheet.rows == [["题", ""], ["1", "2"]]


def test_hidden_tables_are_left_out() -> None:
    data = package(table(row(cell(p("旧稿"))), style="ta2") + table(row(cell(p("定稿")))))
    assert SheetReader().read(data, Limits()).lines == ("定稿",)
    hidden = package(table(row(cell(p("旧稿"))), style="ta2"))
    assert SheetReader().read(hidden, Limits()).lines == ("旧稿",)


@pytest.mark.parametrize(
    "rows",
    [
        row(cell(p("x"), 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"'),
        row(cell(), more='table:number-rows-repeated="9999999"') + row(cell(p("x")), cell(p("y"))),
    ],
)
def test_absurd_repetitions_are_refused(rows: str) -> None:
    with pytest.raises(SourceError, match="reaches over"):
        SheetReader().read(package(table(rows)), Limits())


def test_a_package_without_content() -> None:
    with pytest.raises(SourceError, match="no content"):
        SheetReader().read(package("", "other.xml"), Limits())


def test_entities_are_refused() -> None:
    with pytest.raises(SourceError, match="entities"):
        SheetReader().read(package("<!DOCTYPE x>"), Limits())
