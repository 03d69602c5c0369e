"""Cells that say where they stand, and lists of rows that programs write, become grids."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govreport.clearing.markup import tabled
from govreport.source import Source

ROWS = (("内容", "制发", "有效"), ("规章", "3", ""), ("行政规范性文件", "-5", "12"), ("办法", "0", "7"))

Address = Callable[[int, int, str], str]


def grids(text: str) -> list[list[tuple[str, ...]]]:
    found = tabled(Source(lines=("一、情况", *text.split("\n"), "完"))).grids
    return [
        [tuple(cell.text for cell in grid.cells if cell.row == row) for row in range(max(grid.cells.rows) + 1)]
        for grid in found
    ]


@pytest.mark.parametrize(
    "address",
    [
        lambda row, column, text: f"{'ABC'[column]}{row + 1}={text}",
        lambda row, column, text: f"${'ABC'[column]}${row + 5}: {text}",
        lambda row, column, text: f"R{row + 1}C{column + 1}: {text}",
        lambda row, column, text: f"[{row},{column}] {text}",
        lambda row, column, text: f"({row}, {column}): {text}",
        lambda row, column, text: f'cell[{row}][{column}] = "{text}"',
        lambda row, column, text: f"row {row + 1}, column {column + 1}: {text}",
        lambda row, column, text: f"第{row + 1}行第{column + 1}列：{text}",
        lambda row, column, text: (f"R{row}\n" if column == 0 else "") + f"  C{column}: {text}",
    ],
)
def test_cells_stand_where_they_say(address: Address) -> None:
    lines = [address(row, column, text) for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    assert grids("\n".join(lines)) == [list(ROWS)]
    assert grids("\n\n".join([*lines, lines[-1].replace("7", "")])) == [list(ROWS)]


def test_what_nothing_is_said_of_is_empty() -> None:
    rows = [*ROWS, ("目录", "", "4"), ("指南", "6", "")]
    lines = [f"{'ABC'[column]}{row}: {text}" for row, cells in enumerate(rows) for column, text in enumerate(cells) if text]
    assert grids("\n".join(lines)) == [rows]


def test_what_follows_a_cell_belongs_to_it_and_another_table_begins_anew() -> None:
    lines = [f"R{row}C{column} {text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    wrapped = [line.replace("行政规范性文件", "行政规范性\n文件") for line in lines]
    expected = [*ROWS[:2], ("行政规范性\n文件", *ROWS[2][1:]), ROWS[3]]
    assert grids("\n".join((*wrapped, "三、另一表", *wrapped))) == [expected, expected]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"A{number}: 事项" for number in range(1, 30)),
        "\n".join(f"({number}, 2) 事项" for number in range(1, 30)),
        "R1C1 一\nR1C2 二\nR2C1 三\nR2C2 四",
        '他说"好"。\n“一”与“二”\n“三”和“四”\n- 一\n- 二',
        '"甲","乙","丙"\n"丁","3","4"\n"戊","5","6"',
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    assert grids(text) == []


def quoted(cells: tuple[str, ...]) -> list[str]:
    return [text if text.lstrip("-").isdigit() else f'"{text}"' if text else "NULL" for text in cells]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("VALUES (" + ", ".join(quoted(row)).replace('"', "'") + ");" for row in ROWS),
        "c(\n" + "\n".join(f"  c({', '.join(quoted(row))})," for row in ROWS) + "\n)",
        "{\n" + "\n".join("  {" + ", ".join(quoted(row)) + "}," for row in ROWS) + "\n}",
        "(" + "\n ".join(f"({' '.join(quoted(row))})" for row in ROWS) + ")",
        "\n".join(" ".join(f'"{text}"' for text in row) for row in ROWS),
        "\n".join("".join(f"“{text}”" for text in row) for row in ROWS),
        "rows:\n" + "\n".join("- - " + "\n  - ".join(quoted(row)) for row in ROWS),
        "\n".join("-\n  - " + "\n  - ".join(quoted(row)) for row in ROWS),
        "[\n" + "\n".join("  [\n    " + ",\n    ".join(quoted(row)) + "\n  ]," for row in ROWS) + "\n]",
    ],
)
def test_lists_of_lists_are_rows(text: str) -> None:
    assert grids(text) == [list(ROWS)]


def test_quotation_marks_within_a_cell() -> None:
    row = ['3.危及"三安全一稳定"', "1", "0"]
    for text in (
        "\n".join(["c(" + ", ".join(f'"{cell}"' for cell in row) + "),"] * 3),
        "\n".join([" ".join(f'"{cell}"' for cell in row)] * 3),
        "\n".join(["c(" + ", ".join('"' + cell.replace('"', '\\"') + '"' for cell in row) + "),"] * 3),
    ):
        assert grids(text) == [[tuple(row)] * 3]


def test_two_rows_on_a_line_are_none() -> None:
    assert grids("VALUES ('甲', 1, 2), ('乙', 3, 4);\nVALUES ('丙', 1, 2), ('丁', 3, 4);") == []


def test_cells_that_cover_others_are_another_layout() -> None:
    """Read one by one, what they say would be lost, or stand in another cell."""
    lines = [f"R{row + 1}C{column + 1}={text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    assert grids("\n".join(lines))
    assert not grids("\n".join(["R1C1:R1C3=公开情况", *lines]))
