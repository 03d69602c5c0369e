"""OFD: characters where they stand, lines however they are drawn, pages and templates; and what must not break the reader."""

from __future__ import annotations

import io
import zipfile

import pytest

import govreport
from govreport.errors import SourceError
from govreport.readers.ofd.reader import OfdReader
from govreport.source import Limits, Source

pytest.importorskip("lxml")

READER = OfdReader()
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HIGH = 8.0  # a row, in millimetres


def text(x: float, y: float, said: str, more: str = "", code: str = "", *, size: float = 4) -> str:
    steps = " ".join(str(size / 2 if char.isascii() else size) for char in said[:-1])
    inner = f'<ofd:TextCode X="0" Y="4" {code or f"""DeltaX="{steps}" """}>{said}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 6" Font="2" Size="{size}" {more}>{inner}</ofd:TextObject>'


def path(data: str, boundary: str = "0 0 210 297", more: str = "") -> str:
    shape = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="2" Boundary="{boundary}" LineWidth="0.35" {more}>{shape}</ofd:PathObject>'


def table(rows: list[list[str]], left: float = 20, top: float = 40, wide: float = 40, size: float = 4) -> str:
    """A ruled table, its cells all of one size."""
    right, bottom = left + wide * len(rows[0]), top + _HIGH * len(rows)
    lines = [path(f"M {left} {top + _HIGH * i} L {right} {top + _HIGH * i}") for i in range(len(rows) + 1)]
    lines += [path(f"M 0 0 L 0 {bottom - top}", f"{left + wide * i} {top} 1 {bottom - top}") for i in range(len(rows[0]) + 1)]
    cells = [
        text(left + wide * column + 2, top + _HIGH * row + 2, said, size=size)
        for row, line in enumerate(rows)
        for column, said in enumerate(line)
        if said
    ]
    return "".join(lines + cells)


def document(*pages: str, template: str = "", count: int = 0) -> bytes:
    out = io.BytesIO()
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(count or len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    behind = '<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/T.xml"/>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_NS} DocType="OFD">{root}</ofd:OFD>')
        common = f"<ofd:CommonData>{area}{behind if template else ''}</ofd:CommonData>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {_NS}>{common}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        if template:
            archive.writestr("Doc_0/Tpls/T.xml", _page(template))
        for i, page in enumerate(pages):
            uses = '<ofd:Template TemplateID="7" ZOrder="Background"/>' if template else ""
            archive.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", _page(page, uses))
    return out.getvalue()


def _page(inner: str, uses: str = "") -> str:
    return f'<ofd:Page {_NS}>{uses}<ofd:Content><ofd:Layer Type="Body">{inner}</ofd:Layer></ofd:Content></ofd:Page>'


def read(*pages: str, limits: Limits | None = None, template: str = "") -> Source:
    data = document(*pages, template=template)
    claim = READER.claim(data, "报告.pdf")
    assert claim is not None
    assert claim.confidence == 1.0
    return READER.read(data, limits or Limits())


def rows_of(source: Source) -> list[list[str]]:
    (grid,) = source.grids
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


ROWS = [["规章", "本年制发件数", "12"], ["规范性文件", "", "304"]]


def test_a_ruled_table_between_lines() -> None:
    source = read(text(20, 20, "二、主动公开政府信息情况") + table(ROWS) + text(20, 70, "三、收到和处理"))
    assert source.lines == ("二、主动公开政府信息情况", "三、收到和处理")
    assert rows_of(source) == ROWS
    assert source.grids[0].at == 1
    assert source.grids[0].page == 1
    assert source.container == "ofd"


def test_a_table_drawn_on_the_template() -> None:
    lines, _, cells = table(ROWS).partition("<ofd:TextObject")
    assert rows_of(read("<ofd:TextObject" + cells, template=lines)) == ROWS


