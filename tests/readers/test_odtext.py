"""OpenDocument texts: what is text and what is not, geometry of tables, list numbers; packed and flat."""

from __future__ import annotations

import io
import zipfile

import pytest

from govreport.errors import SourceError
from govreport.readers.odf.text import OpenTextReader
from govreport.source import Limits, Source

pytest.importorskip("lxml")

READER = OpenTextReader()
_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = ("office", "table", "text", "style")
_XMLNS = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)
_XMLNS += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
_XMLNS += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xml="http://www.w3.org/XML/1998/namespace"'
_LEVELS = (
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2" text:start-value="4"/>'
    '<text:list-level-style-number text:level="4" style:num-format=""/>'
)
_STYLES = (
    f'<text:list-style style:name="L1">{_LEVELS}</text:list-style>'
    '<style:style style:name="gone"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="gone2" style:parent-style-name="gone"/>'
    '<style:style style:name="loop" style:parent-style-name="loop"/>'
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="down"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="level"><style:text-properties style:text-position="0% 100%"/></style:style>'
    '<style:style style:name="out"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="white"><style:text-properties fo:color="#FFFFFF"/></style:style>'
)


def flat(body: str, styles: str = _STYLES) -> bytes:
    """A minimal .fodt."""
    inner = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    inner += f"<office:body><office:text>{body}</office:text></office:body>"
    return f'<?xml version="1.0"?><office:document {_XMLNS} office:mimetype="{_TYPE}">{inner}</office:document>'.encode()


