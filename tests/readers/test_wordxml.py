"""Word documents as one XML file: that of Word 2003, and the flat packages of newer versions."""

from __future__ import annotations

import pytest

from govreport.errors import SourceError
from govreport.readers.word.docx import DocxReader
from govreport.source import Limits, Source

pytest.importorskip("lxml")

READER = DocxReader()
_W = "http://schemas.microsoft.com/office/word/2003/wordml"
_AUX = "http://schemas.microsoft.com/office/word/2003/auxHint"
_NEW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
_SAYS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'


def old(body: str) -> bytes:
    """A minimal document of Word 2003."""
    names = f'xmlns:w="{_W}" xmlns:wx="{_AUX}" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    return f"{_SAYS}<w:wordDocument {names}><w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()


def flat(body: str, name: str = "/word/document.xml") -> bytes:
    """A minimal flat package; its picture is no XML."""
    document = f'<w:document xmlns:w="{_NEW}"><w:body>{body}</w:body></w:document>'
    parts = f'<pkg:part pkg:name="{name}"><pkg:xmlData>{document}</pkg:xmlData></pkg:part>'
    parts += '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part>'
    return f'{_SAYS}<pkg:package xmlns:pkg="{_PKG}">{parts}</pkg:package>'.encode()


def p(text: str, before: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def read(data: bytes) -> Source:
    claim = READER.claim(data, "报告.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    return READER.read(data, Limits())


def test_all_are_read() -> None:
    part = f'<w:document xmlns:w="{_NEW}"><w:body>{p("甲")}{p("乙")}</w:body></w:document>'.encode()
    for data in (old(p("甲") + p("乙")), flat(p("甲") + p("乙")), part, b'<?xml version="1.0"?>\n' + part):
        assert read(data).lines == ("甲", "乙")


def test_cells_merged_as_word_2003_writes_it() -> None:
    cells = '<w:tc><w:tcPr><w:vmerge w:val="{}"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc>'
    rows = [cells.format("restart", p("甲"), p("1")), cells.format("continue", p(""), p("2"))]
    (grid,) = read(old(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")).grids
    assert [(c.text, c.row, c.rowspan) for c in grid.cells] == [("甲", 0, 2), ("1", 0, 1), ("2", 1, 1)]


def test_numbers_of_lists_and_tracked_changes() -> None:
    """The number stands beside the properties; what was deleted is no text, nor is a footnote in the middle of a line."""
    numbered = '<w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'
    gone = (
        '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>9</w:delText></w:r></aml:content></aml:annotation>'
    )
    new = '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>8</w:t></w:r></aml:content></aml:annotation>'
    note = f"<w:r><w:footnote>{p('注')}</w:footnote></w:r>"
    assert read(old(p("总体情况", numbered) + f"<w:p>{gone}{new}{note}</w:p>")).lines == ("一、总体情况", "8")


def test_others_are_not_claimed() -> None:
    """A page that Word saved names the same program."""
    for data in (
        b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>",
        b"<wordDocument/>",
        flat("").replace(b"Word.D", b"D"),
    ):
        assert READER.claim(data, None) is None


@pytest.mark.parametrize("data", [flat("", name="/xl/workbook.xml"), old("")[:-9]])
def test_what_cannot_be_read(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"no main part|well-formed"):
        READER.read(data, Limits())
