"""The XML of an .xlsx: what is in its cells, wherever and however they are written down."""

from __future__ import annotations

import io
import zipfile

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.sheets.cellvalues import agrees, as_text, moment, shows_date, shows_other
from govreport.readers.sheets.sheet import SheetReader
from govreport.readers.sheets.sheetml import xlsx_sheets
from govreport.source import Limits, Source
from govreport.values import read_value

pytest.importorskip("lxml")

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<borders><border/><border><left style="thin"/></border><border><diagonal style="thin"/></border></borders>'
    '<cellXfs><xf/><xf borderId="1"/><xf numFmtId="14"/><xf numFmtId="164"/><xf borderId="2"/><xf borderId="x"/></cellXfs>'
)


def workbook(rows: str, *, strings: str = "", after: str = "", settings: str = "", styles: str = _STYLES) -> bytes:
    """A minimal .xlsx of one sheet."""
    kinds = {"worksheet": "sheet.xml", "sharedStrings": "strings.xml", "styles": "styles.xml"}
    relations = "".join(f'<Relationship Id="{k}" Type="{_R}/{k}" Target="{t}"/>' for k, t in kinds.items())
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    sheets = f'<sheets><sheet name="a" xmlns:r="{_R}" r:id="worksheet"/></sheets>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f"<workbook {_NS}>{settings}{sheets}</workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", f"{head}{relations}</Relationships>")
        archive.writestr("xl/sheet.xml", f"<worksheet {_NS}><sheetData>{rows}</sheetData>{after}</worksheet>")
        archive.writestr("xl/strings.xml", f"<sst {_NS}>{strings}</sst>")
        archive.writestr("xl/styles.xml", f"<styleSheet {_NS}>{styles}</styleSheet>")
    return out.getvalue()


def texts(rows: str, **parts: str) -> list[list[str]]:
    (sheet,) = xlsx_sheets(workbook(rows, **parts), Limits())
    return [list(row) for row in sheet.rows]


def read(data: bytes, limits: Limits | None = None) -> Source:
    return SheetReader().read(data, limits or Limits())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>12</v></c>', "12"),
        ('<c r="A1" t="n"><v>12.0</v></c>', "12"),
        ('<c r="A1"><v>007</v></c>', "7"),
        ('<c r="A1"><v>1e3</v></c>', "1000"),
        ('<c r="A1"><v>-</v></c>', "-"),
        ('<c r="A1"><v>٣</v></c>', "3"),
        ('<c r="A1"><f>B1+1</f><v>5</v></c>', "5"),
        ('<c r="A1" t="str"><f>B1</f><v>甲_x000D_\n乙</v></c>', "甲\n乙"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="d"><v>2024-01-25</v></c>', "2024-01-25"),
        ('<c r="A1" t="s"><v>0</v></c>', "规章"),
        ('<c r="A1" t="s"><v>1</v></c>', "行政规范"),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></is></c>', "甲乙"),
        ('<c r="A1" s="2"><v>45316</v></c>', "2024-01-25"),
        ('<c r="A1" s="3"><v>45316.5</v></c>', "2024-01-25 12:00:00"),
        ('<c r="A1" s="99"><v>45316</v></c>', "45316"),
        ('<c r="A1"><v>3</v><extLst/></c>', "3"),
        ('<c r="$A$1"><v>3</v></c>', "3"),
    ],
)
def test_a_cell_shows(cell: str, text: str) -> None:
    strings = "<si><t>规章</t></si><si><r><t>行政</t></r><r><t>规范</t></r><rPh sb='0' eb='1'><t>xz</t></rPh></si>"
    assert texts(f"<row r='1'>{cell}</row>", strings=strings) == [[text]]


@pytest.mark.parametrize(
    "cell", ["<c t='s'><v>7</v></c>", "<c t='s'><v>x</v></c>", "<c t='inlineStr'><f/></c>", "<c><v/></c>", "<c/>"]
)
def test_a_cell_that_shows_nothing(cell: str) -> None:
    assert texts(f"<row>{cell}</row>") == []