def packed(body: str, common: str = "", manifest: str = "") -> bytes:
    """A minimal .odt, its list styles among the common ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        content = f"<office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {_XMLNS}>{content}</office:document-content>")
        if common:
            archive.writestr("styles.xml", f"<office:document-styles {_XMLNS}>{common}</office:document-styles>")
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def read(body: str, limits: Limits | None = None) -> Source:
    return READER.read(flat(body), limits or Limits())


def p(text: str, more: str = "") -> str:
    return f"<text:p {more}>{text}</text:p>"


def cell(text: str = "", more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"


def items(*inner: str, more: str = "") -> str:
    listed = "".join(f"<text:list-item>{item}</text:list-item>" for item in inner)
    return f'<text:list text:style-name="L1" {more}>{listed}</text:list>'


@pytest.mark.parametrize(
    "data", [flat(p("甲")), packed(p("甲")), flat(p("甲")).replace(f' office:mimetype="{_TYPE}"'.encode(), b"")]
)
def test_packed_and_flat(data: bytes) -> None:
    claim = READER.claim(data, "a.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    assert READER.read(data, Limits()).lines == ("甲",)


def test_others_are_not_claimed() -> None:
    for data in (flat("").replace(b".text", b".spreadsheet"), b"<office:text>", b"<html><office:text></html>", packed("")[:9]):
        assert READER.claim(data.replace(b"<office:text>", b"<office:spreadsheet>"), None) is None


def test_what_is_text() -> None:
    """Not what is deleted, commented, noted or hidden; what stands in boxes comes after the paragraph that holds them."""
    box = f"<draw:frame><draw:text-box>{p('框')}</draw:text-box></draw:frame><draw:custom-shape>{p('形')}</draw:custom-shape>"
    source = read(
        f"<text:tracked-changes><text:changed-region>{p('删')}</text:changed-region></text:tracked-changes>"
        + p(f"甲<text:tab/>乙<text:line-break/>丙{box}<office:annotation>{p('批')}</office:annotation>")
        + p(
            "丁<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("注")
            + "</text:note-body></text:note>"
        )
        + p('戊<text:span text:style-name="gone">己</text:span>')
        + p("庚", 'text:style-name="gone"')
        + "<text:section>"
        + p('辛<text:s text:c="2"/>壬')
        + "</text:section>"
    )
    assert source.lines == ("甲\t乙", "丙", "框", "形", "丁", "戊", "", "辛  壬", "注")


def test_geometry() -> None:
    """Spans, repeated cells, header rows; a covered cell is none of its own."""
    covered = "<table:covered-table-cell/>"
    top = cell("甲", 'table:number-columns-spanned="2"') + covered + cell("乙", 'table:number-rows-spanned="2"')
    head = f"<table:table-header-rows><table:table-row>{top}</table:table-row></table:table-header-rows>"
    row = cell("1", 'table:number-columns-repeated="2"') + covered
    (grid,) = read(table(row).replace("<table:table>", f"<table:table>{head}")).grids
    assert [c[:5] for c in grid.cells] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 2, 1), ("1", 1, 0, 1, 1), ("1", 1, 1, 1, 1)]


def test_tables_in_tables() -> None:
    """A frame is read for what it frames; a small table inside a cell is read cell by cell."""
    inner, start, end = table(cell("1") + cell("2")), "<table:table><table:table-row>", "</table:table-row></table:table>"
    framed = read(f"{start}<table:table-cell>{p('前')}{inner}</table:table-cell>{end}")
    assert framed.lines == ("前",)
    assert [c.text for c in framed.grids[0].cells] == ["1", "2"]
    held = f"<table:table-cell>{inner}</table:table-cell>"
    source = read(f"{start}{cell('甲')}{cell('乙')}{held}{end}")
    assert [c.text for c in source.grids[0].cells] == ["甲", "乙", "1\n2"]


def test_numbers_of_lists() -> None:
    """Each level has its own form; a list may go on where another was interrupted, or begin anew."""
    deep = "<text:list><text:list-item>" + p("乙") + "</text:list-item></text:list>"
    deeper = f"<text:list><text:list-item>{deep.replace('乙', '丁')}</text:list-item></text:list>"
    goes_on = 'text:continue-numbering="true"'
    source = read(
        items(p("甲") + deep, deep.replace("乙", "丙"))
        + p("间")
        + items(p("戊"), deeper, more=goes_on)
        + items(p("己"))
        + items(p("庚")).replace("<text:list-item>", '<text:list-item text:start-value="7">')
    )
    assert source.lines == ("一、甲", "（1）乙", "（2）丙", "间", "二、戊", "1.4 丁", "一、己", "七、庚")


def test_a_list_that_continues_another_by_its_name() -> None:
    one, two = items(p("甲"), more='xml:id="a"'), items(p("乙"), more='text:continue-list="a"')
    source = READER.read(packed(one + items(p("丙")) + two, common=_STYLES.partition("<style:style")[0]), Limits())
    assert source.lines == ("一、甲", "一、丙", "二、乙")


def test_numbered_headings() -> None:
    level = '<text:outline-level-style text:level="1" style:num-format="一, 二" style:num-suffix="、"/>'
    outline = f"<text:outline-style>{level}</text:outline-style>"
    headings = '<text:h text:outline-level="1">甲</text:h><text:h text:outline-level="2">乙</text:h><text:h>丙</text:h>'
    assert READER.read(flat(headings, outline), Limits()).lines == ("一、甲", "乙", "二、丙")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed("", manifest="<m:encryption-data/>"), "encrypted"),
        (packed("").replace(b"content.xml", b"kontent.xml"), "no content"),
        (flat("").replace(b"office:body", b"office:busy"), "no content"),
        (flat("")[:-9], "well-formed"),
        (flat("").replace(b"<office:doc", b'<!DOCTYPE x [<!ENTITY a "b">]><office:doc', 1), "entities"),
    ],
)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        READER.read(data, Limits())


def test_limits() -> None:
    wide = cell("1", 'table:number-columns-repeated="9999999"')
    with pytest.raises(SourceError, match="cells"):
        read(table(*[wide] * 300), Limits(cells=1_000))


def test_a_package_packed_again() -> None:
    """Its type no longer stands at the front."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(p("甲"))), "r") as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("META-INF/manifest.xml", f'<manifest:file-entry manifest:media-type="{_TYPE}"/>')
        new.writestr("content.xml", old.read("content.xml"))
    assert READER.claim(out.getvalue(), None) is not None
    assert READER.read(out.getvalue(), Limits()).lines == ("甲",)
    broken = bytearray(out.getvalue())
    broken[60] ^= 0xFF
    assert READER.claim(bytes(broken), None) is None


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("up", "12¹"),
        ("down", "12₁"),
        ("level", "121"),
        ("out", "121\u0336"),
        ("white", "12 1 "),
        ("gone2", "12"),
        ("loop", "121"),
    ],
)
def test_what_is_set_apart_does_not_run_on(style: str, text: str) -> None:
    assert read(p(f'12<text:span text:style-name="{style}">1</text:span>')).lines == (text,)


def test_a_paragraph_that_is_struck_out() -> None:
    assert read(p("12", 'text:style-name="out"')).lines == ("1\u03362\u0336",)


def test_a_picture_in_place_of_a_number() -> None:
    frame = "<draw:frame><draw:image/></draw:frame>"
    (grid,) = read(table(cell(frame) + cell(f"3{frame}"))).grids
    assert [found.text for found in grid.cells] == ["\ufffc", "3"]
