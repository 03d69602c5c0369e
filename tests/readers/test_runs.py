"""What the runs of a Word paragraph show: text that is set apart, fields, formulas, pictures, prompts."""

from __future__ import annotations

import io
import zipfile

import pytest

from govreport.readers.word.wordml import read_docx
from govreport.source import Limits

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    f'{_W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_DOCUMENT = f"<w:document {_MORE}><w:body><w:tbl>{{}}</w:tbl></w:body></w:document>"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}">{content}</w:style>'
    for kind, name, content in (
        ("character", "gone", "<w:rPr><w:vanish/></w:rPr>"),
        ("character", "gone2", '<w:basedOn w:val="gone"/>'),
        ("character", "back", '<w:basedOn w:val="gone"/><w:rPr><w:vanish w:val="0"/></w:rPr>'),
        ("character", "note", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
        ("character", "loop", '<w:basedOn w:val="loop"/>'),
        ("paragraph", "away", "<w:rPr><w:vanish/></w:rPr>"),
    )
)


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def texts(*rows: str) -> list[str]:
    """The texts of a table's cells."""
    out = io.BytesIO()
    styles = f'<Relationship Id="a" Type="{_RELS}/styles" Target="styles.xml"/>'
    main = f'<Relationship Id="b" Type="{_RELS}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(out, "w") as archive:
        for name, inner in (("_rels/.rels", main), ("word/_rels/document.xml.rels", styles)):
            archive.writestr(name, f"<Relationships>{inner}</Relationships>")
        archive.writestr("word/styles.xml", f"<w:styles {_W}>{_STYLES}</w:styles>")
        archive.writestr(
            "word/document.xml", f"<w:document {_MORE}><w:body><w:tbl>{''.join(rows)}</w:tbl></w:body></w:document>"
        )
    (grid,) = read_docx(out.getvalue(), Limits()).grids
    return [found.text for found in grid.cells]


def shown(inner: str, properties: str = "") -> str:
    """The text of a paragraph in a cell."""
    first, second = texts(f"<w:tr>{cell(paragraph(inner, properties))}{cell(paragraph(run('乙')))}</w:tr>")
    assert second == "乙"
    return first


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:vertAlign w:val="superscript"/>', "12¹"),
        ('<w:vertAlign w:val="subscript"/>', "12₁"),
        ('<w:vertAlign w:val="baseline"/>', "121"),
        ('<w:position w:val="8"/>', "12¹"),
        ('<w:position w:val="-8"/>', "12₁"),
        ('<w:position w:val="0"/>', "121"),
        ('<w:rStyle w:val="note"/>', "12¹"),
        ("<w:strike/>", "121\u0336"),
        ("<w:dstrike/>", "121\u0336"),
        ('<w:strike w:val="0"/>', "121"),
        ('<w:color w:val="FFFFFF"/>', "12 1 "),
        ('<w:color w:val="FF0000"/>', "121"),
        ("<w:vanish/>", "12"),
        ('<w:rStyle w:val="gone"/>', "12"),
        ('<w:rStyle w:val="gone2"/>', "12"),
        ('<w:rStyle w:val="back"/>', "121"),
        ('<w:rStyle w:val="loop"/>', "121"),
    ],
)
def test_what_is_set_apart_does_not_run_on(properties: str, text: str) -> None:
    assert shown(run("12") + run("1", properties)) == text


@pytest.mark.parametrize("look", ["vertAlign w:val='superscript'", "position w:val='8'", "color w:val='FFFFFF'"])
def test_what_all_of_a_paragraph_is_sets_nothing_apart(look: str) -> None:
    """A number that stands higher as a whole, or white on a dark cell, is that number."""
    assert shown(run("1", f"<w:{look}/>") + run("2", f"<w:{look}/>")) == "12"


def test_a_number_struck_out_is_none() -> None:
    assert shown(run("12", "<w:strike/>")) == "1\u03362\u0336"


def test_a_paragraph_of_a_hidden_style() -> None:
    assert shown(run("12"), '<w:pStyle w:val="away"/>') == ""
    assert shown(run("12", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="away"/>') == "12"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "1/2"),
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", " 10^2"),
        ("<m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg><m:e><m:r><m:t>8</m:t></m:r></m:e></m:rad>", "√3 8"),
        ("<m:r><m:t>12</m:t></m:r>", "12"),
    ],
)
def test_the_parts_of_a_formula_do_not_run_on(inner: str, text: str) -> None:
    assert shown(f"<m:oMath>{inner}</m:oMath>") == text


def field(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def choices(chosen: str) -> str:
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in "57")
    return f'<w:ffData><w:ddList><w:result w:val="{chosen}"/>{entries}</w:ddList></w:ffData>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (field("begin") + code(" =SUM(LEFT) ") + field("end"), "=SUM(LEFT)"),
        (field("begin") + code("=SUM") + code("(LEFT)") + field("separate") + field("end"), "=SUM(LEFT)"),
        (field("begin") + code("=SUM(LEFT)") + field("separate") + run("0") + field("end"), "0"),
        (field("begin") + code(" PAGE ") + field("separate") + field("end"), ""),
        ('<w:fldSimple w:instr=" =SUM(LEFT) "/>', "=SUM(LEFT)"),
        (f'<w:fldSimple w:instr=" =SUM(LEFT) ">{run("7")}</w:fldSimple>', "7"),
        (field("begin") + code(r"eq \o\ac(○,3)") + field("end"), r"=eq \o\ac(○,3)"),
        (field("begin", choices("1")) + code("FORMDROPDOWN") + field("end"), "7"),
        (field("begin", choices("9")) + code("FORMDROPDOWN") + field("end"), ""),
        (field("begin", choices("x")) + code("FORMDROPDOWN") + field("end"), ""),
        (
            field("begin")
            + code("IF ")
            + field("begin")
            + code("=A1")
            + field("end")
            + code("=0")
            + field("separate")
            + run("4"),
            "4",
        ),
    ],
)
def test_a_field_shows_its_result_or_that_it_has_none_yet(inner: str, text: str) -> None:
    assert shown(inner) == text


def test_a_note_with_a_mark_of_its_own() -> None:
    own = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>1</w:t></w:r>'
    assert shown(run("12") + own + run("件")) == "12件"


def test_a_picture_in_place_of_a_number() -> None:
    assert shown("<w:r><w:drawing><pic:pic/></w:drawing></w:r>") == "\ufffc"
    assert shown(run("3") + "<w:r><w:drawing><pic:pic/></w:drawing></w:r>") == "3"
    assert shown("<w:r><w:drawing/></w:r>") == ""


def control(inner: str, properties: str = "<w:showingPlcHdr/>") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def test_what_a_control_asks_for_is_not_filled_in() -> None:
    assert shown(control(run("单击此处输入文字。"))) == ""
    assert shown(control(control(run("8")))) == "[8]"
    assert shown(control(run("8"), '<w:showingPlcHdr w:val="0"/>')) == "8"


def test_rows_and_cells_that_nobody_sees() -> None:
    rows = [
        f"<w:tr>{cell(paragraph(run('甲')))}{cell('<w:p/>', '<w:cellDel/>')}{cell(paragraph(run('1')))}</w:tr>",
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell(paragraph(run('9')))}</w:tr>",
        f'<w:tr><w:trPr><w:hidden w:val="0"/></w:trPr>{cell(paragraph(run("乙")))}{cell(paragraph(run("2")))}</w:tr>',
    ]
    assert texts(*rows) == ["甲", "1", "乙", "2"]