def test_cells_without_references_follow_each_other() -> None:
    """As some programs write them; a reference takes over from where it is."""
    first, third = "<c><v>1</v></c><c><v>2</v></c>", '<c r="B3"><v>3</v></c><c><v>4</v></c>'
    assert texts(f'<row>{first}</row><row r="3">{third}</row><row><c><v>5</v></c></row>') == [
        ["1", "2", ""],
        ["", "", ""],
        ["", "3", "4"],
        ["5", "", ""],
    ]


def test_the_date_system_of_old_macs() -> None:
    assert texts('<row><c s="2"><v>43854</v></c></row>', settings='<workbookPr date1904="1"/>') == [["2024-01-25"]]


def test_borders_on_any_side_but_not_across() -> None:
    (sheet,) = xlsx_sheets(workbook('<row><c s="1"/><c s="4"/><c s="5"/><c s="1"><v>1</v></c></row>'), Limits())
    assert sheet.drawn == frozenset({(0, 0), (0, 3)})


def test_senseless_merges_are_left_out() -> None:
    refs = ("A1:B1", "B2:A1", "x", "", "A0:A1", "C1:ZZZZ9")
    after = "<mergeCells>" + "".join(f'<mergeCell ref="{ref}"/>' for ref in refs) + "</mergeCells>"
    (sheet,) = xlsx_sheets(workbook("<row><c><v>1</v></c></row>", after=after), Limits())
    assert sheet.merges == [((0, 0), (0, 1))]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="9999999"><c><v>1</v></c><c><v>1</v></c></row>',
        "<row r='9999999'><c r='zz9999999' t=\"inlineStr\"><is><t>x</t></is></c></row>",
    ],
)
def test_a_stray_cell_far_away_is_refused(rows: str) -> None:
    """Laid out with all that is empty before it, such a sheet would take gigabytes."""
    with pytest.raises(SourceError, match="reaches over"):
        read(workbook(rows))


def test_borders_far_away_are_only_borders() -> None:
    data = workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert read(data).lines == ("1",)
    with pytest.raises(SourceError, match="borders"):
        read(workbook("<row>" + '<c s="1"/>' * 90 + "</row>"), evolve(Limits(), cells=8))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SourceError, match="unpacks to more"):
        read(workbook("<row><c><v>1</v></c></row>" + " " * 3_000_000), evolve(Limits(), bytes=1_000_000))


def test_damage_in_parts_that_say_nothing_does_no_harm() -> None:
    data = io.BytesIO(workbook("<row><c><v>1</v></c></row>"))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("docProps/app.xml", "<broken")
        archive.writestr("xl/theme/theme1.xml", b"\xff")
    assert read(data.getvalue()).lines == ("1",)


@pytest.mark.parametrize(
    ("number", "code", "date"),
    [
        ("14", None, True),
        ("57", None, True),
        ("0", None, False),
        ("176", "yyyy/m/d", True),
        ("176", "[h]:mm", True),
        ("176", "General", False),
        ("176", '0"days"', False),
        ("176", "0\\d", False),
        ("176", "[Red]0.00", False),
        ("176", "#,##0_d", False),
    ],
)
def test_which_formats_show_dates(number: str, code: str | None, date: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert shows_date(number, code) is date


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        (1.0, "1900-01-01 00:00:00"),
        (60.0, "1900-02-28 00:00:00"),
        (61.0, "1900-03-01 00:00:00"),
        (0.25, "06:00:00"),
        (-1.0, "-1.0"),
        (1e9, "1e9"),
    ],
)
def test_serial_numbers(serial: float, text: str) -> None:
    """Excel counts a 29 February 1900; what is no day stays a number."""
    found = moment(serial)
    assert str(found) == text or found == serial == float(text)


