"""Delimited files: claimed only where every line is a record."""

from __future__ import annotations

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.sheets.delimited import DelimitedReader
from govreport.source import Limits

READER = DelimitedReader()

SHEETS = '一、总体情况\n正文。\n\n三、收到,,,\n"行, 一","商业\n企业",3,\n二,1,2,3\n三,,,5\n'


def test_a_spreadsheet_export() -> None:
    claim = READER.claim(SHEETS.encode(), None)
    assert claim is not None
    source = READER.read(SHEETS.encode("gb18030"), Limits())
    assert source.lines == ("一、总体情况", "正文。", "三、收到")
    (grid,) = source.grids
    assert [c.text for c in grid.cells] == ["行, 一", "商业\n企业", "3", "", "二", "1", "2", "3", "三", "", "", "5"]
    assert grid.at == 3
    assert source.container == "csv"
    assert source.encoding == "gb18030"


def test_all_fields_of_a_record_are_kept() -> None:
    """Cut to those that are used, a record that lacks one would be as wide as the others."""
    source = READER.read("二、公开,,,,,\n规章,1,,3,,\n规范性文件,,5,6,,\n许可,7,8,,\n".encode(), Limits())
    (grid,) = source.grids
    assert [grid.cells.rows.count(row) for row in range(3)] == [6, 6, 5]


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n正文,有逗号,也有数字 1,234\n" * 5,
        "二、表\n行\t1\t2\n行\t3\t4\n行\t5\t6\n三、正文\n",
        "标题\n\n" + "行\t1\t2\n" * 30,
        "标题\r\n\r\n" + "行\t1\t2\r\n" * 30,
        "just text\n",
        "",
    ],
)
def test_running_text_is_not_claimed(text: str) -> None:
    assert READER.claim(text.encode(), "report.csv") is None


def test_tabs_throughout_are_a_file() -> None:
    claim = READER.claim(("a\tb\tc\n" * 5).encode(), None)
    assert claim is not None
    assert READER.read(("a\tb\tc\n" * 5).encode(), Limits()).container == "tsv"


@pytest.mark.parametrize("text", ['"a\n\nb"\t1\t2\n' * 5, "标题\ta\tb\n" + "行\t1\t2\n" * 5, "a;b;c\n\n" * 5])
def test_an_empty_line_does_not_make_a_file_running_text(text: str) -> None:
    assert READER.claim(text.encode(), None) is not None


def test_limits() -> None:
    with pytest.raises(SourceError, match="fields"):
        READER.read(("a,b,c\n" * 50).encode(), evolve(Limits(), cells=20))
    with pytest.raises(SourceError, match="bytes"):
        READER.read(b"a,b,c\n" * 5, evolve(Limits(), bytes=10))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", ",;\t")
def test_every_charset_and_delimiter(codec: str, delimiter: str) -> None:
    """Chinese in UTF-16 is full of bytes that would be control characters elsewhere."""
    rows = ["主动公开,,,,", "信息内容,制发件数,废止件数,有效件数,备注", "规章,1,2,3,一", "行政规范性文件,4,5,6,告诉"] * 6
    data = "\r\n".join(rows).replace(",", delimiter).encode(codec)
    claim = READER.claim(data, "report.txt")
    assert claim is not None
    assert claim.confidence > 0.5
    cells = READER.read(data, Limits()).grids[0].cells
    assert [c.text for c in cells if c.row == 1] == ["规章", "1", "2", "3", "一"]


def test_binary_is_not_claimed() -> None:
    assert READER.claim(bytes(range(32)) * 20, "a.csv") is None
