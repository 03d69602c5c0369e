"""Tables whose columns a rule of dashes shows."""

from __future__ import annotations

import pytest

from govreport.formats.grids import GridFormat
from govreport.formats.ruled import RuledFormat
from govreport.formats.sketch import sketch
from govreport.model import Piece
from govreport.source import Grid, GridCell, Source, SourceSection

PANDOC = """\
二、公开

  ------------ ------- -------
  规章         3

  行政规范性           12
  文件
  ------------ ------- -------

三、其他"""
HEADED = """\
二、公开

  -----------------------------
  内容         制发    有效
  ------------ ------- -------
  规章         3

  行政规范性           12
  文件
  -----------------------------

三、其他"""
SIMPLE = """\
二、公开

==========  ====  ====
内容        制发  有效
==========  ====  ====
规章        3
            5     12
==========  ====  ====

三、其他"""
OPEN = """\
二、公开

内容      制发    有效
------  ------  ------
规章         3
办法                12

三、其他"""


def section(text: str, start: int = 0, grids: tuple[Grid, ...] = ()) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(
        number="二", heading=None, lines=lines[start:], grids=grids, offset=start, source=Source(lines=lines, grids=grids)
    )


def pieces(text: str) -> tuple[Piece, ...]:
    return RuledFormat().read(section(text))


def rows(found: tuple[Piece, ...]) -> list[list[str]]:
    numbers = sorted({piece.row for piece in found if piece.row is not None})
    return [[piece.text for piece in found if piece.row == number] for number in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PANDOC, [["规章", "3", ""], ["行政规范性\n文件", "", "12"]]),
        (HEADED, [["内容", "制发", "有效"], ["规章", "3", ""], ["行政规范性\n文件", "", "12"]]),
        (SIMPLE, [["内容", "制发", "有效"], ["规章", "3", ""], ["", "5", "12"]]),
        (SIMPLE.replace("\n   ", "\n.. "), [["内容", "制发", "有效"], ["规章", "3", ""], ["", "5", "12"]]),
        (OPEN, [["内容", "制发", "有效"], ["规章", "3", ""], ["办法", "", "12"]]),
    ],
)
def test_cells_stand_in_the_columns_of_the_rule(text: str, expected: list[list[str]]) -> None:
    found = pieces(text)
    assert rows(found) == expected
    assert (found[0].text, found[-1].text) == ("二、公开", "三、其他")
    lines = text.split("\n")
    for piece in found:
        assert piece.place is not None
        first = piece.text.split("\n")[0]
        assert lines[(piece.place.line or 0) - 1][(piece.place.column or 0) - 1 :].startswith(first)
    claim = RuledFormat().claim(section(text), sketch(section(text)))
    assert claim is not None
    assert claim.confidence > 0.95


def test_characters_that_count_as_one_column() -> None:
    text = "内容  制发  有效\n----  ----  ----\n规章  3     4\n办法  33    12"
    assert rows(pieces(text))[2] == ["办法", "33", "12"]


def test_a_rule_that_no_column_follows_is_none() -> None:
    text = "甲 ---- ---- ----\n---- ---- ----\n甲乙丙丁戊己庚辛壬癸子丑寅卯\n甲乙丙丁戊己庚辛壬癸子丑寅卯"
    assert RuledFormat().claim(section(text), sketch(section(text))) is None


def test_the_rule_may_stand_above_a_heading_that_is_a_row_of_its_table() -> None:
    lines = SIMPLE.split("\n")
    text = "\n".join([*lines[:6], "三、情况", *lines[4:]])
    lower = section(text, 7)
    claim = RuledFormat().claim(lower, sketch(lower))
    assert claim is not None
    assert rows(RuledFormat().read(lower)) == [["规章", "3", ""], ["", "5", "12"]]


def test_grids_between_such_tables_are_read_too() -> None:
    grid = Grid(tuple(GridCell(text, 0, column) for column, text in enumerate("甲乙丙")), 8, 1)
    both = section(SIMPLE, 0, (grid,))
    assert rows(RuledFormat().read(both))[-1] == ["甲", "乙", "丙"]
    claims = [layout.claim(both, sketch(both)) for layout in (GridFormat(), RuledFormat())]
    assert [claim.name for claim in sorted((c for c in claims if c), key=lambda c: c.confidence)] == ["grid", "ruled"]


def test_a_line_out_of_its_columns_tells_only_its_row() -> None:
    """A cell is lost, so that those behind it stand in the columns before their own."""
    rows = [f"办法{'一二三四五'[number]}    {number}     {number + 10}    {number + 20}" for number in range(5)]
    rule = "------  ----  ----  ----"
    shifted = [*rows, "规章    7     8   9"]
    found = pieces("\n".join([rule, *rows, rule]))
    assert all(piece.column is not None for piece in found)
    found = pieces("\n".join([rule, *shifted, rule]))
    assert [piece.column for piece in found if piece.row == len(rows)] == [None] * 4


def test_a_rule_that_was_folded_is_none() -> None:
    """Nobody knows the columns of a table that was wrapped with it."""
    folded = section(SIMPLE.replace("==========  ====  ====", "====  ==  ==\n==  ===="))
    assert RuledFormat().claim(folded, sketch(folded)) is None