def test_hidden_rows_and_columns_are_not_read() -> None:
    """What the sheet shows is told by the numbers that they have; a merged cell shows its text where it begins to be seen."""
    row = '<row r="{0}" {1}><c r="A{0}"><v>{0}1</v></c><c r="B{0}"><v>{0}2</v></c><c r="C{0}"><v>{0}3</v></c></row>'
    rows = "".join(row.format(number, 'hidden="1"' if number == 1 else "") for number in (1, 2, 3))
    merge = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    data = workbook(rows, after=merge)
    (sheet,) = xlsx_sheets(data, Limits())
    assert [list(texts) for texts in sheet.rows] == [["11", "22", "23"], ["31", "32", "33"]]
    assert sheet.merges == [((0, 0), (0, 0))]
    assert [sheet.line(row) for row in (0, 1)] == [2, 3]
    assert [cell.line for cell in read(data).grids[0].cells] == [2, 2, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ('min="2" max="16384"', ["1"]),
        ('min="1" max="1"', ["2", "3"]),
        ('min="1" max="3"', ["1", "2", "3"]),
        ('min="x"', ["1", "2", "3"]),
    ],
)
def test_hidden_columns(columns: str, left: list[str]) -> None:
    """A sheet that hides all is shown as it is."""
    cells = "".join(f'<c r="{c}1" s="1"><v>{n}</v></c>' for n, c in enumerate("ABC", 1))
    (sheet,) = xlsx_sheets(workbook(f"<row>{cells}</row>", after=f'<cols><col {columns} hidden="1"/></cols>'), Limits())
    assert [list(row) for row in sheet.rows] == [left]
    assert sheet.drawn is not None
    assert len(sheet.drawn) == len(left)


@pytest.mark.parametrize(
    ("cell", "settings", "text"),
    [
        ("<c><f>SUM(A2:A5)</f></c>", "", "=SUM(A2:A5)"),
        ("<c><f>SUM(A2:A5)</f><v></v></c>", "", "=SUM(A2:A5)"),
        ('<c t="str"><f>""</f><v></v></c>', "", ""),
        ("<c><f>SUM(A2:A5)</f><v>0</v></c>", "", "0"),
        ("<c><f>SUM(A2:A5)</f><v>0</v></c>", '<calcPr fullCalcOnLoad="1"/>', "=SUM(A2:A5)"),
        ("<c><f>SUM(A2:A5)</f><v>7</v></c>", '<calcPr fullCalcOnLoad="1"/>', "7"),
        ("<c><v>0</v></c>", '<calcPr fullCalcOnLoad="1"/>', "0"),
    ],
)
def test_a_formula_that_nobody_has_counted(cell: str, settings: str, text: str) -> None:
    """A program that only writes leaves the result to whoever opens the file: a person sees one, so the cell is not empty."""
    (sheet,) = xlsx_sheets(workbook(f"<row>{cell}</row>", settings=settings), Limits())
    assert [list(row) for row in sheet.rows] == ([[text]] if text else [])


@pytest.mark.parametrize(
    ("written", "text"),
    [("'12", "12"), ("'1,234.5", "1,234.5"), ('="12"', "12"), ("'甲'", "'甲'"), ("'—", "—"), ("=A1", "=A1")],
)
def test_what_keeps_a_number_from_being_counted_is_not_shown(written: str, text: str) -> None:
    assert as_text(written) == text


