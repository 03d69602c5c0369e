"""Tables of markup languages in a text become grids; what is written as escapes is read; what looks alike stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import govreport
from govreport.clearing.characters import spelled
from govreport.clearing.markup import tabled
from govreport.clearing.markup.cleaning import mask_troff, tagged
from govreport.source import Grid, GridCell, Source

SAMPLE = (Path(__file__).parent / "samples/separated/full.txt").read_text("utf-8")


def cells(text: str) -> list[tuple[str, int, int, int, int]]:
    found = tabled(Source(lines=tuple(text.split("\n")))).grids
    return [tuple(cell)[:5] for grid in found for cell in grid.cells]  # type: ignore[misc]  # five of six fields


SPANNED = [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("3", 1, 1, 1, 1), ("-", 1, 2, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "{|\n|rowspan=2| '''甲'''\n|colspan='2' style=\"width:9em\" | [[X|乙]]\n|-\n| 3 || -\n|}",
        "\\begin{tabular}{lll}\n\\multirow{2}{*}{甲} & \\multicolumn{2}{c}{\\textbf{乙}} \\\\\n & 3 & - \\\\\n\\end{tabular}",
        "\\multirow{2}{*}{甲} & \\multicolumn{2}{c}{乙} \\\\\\hline\n & 3 & {-} \\\\",
        "[table][tr][td=1,2]甲[/td][td=2,1]乙[/td][/tr]\n[tr][td]3[/td][td]-[/td][/tr][/table]",
        (
            "&lt;table&gt;&lt;tr&gt;&lt;td rowspan=2&gt;甲&lt;/td&gt;&lt;td colspan=2&gt;乙&lt;/td&gt;&lt;/tr&gt;\n"
            "&lt;tr&gt;&lt;td&gt;3&lt;/td&gt;&lt;td&gt;-&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"
        ),
        "<otsl><loc_1><loc_2><ched>甲<ched>乙<lcel><nl><ucel><fcel>3<fcel>-<nl></otsl>",
        "<fcel>甲<fcel>乙<lcel><nl>\n<ucel><fcel>3<fcel>-<nl>",
        '[cols="3*"]\n|===\n.2+|甲 2+|乙\n|3 |-\n|===',
        "#table(\n  columns: (1fr, 1fr, auto),\n  table.cell(rowspan: 2)[甲], table.cell(colspan: 2)[乙],\n  [3], [-],\n)",
    ],
)
def test_cells_stand_where_the_language_says(text: str) -> None:
    source = spelled(Source(lines=tuple(text.split("\n"))))
    assert cells("\n".join(source.lines)) == SPANNED


@pytest.mark.parametrize(
    "text",
    [
        ".TS\nallbox tab(@);\nl l l.\n甲@T{\n乙\n丙\nT}@\n_\n\\-@3@4\n.TE",
        "@multitable @columnfractions 0.5 0.2 0.3\n@item\n甲\n@tab 乙\n丙\n@tab @ \n@item - @tab 3 @tab 4\n@end multitable",
        ".. list-table::\n   :header-rows: 1\n\n   * - 甲\n     - 乙\n       丙\n     -\n   * - \\-\n     - 3\n     - 4\n\n完",
    ],
)
def test_rows_of_cells_keep_their_line_feeds_and_empty_cells(text: str) -> None:
    rows = [("甲", "乙\n丙", ""), ("-", "3", "4")]
    expected = [(text, row, column, 1, 1) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    assert [(text.removeprefix("\\"), *place) for text, *place in cells(text)] == expected


def test_what_stands_around_a_table_stays_without_marks() -> None:
    text = "\\section{二、主动公开}\\label{ux4e8c2}\n\\begin{tabular}{ll}\n甲 & 1 \\\\\n乙 & 2 \\\\\n\\end{tabular} 完\\%\n末"
    source = tabled(Source(lines=tuple(text.split("\n"))))
    assert source.lines == ("二、主动公开", "完%", "末")
    assert [(grid.at, grid.number) for grid in source.grids] == [(1, 1)]
    assert [source.place(index).line for index in range(3)] == [1, 5, 6]
    assert [cell.line for cell in source.grids[0].cells] == [3, 3, 4, 4]


def test_grids_that_are_there_keep_their_order() -> None:
    grids = tuple(Grid((GridCell(name, 0, 0),), at, at) for name, at in (("前", 0), ("后", 6)))
    source = tabled(Source(lines=("{|", "| 甲 || 1", "|-", "| 乙 || 2", "|}", "中"), grids=grids))
    assert [(grid.cells.texts[0], grid.at, grid.number) for grid in source.grids] == [("前", 0, 1), ("甲", 0, 2), ("后", 1, 3)]


@pytest.mark.parametrize("text", ["<tr><td>规章</td><td>3</td></tr>\n{} ", "[tr][td]规章[/td][td]3[/td][/tr]\n{} "])
def test_what_stands_between_two_cells_is_in_none(text: str) -> None:
    table = "[table]{}[/table]" if text[0] == "[" else "<table>{}</table>"
    (grid,) = tabled(Source(lines=tuple(table.format("".join(text.format(n) for n in range(2, 9))).split("\n")))).grids
    assert {cell.text for cell in grid.cells} == {"规章", "3"}


def test_of_tables_within_each_other_the_inner_ones_are_read() -> None:
    inner = "[table][tr][td]甲[/td][td]1[/td][/tr][tr][td]乙[/td][td]2[/td][/tr][/table]"
    assert [cell[0] for cell in cells(f"[table][tr][td]导航[/td][td]\n{inner}\n[/td][/tr][/table]")] == ["甲", "1", "乙", "2"]


@pytest.mark.parametrize(
    "text", ["{| 一 |}", "R&D\\\\\nB&B", "[/td]", "|===\n|===", ".TS\n.TE", "\\begin{array}{l}x\\end{array}"]
)
def test_what_is_no_table_stays(text: str) -> None:
    source = Source(lines=tuple(text.split("\n")))
    assert tabled(source) is source


def test_absurd_spans_cost_nothing() -> None:
    spans = [cell[3:] for cell in cells("{|\n" + '|rowspan=99999999 colspan="99999999"| 甲\n' * 50 + "|}")]
    assert spans == [(1, 100)] * 50
    assert not cells("{|\n" + "|-\n|rowspan=99999999 colspan=99999999| 甲\n" * 150 + "|}")


@pytest.mark.parametrize(
    "line",
    [
        "&#20108;&#x3001;公开",
        "\\u4e8c\\u3001公开",
        "\\[u4E8C]\\[u3001]公开",
        "\\x{4e8c}\\x{3001}公\u00ad开",
        "二、公\u200b开\ufeff",
    ],
)
def test_escaped_characters_are_read_and_invisible_ones_left_out(line: str) -> None:
    assert spelled(Source(lines=("前", line))).lines == ("前", "二、公开")


@pytest.mark.parametrize("line", ["二、公开", "\\ud800", "\\u4e8", "A&B"])
def test_what_is_no_escape_stays(line: str) -> None:
    source = Source(lines=(line,))
    assert spelled(source).lines == (line,)


def test_tags_around_words_make_no_page_of_a_wiki() -> None:
    rows = "".join(f"|-\n| <span>项{number}</span>\n| <span>{number}</span>\n" for number in range(20))
    text = f"\n<p>一、总体情况</p>\n<p>二、主动公开政府信息情况</p>\n{{|\n{rows}|}}\n"
    assert next(claim.name for claim in govreport.detect(text.encode())) == "text"


@pytest.mark.parametrize(
    "mark", ["{|\n", "\\begin{tabular}{ll}\n", "[table][/td]", "|===\n", ".TS\nl.\n", "甲 & 乙\n\\\\x", "table(columns: 2"]
)
def test_marks_that_nothing_ends_make_no_table(mark: str) -> None:
    source = Source(lines=tuple((mark * 20_000).split("\n")))
    assert tabled(source).grids == ()


def test_a_comment_that_does_not_end_is_text() -> None:
    assert tagged("1<!-- a --><b>2</b><!-- 3") == "12<!-- 3"


def test_a_cell_of_troff_that_does_not_end_is_text() -> None:
    assert mask_troff("T{\na\nb\nT}\tc\nT{\nd") == "T{\x1ea\x1eb\x1eT}\tc\nT{\nd"


@pytest.mark.parametrize(
    "text",
    [
        "|_/2. 甲|\\2=. 乙|\n|3|-|",
        "||<|2> 甲 ||<-2> '''乙''' ||\n|| 3 || - ||",
    ],
)
def test_wikis_whose_rows_are_lines_span_cells(text: str) -> None:
    assert cells(text) == SPANNED


@pytest.mark.parametrize(
    "text",
    [
        "|=甲|=乙|=\n|3|**4**|-|",
        "|=甲|=乙|=丙|\n|(((\n3\n))) |(% style='x' %)(((4))) |-",
        "^ 甲 ^ 乙 ^^\n| 3 | 4 | - |",
        "|甲|乙||\n|=. 3|4|-|",
    ],
)
def test_wikis_whose_rows_are_lines(text: str) -> None:
    found = [text for text, *_ in cells(f"一\n{text}\n二")]
    assert [text for text in found if text] == ["甲", "乙", *(["丙"] if "丙" in found else []), "3", "4", "-"]
