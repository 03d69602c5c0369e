"""Tables whose columns a rule of dashes shows."""

from __future__ import annotations

import pytest

from govreport.clearing.markup import tabled
from govreport.source import Source

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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (PANDOC, [["规章", "3", ""], ["行政规范性\n文件", "", "12"]]),
        (HEADED, [["内容", "制发", "有效"], ["规章", "3", ""], ["行政规范性\n文件", "", "12"]]),
        (SIMPLE, [["内容", "制发", "有效"], ["规章", "3", ""], ["", "5", "12"]]),
        (OPEN, [["内容", "制发", "有效"], ["规章", "3", ""], ["办法", "", "12"]]),
    ],
)
def test_cells_stand_in_the_columns_of_the_rule(text: str, rows: list[list[str]]) -> None:
    source = tabled(Source(lines=tuple(text.split("\n"))))
    (grid,) = source.grids
    assert [[cell.text for cell in grid.cells if cell.row == row] for row in range(len(rows))] == rows
    assert (source.lines[0], source.lines[-1], grid.at) == ("二、公开", "三、其他", 2)
    assert {cell.line for cell in grid.cells} <= set(range(3, len(text.split("\n"))))


def test_characters_that_count_as_one_column() -> None:
    text = "内容  制发  有效\n----  ----  ----\n规章  3     4\n办法  33    12"
    (grid,) = tabled(Source(lines=tuple(text.split("\n")))).grids
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["办法", "33", "12"]


def test_a_rule_that_no_column_follows_is_none() -> None:
    text = "甲 ---- ---- ----\n---- ---- ----\n甲乙丙丁戊己庚辛壬癸子丑寅卯\n甲乙丙丁戊己庚辛壬癸子丑寅卯"
    assert not tabled(Source(lines=tuple(text.split("\n")))).grids