def test_lines_that_are_thin_areas_and_frames() -> None:
    """Cells drawn as frames of four edges; a line as an area that is filled; a shaded area is no frame."""
    frames = "".join(path(f"M {x} {y} L {x + 40} {y} L {x + 40} {y + 8} L {x} {y + 8} C") for x in (20, 60) for y in (40, 48))
    shade = path("M 25 40 L 50 40 L 50 56 L 25 56 C", more='Stroke="false" Fill="true"')
    thin = path("M 20 56 L 100 56 L 100 64 L 100.1 64.1 L 100 56.1 L 20 56.1 C", more='Stroke="false" Fill="true"')
    words = text(22, 42, "甲") + text(62, 42, "1") + text(22, 50, "乙") + text(62, 50, "2")
    assert rows_of(read(frames + shade + thin + words)) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ('DeltaX="g 2 4"', ""),
        ('DeltaX="4 4"', 'CTM="1 0 0 1 0 0"'),
        ('DeltaX="4 4"', 'CTM="0.5 0 0 0.5 0 2"'),
        ('DeltaX="4 4 g"', ""),
    ],
)
def test_steps_from_character_to_character(code: str, more: str) -> None:
    assert read(text(20, 20, "123", more, code) + text(60, 20, "4")).lines == ("123\t4",)


def test_characters_that_all_stand_at_one_place_are_no_number() -> None:
    """A count of steps that is none gives no steps."""
    assert read(text(20, 20, "123", "", 'DeltaX="g 999999999 4"') + text(60, 20, "4")).lines == ("1 2 3\t4",)


def test_what_is_not_visible_or_turned() -> None:
    turned = text(20, 60, "水印", 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert read(text(20, 20, "正文") + text(20, 40, "隐藏", 'Visible="false"') + turned).lines == ("正文",)


@pytest.mark.parametrize(
    "broken",
    [
        '<ofd:TextObject Boundary="a b" Size="4"><ofd:TextCode X="x" DeltaX="g g g">9</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="1 2 3 1e99" Size="4"><ofd:TextCode>9</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="1 2 3 4" Size="nan"><ofd:TextCode>9</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="1 2 3 4"><ofd:TextCode>9</ofd:TextCode></ofd:TextObject>',
        path("M L 1 B C 9 9 M 1e9 1 Z"),
        path("M 1 1 L 90 1", boundary=""),
        '<ofd:PathObject Boundary="0 0 0 0"/>',
    ],
)
def test_damaged_objects_are_left_out(broken: str) -> None:
    assert read(text(20, 20, "正文") + broken).lines == ("正文",)


def test_limits() -> None:
    with pytest.raises(SourceError, match="pages"):
        READER.read(document(text(1, 1, "甲"), count=3), Limits(pages=2))
    with pytest.raises(SourceError, match="characters"):
        read(text(1, 1, "甲" * 30), limits=Limits(cells=5))
    with pytest.raises(SourceError, match="bytes"):
        read(text(1, 1, "甲"), limits=Limits(bytes=10))
    with pytest.raises(SourceError, match="no main part"):
        READER.read(document(text(1, 1, "甲"), count=2), Limits())
    with pytest.raises(SourceError, match="pictures"):
        read("<ofd:ImageObject/>")


def test_a_page_with_too_many_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_OBJECTS", "_LINES"):
        monkeypatch.setattr(f"govreport.readers.ofd.page.{name}", 2)
    for objects in (text(1, 1, "甲") * 3, path("M 1 1 L 90 1 L 90 90 L 1 90")):
        with pytest.raises(SourceError, match="objects"):
            read(objects)


def test_a_report() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = [head, ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]]
    title = text(20, 10, "青梧县水务局2023年政府信息公开工作年度报告") + text(20, 20, "一、总体情况")
    report = govreport.load(document(title + text(20, 30, "二、主动公开政府信息情况") + table(rows)))
    assert report.year == 2023
    assert report["disclosure.rules.issued"] == 1
    assert report["disclosure.normative_documents.in_force"] == 6
