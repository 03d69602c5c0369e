"""Pictures in a document: what stands in one cannot be read, and the library says so where something is missing for it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import govreport
from govreport.errors import SourceError
from govreport.readers.web.html import HtmlReader
from govreport.source import Limits

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE = (EXAMPLES / "reports" / "bochuan_environment_2021.html").read_text("utf-8")
HEADING = "二、主动公开政府信息情况"
MARKDOWN = (EXAMPLES / "reports" / "bochuan_environment_2021.md").read_text("utf-8")
DRAWN = '<w:p><w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r></w:p>'


def missing(report: govreport.Report) -> list[str]:
    """What is said of tables that are missing, in English."""
    return [f.english for f in govreport.check(report).findings if f.code == "structure.table_missing"]


def grid(page: str) -> list[str]:
    """The texts of the only grid."""
    (found,) = HtmlReader().read(page.encode(), Limits()).grids
    return [cell.text for cell in found.cells]


def test_a_page_with_a_picture_for_a_table() -> None:
    page = re.sub(r"<table.*?</table>", '<p><img src="b2.png"></p>', PAGE, count=1, flags=re.DOTALL)
    (said,) = missing(govreport.loads(page))
    assert "pictures stand in its place (1)" in said


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("![](b2.png)", 1),
        ("![表二][b2] ![](b2b.png)", 2),
        ('<img src="b2.png"/>', 1),
        ("[图片]", 1),
        ("[Image: b2.png]", 1),
    ],
)
def test_a_text_that_names_a_picture_for_a_table(line: str, count: int) -> None:
    rest = [text for text in MARKDOWN.split("\n\n") if "行政许可 |" not in text]
    (said,) = missing(govreport.loads("\n\n".join(rest).replace(HEADING, f"{HEADING}\n\n{line}")))
    assert f"pictures stand in its place ({count})" in said


def test_a_page_without_a_table_and_without_pictures() -> None:
    (said,) = missing(govreport.loads(re.sub(r"<table.*?</table>", "", PAGE, count=1, flags=re.DOTALL)))
    assert "none of its row labels" in said


def test_pictures_elsewhere_are_no_reason() -> None:
    page = re.sub(r"<table.*?</table>", "", PAGE, count=1, flags=re.DOTALL).replace("<body>", '<body><img src="logo.png">')
    (said,) = missing(govreport.loads(page))
    assert "none of its row labels" in said


def test_pictures_are_no_lines() -> None:
    page = PAGE.replace("<body>", '<body><p><img src="logo.png"></p>')
    assert [s.paragraphs for s in govreport.loads(page).sections] == [s.paragraphs for s in govreport.loads(PAGE).sections]


def test_a_picture_in_place_of_a_number() -> None:
    assert grid("<table><tr><td>甲<td>1<tr><td>乙<td><img src=n.png></table>") == ["甲", "1", "乙", "\ufffc"]


def test_a_picture_beside_a_number() -> None:
    page = "<table><tr><td>甲<img src=a.png><td>1<tr><td>乙<td><p><img src=n.png></p><p>2</p></table>"
    assert grid(page) == ["甲", "1", "乙", "2"]


@pytest.mark.parametrize("size", ['width="1" height="1"', "width=1px", "height=0"])
def test_a_picture_that_shows_nothing(size: str) -> None:
    assert grid(f"<table><tr><td>甲<td>1<tr><td>乙<td><img src=dot.gif {size}></table>") == ["甲", "1", "乙", ""]


def test_a_page_arranged_around_an_article_and_a_logo() -> None:
    """A picture makes no data table of one that only arranges."""
    found = HtmlReader().read("<table><tr><td><img src=logo.png><td>全文在此。</table>".encode(), Limits())
    assert (found.grids, found.lines) == ((), ("\ufffc", "全文在此。"))


def word(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    body = "".join(p if p.startswith("<") else f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def test_a_word_document_with_pictures_for_tables() -> None:
    said = missing(
        govreport.load(
            word(
                "青梧县水务局2023年政府信息公开工作年度报告",
                "一、总体情况",
                "全年公开信息若干条。",
                "二、主动公开政府信息情况",
                DRAWN,
                "三、收到和处理政府信息公开申请情况",
                DRAWN,
                DRAWN,
                "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            )
        )
    )
    assert [re.findall(r"\((\d)\)", text) for text in said] == [["1"], ["2"], []]


def test_a_word_document_of_pictures_alone() -> None:
    with pytest.raises(SourceError, match="scanned"):
        govreport.load(word(DRAWN, "", DRAWN))
