"""Word documents: geometry of tables, what is text and what is not, list numbers, and what must not break the reader."""

from __future__ import annotations

import io
import zipfile

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.docx import DocxReader
from govreport.source import Limits, Source

READER = DocxReader()
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    f'{_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, *, main: str = "word/document.xml", **parts: str) -> bytes:
    """A minimal .docx around a body; `parts` (numbering, styles, footnotes) stand beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations({"officeDocument": main}))
        archive.writestr(main, f"<w:document {_MORE}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", _relations({kind: f"{kind}.xml" for kind in parts}))
        for kind, text in parts.items():
            archive.writestr(f"word/{kind}.xml", text)
    return out.getvalue()


def _relations(targets: dict[str, str]) -> str:
    inner = "".join(f'<Relationship Id="r{k}" Type="{_RELS}/{k}" Target="{t}"/>' for k, t in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def read(body: str, limits: Limits | None = None, **parts: str) -> Source:
    return READER.read(package(body, **parts), limits or Limits())


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def geometry(source: Source) -> list[tuple[str, int, int, int, int]]:
    (grid,) = source.grids
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


def numbering(*levels: str, extra: str = "") -> str:
    inner = "".join(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/>{level}</w:lvl>' for i, level in enumerate(levels))
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}</w:numbering>'
    )


def level(fmt: str, text: str, extra: str = "") -> str:
    return f'<w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/>'


def num(ilvl: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>'


def test_paragraphs_and_tables_keep_their_order() -> None:
    source = read(p("前") + tbl(tr(tc("甲"), tc("1"))) + p("后"))
    assert source.lines == ("前", "后")
    assert [grid.at for grid in source.grids] == [1]
    assert source.container == "docx"


def test_merged_cells_are_spans() -> None:
    body = tbl(
        tr(tc("全", '<w:gridSpan w:val="3"/>')),
        tr(tc("组", '<w:vMerge w:val="restart"/>'), tc("a"), tc("1")),
        tr(tc("", "<w:vMerge/>"), tc("b"), tc("2")),
    )
    assert geometry(read(body)) == [
        ("全", 0, 0, 1, 3),
        ("组", 1, 0, 2, 1),
        ("a", 1, 1, 1, 1),
        ("1", 1, 2, 1, 1),
        ("b", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]


def test_a_row_may_begin_further_right() -> None:
    body = tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridBefore w:val="1"/>'))
    assert geometry(read(body))[-1] == ("c", 1, 1, 1, 1)


def test_old_horizontal_merges() -> None:
    body = tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")), tr(tc("1"), tc("2"), tc("3")))
    assert geometry(read(body))[:2] == [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]


def test_absurd_spans_are_cut() -> None:
    source = read(tbl(tr(tc("a", '<w:gridSpan w:val="100000000"/>'), tc("b"))), evolve(Limits(), span=50))
    assert geometry(source) == [("a", 0, 0, 1, 50), ("b", 0, 50, 1, 1)]


def test_paragraphs_of_a_cell_are_lines_of_its_text() -> None:
    cell = f"<w:tc>{p('自然')}{p('人')}</w:tc>"
    assert geometry(read(tbl(tr(cell, tc("1")))))[0][0] == "自然\n人"


def test_a_layout_table_is_flattened() -> None:
    inner = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    source = read(tbl(tr(f"<w:tc>{p('二、标题')}{inner}{p('三、标题')}</w:tc>")))
    assert source.lines == ("二、标题", "三、标题")
    assert [grid.at for grid in source.grids] == [1]


def test_a_table_inside_a_cell_of_data_stays_text() -> None:
    rows = [tr(tc(f"行{i}"), tc(str(i))) for i in range(5)]
    nested = f"<w:tc>{p('注')}{tbl(tr(tc('x')))}</w:tc>"
    source = read(tbl(*rows, tr(nested, tc("9"))))
    assert geometry(source)[-2][0] == "注\nx"


def test_list_numbers_are_restored() -> None:
    """Word prints 一、 and （一） from the numbering part; the paragraphs hold neither."""
    parts = numbering(level("chineseCountingThousand", "%1、"), level("chineseCounting", "（%2）"), level("decimal", "%3."))
    body = p("总体", num()) + p("甲", num(1)) + p("乙", num(1)) + p("x", num(2)) + p("主动", num()) + p("丙", num(1))
    assert read(body, numbering=parts).lines == ("一、总体", "（一）甲", "（二）乙", "1. x", "二、主动", "（一）丙")


@pytest.mark.parametrize(
    ("fmt", "shown"),
    [
        ("decimalFullWidth", "１１"),
        ("ideographTraditional", "甲"),
        ("chineseLegalSimplified", "壹拾壹"),
        ("decimalEnclosedCircleChinese", "⑪"),
        ("upperRoman", "XI"),
        ("lowerLetter", "k"),
        ("decimalZero", "11"),
        ("chineseCountingThousand", "十一"),
        ("unheardOf", "11"),
    ],
)
def test_number_formats(fmt: str, shown: str) -> None:
    lines = read(p("x", num()) * 11, numbering=numbering(level(fmt, "%1、"))).lines
    assert lines[10] == f"{shown}、x"


def test_numbers_from_styles_and_restarts() -> None:
    """A style brings its number; an override of the start begins anew; number 0 takes the number away."""
    extra = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    styles = f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="H"><w:pPr>{num()}</w:pPr></w:style></w:styles>'
    body = p("a", '<w:pStyle w:val="H"/>') + p("b", num()) + p("c", num(0, 2)) + p("d", '<w:pStyle w:val="H"/>' + num(0, 0))
    lines = read(body, numbering=numbering(level("chineseCounting", "%1、"), extra=extra), styles=styles).lines
    assert lines == ("一、a", "二、b", "一、c", "d")


def test_legal_numbering_prints_digits() -> None:
    parts = numbering(level("chineseCounting", "%1、"), level("decimal", "%1.%2", "<w:isLgl/>"))
    assert read(p("a", num()) + p("b", num(1)), numbering=parts).lines == ("一、a", "1.1 b")


def test_bullets_are_no_text() -> None:
    assert read(p("a", num()), numbering=numbering(level("bullet", "\uf0b7"))).lines == ("a",)


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>1</w:t></w:r><w:ins><w:r><w:t>2</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom></w:p>"
        + p("前半", "<w:rPr><w:del/></w:rPr>")
        + p("后半")
        + tbl(tr(tc("a"), tc("1")), tr(tc("b"), tc("2"), properties="<w:del/>"))
    )
    source = read(body)
    assert source.lines == ("12", "前半后半")
    assert [c.text for c in source.grids[0].cells] == ["a", "1"]


def test_what_is_printed_and_what_is_not() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        "<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:p>"
    )
    assert read(body).lines == ("甲\t乙", "丙链☑拼")


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>段</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert read(body).lines == ("段", "框中")


def test_content_controls_are_transparent() -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('内')}{tbl(tr(tc('a'), tc('b')))}</w:sdtContent></w:sdt>"
    source = read(body)
    assert source.lines == ("内",)
    assert len(source.grids) == 1


def test_notes_follow_and_leave_no_digit_behind() -> None:
    notes = (
        f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote>'
        f'<w:footnote w:id="1">{p("注释")}</w:footnote></w:footnotes>'
    )
    body = '<w:p><w:r><w:t>12</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert read(body, footnotes=notes).lines == ("12", "注释")


def test_the_main_part_may_have_another_name() -> None:
    assert READER.read(package(p("x"), main="word/document2.xml"), Limits()).lines == ("x",)


def test_python_docx_documents() -> None:
    """What python-docx writes and merges comes back."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(rows=3, cols=3)
    for index, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = str(index)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "题"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "组"
    out = io.BytesIO()
    document.save(out)
    source = READER.read(out.getvalue(), Limits())
    assert source.lines[0] == "一、总体情况"
    assert [c[1:] for c in geometry(source)][:2] == [(0, 0, 1, 3), (1, 0, 2, 1)]


