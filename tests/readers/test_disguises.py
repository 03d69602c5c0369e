"""One report in every container, under a wrong name, and as pages that people's programs make of it: always the same values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import govreport
from govreport.errors import NotAReportError

pytest.importorskip("lxml")

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NAME = "bochuan_environment_2021"
PAGE = (EXAMPLES / f"{NAME}.html").read_text("utf-8")
VALUES = dict(govreport.load(EXAMPLES / f"{NAME}.html").values())


def assert_same(report: govreport.Report) -> None:
    assert dict(report.values()) == VALUES
    assert not [finding for finding in govreport.check(report) if finding.code.startswith("reading.")]


@pytest.mark.parametrize("kind", ["csv", "docx", "html", "md", "pdf", "xlsx"])
def test_the_content_decides_and_not_the_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("年报.xls" if kind == "docx" else "年报.doc")
    path.write_bytes((EXAMPLES / f"{NAME}.{kind}").read_bytes())
    assert_same(govreport.load(path))


@pytest.mark.parametrize("kind", ["csv", "docx", "html", "md", "pdf", "xlsx"])
def test_inside_an_archive(kind: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(EXAMPLES / f"{NAME}.{kind}", f"附件/年报.{kind}")
    assert_same(govreport.load(out.getvalue()))


def _in_paragraphs(page: str) -> str:
    inner = r"<\1\2><p>&nbsp;<span><p>\3</p></span><br></p></\1>"
    return re.sub(r"<(td|th)([^>]*)>(.*?)</\1>", inner, page, flags=re.DOTALL)


def _one_table(page: str) -> str:
    def row(between: re.Match[str]) -> str:
        return f"<tr><td colspan=20>{re.sub('<[^>]*>', '', between[1])}</td></tr>"

    return re.sub(r"</table>(.*?)<table[^>]*>", row, page, flags=re.DOTALL)


def _in_a_layout_table(page: str) -> str:
    body = re.sub(r".*<body[^>]*>|</body>.*", "", page, flags=re.DOTALL)
    return f"<table><tr><td><ul><li>首页</ul></td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"


VARIATIONS: dict[str, Callable[[str], str]] = {
    "paragraphs in cells": _in_paragraphs,
    "breaks in labels": lambda page: re.sub(r"(<td[^>]*>[\u4e00-\u9fff]{3})", r"\1<br/>", page),
    "one table": _one_table,
    "a layout table": _in_a_layout_table,
    "divs": lambda page: re.sub(r"<(/?)(?:table|tr|td|th|tbody|thead)\b[^>]*>", r"<\1div>", page),
    "an absurd colspan": lambda page: re.sub(r'colspan="?\d+"?', "colspan=100000000", page, count=1),
    "one line": lambda page: page.replace("\n", ""),
    "references": lambda page: page.encode("ascii", "xmlcharrefreplace").decode(),
    "upper case": lambda page: re.sub(r"</?\w+", lambda tag: tag[0].upper(), page),
}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_pages_as_programs_write_them(variation: str) -> None:
    page = VARIATIONS[variation](PAGE)
    assert page != PAGE
    assert_same(govreport.load(page.encode()))


@pytest.mark.parametrize("codec", ["gb2312", "gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", None])
def test_pages_in_every_charset(codec: str, declared: str | None) -> None:
    """Declared rightly, wrongly, or not at all."""
    page = re.sub(r"<meta charset[^>]*>", f'<meta charset="{declared}">' if declared else "", PAGE)
    assert_same(govreport.load(page.encode(codec)))


def test_a_file_that_lost_its_chinese_characters_is_told_so() -> None:
    """A spreadsheet program without a Chinese locale saves a question mark for each."""
    lost = b"????2023???????\n?????,????\n??,12\n??,7\n"
    with pytest.raises(NotAReportError, match="question mark for each"):
        govreport.load(lost)
    for other in ("What? Why? Who?", "规章????", "a,b,c\n1,2,3\n"):
        with pytest.raises(NotAReportError) as raised:
            govreport.load(other.encode())
        assert "question" not in str(raised.value)
