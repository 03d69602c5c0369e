"""Markdown with HTML tables: lines as they stand, tables as grids."""

from __future__ import annotations

import pytest

from govreport.errors import SourceError
from govreport.readers.web.markdown import MarkdownReader
from govreport.source import Limits, Source

READER = MarkdownReader()
TABLE = "<table>\n<tr><td rowspan=2>规章</td><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>"


def read(text: str) -> Source:
    """The text as UTF-8."""
    return READER.read(text.encode(), Limits())


def test_lines_stay_and_tables_become_grids() -> None:
    """Markdown's own marks, blank lines and pipes are the layouts' business."""
    source = read(f"# 题\n\n二、主动公开\n\n{TABLE}\n\n| 甲 | 1 |\n|---|---|\n")
    assert source.lines == ("# 题", "", "二、主动公开", "", "", "| 甲 | 1 |", "|---|---|", "")
    assert [place.line for place in source.places or ()] == [1, 2, 3, 4, 9, 10, 11, 12]
    (grid,) = source.grids
    assert grid.at == 4
    assert [(c.text, c.row, c.column, c.rowspan, c.line) for c in grid.cells] == [
        ("规章", 0, 0, 2, 6),
        ("1", 0, 1, 1, 6),
        ("2", 1, 1, 1, 7),
    ]


def test_text_on_the_lines_of_a_table() -> None:
    """What stands before and after it on its line is kept."""
    source = read("前 <table><tr><td>甲<td>1</tr></table> 后\r\n末")
    assert source.lines == ("前 ", " 后", "末")
    assert source.grids[0].at == 1
    assert [(place.line, place.column) for place in source.places or ()] == [(1, 1), (1, 37), (2, 1)]


def test_nested_and_several_tables() -> None:
    """The outermost tag pairs count; grids are numbered through."""
    nested = "<table><tr><td><table><tr><td>甲<td>1<tr><td>乙<td>2</table></td></tr></table>"
    source = read(f"甲\n{nested}\n乙\n{TABLE}\n丙")
    assert source.lines == ("甲", "乙", "丙")
    assert [(grid.number, grid.at) for grid in source.grids] == [(1, 1), (2, 2)]


def test_a_table_that_never_ends() -> None:
    """It ends with its last cell; the text after it is not swallowed."""
    source = read("甲\n<table><tr><td>规章</td><td>1</td></tr>\n\n后面的话")
    assert [cell.text for cell in source.grids[0].cells] == ["规章", "1"]
    assert source.lines[-1] == "后面的话"


def test_a_tag_without_cells_is_text() -> None:
    """Prose may name the tag."""
    assert read("用 <table> 写\n二行").lines == ("用 <table> 写", "二行")


def test_claims_need_a_table_in_a_text() -> None:
    """A whole table, and mostly text around it."""
    text = f"# 题\n\n一、总体情况\n\n正文\n\n{TABLE}\n\n五、问题\n\n正文"
    claim = READER.claim(text.encode(), None)
    assert claim is not None
    assert claim.confidence > 0.8
    assert "2 rows and 3 cells" in claim.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "正文 <table 与 <tr>、<td>",
        "# 题\n\n| 甲 | 1 |\n",
        f"<html><body>{TABLE}</body></html>",
        f"<p>甲</p>\n<p>乙</p>\n{TABLE}",
    ],
)
def test_no_claim_on_other_things(text: str) -> None:
    """Prose, Markdown without HTML, and pages."""
    assert READER.claim(text.encode(), "report.md") is None


def test_the_cells_of_all_tables_count_together() -> None:
    """The limit is one for the document."""
    with pytest.raises(SourceError, match="cells"):
        READER.read(f"{TABLE}\n{TABLE}".encode(), Limits(cells=4))


@pytest.mark.parametrize("text", ["\n" * 300, "<table>" * 300])
def test_endless_texts_are_refused(text: str) -> None:
    """Lines and tags are bounded by the limits too."""
    with pytest.raises(SourceError, match="limits"):
        READER.read(text.encode(), Limits(cells=20))


def test_tags_around_words_of_markdown_are_left_out() -> None:
    """Also where one is broken over two lines; and what stands for them in Markdown's own way."""
    text = (
        '<div class="article">\n\n**<span style="x">二、公开</span>**\n\n公开<span\nlang="EN-US">12</span>条\n\n::: {.a}\n'
        '| 甲[]{lang="EN-US"} | 乙 |\n|---|---|\n| [1]{.b} | <span>2</span> |\n:::\n</div>\n'
    )
    reader = MarkdownReader()
    claim = reader.claim(text.encode(), None)
    assert claim is not None
    source = reader.read(text.encode(), Limits())
    assert [line for line in source.lines if line] == ["**二、公开**", "公开", "12条", "| 甲 | 乙 |", "|---|---|", "| 1 | 2 |"]
    assert source.place(source.lines.index("| 1 | 2 |")).line == 11


def test_markdown_without_tags_is_text() -> None:
    assert MarkdownReader().claim(b"| a | b |\n|---|---|\n| 1 | 2 |\n", None) is None


def test_raised_and_struck_digits_do_not_run_together_with_numbers() -> None:
    head = "| 规章 | 3 |\n| --- | --- |\n"
    source = MarkdownReader().read(
        f"{head}| <b>12</b><sup>1</sup> | <s>9</s>12<SUP>[1]</SUP> | <sup>12</sup> |".encode(), Limits()
    )
    assert source.lines[-1] == "| 12¹ | 9\u033612[1] | 12 |"