def test_claims_by_content() -> None:
    data = package(p("x"))
    claim = READER.claim(data, "report.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    assert READER.claim(b"PK\x03\x04 nothing", "report.docx") is None
    assert READER.claim("一、总体情况".encode(), "report.docx") is None


def test_damage_is_a_source_error() -> None:
    data = package(p("一、总体情况" * 50))
    for broken in (data[: len(data) // 2], data[:-30], data[:40] + b"\x00" * 40 + data[80:], b"PK\x03\x04" + bytes(range(256))):
        with pytest.raises(SourceError, match="docx"):
            READER.read(broken, Limits())


def test_a_truncated_document_is_still_claimed() -> None:
    data = package(p("一、总体情况" * 50))
    assert READER.claim(data[: len(data) - 60], None) is not None


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        archive.writestr("word/document.xml", f"{bomb}<w:document {_W}><w:body>{p('&b;')}</w:body></w:document>")
    with pytest.raises(SourceError, match="entities"):
        READER.read(out.getvalue(), Limits())


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = package(p(" " * 5_000_000))
    with pytest.raises(SourceError, match="unpacks to more"):
        READER.read(data, evolve(Limits(), bytes=1_000_000))


def test_more_cells_than_allowed() -> None:
    body = tbl(*[tr(*[tc("1")] * 10)] * 20)
    with pytest.raises(SourceError, match="cells"):
        read(body, evolve(Limits(), cells=100))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(SourceError):
        read("<w:sdt><w:sdtContent>" * 400 + p("x") + "</w:sdtContent></w:sdt>" * 400)


def test_the_code_of_a_field_is_no_text() -> None:
    """Also where it shows the result of another field; a field without an end does not swallow what follows it."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    inner = mark("begin") + mark("separate") + run("5") + mark("end")
    whole = f"<w:p>{mark('begin')}{inner}{mark('separate')}{run('5')}{mark('end')}{run('件')}</w:p>"
    assert read(whole + f"<w:p>{mark('begin')}{run('9')}</w:p>" + p("甲") + f"<w:p>{mark('end')}{run('乙')}</w:p>").lines == (
        "5件",
        "",
        "甲",
        "乙",
    )


def test_pages_inside_a_document() -> None:
    """As programs write them that leave the work to Word: a page or a saved one, at its place."""
    page = "<html><p>乙</p><table><tr><td>1<td>2<tr><td>3<td>4</table><p>丙</p></html>"
    mime = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}"
    chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{}"/>'
    for part in (page, mime):
        source = read(
            p("甲") + chunk.format("rpage") + p("丁") + chunk.format("none") + chunk.format("rother"), page=part, other="\0\1\2"
        )
        assert source.lines == ("甲", "乙", "丙", "丁")
        assert [(grid.at, [cell.text for cell in grid.cells]) for grid in source.grids] == [(2, ["1", "2", "3", "4"])]