def test_strict_workbooks() -> None:
    data = workbook("<row><c><v>1</v></c></row>")
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            new.writestr(name, part.replace(_R.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    (sheet,) = xlsx_sheets(strict.getvalue(), Limits())
    assert [list(row) for row in sheet.rows] == [["1"]]


def test_a_binary_workbook() -> None:
    out = io.BytesIO()
    relation = f'<Relationship Id="a" Type="{_R}/officeDocument" Target="xl/workbook.bin"/>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
        )
    with pytest.raises(SourceError, match="xlsb"):
        read(out.getvalue())


@pytest.mark.parametrize(
    ("code", "scaled"),
    [
        ("#,##0", False),
        ("#,##0.00", False),
        ("0,", True),
        ("0!.0,", True),
        ('0.0,"万元"', True),
        ("#,##0,,", True),
        ('0"件,"', False),
        ("", False),
        ("0%", True),
        ("Percent", True),
        ('#,##0"件"', False),
        ('0"00"', True),
        (r"\10", True),
        (";;;", True),
        ('"保密"', True),
        ("0;-0;;@", False),
        ('0;"0;1"', False),
        ("General", False),
        ("@", False),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', False),
    ],
)
def test_formats_that_show_another_number(code: str, *, scaled: bool) -> None:
    assert shows_other(code) is scaled


@pytest.mark.parametrize("number", ["9", "10"])
def test_percent_is_a_format_without_a_code(number: str) -> None:
    found = texts('<row><c s="1"><v>12</v></c></row>', styles=f'<cellXfs><xf/><xf numFmtId="{number}"/></cellXfs>')
    assert found[0][0].startswith("12（0")


def test_text_in_runs_that_are_set_apart() -> None:
    runs = (
        "<r><t>12</t></r>",
        '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>',
        "<r><rPr><strike/></rPr><t>9</t></r>",
        '<r><rPr><strike val="0"/><color theme="1"/></rPr><t>5</t></r>',
        '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>6</t></r>',
        '<r><rPr><color theme="0"/></rPr><t>7</t></r>',
    )
    assert texts('<row><c t="s"><v>0</v></c></row>', strings=f"<si>{''.join(runs)}</si>") == [["12¹9\u03365 6  7 "]]


def test_columns_and_rows_of_no_size_are_hidden() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row ht="0"><c><v>3</v></c></row>'
    columns = '<cols><col min="1" max="1" width="0"/></cols>'
    assert texts(rows, after=columns) == [["2"]]


def test_a_number_of_which_another_is_shown_is_not_read_for_certain() -> None:
    """251000 shown as 25.1: the cell says both."""
    styles = '<numFmts><numFmt numFmtId="164" formatCode="0!.0,"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    rows = '<row><c s="1"><v>251000</v></c><c s="1"><v>0</v></c><c><v>251000</v></c></row>'
    assert texts(rows, styles=styles) == [["251000（0!.0,）", "0", "251000"]]
    reading = read_value("251000（0!.0,）")
    assert reading is not None
    assert not reading.sure


@pytest.mark.parametrize(
    ("text", "shown", "same"),
    [
        ("1234", "1,234", True),
        ("12", "12.00", True),
        ("73344.3831", "73344.38", True),
        ("-5", "5", True),
        ("1200", "1.20E+03", True),
        ("12", "12件", True),
        ("0", "-", True),
        ("0", "", True),
        ("12", "", False),
        ("12", "1200%", False),
        ("12000", "12", False),
        ("12", "保密", False),
        ("12", "1.2.3", False),
        ("12", "nan", False),
        ("12", "1E999999999", False),
    ],
)
def test_whether_the_number_that_is_shown_is_the_one_that_is_held(text: str, shown: str, *, same: bool) -> None:
    assert agrees(text, shown) is same


def pictured(rows: str, drawing: str) -> list[list[str]]:
    data = io.BytesIO(workbook(rows))
    relation = f'<Relationship Id="d" Type="{_R}/drawing" Target="drawing.xml"/>'
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/_rels/sheet.xml.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("xl/drawing.xml", drawing)
    (sheet,) = xlsx_sheets(data.getvalue(), Limits())
    return [list(row) for row in sheet.rows]


def drawn(*anchors: tuple[str, str], kind: str = "pic") -> str:
    """A drawing part with a picture, or something else, that begins in each of these rows and columns."""
    starts = "".join(
        f"<x:twoCellAnchor><x:from><x:col>{column}</x:col><x:row>{row}</x:row></x:from><x:{kind}/></x:twoCellAnchor>"
        for row, column in anchors
    )
    return f'<x:wsDr xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">{starts}</x:wsDr>'


def test_pictures_stand_where_nothing_is_written() -> None:
    """One that begins in a filled cell lies over what is written, and one far away belongs to nothing."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>'
    assert pictured(rows, drawn(("0", "0"), ("0", "1"), ("2", "1"), ("900000", "1"))) == [
        ["1", "\ufffc", "3"],
        ["", "", ""],
        ["", "\ufffc", ""],
    ]


@pytest.mark.parametrize("drawing", [drawn(("0", "1"), kind="sp"), drawn()[:-9], "<x/>"])
def test_what_is_no_picture(drawing: str) -> None:
    """Shapes are none, and a part that cannot be read does no harm."""
    assert pictured('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>', drawing) == [["1", "", "3"]]
